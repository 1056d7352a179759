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

        double loss = new LogisticLoss().AddRows(new TrainingData(TestData.Matrix(rows), classes: y), 0, 20, w, b, new double[3], new double[1]);
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

        double loss = new SoftmaxLoss([0, 1, 2]).AddRows(new TrainingData(TestData.Matrix(rows), classes: y), 0, 20, w, b, new double[6], new double[3]);
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
        double[] weightGradient = [0], biasGradient = [0];
        double loss = new LogisticLoss().AddRows(new TrainingData(x, classes: [1]), 0, 1, [score], [0], weightGradient, biasGradient);
        Assert.AreEqual(expected, loss, 1e-14 * expected);
        Assert.AreEqual(-expected, biasGradient[0], 1e-14 * expected);

        double[] two = [0, 0];
        loss = new SoftmaxLoss([0, 1]).AddRows(new TrainingData(x, classes: [1]), 0, 1, [0, score], [0, 0], [0, 0], two);
        Assert.AreEqual(expected, loss, 1e-14 * expected);
        Assert.AreEqual(-expected, two[1], 1e-14 * expected);
        Assert.AreEqual(expected, two[0], 1e-14 * expected);
    }

    [TestMethod]
    public void Losses_of_rows_that_are_surely_wrong_do_not_overflow()
    {
        var x = TestData.Matrix([[1]]);
        double[] gradient = [0];
        Assert.AreEqual(1e6, new LogisticLoss().AddRows(new TrainingData(x, classes: [0]), 0, 1, [1e6], [0], [0], gradient));
        Assert.AreEqual(1, gradient[0]);
        Assert.AreEqual(1e6, new SoftmaxLoss([0, 1]).AddRows(new TrainingData(x, classes: [0]), 0, 1, [0, 1e6], [0, 0], [0, 0], [0, 0]));
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
        var options = new LbfgsLogisticRegressionBinaryTrainer.Options { L2Regularization = 3 };
        var moments = ColumnMoments.Of(data, FitContext.Default);
        var objective = new LinearObjective(loss, TrainingStream.Of(data), moments, 0.2, options, FitContext.Default);
        double[] point = [.. Samples.Gaussian(1, objective.Count, 3)[0]];
        var worst = GradientCheck.Compare(objective.Evaluate, point);
        Assert.IsLessThan(1e-8, worst.Error, worst.ToString());
    }
}
