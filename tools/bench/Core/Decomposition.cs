using MLPath.Transforms;

namespace MLPath.Bench;

/// <summary>Principal components. The quality is the part of the variance that they explain.</summary>
internal static class DecompositionWorkloads
{
    private const string Set = "lowrank_50000x256_r16";

    public static IReadOnlyList<CoreWorkload> All { get; } =
        [new("pca", Set, Quality.Larger(1e-6), "decomposition.py", ["numpy covariance", "sklearn full"], Pca)];

    private static Job Pca(CoreData data, int threads)
    {
        var view = Views.Of(data.Features(Set));
        var analyzer = new PrincipalComponentAnalyzer(new() { OutputColumnName = "Features", Rank = 16 });
        return Job.Of(() => analyzer.Fit(view, new FitContext { Threads = threads }), model => model.ExplainedVarianceRatio.Sum());
    }
}
