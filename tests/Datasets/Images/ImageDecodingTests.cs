using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MLPath.Data;
using MLPath.Datasets.Images;

namespace MLPath.Tests.Datasets.Images;

[TestClass]
public sealed class ImageDecodingTests
{
    public static IEnumerable<object[]> Names => TestImages.Files.Select(f => new object[] { f.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_kind_of_file_gives_the_pixels_of_the_reference(string name)
    {
        var (_, file, width, height, rgba) = TestImages.Files.Single(f => f.Name == name);
        var image = TestImages.Decode(file);
        Assert.AreEqual((width, height), (image.Width, image.Height));
        CollectionAssert.AreEqual(rgba, image.Rgba());
    }

    [TestMethod]
    [DataRow("png", 2000)]
    [DataRow("P", 500)]
    [DataRow("bmp", 500)]
    public void Changed_files_give_an_image_or_a_clear_error_and_allocate_little(string kind, int times)
    {
        var random = new Random(5);
        byte[][] files = [.. TestImages.Files.Where(f => f.Name.StartsWith(kind, StringComparison.Ordinal)).Select(f => f.File)];
        int images = 0;
        for (int i = 0; i < times; i++)
        {
            byte[] file = Mutate([.. files[i % files.Length]], random);
            if (kind == "png" && i % 2 == 0)
                MendCheckSums(file); // so that the changes get past them
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                images += TestImages.Decode(file).Width > 0 ? 1 : 0;
            }
            catch (DataException error)
            {
                Assert.StartsWith("The image", error.Message);
                Assert.IsGreaterThan(25, error.Message.Length, error.Message);
            }

            // 8,256 pixels for each byte is what the formats can reach.
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.IsLessThan(200_000L + (40_000L * file.Length), allocated, $"file {i} of {file.Length} bytes");
        }

        Assert.IsGreaterThan(0, images, "Some changes are harmless.");
        Assert.IsLessThan(times, images);
    }

    [TestMethod]
    public void A_png_cut_off_anywhere_is_an_error()
    {
        byte[] file = TestImages.Pattern(9, 7).Png();
        for (int length = 0; length < file.Length; length++)
            Assert.ThrowsExactly<DataException>(() => TestImages.Decode(file[..length]), $"{length} of {file.Length} bytes");
    }

    [TestMethod]
    public void Sizes_that_a_file_cannot_hold_are_refused_before_anything_is_allocated()
    {
        byte[] file = TestImages.Pattern(9, 7).Png();
        foreach (var (width, height) in new[] { (30_000, 30_000), (60_000_000, 1), (8000, 8000), (int.MaxValue, int.MaxValue), (0, 5), (5, 0) })
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
            MendCheckSums(file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.ThrowsExactly<DataException>(() => TestImages.Decode(file));
            Assert.IsLessThan(100_000L, GC.GetAllocatedBytesForCurrentThread() - before);
            StringAssert.Contains(error.Message, "it states");
        }

        StringAssert.Contains(Message("P5\n8000 8000\n255\nabc"), "cannot hold");
        StringAssert.Contains(Message("P5\n99999999 1\n255\nabc"), "above 67108864");
    }

    [TestMethod]
    public void The_pixels_of_a_png_must_be_as_many_as_its_size_says()
    {
        byte[] plain = [0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9]; // 3 × 3 grey, no filters
        Assert.AreEqual((9, 9, 9, 255), TestImages.Decode(GrayPng(3, 3, Zlib(plain))).At(2, 2));
        StringAssert.Contains(Message(GrayPng(3, 3, Zlib(plain[..^1]))), "fewer pixels");
        StringAssert.Contains(Message(GrayPng(3, 3, Zlib([.. plain, 0]))), "more pixels");
        plain[4] = 5;
        StringAssert.Contains(Message(GrayPng(3, 3, Zlib(plain))), "filter 5");
    }

    [TestMethod]
    public void The_check_sums_of_chunks_and_of_the_compressed_pixels_are_checked()
    {
        byte[] file = TestImages.Pattern(9, 7).Png();
        file[^20] ^= 1;
        StringAssert.Contains(Message(file), "check sum");
        byte[] zlib = Zlib([0, 1, 2, 3]);
        zlib[^1] ^= 1;
        StringAssert.Contains(Message(GrayPng(3, 1, zlib)), "damaged");
    }

    [TestMethod]
    public void Errors_say_what_a_file_looks_like_and_what_to_do()
    {
        using var files = new TestFiles();
        string jpeg = files.Write([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "photo.png");
        var error = Assert.ThrowsExactly<DataException>(() => MLImage.CreateFromFile(jpeg));
        foreach (string part in new[] { "photo.png", "JPEG", "PNG, BMP, Netpbm", "ImageDecoders.Register" })
            StringAssert.Contains(error.Message, part);
        foreach (var (content, seems) in new (byte[], string)[]
        {
            ("GIF89a"u8.ToArray(), "GIF"), ("RIFF\0\0\0\0WEBPVP8 "u8.ToArray(), "WebP"), ("II*\0abcd"u8.ToArray(), "TIFF"), ("\0\0\0 ftypavif"u8.ToArray(), "AVIF"),
            ("\0\0\u0001\0"u8.ToArray(), "icon"), ("%PDF-1.7"u8.ToArray(), "PDF"), ("<svg xmlns="u8.ToArray(), "SVG"), ("hello"u8.ToArray(), "68656C6C6F"), ([], "empty"),
        })
            StringAssert.Contains(Message(content), seems);
        Assert.ThrowsExactly<FileNotFoundException>(() => MLImage.CreateFromFile(files["none.png"]));
    }

    [TestMethod]
    [DataRow("P6\n2 2\n0\nabcdefghijkl", "at least 1")]
    [DataRow("P6\n2 2\n65536\nabcdefghijkl", "above 65535")]
    [DataRow("P6\n2 x\n255\n", "no number at byte 5")]
    [DataRow("P6\n2 2\n255\nabcdefghijk", "cut off")]
    [DataRow("P2\n2 1\n9\n3 10\n", "above 9")]
    [DataRow("P2\n2 1\n9\n3", "cut off")]
    [DataRow("P2\n2 1\n9\n333", "above 9")]
    [DataRow("P1\n2 1\n12", "neither 0 nor 1")]
    [DataRow("P5\n2 1\n99\n\u007fa", "is 127")]
    [DataRow("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nENDHDR\nabcdefghij", "5 samples")]
    [DataRow("P7\nWIDTH 2\nWIDTH 2\n", "twice")]
    [DataRow("P7\nWIDTH 2\nCOLOUR 2\n", "'COLOUR'")]
    [DataRow("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nENDHDR\nab", "does not state MAXVAL")]
    [DataRow("P7\nWIDTH 2\n", "cut off within its header")]
    public void Netpbm_errors_say_where(string file, string part) => StringAssert.Contains(Message(file), part);

    [TestMethod]
    public void A_decoder_of_the_users_own_is_asked_first_and_its_errors_name_it()
    {
        ImageDecoders.Register(Own.Instance);
        ImageDecoders.Register(Own.Instance);
        Assert.AreEqual(1, ImageDecoders.All.Count(d => d is Own));
        using var files = new TestFiles();
        var image = MLImage.CreateFromFile(files.Write("!own 3", "a.own"));
        Assert.AreEqual((3, 1), (image.Width, image.Height));
        Assert.AreEqual(files["a.own"], image.Tag);
        var error = Assert.ThrowsExactly<DataException>(() => MLImage.CreateFromFile(files.Write("!own x", "b.own")));
        StringAssert.Contains(error.Message, "b.own");
        StringAssert.Contains(error.Message, "own format");
        Assert.IsInstanceOfType<FormatException>(error.InnerException);
    }

    private static string Message(string file) => Message(Encoding.Latin1.GetBytes(file));

    private static string Message(byte[] file) => Assert.ThrowsExactly<DataException>(() => TestImages.Decode(file)).Message;

    private static byte[] Mutate(byte[] file, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                int at = random.Next(file.Length);
                return [.. file[..at], .. file[(at + random.Next(Math.Min(16, file.Length - at)))..]];
            case 2:
                int from = random.Next(file.Length), count = random.Next(Math.Min(16, file.Length - from));
                return [.. file[..from], .. file[from..(from + count)], .. file[from..]];
            default:
                for (int i = random.Next(1, 4); i > 0; i--)
                    file[random.Next(file.Length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
                return file;
        }
    }

    // Gives every chunk the check sum of its content, as far as the chunks go.
    private static void MendCheckSums(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length)
                return;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), Crc32.Of(file.AsSpan((int)at + 4, (int)length + 4)));
            at += 12 + length;
        }
    }

    private static byte[] GrayPng(int width, int height, byte[] zlib)
    {
        byte[] template = TestImages.Solid(3, 3, 1, 1, 1).Png();
        byte[] file = [.. template[..33], .. new byte[4], .. "IDAT"u8, .. zlib, .. new byte[4], .. template[^12..]];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(33), zlib.Length);
        MendCheckSums(file);
        return file;
    }

    private static byte[] Zlib(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal)) zlib.Write(content);
        return memory.ToArray();
    }

    private sealed class Own : IImageDecoder
    {
        public static readonly Own Instance = new();

        public string Name => "the own format";

        public bool CanDecode(ReadOnlySpan<byte> header) => header.StartsWith("!own "u8);

        public MLImage Decode(ReadOnlyMemory<byte> file)
        {
            int width = int.Parse(Encoding.ASCII.GetString(file.Span[5..]), System.Globalization.CultureInfo.InvariantCulture);
            return MLImage.CreateFromPixels(width, 1, MLPixelFormat.Rgba32, new byte[4 * width]);
        }
    }
}
