using System.Globalization;
using System.Numerics;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Turns keys into vectors of numbers, for the transforms that do.</summary>
/// <remarks>With k categories, a key becomes one row of the table; m keys of a vector become m rows one after the other, or their sum.</remarks>
internal sealed class KeyEncoding
{
    // With one stored value in so many slots, compressed rows are smaller and faster to read than dense ones.
    private const int SlotsPerValueWhenSparse = 32;
    private const int MaximumSlots = 1 << 24;

    private readonly Func<int, int> _width;
    private readonly bool _sums;
    private readonly bool _binary;

    private KeyEncoding(Func<int, int> width, bool sums, bool binary) => (_width, _sums, _binary) = (width, sums, binary);

    /// <summary>k slots, with a 1 at the key's; all 0 for a missing key. The rows of a vector's keys stand one after the other.</summary>
    public static KeyEncoding Indicator { get; } = new(k => k, sums: false, binary: false);

    /// <summary>k slots, with the number of times that each key is among a vector's keys.</summary>
    public static KeyEncoding Count { get; } = new(k => k, sums: true, binary: false);

    /// <summary>
    /// ⌊log₂ k⌋ + 2 slots: the binary digits of the key's number less 1, the highest first; all 1 for a missing key, which is no key's number.
    /// </summary>
    public static KeyEncoding Binary { get; } = new(k => BitOperations.Log2((uint)k) + 2, sums: false, binary: true);

    /// <summary>What the column will look like, before anything is fitted.</summary>
    /// <param name="input">The keys, or the column that they are made of.</param>
    /// <param name="name">The name of the column to make.</param>
    public SchemaShape.Column ToShape(SchemaShape.Column input, string name)
    {
        if (input.Kind == SchemaShape.Column.VectorKind.VariableVector && !_sums)
            throw Ragged(input.Name, input.TypeText);
        int? width = input.IsKey && input.KeyCount is { } k and <= MaximumSlots ? _width((int)k) : null;
        IReadOnlyList<int> dimensions = (width, _sums || input.Kind == SchemaShape.Column.VectorKind.Scalar ? 1 : input.Size) switch
        {
            ({ } w, 1) => [w],
            ({ } w, { } m) => [m, w],
            _ => [],
        };
        bool counts = _sums && input.Kind != SchemaShape.Column.VectorKind.Scalar;
        return new SchemaShape.Column(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape(
            [
                PredictionColumns.Text(AnnotationKinds.SlotNames),
                .. counts ? Array.Empty<SchemaShape.Column>() : [PredictionColumns.Scalar(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)],
            ]), dimensions);
    }

    /// <summary>The function that makes a column.</summary>
    /// <param name="input">The keys: a key, or a vector of keys.</param>
    /// <param name="name">The name of the column to make.</param>
    public ColumnFunction ToFunction(DataViewSchema.Column input, string name)
    {
        var vector = input.Type as VectorDataViewType;
        if (vector is { IsKnownSize: false } && !_sums)
            throw Ragged(input.Name, input.Type.ToString());
        int rows = vector is null || _sums ? 1 : vector.Size;
        ulong k = input.Type.KeyCount;
        if (k > MaximumSlots || (long)rows * _width((int)k) > MaximumSlots)
        {
            throw new SchemaException(string.Create(CultureInfo.InvariantCulture,
                $"Column '{input.Name}' is {input.Type}: as numbers it would have more than {MaximumSlots} slots. ") +
                "Limit it with maximumNumberOfKeys, or count a vector's keys in one row (OutputKind.Bag).");
        }

        int width = _width((int)k);
        var annotations = new DataViewSchema.Annotations.Builder().AddSlotNames(SlotNames(input, rows));
        if (vector is null || !_sums)
            annotations.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        var type = rows == 1 ? new VectorDataViewType(NumberDataViewType.Single, width) : new VectorDataViewType(NumberDataViewType.Single, rows, width);
        bool sparse = !_binary && width >= SlotsPerValueWhenSparse * Math.Max(1, _sums ? input.Type.ValueCount : 1);
        return new ColumnFunction([input], [new(name, type, annotations.ToAnnotations())],
            () => input.Type.Accept(new WorkerFactory(this, input, width, sparse)).Run);
    }

    // A vector's keys are named by slot and value, "Wheel2.flat", a scalar's by value.
    private List<string> SlotNames(DataViewSchema.Column input, int rows)
    {
        int k = (int)input.Type.KeyCount;
        IReadOnlyList<string> names = _binary
            ? [.. Enumerable.Range(0, _width(k)).Select(i => string.Create(CultureInfo.InvariantCulture, $"Bit{_width(k) - 1 - i}"))]
            : input.KeyValueTexts();
        if (input.Type is not VectorDataViewType || _sums)
            return [.. names];
        bool named = input.HasSlotNames();
        var slots = input.SlotNamesOrDefault();
        return [.. Enumerable.Range(0, rows).SelectMany(i =>
            names.Select(name => named ? $"{slots[i]}.{name}" : string.Create(CultureInfo.InvariantCulture, $"[{i}].{name}")))];
    }

    private static SchemaException Ragged(string name, string? found) => SchemaException.WrongType(
        name, "a key, or a vector of known size of keys,", found ?? "",
        "Where rows have their own lengths, count the keys instead: OutputKind.Bag, or outputCountVector.");

    private abstract class Worker
    {
        public abstract void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs);
    }

    private sealed class WorkerFactory(KeyEncoding encoding, DataViewSchema.Column input, int width, bool sparse) : IRawTypeVisitor<Worker>
    {
        public Worker Visit<TKey>() => new Worker<TKey>(encoding, input, width, sparse);
    }

    private sealed class Worker<TKey>(KeyEncoding encoding, DataViewSchema.Column input, int width, bool sparse) : Worker
    {
        private TKey[] _keys = [];
        private int[] _slots = [];
        private float[] _values = [];

        public override void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<float>)outputs[0]!;
            var vectors = batch[input.Index] as VectorColumn<TKey>;
            var scalars = vectors is null ? batch.Scalars<TKey>(input.Index) : default;
            if (sparse)
                made.Begin(VectorLayout.Sparse);
            var block = sparse ? default : made.AllocateDense(batch.Count);
            if (!encoding._binary)
                block.Clear();
            for (int row = 0; row < batch.Count; row++)
            {
                var keys = vectors is null ? scalars.Slice(row, 1) : Row(vectors, row);
                if (sparse)
                    AddSparse(keys, made);
                else if (encoding._binary)
                    WriteDigits(keys, block.Slice(row * made.Size, made.Size));
                else
                    Count(keys, block.Slice(row * made.Size, made.Size));
            }
        }

        private ReadOnlySpan<TKey> Row(VectorColumn<TKey> vectors, int row)
        {
            if (vectors.Layout != VectorLayout.Sparse)
                return vectors.RowValues(row);
            Grow(ref _keys, vectors.Size);
            vectors.CopyRowTo(row, _keys);
            return _keys.AsSpan(0, vectors.Size);
        }

        // The slot of the i-th key of a row; −1 when it is missing or out of range.
        private int Slot(TKey key, int i)
        {
            ulong number = KeyValue.Number(key);
            return number == 0 || number > (ulong)width ? -1 : (encoding._sums ? 0 : i * width) + (int)(number - 1);
        }

        private void Count(ReadOnlySpan<TKey> keys, Span<float> row)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                if (Slot(keys[i], i) is >= 0 and var slot)
                    row[slot]++;
            }
        }

        private void AddSparse(ReadOnlySpan<TKey> keys, VectorColumn<float> made)
        {
            Grow(ref _slots, keys.Length);
            Grow(ref _values, keys.Length);
            int found = 0;
            for (int i = 0; i < keys.Length; i++)
            {
                if (Slot(keys[i], i) is >= 0 and var slot)
                    _slots[found++] = slot;
            }

            // Equal slots, which only sums have, become one with their number as value.
            _slots.AsSpan(0, found).Sort();
            int stored = 0;
            for (int i = 0; i < found; i++)
            {
                if (stored > 0 && _slots[stored - 1] == _slots[i])
                    _values[stored - 1]++;
                else
                    (_slots[stored], _values[stored++]) = (_slots[i], 1f);
            }

            made.AddRow(_slots.AsSpan(0, stored), _values.AsSpan(0, stored));
        }

        private void WriteDigits(ReadOnlySpan<TKey> keys, Span<float> row)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                ulong number = KeyValue.Number(keys[i]);
                ulong digits = number > input.Type.KeyCount ? ulong.MaxValue : number - 1; // 0 − 1: all digits are 1
                for (int bit = 0; bit < width; bit++)
                    row[(i * width) + bit] = (digits >> (width - 1 - bit)) & 1;
            }
        }

        private static void Grow<T>(ref T[] array, int length)
        {
            if (array.Length < length)
                array = new T[Math.Max(length, 2 * array.Length)];
        }
    }
}
