namespace MLPath.Numerics;

/// <summary>
/// The quantiles of numbers that are seen once, in bounded memory: exact up to as many numbers as a level holds, and then with a rank that is
/// wrong by no more than <see cref="RankErrorBound"/>. Two of them merge into one of both streams, with the same kind of guarantee.
/// </summary>
/// <remarks>
/// <para>
/// Levels of buffers: a number on level h stands for 2ʰ numbers. A full buffer is sorted, and every second number of it moves up a level,
/// beginning in turn with the first and the second (J. Munro, M. Paterson, 1980; Z. Karnin, K. Lang, E. Liberty, <i>Optimal quantile
/// approximation in streams</i>, 2016, draw the beginning by lot instead). One such step moves any rank by at most 2ʰ. There are at most
/// n / (2ʰ k) steps on level h, of capacity k, so the rank error is at most n log₂(n / k) / k; because neighbouring steps err in opposite
/// directions it is far less as a rule.
/// </para>
/// <para>There is no randomness: equal streams, merged in equal order, give equal quantiles.</para>
/// </remarks>
public sealed class QuantileSketch
{
    private readonly List<List<double>> _levels = [[]];
    private readonly List<bool> _beginSecond = [false];
    private double _rankError;

    /// <summary>Begins with no numbers.</summary>
    /// <param name="capacity">k, how many numbers a level holds; an even number from 2 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not an even number from 2 on.</exception>
    public QuantileSketch(int capacity = 2048)
    {
        if (capacity < 2 || capacity % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity must be an even number from 2 on.");
        Capacity = capacity;
    }

    /// <summary>k, how many numbers a level holds.</summary>
    public int Capacity { get; }

    /// <summary>n, how many numbers were added.</summary>
    public long Count { get; private set; }

    /// <summary>The least number; NaN before the first.</summary>
    public double Minimum { get; private set; } = double.NaN;

    /// <summary>The greatest number; NaN before the first.</summary>
    public double Maximum { get; private set; } = double.NaN;

    /// <summary>The most that a rank can be wrong by, as a part of n: 0 while quantiles are exact.</summary>
    public double RankErrorBound => Count == 0 ? 0 : _rankError / Count;

    /// <summary>Adds one number.</summary>
    /// <param name="x">A number, not NaN.</param>
    /// <exception cref="ArgumentException">x is NaN, which has no place in an order.</exception>
    public void Add(double x)
    {
        if (double.IsNaN(x)) throw new ArgumentException("NaN has no place in an order; leave missing values out.", nameof(x));
        Extend(x, x, 1);
        _levels[0].Add(x);
        Compact();
    }

    /// <summary>Adds numbers, in order.</summary>
    /// <param name="values">Numbers, none of them NaN.</param>
    /// <exception cref="ArgumentException">A number is NaN.</exception>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double x in values) Add(x);
    }

    /// <summary>Adds what another has seen. The result follows from the two alone; the bounds of rank errors add up.</summary>
    /// <param name="other">The other, which is not changed.</param>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0) return;
        Extend(other.Minimum, other.Maximum, other.Count);
        _rankError += other._rankError;
        for (int level = 0; level < other._levels.Count; level++)
        {
            if (level == _levels.Count) AddLevel();
            _levels[level].AddRange(other._levels[level].ToArray());
        }

        Compact();
    }

    /// <summary>
    /// The quantile: with the numbers in order, the one at position (n - 1) p, between two of them by linear interpolation (as NumPy and R do
    /// by default).
    /// </summary>
    /// <param name="p">From 0, the least, to 1, the greatest.</param>
    /// <returns>NaN if there are no numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p is not from 0 to 1.</exception>
    public double Quantile(double p) => Quantiles([p])[0];

    /// <summary>Several quantiles at once, which costs one sorting.</summary>
    /// <param name="levels">Numbers from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A level is not from 0 to 1.</exception>
    public double[] Quantiles(ReadOnlySpan<double> levels)
    {
        foreach (double p in levels)
        {
            if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(levels), p, "A quantile's level is from 0 to 1.");
        }

        var (values, ends) = Sorted();
        var quantiles = new double[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            double position = (Count - 1) * levels[i];
            long below = (long)Math.Floor(position);
            double low = At(below, values, ends), high = At(Math.Min(below + 1, Count - 1), values, ends);
            quantiles[i] = low == high ? low : low + (position - below) * (high - low);
        }

        return quantiles;
    }

    private void Extend(double minimum, double maximum, long count)
    {
        (Minimum, Maximum) = Count == 0 ? (minimum, maximum) : (Math.Min(Minimum, minimum), Math.Max(Maximum, maximum));
        Count += count;
    }

    /// <summary>Moves half of what a level holds too much of one level up.</summary>
    private void Compact()
    {
        for (int level = 0; level < _levels.Count; level++)
        {
            var buffer = _levels[level];
            if (buffer.Count <= Capacity) continue;
            if (level + 1 == _levels.Count) AddLevel();

            // The last of an odd number stays: what it stands for must not change.
            double? last = buffer.Count % 2 == 1 ? buffer[^1] : null;
            if (last is not null) buffer.RemoveAt(buffer.Count - 1);
            buffer.Sort();
            for (int i = _beginSecond[level] ? 1 : 0; i < buffer.Count; i += 2) _levels[level + 1].Add(buffer[i]);
            _beginSecond[level] = !_beginSecond[level];
            _rankError += Math.Pow(2, level);
            buffer.Clear();
            if (last is { } kept) buffer.Add(kept);
        }
    }

    private void AddLevel()
    {
        _levels.Add([]);
        _beginSecond.Add(false);
    }

    /// <summary>All that is held, in order, and up to which rank each stands for.</summary>
    private (double[] Values, long[] Ends) Sorted()
    {
        var held = _levels.SelectMany((buffer, level) => buffer.Select(value => (Value: value, Weight: 1L << level))).ToArray();
        Array.Sort(held);
        var (values, ends) = (new double[held.Length], new long[held.Length]);
        long end = 0;
        for (int i = 0; i < held.Length; i++) (values[i], ends[i]) = (held[i].Value, end += held[i].Weight);
        return (values, ends);
    }

    /// <summary>The number of a rank, from 0; the first and the last are known exactly.</summary>
    private double At(long rank, double[] values, long[] ends)
    {
        if (Count == 0 || rank <= 0) return Minimum;
        if (rank >= Count - 1) return Maximum;
        int found = Array.BinarySearch(ends, rank + 1);
        return values[found < 0 ? ~found : found];
    }
}
