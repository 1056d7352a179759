using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The label of the rows that the doctor looks at.</summary>
/// <param name="Name">The column.</param>
/// <param name="Classes">For classes: that of each row, from 0, −1 for none; empty for numbers.</param>
/// <param name="ClassNames">What the classes stand for.</param>
/// <param name="Targets">For numbers: that of each row, NaN for none; empty for classes.</param>
internal sealed record LabelSample(string Name, int[] Classes, IReadOnlyList<string> ClassNames, double[] Targets)
{
    // As the command line: more different numbers than these are quantities.
    private const int MostNumericClasses = 20;

    /// <summary>Whether there are classes.</summary>
    public bool HasClasses => Classes.Length > 0;

    /// <summary>The number of rows of each class.</summary>
    public int[] Counts { get; } = Count(Classes, ClassNames.Count);

    /// <summary>The number of rows with a label.</summary>
    public int Rows => HasClasses ? Counts.Sum() : Targets.Count(t => !double.IsNaN(t));

    /// <summary>Reads the label of a task.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="name">The raw column; null for none.</param>
    /// <param name="task">The task; null to tell by the values.</param>
    /// <returns>Null where there is none, or it can be no label.</returns>
    public static LabelSample? Of(TableSample table, string? name, LearningTask? task)
    {
        if (table.Find(name) is not { Count: > 0 } column || column.Kind == SampledKind.Time)
            return null;
        bool isQuantity = column.Kind == SampledKind.Number
            && (task is { } known ? known == LearningTask.Regression : column.Distinct > MostNumericClasses || !column.IsWhole);
        if (isQuantity)
            return new LabelSample(column.Name, [], [], column.Values);
        int[] classes = column.Codes();
        var names = new string[column.Distinct];
        foreach (int row in column.Order)
        {
            double value = column.Values[row];
            names[classes[row]] = column.Texts.Count > 0 ? column.Texts[(int)value] : FormattableString.Invariant($"{value}");
        }

        return new LabelSample(column.Name, classes, names, []);
    }

    private static int[] Count(int[] classes, int count)
    {
        var counts = new int[count];
        foreach (int c in classes)
        {
            if (c >= 0)
                counts[c]++;
        }

        return counts;
    }
}
