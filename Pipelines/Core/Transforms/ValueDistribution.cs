using System.Numerics;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>The known values of one slot in order, its zeros as a number only.</summary>
internal sealed class ValueDistribution
{
    private readonly double[] _nonzero;
    private readonly long _zeros;
    private readonly int _negative;

    /// <summary>Creates a distribution.</summary>
    /// <param name="nonzero">The values other than 0, which are sorted in place; none is NaN.</param>
    /// <param name="zeros">How many values are 0.</param>
    public ValueDistribution(double[] nonzero, long zeros)
    {
        Array.Sort(nonzero);
        (_nonzero, _zeros) = (nonzero, zeros);
        int below = Array.BinarySearch(nonzero, 0.0);
        _negative = below < 0 ? ~below : below;
    }

    /// <summary>The number of values.</summary>
    public long Count => _nonzero.Length + _zeros;

    /// <summary>The least value but for its first i: x₍ᵢ₎, i from 0 to <see cref="Count"/> − 1.</summary>
    public double this[long i] => i < _negative ? _nonzero[i] : i < _negative + _zeros ? 0 : _nonzero[i - _zeros];

    /// <summary>The q-quantile by linear interpolation of the order statistics around h = (n − 1) q, Hyndman and Fan's type 7.</summary>
    /// <param name="q">From 0 to 1.</param>
    public double Quantile(double q)
    {
        double h = (Count - 1) * q;
        long i = (long)h;
        double low = this[i], high = this[Math.Min(i + 1, Count - 1)];
        return low == high ? low : (low * (1 - (h - i))) + (high * (h - i));
    }

    /// <summary>The different values, increasing, and how often each occurs.</summary>
    public (double[] Values, long[] Counts) Distinct()
    {
        List<double> values = [];
        List<long> counts = [];
        void Add(double value, long count)
        {
            if (values.Count > 0 && values[^1] == value)
            {
                counts[^1] += count;
                return;
            }

            values.Add(value);
            counts.Add(count);
        }

        for (int i = 0; i <= _nonzero.Length; i++)
        {
            if (i == _negative && _zeros > 0)
                Add(0, _zeros);
            if (i < _nonzero.Length)
                Add(_nonzero[i], 1);
        }

        return ([.. values], [.. counts]);
    }
}

/// <summary>Keeps the values of each slot, for statistics that need all of them: memory for each value other than 0.</summary>
internal sealed class DistributionLearner<T>(DataViewSchema.Column column) : SlotLearner<T>(column, acrossSlots: false, refuseInfinity: true), ISlotDistributions
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly List<T>?[] _values = new List<T>?[column.Type.ValueCount];

    public ValueDistribution Distribution(int slot) =>
        new([.. (_values[slot] ?? []).Select(v => double.CreateTruncating(v))], Zeros(slot));

    protected override void Learn(int slot, double value, long count) => (_values[slot] ??= []).Add(T.CreateTruncating(value));
}

/// <summary>The values of each slot.</summary>
internal interface ISlotDistributions
{
    /// <summary>The known values of a slot.</summary>
    ValueDistribution Distribution(int slot);
}
