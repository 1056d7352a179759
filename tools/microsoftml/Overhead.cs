#if MICROSOFT_ML
using System.Diagnostics;
using Microsoft.ML;
using MS = Microsoft.ML;
using MSData = Microsoft.ML.Data;

namespace MLPath.MicrosoftML.Sample;

/// <summary>
/// What the bridge costs a row: a logistic regression of 50 features, scored by MLPath alone, through the bridge, from a loaded ML.NET model, and, to
/// compare, Microsoft.ML's own. Views are read to their end, engines asked for one row again and again; the least of several times counts.
/// </summary>
internal static class Overhead
{
    private const int Rows = 20_000, Features = 50, Asked = 200_000, Repetitions = 30;

    public static void Print(TextWriter output)
    {
        var ml = new MS.MLContext(seed: 1);
        var own = new MLContext(seed: 1);
        var random = new Random(1);
        var rows = Enumerable.Range(0, Rows).Select(_ => Row.Random(random)).ToList();
        var theirs = ml.Data.LoadFromEnumerable(rows);
        var ours = own.Data.LoadFromEnumerable(rows.Select(r => new OwnRow
        {
            Features = r.Features,
            Label = r.Label,
        }).ToList());

        var bridged = ml.BinaryClassification.Trainers.MLPath(own.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(theirs);
        using var file = new MemoryStream();
        ml.Model.Save(bridged, theirs.Schema, file);
        file.Position = 0;
        var loaded = ml.Model.Load(file, out _);
        var microsoft = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(theirs);

        var alone = bridged.Transformer;
        using var engine = own.Model.CreatePredictionEngine<OwnRow, Prediction>(alone, ours.Schema);
        var one = new OwnRow
        {
            Features = rows[0].Features,
        };
        var made = new Prediction();
        output.WriteLine("nanoseconds a row                  a view    an engine");
        Line("MLPath alone", Least(() => Read(alone.Transform(ours))), Least(() => engine.Predict(one, ref made), Asked));
        foreach (var (name, model) in new (string, MS.ITransformer)[]
        {
            ("through the bridge", bridged),
            ("loaded by ML.NET", loaded),
            ("Microsoft.ML's own", microsoft),
        })
        {
            using var asked = ml.Model.CreatePredictionEngine<Row, Prediction>(model, theirs.Schema);
            Line(name, Least(() => Read(model.Transform(theirs))), Least(() => asked.Predict(rows[0], ref made), Asked));
        }

        void Line(string name, double view, double engine) =>
            output.WriteLine(FormattableString.Invariant($"{name,-32}{view,9:0}{engine,13:0}"));
    }

    // The time of a pass, over its rows.
    private static double Least(Action pass) => Enumerable.Range(0, Repetitions).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        pass();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Rows;
    });

    // The time of a call that is too short for a clock.
    private static double Least(Action call, int times) => Enumerable.Range(0, Repetitions).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / times;
    });

    private static void Read(IDataView view)
    {
        using var cursor = view.GetBatchCursor([view.Schema["Score"], view.Schema["Probability"]]);
        while (cursor.MoveNext())
        {
        }
    }

    private static void Read(MS.IDataView view)
    {
        using var cursor = view.GetRowCursor([view.Schema["Score"], view.Schema["Probability"]]);
        var score = cursor.GetGetter<float>(view.Schema["Score"]);
        var probability = cursor.GetGetter<float>(view.Schema["Probability"]);
        float value = 0;
        while (cursor.MoveNext())
        {
            score(ref value);
            probability(ref value);
        }
    }

    private sealed class Row
    {
        [MSData.VectorType(Overhead.Features)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public static Row Random(Random random)
        {
            float[] features = [.. Enumerable.Range(0, Overhead.Features).Select(_ => random.NextSingle())];
            return new Row
            {
                Features = features,
                Label = features[0] + features[1] > 1,
            };
        }
    }

    private sealed class OwnRow
    {
        [Data.VectorType(Overhead.Features)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
#endif
