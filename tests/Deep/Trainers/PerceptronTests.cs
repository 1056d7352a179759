using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Trainers;

[TestClass]
public sealed class PerceptronTests
{
    [TestMethod]
    public void Classes_that_a_plane_divides_are_divided_after_a_bounded_number_of_mistakes()
    {
        float[][] x = [.. Tables.Cloud(300, 3, seed: 1).Where(r => Math.Abs(r[0] - (2 * r[1])) > 0.5)];
        var data = Tables.Binary(x, [.. x.Select(r => r[0] > 2 * r[1])]);
        var model = new PerceptronBinaryTrainer(new() { Seed = 1, Epochs = 1000 }).Fit(data).Model;
        Assert.IsTrue(model.Converged);
        Assert.AreEqual(0, model.Losses[^1]);

        // Novikoff: (R / γ)², with rows (x, 1) and the unit vector along (1, −2, 0, 0).
        double radius = x.Max(r => r.Sum(v => v * v)) + 1, margin = x.Min(r => Math.Abs(r[0] - (2 * r[1]))) / Math.Sqrt(5);
        Assert.IsLessThanOrEqualTo(radius / (margin * margin), model.Losses.Sum() * x.Length);
    }

    [TestMethod]
    public void The_rule_is_Rosenblatts()
    {
        // One row a class: whichever comes first is a mistake at w = 0, and the other one is on its own side then, or a mistake too.
        var model = new PerceptronBinaryTrainer(new() { Seed = 1, Epochs = 1 }).Fit(Tables.Binary([[2, 0], [0, 3]], [true, false])).Model;
        double[] w = [.. model.GetWeights(), model.GetBias()];
        CollectionAssert.AreEqual(new double[] { 2, -3, 0 }, w, "Both rows were mistakes: w = (2, 0) − (0, 3), b = 1 − 1.");
    }

    [TestMethod]
    public void Averaged_weights_are_the_mean_of_all_that_were()
    {
        float[][] x = Tables.Cloud(50, 2, seed: 3);
        var (last, average) = (new double[3], new double[3]);
        var data = Tables.Binary(x, [.. x.Select((r, i) => r[0] + (i % 5 == 0 ? 1 : 0) > 0)]);
        bool[] labels = Tables.Column<bool>(data, "Label");
        var order = FitContext.Default.CreateRandom("order", 7);
        for (int epoch = 0; epoch < 4; epoch++)
        {
            foreach (int row in order.Derive(epoch).Permutation(50))
            {
                double t = labels[row] ? 1 : -1;
                if (t * ((last[0] * x[row][0]) + (last[1] * x[row][1]) + last[2]) <= 0)
                    (last[0], last[1], last[2]) = (last[0] + (t * x[row][0]), last[1] + (t * x[row][1]), last[2] + t);
                for (int i = 0; i < 3; i++) average[i] += last[i] / 200;
            }
        }

        Assert.AreEqual(last[0], new PerceptronBinaryTrainer(new() { Seed = 7, Epochs = 4 }).Fit(data).Model.GetWeights()[0], 1e-9);
        var model = new PerceptronBinaryTrainer(new() { Seed = 7, Epochs = 4, Averaged = true }).Fit(data).Model;
        Assert.AreEqual(average[0], model.GetWeights()[0], 1e-9);
        Assert.AreEqual(average[1], model.GetWeights()[1], 1e-9);
        Assert.AreEqual(average[2], model.GetBias(), 1e-9);
    }

    [TestMethod]
    public void Several_classes_are_told_apart_and_come_back_from_a_file()
    {
        float[][] x = [.. Tables.Cloud(200, 2, seed: 2).Select((r, i) => new[] { r[0] + (i % 3 == 0 ? 6 : 0), r[1] + (i % 3 == 1 ? 6 : 0) })];
        var data = Tables.Multiclass(x, [.. Enumerable.Range(0, 200).Select(i => i % 3)], "a", "b", "c");
        var transformer = new PerceptronMulticlassTrainer(new() { Seed = 1, Averaged = true }).Fit(data);
        uint[] found = Tables.Column<uint>(transformer.Transform(data), "PredictedLabel");
        Assert.IsGreaterThan(0.97, found.Select((c, i) => c == (i % 3) + 1 ? 1.0 : 0).Average());
        Assert.AreEqual(DataFingerprint.Compute(transformer.Transform(data)), DataFingerprint.Compute(Tables.RoundTrip(transformer).Transform(data)));
    }

    [TestMethod]
    public void Exclusive_or_is_never_learned_and_the_model_says_so()
    {
        var model = new PerceptronBinaryTrainer(new() { Seed = 1 }).Fit(Tables.Binary([[-1, -1], [-1, 1], [1, -1], [1, 1]], [false, true, true, false])).Model;
        Assert.IsFalse(model.Converged);
        StringAssert.Contains(model.StopReason, "no plane");
        Assert.AreEqual(100, model.Iterations);
    }

    [TestMethod]
    public void Options_are_checked() =>
        Assert.ThrowsExactly<OptionException>(() => new PerceptronBinaryTrainer(new() { Epochs = 0 }));
}
