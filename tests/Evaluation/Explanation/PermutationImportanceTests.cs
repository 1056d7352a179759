using MLPath.Data;
using MLPath.Trainers;
using static MLPath.Evaluation.Tests.Explanation.ExplanationFigures;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>A column matters as much as predictions become worse when its values change places.</summary>
[TestClass]
public sealed class PermutationImportanceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_mean_over_many_shuffles_is_what_probability_expects_and_what_scikit_learn_finds()
    {
        var one = ExplanationFigures.Cases("importance").Single();
        double[] weights = one.Doubles("weights");
        var data = Table([.. one.Columns("x"), ("Label", one.Floats("y"))]);
        var model = Linear(_ml, data, weights, one.GetProperty("bias").GetDouble(), "X0", "X1", "X2", "X3");
        var importance = _ml.Regression.PermutationImportance(
            model, data, new PermutationImportanceOptions { Metric = "mse", Repeats = 1000 }, FitContext.Default);
        Assert.AreEqual(one.GetProperty("baseline").GetDouble(), importance.Baseline, 1e-6);
        var (expected, sampled) = (one.Doubles("expected"), one.Doubles("mean_of_4000_shuffles"));
        for (int j = 0; j < weights.Length; j++)
        {
            var feature = importance.Features.Single(f => f.Feature.Name == $"X{j}");
            // Four standard errors of either mean.
            double error = 4 * feature.StandardDeviation / Math.Sqrt(1000);
            Assert.AreEqual(expected[j], feature.Mean, error + 1e-6, $"X{j}");
            Assert.AreEqual(sampled[j], feature.Mean, 1.5 * error + 1e-6, $"X{j}");
        }

        CollectionAssert.AreEqual(new[] { "X0", "X1", "X2", "X3" }, importance.Features.Select(f => f.Feature.Name).ToArray());
        Assert.AreEqual(0, importance.Features[3].Mean, "A column with weight 0 does not matter.");
        Assert.AreEqual(0, importance.Features[3].Interval!.Value.High);
    }

    [TestMethod]
    public void Neither_threads_nor_other_columns_show_in_the_result()
    {
        var data = RandomTable(80, 4);
        var model = Linear(_ml, data, [2, -1, 0, 0.5], 0, "X0", "X1", "X2", "X3");
        double[] Drops(int threads, params string[] columns) =>
        [
            .. _ml.Regression.PermutationImportance(model, data,
                new PermutationImportanceOptions { Repeats = 4, Columns = columns.Length == 0 ? null : columns },
                FitContext.Default with { Threads = threads, Seed = 5 }).Features.Single(f => f.Feature.Name == "X1").Drops,
        ];
        CollectionAssert.AreEqual(Drops(1), Drops(7));
        CollectionAssert.AreEqual(Drops(1), Drops(2, "X1"));
    }

    [TestMethod]
    public void A_text_column_is_shuffled_before_it_is_encoded()
    {
        Passenger[] rows = [.. Enumerable.Range(0, 120).Select(i => new Passenger { Class = i % 3 == 0 ? "first" : "third", Noise = i * 37 % 11, Label = i % 3 == 0 })];
        var data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Transforms.Categorical.OneHotEncoding("Code", "Class").Append(_ml.Transforms.Concatenate("Features", "Code", "Noise"))
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(data);
        var importance = _ml.BinaryClassification.PermutationImportance(model, data);
        CollectionAssert.AreEqual(new[] { "Class", "Noise" }, importance.Features.Select(f => f.Feature.Name).ToArray());
        Assert.AreEqual(1, importance.Baseline);
        Assert.IsGreaterThan(0.3, importance.Features[0].Interval!.Value.Low);
        var section = importance.ToSection();
        Assert.HasCount(2, section.Bars);
        StringAssert.Contains(section.Axis.Title, "AUC");
    }

    [TestMethod]
    public void A_vector_is_shuffled_whole_or_slot_by_slot()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Pixels { Values = [i % 5, i % 7, 1], Label = i % 5 }));
        var model = new RegressionPredictionTransformer<LinearRegressionModelParameters>(new LinearRegressionModelParameters([1, 0, 0], 0), "Values");
        var whole = _ml.Regression.PermutationImportance(model, data, new PermutationImportanceOptions { Metric = "rmse" });
        CollectionAssert.AreEqual(new[] { "Values" }, whole.Features.Select(f => f.Feature.Name).ToArray());
        var slots = _ml.Regression.PermutationImportance(model, data, new PermutationImportanceOptions { Metric = "rmse", SlotsUpTo = 3 });
        Assert.AreEqual("Values[0]", slots.Features[0].Feature.Name);
        Assert.IsGreaterThan(1, slots.Features[0].Mean);
        Assert.IsTrue(slots.Features.Skip(1).All(f => f.Mean == 0), "Slots with weight 0 do not matter.");
    }

    [TestMethod]
    public void Wrong_requests_are_named_and_cancellation_is_heard()
    {
        var data = RandomTable(40, 2);
        var model = Linear(_ml, data, [1, 1], 0, "X0", "X1");
        StringAssert.Contains(
            Assert.Throws<SchemaException>(() => _ml.Regression.PermutationImportance(model, data, new PermutationImportanceOptions { Columns = ["X9"] })).Message, "X9");
        Assert.Throws<Runtime.OptionException>(() => _ml.Regression.PermutationImportance(model, data, new PermutationImportanceOptions { Repeats = 0 }));
        Assert.Throws<Runtime.OptionException>(() => _ml.Regression.PermutationImportance(model, data, new PermutationImportanceOptions { Metric = "auc" }));
        int seen = 0;
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => _ml.Regression.PermutationImportance(model, data, null, FitContext.Default with
        {
            CancellationToken = stop.Token,
            OnCheckpoint = () =>
            {
                if (Interlocked.Increment(ref seen) == 3)
                    stop.Cancel();
            },
        }));
    }

    private sealed class Passenger
    {
        public string Class { get; set; } = "";

        public float Noise { get; set; }

        public bool Label { get; set; }
    }

    private sealed class Pixels
    {
        [VectorType(3)]
        public float[] Values { get; set; } = [];

        public float Label { get; set; }
    }
}
