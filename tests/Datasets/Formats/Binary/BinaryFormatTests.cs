using System.IO.Compression;
using MLPath.Data;
using MLPath.Datasets.Formats.Binary;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.Binary;

[TestClass]
public sealed class BinaryFormatTests
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(1000)]
    [DataRow(20_000)]
    public void Every_type_value_and_annotation_comes_back_to_the_bit(int rows)
    {
        using var files = new TestFiles();
        var saved = AllTypes.Create(rows);
        _data.SaveAsBinary(saved, files["a.mlpd"]);
        var loaded = _data.LoadFromBinary(files["a.mlpd"]);

        Assert.AreEqual((long)rows, loaded.GetRowCount());
        Assert.AreEqual(SchemaJson.Write(saved.Schema).ToJsonString(), SchemaJson.Write(loaded.Schema).ToJsonString());
        Assert.AreEqual(DataFingerprint.Compute(saved), DataFingerprint.Compute(loaded));
        Assert.AreEqual("file a.mlpd", loaded.Lineage.Source);
        CollectionAssert.AreEqual(saved.Column<DateTime>("DateTime").Select(d => d.Kind).ToArray(), loaded.Column<DateTime>("DateTime").Select(d => d.Kind).ToArray());
        CollectionAssert.AreEqual(
            saved.Numbers("Single").Select(BitConverter.SingleToInt32Bits).ToArray(),
            loaded.Numbers("Single").Select(BitConverter.SingleToInt32Bits).ToArray());
        var sparse = (VectorColumn<double>)InMemoryDataView.Load(loaded).GetColumn(loaded.Schema["Sparse"].Index);
        if (rows > 0) Assert.AreEqual(VectorLayout.Sparse, sparse.Layout);
    }

    /// <summary>ML.NET's sample SaveAndLoadFromBinary.</summary>
    [TestMethod]
    public void Rows_of_a_class_come_back_from_a_file()
    {
        using var files = new TestFiles();
        Point[] points = [new(0, 4), new(0, 5), new(0, 6), new(1, 8), new(1, 9)];
        using (var stream = new FileStream(files["data.idv"], FileMode.Create))
            _data.SaveAsBinary(_data.LoadFromEnumerable(points), stream);

        var loaded = _data.LoadFromBinary(files["data.idv"]);

        CollectionAssert.AreEqual(new[] { 0f, 0, 0, 1, 1 }, loaded.Numbers("Label"));
        CollectionAssert.AreEqual(new[] { 4f, 5, 6, 8, 9 }, loaded.Numbers("Features"));
    }

    [TestMethod]
    public void Batches_have_the_usual_size_and_only_the_columns_asked_for()
    {
        using var files = new TestFiles();
        _data.SaveAsBinary(AllTypes.Create(10_000), files["a"]);
        var loaded = _data.LoadFromBinary(files["a"]);
        var sizes = new List<int>();
        using var cursor = loaded.GetBatchCursor([loaded.Schema["Text"], loaded.Schema["Int32"]]);
        while (cursor.MoveNext())
        {
            Assert.AreEqual(sizes.Sum(), cursor.Current.Position);
            Assert.AreEqual(int.MinValue + sizes.Sum(), cursor.Current.Scalars<int>(loaded.Schema["Int32"].Index)[0]);
            Assert.IsFalse(cursor.Current.IsActive(loaded.Schema["Single"].Index));
            sizes.Add(cursor.Current.Count);
        }
        Assert.AreEqual(10_000, sizes.Sum());
        Assert.IsTrue(sizes.SkipLast(1).All(s => s == RowBatch.DefaultSize));
    }

    [TestMethod]
    public void A_damaged_column_does_not_keep_the_others_from_being_read()
    {
        using var files = new TestFiles();
        _data.SaveAsBinary(AllTypes.Create(100), files["a"]);
        var loaded = _data.LoadFromBinary(files["a"]);
        var file = BinaryFile.Open(() => new FileBytes(files["a"]));
        var block = file.Groups[0].Blocks[loaded.Schema["Double"].Index];
        byte[] bytes = File.ReadAllBytes(files["a"]);
        bytes[block.Offset + 20] ^= 4;
        files.Write(bytes, "a");

        Assert.AreEqual(100, loaded.ColumnAlone<int>("Int32").Length);
        var error = Assert.ThrowsExactly<DataException>(() => loaded.ColumnAlone<double>("Double"));
        StringAssert.Contains(error.Message, "column 'Double', group 0 of rows: the checksum does not agree");
    }

    [TestMethod]
    public void The_same_rows_give_the_same_bytes_whatever_the_batches()
    {
        var view = AllTypes.Create(5000);
        using MemoryStream whole = new(), odd = new();
        _data.SaveAsBinary(view, whole);
        _data.SaveAsBinary(new OddBatches(view), odd);
        CollectionAssert.AreEqual(whole.ToArray(), odd.ToArray());
    }

    [TestMethod]
    public void Hidden_columns_are_left_out_unless_kept()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("A", NumberDataViewType.Int32);
        schema.AddColumn("A", NumberDataViewType.Single);
        var numbers = new ScalarColumn<int>(NumberDataViewType.Int32);
        var singles = new ScalarColumn<float>(NumberDataViewType.Single);
        numbers.Add(1);
        singles.Add(2);
        var view = new InMemoryDataView(schema.ToSchema(), [numbers, singles]);
        using var files = new TestFiles();
        _data.SaveAsBinary(view, files["visible"]);
        _data.SaveAsBinary(view, files["all"], keepHidden: true);

        Assert.AreEqual("A:Single", _data.LoadFromBinary(files["visible"]).Types());
        Assert.AreEqual("A:Int32 A:Single", _data.LoadFromBinary(files["all"]).Types());
        Assert.AreEqual(2f, _data.LoadFromBinary(files["all"]).Numbers("A")[0]);
    }

    [TestMethod]
    public void Several_files_and_streams_are_one_view()
    {
        using var files = new TestFiles();
        _data.SaveAsBinary(AllTypes.Create(1500), files["a"]);
        _data.SaveAsBinary(AllTypes.Create(7), files["b"]);
        var both = _data.LoadFromBinary(new MultiFileSource(files["a"], files["b"]));
        Assert.AreEqual(1507L, both.GetRowCount());
        var bytes = both.Column<byte>("Byte");
        Assert.HasCount(1507, bytes);
        Assert.AreEqual(3, bytes[1503]);

        var streams = _data.LoadFromBinary(new MemorySource(File.ReadAllBytes(files["a"]), File.ReadAllBytes(files["b"])));
        Assert.AreEqual(DataFingerprint.Compute(both), DataFingerprint.Compute(streams));

        _data.SaveAsBinary(_data.LoadFromEnumerable([new Point(1, 2)]), files["c"]);
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromBinary(new MultiFileSource(files["a"], files["c"])));
        StringAssert.Contains(error.Message, "its columns (Label: Single, Features: Single) are not those of");
    }

    [TestMethod]
    public void A_lone_surrogate_is_kept()
    {
        var column = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        string[] texts = ["a\uD83D", "\uDE00b", "\uDE00", "é", ""];
        foreach (string text in texts) column.Add(text.AsMemory());
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("T", TextDataViewType.Instance);
        using var files = new TestFiles();
        _data.SaveAsBinary(new InMemoryDataView(schema.ToSchema(), [column]), files["t"]);
        CollectionAssert.AreEqual(texts, _data.LoadFromBinary(files["t"]).Texts("T"));
    }

    [TestMethod]
    public void Other_files_are_refused_in_words()
    {
        using var files = new TestFiles();
        _data.SaveAsBinary(AllTypes.Create(3), files["good"]);
        byte[] good = File.ReadAllBytes(files["good"]);
        byte[] newer = [.. good];
        newer[8] = 2;
        var cases = new (byte[] Bytes, string Expected)[]
        {
            ([], "not a binary data file"),
            ("a,b\n1,2\n"u8.ToArray(), "not a binary data file as SaveAsBinary writes it"),
            (newer, "version 2 of the binary format; this version of MLPath reads version 1"),
            (good[..^1], "cut short"),
            (good[..20], "cut short"),
        };
        foreach (var (bytes, expected) in cases)
        {
            string path = files.Write(bytes, "bad");
            StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => _data.LoadFromBinary(path)).Message, expected);
        }
        Assert.ThrowsExactly<FileNotFoundException>(() => _data.LoadFromBinary(files["none"]));
    }

    [TestMethod]
    public void A_cancelled_or_failed_save_leaves_the_old_file()
    {
        using var files = new TestFiles();
        files.Write("old", "a");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => _data.SaveAsBinary(AllTypes.Create(3), files["a"], cancellationToken: cancelled.Token));
        Assert.AreEqual("old", File.ReadAllText(files["a"]));
        Assert.HasCount(1, files.Names);
    }

    [TestMethod]
    public void A_cancelled_pass_ends_and_releases_the_file()
    {
        using var files = new TestFiles();
        _data.SaveAsBinary(AllTypes.Create(30_000), files["a"]);
        var loaded = _data.LoadFromBinary(files["a"]);
        using var stop = new CancellationTokenSource();
        using (var cursor = loaded.GetBatchCursor(loaded.Schema, stop.Token))
        {
            Assert.IsTrue(cursor.MoveNext());
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => cursor.MoveNext());
        }
        using var exclusive = new FileStream(files["a"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [TestMethod]
    public void Two_thousand_damaged_files_are_refused_in_words()
    {
        using var original = new MemoryStream();
        _data.SaveAsBinary(AllTypes.Create(20), original);
        Mutations.Check(2000, original.ToArray(), _data.LoadFromBinary);
    }

    /// <summary>Checksums find every accident; this is about content made on purpose.</summary>
    [TestMethod]
    public void Two_thousand_blocks_of_wrong_content_with_right_checksums_are_read_or_refused()
    {
        var view = AllTypes.Create(12);
        byte[][] inserts = [[0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0], [2]];
        for (int i = 0; i < 2000; i++)
        {
            int column = i % view.Schema.Count;
            var block = new System.Buffers.ArrayBufferWriter<byte>();
            ColumnCodec.Write(view.GetColumn(column), block);
            byte[] bytes = Mutations.Mutate(block.WrittenSpan.ToArray(), new RandomStream(5).Derive(i), inserts);
            try
            {
                Assert.AreEqual(12, ColumnCodec.Read(view.Schema[column].Type, bytes, 12, "file").Count);
            }
            catch (DataException error)
            {
                StringAssert.StartsWith(error.Message, "file: the block is not valid, ", $"Mutation {i}.");
            }
        }
    }

    [TestMethod]
    public void A_lying_length_allocates_no_more_than_really_comes_out()
    {
        using var zeros = new MemoryStream();
        using (var brotli = new BrotliStream(zeros, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(new byte[1000]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsNull(Block.Decompress(zeros.ToArray(), BlockCompression.Brotli, int.MaxValue));
        Assert.IsLessThan(1L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void The_checksum_is_CRC_32C()
    {
        Assert.AreEqual(0xE3069283u, BinaryFormat.Checksum("123456789"u8)); // the check value of the CRC catalogue
        Assert.AreEqual(0xE3069283u, BinaryFormat.Checksum("56789"u8, BinaryFormat.Checksum("1234"u8)));
    }

    private sealed record Point(float Label, float Features);

    /// <summary>Streams without paths.</summary>
    private sealed class MemorySource(params byte[][] contents) : IMultiStreamSource
    {
        public int Count => contents.Length;

        public string? GetPathOrNull(int index) => null;

        public Stream Open(int index) => new MemoryStream(contents[index]);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }

    /// <summary>The rows of a view in batches of odd sizes.</summary>
    private sealed class OddBatches(InMemoryDataView view) : BatchDataView
    {
        public override DataViewSchema Schema => view.Schema;

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
            new Cursor(view, [.. columnsNeeded]);

        private sealed class Cursor(InMemoryDataView view, DataViewSchema.Column[] columns) : BatchCursor
        {
            private int _next;

            public override RowBatch Current { get; } = new(view.Schema);

            public override bool MoveNext()
            {
                int rows = Math.Min(37 + (_next % 11), view.RowCount - _next);
                foreach (var column in columns)
                {
                    var slice = ColumnBuffer.Create(column.Type);
                    slice.Slice(view.GetColumn(column.Index), _next, rows);
                    Current.Set(column.Index, slice);
                }
                Current.SetRows(_next, rows);
                _next += rows;
                return rows > 0;
            }
        }
    }
}
