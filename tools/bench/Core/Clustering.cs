using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>K-means from given centres, until scikit-learn's criterion is met. The quality is the inertia.</summary>
internal static class ClusteringWorkloads
{
    public static IReadOnlyList<CoreWorkload> All { get; } =
        [KMeans("kmeans-100k", "blobs_100000x32_k50"), KMeans("kmeans-20k", "blobs_20000x784_k10")];

    private static CoreWorkload KMeans(string id, string set) => new(id, set, Quality.Smaller(1e-5), "clustering.py", ["sklearn lloyd"], (data, threads) =>
    {
        var view = Views.Of(data.Features(set));
        var centres = data.Matrix($"{set}_init.f32");
        var trainer = new KMeansTrainer(new()
        {
            NumberOfClusters = centres.Rows,
            InitialCentroids = [.. Enumerable.Range(0, centres.Rows).Select(c => centres.Row(c).ToArray())],
            MaximumNumberOfIterations = 100,
            OptimizationTolerance = 0,
            CentroidTolerance = 1e-4,
        });
        return Job.Of(() => trainer.Fit(view, new FitContext { Threads = threads }).Model, model => model.Inertia);
    });
}
