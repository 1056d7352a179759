using System.Numerics;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// Learns from each slot of a column of floating-point numbers on its own: a scalar is one slot; all slots of vectors may count as one.
/// NaN is missing and not learned from. A sparse row learns the same as the dense row of the same values, bit for bit, because zeros are
/// only counted, however they are stored.
/// </summary>
/// <typeparam name="T">The raw type of the items.</typeparam>
/// <param name="column">A scalar or vector of <typeparamref name="T"/>.</param>
/// <param name="acrossSlots">Whether all slots count as one, as they must where rows have their own lengths.</param>
/// <param name="refuseInfinity">Whether an infinite value is an error; it is missing otherwise.</param>
internal abstract class SlotLearner<T>(DataViewSchema.Column column, bool acrossSlots, bool refuseInfinity) : ColumnLearner(column)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly long[] _nonzero = new long[acrossSlots ? 1 : column.Type.ValueCount];
    private readonly long[] _missing = new long[acrossSlots ? 1 : column.Type.ValueCount];
    private readonly bool _acrossSlots = acrossSlots;
    private long _total;

    /// <summary>The number of slots.</summary>
    public int SlotCount => _nonzero.Length;

    public sealed override void Add(RowBatch batch, int rows)
    {
        if (batch[Column.Index] is VectorColumn<T> vectors)
        {
            for (int row = 0; row < rows; row++)
            {
                Add(vectors.RowIndices(row), vectors.RowValues(row), _acrossSlots, batch.Position + row, rowStep: 0);
                _total += _acrossSlots ? vectors.RowLength(row) : 1;
            }

            return;
        }

        Add(default, batch.Scalars<T>(Column.Index)[..rows], oneSlot: true, batch.Position, rowStep: 1);
        _total += rows;
    }

    /// <summary>How many of a slot's values were not missing.</summary>
    protected long Known(int slot) => _total - _missing[slot];

    /// <summary>How many of a slot's values were 0.</summary>
    protected long Zeros(int slot) => _total - _missing[slot] - _nonzero[slot];

    /// <summary>Learns from a finite value other than 0.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="value">The value.</param>
    /// <param name="count">The number of such values of the slot, this one included.</param>
    protected abstract void Learn(int slot, double value, long count);

    // The values of one row (step 0), or one value of each row (step 1) from a position on, which is for the error.
    private void Add(ReadOnlySpan<int> slots, ReadOnlySpan<T> values, bool oneSlot, long position, int rowStep)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double value = double.CreateTruncating(values[i]);
            if (value == 0)
                continue;
            int slot = oneSlot ? 0 : slots.IsEmpty ? i : slots[i];
            if (double.IsFinite(value))
            {
                Learn(slot, value, ++_nonzero[slot]);
                continue;
            }

            if (refuseInfinity && double.IsInfinity(value))
                throw SlotWords.Infinite(position + (i * rowStep), InWords(slot));
            _missing[slot]++;
        }
    }

    /// <summary>A slot as errors name it: "column 'Age'", "'Width' (slot 1 of column 'Features')".</summary>
    public string InWords(int slot) => Column.InWords(_acrossSlots ? null : slot);
}

/// <summary>Slots in errors.</summary>
internal static class SlotWords
{
    /// <summary>A slot as errors name it: "column 'Age'", "'Width' (slot 1 of column 'Features')".</summary>
    /// <param name="column">The column.</param>
    /// <param name="slot">The slot; null for all of them.</param>
    public static string InWords(this DataViewSchema.Column column, int? slot) => column.Type is VectorDataViewType && slot is { } one
        ? $"'{column.SlotNamesOrDefault()[one]}' (slot {one} of column '{column.Name}')"
        : $"column '{column.Name}'";

    /// <summary>The error of an infinite value where a scale is learned.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="slot">The slot in words.</param>
    public static DataException Infinite(long row, string slot) => new(
        $"Row {row}: {slot} is infinite, so it has no scale. Correct it at its source, or make it missing (NaN).");
}

/// <summary>Learns the least and the greatest value of each slot.</summary>
internal sealed class RangeLearner<T> : SlotLearner<T>, ISlotRanges where T : struct, IFloatingPointIeee754<T>
{
    private readonly double[] _least;
    private readonly double[] _greatest;

    public RangeLearner(DataViewSchema.Column column, bool acrossSlots, bool refuseInfinity) : base(column, acrossSlots, refuseInfinity)
    {
        (_least, _greatest) = (new double[SlotCount], new double[SlotCount]);
        Array.Fill(_least, double.PositiveInfinity);
        Array.Fill(_greatest, double.NegativeInfinity);
    }

    public (double Least, double Greatest)? Range(int slot)
    {
        if (Known(slot) == 0)
            return null;
        return Zeros(slot) == 0 ? (_least[slot], _greatest[slot]) : (Math.Min(_least[slot], 0), Math.Max(_greatest[slot], 0));
    }

    protected override void Learn(int slot, double value, long count)
    {
        if (value < _least[slot])
            _least[slot] = value;
        if (value > _greatest[slot])
            _greatest[slot] = value;
    }
}

/// <summary>
/// Learns the mean and the variance of each slot, by Welford's recurrence: for the k-th value x, δ = x − m, m += δ/k, M₂ += δ(x − m); the
/// variance is M₂/n. Equal values give a variance of exactly 0.
/// </summary>
/// <remarks>
/// Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962). The n₀ zeros are joined at
/// the end by Chan, Golub and LeVeque's formula for two groups (1979).
/// </remarks>
internal sealed class MomentLearner<T> : SlotLearner<T>, ISlotMoments where T : struct, IFloatingPointIeee754<T>
{
    private readonly double[] _mean;
    private readonly double[] _sum2;

    public MomentLearner(DataViewSchema.Column column, bool acrossSlots, bool refuseInfinity) : base(column, acrossSlots, refuseInfinity) =>
        (_mean, _sum2) = (new double[SlotCount], new double[SlotCount]);

    public (double Mean, double Variance)? Moments(int slot)
    {
        double n = Known(slot), zeros = Zeros(slot);
        if (n == 0)
            return null;
        double part = (n - zeros) / n;
        return (_mean[slot] * part, (_sum2[slot] / n) + (_mean[slot] * part * (_mean[slot] * (zeros / n))));
    }

    protected override void Learn(int slot, double value, long count)
    {
        double δ = value - _mean[slot];
        _mean[slot] += δ / count;
        _sum2[slot] += δ * (value - _mean[slot]);
    }
}

/// <summary>
/// Learns the mean and the variance of the logarithm of each slot's values above 0; others have no logarithm and are not learned from.
/// </summary>
internal sealed class LogMomentLearner<T> : SlotLearner<T>, ISlotMoments where T : struct, IFloatingPointIeee754<T>
{
    private readonly long[] _count;
    private readonly double[] _mean;
    private readonly double[] _sum2;

    public LogMomentLearner(DataViewSchema.Column column) : base(column, acrossSlots: false, refuseInfinity: true) =>
        (_count, _mean, _sum2) = (new long[SlotCount], new double[SlotCount], new double[SlotCount]);

    public (double Mean, double Variance)? Moments(int slot) => _count[slot] == 0 ? null : (_mean[slot], _sum2[slot] / _count[slot]);

    protected override void Learn(int slot, double value, long count)
    {
        if (value < 0)
            return;
        double log = Math.Log(value), δ = log - _mean[slot];
        _mean[slot] += δ / ++_count[slot];
        _sum2[slot] += δ * (log - _mean[slot]);
    }
}

/// <summary>Learns the most frequent value of each slot; the least of several. 0 counts, however it is stored.</summary>
internal sealed class ModeLearner<T>(DataViewSchema.Column column, bool acrossSlots) : SlotLearner<T>(column, acrossSlots, refuseInfinity: false)
    where T : struct, IFloatingPointIeee754<T>
{
    private const int MaximumValues = 20_000_000;

    private readonly Dictionary<double, long>?[] _counts = new Dictionary<double, long>?[acrossSlots ? 1 : column.Type.ValueCount];
    private int _values;

    public double? Mode(int slot)
    {
        if (Known(slot) == 0)
            return null;
        // Not the dictionary's order but the (count, value) pairs themselves decide.
        var best = (Count: Zeros(slot), Value: 0.0);
        foreach (var (value, count) in _counts[slot] ?? [])
        {
            if (count > best.Count || (count == best.Count && value < best.Value))
                best = (count, value);
        }

        return best.Value;
    }

    protected override void Learn(int slot, double value, long count)
    {
        var counts = _counts[slot] ??= [];
        ref long times = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out bool known);
        times++;
        if (!known && ++_values > MaximumValues)
        {
            throw new DataException(
                $"Column '{Column.Name}' has more than {MaximumValues} different values, too many to look for the most frequent. " +
                "Replace what is missing by the mean.");
        }
    }
}

/// <summary>The range of each slot.</summary>
internal interface ISlotRanges
{
    /// <summary>The least and the greatest value of a slot; null when all are missing.</summary>
    (double Least, double Greatest)? Range(int slot);
}

/// <summary>The mean and variance of each slot.</summary>
internal interface ISlotMoments
{
    /// <summary>The mean, and the variance (divided by the number of values) of a slot; null when all are missing.</summary>
    (double Mean, double Variance)? Moments(int slot);
}
