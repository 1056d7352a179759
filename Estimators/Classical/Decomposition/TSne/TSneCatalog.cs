using MLPath.Transforms;

namespace MLPath;

/// <summary>t-SNE.</summary>
public static class TSneCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Draws rows as a map in which rows that are near each other stay near each other.</summary>
        /// <param name="outputColumnName">The column to make: the point of each row.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="dimensions">The number of dimensions of the map: 1, 2 or 3.</param>
        /// <param name="perplexity">About how many neighbours of a row count as near: 1 or more, and below the number of rows.</param>
        /// <param name="maximumNumberOfIterations">The most iterations, 250 or more.</param>
        /// <param name="seed">The seed of a random start; that of the context when null.</param>
        public TSneEstimator TSne(
            string outputColumnName, string? inputColumnName = null, int dimensions = 2, double perplexity = 30, int maximumNumberOfIterations = 1000,
            int? seed = null) =>
            catalog.TSne(outputColumnName, inputColumnName, new TSne.Options
            {
                Dimensions = dimensions,
                Perplexity = perplexity,
                MaximumNumberOfIterations = maximumNumberOfIterations,
                Seed = seed,
            });

        /// <summary>Draws rows as a map in which rows that are near each other stay near each other.</summary>
        /// <param name="outputColumnName">The column to make: the point of each row.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="options">The options.</param>
        public TSneEstimator TSne(string outputColumnName, string? inputColumnName, TSne.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(new InputOutputColumnPair(outputColumnName, inputColumnName), options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }
}
