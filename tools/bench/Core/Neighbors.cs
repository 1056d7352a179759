using MLPath.Evaluation;
using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>
/// The five exact neighbours of 5000 points among 20000, whose quality is the accuracy of their votes; and DBSCAN, whose quality is the agreement of its
/// clusters with those that the points were made from, noise taken for a cluster of its own.
/// </summary>
internal static class NeighborsWorkloads
{
    private const string Set = "knnsvm_20000x64";
    private const string SmallSet = "small_5000x64";

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("knn", Set, Quality.Larger(0), "neighbors.py", ["sklearn brute"], Knn),
        new("dbscan", SmallSet, Quality.Same(1e-9), "neighbors.py", ["sklearn brute"], Dbscan),
    ];

    private static Job Knn(CoreData data, int threads)
    {
        var view = Views.Multiclass(data.Features(Set), data.Read<int>($"{Set}_y10.i32"));
        var model = new KNearestNeighborsMulticlassTrainer(new() { NumberOfNeighbors = 5 }).Fit(view, new FitContext { Threads = threads }).Model;
        var table = data.Features($"{Set}_test");
        var queries = table.Part(0, table.Rows);
        var scores = new float[table.Rows * model.ClassCount];
        return Job.Of(
            () =>
            {
                model.Score(queries, scores, threads);
                return scores;
            },
            found => Predictions.Accuracy(found, data.Read<int>($"{Set}_test_y10.i32")));
    }

    private static Job Dbscan(CoreData data, int threads)
    {
        var view = Views.Of(data.Features(SmallSet));
        var trainer = new DbscanTrainer(new() { Epsilon = 10, MinimumNumberOfRows = 10 });
        int[] classes = data.Classes(SmallSet);
        return Job.Of(
            () => trainer.Fit(view, new FitContext { Threads = threads }).Model,
            model => ClusteringEvaluator.Evaluate(model.TrainingLabels, labels: [.. classes.Select(c => c - classes.Min())]).AdjustedRandIndex);
    }
}
