using System.Globalization;
using System.Text;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

/// <summary>The table does not depend on how the file is cut into pieces or how many threads parse them, and is that of a naive reader.</summary>
[TestClass]
public sealed class ParallelLoadingTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Random_tables_are_read_as_by_a_naive_reader_at_any_chunk_size()
    {
        var random = new RandomStream(21);
        for (int trial = 0; trial < 300; trial++)
        {
            string text = RandomTable(random);
            string path = _files.Write(text);
            string expected = Outcome(() => NaiveTextTable.Load(text));
            foreach (int chunkSize in new[] { 1, 5, 33, 100, 1 << 19 })
            {
                foreach (int threads in new[] { 1, 3 })
                {
                    var options = new TextFileOptions { HasHeader = true, Separator = ',', ChunkSize = chunkSize, Threads = threads };
                    string actual = Outcome(() => NaiveTextTable.Show(_data.LoadFromTextFile(path, options)));
                    Assert.AreEqual(expected, actual, $"chunks of {chunkSize}, {threads} threads, text:\n{text}");
                }
            }
        }
    }

    [TestMethod]
    public void Errors_are_the_same_at_any_chunk_size()
    {
        var random = new RandomStream(22);
        string[] faults = ["1,2,3,4\n", "1\n", "\"x\"y,1,2\n", "1,z,2\n", "1,2,\xFF\n"];
        var types = new Dictionary<string, DataViewType> { ["b"] = NumberDataViewType.Single };
        for (int trial = 0; trial < 60; trial++)
        {
            var content = new List<byte>(Encoding.UTF8.GetBytes("a,b,c\n"));
            for (int row = 0; row < 40; row++)
            {
                string line = random.NextDouble() < 0.1 ? faults[random.NextInt32(faults.Length)] : $"t{row},{row},\"q\n{row}\"\n";
                content.AddRange(Encoding.Latin1.GetBytes(line));
            }
            if (random.NextBoolean(0.3)) content.AddRange("1,2,\"open"u8.ToArray());
            string path = _files.Write([.. content]);
            var outcomes = new[] { 1, 20, 64, 200, 1 << 16 }.Select(chunkSize => Outcome(
                () => NaiveTextTable.Show(_data.LoadFromTextFile(
                    path, new TextFileOptions { HasHeader = true, Types = types, ChunkSize = chunkSize, Threads = 1 + (chunkSize % 3) })),
                withMessage: true)).ToList();
            Assert.HasCount(1, outcomes.Distinct().ToList(), string.Join("\n---\n", outcomes));
        }
    }

    [TestMethod]
    public void A_table_beyond_the_limit_of_memory_is_read_on_each_pass_with_the_same_values()
    {
        var lines = Enumerable.Range(0, 5_000).Select(i => $"{i},{(i < 4_900 ? i.ToString(CultureInfo.InvariantCulture) : "x" + i)},name {i % 10}");
        string path = _files.Write("n,late,text\n" + string.Join("\n", lines));
        var small = new TextFileOptions { ChunkSize = 1000 };
        var inMemory = _data.LoadFromTextFile(path, small);
        var lazy = _data.LoadFromTextFile(path, small with { InMemoryLimit = 10_000 });
        Assert.IsInstanceOfType<InMemoryDataView>(inMemory);
        Assert.IsNotInstanceOfType<InMemoryDataView>(lazy);
        Assert.AreEqual("n:Single late:Text text:Text", lazy.Types());
        Assert.AreEqual(5_000L, lazy.GetRowCount());
        Assert.AreEqual(DataFingerprint.Compute(inMemory), DataFingerprint.Compute(lazy));
        Assert.AreEqual(inMemory.Lineage.Fingerprint, lazy.Lineage.Fingerprint);
    }

    [TestMethod]
    public void Whether_a_table_fits_in_memory_depends_on_its_settled_types_alone()
    {
        // 2000 rows of one number and of one text at the end: 8,000 bytes; 32,000 of references to texts and 4,000 of their characters.
        string path = _files.Write("n,late\n" + string.Concat(Enumerable.Range(0, 1_999).Select(i => $"{i},1\n")) + "1999,x\n");
        foreach (var (limit, fits) in new[] { (8_000, false), (43_999, false), (44_000, true) })
        {
            foreach (int threads in new[] { 1, 2, 4 })
            {
                var options = new TextFileOptions { ChunkSize = 500, Threads = threads, InMemoryLimit = limit };
                var view = _data.LoadFromTextFile(path, options);
                Assert.AreEqual(fits, view is InMemoryDataView, $"{limit} bytes");
                Assert.AreEqual("n:Single late:Text", view.Types());
                Assert.AreEqual("x", view.Texts("late")[^1]);
            }
        }
    }

    [TestMethod]
    public void Bad_rows_are_left_out_or_mended_and_counted()
    {
        string path = _files.Write("a,b\n1,2\n3\n4,5,6\n7,x\n\"8\"9,1\n10,11\n");
        var types = new Dictionary<string, DataViewType> { ["a"] = NumberDataViewType.Single, ["b"] = NumberDataViewType.Single };
        foreach (int chunkSize in new[] { 1, 10, 1000 })
        {
            foreach (long limit in new long[] { 0, 1 << 20 })
            {
                var options = new TextFileOptions { Types = types, BadRows = BadRows.Skip, ChunkSize = chunkSize, InMemoryLimit = limit };
                var skipped = _data.LoadFromTextFile(path, options);
                CollectionAssert.AreEqual(new[] { 1f, 10 }, skipped.Numbers("a"));
                Assert.AreEqual(4L, ((IReportsBadRows)skipped).BadRowCount);
                StringAssert.Contains(skipped.Lineage.Steps.Single().Description, "rows that do not fit left out");

                var mended = _data.LoadFromTextFile(path, options with { BadRows = BadRows.Missing });
                CollectionAssert.AreEqual(new[] { 1, 3, 4, 7, float.NaN, 10 }, mended.Numbers("a"));
                CollectionAssert.AreEqual(new[] { 2, float.NaN, 5, float.NaN, 1, 11 }, mended.Numbers("b"));
                Assert.AreEqual(4L, ((IReportsBadRows)mended).BadRowCount);
            }
        }
        Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(path, new TextFileOptions { Types = types }));
    }

    private static string RandomTable(RandomStream random)
    {
        int columns = random.NextInt32(1, 6), rows = random.NextInt32(12);
        string newline = random.NextInt32(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        string[] pools = ["1|-2.5|1e3|0.1|16777217|123456789012345678901", "true|No|yes", "2024-03-01|1999-12-31", "a|b c|é\"|漢", "?|NA||null"];
        var text = new StringBuilder(random.NextBoolean(0.3) ? "\uFEFF" : "");
        text.Append(string.Join(",", Enumerable.Range(0, columns).Select(c => $"c{c}"))).Append(newline);
        for (int row = 0; row < rows; row++)
        {
            if (random.NextDouble() < 0.1) text.Append(newline);
            int count = random.NextDouble() < 0.01 ? columns + 1 : columns;
            for (int c = 0; c < count; c++)
            {
                var pool = pools[random.NextDouble() < 0.05 ? random.NextInt32(pools.Length) : (c + columns) % pools.Length].Split('|');
                string cell = pool[random.NextInt32(pool.Length)];
                text.Append(c > 0 ? "," : "").Append(random.NextInt32(8) switch
                {
                    0 => $" {cell} ",
                    1 => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
                    2 when cell.Contains('a') => $"\"{cell},{newline}\"\"\"",
                    _ => cell,
                });
            }
            if (row < rows - 1 || random.NextBoolean(0.5)) text.Append(newline);
        }
        return text.ToString();
    }

    private static string Outcome(Func<string> load, bool withMessage = false)
    {
        try
        {
            return load();
        }
        catch (DataException error)
        {
            return withMessage ? error.Message : "error";
        }
    }
}
