using MLPath.Evaluation;

namespace MLPath.Bench;

/// <summary>Single figures of a million probabilities and labels, on which both sides must agree.</summary>
internal static class MetricsWorkloads
{
    private const string Set = "scores_1000000";

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("auc", Set, Quality.Same(1e-9), "metrics.py", ["numpy"], (data, _) =>
            Open(data, (labels, scores) => BinaryMetrics.AreaUnderRocCurve(labels, scores))),
        new("logloss", Set, Quality.Same(1e-6), "metrics.py", ["numpy"], (data, _) =>
            Open(data, (labels, scores) => BinaryMetrics.CrossEntropy(labels, scores))),
    ];

    private static Job Open(CoreData data, Func<bool[], float[], double> metric)
    {
        float[] scores = data.Read<float>($"{Set}_p.f32");
        bool[] labels = Array.ConvertAll(data.Classes(Set), c => c != 0);
        return Job.Of(() => metric(labels, scores), value => value);
    }
}
