using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Collects the different values of a column, in the order in which they occur: row by row, slot by slot.</summary>
internal abstract class KeyLearner(DataViewSchema.Column column) : ColumnLearner(column)
{
    /// <summary>Whether there were more values than were wanted.</summary>
    public bool Overflowed { get; protected set; }

    public override bool WantsMore => !Overflowed;

    /// <summary>Creates a learner.</summary>
    /// <param name="column">The column.</param>
    /// <param name="maximum">The most values to collect.</param>
    public static KeyLearner Create(DataViewSchema.Column column, int maximum) => column.Type.Accept(new Factory(column, maximum));

    /// <summary>What was collected, by occurrence or sorted.</summary>
    public abstract KeyVocabulary Finish(bool sort);

    private sealed class Factory(DataViewSchema.Column column, int maximum) : IRawTypeVisitor<KeyLearner>
    {
        public KeyLearner Visit<T>() => new KeyLearner<T>(column, maximum);
    }
}

/// <summary>Collects the different values of a raw type. Of a key column it collects keys, and takes what they stand for at the end.</summary>
internal sealed class KeyLearner<T>(DataViewSchema.Column column, int maximum) : KeyLearner(column)
{
    private readonly HashSet<T> _seen = new(PrimitiveValues<T>.Equality);
    private readonly List<T> _values = [];
    private readonly bool _isKey = column.Type.ItemTypeOrSelf is KeyDataViewType;
    private T[] _row = [];
    private bool _sawDefault;

    public override void Add(RowBatch batch, int rows)
    {
        if (batch[Column.Index] is not VectorColumn<T> vectors)
        {
            Add(batch.Scalars<T>(Column.Index)[..rows]);
            return;
        }

        for (int row = 0; row < rows && !Overflowed; row++)
        {
            var stored = vectors.RowValues(row);
            if (_sawDefault || stored.Length == vectors.RowLength(row))
            {
                Add(stored);
                continue;
            }

            // What a sparse row does not store is the default value, and occurs at its place among the others.
            if (_row.Length < vectors.Size)
                _row = new T[vectors.Size];
            vectors.CopyRowTo(row, _row);
            Add(_row.AsSpan(0, vectors.Size));
            _sawDefault = true;
        }
    }

    public override KeyVocabulary Finish(bool sort)
    {
        var type = KeyVocabulary.ValueTypeOf(Column);
        return _isKey && KeyVocabulary.KeyValueType(Column) is not null
            ? type.Accept(new Translation(this, type, sort))
            : Create(type, _values, sort);
    }

    private void Add(ReadOnlySpan<T> values)
    {
        foreach (var value in values)
        {
            if (_seen.Contains(value) || PrimitiveValues<T>.IsMissing(value) || (_isKey && KeyValue.Number(value) == 0))
                continue;
            if (_values.Count == maximum)
            {
                Overflowed = true;
                return;
            }

            var kept = PrimitiveValues<T>.Keep(value);
            _seen.Add(kept);
            _values.Add(kept);
        }
    }

    private static KeyVocabulary<TValue> Create<TValue>(PrimitiveDataViewType type, IEnumerable<TValue> values, bool sort)
    {
        TValue[] list = [.. values];
        if (sort)
            Array.Sort(list, PrimitiveValues<TValue>.Order);
        return new KeyVocabulary<TValue>(type, list);
    }

    private sealed class Translation(KeyLearner<T> learner, PrimitiveDataViewType type, bool sort) : IRawTypeVisitor<KeyVocabulary>
    {
        public KeyVocabulary Visit<TValue>()
        {
            VBuffer<TValue> values = default;
            learner.Column.GetKeyValues(ref values);
            return Create(type,
                learner._values
                    .Select(KeyValue.Number)
                    .Where(key => key <= (ulong)values.Length)
                    .Select(key => values.GetItemOrDefault((int)key - 1))
                    .Where(value => !PrimitiveValues<TValue>.IsMissing(value))
                    .Distinct(PrimitiveValues<TValue>.Equality),
                sort);
        }
    }
}
