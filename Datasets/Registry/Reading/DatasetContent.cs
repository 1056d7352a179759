using MLPath.Data;

namespace MLPath.Datasets.Registry.Reading;

/// <summary>Reads the files of a data set as the columns that its description states.</summary>
internal delegate IDataView DatasetReader(DatasetContent content);

/// <summary>What a reader works on.</summary>
/// <param name="Info">The set's description.</param>
/// <param name="Part">The part to read.</param>
/// <param name="PathOf">Gives the path of a file of the set by its name.</param>
/// <param name="CancellationToken">Ends the reading early.</param>
internal sealed record DatasetContent(DatasetInfo Info, DatasetPart Part, Func<string, string> PathOf, CancellationToken CancellationToken)
{
    /// <summary>What the view's lineage calls the source.</summary>
    public string Source => Part == DatasetPart.Test ? $"{Info.Name}:test" : Info.Name;

    /// <summary>A table in memory with the columns of the description.</summary>
    public InMemoryDataView View(IReadOnlyList<ColumnBuffer> columns)
    {
        InMemoryDataView? view = null;
        return view = new InMemoryDataView(Info.Schema, columns, DataLineage.Of(Source, () => DataFingerprint.Compute(view!)));
    }

    /// <summary>A table of texts, a column for each.</summary>
    public InMemoryDataView TextView(params IReadOnlyList<IReadOnlyList<string>> columns) => View([.. columns.Select(TextColumn)]);

    /// <summary>A column of texts.</summary>
    public static ColumnBuffer TextColumn(IReadOnlyList<string> texts)
    {
        var column = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var to = column.Allocate(texts.Count);
        for (int i = 0; i < to.Length; i++) to[i] = texts[i].AsMemory();
        return column;
    }
}
