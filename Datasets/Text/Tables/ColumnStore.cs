using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>A column that grows chunk by chunk: rows × slots, row-major, one slot for a scalar.</summary>
internal abstract class ColumnStore
{
    /// <summary>Makes an empty store for a type of known size.</summary>
    public static ColumnStore Create(DataViewType type) => type.Accept(new Factory(type));

    /// <summary>Adds the rows of a chunk.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="progress">The share of all rows that there are then, from 0 to 1, so that memory is taken once; 0 where it is not known.</param>
    public abstract void Append(ColumnBuffer values, double progress);

    /// <summary>Hands the rows over as a buffer of a view.</summary>
    public abstract ColumnBuffer ToColumn();

    private sealed class Factory(DataViewType type) : IRawTypeVisitor<ColumnStore>
    {
        public ColumnStore Visit<T>() => new Of<T>(type);
    }

    private sealed class Of<T>(DataViewType type) : ColumnStore
    {
        private readonly int _slots = type.ValueCount;
        private T[] _values = [];
        private int _count;

        public override void Append(ColumnBuffer values, double progress)
        {
            var added = values is VectorColumn<T> vectors ? vectors.Values : ((ScalarColumn<T>)values).Values;
            if (added.Length > _values.Length - _count) Grow((long)_count + added.Length, progress);
            added.CopyTo(_values.AsSpan(_count));
            _count += added.Length;
        }

        public override ColumnBuffer ToColumn()
        {
            // A table lives long: give back the spare room when there is much of it.
            if (_count < _values.Length - (_values.Length / 8)) Array.Resize(ref _values, _count);
            if (type is VectorDataViewType vector)
            {
                var vectors = new VectorColumn<T>(vector);
                vectors.AliasDense(_values, 0, _count / _slots);
                return vectors;
            }
            var scalars = new ScalarColumn<T>((PrimitiveDataViewType)type);
            scalars.Alias(_values, 0, _count);
            return scalars;
        }

        private void Grow(long needed, double progress)
        {
            if (needed > Array.MaxLength)
                throw new DataException($"The table does not fit in memory: a column of {type} has more than {Array.MaxLength} values.");
            // Rows differ in length, so that the estimate may be a little short; without one, by half again.
            double estimate = progress <= 0 ? 1.5 * _values.Length : progress >= 1 ? needed : 1.03 * needed / progress;
            var larger = GC.AllocateUninitializedArray<T>((int)Math.Min(Array.MaxLength, Math.Max(needed, estimate)));
            _values.AsSpan(0, _count).CopyTo(larger);
            _values = larger;
        }
    }
}
