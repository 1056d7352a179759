namespace MLPath.Evaluation;

/// <summary>Columns of one value.</summary>
internal sealed class ConstantColumnsCheck() : DoctorCheck(
    "constant-columns", "A column that says nothing",
    "Columns that hold the same value in every row. Single slots of vectors, such as the corners of images, are not told.",
    "Leave the column out, or find out why it never changes: a filter, a join or a unit that was lost.")
{
    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        // Where some rows have no value, that says something.
        var constant = subject.Features.GroupBy(c => c.Source).Where(slots => slots.All(c => c.Distinct == 1 && c.Missing == 0)).Select(slots => slots.Key).ToList();
        // The few rows that a model is measured on may well have one value.
        if (constant.Count > 0 && subject is { Table.Rows: > 1, Evaluation: null })
            yield return Found(DiagnosisSeverity.Warning, $"{Listed(constant)} {(constant.Count == 1 ? "has" : "have")} the same value in every row.", constant);
    }
}

/// <summary>Columns without values.</summary>
internal sealed class EmptyColumnsCheck() : DoctorCheck(
    "empty-columns", "A column without values",
    "Columns that are missing in every row.",
    "Leave the column out, or mend the reading of it: a column that was renamed, or that was to be joined.")
{
    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        var empty = subject.Features.GroupBy(c => c.Source).Where(slots => slots.All(c => c.Count == 0)).Select(slots => slots.Key).ToList();
        if (empty.Count > 0 && subject.Table.Rows > 0)
            yield return Found(DiagnosisSeverity.Warning, $"{Listed(empty)} {(empty.Count == 1 ? "is" : "are")} missing in every row.", empty);
    }
}

/// <summary>Columns that name the row.</summary>
internal sealed class IdentifierCheck() : DoctorCheck(
    "identifier-feature", "An identifier as a feature",
    "Columns that name the row and so say nothing of rows to come: short texts of which at least 95 % occur once, and whole numbers that all differ and count "
    + "the rows up, lie without gaps, or are called an id. From 20 rows on.",
    "Leave the column out of the features; use it to find rows again, or to keep rows that belong together in one fold.")
{
    // Below, values may well differ by chance.
    private const int FewestRows = 20;

    // A few rows that are in the table twice do not hide an identifier.
    private const double DistinctShare = 0.95;

    // Longer texts are sentences, which differ from row to row and say something.
    private const double MostWords = 3;

    // Of numbers drawn by chance, as many as rows, all different, from a range less than twice as wide: hardly ever from 20 rows on.
    private const double WidestRange = 2;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        var names = subject.Features.Where(c => !c.IsSlot && IsIdentifier(c, subject.Table)).Select(c => c.Name).ToList();
        if (names.Count > 0)
        {
            yield return Found(DiagnosisSeverity.Warning,
                $"{Listed(names)} {(names.Count == 1 ? "names" : "name")} the row: {(names.Count == 1 ? "its" : "their")} values are all or nearly all different.", names);
        }
    }

    private static bool IsIdentifier(SampledColumn column, TableSample table)
    {
        if (column.Count < FewestRows)
            return false;
        if (column.Kind == SampledKind.Category)
            return column.Words is > 0 and < MostWords && column.Distinct >= DistinctShare * column.Count;
        if (!column.IsWhole || column.Distinct < column.Count)
            return false;
        double inTable = (double)column.Count * table.Rows / table.Picked.Length;
        return IsCalledId(column.Name) || CountsUp(column) || column.Greatest - column.Least < WidestRange * inTable;
    }

    private static bool CountsUp(SampledColumn column)
    {
        int[] order = column.Order;
        for (int i = 1; i < order.Length; i++)
        {
            if (order[i] < order[i - 1])
                return false;
        }

        return true;
    }

    // "id", "patient_id", "PatientId", "ID"; not "humid".
    private static bool IsCalledId(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("-id", StringComparison.OrdinalIgnoreCase) || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal);
}
