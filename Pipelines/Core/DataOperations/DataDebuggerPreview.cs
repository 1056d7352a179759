using System.Collections.Immutable;
using System.Diagnostics;
using MLPath.Data;

namespace MLPath.Data
{
    /// <summary>
    /// The first rows of a view, read at once: for a look at data while exploring. <see cref="ToString"/> shows them as a table; the values
    /// are boxed, so this is not a way to compute.
    /// </summary>
    public sealed class DataDebuggerPreview
    {
        internal const int DefaultMaxRows = 100;

        private readonly long? _rowCount;

        internal DataDebuggerPreview(IDataView data, int maxRows)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
            Schema = data.Schema;
            var loaded = LoadedColumns.Read(RowRange.Take(data, maxRows), data.Schema, CancellationToken.None);
            var columns = ImmutableArray.CreateBuilder<ColumnInfo>(Schema.Count);
            foreach (var column in Schema)
                columns.Add(new ColumnInfo(column, [.. BoxedValues.Of(loaded[column.Index])]));
            ColumnView = columns.MoveToImmutable();
            RowView =
            [
                .. Enumerable.Range(0, loaded.RowCount).Select(row =>
                    new RowInfo([.. ColumnView.Select(c => KeyValuePair.Create(c.Column.Name, c.Values[row]))])),
            ];
            _rowCount = loaded.RowCount < maxRows ? loaded.RowCount : data.GetRowCount();
        }

        /// <summary>The schema of the view.</summary>
        public DataViewSchema Schema { get; }

        /// <summary>The columns with their values, hidden ones included.</summary>
        public ImmutableArray<ColumnInfo> ColumnView { get; }

        /// <summary>The rows.</summary>
        public ImmutableArray<RowInfo> RowView { get; }

        /// <summary>The rows as a table of text, with the size of the view below. Hidden columns are left out.</summary>
        public override string ToString() => PreviewTable.Render(this, _rowCount);

        /// <summary>The values of one row.</summary>
        public sealed class RowInfo
        {
            internal RowInfo(KeyValuePair<string, object>[] values) => Values = values;

            /// <summary>The columns' names and values, in the raw types.</summary>
            [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
            public KeyValuePair<string, object>[] Values { get; }

            /// <inheritdoc/>
            public override string ToString() => string.Join(", ", Values.Select(v => $"{v.Key}: {PreviewTable.Format(v.Value)}"));
        }

        /// <summary>The values of one column.</summary>
        public sealed class ColumnInfo
        {
            internal ColumnInfo(DataViewSchema.Column column, object[] values) => (Column, Values) = (column, values);

            /// <summary>The column.</summary>
            public DataViewSchema.Column Column { get; }

            /// <summary>The values, in the raw type.</summary>
            public object[] Values { get; }

            /// <inheritdoc/>
            public override string ToString() => $"{Column.Name}: {Column.Type}";
        }
    }

    /// <summary>A buffer's values as objects of the column's raw type.</summary>
    internal sealed class BoxedValues(ColumnBuffer buffer) : IRawTypeVisitor<IEnumerable<object>>
    {
        public static IEnumerable<object> Of(ColumnBuffer buffer) => buffer.Type.Accept(new BoxedValues(buffer));

        public IEnumerable<object> Visit<T>()
        {
            for (int row = 0; row < buffer.Count; row++)
            {
                if (buffer is ScalarColumn<T> scalars)
                {
                    yield return scalars.Values[row]!;
                    continue;
                }

                VBuffer<T> vector = default;
                ((VectorColumn<T>)buffer).GetRow(row, ref vector);
                yield return vector;
            }
        }
    }
}

namespace MLPath
{
    /// <summary>Looks at data while exploring.</summary>
    public static class DebuggerExtensions
    {
        /// <summary>The first rows of a view.</summary>
        /// <param name="data">The view.</param>
        /// <param name="maxRows">The greatest number of rows to read, 0 or more; default 100.</param>
        public static DataDebuggerPreview Preview(this IDataView data, int maxRows = DataDebuggerPreview.DefaultMaxRows) => new(
            data, maxRows);

        /// <summary>The first rows that a transformer makes of a view.</summary>
        /// <param name="transformer">The transformer.</param>
        /// <param name="data">The view to transform.</param>
        /// <param name="maxRows">The greatest number of rows to read, 0 or more; default 100.</param>
        public static DataDebuggerPreview Preview(
            this ITransformer transformer, IDataView data, int maxRows = DataDebuggerPreview.DefaultMaxRows)
        {
            ArgumentNullException.ThrowIfNull(transformer);
            return new(transformer.Transform(data), maxRows);
        }

        /// <summary>The first rows that an estimator, fitted on the view's first rows, makes of it.</summary>
        /// <param name="estimator">The estimator.</param>
        /// <param name="data">The view to fit on and to transform.</param>
        /// <param name="maxRows">The greatest number of rows to read, 0 or more; default 100.</param>
        /// <param name="maxTrainingRows">The greatest number of rows to fit on; default 100.</param>
        public static DataDebuggerPreview Preview(
            this IEstimator<ITransformer> estimator, IDataView data, int maxRows = DataDebuggerPreview.DefaultMaxRows,
            int maxTrainingRows = DataDebuggerPreview.DefaultMaxRows)
        {
            ArgumentNullException.ThrowIfNull(estimator);
            ArgumentOutOfRangeException.ThrowIfNegative(maxTrainingRows);
            return new(estimator.Fit(RowRange.Take(data, maxTrainingRows), FitContext.Default).Transform(data), maxRows);
        }
    }
}
