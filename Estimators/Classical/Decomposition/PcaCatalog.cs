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
        /// <param name="overSampling">Accepted as in ML.NET and without effect: the components are computed exactly, not from random samples.</param>
        /// <param name="ensureZeroMean">Whether the mean is subtracted first.</param>
        /// <param name="seed">Accepted as in ML.NET and without effect: nothing is random.</param>
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
            });

        /// <summary>Projects a vector to the few directions along which the rows vary most.</summary>
        /// <param name="options">The options.</param>
        public PrincipalComponentAnalyzer ProjectToPrincipalComponents(PrincipalComponentAnalyzer.Options options) => new(options);
    }
}
