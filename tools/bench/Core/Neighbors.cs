using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>The five exact neighbours of 5000 points among 20000. The quality is the accuracy of their votes.</summary>
internal static class NeighborsWorkloads
{
    private const string Set = "knnsvm_20000x64";

    public static IReadOnlyList<CoreWorkload> All { get; } =
        [new("knn", Set, Quality.Larger(0), "neighbors.py", ["sklearn brute"], Knn)];

    private static Job Knn(CoreData data, int threads)
    {
        var view = Views.Multiclass(data.Features(Set), data.Read<int>($"{Set}_y10.i32"));
        var model = new KNearestNeighborsMulticlassTrainer(new() { NumberOfNeighbors = 5 }).Fit(view, new FitContext { Threads = threads }).Model;
        var queries = data.Features($"{Set}_test");
        return Job.Of(() => Predictions.OfClasses(model, queries, threads), scores => Predictions.Accuracy(scores, data.Read<int>($"{Set}_test_y10.i32")));
    }
}
