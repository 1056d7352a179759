using MLPath.Transforms;

namespace MLPath;

/// <summary>Principal component analysis.</summary>
public static class PcaCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Projects a vector to the few directions along which the rows vary most.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column read, a vector of Single; null reads the one of <paramref name="outputColumnName"/>.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="rank">The number of components: 1 or more, at most the number of features and of rows.</param>
        /// <param name="overSampling">How many directions more than <paramref name="rank"/> the randomized solver follows, which is chosen for more than 2000 features.</param>
        /// <param name="ensureZeroMean">Whether the mean is subtracted first.</param>
        /// <param name="seed">The seed of the randomized solver; that of the context when null.</param>
        public PrincipalComponentAnalyzer ProjectToPrincipalComponents(
            string outputColumnName, string? inputColumnName = null, string? exampleWeightColumnName = null,
            int rank = 20, int overSampling = 20, bool ensureZeroMean = true, int? seed = null) =>
            catalog.ProjectToPrincipalComponents(new PrincipalComponentAnalyzer.Options
            {
                OutputColumnName = outputColumnName,
                InputColumnName = inputColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Rank = rank,
                EnsureZeroMean = ensureZeroMean,
                OverSampling = overSampling,
                Seed = seed,
            });

        /// <summary>Projects a vector to the few directions along which the rows vary most.</summary>
        /// <param name="options">The options.</param>
        public PrincipalComponentAnalyzer ProjectToPrincipalComponents(PrincipalComponentAnalyzer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }
}
