using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Training;

/// <summary>The loop that trains every network, seen through the multilayer perceptron.</summary>
[TestClass]
public sealed class NetworkTrainingTests
{
    private static readonly MlpTrainer.Options Quick = new() { HiddenUnits = [16], Epochs = 12, LearningRate = 0.02, BatchSize = 20, L2Regularization = 0, Seed = 3 };

    [TestMethod]
    [DataRow(NetworkOptimizer.Sgd, 0.3)]
    [DataRow(NetworkOptimizer.Momentum, 0.05)]
    [DataRow(NetworkOptimizer.Nesterov, 0.05)]
    [DataRow(NetworkOptimizer.Adagrad, 0.05)]
    [DataRow(NetworkOptimizer.RMSProp, 0.005)]
    [DataRow(NetworkOptimizer.Adam, 0.01)]
    [DataRow(NetworkOptimizer.AdamW, 0.01)]
    public void Every_optimiser_learns(NetworkOptimizer optimizer, double rate)
    {
        var model = Fit(Quick with { Optimizer = optimizer, LearningRate = rate, Epochs = 30 }, Moons(300));
        Assert.IsLessThan(0.5 * model.Losses[0], model.Losses[^1]);
        Assert.IsGreaterThan(0.88, model.History.Epochs[^1].Metric);
    }

    [TestMethod]
    public void Rates_follow_the_schedule()
    {
        // One batch an epoch, so that an epoch is a step.
        double[] Rates(NetworkSchedule schedule) =>
            [.. Fit(Quick with { Schedule = schedule, LearningRate = 0.01, Epochs = 9, BatchSize = 300, WarmupFraction = 1.0 / 3 }, Moons(300)).History.Epochs.Select(e => e.LearningRate / 0.01)];
        AssertNear([1, 1, 1, 1, 1, 1, 1, 1, 1], Rates(NetworkSchedule.Constant));
        AssertNear([1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01], Rates(NetworkSchedule.Step));
        AssertNear([.. Enumerable.Range(0, 9).Select(i => Math.Pow(0.01, i / 9.0))], Rates(NetworkSchedule.Exponential));
        AssertNear([.. Enumerable.Range(0, 9).Select(i => 0.5 * (1 + Math.Cos(Math.PI * i / 9)))], Rates(NetworkSchedule.Cosine));
        AssertNear([1.0 / 3, 2.0 / 3, 1, .. Enumerable.Range(0, 6).Select(i => 0.5 * (1 + Math.Cos(Math.PI * i / 6)))], Rates(NetworkSchedule.WarmupCosine));
        double[] cycle = Rates(NetworkSchedule.OneCycle);
        Assert.AreEqual(1.0 / 25, cycle[0], 1e-9);
        Assert.AreEqual(1, cycle[2], 1e-9);
        Assert.AreEqual(1.0 / 25e4, cycle[8], 1e-9);
    }

    [TestMethod]
    public void On_a_plateau_the_rate_falls()
    {
        // Nothing can be learned of labels that say nothing: the loss on the validation rows does not fall.
        var random = new RandomStream(2);
        var data = Tables.Binary(Tables.Cloud(200, 4, seed: 8), [.. Enumerable.Range(0, 200).Select(_ => random.NextBoolean(0.5))]);
        var options = Quick with { Schedule = NetworkSchedule.OnPlateau, Patience = 8, ValidationFraction = 0.3, Epochs = 60 };
        var epochs = new MlpBinaryTrainer(options).Fit(data).Model.History.Epochs;
        Assert.AreEqual(Quick.LearningRate, epochs[0].LearningRate);
        Assert.AreEqual(0.1 * Quick.LearningRate, epochs[^1].LearningRate, 1e-12);
    }

    [TestMethod]
    public void Gradients_of_several_batches_make_one_step_as_of_one_batch()
    {
        // Batches of equal size: the mean of their gradients is the gradient of all their rows.
        var options = Quick with { Epochs = 1, BatchSize = 60, Optimizer = NetworkOptimizer.Sgd };
        float[] together = Weights(Fit(options, Moons(60)));
        float[] apart = Weights(Fit(options with { BatchSize = 20, AccumulateBatches = 3 }, Moons(60)));
        for (int i = 0; i < together.Length; i++) Assert.AreEqual(together[i], apart[i], 1e-6);
    }

    [TestMethod]
    public void A_row_counts_by_its_weight()
    {
        // All rows in one batch, with plain steps: then a row of weight 2 is two rows, but for the mean weight, by which a step is divided.
        float[][] x = Tables.Cloud(40, 3, seed: 2);
        int[] y = [.. x.Select(r => r[0] + r[1] > 0 ? 1 : 0)];
        float[] weights = [.. x.Select((_, i) => i % 4 == 0 ? 2f : 1f)];
        int[] repeated = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var options = Quick with { Optimizer = NetworkOptimizer.Sgd, BatchSize = 1000, LearningRate = 0.3 };
        var weighted = Learn(options, x, y, weights);
        var twice = Learn(options, [.. repeated.Select(i => x[i])], [.. repeated.Select(i => y[i])], null);
        foreach (var (path, values) in weighted.State)
        {
            for (int i = 0; i < values.Length; i++) Assert.AreEqual(twice.State[path][i], values[i], 1e-4, path);
        }
    }

    [TestMethod]
    public void Balanced_classes_count_alike()
    {
        // A rare class among noise: uniform weights hardly ever predict it, balanced ones do.
        float[][] x = Tables.Cloud(400, 2, seed: 9);
        var random = new RandomStream(5);
        bool[] rare = [.. x.Select(r => random.NextBoolean(r[0] > 1 ? 0.3 : 0.02))];
        int Found(ClassWeighting weighting) => Tables.Column<bool>(
            new MlpBinaryTrainer(Quick with { ClassWeights = weighting, HiddenUnits = [] }).Fit(Tables.Binary(x, rare)).Transform(Tables.Binary(x, rare)), "PredictedLabel").Zip(rare, (p, y) => p && y ? 1 : 0).Sum();
        Assert.IsGreaterThan(2 * Found(ClassWeighting.Uniform) + 5, Found(ClassWeighting.Balanced));
    }

    [TestMethod]
    public void The_same_bits_come_again_at_any_number_of_threads()
    {
        var options = Quick with { HiddenUnits = [200, 100], Dropout = 0.2, Normalization = MlpNormalization.Batch, BatchSize = 128, Epochs = 3, ValidationFraction = 0.2, GradientClipping = 1, LabelSmoothing = 0.1 };
        var one = Fit(options, Moons(600), FitContext.Default with { Threads = 1 });
        var three = Fit(options, Moons(600), FitContext.Default with { Threads = 3 });
        foreach (var (path, _) in one.Parameters) CollectionAssert.AreEqual(one.GetParameter(path), three.GetParameter(path), path);
        CollectionAssert.AreEqual(one.History.Epochs.ToArray(), three.History.Epochs.ToArray());
    }

    [TestMethod]
    public void Rows_put_aside_end_the_training_and_keep_the_best_epoch()
    {
        var model = Fit(Quick with { ValidationFraction = 0.25, Patience = 3, Epochs = 400, LearningRate = 0.1 }, Moons(80));
        Assert.IsTrue(model.Converged);
        Assert.AreEqual(model.Iterations - 3, model.History.BestEpoch);
        Assert.AreEqual(model.History.Epochs.Min(e => e.ValidationLoss), model.History.Epochs[model.History.BestEpoch - 1].ValidationLoss);
    }

    [TestMethod]
    public void A_dry_run_does_one_batch()
    {
        var counter = new Counter();
        var model = Fit(Quick with { FastDevRun = true, ValidationFraction = 0.2, Callbacks = [counter] }, Moons(300));
        Assert.AreEqual((1, 1), (counter.Batches, counter.Epochs));
        Assert.AreEqual(1, model.Iterations);
        Assert.IsFalse(double.IsNaN(model.History.Epochs[0].ValidationLoss));
    }

    [TestMethod]
    public void One_batch_is_learned_by_heart()
    {
        var counter = new Counter();
        var model = Fit(Quick with { OverfitOneBatch = true, HiddenUnits = [64], Epochs = 200, Callbacks = [counter] }, Moons(300));
        Assert.AreEqual(200, counter.Batches);
        Assert.IsLessThan(0.01, model.Losses[^1]);
    }

    [TestMethod]
    public void A_callback_ends_the_training()
    {
        Assert.AreEqual(2, Fit(Quick with { Callbacks = [new Counter { EndsAfterEpoch = 2 }] }, Moons(100)).Iterations);
        var model = Fit(Quick with { Callbacks = [new Counter { EndsAfterBatch = 7 }] }, Moons(100));
        Assert.AreEqual(2, model.Iterations, "Five batches make an epoch.");
        StringAssert.Contains(model.StopReason, "callback");
    }

    [TestMethod]
    public void The_first_number_that_is_not_finite_is_named()
    {
        var data = Tables.Binary([[3e38f, -3e38f], [-3e38f, 3e38f]], [true, false]);
        var error = Assert.ThrowsExactly<DataException>(() => new MlpBinaryTrainer(Quick with { DetectAnomalies = true }).Fit(data));
        StringAssert.Contains(error.Message, "linear([2, 2]");
    }

    [TestMethod]
    public void Memory_is_allocated_once()
    {
        var watch = new Allocations();
        Fit(Quick with { HiddenUnits = [64, 64], Epochs = 40, Dropout = 0.1, Callbacks = [watch] }, Moons(200));
        // Managed garbage of a step: records and views, not the batch's numbers, which are 20 × 64 × 4 bytes a tensor.
        long first = watch.Bytes[19] - watch.Bytes[9], last = watch.Bytes[39] - watch.Bytes[29];
        Assert.IsLessThan(1.2 * first, last);
    }

    [TestMethod]
    public void The_finder_suggests_a_rate_that_learns()
    {
        float[][] x = Tables.Cloud(400, 4, seed: 11);
        var data = Tables.Multiclass(x, [.. x.Select(r => r[0] + r[1] > 0 ? 1 : 0)], "below", "above");
        var curve = new MlpMulticlassTrainer(Quick).FindLearningRate(data);
        Assert.IsGreaterThan(20, curve.Points.Count);
        Assert.IsTrue(curve.Suggestion is > 1e-4 and < 1, $"{curve.Suggestion}");
        Assert.IsGreaterThan(0.9, Fit(Quick with { LearningRate = curve.Suggestion, Epochs = 40 }, data).History.Epochs[^1].Metric);
        Assert.AreEqual("Learning rates", curve.ToSection().Title);
        CollectionAssert.AreEqual(curve.Points.ToArray(), new MlpMulticlassTrainer(Quick).FindLearningRate(data).Points.ToArray());
    }

    [TestMethod]
    [DataRow(MlpNormalization.Batch)]
    [DataRow(MlpNormalization.Layer)]
    public void Deep_normalised_networks_learn_and_come_back_from_a_file(MlpNormalization normalization)
    {
        var data = Moons(300);
        var transformer = new MlpMulticlassTrainer(Quick with { HiddenUnits = [16, 16, 16, 16], Normalization = normalization, Dropout = 0.1, Activation = MlpActivation.Gelu, Epochs = 30 }).Fit(data);
        Assert.IsGreaterThan(0.9, transformer.Model.History.Epochs[^1].Metric);
        var loaded = Tables.RoundTrip(transformer);
        Assert.AreEqual(DataFingerprint.Compute(transformer.Transform(data)), DataFingerprint.Compute(loaded.Transform(data)));
        CollectionAssert.AreEqual(transformer.Model.History.Epochs.ToArray(), loaded.Model.History.Epochs.ToArray());
        Assert.AreEqual($"{transformer.Model.Architecture}", $"{loaded.Model.Architecture}");
        CollectionAssert.AreEqual(transformer.Model.Findings.ToArray(), loaded.Model.Findings.ToArray());
    }

    [TestMethod]
    public void Outputs_that_do_not_go_with_the_labels_are_refused()
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.BinaryClassification.Trainers.Network((data, _) => new MlpArchitecture(data.Features.Columns, [], 2));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Tables.Binary([[1], [2]], [true, false])));
    }

    private static NetworkMulticlassModelParameters Fit(MlpTrainer.Options options, IDataView data, FitContext? context = null) =>
        new MlpMulticlassTrainer(options).Fit(data, context ?? FitContext.Default).Model;

    private static TrainedNetwork Learn(MlpTrainer.Options options, float[][] x, int[] y, float[]? weights)
    {
        var architecture = new MlpArchitecture(x[0].Length, options.HiddenUnits, 2);
        var examples = new LabelledExamples(new FeatureExamples(Tables.Matrix(x), architecture.Input), LabelKind.Multiclass, y, weights: weights);
        return NetworkTraining.Learn(architecture, examples, null, options, FitContext.Default);
    }

    private static InMemoryDataView Moons(int rows)
    {
        var (x, classes) = Tables.Moons(rows, seed: 1);
        return Tables.Multiclass(x, classes, "upper", "lower");
    }

    private static float[] Weights(NetworkModelParameters model) => model.GetParameter("layers.0.weight");

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-9, $"epoch {i + 1}");
    }

    private sealed class Counter : INetworkCallback
    {
        public int Batches { get; private set; }

        public int Epochs { get; private set; }

        public int EndsAfterBatch { get; init; }

        public int EndsAfterEpoch { get; init; }

        public bool AfterBatch(NetworkMoment moment) => ++Batches != EndsAfterBatch;

        public bool AfterEpoch(NetworkMoment moment) => ++Epochs != EndsAfterEpoch && moment.Result is not null;
    }

    private sealed class Allocations : INetworkCallback
    {
        public List<long> Bytes { get; } = [];

        public bool AfterEpoch(NetworkMoment moment)
        {
            Bytes.Add(GC.GetAllocatedBytesForCurrentThread());
            return true;
        }
    }
}
