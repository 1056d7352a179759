using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Trainers;

[TestClass]
public sealed class MlpTrainerTests
{
    private static readonly MlpTrainer.Options Quick = new() { HiddenUnits = [16], Epochs = 20, LearningRate = 0.02 };

    [TestMethod]
    [DataRow(-1f)]
    [DataRow(0f)]
    public void Exclusive_or_is_learned_by_the_defaults_from_every_seed(float low)
    {
        var data = Tables.Binary([[low, low], [low, 1], [1, low], [1, 1]], [false, true, true, false]);
        for (int seed = 0; seed < 20; seed++)
        {
            var model = new MlpBinaryTrainer(new() { Seed = seed }).Fit(data);
            CollectionAssert.AreEqual(Tables.Column<bool>(data, "Label"), Tables.Column<bool>(model.Transform(data), "PredictedLabel"), $"seed {seed}");
        }
    }

    [TestMethod]
    public void Exclusive_or_is_learned_to_the_end_in_more_steps()
    {
        var data = Tables.Binary([[-1, -1], [-1, 1], [1, -1], [1, 1]], [false, true, true, false]);
        for (int seed = 0; seed < 20; seed++)
        {
            var options = new MlpTrainer.Options { Epochs = 300, LearningRate = 0.05, L2Regularization = 0, Seed = seed };
            Assert.IsLessThan(0.002, new MlpBinaryTrainer(options).Fit(data).Model.Losses[^1], $"seed {seed}");
        }
    }

    [TestMethod]
    [DataRow("iris", 0.93)]
    [DataRow("wine", 0.96)]
    [DataRow("breast-cancer", 0.95)]
    public void The_defaults_are_good_in_ten_stratified_folds(string name, double least)
    {
        var (data, pipeline, label) = Pipeline(name);
        var folds = new MLContext(seed: 1).MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 10, stratifyColumn: label);
        Assert.IsGreaterThanOrEqualTo(least, folds.Average(f => f.Metrics.MicroAccuracy));
    }

    [TestMethod]
    public void The_defaults_read_digits()
    {
        var (digits, pipeline, label) = Pipeline("digits");
        var folds = new MLContext(seed: 1).Data.TrainTestSplit(digits, testFraction: 0.25, stratifyColumn: label);
        var metrics = new MLContext().MulticlassClassification.Evaluate(pipeline.Fit(folds.TrainSet).Transform(folds.TestSet));
        Assert.IsGreaterThanOrEqualTo(0.95, metrics.MicroAccuracy);
    }

    [TestMethod]
    [DataRow(MlpActivation.ReLU)]
    [DataRow(MlpActivation.Tanh)]
    public void It_bends_its_boundary(MlpActivation activation)
    {
        var (rows, classes) = Tables.Moons(300, seed: 1);
        var (newRows, newClasses) = Tables.Moons(200, seed: 2);
        var data = Tables.Multiclass(rows, classes, "upper", "lower");
        double Accuracy(MlpTrainer.Options options) => Tables.Column<uint>(
            new MlpMulticlassTrainer(options).Fit(data).Transform(Tables.Multiclass(newRows, newClasses, "upper", "lower")), "PredictedLabel")
            .Zip(newClasses, (found, c) => found == c + 1 ? 1.0 : 0).Average();
        Assert.IsGreaterThan(0.98, Accuracy(new() { Activation = activation, HiddenUnits = [32, 16] }));
        Assert.IsLessThan(0.93, Accuracy(new() { HiddenUnits = [] }), "A linear model has no bend.");
    }

    [TestMethod]
    public void Without_hidden_layers_it_is_ridge_regression()
    {
        // Labels of mean 0 and deviation 1, so that the trainer's objective, the mean of the squared errors plus λ/2 ‖w‖², is this one's.
        float[][] x = Tables.Cloud(64, 3, seed: 3);
        double[] raw = [.. x.Select((r, i) => r[0] - (2 * r[1]) + (0.5 * Math.Sin(i)))];
        double mean = raw.Average(), deviation = Math.Sqrt(raw.Average(v => (v - mean) * (v - mean)));
        float[] y = [.. raw.Select(v => (float)((v - mean) / deviation))];
        const double l2 = 0.1;
        var options = new MlpTrainer.Options { HiddenUnits = [], BatchSize = 64, Epochs = 2000, LearningRate = 0.05, L2Regularization = l2 };
        var model = new MlpRegressionTrainer(options).Fit(Tables.Regression(x, y)).Model;

        // (1/n Σ x̃x̃ᵀ + λ/2 diag(1, 1, 1, 0)) w = 1/n Σ x̃ y with x̃ = (x, 1).
        var a = new Matrix(4, 4);
        double[] b = new double[4];
        foreach (var (row, target) in x.Zip(y))
        {
            double[] extended = [.. row.Select(v => (double)v), 1];
            for (int i = 0; i < 4; i++)
            {
                Dense.Axpy(extended[i] / 64, extended, a.Row(i));
                b[i] += extended[i] * target / 64;
            }
        }

        for (int i = 0; i < 3; i++)
            a[i, i] += l2 / 2;
        double[] expected = a.Solve(b);
        for (int i = 0; i < 3; i++)
            Assert.AreEqual(expected[i], model.GetParameter("layers.0.weight")[i], 1e-5);
        Assert.AreEqual(expected[3], model.GetParameter("layers.0.bias")[0], 1e-5);
    }

    [TestMethod]
    public void It_follows_a_curve_whatever_the_unit_of_the_label()
    {
        float[][] x = [.. Enumerable.Range(0, 200).Select(i => new[] { (i - 100) / 30f })];
        float[] sine = [.. x.Select(r => MathF.Sin(2 * r[0]))];
        var plain = Predictions(x, sine);
        Assert.IsLessThan(0.02, sine.Zip(plain, (a, b) => (a - b) * (a - b)).Average());

        var scaled = Predictions(x, [.. sine.Select(v => 5e5f + (1e4f * v))]);
        for (int i = 0; i < x.Length; i++)
            Assert.AreEqual(5e5 + (1e4 * plain[i]), scaled[i], 300);
    }

    [TestMethod]
    public void A_fit_gives_the_same_bits_again_at_any_number_of_threads_and_others_from_another_seed()
    {
        var (rows, classes) = Tables.Moons(150, seed: 4);
        var data = Tables.Multiclass(rows, classes, "upper", "lower");
        float[] Weights(int? seed, int threads, int contextSeed = 0) => new MlpMulticlassTrainer(Quick with { Seed = seed })
            .Fit(data, FitContext.Default with { Threads = threads, Seed = contextSeed }).Model.GetParameter("layers.0.weight");
        CollectionAssert.AreEqual(Weights(1, 1), Weights(1, 4));
        CollectionAssert.AreNotEqual(Weights(1, 1), Weights(2, 1));
        CollectionAssert.AreNotEqual(Weights(null, 1, contextSeed: 1), Weights(null, 1, contextSeed: 2));
        var ml = new MLContext(seed: 7);
        CollectionAssert.AreEqual(Weights(7, 1), ml.MulticlassClassification.Trainers.Mlp(Quick).Fit(data).Model.GetParameter("layers.0.weight"));
    }

    [TestMethod]
    public void Validation_rows_end_the_training_and_choose_the_epoch()
    {
        // Labels without a rule can only be learned by heart, which validation rows do not reward.
        var random = new RandomStream(1);
        float[][] x = Tables.Cloud(200, 5, seed: 5);
        bool[] labels = [.. x.Select(_ => random.NextBoolean(0.5))];
        var train = Tables.Binary(x[..100], labels[..100]);
        var validation = Tables.Binary(x[100..], labels[100..]);
        var options = new MlpTrainer.Options { Epochs = 200, Patience = 8, Seed = 3 };
        var watched = new MlpBinaryTrainer(options).Fit(train, FitContext.Default with { ValidationData = validation }).Model;
        Assert.IsTrue(watched.Converged);
        Assert.IsLessThan(200, watched.Iterations);
        StringAssert.Contains(watched.StopReason, $"epoch {watched.Iterations - 8}");

        var unwatched = new MlpBinaryTrainer(options).Fit(train).Model;
        Assert.IsFalse(unwatched.Converged);
        Assert.AreEqual(200, unwatched.Iterations);
        Assert.IsLessThan(LogLoss(unwatched, x[100..], labels[100..]), LogLoss(watched, x[100..], labels[100..]));
        CollectionAssert.AreEqual(unwatched.Losses.Take(watched.Iterations).ToArray(), watched.Losses.ToArray(), "Watching changes nothing of the way.");
    }

    [TestMethod]
    public void Validation_rows_of_another_kind_are_refused()
    {
        var (rows, classes) = Tables.Moons(20, seed: 6);
        var trainer = new MlpMulticlassTrainer(Quick);
        var train = Tables.Multiclass(rows, classes, "upper", "lower");
        var otherClasses = Assert.ThrowsExactly<SchemaException>(() =>
            trainer.Fit(train, FitContext.Default with { ValidationData = Tables.Multiclass(rows, classes, "lower", "upper") }));
        StringAssert.Contains(otherClasses.Message, "other classes in the validation data");
        var otherSize = Assert.ThrowsExactly<SchemaException>(() =>
            trainer.Fit(train, FitContext.Default with { ValidationData = Tables.Multiclass(Tables.Cloud(20, 3, 1), classes, "upper", "lower") }));
        StringAssert.Contains(otherSize.Message, "a vector of 3 in the validation data");
    }

    [TestMethod]
    public void Progress_comes_every_epoch_and_cancellation_is_seen_every_batch()
    {
        var (rows, classes) = Tables.Moons(100, seed: 7);
        var data = Tables.Multiclass(rows, classes, "upper", "lower");
        var trainer = new MlpMulticlassTrainer(Quick with { BatchSize = 10 });
        var heard = new List<FitProgress>();
        int checkpoints = 0;
        var model = trainer.Fit(data, FitContext.Default with { Progress = new Listener(heard), OnCheckpoint = () => checkpoints++ }).Model;
        CollectionAssert.AreEqual(Enumerable.Range(1, 20).ToArray(), heard.ConvertAll(p => p.Iteration));
        CollectionAssert.AreEqual(model.Losses.ToArray(), heard.ConvertAll(p => p.Loss!.Value));
        Assert.IsLessThan(0.5 * model.Losses[0], model.Losses[^1]);
        Assert.IsGreaterThan(20 * 10, checkpoints);

        foreach (int stop in (int[])[1, 2, 57, checkpoints])
        {
            using var source = new CancellationTokenSource();
            int seen = 0;
            void Count()
            {
                if (++seen == stop)
                    source.Cancel();
            }

            var context = FitContext.Default with { CancellationToken = source.Token, OnCheckpoint = Count };
            Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Fit(data, context));
            Assert.AreEqual(stop, seen);
        }
    }

    [TestMethod]
    public void Features_beyond_all_scale_are_an_error_that_says_what_to_do()
    {
        var data = Tables.Binary([[3e38f, -3e38f], [-3e38f, 3e38f]], [true, false]);
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => new MlpBinaryTrainer().Fit(data)).Message, "NormalizeMeanVariance");
    }

    [TestMethod]
    public void Little_or_constant_data_give_a_finite_model()
    {
        var oneRow = new MlpRegressionTrainer(Quick).Fit(Tables.Regression([[1, 2]], [7])).Model;
        Assert.AreEqual(7, Score(oneRow, [1, 2]), 0.5);
        var constant = new MlpMulticlassTrainer(Quick).Fit(Tables.Multiclass([[5, 5], [5, 5], [5, 5], [5, 5]], [0, 0, 0, 2], "a", "b", "c")).Model;
        float[] scores = new float[3];
        constant.Score(Tables.Matrix([5, 5]), scores);
        Assert.AreEqual(1, scores.Sum(), 1e-5);
        Assert.IsTrue(scores[0] > scores[2] && scores[2] > scores[1], "The frequencies of the classes remain.");
        var error = Assert.ThrowsExactly<DataException>(() => new MlpBinaryTrainer(Quick).Fit(Tables.Binary([[1], [2]], [true, true])));
        StringAssert.Contains(error.Message, "one class only");
    }

    [TestMethod]
    public void Options_are_checked_shown_and_can_be_set_by_name()
    {
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => new MlpBinaryTrainer(new() { HiddenUnits = [8, 0] })).Message, "HiddenUnits is 8,0");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => new MlpRegressionTrainer(new() { LearningRate = 0 })).Message, "LearningRate is 0");
        Assert.AreEqual("Mlp(HiddenUnits=32,16, Epochs=50)", new MlpMulticlassTrainer(new() { HiddenUnits = [32, 16], Epochs = 50 }).ToString());
        foreach (var task in (LearningTask[])[LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression])
        {
            var trainer = new MLContext().Algorithms.Get("mlp").For(task)!.Create([new("HiddenUnits", "8,4"), new("Activation", "tanh")]);
            Assert.AreEqual("Mlp(HiddenUnits=8,4, Activation=Tanh)", trainer.ToString());
        }

        List<int> units = [4];
        var kept = new MlpBinaryTrainer(new() { HiddenUnits = units });
        units[0] = 9;
        Assert.AreEqual("Mlp(HiddenUnits=4)", kept.ToString());
    }

    private static (IDataView Data, IEstimator<ITransformer> Pipeline, string Label) Pipeline(string name)
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadDataset(name);
        string label = data.Schema[^1].Name;
        string[] features = [.. data.Schema.Take(data.Schema.Count - 1).Select(c => c.Name)];
        return (data, ml.Transforms.Concatenate("Features", features)
            .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", label))
            .Append(ml.MulticlassClassification.Trainers.Mlp()), label);
    }

    private static float[] Predictions(float[][] x, float[] y)
    {
        var data = Tables.Regression(x, y);
        var options = new MlpTrainer.Options { HiddenUnits = [32, 32], Activation = MlpActivation.Tanh, Epochs = 150, L2Regularization = 0, Seed = 2 };
        return Tables.Column<float>(new MlpRegressionTrainer(options).Fit(data).Transform(data), "Score");
    }

    private static double LogLoss(NetworkBinaryModelParameters model, float[][] x, bool[] labels)
    {
        float[] scores = new float[x.Length], probabilities = new float[x.Length];
        model.Score(Tables.Matrix(x), scores, probabilities);
        return -probabilities.Zip(labels, (p, positive) => Math.Log(positive ? p : 1 - p)).Average();
    }

    private static float Score(NetworkRegressionModelParameters model, params float[] row)
    {
        float[] scores = new float[1];
        model.Score(Tables.Matrix(row), scores);
        return scores[0];
    }

    private sealed class Listener(List<FitProgress> heard) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => heard.Add(value);
    }
}
