using MLPath.Transforms;

namespace MLPath.Bench;

/// <summary>Principal components, whose quality is the part of the variance that they explain; and a map of points, whose divergence it is.</summary>
internal static class DecompositionWorkloads
{
    private const string Set = "lowrank_50000x256_r16", Small = "small_5000x64";

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("pca", Set, Quality.Larger(1e-6), "decomposition.py", ["numpy covariance", "sklearn full"], Pca),
        new("tsne", Small, Quality.Smaller(1e-3), "decomposition.py", ["sklearn"], Tsne),
    ];

    private static Job Pca(CoreData data, int threads)
    {
        var view = Views.Of(data.Features(Set));
        var analyzer = new PrincipalComponentAnalyzer(new() { OutputColumnName = "Features", Rank = 16 });
        return Job.Of(() => analyzer.Fit(view, new FitContext { Threads = threads }), model => model.ExplainedVarianceRatio.Sum());
    }

    private static Job Tsne(CoreData data, int threads)
    {
        var view = Views.Of(data.Features(Small));
        var estimator = new TSneEstimator(new("Map", "Features"), new() { Perplexity = 30, MaximumNumberOfIterations = 1000, Angle = 0.5 });
        return Job.Of(() => estimator.Fit(view, new FitContext { Threads = threads }), model => model.Embedding.KullbackLeiblerDivergence);
    }
}
