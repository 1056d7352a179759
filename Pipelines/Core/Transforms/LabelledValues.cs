using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// Keeps the values of each slot of a column of numbers, Booleans or keys together with the label of their row. Zeros are only counted, however
/// they are stored. Rows whose label is missing are left out.
/// </summary>
/// <param name="column">The column: a scalar or vector of known size.</param>
/// <param name="label">The label: a number, Boolean or key.</param>
/// <param name="refuseInfinity">Whether an infinite value is an error.</param>
internal abstract class LabelledValues(DataViewSchema.Column column, DataViewSchema.Column label, bool refuseInfinity) : ColumnLearner(column)
{
    private readonly LabelSource _source = label.Type.Accept(new SourceFactory(label));

    /// <summary>The labels of the rows that have one: a key's number, 0 or 1 for a Boolean.</summary>
    public List<double> Labels { get; } = [];

    /// <summary>Whether the label is a number, not a category: a key or Boolean.</summary>
    public bool LabelIsNumber => label.Type is NumberDataViewType;

    /// <summary>Whether an infinite value is an error.</summary>
    protected bool RefuseInfinity { get; } = refuseInfinity;

    /// <inheritdoc/>
    public override IEnumerable<DataViewSchema.Column> Inputs => [Column, label];

    /// <summary>The values of a slot that are not 0, NaN included, and the position of each one's label in <see cref="Labels"/>.</summary>
    public abstract (int[] Rows, double[] Values) Slot(int slot);

    /// <summary>Creates a learner.</summary>
    /// <param name="column">The column.</param>
    /// <param name="label">The label.</param>
    /// <param name="refuseInfinity">Whether an infinite value is an error.</param>
    public static LabelledValues Create(DataViewSchema.Column column, DataViewSchema.Column label, bool refuseInfinity) =>
        column.Type.Accept(new Factory(column, label, refuseInfinity));

    /// <summary>Whether a type has values that can be read: a number, Boolean, key, or vector of these.</summary>
    public static bool Reads(SchemaShape.Column column) => column.IsKey || column.ItemType is NumberDataViewType or BooleanDataViewType;

    /// <summary>Refuses a label that is not a number, Boolean or key.</summary>
    public static void CheckLabel(SchemaShape inputSchema, string labelColumnName)
    {
        if (!inputSchema.TryFindColumn(labelColumnName, out var label))
            throw SchemaException.MissingColumn(labelColumnName, inputSchema.Select(c => c.Name), "label column");
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !Reads(label))
        {
            throw SchemaException.WrongType(labelColumnName, "a key, Boolean or number as label", label.TypeText,
                "Make keys of classes with Transforms.Conversion.MapValueToKey first.");
        }
    }

    public sealed override void Add(RowBatch batch, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            double value = _source.Label(batch, row);
            if (double.IsNaN(value))
                continue;
            Add(batch, row, Labels.Count);
            Labels.Add(value);
        }
    }

    /// <summary>Keeps one row.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="position">The position of its label.</param>
    protected abstract void Add(RowBatch batch, int row, int position);

    private sealed class Factory(DataViewSchema.Column column, DataViewSchema.Column label, bool refuseInfinity) : IRawTypeVisitor<LabelledValues>
    {
        public LabelledValues Visit<T>() => new LabelledValues<T>(column, label, refuseInfinity);
    }

    private abstract class LabelSource
    {
        public abstract double Label(RowBatch batch, int row);
    }

    private sealed class SourceFactory(DataViewSchema.Column label) : IRawTypeVisitor<LabelSource>
    {
        public LabelSource Visit<T>() => new LabelSource<T>(label);
    }

    private sealed class LabelSource<T>(DataViewSchema.Column label) : LabelSource
    {
        private readonly Func<T, double> _convert = NumberConversion.Of<T, double>();
        private readonly ulong _keys = label.Type.KeyCount;

        // Key 0, and one beyond the number of categories, is missing.
        public override double Label(RowBatch batch, int row)
        {
            double value = _convert(batch.Scalars<T>(label.Index)[row]);
            return _keys > 0 && (value == 0 || value > _keys) ? double.NaN : value;
        }
    }
}

/// <summary>Keeps labelled values of a raw type.</summary>
internal sealed class LabelledValues<T>(DataViewSchema.Column column, DataViewSchema.Column label, bool refuseInfinity)
    : LabelledValues(column, label, refuseInfinity)
{
    private readonly Func<T, double> _convert = NumberConversion.Of<T, double>();
    private readonly (List<int> Rows, List<double> Values)[] _slots =
        [.. Enumerable.Range(0, column.Type.ValueCount).Select(_ => (new List<int>(), new List<double>()))];

    public override (int[] Rows, double[] Values) Slot(int slot) => ([.. _slots[slot].Rows], [.. _slots[slot].Values]);

    protected override void Add(RowBatch batch, int row, int position)
    {
        var vectors = batch[Column.Index] as VectorColumn<T>;
        var values = vectors is null ? batch.Scalars<T>(Column.Index).Slice(row, 1) : vectors.RowValues(row);
        var slots = vectors is null ? default : vectors.RowIndices(row);
        for (int i = 0; i < values.Length; i++)
        {
            double value = _convert(values[i]);
            if (value == 0)
                continue;
            int at = slots.IsEmpty ? i : slots[i];
            if (RefuseInfinity && double.IsInfinity(value))
                throw SlotWords.Infinite(batch.Position + row, Column.InWords(at));
            var slot = _slots[at];
            slot.Rows.Add(position);
            slot.Values.Add(value);
        }
    }
}
