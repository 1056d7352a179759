using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class TriangularTests
{
    private static IEnumerable<object[]> Cases() =>
        from n in new[] { 0, 1, 5, 64, 65, 150 }
        from triangle in Enum.GetValues<Triangle>()
        from transposed in new[] { false, true }
        from unit in new[] { false, true }
        select new object[] { n, triangle, transposed, unit };

    // Elements of other triangles are NaN, so that reading one shows.
    private static (Matrix Stored, Matrix Meant) Make(int n, Triangle triangle, bool transposed, bool unit)
    {
        var (stored, meant) = (TestMatrices.Gaussian(n, n, 5), new Matrix(n, n));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                stored[i, j] = i == j ? unit ? double.NaN : 2 + stored[i, j] * stored[i, j] : (i > j) == (triangle == Triangle.Lower) ? stored[i, j] / n : double.NaN;
                double value = i == j && unit ? 1 : double.IsNaN(stored[i, j]) ? 0 : stored[i, j];
                if (transposed) meant[j, i] = value;
                else meant[i, j] = value;
            }
        }

        return (stored, meant);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Systems_of_both_sides_are_solved(int n, Triangle triangle, bool transposed, bool unit)
    {
        var (t, op) = Make(n, triangle, transposed, unit);
        foreach (int m in new[] { 0, 1, 7, 70 })
        {
            var left = TestMatrices.Gaussian(n, m, 6);
            TestMatrices.AssertEqual(left, op * Triangular.Solve(t, left, triangle, transposed, unit), 1e-13);
            var right = TestMatrices.Gaussian(m, n, 7);
            TestMatrices.AssertEqual(right, Triangular.SolveRight(t, right, triangle, transposed, unit) * op, 1e-13);
        }

        double[] b = TestMatrices.Gaussian(n, 1, 8).Column(0);
        TestMatrices.AssertEqual(b, op * Triangular.Solve(t, b, triangle, transposed, unit), 1e-13);
    }

    [TestMethod]
    public void A_solution_agrees_with_SciPy() => TestMatrices.AssertEqual(
        ReferenceFigures.Vector("triangular"), Triangular.Solve(TestMatrices.Wave(4, 4), [1, 2, 3, 4], Triangle.Lower, transposed: true), 1e-13);

    [TestMethod]
    public void Bad_input_is_refused()
    {
        var singular = Assert.ThrowsExactly<SingularMatrixException>(() => Triangular.Solve([[1, 0], [1, 0]], [1, 2], Triangle.Lower));
        Assert.AreEqual(1, singular.Pivot);
        Assert.ThrowsExactly<ArgumentException>(() => Triangular.Solve([[1, 0]], [1], Triangle.Lower));
        Assert.ThrowsExactly<ArgumentException>(() => Triangular.Solve([[1]], [1, 2], Triangle.Lower));
        Assert.ThrowsExactly<ArgumentException>(() => Triangular.Solve([[1]], new Matrix(2, 1), Triangle.Lower));
        Assert.ThrowsExactly<ArgumentException>(() => Triangular.SolveRight([[1]], new Matrix(1, 2), Triangle.Upper));
    }
}
