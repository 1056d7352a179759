using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>
/// Logistic regression of 50 features at work. A million rows with label, score and probability, where the quality is the mean probability; and
/// single rows, where it is the bytes that a prediction allocates.
/// </summary>
internal static class ScoringWorkloads
{
    private const string Set = "binary_200000x50";
    private const int Copies = 5; // of 200,000 rows
    private const int SingleRows = 1_000_000;

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("score-batch", Set, Quality.Same(1e-3), "scoring.py", [CoreWorkload.NotInstallable, "sklearn"], Batch),
        new("score-one", Set, Quality.Smaller(0), "scoring.py", [CoreWorkload.NotInstallable], One),
    ];

    private static Job Batch(CoreData data, int threads)
    {
        var (model, features) = Fit(data, threads);
        var many = new Table(features.Rows * Copies, features.Columns, [.. Enumerable.Repeat(features.Values, Copies).SelectMany(values => values)]);
        var view = Views.Of(many);
        return Job.Of(() =>
        {
            double sum = 0;
            long positive = 0;
            var scored = model.Transform(view);
            using var cursor = scored.GetBatchCursor([scored.Schema["PredictedLabel"], scored.Schema["Score"], scored.Schema["Probability"]]);
            while (cursor.MoveNext())
            {
                positive += cursor.Current.Scalars<bool>(scored.Schema["PredictedLabel"].Index).Count(true);
                sum += System.Numerics.Tensors.TensorPrimitives.Sum(cursor.Current.Scalars<float>(scored.Schema["Probability"].Index));
            }
            return sum / many.Rows;
        }, mean => mean);
    }

    private static Job One(CoreData data, int threads)
    {
        var (model, features) = Fit(data, threads);
        var engine = new MLContext(seed: 0).Model.CreatePredictionEngine<Row, Prediction>(model, Views.Of(features).Schema);
        var rows = Enumerable.Range(0, 1000).Select(i => new Row { Features = features.Row(i).ToArray() }).ToArray();
        var prediction = new Prediction();
        int next = 0;
        long before = 0;
        return Job.Of(() =>
        {
            if (next == 0) before = GC.GetAllocatedBytesForCurrentThread();
            engine.Predict(rows[next++ % rows.Length], ref prediction);
            return prediction;
        }, _ =>
        {
            double bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            next = 0;
            return Math.Floor(bytes / SingleRows);
        }, SingleRows);
    }

    private static (ITransformer Model, Table Features) Fit(CoreData data, int threads)
    {
        var features = data.Features(Set);
        var view = Views.Binary(features, data.Classes(Set));
        var trainer = new LbfgsLogisticRegressionBinaryTrainer(new() { L1Regularization = 0, L2Regularization = 1, OptimizationTolerance = 1e-4 });
        return (trainer.Fit(view, new FitContext { Threads = threads }), features);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
