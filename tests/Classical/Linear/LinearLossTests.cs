using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class LinearLossTests
{
    private static readonly float[] Weights = [.. Enumerable.Range(0, 40).Select(i => 0.25f + (i % 5))];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_logistic_objective_has_the_gradient_that_finite_differences_show(bool sparse)
    {
        var x = TestData.Matrix(Holey(40, 6), sparse);
        int[] y = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 1 : 0)];
        AssertGradient(new LogisticLoss(), new TrainingData(x, classes: y, weights: Weights));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_softmax_objective_has_the_gradient_that_finite_differences_show(bool sparse)
    {
        var x = TestData.Matrix(Holey(40, 6), sparse);
        int[] y = [.. Enumerable.Range(0, 40).Select(i => i % 4)];
        AssertGradient(new SoftmaxLoss([0, 1, 2, 3]), new TrainingData(x, classes: y, weights: Weights));
    }

    [TestMethod]
    public void The_logistic_loss_is_that_of_the_definition()
    {
        double[][] rows = Samples.Gaussian(20, 3, 1);
        int[] y = [.. Enumerable.Range(0, 20).Select(i => i % 2)];
        double[] w = [0.7, -1.1, 0.2], b = [0.3];
        double expected = 0;
        for (int i = 0; i < 20; i++)
        {
            double p = 1 / (1 + Math.Exp(-(Dense.Dot(rows[i], w) + b[0])));
            expected -= Math.Log(y[i] == 1 ? p : 1 - p);
        }

        double loss = Evaluate(new LogisticLoss(), new TrainingData(TestData.Matrix(rows), classes: y), w, b).Loss;
        Assert.AreEqual(expected, loss, 1e-12);
    }

    [TestMethod]
    public void The_softmax_loss_is_that_of_the_definition()
    {
        double[][] rows = Samples.Gaussian(20, 2, 2);
        int[] y = [.. Enumerable.Range(0, 20).Select(i => i % 3)];
        double[] w = [0.7, -1.1, 0.2, 0.4, -2, 1], b = [0.3, -0.2, 0];
        double expected = 0;
        for (int i = 0; i < 20; i++)
        {
            double[] e = [.. Enumerable.Range(0, 3).Select(c => Math.Exp(Dense.Dot(rows[i], w.AsSpan(2 * c, 2)) + b[c]))];
            expected -= Math.Log(e[y[i]] / e.Sum());
        }

        double loss = Evaluate(new SoftmaxLoss([0, 1, 2]), new TrainingData(TestData.Matrix(rows), classes: y), w, b).Loss;
        Assert.AreEqual(expected, loss, 1e-12);
    }

    // exp(−s) of the true class, to a relative precision that 1 + x would lose.
    [TestMethod]
    [DataRow(50)]
    [DataRow(700)]
    public void Losses_of_rows_that_are_surely_right_keep_their_digits(double score)
    {
        var x = TestData.Matrix([[1]]);
        double expected = Math.Exp(-score);
        var (loss, gradient) = Evaluate(new LogisticLoss(), new TrainingData(x, classes: [1]), [score], [0]);
        Assert.AreEqual(expected, loss, 1e-14 * expected);
        Assert.AreEqual(-expected, gradient[1], 1e-14 * expected);

        (loss, gradient) = Evaluate(new SoftmaxLoss([0, 1]), new TrainingData(x, classes: [1]), [0, score], [0, 0]);
        Assert.AreEqual(expected, loss, 1e-14 * expected);
        Assert.AreEqual(-expected, gradient[3], 1e-14 * expected);
        Assert.AreEqual(expected, gradient[2], 1e-14 * expected);
    }

    [TestMethod]
    public void Losses_of_rows_that_are_surely_wrong_do_not_overflow()
    {
        var x = TestData.Matrix([[1]]);
        var (loss, gradient) = Evaluate(new LogisticLoss(), new TrainingData(x, classes: [0]), [1e6], [0]);
        Assert.AreEqual((1e6, 1), (loss, gradient[1]));
        Assert.AreEqual(1e6, Evaluate(new SoftmaxLoss([0, 1]), new TrainingData(x, classes: [0]), [0, 1e6], [0, 0]).Loss);
    }

    [TestMethod]
    public void Products_in_single_precision_are_those_in_double_to_its_rounding()
    {
        var data = new TrainingData(TestData.Matrix(Holey(200, 30)), classes: [.. Enumerable.Range(0, 200).Select(i => i % 3)]);
        double[] w = Samples.Gaussian(1, 90, 8)[0], b = [0.1, -0.2, 0.3];
        var (exact, gradient) = Evaluate(new SoftmaxLoss([0, 1, 2]), data, w, b);
        var (rough, roughGradient) = Evaluate(new SoftmaxLoss([0, 1, 2]), data, w, b, single: true);
        Assert.AreNotEqual(exact, rough);
        Samples.AssertClose([exact, .. gradient], [rough, .. roughGradient], 1e-5);
    }

    // All rows are looked at where they are few, so that the estimate is the Hessian, to the rounding of single precision.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_logistic_objective_has_the_Hessian_that_finite_differences_of_its_gradient_show(bool sparse)
    {
        int[] y = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 1 : 0)];
        var objective = Objective(new LogisticLoss(), new TrainingData(TestData.Matrix(Holey(40, 6), sparse), classes: y, weights: Weights));
        double[] point = Samples.Gaussian(1, objective.Count, 3)[0];
        int n = objective.Count;
        var hessian = new double[n * n];
        objective.Evaluate(point, new double[n], hessian);
        for (int i = 0; i < n; i++)
        {
            var (above, below) = (new double[n], new double[n]);
            const double h = 1e-5;
            objective.Evaluate([.. point.Select((v, j) => j == i ? v + h : v)], above);
            objective.Evaluate([.. point.Select((v, j) => j == i ? v - h : v)], below);
            Samples.AssertClose(above.Select((v, j) => (v - below[j]) / (2 * h)), hessian.AsSpan(i * n, n).ToArray(), 1e-5);
        }
    }

    private static double[][] Holey(int n, int d)
    {
        double[][] rows = Samples.Gaussian(n, d, 7);
        for (int i = 0; i < n; i++)
            rows[i][i % d] = 0;
        return rows;
    }

    private static void AssertGradient(ILinearLoss loss, TrainingData data)
    {
        var objective = Objective(loss, data);
        double[] point = [.. Samples.Gaussian(1, objective.Count, 3)[0]];
        var worst = GradientCheck.Compare(objective.Evaluate, point);
        Assert.IsLessThan(1e-8, worst.Error, worst.ToString());
    }

    private static LinearObjective Objective(ILinearLoss loss, TrainingData data)
    {
        var options = new LbfgsLogisticRegressionBinaryTrainer.Options { L2Regularization = 3 };
        return new(loss, TrainingStream.Of(data), ColumnMoments.Of(data, FitContext.Default), 0.2, options, FitContext.Default);
    }

    // The sum of losses, and its derivatives by W, then by b.
    private static (double Loss, double[] Gradient) Evaluate(ILinearLoss loss, TrainingData data, double[] w, double[] b, bool single = false)
    {
        var products = new LinearProducts(loss.Outputs, data.Features.Columns);
        products.Set(
            (weights, biases) =>
            {
                w.CopyTo(weights, 0);
                b.CopyTo(biases, 0);
            },
            single);
        var sum = new double[w.Length + b.Length + 1];
        products.Add(loss, data, 0, data.Rows, sum);
        return (sum[^1], sum[..^1]);
    }
}
