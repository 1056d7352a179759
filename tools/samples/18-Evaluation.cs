using MLPath.Data;

namespace MLPath.Samples;

/// <summary>
/// How good a classifier is depends on the question. Of TP right and FP wrong alarms, FN missed and TN rightly passed rows:
/// precision = TP / (TP + FP), recall = TP / (TP + FN), F₁ = 2 · precision · recall / (precision + recall). They change with the threshold; the area under
/// the ROC curve does not: it is the probability that a random positive row has a higher score than a random negative one, ties counting half.
/// </summary>
internal static class Evaluation
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView cancer = ml.Data.LoadDataset("breast-cancer");
        var split = ml.Data.TrainTestSplit(cancer, testFraction: 0.3);
        // Two measures alone: a model that makes mistakes to count.
        var pipeline = ml.Transforms.Concatenate("Features", "MeanTexture", "MeanSmoothness")
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.Transforms.Expression("Label", "(d) => d == \"malignant\"", "Diagnosis"))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression());
        var scored = pipeline.Fit(split.TrainSet).Transform(split.TestSet);
        bool[] truth = [.. scored.GetColumn<bool>("Label")], alarms = [.. scored.GetColumn<bool>("PredictedLabel")];
        float[] scores = [.. scored.GetColumn<float>("Score")];

        // Counts.
        double tp = 0, fp = 0, fn = 0, tn = 0;
        foreach (var (isPositive, isAlarm) in truth.Zip(alarms))
        {
            if (isAlarm && isPositive) tp++;
            else if (isAlarm) fp++;
            else if (isPositive) fn++;
            else tn++;
        }

        double precision = tp / (tp + fp), recall = tp / (tp + fn);
        // All pairs of a positive and a negative row.
        double won = 0;
        foreach (var (positive, _) in scores.Zip(truth).Where(r => r.Second))
        {
            foreach (var (negative, _) in scores.Zip(truth).Where(r => !r.Second))
                won += positive > negative ? 1 : positive == negative ? 0.5 : 0;
        }

        var metrics = ml.BinaryClassification.Evaluate(scored);
        output.WriteLine("   breast cancer, malignant or not, from two measures of the cells:");
        output.WriteLine($"   {tp} found, {fn} missed, {fp} false alarms, {tn} rightly passed");
        output.WriteLine("   threshold   precision   recall   F1");
        foreach (double threshold in new[] { 0.2, 0.35, 0.5, 0.65, 0.8 })
        {
            var point = At(threshold, scored);
            output.WriteLine(FormattableString.Invariant($"   {threshold,9:0.00}   {point.Precision,9:0.000}   {point.Recall,6:0.000}   {point.F1:0.000}"));
        }

        return
        [
            new("accuracy", (tp + tn) / truth.Length, metrics.Accuracy, 1e-12),
            new("precision", precision, metrics.PositivePrecision, 1e-12),
            new("recall", recall, metrics.PositiveRecall, 1e-12),
            new("F1", 2 * precision * recall / (precision + recall), metrics.F1Score, 1e-12),
            new("area under the ROC curve", won / ((tp + fn) * (fp + tn)), metrics.AreaUnderRocCurve, 1e-12),
        ];
    }

    // A lower threshold finds more and alarms more often.
    private static (double Precision, double Recall, double F1) At(double threshold, IDataView scored)
    {
        var rows = scored.GetColumn<float>("Probability").Zip(scored.GetColumn<bool>("Label")).ToList();
        double found = rows.Count(r => r.First >= threshold && r.Second), alarms = rows.Count(r => r.First >= threshold), positives = rows.Count(r => r.Second);
        double precision = found / alarms, recall = found / positives;
        return (precision, recall, 2 * precision * recall / (precision + recall));
    }
}
