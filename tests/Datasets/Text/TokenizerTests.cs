using System.Text;
using MLPath.Datasets.Formats;
using MLPath.Datasets.Text;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class TokenizerTests
{
    [TestMethod]
    public void Fields_and_records_are_cut_at_separators_and_line_ends()
    {
        AssertRecords("a,b\n1,2\r\n3,4\r5,6", ["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]);
        AssertRecords("a,b\n1,2\n", ["a", "b"], ["1", "2"]);
        AssertRecords(",\n,", ["", ""], ["", ""]);
    }

    [TestMethod]
    public void Quoted_fields_hold_separators_line_breaks_and_doubled_quotes()
    {
        AssertRecords("\"a,1\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\"\"\n", ["a,1", "say \"hi\""], ["two\r\nlines", "\""]);
        AssertRecords("\"\",x\n", ["", "x"]);
        AssertRecords("5\" pipe,it's\n", ["5\" pipe", "it's"]);
    }

    [TestMethod]
    public void Blank_records_are_skipped_but_a_quoted_empty_field_is_not()
    {
        AssertRecords("\n\na\n  \n1\n\r\n\"\"\n2\n\n", ["a"], ["1"], [""], ["2"]);
    }

    [TestMethod]
    public void Blanks_around_fields_are_trimmed_outside_quotes_only()
    {
        AssertRecords(" a ,\t\" b \" \n", ["a", " b "]);
        CollectionAssert.AreEqual(new[] { " a ", "\t\" b \" " }, Read(" a ,\t\" b \" \n", trim: false).Single().Fields);
        // A tab that separates is no blank.
        CollectionAssert.AreEqual(new[] { "", "a", "" }, Read("\ta \t\n", separator: '\t').Single().Fields);
    }

    [TestMethod]
    public void Line_numbers_count_physical_lines_whatever_ends_them()
    {
        var lines = Read("h\n\n\"1\n2\r\n3\r4\"\nx\r\ny\rz").Select(r => r.Line).ToArray();
        CollectionAssert.AreEqual(new long[] { 1, 3, 7, 8, 9 }, lines);
    }

    [TestMethod]
    public void Any_chunk_size_gives_the_same_records_as_a_naive_reader()
    {
        var random = new MLPath.Numerics.RandomStream(11);
        const string Alphabet = "ab,,;\"\"\n\r \té";
        for (int trial = 0; trial < 2000; trial++)
        {
            var text = new StringBuilder();
            int length = random.NextInt32(30);
            for (int i = 0; i < length; i++) text.Append(Alphabet[random.NextInt32(Alphabet.Length)]);
            string content = text.ToString();

            var expected = Outcome(() => NaiveRead(content));
            foreach (int chunkSize in new[] { 1, 2, 3, 7, 64, 1000 })
                Assert.AreEqual(expected, Outcome(() => Read(content, chunkSize: chunkSize)), $"chunk {chunkSize}, text {content}");
        }
    }

    [TestMethod]
    public void An_unclosed_quote_is_reported_where_it_opens()
    {
        var error = Assert.ThrowsExactly<DataException>(() => Read("a,b\n1,\"2\n3,4\n5,6\n"));
        StringAssert.Contains(error.Message, "data.csv, line 2:");
        StringAssert.Contains(error.Message, "closing quotation mark is missing");
    }

    [TestMethod]
    public void Text_after_a_closing_quote_is_an_error_with_its_line()
    {
        var error = Assert.ThrowsExactly<DataException>(() => Read("a,b\n1,\"2\n3\"x\n"));
        StringAssert.Contains(error.Message, "data.csv, line 3: field 2");
    }

    private static void AssertRecords(string content, params string[][] expected)
    {
        var records = Read(content);
        Assert.AreEqual(Show(expected), Show(records.Select(r => r.Fields)));
    }

    private static string Show(IEnumerable<string[]> records) =>
        string.Join("\n", records.Select(fields => string.Join("|", fields.Select(f => f.Replace("\r", "<CR>").Replace("\n", "<LF>")))));

    private static string Outcome(Func<List<(string[] Fields, long Line)>> read)
    {
        try
        {
            return string.Join("\n", read().Select(r => $"{r.Line}: {Show([r.Fields])}"));
        }
        catch (DataException)
        {
            return "error";
        }
    }

    private static List<(string[] Fields, long Line)> Read(string content, char separator = ',', bool trim = true, int chunkSize = 16)
    {
        var format = new DelimitedFormat { Separators = [(byte)separator], TrimStart = trim, TrimEnd = trim };
        var input = new TextInput("data.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(content)));
        using var reader = new ChunkReader(input, format, chunkSize);
        var chunk = new TextChunk();
        var tokenizer = new Tokenizer(format);
        var block = new RowBlock(format);
        var records = new List<(string[], long)>();
        while (reader.Read(chunk))
        {
            tokenizer.Begin(chunk);
            while (tokenizer.Read(block, mostRows: 3, bytes: 40))
            {
                if (block.Problems.Count > 0)
                    throw FormatError.AtLine(chunk.File, chunk.LineOf(block.Problems[0].Position), block.Problems[0].Text);
                for (int row = 0; row < block.RowCount; row++)
                {
                    string[] fields = [.. Enumerable.Range(0, block.Rows[row].CellCount).Select(f => Encoding.UTF8.GetString(block.Text(row, f)))];
                    records.Add((fields, chunk.LineOf(block.Rows[row].Start)));
                }
            }
        }
        return records;
    }

    /// <summary>The same format, one character at a time over the whole text.</summary>
    private static List<(string[] Fields, long Line)> NaiveRead(string text)
    {
        var records = new List<(string[], long)>();
        int at = 0;
        long line = 1;
        while (at < text.Length)
        {
            long started = line;
            var fields = new List<string>();
            bool quotedOnly = false;
            while (true)
            {
                while (at < text.Length && (text[at] is ' ' or '\t')) at++;
                var field = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    quotedOnly = true;
                    at++;
                    while (true)
                    {
                        if (at == text.Length) throw new DataException("unclosed");
                        if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
                        {
                            field.Append('"');
                            at += 2;
                        }
                        else if (text[at] == '"')
                        {
                            at++;
                            break;
                        }
                        else
                        {
                            if (text[at] == '\n' || (text[at] == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n'))) line++;
                            field.Append(text[at++]);
                        }
                    }
                    while (at < text.Length && (text[at] is ' ' or '\t')) at++;
                    if (at < text.Length && text[at] is not (',' or '\n' or '\r')) throw new DataException("text after quote");
                    fields.Add(field.ToString());
                }
                else
                {
                    while (at < text.Length && text[at] is not (',' or '\n' or '\r')) field.Append(text[at++]);
                    fields.Add(field.ToString().Trim(' ', '\t'));
                }
                if (at < text.Length && text[at] == ',') at++;
                else break;
            }
            if (at < text.Length)
            {
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                line++;
            }
            if (fields.Count > 1 || fields[0].Length > 0 || quotedOnly) records.Add(([.. fields], started));
        }
        return records;
    }
}
