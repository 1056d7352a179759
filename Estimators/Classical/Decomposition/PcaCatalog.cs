using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath;

/// <summary>Principal components, plain and of a kernel, and singular vectors.</summary>
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

        /// <summary>Projects a vector, sparse or dense, to the leading right singular vectors of the rows; nothing is subtracted.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="rank">The number of singular vectors: 1 or more, at most the number of features and of rows.</param>
        /// <param name="seed">The seed of the first directions; that of the context when null.</param>
        public TruncatedSvdEstimator TruncatedSvd(string outputColumnName, string? inputColumnName = null, int rank = 20, int? seed = null) =>
            catalog.TruncatedSvd(outputColumnName, inputColumnName, new TruncatedSvdEstimator.Options { Rank = rank, Seed = seed });

        /// <summary>Projects a vector, sparse or dense, to the leading right singular vectors of the rows; nothing is subtracted.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="options">The options.</param>
        public TruncatedSvdEstimator TruncatedSvd(string outputColumnName, string? inputColumnName, TruncatedSvdEstimator.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(new InputOutputColumnPair(outputColumnName, inputColumnName), options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }

        /// <summary>Projects a vector to the directions of greatest variance in the space of a kernel.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="rank">The number of components: 1 or more, at most the number of rows.</param>
        /// <param name="kernel">The kernel's function.</param>
        /// <param name="gamma">γ of the kernel; 0 takes one over the number of features.</param>
        public KernelPcaEstimator KernelPca(
            string outputColumnName, string? inputColumnName = null, int rank = 2, KernelFunction kernel = KernelFunction.Rbf, double gamma = 0) =>
            catalog.KernelPca(outputColumnName, inputColumnName, new KernelPcaEstimator.Options { Rank = rank, Kernel = kernel, Gamma = gamma });

        /// <summary>Projects a vector to the directions of greatest variance in the space of a kernel.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="options">The options.</param>
        public KernelPcaEstimator KernelPca(string outputColumnName, string? inputColumnName, KernelPcaEstimator.Options options) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName), options);
    }
}
