using System.Globalization;
using MLPath.Data;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>
/// Values of a feature to try in all rows. A value from the data is a row that has it, so that a feature of any type is set by taking it from that
/// row; a number that was given is written into the column.
/// </summary>
internal sealed class FeatureGrid
{
    private readonly InputTable _table;
    private readonly InputFeature _feature;
    private readonly int[]? _rows;

    private FeatureGrid(InputTable table, InputFeature feature, int[]? rows, IReadOnlyList<string> values, IReadOnlyList<double> numbers) =>
        (_table, _feature, _rows, Values, Numbers) = (table, feature, rows, values, numbers);

    /// <summary>The values as texts.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The values as numbers; empty for categories.</summary>
    public IReadOnlyList<double> Numbers { get; }

    /// <summary>Chooses the values.</summary>
    /// <exception cref="SchemaException">The feature is a vector.</exception>
    /// <exception cref="DataException">The feature has no value.</exception>
    public static FeatureGrid Of(InputTable table, InputFeature feature, PartialDependenceOptions options, CancellationToken cancellationToken)
    {
        var column = table.Rows.Schema[feature.Column];
        if (column.Type is VectorDataViewType && feature.Slot is null)
            throw SchemaException.WrongType(feature.Column, "a column of single values, or a vector of known size", column.Type.ToString()!);
        bool isNumber = column.Type.ItemTypeOrSelf is NumberDataViewType;
        if (options.Values is { } given)
        {
            return isNumber
                ? new FeatureGrid(table, feature, null, [.. given.Select(Text)], given)
                : throw SchemaException.WrongType(feature.Column, "numbers, where values are given,", column.Type.ToString()!);
        }

        return isNumber ? OfNumbers(table, feature, options) : OfCategories(table, feature, options, cancellationToken);
    }

    /// <summary>The predictions of all rows with one of the values.</summary>
    public IDataView Score(int point)
    {
        int column = _table.Rows.Schema[_feature.Column].Index;
        if (_rows is not null)
        {
            var same = new int[_table.Count];
            same.AsSpan().Fill(_rows[point]);
            return _table.ScoreWith(_feature, same);
        }

        var values = _table.Rows.GetColumn(column);
        return _table.ScoreWith(column, values.Type.Accept(new Constant(values, _feature.Slot, Numbers[point])));
    }

    /// <summary>The numbers of a feature, one a row.</summary>
    public static double[] NumbersOf(InputTable table, InputFeature feature)
    {
        var values = table.Rows.GetColumn(table.Rows.Schema[feature.Column].Index);
        return values.Type.Accept(new ReadNumbers(values, feature.Slot));
    }

    private static FeatureGrid OfNumbers(InputTable table, InputFeature feature, PartialDependenceOptions options)
    {
        double[] values = NumbersOf(table, feature);
        int[] order = [.. Enumerable.Range(0, values.Length).Where(row => double.IsFinite(values[row])).OrderBy(row => values[row])];
        if (order.Length == 0)
            throw new DataException($"Column '{feature.Name}' has no finite value in the rows to explain the model on.");
        // The first row of each different value.
        int[] distinct = [.. order.Where((row, i) => i == 0 || values[row] != values[order[i - 1]])];
        int[] chosen = distinct;
        if (distinct.Length > options.GridPoints)
        {
            double step = (options.UpperQuantile - options.LowerQuantile) / (options.GridPoints - 1);
            chosen = [.. Enumerable.Range(0, options.GridPoints)
                .Select(i => order[(int)Math.Round((options.LowerQuantile + (i * step)) * (order.Length - 1))]).DistinctBy(row => values[row])];
        }

        return new FeatureGrid(table, feature, chosen, [.. chosen.Select(row => Text(values[row]))], [.. chosen.Select(row => values[row])]);
    }

    private static FeatureGrid OfCategories(InputTable table, InputFeature feature, PartialDependenceOptions options, CancellationToken cancellationToken)
    {
        if (feature.Slot is not null)
            throw SchemaException.WrongType(feature.Column, "a vector of numbers", table.Rows.Schema[feature.Column].Type.ToString()!);
        var codes = new SplitSource(table.Rows, cancellationToken).Codes(feature.Column);
        var rows = codes.Codes.Index().Where(c => c.Item >= 0).GroupBy(c => c.Item)
            .Select(g => (Code: g.Key, Count: g.Count(), First: g.First().Index))
            .OrderByDescending(g => g.Count).ThenBy(g => g.Code).Take(options.MostCategories).OrderBy(g => g.Code).ToList();
        return rows.Count > 0
            ? new FeatureGrid(table, feature, [.. rows.Select(r => r.First)], [.. rows.Select(r => codes.Values[r.Code])], [])
            : throw new DataException($"Column '{feature.Name}' has no value in the rows to explain the model on.");
    }

    private static string Text(double value) => NumberFormat.Number(value);

    private sealed class ReadNumbers(ColumnBuffer column, int? slot) : IRawTypeVisitor<double[]>
    {
        public double[] Visit<T>()
        {
            var toDouble = NumberConversion.Of<T, double>();
            var numbers = new double[column.Count];
            if (column is ScalarColumn<T> scalars)
            {
                for (int row = 0; row < numbers.Length; row++)
                    numbers[row] = toDouble(scalars.Values[row]);
                return numbers;
            }

            var dense = (VectorColumn<T>)SlotMixer.Dense(column);
            for (int row = 0; row < numbers.Length; row++)
                numbers[row] = toDouble(dense.Values[(row * dense.Size) + slot!.Value]);
            return numbers;
        }
    }

    // The column with one value in all rows: of a scalar, or of a slot.
    private sealed class Constant(ColumnBuffer column, int? slot, double number) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            var value = (T)Convert.ChangeType(number, typeof(T), CultureInfo.InvariantCulture);
            if (slot is null)
            {
                var scalars = new ScalarColumn<T>(column.Type);
                scalars.Allocate(column.Count).Fill(value);
                return scalars;
            }

            var source = (VectorColumn<T>)SlotMixer.Dense(column);
            var vectors = new VectorColumn<T>((VectorDataViewType)column.Type);
            var values = vectors.AllocateDense(source.Count);
            source.Values.CopyTo(values);
            for (int row = 0; row < source.Count; row++)
                values[(row * source.Size) + slot.Value] = value;
            return vectors;
        }
    }
}
