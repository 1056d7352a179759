using MLPath.Data;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class ConfusionMatrixTests
{
    private static readonly string[] s_names = ["cat", "elephant", "yak"];

    [TestMethod]
    public void The_table_reads_as_text()
    {
        var matrix = new ConfusionMatrix(s_names, [[10, 2, 0], [1.5, 100000, 0], [0, 0, 0]]);
        const string expected = """
            Actual \ predicted |     cat  elephant     yak | Recall
            -------------------+---------------------------+-------
            cat                |      10         2       0 | 0.8333
            elephant           |     1.5    100000       0 | 1.0000
            yak                |       0         0       0 |      -
            -------------------+---------------------------+-------
            Precision          |  0.8696    1.0000       - |

            """;
        Assert.AreEqual(expected, matrix.GetFormattedConfusionTable());
    }

    [TestMethod]
    public void Counts_are_found_by_predicted_and_actual_class()
    {
        var matrix = new ConfusionMatrix(s_names, [[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
        Assert.AreEqual(3, matrix.NumberOfClasses);
        Assert.AreEqual(6, matrix.GetCountForClassPair(predictedClassIndicatorIndex: 2, actualClassIndicatorIndex: 1));
        Assert.AreEqual(6, matrix.Counts[1][2]);
        Assert.AreEqual(5.0 / 15, matrix.PerClassPrecision[1], 1e-15);
        Assert.AreEqual(4.0 / 12, matrix.PerClassRecall[0] * 2, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.GetCountForClassPair(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.GetCountForClassPair(0, -1));
    }

    [TestMethod]
    public void Matrices_of_folds_add_up()
    {
        var one = new ConfusionMatrix(["a", "b"], [[1, 2], [3, 4]]);
        var sum = ConfusionMatrix.Sum([one, one, new ConfusionMatrix(["a", "b"], [[1, 0], [0, 0]])]);
        Assert.AreEqual(3, sum.Counts[0][0]);
        Assert.AreEqual(8, sum.Counts[1][1]);
        Assert.AreEqual(1, one.Counts[0][0]);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Sum([]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Sum([one, new ConfusionMatrix(["b", "a"], [[1, 2], [3, 4]])]));
    }

    [TestMethod]
    public void Impossible_counts_are_an_error()
    {
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a", "b"], [[1, 2]]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a", "b"], [[1, 2], [3]]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a"], [[-1]]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a"], [[double.NaN]]));
    }
}
