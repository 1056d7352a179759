namespace MLPath.Numerics;

/// <summary>Products that are over before packing would pay.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // Up to so many elements of a factor stay in the first-level cache while they are read where they lie.
    private const int LargestDirectFactor = 1 << 12;

    /// <summary>Whether the product is so small that all is in the cache where it lies.</summary>
    private static bool IsDirect(in GemmProblem<T> problem) =>
        problem.ColumnB == 1 && MayOverlap(problem) && Math.Max(problem.M, problem.N) * (long)problem.K <= LargestDirectFactor;

    private static void MultiplyDirect(in GemmProblem<T> problem)
    {
        int m = problem.M, n = problem.N;
        var tile = new GemmTile<T>
        {
            Steps = problem.K, RowA = problem.RowA, StepA = problem.StepA, StepB = problem.StepB, RowC = problem.RowC,
        };
        for (int r = 0, height; r < m; r += height)
        {
            (r, height) = MoveInside(r, TileHeight(m - r), m);
            tile.A = tile.Next = problem.A + r * problem.RowA;
            for (int j = 0; j < n; j += StripWidth)
            {
                int columns = Math.Min(n - j, StripWidth), start = columns > V.Count ? j : n - V.Count;
                tile.B = problem.B + start;
                tile.C = problem.C + r * problem.RowC + start;
                tile.SecondB = tile.SecondC = columns - V.Count;
                Run(tile, height, columns > V.Count ? 2 : 1);
            }
        }
    }
}
