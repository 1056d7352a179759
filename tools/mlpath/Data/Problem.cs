using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Output;

namespace MLPath.Tool.Data;

/// <summary>What is to be learned from a table: the label and the task, and by which rule each was chosen.</summary>
/// <param name="Task">The task.</param>
/// <param name="Label">The column to learn, or of known classes to measure clusters against; null for clustering without.</param>
/// <param name="LabelLine">The label and its rule, in a line.</param>
/// <param name="TaskLine">The task and its rule, in a line.</param>
internal sealed record Problem(LearningTask Task, string? Label, string LabelLine, string TaskLine)
{
    /// <summary>The columns that are no features because they tell the answer.</summary>
    public IReadOnlyList<string> HeldBack { get; private init; } = Label is null ? [] : [Label];

    // More classes than this are most often a column of numbers or names taken for a label.
    private const int MostClasses = 1000;

    // Few whole numbers stand for classes, as in digits; many, or fractions, are quantities.
    private const int MostNumericClasses = 20;
    private const double MostDistinctShare = 0.05;

    private static readonly string[] LabelNames = ["label", "target", "class", "y", "outcome"];

    /// <summary>Finds label and task.</summary>
    /// <param name="data">The table.</param>
    /// <param name="label">The label asked for; null to find it.</param>
    /// <param name="task">The task asked for; null to find it.</param>
    /// <param name="otherRoles">Columns with another role (groups, folds), which are no labels.</param>
    /// <param name="cancellationToken">Ends the passes early.</param>
    /// <exception cref="SchemaException">There is no such column, or it is no label for the task.</exception>
    /// <exception cref="DataException">The label cannot be learned: one class only, or far too many.</exception>
    public static Problem Infer(
        InputData data, string? label, LearningTask? task, IReadOnlyCollection<string> otherRoles, CancellationToken cancellationToken)
    {
        if (FindLabel(data, label, task, otherRoles) is not ({ } column, var rule))
            return new Problem(LearningTask.Clustering, null, "Label: none; clusters are measured by their geometry.", "Task: clustering, as asked.");
        var profile = LabelProfile.Of(data.View, column, cancellationToken);
        if (profile.Labelled == 0)
            throw new DataException($"The label '{column.Name}' is missing in all {NumberFormat.Integer(profile.Rows)} rows. Choose another column with --label.");
        string labelLine = $"Label: {column.Name} ({rule}).";
        if (task == LearningTask.Clustering && label is null && !HasClasses(profile))
        {
            return new Problem(LearningTask.Clustering, null, $"Label: {column.Name} is a quantity and left out; clusters are measured by their geometry.", "Task: clustering, as asked.")
            {
                HeldBack = [column.Name],
            };
        }

        if (task is { } asked)
        {
            Check(profile, asked);
            return new Problem(asked, column.Name, labelLine, $"Task: {TaskNames.InWords(asked)}, as asked.");
        }

        var (inferred, because) = InferTask(profile);
        Check(profile, inferred);
        return new Problem(inferred, column.Name, labelLine, $"Task: {TaskNames.InWords(inferred)}, because {column.Name} is {because}; --task chooses another.");
    }

    private static (DataViewSchema.Column Column, string Rule)? FindLabel(
        InputData data, string? label, LearningTask? task, IReadOnlyCollection<string> otherRoles)
    {
        var schema = data.View.Schema;
        if (label is not null)
        {
            var column = schema.GetColumnOrNull(label) ?? throw SchemaException.MissingColumn(label, schema.VisibleNames, "label column");
            return otherRoles.Contains(label)
                ? throw new UsageException($"Column '{label}' cannot be the label and hold groups or folds as well.")
                : (column, "as asked");
        }

        if (data.Known is { } set)
            return (schema[set.LabelColumn], "as the data set says; --label chooses another");
        var candidates = schema.Where(c => !c.IsHidden && !otherRoles.Contains(c.Name)).ToList();
        foreach (string name in LabelNames)
        {
            if (candidates.FindIndex(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var i)
                return (candidates[i], "by its name; --label chooses another");
        }

        // Data to be clustered have no label most often: the last column is then a feature like the others.
        return task == LearningTask.Clustering || candidates.Count == 0
            ? null
            : (candidates[^1], "the last column; --label chooses another");
    }

    private static (LearningTask Task, string Because) InferTask(LabelProfile label)
    {
        string distinct = NumberFormat.Integer(label.Distinct);
        var classes = label.Distinct <= 2 ? LearningTask.Binary : LearningTask.Multiclass;
        if (!label.IsNumber || label.Distinct <= 2)
            return (classes, $"{label.Kind} with {distinct} different value{(label.Distinct == 1 ? "" : "s")}");
        return HasClasses(label)
            ? (LearningTask.Multiclass, $"{label.Kind} with only {distinct} different values in {NumberFormat.Integer(label.Labelled)} rows")
            : (LearningTask.Regression, $"{label.Kind} with {distinct} different values");
    }

    private static bool HasClasses(LabelProfile label) => !label.IsNumber || label.Distinct <= 2
        || (label.AreWhole && label.Distinct <= MostNumericClasses && label.Distinct <= MostDistinctShare * label.Labelled);

    private static void Check(LabelProfile label, LearningTask task)
    {
        string name = label.Column.Name;
        if (label.Infinite > 0)
            throw new DataException($"The label '{name}' is infinite (±∞) in some rows. Correct or remove them.");
        switch (task)
        {
            case LearningTask.Regression when !label.IsNumber:
                throw SchemaException.WrongType(name, "a number for regression", $"{label.Kind} ({label.Column.Type})", "Choose another label with --label, or another --task.");
            case LearningTask.Binary or LearningTask.Multiclass when label.Distinct == 1:
                throw new DataException(
                    $"The label '{name}' has one value in all {NumberFormat.Integer(label.Labelled)} rows, so there is nothing to tell apart. Choose another column with --label.");
            case LearningTask.Binary when label.Distinct > 2:
                throw new UsageException(
                    $"Binary classification tells 2 classes apart, and '{name}' has {NumberFormat.Integer(label.Distinct)}. Use --task multiclass, or another --label.");
            case LearningTask.Multiclass or LearningTask.Clustering when label.Distinct > MostClasses:
                throw new DataException(
                    $"The label '{name}' has {NumberFormat.Integer(label.Distinct)} different values in {NumberFormat.Integer(label.Labelled)} rows, too many for classes (at most {NumberFormat.Integer(MostClasses)}). "
                    + $"Choose another column with --label{(label.IsNumber ? ", or --task regression" : "")}.");
            default:
                break;
        }
    }
}
