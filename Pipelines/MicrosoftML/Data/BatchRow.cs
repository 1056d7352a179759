using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>A row of an MLPath batch: what the getters of Microsoft.ML read.</summary>
internal interface IBatchRow
{
    /// <summary>The batch; computed now where it was not yet.</summary>
    RowBatch Batch { get; }

    /// <summary>The row of the batch.</summary>
    int Row { get; }
}

/// <summary>Getters of Microsoft.ML over a batch of MLPath.</summary>
internal static class BatchRow
{
    /// <summary>A getter of one column.</summary>
    /// <typeparam name="TValue">The raw type that Microsoft.ML asks for.</typeparam>
    /// <param name="row">The row, which moves.</param>
    /// <param name="column">The column of the batch.</param>
    /// <exception cref="InvalidOperationException">The column has another raw type.</exception>
    public static MS.ValueGetter<TValue> Getter<TValue>(IBatchRow row, DataViewSchema.Column column) =>
        column.Type.Accept(new Getters(row, column)) as MS.ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; it was read as {typeof(TValue).Name}.");

    private sealed class Getters(IBatchRow row, DataViewSchema.Column column) : IRawTypeVisitor<Delegate>
    {
        public Delegate Visit<T>()
        {
            int index = column.Index;
            if (column.Type is not VectorDataViewType)
                return (MS.ValueGetter<T>)((ref T value) => value = row.Batch.Scalars<T>(index)[row.Row]);
            return (MS.ValueGetter<MSData.VBuffer<T>>)((ref MSData.VBuffer<T> value) =>
            {
                var vectors = row.Batch.Vectors<T>(index);
                VectorConversion.ToMicrosoft(vectors.RowLength(row.Row), vectors.RowValues(row.Row), vectors.RowIndices(row.Row), ref value);
            });
        }
    }
}
