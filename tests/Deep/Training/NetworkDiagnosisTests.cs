using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Training;

/// <summary>What goes wrong with networks is noticed, said once, and kept; what goes well is not remarked upon.</summary>
[TestClass]
public sealed class NetworkDiagnosisTests
{
    private static readonly MlpTrainer.Options Plain = new() { HiddenUnits = [16], Epochs = 20, Seed = 1 };

    [TestMethod]
    public void A_training_that_goes_well_is_not_remarked_upon()
    {
        var (model, heard) = Fit(Plain with { ValidationFraction = 0.2, Epochs = 40 }, Moons(300));
        Assert.IsEmpty(heard, string.Join('\n', heard));
        Assert.IsEmpty(model.Findings);
    }

    [TestMethod]
    public void Features_of_another_scale_are_named()
    {
        var (x, classes) = Tables.Moons(100, seed: 1);
        var (model, heard) = Fit(Plain, Tables.Multiclass([.. x.Select(r => new[] { r[0], 1000 * r[1] })], classes, "upper", "lower"));
        StringAssert.Contains(Message(heard, "unscaled-inputs"), "NormalizeMeanVariance");
        Assert.AreEqual(1, heard.Count(d => d.Code == "unscaled-inputs"), "Things are said once.");
        CollectionAssert.AreEqual(heard.ConvertAll(d => d.Code), model.Findings.Select(f => f.Code).ToArray());
    }

    [TestMethod]
    public void A_loss_that_is_no_number_is_an_error_with_a_remedy()
    {
        List<Diagnosis> heard = [];
        var data = Tables.Binary([[3e38f, -3e38f], [-3e38f, 3e38f]], [true, false]);
        Assert.ThrowsExactly<DataException>(() => new MlpBinaryTrainer(Plain).Fit(data, FitContext.Default with { DiagnosisSink = heard.Add }));
        StringAssert.Contains(Message(heard, "diverged"), "LearningRate");
    }

    [TestMethod]
    public void A_loss_that_grows_and_gradients_that_explode_are_seen()
    {
        List<Diagnosis> heard = [];
        float[][] x = Tables.Cloud(200, 3, seed: 6);
        var options = Plain with { HiddenUnits = [], Optimizer = NetworkOptimizer.Sgd, LearningRate = 2, Schedule = NetworkSchedule.Constant, BatchSize = 25 };
        var data = Tables.Regression(x, [.. x.Select(r => r[0] - r[1])]);
        Assert.ThrowsExactly<DataException>(() => new MlpRegressionTrainer(options).Fit(data, FitContext.Default with { DiagnosisSink = heard.Add }));
        Message(heard, "exploding-loss");
        Message(heard, "exploding-gradients");
    }

    [TestMethod]
    public void Units_that_never_fire_are_counted()
    {
        // One giant step drives the sums of nearly all units below 0, from where no gradient leads back.
        var (_, heard) = Fit(Plain with { HiddenUnits = [32], LearningRate = 3, Schedule = NetworkSchedule.Constant }, Moons(300));
        StringAssert.Contains(Message(heard, "dead-relus"), "layers.1");
    }

    [TestMethod]
    public void Gradients_that_vanish_are_seen()
    {
        var (_, heard) = Fit(Plain with { HiddenUnits = [.. Enumerable.Repeat(8, 12)], Activation = MlpActivation.Sigmoid, Epochs = 3 }, Moons(200));
        StringAssert.Contains(Message(heard, "vanishing-gradients"), "layers.0.weight");
    }

    [TestMethod]
    public void A_training_that_does_not_move_is_seen()
    {
        var (_, heard) = Fit(Plain with { LearningRate = 1e-9 }, Moons(200));
        Message(heard, "stagnation");
    }

    [TestMethod]
    public void A_network_that_is_too_small_is_seen()
    {
        // XOR in four clouds: a linear model learns nothing of it.
        float[][] x = Tables.Cloud(400, 2, seed: 4);
        var (_, heard) = Fit(Plain with { HiddenUnits = [], LearningRate = 0.03 }, Tables.Multiclass(x, [.. x.Select(r => r[0] * r[1] > 0 ? 1 : 0)], "a", "b"));
        Message(heard, "underfitting");
    }

    [TestMethod]
    public void Learning_by_heart_is_seen()
    {
        var random = new RandomStream(3);
        float[][] x = Tables.Cloud(120, 6, seed: 5);
        var data = Tables.Multiclass(x, [.. x.Select(_ => random.NextBoolean(0.5) ? 1 : 0)], "a", "b");
        var (model, heard) = Fit(Plain with { HiddenUnits = [64], ValidationFraction = 0.4, Patience = 30, Epochs = 60, L2Regularization = 0 }, data);
        StringAssert.Contains(Message(heard, "overfitting"), $"epoch {model.History.BestEpoch} are kept");
    }

    [TestMethod]
    public void The_report_shows_curves_layers_and_what_was_noticed()
    {
        var (x, classes) = Tables.Moons(100, seed: 1);
        var transformer = new MlpMulticlassTrainer(Plain with { ValidationFraction = 0.2 }).Fit(Tables.Multiclass([.. x.Select(r => new[] { r[0], 1000 * r[1] })], classes, "upper", "lower"));
        var sections = ReportSections.Of(transformer);
        CollectionAssert.AreEqual(new[] { "Diagnosis", "Training", "The network" }, sections.Select(s => s.Title).ToArray());
        var loss = (LineChartSection)((GroupSection)sections[1]).Sections[0];
        CollectionAssert.AreEqual(new[] { "training", "validation" }, loss.Series.Select(s => s.Name).ToArray());
        Assert.HasCount(transformer.Model.Iterations, loss.Series[0].Points);
        Assert.HasCount(3, ((TableSection)sections[2]).Rows);
    }

    [TestMethod]
    public void A_summary_tells_shapes_and_counts()
    {
        var summary = NetworkSummary.Of(new MlpArchitecture(4, [8], 3) { Normalization = MlpNormalization.Batch });
        Assert.AreEqual((4 * 8) + 8 + 16 + (8 * 3) + 3, summary.ParameterCount);
        string text = $"{summary}";
        StringAssert.Contains(text, "layers.0  Linear(4, 8)");
        StringAssert.Contains(text, "[rows, 3]");
        StringAssert.Contains(text, "83");
    }

    private static (NetworkMulticlassModelParameters Model, List<Diagnosis> Heard) Fit(MlpTrainer.Options options, IDataView data)
    {
        List<Diagnosis> heard = [];
        return (new MlpMulticlassTrainer(options).Fit(data, FitContext.Default with { DiagnosisSink = heard.Add }).Model, heard);
    }

    private static string Message(List<Diagnosis> heard, string code)
    {
        var found = heard.Find(d => d.Code == code);
        Assert.IsNotNull(found, $"'{code}' was not noticed, but: {string.Join(", ", heard.Select(d => d.Code))}.");
        return found.Message;
    }

    private static InMemoryDataView Moons(int rows)
    {
        var (x, classes) = Tables.Moons(rows, seed: 1);
        return Tables.Multiclass(x, classes, "upper", "lower");
    }
}
