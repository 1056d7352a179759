using MLPath.Transforms;

namespace MLPath;

/// <summary>Autoencoders.</summary>
public static class AutoencoderCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Learns to write a vector as a code of a few numbers from which it can be told again.</summary>
        /// <param name="outputColumnName">The column to make: the code.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="codeSize">The numbers of a code, 1 or more.</param>
        /// <param name="errorColumnName">A column to make of the error with which each row is told again; null for none.</param>
        public AutoencodingEstimator Autoencoder(string outputColumnName, string? inputColumnName = null, int codeSize = 8, string? errorColumnName = null) =>
            catalog.Autoencoder(outputColumnName, inputColumnName, new AutoencodingEstimator.Options { CodeSize = codeSize, ErrorColumnName = errorColumnName });

        /// <summary>Learns to write a vector as a code of a few numbers from which it can be told again.</summary>
        /// <param name="outputColumnName">The column to make: the code.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="options">The options.</param>
        public AutoencodingEstimator Autoencoder(string outputColumnName, string? inputColumnName, AutoencodingEstimator.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(new InputOutputColumnPair(outputColumnName, inputColumnName), options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }
}
