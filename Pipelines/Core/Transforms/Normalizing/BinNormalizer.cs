using System.Collections.Immutable;
using System.Numerics;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>The number of a value's bin, from 0, over the number of the last bin; with 0 kept, less that of 0. Bins may differ from slot to slot.</summary>
internal sealed class BinNormalizer : Normalizer
{
    internal const string Name = "Bin";

    private readonly double[][] _bounds; // for each slot, the upper bound of each bin; the last one is ∞
    private readonly bool _fixZero;

    public BinNormalizer(DataViewSchema.Column column, double[][] bounds, bool fixZero)
        : this(column.Type is VectorDataViewType, column.Type.ItemTypeOrSelf == NumberDataViewType.Double, bounds, fixZero) { }

    private BinNormalizer(bool isVector, bool isDouble, double[][] bounds, bool fixZero) : base(isVector, isDouble, bounds.Length) =>
        (_bounds, _fixZero) = (bounds, fixZero);

    public override string Kind => Name;

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters
    {
        get
        {
            double[] density = Density(), offset = Offset();
            return (IsVector, IsDouble) switch
            {
                (false, false) => Create([.. _bounds[0].Select(b => (float)b)], (float)density[0], (float)offset[0]),
                (false, true) => Create([.. _bounds[0]], density[0], offset[0]),
                (true, false) => Create([.. _bounds.Select(Singles)], Singles(density), Singles(offset)),
                (true, true) => Create([.. _bounds.Select(ImmutableArray.Create)], ImmutableArray.Create(density), ImmutableArray.Create(offset)),
            };

            static NormalizingTransformer.BinNormalizerModelParameters<TData> Create<TData>(ImmutableArray<TData> bounds, TData density, TData offset) =>
                new(bounds, density, offset);
        }
    }

    public override void Save(ModelSaveContext context, string prefix)
    {
        context.Write($"{prefix}.FixZero", _fixZero);
        context.WriteArray<double>($"{prefix}.UpperBounds", [.. _bounds.SelectMany(b => b)]);
        context.WriteArray<int>($"{prefix}.BinCounts", [.. _bounds.Select(b => b.Length)]);
    }

    public static BinNormalizer Load(ModelLoadContext context, string prefix, bool isVector, bool isDouble)
    {
        double[] all = context.ReadArray<double>($"{prefix}.UpperBounds");
        int[] counts = context.ReadArray<int>($"{prefix}.BinCounts");
        var bounds = new double[counts.Length][];
        for (int slot = 0, start = 0; slot < counts.Length; start += counts[slot++])
        {
            if (counts[slot] < 1 || counts[slot] > all.Length - start)
                throw context.Invalid($"slot {slot} of '{prefix}' does not have its bins");
            bounds[slot] = all[start..(start + counts[slot])];
            if (!double.IsPositiveInfinity(bounds[slot][^1]) || !bounds[slot].Zip(bounds[slot].Skip(1), (a, b) => a < b).All(increases => increases))
                throw context.Invalid($"the bins of slot {slot} of '{prefix}' do not increase to infinity");
        }

        return counts.Sum(c => (long)c) == all.Length
            ? new BinNormalizer(isVector, isDouble, bounds, context.ReadBoolean($"{prefix}.FixZero"))
            : throw context.Invalid($"'{prefix}' has bins of no slot");
    }

    protected override ItemMap<float, float> SingleMap() => new BinMap<float>(_bounds, Density(), Offset());

    protected override ItemMap<double, double> DoubleMap() => new BinMap<double>(_bounds, Density(), Offset());

    // One bin alone has number 0, over 1.
    private double[] Density() => [.. _bounds.Select(b => (double)Math.Max(1, b.Length - 1))];

    private double[] Offset() => [.. _bounds.Select(b => _fixZero ? Bins.IndexOf(b, 0) / (double)Math.Max(1, b.Length - 1) : 0)];

    private sealed class BinMap<T>(double[][] bounds, double[] density, double[] offset) : ItemMap<T, T> where T : struct, IFloatingPointIeee754<T>
    {
        public override int SlotCount => bounds.Length;

        public override bool KeepsDefault { get; } =
            Enumerable.Range(0, bounds.Length).All(slot => (Bins.IndexOf(bounds[slot], 0) / density[slot]) - offset[slot] == 0);

        protected override void Map(ReadOnlySpan<T> items, Span<T> results)
        {
            for (int i = 0, slot = 0; i < items.Length; i++, slot = slot + 1 == bounds.Length ? 0 : slot + 1)
                results[i] = Value(items[i], slot);
        }

        protected override void Map(ReadOnlySpan<int> slots, ReadOnlySpan<T> items, Span<T> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = Value(items[i], slots[i]);
        }

        private T Value(T x, int slot) => T.IsNaN(x)
            ? x
            : T.CreateTruncating((Bins.IndexOf(bounds[slot], double.CreateTruncating(x)) / density[slot]) - offset[slot]);
    }
}
