using System.Globalization;
using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Output;

namespace MLPath.Tool.Data;

/// <summary>What is to be learned from a table, and by which rule that was chosen.</summary>
/// <param name="Data">The table, with a label of yes and no as it was written.</param>
/// <param name="Task">The task.</param>
/// <param name="Label">The column to learn, or of known classes to measure clusters, or anomalies, against; null where those are found without.</param>
/// <param name="LabelLine">The label and its rule, in a line.</param>
/// <param name="TaskLine">The task and its rule, in a line.</param>
internal sealed record Problem(InputData Data, LearningTask Task, LabelColumn? Label, string LabelLine, string TaskLine)
{
    // More classes than this are most often names or quantities taken for a label.
    private const int MostClasses = 1000;

    // Few whole numbers stand for classes, as in digits; many, or fractions, are quantities.
    private const int MostNumericClasses = 20;
    private const double MostDistinctShare = 0.05;

    private const string NumberOfClusters = "NumberOfClusters";

    private const string Other = "Choose another column with --label.";

    private static readonly string[] LabelNames = ["label", "target", "class", "y", "outcome"];

    /// <summary>The columns that are no features because they tell the answer.</summary>
    public IReadOnlyList<string> HeldBack { get; private init; } = Label is null ? [] : [Label.Name];

    /// <summary>For clustering beside known classes: as many clusters as classes, which the user's settings may change.</summary>
    /// <param name="trainer">The algorithm's factory.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Defaults(TrainerFactory trainer) =>
        Task == LearningTask.Clustering && Label is { } classes && trainer.Options.Any(o => o.Name == NumberOfClusters)
            ? [new(NumberOfClusters, classes.Classes.Count.ToString(CultureInfo.InvariantCulture))]
            : [];

    /// <summary>What was inferred, a line each.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            yield return LabelLine;
            yield return TaskLine;
            if (Task == LearningTask.AnomalyDetection && Label is { } kinds)
                yield return $"Anomalies: the rows whose {kinds.Name} is '{kinds.RarerClass}', the rarer value; they are measured against, never learned from.";
            if (Task == LearningTask.Clustering && Label is { } classes)
                yield return $"Clusters: {classes.Classes.Count}, as many as {classes.Name} has values, where an algorithm is told their number.";
        }
    }

    /// <summary>Finds label and task.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">The table.</param>
    /// <param name="label">The label asked for; null to find it.</param>
    /// <param name="task">The task asked for; null to find it.</param>
    /// <param name="otherRoles">Columns with another role (groups, folds), which are no labels.</param>
    /// <param name="cancellationToken">Ends the passes early.</param>
    /// <exception cref="SchemaException">There is no such column, or it is no label for the task.</exception>
    /// <exception cref="DataException">The label cannot be learned: one class only, or far too many.</exception>
    public static Problem Infer(
        MLContext ml, InputData data, string? label, LearningTask? task, IReadOnlyCollection<string> otherRoles,
        CancellationToken cancellationToken)
    {
        if (FindLabel(data, label, task, otherRoles) is not ({ } name, var rule))
            return Unlabelled(data, task, "Label: none", []);
        if (task != LearningTask.Regression)
            data = data.WithTruthsAsWritten(ml, name, cancellationToken);
        var column = LabelColumn.Inspect(data.View, name, cancellationToken);
        if (task == LearningTask.Clustering && label is null && !HasClasses(column))
            return Unlabelled(data, task, $"Label: {name} is a quantity and left out", [name]);
        if (task == LearningTask.AnomalyDetection && label is null && (column.HasTooManyClasses || column.Classes.Count != 2))
            return Unlabelled(data, task, $"Label: {name} has {Different(column)}, not two, and is left out", [name]);

        var stated = data.Known?.LabelColumn == name ? data.Known.Task : null;
        var (inferred, because) = InferTask(column);
        var chosen = task ?? stated ?? inferred;
        Check(column, data.Summary, chosen);
        string why = task is not null ? "as asked"
            : chosen == stated && chosen != inferred ? "as the data set says; --task chooses another"
            : $"because {name} is {because}; --task chooses another";
        return new Problem(data, chosen, column, $"Label: {name} ({rule}).", $"Task: {TaskNames.InWords(chosen)}, {why}.");
    }

    // Clusters and anomalies are found without a label; only where they are to be measured does one help.
    private static Problem Unlabelled(InputData data, LearningTask? task, string label, IReadOnlyList<string> heldBack) => task == LearningTask.AnomalyDetection
        ? new Problem(data, LearningTask.AnomalyDetection, null, $"{label}; anomalies are found without one.", "Task: anomaly detection, as asked.") { HeldBack = heldBack }
        : new Problem(data, LearningTask.Clustering, null, $"{label}; clusters are measured by their geometry.", "Task: clustering, as asked.") { HeldBack = heldBack };

    private static (string Name, string Rule)? FindLabel(
        InputData data, string? label, LearningTask? task, IReadOnlyCollection<string> otherRoles)
    {
        var schema = data.View.Schema;
        if (label is not null)
        {
            if (schema.GetColumnOrNull(label) is null)
                throw SchemaException.MissingColumn(label, schema.VisibleNames, "label column");
            return otherRoles.Contains(label)
                ? throw new UsageException($"Column '{label}' cannot be the label and hold groups or folds as well.")
                : (label, "as asked");
        }

        if (data.Known is { LabelColumn: { } known })
            return (known, "as the data set says; --label chooses another");
        var candidates = schema.VisibleNames.Where(c => !otherRoles.Contains(c)).ToList();
        foreach (string usual in LabelNames)
        {
            if (candidates.Find(c => c.Equals(usual, StringComparison.OrdinalIgnoreCase)) is { } found)
                return (found, "by its name; --label chooses another");
        }

        // Data to be clustered, or to be searched for anomalies, have no label most often: the last column is then a feature like the others.
        return task is LearningTask.Clustering or LearningTask.AnomalyDetection || candidates.Count == 0
            ? null
            : (candidates[^1], "the last column; --label chooses another");
    }

    private static (LearningTask Task, string Because) InferTask(LabelColumn label)
    {
        string distinct = Different(label);
        string kind = label.Type switch
        {
            NumberDataViewType => label.AreWholeNumbers ? "a whole number" : "a number",
            TextDataViewType => "text",
            BooleanDataViewType => "true or false",
            KeyDataViewType => "a category",
            var other => $"{other}",
        };
        if (!HasClasses(label))
            return (LearningTask.Regression, $"{kind} with {distinct}");
        if (!label.HasTooManyClasses && label.Classes.Count <= 2)
            return (LearningTask.Binary, $"{kind} with {distinct}");
        string few = label.IsNumber ? $"only {distinct} in {Count(label.Rows, "row")}" : distinct;
        return (LearningTask.Multiclass, $"{kind} with {few}");
    }

    private static bool HasClasses(LabelColumn label)
    {
        double most = Math.Min(MostNumericClasses, MostDistinctShare * label.Rows);
        return !label.IsNumber || (!label.HasTooManyClasses && (label.Classes.Count <= 2 || (label.AreWholeNumbers && label.Classes.Count <= most)));
    }

    private static void Check(LabelColumn label, DataSummary summary, LearningTask task)
    {
        if (label.Type is not (NumberDataViewType or TextDataViewType or BooleanDataViewType or KeyDataViewType))
            throw SchemaException.WrongType(label.Name, "text, a number, true or false as the label", label.Type.ToString()!, Other);
        int classes = label.HasTooManyClasses ? LabelColumn.MostClasses + 1 : label.Classes.Count;
        string rows = Count(label.Rows, "row");
        if (classes == 0)
            throw new DataException($"The label '{label.Name}' is missing in all {Count(label.Missing, "row")}. {Other}");
        if (summary.Columns.First(c => c.Name == label.Name).Infinite is > 0 and var infinite)
            throw new DataException($"The label '{label.Name}' is infinite (±∞) in {Count(infinite, "row")}. Correct or remove them.");
        switch (task)
        {
            case LearningTask.Regression when !label.IsNumber:
                throw SchemaException.WrongType(
                    label.Name, "a number for regression", label.Type.ToString()!, "Choose another --label or --task.");
            case LearningTask.Binary or LearningTask.Multiclass or LearningTask.AnomalyDetection when classes == 1:
                throw new DataException(
                    $"The label '{label.Name}' has one value, '{label.Classes[0]}', in all {rows}: there is nothing to tell apart. {Other}");
            case LearningTask.Binary when classes > 2:
                throw new UsageException(
                    $"Binary classification tells 2 classes apart, and '{label.Name}' has {Different(label)}. "
                    + "Use --task multiclass, or another --label.");
            case LearningTask.AnomalyDetection when classes > 2:
                throw new UsageException(
                    $"A row is an anomaly or not, and '{label.Name}' has {Different(label)}. Name a column of two values with --label; "
                    + "the rarer one stands for the anomalies.");
            case LearningTask.Multiclass or LearningTask.Clustering when classes > MostClasses:
                throw new DataException(
                    $"The label '{label.Name}' has {Different(label)} in {rows}, too many for classes "
                    + $"(at most {NumberFormat.Integer(MostClasses)}). {Other}{(label.IsNumber ? " Numbers suit --task regression." : "")}");
            default:
                break;
        }
    }

    private static string Different(LabelColumn label) => label.HasTooManyClasses
        ? $"more than {NumberFormat.Integer(LabelColumn.MostClasses)} different values"
        : Count(label.Classes.Count, "different value");

    private static string Count(long count, string noun) => $"{NumberFormat.Integer(count)} {noun}{(count == 1 ? "" : "s")}";
}
