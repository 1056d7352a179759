using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// An eigenvector of A is a direction that A only stretches: A v = λ v. Power iteration finds the one of greatest |λ|: multiply any vector by A again and
/// again. The singular value decomposition A = U diag(σ) Vᵀ does the same for a matrix of any shape, with σ² the eigenvalues of AᵀA; its first k terms
/// Σ σᵢ uᵢ vᵢᵀ are the matrix of rank k nearest to A.
/// </summary>
internal static class EigenvaluesAndSvd
{
    private const string Ink = " .:-=+*#%@";

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        // A symmetric matrix: its eigenvectors are orthogonal, so the second is found where the first is taken away.
        double[][] a = [[4, 1, 0], [1, 3, 1], [0, 1, 2]];
        var (first, v) = PowerIteration(a);
        double[][] rest = [.. a.Select((row, i) => row.Select((value, j) => value - (first * v[i] * v[j])).ToArray())];
        var (second, _) = PowerIteration(rest);
        var eigen = Matrix.FromRows(a).Eigen();

        // The pixels of 100 digits, one in each row: singular values by power iteration on AᵀA.
        var ml = new MLContext(seed: 1);
        double[][] digits = [.. ml.Data.LoadDataset("digits").GetColumn<VBuffer<float>>("Pixels").Take(100).Select(p => p.DenseValues().Select(x => (double)x).ToArray())];
        var (square, w) = PowerIteration(Gram(digits), steps: 200);
        double strength = Math.Sqrt(square);
        double left = Math.Sqrt(digits.Sum(row => row.Sum(x => x * x)) - square); // what the first term Σ leaves of ‖A‖²
        var matrix = Matrix.FromRows(digits);
        var svd = matrix.Svd();

        int[] ranks = [1, 4, 16, 64];
        Matrix[] images = [.. ranks.Select(svd.Approximate)];
        output.WriteLine("   A digit as all digits together remember it, at rank 1, 4, 16 and 64 (as it is):");
        for (int y = 0; y < 8; y++)
            output.WriteLine("   " + string.Join("   ", images.Select(image => Line(image.Row(1).Slice(y * 8, 8)))));
        return
        [
            new("λ₀", first, eigen.Values[0], 1e-9),
            new("λ₁", second, eigen.Values[1], 1e-9),
            new("v₀'s second component", Math.Abs(v[1]), Math.Abs(eigen.Vector(0)[1]), 1e-9),
            new("σ₀ of the digits", strength, svd.Values[0], 1e-9),
            new("its direction, pixel 20", Math.Abs(w[20]), Math.Abs(svd.RightVector(0)[20]), 1e-9),
            new("what rank 1 misses", left, (matrix - images[0]).FrobeniusNorm(), 1e-7),
        ];
    }

    private static (double Value, double[] Vector) PowerIteration(double[][] a, int steps = 500)
    {
        double[] v = [.. a.Select((_, i) => 1.0 / (i + 1))];
        double value = 0;
        for (int step = 0; step < steps; step++)
        {
            double[] next = [.. a.Select(row => row.Zip(v, (x, y) => x * y).Sum())];
            value = Math.Sqrt(next.Sum(x => x * x));
            v = [.. next.Select(x => x / value)];
        }

        return (value, v);
    }

    private static double[][] Gram(double[][] a) =>
        [.. a[0].Select((_, i) => a[0].Select((_, j) => a.Sum(row => row[i] * row[j])).ToArray())];

    private static string Line(ReadOnlySpan<double> pixels)
    {
        char[] line = new char[pixels.Length];
        for (int x = 0; x < line.Length; x++)
            line[x] = Ink[(int)Math.Clamp(pixels[x] / 16 * (Ink.Length - 1), 0, Ink.Length - 1)];
        return new string(line);
    }
}
