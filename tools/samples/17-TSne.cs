using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Samples;

/// <summary>
/// t-SNE draws rows as points of a plane so that near rows become near points. How near rows are is a probability p, by a Gaussian around each row; how near
/// points are is a probability q, by Student's distribution with its heavy tail. Points then move down the gradient of Σ p ln(p / q).
/// </summary>
internal static class NeighbourEmbedding
{
    private const int Rows = 30;
    private const double Perplexity = 5;

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        // Three clusters on a line of four features.
        double[][] x = [.. Enumerable.Range(0, Rows).Select(i => new[] { 6.0 * (i % 3), Math.Sin(i), Math.Cos(2.0 * i), Math.Sin(3.0 * i) })];
        var matrix = new FeatureMatrix(Rows, 4, [.. x.SelectMany(r => r.Select(v => (float)v))]);
        var map = TSne.Embed(matrix, new TSne.Options { Perplexity = Perplexity, MaximumNumberOfIterations = 500 });

        double[,] p = Affinities(x);
        double[][] y = [.. Enumerable.Range(0, Rows).Select(i => map.Point(i).ToArray().Select(v => (double)v).ToArray())];
        var (divergence, slope) = DivergenceOf(p, y);
        output.WriteLine(FormattableString.Invariant($"   At the map's end the gradient by hand is {slope:0.0000} long: no small move of a point makes the map better."));
        int together = Enumerable.Range(0, Rows).Count(i => Enumerable.Range(0, Rows).Where(j => j != i).MinBy(j => SquaredDistance(y[i], y[j])) % 3 == i % 3);
        output.WriteLine(FormattableString.Invariant($"   {together} of {Rows} points have a point of their own cluster nearest."));
        return
        [
            new("divergence Σ p ln(p / q) of the map", divergence, map.KullbackLeiblerDivergence, 0.01),
            new("its gradient's length", slope, 0, 0.02),
        ];
    }

    // p of i and j: half of what j is to i and half of what i is to j. A row's Gaussian is as wide as to make the perplexity.
    private static double[,] Affinities(double[][] x)
    {
        double[,] p = new double[Rows, Rows];
        for (int i = 0; i < Rows; i++)
        {
            int[] near = [.. Enumerable.Range(0, Rows).Where(j => j != i).OrderBy(j => SquaredDistance(x[i], x[j])).Take((3 * (int)Perplexity) + 1)];
            double low = 0, high = 100;
            double[] w = [];
            for (int step = 0; step < 60; step++)
            {
                double beta = (low + high) / 2;
                w = [.. near.Select(j => Math.Exp(-beta * SquaredDistance(x[i], x[j])))];
                w = [.. w.Select(v => v / w.Sum())];
                double entropy = -w.Sum(v => v > 0 ? v * Math.Log(v) : 0);
                (low, high) = entropy > Math.Log(Perplexity) ? (beta, high) : (low, beta);
            }

            for (int e = 0; e < near.Length; e++)
            {
                p[i, near[e]] += w[e] / (2 * Rows);
                p[near[e], i] += w[e] / (2 * Rows);
            }
        }

        return p;
    }

    // The divergence at y, and the length of its gradient 4 Σ (p − q) (yi − yj) / (1 + ‖yi − yj‖²).
    private static (double Divergence, double Slope) DivergenceOf(double[,] p, double[][] y)
    {
        double total = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Rows; j++)
                total += i == j ? 0 : 1 / (1 + SquaredDistance(y[i], y[j]));
        }

        double divergence = 0, squares = 0;
        for (int i = 0; i < Rows; i++)
        {
            double gx = 0, gy = 0;
            for (int j = 0; j < Rows; j++)
            {
                if (i == j)
                    continue;
                double near = 1 / (1 + SquaredDistance(y[i], y[j])), q = near / total;
                divergence += p[i, j] > 0 ? p[i, j] * Math.Log(p[i, j] / q) : 0;
                gx += 4 * (p[i, j] - q) * near * (y[i][0] - y[j][0]);
                gy += 4 * (p[i, j] - q) * near * (y[i][1] - y[j][1]);
            }

            squares += (gx * gx) + (gy * gy);
        }

        return (divergence, Math.Sqrt(squares));
    }

    private static double SquaredDistance(double[] a, double[] b) => a.Zip(b, (u, v) => (u - v) * (u - v)).Sum();
}
