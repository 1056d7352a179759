using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The rows of a comparison in memory, with the label of the type that the task's trainers need in column Label.</summary>
internal sealed record PreparedData
{
    /// <summary>The column that all candidates learn from.</summary>
    public const string Label = "Label";

    public required IDataView View { get; init; }

    public required DataSummary Summary { get; init; }

    public required string Fingerprint { get; init; }

    public IReadOnlyList<string> BinaryClasses { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public static PreparedData Load(LearningTask task, IDataView view, ComparisonOptions options, FitContext context)
    {
        var cancellation = context.CancellationToken;
        var rows = InMemoryDataView.Load(view, cancellation);
        if (rows.GetRowCount() == 0)
            throw new DataException($"There are no rows in {view.Lineage.Source}.");
        var data = new PreparedData
        {
            View = rows,
            Summary = DataSummary.Of(rows, cancellation),
            Fingerprint = DataFingerprint.Compute(rows, cancellation),
        };
        if (options.LabelColumn is not { } name)
            return data;

        var label = LabelColumn.Inspect(rows, name, cancellation);
        if (label.Rows == 0)
            throw new DataException($"Label '{name}' is missing in every row.");
        if (label.Missing > 0)
        {
            rows = InMemoryDataView.Load(label.RowsWithLabel(rows), cancellation);
            data = data with
            {
                Notes = [string.Create(CultureInfo.InvariantCulture, $"{label.Missing} of {data.Summary.Rows} rows have no {name} and were left out.")],
            };
        }

        string? positive = options.PositiveLabel ?? (task == LearningTask.AnomalyDetection ? label.RarerClass : null);
        var step = task switch
        {
            LearningTask.Binary or LearningTask.AnomalyDetection => label.ToBoolean(Label, positive),
            LearningTask.Regression => label.ToSingle(Label),
            _ => label.ToKey(Label),
        };
        return data with
        {
            View = With(rows, step.Fit(rows, context).Transform(rows), cancellation),
            BinaryClasses = task is LearningTask.Binary or LearningTask.AnomalyDetection ? label.BinaryClasses(positive) : [],
        };
    }

    // The rows that are in memory already, and beside them the label alone, which is read now.
    private static InMemoryDataView With(InMemoryDataView rows, IDataView labelled, CancellationToken cancellationToken)
    {
        var column = labelled.Schema[Label];
        var label = ColumnBuffer.Create(column.Type);
        label.Clear();
        using (var cursor = labelled.GetBatchCursor([column], cancellationToken))
        {
            while (cursor.MoveNext())
                label.Append(cursor.Current[column.Index]);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumns(rows.Schema);
        schema.AddColumn(column.Detach());
        return new InMemoryDataView(schema.ToSchema(), [.. Enumerable.Range(0, rows.Schema.Count).Select(rows.GetColumn), label], labelled.Lineage);
    }
}
