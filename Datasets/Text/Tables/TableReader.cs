using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>What precedes the rows of a file.</summary>
/// <param name="SkipLines">Physical lines that are not part of the table.</param>
/// <param name="HasHeader">Whether a record with the fields' names follows.</param>
internal sealed record Preamble(int SkipLines, bool HasHeader);

/// <summary>Reads the rows of one or several files, one after the other, in pieces.</summary>
/// <param name="inputs">The files.</param>
/// <param name="format">How they are cut.</param>
/// <param name="preamble">What precedes the rows in each of them.</param>
/// <param name="names">The names that each header must have; null where headers are not compared.</param>
/// <param name="chunkSize">The bytes of a piece.</param>
internal sealed class TableReader(
    IReadOnlyList<TextInput> inputs, DelimitedFormat format, Preamble preamble, IReadOnlyList<string>? names,
    int chunkSize = ChunkReader.DefaultSize) : IDisposable
{
    private ChunkReader? _file;
    private int _opened;
    private bool _headerAhead;

    /// <summary>Reads the next piece, without header.</summary>
    /// <returns>False after the last.</returns>
    public bool Read(TextChunk chunk)
    {
        while (true)
        {
            if (_file is null)
            {
                if (_opened == inputs.Count) return false;
                _file = new ChunkReader(inputs[_opened++], format, chunkSize, preamble.SkipLines);
                _headerAhead = preamble.HasHeader;
            }
            if (!_file.Read(chunk))
            {
                _file.Dispose();
                _file = null;
                continue;
            }
            if (_headerAhead && Header.TryTake(chunk, format) is { } header)
            {
                _headerAhead = false;
                if (names is not null) CheckHeader(header);
            }
            chunk.Progress = Progress();
            if (!_headerAhead && chunk.Start < chunk.End) return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private double Progress() => inputs.Any(i => i.IsCompressed)
        ? 0
        : (inputs.Take(_opened - 1).Sum(i => (double)i.Length) + _file!.BytesRead) / Math.Max(1, inputs.Sum(i => (double)i.Length));

    private void CheckHeader(Header header)
    {
        if (header.Names.SequenceEqual(names!)) return;
        int differs = Enumerable.Range(0, Math.Max(header.Names.Count, names!.Count))
            .First(i => i >= header.Names.Count || i >= names.Count || header.Names[i] != names[i]);
        string found = differs < header.Names.Count ? $"'{header.Names[differs]}'" : "no field";
        string expected = differs < names.Count ? $"'{names[differs]}'" : "none";
        throw FormatError.AtLine(header.File, header.Line,
            $"field {differs + 1} of the header is {found}; in {inputs[0].Name} it is {expected}; files that are read as one have the same columns");
    }
}
