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
        new("binary-metrics", Set, Quality.Same(1e-6), "metrics.py", ["scikit-learn"], (data, _) => OpenAll(data)),
    ];

    private static Job Open(CoreData data, Func<bool[], float[], double> metric)
    {
        float[] scores = data.Read<float>($"{Set}_p.f32");
        bool[] labels = Array.ConvertAll(data.Classes(Set), c => c != 0);
        return Job.Of(() => metric(labels, scores), value => value);
    }

    // All figures and both curves of one evaluation. Their sum is the quality: it differs where any of them does.
    private static Job OpenAll(CoreData data)
    {
        float[] scores = data.Read<float>($"{Set}_p.f32");
        bool[] labels = Array.ConvertAll(data.Classes(Set), c => c != 0);
        var options = new BinaryEvaluationOptions { Threshold = 0.5f };
        return Job.Of(
            () => BinaryClassificationEvaluator.Evaluate(labels, scores, scores, options: options),
            m => m.AreaUnderRocCurve + m.AveragePrecision + m.CrossEntropy + m.BrierScore + m.F1Score + m.Accuracy
                + m.ConfusionMatrix.Counts[0][1] / labels.Length);
    }
}
