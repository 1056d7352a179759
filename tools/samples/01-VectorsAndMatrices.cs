using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A matrix is a table of numbers that maps vectors to vectors. Product: (AB)ᵢⱼ = Σₖ Aᵢₖ Bₖⱼ. Transpose: (Aᵀ)ᵢⱼ = Aⱼᵢ. The determinant is the factor by which
/// A changes areas; where it is not 0, A⁻¹ undoes A.
/// </summary>
internal static class VectorsAndMatrices
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        double[][] a = [[2, 1], [1, 3]];
        double[][] b = [[0, 1], [4, 2]];
        double[] x = [1, 2];

        double[][] product = Product(a, b);
        double determinant = (a[0][0] * a[1][1]) - (a[0][1] * a[1][0]);
        double[][] inverse = Inverse(a, determinant);
        double[] solution = [Dot(inverse[0], x), Dot(inverse[1], x)]; // A y = x
        output.WriteLine($"   A = [2 1; 1 3] turns (1, 2) into ({Dot(a[0], x)}, {Dot(a[1], x)}), and multiplies areas by {determinant}.");

        Matrix A = [[2, 1], [1, 3]];
        Matrix B = [[0, 1], [4, 2]];
        double[] y = A.Solve(x);
        return
        [
            new("x · x", Dot(x, x), Dense.Dot(x, x), 0),
            new("(AB)₀₁", product[0][1], (A * B)[0, 1], 0),
            new("(Bᵀ)₀₁", b[1][0], B.Transpose()[0, 1], 0),
            new("det A", determinant, A.Determinant(), 1e-12),
            new("(A⁻¹)₀₁", inverse[0][1], A.Inverse()[0, 1], 1e-12),
            new("y₀ of A y = x", solution[0], y[0], 1e-12),
            new("y₁ of A y = x", solution[1], y[1], 1e-12),
        ];
    }

    private static double Dot(double[] u, double[] v) => u.Zip(v, (p, q) => p * q).Sum();

    private static double[][] Product(double[][] a, double[][] b) =>
        [.. a.Select(row => b[0].Select((_, j) => row.Select((value, k) => value * b[k][j]).Sum()).ToArray())];

    private static double[][] Inverse(double[][] a, double determinant) =>
        [[a[1][1] / determinant, -a[0][1] / determinant], [-a[1][0] / determinant, a[0][0] / determinant]];
}
