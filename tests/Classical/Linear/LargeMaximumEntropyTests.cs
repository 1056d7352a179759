using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;
using Options = MLPath.Trainers.LbfgsMaximumEntropyMulticlassTrainer.Options;

namespace MLPath.Tests.Classical;

/// <summary>Softmax regression of so many numbers that the first part of the way is computed in single precision, and where it ends.</summary>
[TestClass]
public sealed class LargeMaximumEntropyTests
{
    private const int Rows = 6_000, Features = 70, Classes = 10;

    private static readonly Lazy<(double[][] X, int[] Y, InMemoryDataView View)> Data = new(() =>
    {
        double[][] x = Samples.Gaussian(Rows, Features, 12);
        double[][] noise = Samples.Gaussian(Rows, Classes, 13);
        int[] y = [.. x.Select((row, i) => Dense.ArgMax([.. Enumerable.Range(0, Classes).Select(c => row[c] + (0.5 * row[c + 20]) + (2 * noise[i][c]))]))];
        return (x, y, TestData.Multiclass(x, y, Classes));
    });

    [TestMethod]
    public void The_minimum_is_exact_although_the_way_begins_in_single_precision()
    {
        var (x, y, view) = Data.Value;
        var model = Fits.Model(new LbfgsMaximumEntropyMulticlassTrainer(new Options { L1Regularization = 0, LossTolerance = 0 }), view);
        Assert.IsTrue(model.Converged, model.StopReason);
        Assert.HasCount(model.Iterations, model.Losses);

        // The gradient of the sum, in double; at W = 0 its components are in the hundreds.
        var gradient = model.Weights.ToArray();
        var scores = new double[Classes];
        for (int i = 0; i < Rows; i++)
        {
            for (int c = 0; c < Classes; c++)
                scores[c] = Dense.Dot(x[i], model.Weights.Slice(c * Features, Features)) + model.Biases[c];
            Dense.Softmax(scores, scores);
            scores[y[i]]--;
            for (int c = 0; c < Classes; c++)
                Dense.Axpy(scores[c], x[i], gradient.AsSpan(c * Features, Features));
        }

        Assert.IsLessThan(1e-3, Dense.NormInfinity(gradient));
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit()
    {
        var trainer = new LbfgsMaximumEntropyMulticlassTrainer(new Options { L1Regularization = 0, OptimizationTolerance = 1e-4 });
        var (one, three) = (Fits.Model(trainer, Data.Value.View, 1), Fits.Model(trainer, Data.Value.View, 3));
        CollectionAssert.AreEqual(one.Weights.ToArray(), three.Weights.ToArray());
        CollectionAssert.AreEqual(one.Losses.ToArray(), three.Losses.ToArray());
    }

    [TestMethod]
    public void A_limit_of_iterations_holds_for_both_parts_together()
    {
        foreach (int limit in new[] { 1, 3, 12 })
        {
            var model = Fits.Model(new LbfgsMaximumEntropyMulticlassTrainer(new Options { MaximumNumberOfIterations = limit }), Data.Value.View);
            Assert.AreEqual((limit, false), (model.Iterations, model.Converged));
        }
    }

    [TestMethod]
    public void The_training_ends_where_the_loss_hardly_falls()
    {
        // Nearly separable: the loss falls for long, by ever less.
        double[][] x = Samples.Gaussian(60, 40, 5);
        var view = TestData.Multiclass(x, [.. x.Select(r => r[0] + (0.01 * r[1]) > 0 ? r[2] > 0 ? 2 : 1 : 0)], 3);
        MaximumEntropyModelParameters Fit(double tolerance) => Fits.Model(
            new LbfgsMaximumEntropyMulticlassTrainer(new Options { L1Regularization = 0, L2Regularization = 1e-6, OptimizationTolerance = 1e-12, LossTolerance = tolerance }), view);
        var (exact, rough) = (Fit(0), Fit(0.01));
        Assert.IsLessThan(exact.Iterations, rough.Iterations);
        Assert.AreEqual((true, "The loss no longer falls."), (rough.Converged, rough.StopReason));
        Assert.IsLessThan(exact.Losses[^1] * 1.05, rough.Losses[^1]);
    }
}
