using System.Numerics;

namespace MLPath.Transforms;

/// <summary>
/// (x − offset) · scale for each slot, computed in double precision. The parameters of a row are repeated, so that vector instructions serve
/// narrow rows and scalars as well as wide rows.
/// </summary>
internal abstract class AffineMap<T> : ItemMap<T, T>
{
    private const int TileLength = 256;

    private readonly double[] _offset;
    private readonly double[] _scale;

    private protected AffineMap(double[] offset, double[] scale)
    {
        SlotCount = offset.Length;
        KeepsDefault = Array.TrueForAll(offset, o => o == 0);
        int repeats = (TileLength + SlotCount - 1) / SlotCount;
        (_offset, _scale) = (Repeat(offset, repeats), Repeat(scale, repeats));
    }

    public override int SlotCount { get; }

    public override bool KeepsDefault { get; }

    protected sealed override void Map(ReadOnlySpan<T> items, Span<T> results)
    {
        for (int start = 0; start < items.Length; start += _offset.Length)
        {
            int length = Math.Min(_offset.Length, items.Length - start);
            Affine(items.Slice(start, length), _offset, _scale, results.Slice(start, length));
        }
    }

    protected sealed override void Map(ReadOnlySpan<int> slots, ReadOnlySpan<T> items, Span<T> results)
    {
        for (int i = 0; i < items.Length; i++)
            results[i] = Affine(items[i], _offset[slots[i]], _scale[slots[i]]);
    }

    protected abstract T Affine(T x, double offset, double scale);

    protected abstract void Affine(ReadOnlySpan<T> x, ReadOnlySpan<double> offset, ReadOnlySpan<double> scale, Span<T> y);

    private static double[] Repeat(double[] values, int times) => [.. Enumerable.Repeat(values, times).SelectMany(v => v)];
}

internal sealed class AffineDoubleMap(double[] offset, double[] scale) : AffineMap<double>(offset, scale)
{
    // Adding 0 makes the −0 of a constant slot 0.
    protected override double Affine(double x, double offset, double scale) => ((x - offset) * scale) + 0.0;

    protected override void Affine(ReadOnlySpan<double> x, ReadOnlySpan<double> offset, ReadOnlySpan<double> scale, Span<double> y)
    {
        int i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            (((new Vector<double>(x[i..]) - new Vector<double>(offset[i..])) * new Vector<double>(scale[i..])) + Vector<double>.Zero).CopyTo(y[i..]);
        for (; i < x.Length; i++)
            y[i] = Affine(x[i], offset[i], scale[i]);
    }
}

internal sealed class AffineSingleMap(double[] offset, double[] scale) : AffineMap<float>(offset, scale)
{
    protected override float Affine(float x, double offset, double scale) => (float)(((x - offset) * scale) + 0.0);

    protected override void Affine(ReadOnlySpan<float> x, ReadOnlySpan<double> offset, ReadOnlySpan<double> scale, Span<float> y)
    {
        int i = 0, half = Vector<double>.Count;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(x[i..]), out var low, out var high);
            low = ((low - new Vector<double>(offset[i..])) * new Vector<double>(scale[i..])) + Vector<double>.Zero;
            high = ((high - new Vector<double>(offset[(i + half)..])) * new Vector<double>(scale[(i + half)..])) + Vector<double>.Zero;
            Vector.Narrow(low, high).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
            y[i] = Affine(x[i], offset[i], scale[i]);
    }
}

/// <summary>
/// Φ((x − mean) / standard deviation) for each slot, of ln x instead of x where asked, with 0 for what has no logarithm; 0 for every number, and
/// NaN for NaN, where the standard deviation is 0.
/// </summary>
internal sealed class CdfMap<T>(double[] mean, double[] standardDeviation, bool useLog) : ItemMap<T, T> where T : struct, IFloatingPointIeee754<T>
{
    public override int SlotCount => mean.Length;

    // The logarithm of 0 is −∞, and Φ(−∞) = 0.
    public override bool KeepsDefault { get; } = useLog || Array.TrueForAll(standardDeviation, s => s == 0);

    protected override void Map(ReadOnlySpan<T> items, Span<T> results)
    {
        for (int i = 0, slot = 0; i < items.Length; i++, slot = slot + 1 == mean.Length ? 0 : slot + 1)
            results[i] = Cdf(items[i], slot);
    }

    protected override void Map(ReadOnlySpan<int> slots, ReadOnlySpan<T> items, Span<T> results)
    {
        for (int i = 0; i < items.Length; i++)
            results[i] = Cdf(items[i], slots[i]);
    }

    private T Cdf(T item, int slot)
    {
        double x = double.CreateTruncating(item);
        if (double.IsNaN(x))
            return item;
        if (standardDeviation[slot] == 0 || (useLog && x <= 0))
            return T.Zero;
        return T.CreateTruncating(NormalDistribution.Cdf(((useLog ? Math.Log(x) : x) - mean[slot]) / standardDeviation[slot]));
    }
}
