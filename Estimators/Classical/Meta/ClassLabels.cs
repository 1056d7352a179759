using System.Globalization;
using MLPath.Calibrators;
using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>The classes of a view's rows, and views of the same rows in which the label asks for one class.</summary>
internal sealed class ClassLabels
{
    private readonly IDataView _data;
    private readonly int[] _classes; // −1 where the label is missing
    private readonly string _label;

    private ClassLabels(IDataView data, string label, int[] classes, IReadOnlyList<string> names)
    {
        (_data, _label, _classes, Names) = (data, label, classes, names);
        Counts = new int[names.Count];
        foreach (int c in classes)
        {
            if (c >= 0)
                Counts[c]++;
        }
    }

    /// <summary>What each class stands for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many rows each class has.</summary>
    public int[] Counts { get; }

    /// <summary>Reads a key label.</summary>
    /// <exception cref="DataException">A key is out of range, fewer than two classes have rows, or the label looks like an identifier.</exception>
    public static ClassLabels Read(IDataView data, string label, FitContext context)
    {
        var column = data.Schema[label];
        var classes = new List<int>();
        int k = column.Type.KeyCount <= int.MaxValue ? (int)column.Type.KeyCount : throw SchemaException.WrongType(label, "a key label of at most 2³¹ classes", column.Type.ToString()!);
        using var cursor = data.GetBatchCursor([column], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            for (int i = 0; i < cursor.Current.Count; i++)
            {
                int c = LabelKeys.Class(cursor.Current[column.Index], i);
                classes.Add(c < k ? c : throw new DataException(string.Create(CultureInfo.InvariantCulture,
                    $"Row {classes.Count}: label '{label}' is {c + 1}; its type promises 1 to {k}.")));
            }
        }

        var labels = new ClassLabels(data, label, [.. classes], column.KeyValueTexts());
        labels.Check();
        return labels;
    }

    /// <summary>The rows, labelled by whether they are of a class.</summary>
    /// <param name="positive">The class.</param>
    /// <param name="missingIsNegative">Whether rows without a label are negative ones; they are left out otherwise.</param>
    /// <param name="context">Cancellation.</param>
    public IDataView OneAgainstAll(int positive, bool missingIsNegative, FitContext context) =>
        Labelled(c => c == positive, c => c >= 0 || missingIsNegative, $"'{Names[positive]}' or not", context);

    /// <summary>The rows of two classes, labelled by whether they are of the first.</summary>
    /// <param name="positive">The first class.</param>
    /// <param name="negative">The second class.</param>
    /// <param name="missingIsNegative">Whether rows without a label are of the second class; they are left out otherwise.</param>
    /// <param name="context">Cancellation.</param>
    public IDataView OneAgainstOne(int positive, int negative, bool missingIsNegative, FitContext context) =>
        Labelled(c => c == positive, c => c == positive || c == negative || (c < 0 && missingIsNegative), $"'{Names[positive]}' or '{Names[negative]}'", context);

    private IDataView Labelled(Func<int, bool> isPositive, Func<int, bool> isTaken, string description, FitContext context)
    {
        int[] taken = [.. Enumerable.Range(0, _classes.Length).Where(row => isTaken(_classes[row]))];
        var rows = taken.Length == _classes.Length ? _data : RowSubset.View(_data, taken, description);
        return ReplacedColumn.View(rows, new(_label, BooleanDataViewType.Instance), description, context, (old, position, made) =>
        {
            var labels = ((ScalarColumn<bool>)made).Allocate(old.Count);
            for (int i = 0; i < labels.Length; i++)
                labels[i] = isPositive(_classes[taken[position + i]]);
        });
    }

    private void Check()
    {
        int k = Names.Count, rows = Counts.Sum(), present = Counts.Count(n => n > 0);
        if (k >= TrainerChecks.IdentifierClassCount && k > rows / 2)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"The label '{_label}' has {k} classes for {rows} rows. It looks like an identifier, which cannot be learned. Choose another label."));
        }

        if (present < 2)
        {
            string found = present == 1 ? $"one class only: {Names[Array.FindIndex(Counts, n => n > 0)]}" : "no classes";
            throw new DataException($"The label '{_label}' has {found}; the trainer needs two. Look at how the rows were chosen, or choose another label.");
        }
    }
}
