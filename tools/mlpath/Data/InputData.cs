using System.Globalization;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath.Tool.Data;

/// <summary>The table that a command works on, and what is known of it in advance.</summary>
/// <param name="View">The rows, in memory.</param>
/// <param name="Summary">Its columns at a glance.</param>
/// <param name="Known">The description of an embedded set; null for a file.</param>
/// <param name="Path">The file; null for an embedded set.</param>
internal sealed record InputData(IDataView View, DataSummary Summary, DatasetInfo? Known, string? Path)
{
    /// <summary>
    /// Loads an embedded set or a file. A name that both have means the set; a path that looks like one (with a folder or an extension)
    /// means the file.
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">The name or the path.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="DataException">There is no such set or file, or it cannot be read, or it has no rows.</exception>
    public static InputData Load(MLContext ml, string data, CancellationToken cancellationToken)
    {
        bool isPath = data.AsSpan().IndexOfAny('/', '\\') >= 0 || System.IO.Path.HasExtension(data);
        var known = isPath && System.IO.Path.Exists(data) ? null : EmbeddedDatasets.TryFind(data);
        if (known is null && !isPath && !System.IO.Path.Exists(data))
            throw new DataException(NeitherSetNorFile(data));
        var view = known is not null ? ml.Data.LoadDataset(known.Name)
            : Files.Read(data, () => TableFile.IsDelimitedText(data)
                ? ml.Data.LoadFromTextFile(data, cancellationToken: cancellationToken)
                : TableFile.Read(ml, data, expected: null, cancellationToken));
        return view.GetRowCount() == 0
            ? throw new DataException($"{data} has no rows.")
            : new InputData(view, DataSummary.Of(view, cancellationToken), known, known is null ? data : null);
    }

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
        var options = new TextFileOptions { Types = new Dictionary<string, DataViewType> { [column] = TextDataViewType.Instance } };
        var view = Files.Read(Path, () => ml.Data.LoadFromTextFile(Path, options, cancellationToken));
        var summary = DataSummary.Of(view, cancellationToken);
        return summary.Columns.First(c => c.Name == column).Distinct == 2 ? this with { View = view, Summary = summary } : this;
    }

    /// <summary>Whether the columns are called after their places, because their file has no header.</summary>
    /// <param name="schema">The columns.</param>
    public static bool IsNameless(DataViewSchema schema) =>
        schema.Count > 0 && schema.Index().All(c => c.Item.Name == string.Create(CultureInfo.InvariantCulture, $"Column{c.Index + 1}"));

    private static string NeitherSetNorFile(string data)
    {
        var names = EmbeddedDatasets.All.Select(i => i.Name).ToList();
        string hint = NearestName.Hint(data, names);
        return $"There is no file '{data}', and no embedded data set of that name.{hint} {NearestName.List("The sets are", names)}";
    }
}
