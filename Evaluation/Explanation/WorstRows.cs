using System.Globalization;
using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>Which rows are shown.</summary>
public sealed record WorstRowsOptions
{
    /// <summary>The number of rows, 1 or more. Default 20.</summary>
    public int Count { get; init; } = 20;

    /// <summary>The label in the scored rows. Null only for clusters. Default "Label".</summary>
    public string? LabelColumn { get; init; } = "Label";

    /// <summary>The columns whose values are shown; null for all visible ones of the scored rows but vectors, keys of the label and predictions.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>For two classes: what the negative and the positive one stand for; empty, the default, for false and true.</summary>
    public IReadOnlyList<string> BinaryClasses { get; init; } = [];
}

/// <summary>A row with its prediction and how wrong that is.</summary>
/// <param name="Index">The row's position in the data.</param>
/// <param name="Truth">What it is.</param>
/// <param name="Prediction">What it was predicted to be, with the probability where there is one.</param>
/// <param name="Loss">How wrong that is; the unit depends on the task.</param>
/// <param name="Values">Its values, one for each of <see cref="WorstRows.Columns"/>.</param>
public sealed record WorstRow(int Index, string Truth, string Prediction, double Loss, IReadOnlyList<string> Values);

/// <summary>The rows that a model is most wrong about: wrong labels, rare cases and missing inputs are found among them.</summary>
public sealed record WorstRows
{
    private const int MostColumns = 12;

    /// <summary>What the loss is.</summary>
    public required string LossName { get; init; }

    /// <summary>The columns whose values are shown.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The rows, the worst first; equal ones in the order of the data.</summary>
    public required IReadOnlyList<WorstRow> Rows { get; init; }

    internal static WorstRows Compute(LearningTask task, IDataView scored, WorstRowsOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scored);
        options ??= new();
        if (task == LearningTask.Ranking)
            throw new OptionException("A row of a ranking is right or wrong only beside the others of its group, so it has no loss of its own.");
        var rows = TaskEvaluation.Read(task, scored, options.LabelColumn, features: null, cancellationToken);
        return Of(rows, scored, options, cancellationToken);
    }

    internal static WorstRows Of(ScoredRows rows, IDataView scored, WorstRowsOptions options, CancellationToken cancellationToken)
    {
        if (options.Count < 1)
            throw new OptionException($"Option Count is {options.Count}; expected 1 or more.");
        double[] losses = RowLosses.Of(rows);
        int[] worst = [.. Enumerable.Range(0, losses.Length).Where(row => !double.IsNaN(losses[row])).OrderByDescending(row => losses[row]).Take(options.Count)];
        string[] names = [.. options.Columns ?? [.. Shown(scored.Schema, options.LabelColumn)]];
        var columns = names.Select(name => scored.Schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, scored.Schema.VisibleNames)).ToList();
        var texts = CellTexts.Read(scored, columns, worst, cancellationToken);
        return new WorstRows
        {
            LossName = RowLosses.NameOf(rows),
            Columns = names,
            Rows = [.. worst.Select((row, i) => new WorstRow(row, Truth(rows, row, options), Prediction(rows, row, options), losses[row], texts[i]))],
        };
    }

    /// <summary>The rows as a table.</summary>
    public TableSection ToSection()
    {
        int shown = Math.Min(MostColumns, Columns.Count);
        return new TableSection("The rows that are most wrong",
            [new("Row", ValueKind.Integer), new("Truth"), new("Prediction"), new(LossName, ValueKind.Number), .. Columns.Take(shown).Select(c => new TableColumn(c))],
            [.. Rows.Select(r => new TableRow([r.Index, r.Truth, r.Prediction, r.Loss, .. r.Values.Take(shown).Select(TableCell.FromString)]))])
        {
            Explanation = "Look for wrong labels, rare cases and missing inputs. Rows are counted from 0.",
            Sortable = true,
        };
    }

    private static IEnumerable<string> Shown(DataViewSchema schema, string? label) => schema
        .Where(c => !c.IsHidden && c.Type is not VectorDataViewType && c.Name != label && !PredictionOutput.ColumnNames.Contains(c.Name)).Select(c => c.Name);

    private static string Truth(ScoredRows rows, int row, WorstRowsOptions options) => rows.Task switch
    {
        LearningTask.Binary or LearningTask.AnomalyDetection => ClassName(rows.Targets[row] > 0, options),
        LearningTask.Multiclass => ClassName(rows, rows.Classes[row]),
        LearningTask.Regression => Number(rows.Targets[row]),
        _ => rows.Classes.IsEmpty ? "" : ClassName(rows, rows.Classes[row]),
    };

    private static string Prediction(ScoredRows rows, int row, WorstRowsOptions options)
    {
        switch (rows.Task)
        {
            case LearningTask.Binary:
                bool isPositive = rows.Scores[row] > 0;
                if (rows.Probabilities.IsEmpty)
                    return $"{ClassName(isPositive, options)} (score {Number(rows.Scores[row])})";
                double p = rows.Probabilities[row];
                return $"{ClassName(isPositive, options)} ({NumberFormat.Percent(isPositive ? p : 1 - p)})";
            case LearningTask.Multiclass:
                var scores = rows.Scores.Slice(row * rows.ScoreWidth, rows.ScoreWidth);
                int best = RowLosses.Best(scores);
                return RowLosses.AreProbabilities(scores) ? $"{ClassName(rows, best)} ({NumberFormat.Percent(scores[best])})" : ClassName(rows, best);
            case LearningTask.AnomalyDetection:
                return $"{ClassName(rows.Predicted[row], options)} (score {Number(rows.Scores[row])})";
            case LearningTask.Regression:
                return Number(rows.Scores[row]);
            default:
                return $"cluster {rows.Clusters[row] + 1}";
        }
    }

    private static string ClassName(bool positive, WorstRowsOptions options) =>
        options.BinaryClasses is [var no, var yes] ? (positive ? yes : no) : positive ? "true" : "false";

    private static string ClassName(ScoredRows rows, int c) => c >= 0 && c < rows.ClassNames.Count ? rows.ClassNames[c] : "another class";

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

/// <summary>Values of a few rows as texts.</summary>
internal static class CellTexts
{
    private const int MostItems = 4;

    /// <summary>Reads rows in one pass.</summary>
    /// <returns>For each of the rows, in the order given, a text for each column.</returns>
    public static IReadOnlyList<string>[] Read(IDataView view, IReadOnlyList<DataViewSchema.Column> columns, int[] rows, CancellationToken cancellationToken)
    {
        var place = rows.Index().ToDictionary(r => (long)r.Item, r => r.Index);
        var texts = new string[rows.Length][];
        var readers = columns.Select(c => (c.Index, Read: c.Type.Accept(new Reader(c)))).ToList();
        using var cursor = view.GetBatchCursor(columns, cancellationToken);
        for (int found = 0; found < rows.Length && cursor.MoveNext();)
        {
            var batch = cursor.Current;
            for (int i = 0; i < batch.Count; i++)
            {
                if (!place.TryGetValue(batch.Position + i, out int at))
                    continue;
                texts[at] = [.. readers.Select(r => r.Read(batch[r.Index], i))];
                found++;
            }
        }

        return texts;
    }

    private sealed class Reader(DataViewSchema.Column column) : IRawTypeVisitor<Func<ColumnBuffer, int, string>>
    {
        private readonly IReadOnlyList<string>? _keys = column.Type.KeyCount is > 0 and < 1_000_000 ? column.KeyValueTexts() : null;

        public Func<ColumnBuffer, int, string> Visit<T>()
        {
            if (column.Type is not VectorDataViewType)
                return (buffer, row) => Text(((ScalarColumn<T>)buffer).Values[row]);
            return (buffer, row) =>
            {
                VBuffer<T> vector = default;
                ((VectorColumn<T>)buffer).GetRow(row, ref vector);
                string first = string.Join(", ", vector.DenseValues().Take(MostItems).Select(Text));
                return vector.Length > MostItems ? $"[{first}, … {vector.Length - MostItems} more]" : $"[{first}]";
            };
        }

        private string Text<T>(T value) => value switch
        {
            float.NaN or double.NaN => "",
            float number => number.ToString("G6", CultureInfo.InvariantCulture),
            double number => number.ToString("G6", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            ReadOnlyMemory<char> text => text.ToString(),
            IConvertible key when _keys is not null => Key(key.ToUInt64(CultureInfo.InvariantCulture)),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };

        private string Key(ulong key) => key == 0 || key > (ulong)_keys!.Count ? "" : _keys[(int)key - 1];
    }
}
