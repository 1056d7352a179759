using System.Globalization;

namespace MLPath.Data;

/// <summary>The rows of a view that pass a test of some columns.</summary>
/// <param name="source">The view.</param>
/// <param name="tested">The columns that the test reads.</param>
/// <param name="test">Makes the test for one pass.</param>
/// <param name="step">What is done, for the lineage.</param>
internal sealed class FilteredDataView(
    IDataView source, IReadOnlyList<DataViewSchema.Column> tested, Func<RowTest> test, LineageStep step) : BatchDataView
{
    public override DataViewSchema Schema => source.Schema;

    public override DataLineage Lineage { get; } = source.Lineage.Then(step);

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.ToList();
        var keeps = test();
        return new PickingCursor(source.GetBatchCursor(columns.Concat(tested), cancellationToken), Schema, columns, (batch, _, picks) =>
        {
            for (int row = 0; row < batch.Count; row++)
            {
                if (keeps(batch, row))
                    picks.Add(row);
            }

            return true;
        });
    }
}

/// <summary>Whether a row of a batch is kept.</summary>
internal delegate bool RowTest(RowBatch batch, int row);

/// <summary>The tests of the filters of <c>ml.Data</c>.</summary>
internal static class RowFilters
{
    /// <summary>Rows whose number lies in [lower, upper). A missing number lies in no range.</summary>
    public static IDataView ByRange(IDataView input, string columnName, double lower, double upper)
    {
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
        {
            throw SchemaException.WrongType(
                columnName, "a number", column.Type.ToString()!,
                column.Type is KeyDataViewType ? "For keys there is FilterRowsByKeyColumnFraction." : null);
        }

        if (!(lower < upper))
            throw new ArgumentException(Invariant($"The upper bound, {upper}, must be above the lower bound, {lower}."), nameof(upper));
        return new FilteredDataView(input, [column], () => column.Type.Accept(new Range(column.Index, lower, upper)),
            new LineageStep(Invariant($"FilterRowsByColumn({columnName} in [{lower}, {upper}))")));
    }

    /// <summary>
    /// Rows whose key, as the middle of its share of [0, 1], lies in [lower, upper): key k of n at (k − ½)/n. The upper bound 1 includes
    /// the last key.
    /// </summary>
    public static IDataView ByKeyFraction(IDataView input, string columnName, double lower, double upper)
    {
        var column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType key)
            throw SchemaException.WrongType(
                columnName, "a key", column.Type.ToString()!, "Make one with Transforms.Conversion.MapValueToKey or Hash.");
        if (!(0 <= lower && lower <= upper && upper <= 1))
            throw new ArgumentException(
                Invariant($"The bounds are fractions with 0 ≤ lower ≤ upper ≤ 1; {lower} and {upper} were given."), nameof(lower));
        return new FilteredDataView(input, [column], () => column.Type.Accept(new KeyFraction(column.Index, key.Count, lower, upper)),
            new LineageStep(Invariant($"FilterRowsByKeyColumnFraction({columnName} in [{lower}, {upper}))")));
    }

    /// <summary>Rows without a missing value in any of some columns.</summary>
    public static IDataView ByMissing(IDataView input, IReadOnlyList<string> columnNames)
    {
        if (columnNames.Count == 0)
            throw new ArgumentException("Name at least one column to look for missing values in.", nameof(columnNames));
        var columns = columnNames.Select(name => input.Schema[name]).ToList();
        foreach (var column in columns)
        {
            var item = column.Type.ItemTypeOrSelf;
            if (item is not (KeyDataViewType or TextDataViewType) && item != NumberDataViewType.Single && item != NumberDataViewType.Double)
            {
                throw SchemaException.WrongType(
                    column.Name, "a type with a missing value (Single, Double, text, a key, or a vector of these)", column.Type.ToString()!,
                    "It is never missing; leave it out.");
            }
        }

        return new FilteredDataView(input, columns, () =>
        {
            RowTest[] present = [.. columns.Select(c => c.Type.Accept(new Present(c)))];
            return (batch, row) => Array.TrueForAll(present, test => test(batch, row));
        }, new LineageStep($"FilterRowsByMissingValues({string.Join(", ", columnNames)})"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Range(int column, double lower, double upper) : IRawTypeVisitor<RowTest>
    {
        public RowTest Visit<T>()
        {
            var number = NumberConversion.Of<T, double>();
            return (batch, row) =>
                number(batch.Scalars<T>(column)[row]) is var value && value >= lower && (value < upper || double.IsPositiveInfinity(upper));
        }
    }

    private sealed class KeyFraction(int column, ulong count, double lower, double upper) : IRawTypeVisitor<RowTest>
    {
        public RowTest Visit<T>() => (batch, row) =>
        {
            ulong key = KeyValue.Number(batch.Scalars<T>(column)[row]);
            double place = (key - 0.5) / count;
            return key > 0 && place >= lower && (place < upper || upper == 1);
        };
    }

    private sealed class Present(DataViewSchema.Column column) : IRawTypeVisitor<RowTest>
    {
        public RowTest Visit<T>()
        {
            bool isKey = column.Type.KeyCount > 0;
            bool missingWhenNotStored = isKey || column.Type.ItemTypeOrSelf is TextDataViewType;
            int index = column.Index;
            if (column.Type is not VectorDataViewType)
                return (batch, row) => !IsMissing(batch.Scalars<T>(index)[row], isKey);
            return (batch, row) =>
            {
                var vectors = batch.Vectors<T>(index);
                var stored = vectors.RowValues(row);
                // A slot that a sparse row does not store is 0, the missing key, or empty text.
                if (missingWhenNotStored && stored.Length < vectors.RowLength(row))
                    return false;
                foreach (var value in stored)
                {
                    if (IsMissing(value, isKey))
                        return false;
                }

                return true;
            };
        }

        // NaN alone differs from itself; EqualityComparer would call it equal.
        private static bool IsMissing<T>(T value, bool isKey) => isKey
            ? KeyValue.Number(value) == 0
            : value is float.NaN or double.NaN or ReadOnlyMemory<char> { IsEmpty: true };
    }
}
