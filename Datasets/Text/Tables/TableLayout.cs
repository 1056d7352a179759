using System.Text;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>What a look at the beginning of a file tells of its form.</summary>
/// <param name="Format">How it is cut.</param>
/// <param name="Preamble">What precedes the rows.</param>
/// <param name="Header">The names of the fields; <c>Column1</c>, … where the file has none.</param>
/// <param name="HeaderReason">Why the first record is taken for a header or not, in words.</param>
/// <param name="Sample">The kinds of cell in the first rows, field by field.</param>
/// <param name="Rules">What cells mean that hold no plain value.</param>
internal sealed record TableLayout(
    DelimitedFormat Format, Preamble Preamble, Header Header, string HeaderReason, IReadOnlyList<CellKinds> Sample, CellRules Rules)
{
    private const int SampleRows = 256;
    private const int SampleBytes = 1 << 16;

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="isHeader">Whether the cells of the first line are names, where the options do not say; null to find out.</param>
    /// <exception cref="DataException">The file is empty or no text, or its header cannot be used.</exception>
    public static TableLayout Inspect(TextInput input, TextFileOptions options, Func<IReadOnlyList<string>, bool>? isHeader = null)
    {
        var rules = new CellRules { Missing = new MissingCells(options.MissingValues), Point = (byte)options.DecimalMarker };
        var format = SeparatorInference.Format(input, options);
        var block = FirstRows(input, format, options.SkipLines);
        if (block.RowCount == 0)
            throw FormatError.Of(input.Name, "the file is empty; expected a line with the columns' names, then the rows");

        var first = Kinds(block, 0, 1, rules);
        var below = Kinds(block, 1, block.RowCount, rules);
        var (hasHeader, reason) = options.HasHeader is { } given ? (given, "stated")
            : isHeader is not null ? (isHeader(Header.Of(block, 0).RawNames), "expected")
            : IsHeader(block, first, below);
        var header = hasHeader ? Header.Of(block, 0).WithoutRepeats() : Header.Nameless(input.Name, first.Length);
        int start = hasHeader ? 1 : 0;
        var sample = Kinds(block, start, (int)Math.Min(block.RowCount, start + (options.MaxRows ?? int.MaxValue)), rules);
        return new TableLayout(format, new Preamble(options.SkipLines, hasHeader), header, reason, sample, rules);
    }

    /// <summary>The first records of a file, whole.</summary>
    private static RowBlock FirstRows(TextInput input, DelimitedFormat format, int skipLines)
    {
        using var reader = new ChunkReader(input, format, SampleBytes, skipLines);
        var chunk = new TextChunk();
        var tokenizer = new Tokenizer(format);
        var block = new RowBlock(format);
        while (reader.Read(chunk))
        {
            tokenizer.Begin(chunk);
            if (tokenizer.Read(block, SampleRows + 1, int.MaxValue)) break;
        }
        return block;
    }

    /// <summary>The kinds of cell in some rows, for each field of the first. Rows that do not fit say nothing.</summary>
    private static CellKinds[] Kinds(RowBlock block, int start, int end, CellRules rules)
    {
        var kinds = new CellKinds[block.Rows[0].CellCount];
        for (int row = start; row < end; row++)
        {
            if (block.Rows[row].CellCount != kinds.Length || block.Problems.Exists(p => p.Row == row)) continue;
            for (int field = 0; field < kinds.Length; field++)
                kinds[field] |= CellKindsExtensions.KindOf(block.Text(row, field), rules);
        }
        return kinds;
    }

    private static (bool HasHeader, string Reason) IsHeader(RowBlock block, CellKinds[] first, CellKinds[] below)
    {
        bool anyTyped = false;
        for (int field = 0; field < first.Length; field++)
        {
            var values = below[field].OfValues();
            if (values is not (CellKinds.Number or CellKinds.Boolean or CellKinds.Date)) continue;
            anyTyped = true;
            if ((first[field].OfValues() & ~values) != 0)
                return (true, $"{FormatError.Quote(block.Text(0, field))} is another kind of text than what is below it in field {field + 1}");
        }
        if (anyTyped) return (false, "every cell of the first line is of the same kind as those below it");

        var names = Enumerable.Range(0, first.Length).Select(field => Encoding.UTF8.GetString(block.Text(0, field))).ToList();
        int typed = Array.FindIndex(first, kinds => (kinds & (CellKinds.Number | CellKinds.Boolean | CellKinds.Date)) != 0);
        if (typed >= 0) return (false, $"'{names[typed]}' in the first line is a value, not a name");
        if (names.Distinct().Count() < names.Count && block.RowCount > 1) return (false, "cells of the first line repeat");
        int repeated = names.FindIndex(name => OccursBelow(block, names.IndexOf(name)));
        return repeated < 0
            ? (true, "all columns are text, and the cells of the first line are all different and occur nowhere below")
            : (false, $"'{names[repeated]}' in the first line occurs below it too, so it is a value");
    }

    private static bool OccursBelow(RowBlock block, int field)
    {
        var name = block.Text(0, field);
        for (int row = 1; row < block.RowCount && !name.IsEmpty; row++)
        {
            if (field < block.Rows[row].CellCount && block.Text(row, field).SequenceEqual(name)) return true;
        }

        return false;
    }
}
