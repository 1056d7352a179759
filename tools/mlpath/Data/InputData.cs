using System.Globalization;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Tool.Data;

/// <summary>The table that a command works on, and what is known of it in advance.</summary>
/// <param name="View">The rows, in memory.</param>
/// <param name="Summary">Its columns at a glance.</param>
/// <param name="Known">The description of a set that has a name; null for a file.</param>
/// <param name="Path">The file; null for a set that has a name.</param>
/// <param name="BadRows">What becomes of rows of a text file that do not fit.</param>
internal sealed record InputData(IDataView View, DataSummary Summary, DatasetInfo? Known, string? Path, BadRows BadRows)
{
    /// <summary>
    /// Loads a set by its name (<c>mnist:test</c> for a test part) or a file. A name that both have means the set, unless the set is a
    /// public one that is not on this machine; a path that looks like one (with a folder or an extension) means the file.
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">The name or the path.</param>
    /// <param name="badRows">What becomes of rows of a text file that do not fit.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="DataException">There is no such set or file, or it cannot be read, or it has no rows.</exception>
    public static InputData Load(MLContext ml, string data, BadRows badRows, CancellationToken cancellationToken)
    {
        bool isPath = data.AsSpan().IndexOfAny('/', '\\') >= 0 || System.IO.Path.HasExtension(data);
        var found = FindSet(data, isFile: isPath);
        if (found is null && !isPath && !System.IO.Path.Exists(data))
            throw new DataException(NeitherSetNorFile(data));
        var known = found?.Info;
        var view = found is var (set, part) ? ml.Data.LoadDataset(set.Name, part, cancellationToken: cancellationToken)
            : Files.Read(data, () => TableFile.IsDelimitedText(data)
                ? ml.Data.LoadFromTextFile(data, new TextFileOptions { BadRows = badRows }, cancellationToken)
                : TableFile.Read(ml, data, expected: null, cancellationToken));
        return view.GetRowCount() == 0
            ? throw new DataException($"{data} has no rows.")
            : new InputData(view, DataSummary.Of(view, cancellationToken), known, known is null ? data : null, badRows);
    }

    /// <summary>How many rows did not fit and what became of them, in a line; null where all fit.</summary>
    public string? BadRowsLine => View is IReportsBadRows { BadRowCount: > 0 and var count }
        ? (count == 1 ? "1 row does not fit the table and " : $"{NumberFormat.Integer(count)} rows do not fit the table and ")
            + (BadRows == BadRows.Skip ? (count == 1 ? "is left out." : "are left out.")
                : (count == 1 ? "has missing values in place of what does not fit." : "have missing values in place of what does not fit."))
        : null;

    /// <summary>
    /// The table with a column of truths as the texts they were written as, so that a class keeps its name: a file's yes and no are read as
    /// true and false. The table itself where the column is none, or was written in more than two ways.
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public InputData WithTruthsAsWritten(MLContext ml, string column, CancellationToken cancellationToken)
    {
        if (Path is null || !TableFile.IsDelimitedText(Path) || View.Schema[column].Type is not BooleanDataViewType)
            return this;
        var options = new TextFileOptions
        {
            BadRows = BadRows,
            Types = new Dictionary<string, DataViewType> { [column] = TextDataViewType.Instance },
        };
        var view = Files.Read(Path, () => ml.Data.LoadFromTextFile(Path, options, cancellationToken));
        var summary = DataSummary.Of(view, cancellationToken);
        return summary.Columns.First(c => c.Name == column).Distinct == 2 ? this with { View = view, Summary = summary } : this;
    }

    /// <summary>The set, and its part, that a name stands for; null where it is to be taken for a file.</summary>
    /// <param name="data">The name or the path.</param>
    /// <param name="isFile">Whether it looks like a path, and so means the file where there is one.</param>
    public static (DatasetInfo Info, DatasetPart Part)? FindSet(string data, bool isFile)
    {
        var found = DatasetRegistry.TryFindPart(data);
        if (found is not var (set, _) || !System.IO.Path.Exists(data))
            return found;
        return isFile || DatasetStore.FromEnvironment().Locate(set) == DatasetLocation.Nowhere ? null : found;
    }

    /// <summary>Whether the columns are called after their places, because their file has no header.</summary>
    /// <param name="schema">The columns.</param>
    public static bool IsNameless(DataViewSchema schema) =>
        schema.Count > 0 && schema.Index().All(c => c.Item.Name == string.Create(CultureInfo.InvariantCulture, $"Column{c.Index + 1}"));

    private static string NeitherSetNorFile(string data)
    {
        var names = DatasetRegistry.All.Select(i => i.Name).ToList();
        string hint = NearestName.Hint(data, names);
        return $"There is no file '{data}', and no data set of that name.{hint} {NearestName.List("The sets are", names)} See 'mlpath datasets'.";
    }
}
