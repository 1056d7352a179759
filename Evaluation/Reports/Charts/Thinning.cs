namespace MLPath.Reports.Charts;

/// <summary>
/// Leaves out points that could not be seen: a function of the points alone, so that a report is the same each time.
/// </summary>
internal static class Thinning
{
    private const int KeepStraight = 100;
    private const int KeepLines = 800;
    // Of a pixel: how far a point may lie off the line through its neighbours and still be taken for a point of it.
    private const double Tolerance = 0.15;

    /// <summary>
    /// Of each run of points in the same column of pixels, the first, the lowest, the highest and the last, in their order. A line
    /// through these covers the same pixels as the line through all (U. Jugel et al., "M4", VLDB 2014). Of many points that are left, those that lie on
    /// the line through others are left out as well (D. Douglas and T. Peucker, 1973).
    /// </summary>
    public static IReadOnlyList<(double X, double Y)> Line(IReadOnlyList<(double X, double Y)> points) =>
        points.Count <= KeepStraight ? points : Straighten(points.Count <= KeepLines ? points : Columns(points));

    private static List<(double X, double Y)> Columns(IReadOnlyList<(double X, double Y)> points)
    {
        var kept = new List<(double X, double Y)>();
        for (int first = 0, next; first < points.Count; first = next)
        {
            int low = first, high = first;
            for (next = first + 1; next < points.Count && Math.Floor(points[next].X) == Math.Floor(points[first].X); next++)
            {
                low = points[next].Y < points[low].Y ? next : low;
                high = points[next].Y > points[high].Y ? next : high;
            }
            var last = -1;
            foreach (var i in (ReadOnlySpan<int>)[first, Math.Min(low, high), Math.Max(low, high), next - 1])
            {
                if (i > last)
                    kept.Add(points[i]);
                last = Math.Max(last, i);
            }
        }
        return kept;
    }

    private static IReadOnlyList<(double X, double Y)> Straighten(IReadOnlyList<(double X, double Y)> points)
    {
        var keep = new bool[points.Count];
        (keep[0], keep[^1]) = (true, true);
        var open = new Stack<(int First, int Last)>([(0, points.Count - 1)]);
        while (open.TryPop(out var stretch))
        {
            var (farthest, distance) = (-1, Tolerance);
            for (var i = stretch.First + 1; i < stretch.Last; i++)
            {
                if (Distance(points[i], points[stretch.First], points[stretch.Last]) is var d && d > distance)
                    (farthest, distance) = (i, d);
            }
            if (farthest < 0)
                continue;
            keep[farthest] = true;
            open.Push((stretch.First, farthest));
            open.Push((farthest, stretch.Last));
        }
        return [.. points.Where((_, i) => keep[i])];
    }

    // From a point to a stretch of a line, which may have no length.
    private static double Distance((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = (dx * dx) + (dy * dy);
        var along = length > 0 ? Math.Clamp((((point.X - from.X) * dx) + ((point.Y - from.Y) * dy)) / length, 0, 1) : 0;
        return Math.Sqrt(Math.Pow(point.X - from.X - (along * dx), 2) + Math.Pow(point.Y - from.Y - (along * dy), 2));
    }

    /// <summary>
    /// The first point of each little square that has any, then evenly spread ones of these down to <paramref name="most"/>;
    /// the leftmost, rightmost, highest and lowest points always stay.
    /// </summary>
    public static List<(double X, double Y)> Scatter(IReadOnlyList<(double X, double Y)> points, double square, int most)
    {
        var seen = new HashSet<(int, int)>();
        var apart = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (seen.Add(((int)Math.Floor(point.X / square), (int)Math.Floor(point.Y / square))))
                apart.Add(point);
        }
        if (apart.Count <= most)
            return apart;
        int left = 0, right = 0, low = 0, high = 0;
        for (var i = 1; i < apart.Count; i++)
        {
            left = apart[i].X < apart[left].X ? i : left;
            right = apart[i].X > apart[right].X ? i : right;
            low = apart[i].Y < apart[low].Y ? i : low;
            high = apart[i].Y > apart[high].Y ? i : high;
        }
        var chosen = new SortedSet<int> { left, right, low, high };
        for (var k = 0; k < most; k++)
            chosen.Add((int)((long)k * apart.Count / most));
        return [.. chosen.Select(i => apart[i])];
    }
}
