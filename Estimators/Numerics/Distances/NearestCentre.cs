using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>
/// Finds, for rows of single-precision features, which of k centres is nearest: arg-min over c of ‖x − c‖², the first centre in a tie. The search is
/// exact (that of distances computed in double), and the distances never leave the processor's cache.
/// </summary>
/// <remarks>
/// <para><b>Method.</b> Sixty-four rows at a time, the scores ‖c‖² − 2 x·c, which order the centres as their distances do, are computed in single precision
/// relative to an origin amid the centres, and searched for the least and the second least. Rounding changes a score by no more than
/// (d + 8) u (‖c‖² + 2 ‖x‖ ‖c‖) with u = 2⁻²⁴ (N. Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2002, section 3.1). A row whose two
/// least scores are farther apart than that has found its centre; for the few others the distances are computed in double.</para>
/// <para><b>Cost.</b> 2 n k d operations, at nearly the speed of a matrix product.</para>
/// <para>A row's result does not depend on the rows beside it. An instance may be used by many threads.</para>
/// </remarks>
public sealed class NearestCentre
{
    private const float UnitRoundoff = 1f / (1 << 24);
    private const float Tiny = 1e-36f; // what products lose below the least normal number

    private readonly double[] _centres;
    private readonly float[] _origin;
    private readonly CentreScores _scores;
    private readonly float _margin; // of rounding, as a part of ‖c‖² + 2 ‖x‖ ‖c‖: of both scores, with a little to spare
    private readonly float _length; // the greatest ‖c‖

    /// <summary>Prepares the search among some centres.</summary>
    /// <param name="centres">k × d, row-major, finite; k and d are 1 or more.</param>
    /// <param name="columns">d.</param>
    /// <exception cref="ArgumentException">The centres are not a whole number of rows of d values.</exception>
    public NearestCentre(ReadOnlySpan<double> centres, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (centres.IsEmpty || centres.Length % columns != 0)
            throw new ArgumentException($"{centres.Length} values are no rows of {columns}; one centre at least is needed.", nameof(centres));
        _centres = centres.ToArray();
        _origin = Origin(centres, columns);
        _scores = new CentreScores(centres, columns, _origin);
        _margin = 2.05f * (columns + 8) * UnitRoundoff;
        _length = (float)Math.Sqrt(_scores.GreatestSquare) * (1 + (16 * UnitRoundoff));
    }

    /// <summary>k, the number of centres.</summary>
    public int Count => _scores.Count;

    /// <summary>d, the number of features.</summary>
    public int Columns => _scores.Columns;

    /// <summary>The centres, k × d.</summary>
    public ReadOnlySpan<double> Centres => _centres;

    /// <summary>Finds the nearest centre of each row.</summary>
    /// <param name="rows">n × d, row-major, finite.</param>
    /// <param name="nearest">Receives n indices of centres.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Find(ReadOnlySpan<float> rows, Span<int> nearest)
    {
        RequireRows(rows.Length, nearest.Length);
        var tile = RowTile.OfThread;
        for (int first = 0; first < nearest.Length; first += RowTile.Rows)
        {
            int count = Math.Min(RowTile.Rows, nearest.Length - first);
            tile.Choose(first, count, Columns);
            FindTile(tile, rows, nearest.Slice(first, count), default, default);
        }
    }

    /// <summary>Finds the nearest centre of each row, and how far it is.</summary>
    /// <param name="rows">n × d, row-major, finite.</param>
    /// <param name="nearest">Receives n indices of centres.</param>
    /// <param name="squaredDistances">Receives n squared distances to them, computed in double.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Find(ReadOnlySpan<float> rows, Span<int> nearest, Span<double> squaredDistances)
    {
        if (squaredDistances.Length != nearest.Length)
            throw new ArgumentException($"{nearest.Length} rows were given room for {squaredDistances.Length} distances.", nameof(squaredDistances));
        Find(rows, nearest);
        for (int i = 0; i < nearest.Length; i++)
            squaredDistances[i] = SquaredDistance(rows.Slice(i * Columns, Columns), nearest[i]);
    }

    /// <summary>
    /// Finds the nearest centre of some rows of a matrix, with bounds of their distances: what exact accelerations of k-means keep to leave rows out of
    /// later searches.
    /// </summary>
    /// <param name="matrix">n × d, row-major, finite.</param>
    /// <param name="rows">Which m rows, from 0.</param>
    /// <param name="nearest">Receives m indices of centres.</param>
    /// <param name="upper">Receives m numbers that the distance to the nearest centre does not exceed.</param>
    /// <param name="lower">Receives m numbers that the distances to the other centres do not fall below; +∞ where there is no other.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Find(ReadOnlySpan<float> matrix, ReadOnlySpan<int> rows, Span<int> nearest, Span<float> upper, Span<float> lower)
    {
        if (matrix.Length % Columns != 0)
            throw new ArgumentException($"{matrix.Length} values are no rows of {Columns}.", nameof(matrix));
        int n = matrix.Length / Columns;
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)n)
                throw new ArgumentException($"There is no row {row} of {n}.", nameof(rows));
        }

        if (nearest.Length != rows.Length || upper.Length != rows.Length || lower.Length != rows.Length)
            throw new ArgumentException($"{rows.Length} rows were given room for {nearest.Length}, {upper.Length} and {lower.Length} results.", nameof(nearest));
        var tile = RowTile.OfThread;
        for (int first = 0; first < rows.Length; first += RowTile.Rows)
        {
            int count = Math.Min(RowTile.Rows, rows.Length - first);
            tile.Choose(rows.Slice(first, count), Columns);
            FindTile(tile, matrix, nearest.Slice(first, count), upper.Slice(first, count), lower.Slice(first, count));
        }
    }

    /// <summary>Computes the squared distances of rows to all centres, each to three digits at the least and most to six.</summary>
    /// <param name="rows">n × d, row-major, finite.</param>
    /// <param name="squaredDistances">Receives n × k squared distances, row-major.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <remarks>A distance so small beside the lengths of row and centre that rounding could show is computed in double.</remarks>
    public void SquaredDistances(ReadOnlySpan<float> rows, Span<double> squaredDistances)
    {
        int n = squaredDistances.Length / Count;
        if (n * Count != squaredDistances.Length)
            throw new ArgumentException($"{squaredDistances.Length} distances are no rows of {Count}.", nameof(squaredDistances));
        RequireRows(rows.Length, n);
        var tile = RowTile.OfThread;
        for (int first = 0; first < n; first += RowTile.Rows)
        {
            int count = Math.Min(RowTile.Rows, n - first);
            tile.Choose(first, count, Columns);
            _scores.Compute(tile, rows, _origin);
            for (int r = 0; r < count; r++)
            {
                float square = tile.SquaredLengths[r];
                float sure = 1000 * Margin(square);
                for (int c = 0; c < Count; c++)
                {
                    float distance = square + Unsafe.Add(ref tile.Scores, (c * RowTile.Rows) + r);
                    squaredDistances[((first + r) * Count) + c] =
                        distance > sure ? distance : SquaredDistance(rows.Slice((first + r) * Columns, Columns), c);
                }
            }
        }
    }

    private static float[] Origin(ReadOnlySpan<double> centres, int columns)
    {
        int k = centres.Length / columns;
        double[] mean = new double[columns];
        for (int c = 0; c < k; c++)
            Dense.Axpy(1.0 / k, centres.Slice(c * columns, columns), mean);
        return Array.ConvertAll(mean, v => (float)v);
    }

    private double SquaredDistance(ReadOnlySpan<float> row, int centre) => Dense.SquaredDistance(row, _centres.AsSpan(centre * Columns, Columns));

    // How far two scores of a row must be apart; not finite where they overflow.
    private float Margin(float squaredLength)
    {
        float length = MathF.Sqrt(squaredLength);
        float sum = length + _length;
        return sum * sum < float.MaxValue / 4 ? (_margin * _length * (_length + (2 * length))) + (Columns * Tiny) : float.NaN;
    }

    private void FindTile(RowTile tile, ReadOnlySpan<float> matrix, Span<int> nearest, Span<float> upper, Span<float> lower)
    {
        _scores.Compute(tile, matrix, _origin);
        Span<int> found = stackalloc int[RowTile.Rows];
        Span<float> least = stackalloc float[RowTile.Rows];
        Span<float> second = stackalloc float[RowTile.Rows];
        Search(ref tile.Scores, Count, found, least, second);
        found[..nearest.Length].CopyTo(nearest);
        for (int r = 0; r < nearest.Length; r++)
        {
            float margin = Margin(tile.SquaredLengths[r]);
            bool isSure = second[r] - least[r] > margin;
            if (isSure && upper.IsEmpty)
                continue;
            if (isSure)
            {
                float square = tile.SquaredLengths[r];
                float slack = margin + (_margin * square);
                upper[r] = MathF.Sqrt(Math.Max(0, square + least[r]) + slack);
                lower[r] = MathF.Sqrt(Math.Max(0, square + second[r] - slack));
                continue;
            }

            var (centre, distance, other) = SearchInDouble(matrix.Slice(tile.Offsets[r], Columns));
            nearest[r] = centre;
            if (!upper.IsEmpty)
                (upper[r], lower[r]) = (Up(Math.Sqrt(distance)), Down(Math.Sqrt(other)));
        }
    }

    private (int Centre, double Distance, double Other) SearchInDouble(ReadOnlySpan<float> row)
    {
        int best = 0;
        double least = double.PositiveInfinity, second = double.PositiveInfinity;
        for (int c = 0; c < Count; c++)
        {
            double distance = SquaredDistance(row, c);
            if (distance < least)
                (best, second, least) = (c, least, distance);
            else
                second = Math.Min(second, distance);
        }

        return (best, least, second);
    }

    private static float Up(double value) => MathF.BitIncrement((float)value);

    private static float Down(double value) => double.IsPositiveInfinity(value) ? float.PositiveInfinity : Math.Max(0, MathF.BitDecrement((float)value));

    // The least score of each row, its centre (the first one in a tie), and the least score of the others.
    private static void Search(ref float scores, int centres, Span<int> found, Span<float> least, Span<float> second)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            SearchByVector(ref scores, centres, found, least, second);
            return;
        }

        for (int lane = 0; lane < RowTile.Rows; lane += 32)
        {
            var (best0, best1) = (Vector512.Create(float.PositiveInfinity), Vector512.Create(float.PositiveInfinity));
            var (next0, next1) = (best0, best1);
            var (found0, found1) = (Vector512<int>.Zero, Vector512<int>.Zero);
            for (int c = 0; c < centres; c++)
            {
                var index = Vector512.Create(c);
                var score0 = Vector512.LoadUnsafe(ref scores, (nuint)(c * RowTile.Rows + lane));
                var score1 = Vector512.LoadUnsafe(ref scores, (nuint)(c * RowTile.Rows + lane + 16));
                found0 = Vector512.ConditionalSelect(Vector512.LessThan(score0, best0).AsInt32(), index, found0);
                found1 = Vector512.ConditionalSelect(Vector512.LessThan(score1, best1).AsInt32(), index, found1);
                next0 = Vector512.MinNative(next0, Vector512.MaxNative(best0, score0));
                next1 = Vector512.MinNative(next1, Vector512.MaxNative(best1, score1));
                best0 = Vector512.MinNative(best0, score0);
                best1 = Vector512.MinNative(best1, score1);
            }

            found0.CopyTo(found[lane..]);
            found1.CopyTo(found[(lane + 16)..]);
            best0.CopyTo(least[lane..]);
            best1.CopyTo(least[(lane + 16)..]);
            next0.CopyTo(second[lane..]);
            next1.CopyTo(second[(lane + 16)..]);
        }
    }

    private static void SearchByVector(ref float scores, int centres, Span<int> found, Span<float> least, Span<float> second)
    {
        int w = Vector<float>.Count;
        for (int lane = 0; lane < RowTile.Rows; lane += w)
        {
            var (best, next, nearest) = (new Vector<float>(float.PositiveInfinity), new Vector<float>(float.PositiveInfinity), Vector<int>.Zero);
            for (int c = 0; c < centres; c++)
            {
                var score = Vector.LoadUnsafe(ref scores, (nuint)(c * RowTile.Rows + lane));
                nearest = Vector.ConditionalSelect(Vector.LessThan(score, best), new Vector<int>(c), nearest);
                next = Vector.MinNative(next, Vector.MaxNative(best, score));
                best = Vector.MinNative(best, score);
            }

            nearest.CopyTo(found[lane..]);
            best.CopyTo(least[lane..]);
            next.CopyTo(second[lane..]);
        }
    }

    private void RequireRows(int values, int rows)
    {
        if (values != (long)rows * Columns)
            throw new ArgumentException($"{rows} rows of {Columns} features were given {values} values.", nameof(values));
    }
}
