using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>A table in text files: the files, and how they become columns.</summary>
/// <param name="Inputs">The files, read one after the other.</param>
/// <param name="Preamble">What precedes the rows in each of them.</param>
/// <param name="Plan">How rows become columns.</param>
internal sealed record TextTable(IReadOnlyList<TextInput> Inputs, Preamble Preamble, TablePlan Plan)
{
    /// <summary>The names that every file's header must have; null where headers are not compared.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The table ends after so many rows; null for all.</summary>
    public long? MaxRows { get; init; }

    /// <summary>The threads that parse.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The bytes that a thread parses at a time.</summary>
    public int ChunkSize { get; init; } = ChunkReader.DefaultSize;

    /// <summary>Starts a pass over some columns, in which types are known.</summary>
    public ParsedChunks Read(IReadOnlyList<int> columns, CancellationToken cancellationToken) =>
        Read(columns, new bool[Plan.Columns.Count], cancellationToken);

    /// <summary>Starts a pass over some columns.</summary>
    /// <param name="columns">Their positions in the plan.</param>
    /// <param name="contradictions">One for each column of the plan; receives whether a guessed type was wrong.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public ParsedChunks Read(IReadOnlyList<int> columns, bool[] contradictions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = new TableReader(Inputs, Plan.Format, Preamble, Names, ChunkSize);
        return new ParsedChunks(reader, () => new ChunkParser(Plan, columns, contradictions), Threads, MaxRows, cancellationToken);
    }

    /// <summary>Adds what was done with bad rows to a lineage.</summary>
    public static DataLineage WithNote(DataLineage lineage, BadRows badRows, long? count = null)
    {
        string number = count is { } known ? $"{known} " : "";
        return badRows switch
        {
            BadRows.Skip => lineage.Then(new LineageStep($"{number}rows that do not fit left out")),
            BadRows.Missing => lineage.Then(new LineageStep($"what does not fit in {number}rows taken for missing")),
            _ => lineage,
        };
    }
}
