using System.Buffers.Binary;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.Images;

[TestClass]
public sealed class IdxTests
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Images_and_labels_are_read_plain_or_gzip(bool gzip)
    {
        using var files = new TestFiles();
        byte[] pixels = [.. Enumerable.Range(0, 3 * 2 * 4).Select(i => (byte)(i * 11))];
        byte[] Pack(byte[] bytes) => gzip ? Gzip(bytes) : bytes;
        string images = files.Write(Pack(Idx(8, [3, 2, 4], pixels)), "images");
        string labels = files.Write(Pack(Idx(8, [3], [5, 0, 255])), "labels");

        var view = _data.LoadFromIdxFile(images, labels);

        Assert.AreEqual("Pixels:Vector<Single, 2x4> Label:Text", view.Types());
        Assert.AreEqual(3L, view.GetRowCount());
        CollectionAssert.AreEqual(new[] { "5", "0", "255" }, view.Texts("Label"));
        CollectionAssert.AreEqual(pixels.Select(p => (float)p).ToArray(), view.Vectors("Pixels").SelectMany(r => r).ToArray());
        Assert.AreEqual("files images, labels", view.Lineage.Source);
    }

    [TestMethod]
    public void Every_number_type_is_exact()
    {
        using var files = new TestFiles();
        byte[] four = [0x80, 0x00, 0x00, 0x01];
        AssertSingles([128, 0, 0, 1], _data.LoadFromIdxFile(files.Write(Idx(8, [4], four))));
        AssertSingles([-128, 0, 0, 1], _data.LoadFromIdxFile(files.Write(Idx(9, [4], four))));
        AssertSingles([-32768, 1], _data.LoadFromIdxFile(files.Write(Idx(0xB, [2], four))));
        AssertSingles([1.5f], _data.LoadFromIdxFile(files.Write(Idx(0xD, [1], [0x3F, 0xC0, 0, 0]))));
        CollectionAssert.AreEqual(new[] { int.MinValue + 1.0 }, _data.LoadFromIdxFile(files.Write(Idx(0xC, [1], four))).Column<double>("Value"));
        byte[] tenth = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(tenth, 0.1);
        var view = _data.LoadFromIdxFile(files.Write(Idx(0xE, [2, 1], [.. tenth, .. tenth])));
        Assert.AreEqual("Pixels:Vector<Double, 1>", view.Types());
        var column = (VectorColumn<double>)InMemoryDataView.Load(view).GetColumn(0);
        CollectionAssert.AreEqual(new[] { 0.1, 0.1 }, column.Values.ToArray());
        Assert.AreEqual(0L, _data.LoadFromIdxFile(files.Write(Idx(8, [0, 28, 28], []))).GetRowCount());
    }

    [TestMethod]
    public void Many_batches_and_one_row_at_a_time_give_the_same()
    {
        using var files = new TestFiles();
        var random = new RandomStream(1);
        byte[] pixels = [.. Enumerable.Range(0, 2500 * 4).Select(_ => (byte)random.NextInt32(256))];
        var view = _data.LoadFromIdxFile(files.Write(Idx(8, [2500, 2, 2], pixels)));
        var read = new List<float>();
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            var getter = cursor.GetGetter<VBuffer<float>>(view.Schema[0]);
            VBuffer<float> row = default;
            while (cursor.MoveNext())
            {
                getter(ref row);
                read.AddRange(row.DenseValues());
            }
        }
        CollectionAssert.AreEqual(pixels.Select(p => (float)p).ToArray(), read);
        CollectionAssert.AreEqual(read, view.Vectors("Pixels").SelectMany(r => r).ToArray());
    }

    [TestMethod]
    public void Wrong_files_are_refused_in_words()
    {
        using var files = new TestFiles();
        byte[] good = Idx(8, [3, 2, 4], new byte[24]);
        var cases = new (byte[] Bytes, string Expected)[]
        {
            ([], "not an IDX file, which begins with two bytes 0; it begins with "),
            ("a,b,c,d\n"u8.ToArray(), "it begins with 612C622C"),
            (Idx(7, [1], [0]), "number type 0x07 is unknown"),
            (Idx(8, [], []), "states no dimension"),
            (good[..10], "the file ends within its header of 16 bytes"),
            (good[..^1], "the header states 3 × 2 × 4 numbers of 1 bytes, 24 bytes; 23 follow"),
            ([.. good, 1], "24 bytes; more follow"),
            (Gzip(good)[..^9], "the compressed data are damaged or cut short"),
            (Gzip(good[..^1]), "24 bytes; 23 follow"),
            (Idx(8, [1, 0, 3], []), "dimension 2 of 3 is 0"),
            (Idx(8, [70000, 70000], []), "more than the 2 GB"),
            (Idx(8, [0, 70000, 70000], []), "more than the 2 GB"),
            (Idx(8, [-1], []), "dimension 1 of 1 as 4294967295"),
            (Gzip(Idx(8, [2_000_000_000], [1])), "2000000000 bytes; 1 follow"),
        };
        foreach (var (bytes, expected) in cases)
        {
            string path = files.Write(bytes, "wrong");
            long before = GC.GetAllocatedBytesForCurrentThread();
            StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => _data.LoadFromIdxFile(path)).Message, expected);
            Assert.IsLessThan(1L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        string images = files.Write(good, "images");
        string Error(string i, string l) => Assert.ThrowsExactly<DataException>(() => _data.LoadFromIdxFile(i, l)).Message;
        string two = files.Write(Idx(8, [2], [1, 2]), "two");
        StringAssert.Contains(Error(images, two), "there are 2 labels for the 3 images");
        StringAssert.Contains(Error(two, images), "images have at least two dimensions");
        StringAssert.Contains(Error(images, images), "labels have one dimension");
        StringAssert.Contains(Error(images, files.Write(Idx(0xD, [3], new byte[12]), "floats")), "labels are whole numbers");
    }

    [TestMethod]
    public void A_cancelled_reading_ends()
    {
        using var files = new TestFiles();
        string path = files.Write(Idx(8, [3, 2, 4], new byte[24]));
        Assert.Throws<OperationCanceledException>(() => _data.LoadFromIdxFile(path, new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void Two_thousand_damaged_files_are_read_or_refused_in_words()
    {
        Mutations.Check(1000, Idx(8, [5, 2, 4], [.. Enumerable.Range(0, 40).Select(i => (byte)i)]), path => _data.LoadFromIdxFile(path));
        Mutations.Check(500, Idx(0xE, [3, 2], new byte[48]), path => _data.LoadFromIdxFile(path));
        Mutations.Check(500, Gzip(Idx(0xB, [4, 2, 2], new byte[32])), path => _data.LoadFromIdxFile(path));
    }

    private static void AssertSingles(float[] expected, IDataView view)
    {
        Assert.AreEqual("Value:Single", view.Types());
        CollectionAssert.AreEqual(expected, view.Numbers("Value"));
    }

    private static byte[] Idx(byte type, int[] dimensions, byte[] numbers)
    {
        var bytes = new List<byte> { 0, 0, type, (byte)dimensions.Length };
        foreach (int dimension in dimensions)
        {
            byte[] number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, dimension);
            bytes.AddRange(number);
        }
        return [.. bytes, .. numbers];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.Fastest)) gzip.Write(bytes);
        return memory.ToArray();
    }
}
