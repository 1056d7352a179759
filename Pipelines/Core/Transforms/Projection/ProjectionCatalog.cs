using MLPath.Transforms;

namespace MLPath;

/// <summary>Projections of vectors in <c>ml.Transforms</c>.</summary>
public static class ProjectionCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Maps vectors to random features whose inner products approximate a kernel.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="rank">The number of random frequencies, 1 or more. The error of a product is about 1/√rank.</param>
        /// <param name="useCosAndSinBases">
        /// Whether each frequency gives a cosine and a sine, so that there are 2 × rank features; a cosine with a random angle otherwise.
        /// </param>
        /// <param name="generator">The kernel, <see cref="GaussianKernel"/> or <see cref="LaplacianKernel"/>; the former with γ = 1 when null.</param>
        /// <param name="seed">The seed of the frequencies; that of the context when null.</param>
        public ApproximatedKernelMappingEstimator ApproximatedKernelMap(
            string outputColumnName, string? inputColumnName = null, int rank = 1000, bool useCosAndSinBases = false,
            KernelBase? generator = null, int? seed = null) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName), rank, useCosAndSinBases, generator, seed ?? catalog.Environment.Seed);

        /// <summary>Makes the slots of vectors uncorrelated and of mean square 1.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, a vector of Single of known size; the one of the output's name when null.</param>
        /// <param name="kind">Whether along the principal components (PCA) or back along the original axes (ZCA).</param>
        /// <param name="epsilon">Added to each eigenvalue, above 0; it bounds what directions without variance are multiplied by.</param>
        /// <param name="maximumNumberOfRows">The most rows to learn from, from the first one; 1 or more.</param>
        /// <param name="rank">For PCA, the number of components that are kept; all when 0.</param>
        public VectorWhiteningEstimator VectorWhiten(
            string outputColumnName, string? inputColumnName = null, WhiteningKind kind = WhiteningKind.ZeroPhaseComponentAnalysis,
            float epsilon = 1e-5f, int maximumNumberOfRows = 100_000, int rank = 0) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName), kind, epsilon, maximumNumberOfRows, rank);
    }
}
