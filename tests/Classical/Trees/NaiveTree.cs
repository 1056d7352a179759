using System.Numerics;

namespace MLPath.Tests.Classical;

/// <summary>
/// Trees grown by the definition alone: every threshold of every feature is tried, with exact fractions, so that ties are ties.
/// </summary>
internal static class NaiveTree
{
    /// <summary>A tree of classes by Gini's index, without bounds.</summary>
    /// <param name="x">n × d.</param>
    /// <param name="y">The classes.</param>
    /// <param name="weights">Whole numbers.</param>
    /// <returns>The feature (-1 for a leaf) and the threshold of each node, in preorder.</returns>
    public static List<(int Feature, float Threshold)> OfClasses(double[][] x, int[] y, int[] weights)
    {
        // Σ lc²/wL + Σ rc²/wR
        return Grow(x, rows => rows.All(r => y[r] == y[rows[0]]), (left, right) =>
            new Fraction((Squares(left) * Weight(right)) + (Squares(right) * Weight(left)), Weight(left) * Weight(right)));

        BigInteger Squares(int[] rows) =>
            rows.GroupBy(r => y[r]).Aggregate(BigInteger.Zero, (sum, c) => sum + BigInteger.Pow(Weight([.. c]), 2));

        BigInteger Weight(int[] rows) => rows.Sum(r => weights[r]);
    }

    /// <summary>A tree of whole numbers by the squared error, without bounds.</summary>
    /// <param name="x">n × d.</param>
    /// <param name="y">Whole numbers.</param>
    /// <param name="weights">Whole numbers.</param>
    /// <returns>The feature (-1 for a leaf) and the threshold of each node, in preorder.</returns>
    public static List<(int Feature, float Threshold)> OfNumbers(double[][] x, int[] y, int[] weights)
    {
        // sL²/wL + sR²/wR, which differs by a constant from what the error falls by.
        return Grow(x, rows => rows.All(r => y[r] == y[rows[0]]), (left, right) => new Fraction(
            (BigInteger.Pow(Sum(left), 2) * Weight(right)) + (BigInteger.Pow(Sum(right), 2) * Weight(left)), Weight(left) * Weight(right)));

        BigInteger Sum(int[] rows) => rows.Sum(r => (long)weights[r] * y[r]);

        BigInteger Weight(int[] rows) => rows.Sum(r => weights[r]);
    }

    private readonly record struct Fraction(BigInteger Over, BigInteger Under)
    {
        public bool IsAbove(Fraction other) => Over * other.Under > other.Over * Under;
    }

    private static List<(int, float)> Grow(double[][] x, Func<int[], bool> isPure, Func<int[], int[], Fraction> score)
    {
        var nodes = new List<(int, float)>();
        Node([.. Enumerable.Range(0, x.Length)]);
        return nodes;

        void Node(int[] rows)
        {
            (int Feature, double Low, double High, Fraction Score)? best = null;
            for (int j = 0; j < x[0].Length && !isPure(rows); j++)
            {
                double[] values = [.. rows.Select(r => x[r][j]).Distinct().Order()];
                for (int v = 1; v < values.Length; v++)
                {
                    var s = score([.. rows.Where(r => x[r][j] < values[v])], [.. rows.Where(r => x[r][j] >= values[v])]);
                    if (best is not { } found || s.IsAbove(found.Score))
                        best = (j, values[v - 1], values[v], s);
                }
            }

            if (best is not { } split)
            {
                nodes.Add((-1, 0));
                return;
            }

            nodes.Add((split.Feature, (float)((split.Low + split.High) / 2)));
            Node([.. rows.Where(r => x[r][split.Feature] <= split.Low)]);
            Node([.. rows.Where(r => x[r][split.Feature] > split.Low)]);
        }
    }
}
