using System.Globalization;
using MLPath.Data;

namespace MLPath.Transforms.Text;

/// <summary>Reads rows of keys, of whatever integer they are stored as, as sequences of numbers; what is out of range is missing, 0.</summary>
internal abstract class KeyRows
{
    /// <summary>Creates a reader of one column, for one thread.</summary>
    public static KeyRows Open(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { ItemType: KeyDataViewType })
            throw Wrong(column.Name, $"{column.Type}");
        return column.Type.Accept(new Factory(column));
    }

    /// <summary>The keys of one row, until the next call.</summary>
    public abstract ReadOnlySpan<uint> Read(RowBatch batch, int row);

    public static void Require(SchemaShape.Column column)
    {
        if (!column.IsKey || column.Kind == SchemaShape.Column.VectorKind.Scalar)
            throw Wrong(column.Name, column.TypeText);
    }

    /// <summary>What the keys of a column stand for, as texts; their own numbers where that is not known.</summary>
    public static Func<uint, string> Texts(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { Type: VectorDataViewType values } && (ulong)values.Size == column.Type.KeyCount
            ? values.Accept(new Values(column))
            : key => key.ToString(CultureInfo.InvariantCulture);

    private static SchemaException Wrong(string name, string found) => SchemaException.WrongType(name, "a vector of keys", found,
        "Split the text with Transforms.Text.TokenizeIntoWords and give the words keys with Transforms.Conversion.MapValueToKey first.");

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<KeyRows>
    {
        public KeyRows Visit<T>() => new Reader<T>(column);
    }

    private sealed class Values(DataViewSchema.Column column) : IRawTypeVisitor<Func<uint, string>>
    {
        public Func<uint, string> Visit<T>()
        {
            VBuffer<T> values = default;
            column.GetKeyValues(ref values);
            return key => PrimitiveValues<T>.Text(values.GetItemOrDefault((int)key - 1));
        }
    }

    private sealed class Reader<T>(DataViewSchema.Column column) : KeyRows
    {
        private readonly uint _count = (uint)Math.Min(uint.MaxValue, column.Type.KeyCount);
        private T[] _slots = [];
        private uint[] _keys = [];

        public override ReadOnlySpan<uint> Read(RowBatch batch, int row)
        {
            var vectors = batch.Vectors<T>(column.Index);
            int length = vectors.RowLength(row);
            if (_keys.Length < length)
                (_slots, _keys) = (new T[2 * length], new uint[2 * length]);
            var stored = vectors.RowValues(row);
            if (vectors.Layout == VectorLayout.Sparse)
            {
                vectors.CopyRowTo(row, _slots);
                stored = _slots.AsSpan(0, length);
            }

            for (int i = 0; i < length; i++)
                _keys[i] = KeyValue.Number(stored[i]) is var number && number <= _count ? (uint)number : 0;
            return _keys.AsSpan(0, length);
        }
    }
}
