using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>The bytes of arrays.safetensors against the published layout: N as eight little-endian bytes, N bytes of JSON, the data.</summary>
[TestClass]
public sealed class SafeTensorsLayoutTests
{
    private const string Entry = "model/arrays.safetensors";

    [TestMethod]
    public void The_bytes_follow_the_published_layout()
    {
        var bytes = Arrays(context => context.WriteArray<ushort>("bias", [1, 0x1234], 1, 2));

        byte[] expected =
        [
            64, 0, 0, 0, 0, 0, 0, 0,
            .. "{\"bias\":{\"dtype\":\"U16\",\"shape\":[1,2],\"data_offsets\":[0,4]}}     "u8,
            0x01, 0x00, 0x34, 0x12,
        ];
        CollectionAssert.AreEqual(expected, bytes);
    }

    [TestMethod]
    public void Every_array_is_aligned_and_none_leaves_a_hole()
    {
        var bytes = Arrays(context =>
        {
            context.WriteArray<bool>("mask", [true, false, true]);
            context.WriteArray<float>("bias", [1.5f, -2]);
            context.WriteArray<byte>("bytes", [7]);
            context.WriteArray<double>("weights", [1, 2, 3], 3, 1);
            context.WriteArray<short>("codes", [-1]);
            context.WriteArray<ulong>("empty", [], 0, 4);
        });

        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.AreEqual(0, headerLength % 8);
        var header = JsonNode.Parse(bytes.AsSpan(8, headerLength))!.AsObject();
        var position = 0;
        foreach (var (name, value) in header)
        {
            var begin = (int)value!["data_offsets"]![0]!;
            Assert.AreEqual(position, begin, name);
            position = (int)value["data_offsets"]![1]!;
            var size = (string)value["dtype"]! switch { "F64" or "U64" => 8, "F32" => 4, "I16" => 2, _ => 1 };
            Assert.AreEqual(0, begin % size, name);
        }
        Assert.AreEqual(bytes.Length, 8 + headerLength + position);
        CollectionAssert.AreEqual(new[] { "empty", "weights", "bias", "codes", "bytes", "mask" }, header.Select(pair => pair.Key).ToArray());

        var data = bytes.AsSpan(8 + headerLength);
        Assert.AreEqual(2.0, BinaryPrimitives.ReadDoubleLittleEndian(data[8..]));
        Assert.AreEqual(-2f, BinaryPrimitives.ReadSingleLittleEndian(data[28..]));
        CollectionAssert.AreEqual(new byte[] { 7, 1, 0, 1 }, data[^4..].ToArray());
    }

    [TestMethod]
    public void Every_type_has_its_published_name()
    {
        Type_is_named<double>("F64");
        Type_is_named<float>("F32");
        Type_is_named<long>("I64");
        Type_is_named<int>("I32");
        Type_is_named<short>("I16");
        Type_is_named<sbyte>("I8");
        Type_is_named<ulong>("U64");
        Type_is_named<uint>("U32");
        Type_is_named<ushort>("U16");
        Type_is_named<byte>("U8");
        Type_is_named<bool>("BOOL");
    }

    private static void Type_is_named<T>(string dtype) where T : unmanaged => Assert.Contains(
        $"\"dtype\":\"{dtype}\"", Encoding.ASCII.GetString(Arrays(context => context.WriteArray<T>("a", [default]))));

    [TestMethod]
    public void Another_writers_arrays_are_read()
    {
        // Metadata, another order of the members, no padding, a space before the end: all within the published layout.
        var header = """{"__metadata__":{"format":"np"},"a":{"shape":[2],"data_offsets":[1,9],"dtype":"F32"},"b":{"data_offsets":[0,1],"dtype":"U8","shape":[]} }""";
        Load(Pack(header, [9, .. MemoryMarshal.AsBytes<float>([1, 2])]), context =>
        {
            CollectionAssert.AreEqual(new[] { 1f, 2f }, context.ReadArray<float>("a"));
            Assert.IsEmpty(context.ReadShape("b"));
            Assert.IsFalse(context.Has("__metadata__"));
        });
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "Its arrays take 8 bytes, but 9 follow the header", DisplayName = "bytes behind")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "Its arrays take 8 bytes, but 7 follow the header", DisplayName = "bytes missing")]
    [DataRow("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes, but its data offsets are 0 and 8", DisplayName = "offsets against shape")]
    [DataRow("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", 8, "begins at 4, but the one before it ends at 0", DisplayName = "hole")]
    [DataRow("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 8, "'b' begins at 2", DisplayName = "overlap")]
    [DataRow("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", 4, "data offsets are 4 and 0", DisplayName = "backwards")]
    [DataRow("""{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", 4, "no shape of at most 32 non-negative integers", DisplayName = "negative")]
    [DataRow("""{"a":{"dtype":"U8","shape":[0.5],"data_offsets":[0,4]}}""", 4, "no shape", DisplayName = "fraction")]
    [DataRow("""{"a":{"dtype":"U8","shape":[4294967296],"data_offsets":[0,4]}}""", 4, "no shape", DisplayName = "dimension of 33 bits")]
    [DataRow("""{"a":{"dtype":"F64","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "which is too large", DisplayName = "product overflows")]
    [DataRow("""{"a":{"dtype":"F64","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0, "which is too large", DisplayName = "product is zero modulo 2^64")]
    [DataRow("""{"a":{"dtype":"F64","shape":[2000000000],"data_offsets":[0,16000000000]}}""", 8, "take 16000000000 bytes, but 8 follow", DisplayName = "more than there is")]
    [DataRow("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "element type 'F16'", DisplayName = "half precision")]
    [DataRow("""{"a":{"shape":[2],"data_offsets":[0,4]}}""", 4, "element type ''", DisplayName = "no type")]
    [DataRow("""{"a":{"dtype":"U8","shape":[4]}}""", 4, "no pair of data offsets", DisplayName = "no offsets")]
    [DataRow("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,2,4]}}""", 4, "no pair of data offsets", DisplayName = "three offsets")]
    [DataRow("""{"a":7}""", 0, "'a'", DisplayName = "no object")]
    [DataRow("""{"../a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "'../a' cannot name an array", DisplayName = "path as a name")]
    [DataRow("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "not valid", DisplayName = "name twice")]
    [DataRow("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "not valid", DisplayName = "lone surrogate")]
    [DataRow("""[]""", 0, "does not begin with '{'", DisplayName = "list")]
    [DataRow("", 0, "does not begin with '{'", DisplayName = "no header")]
    [DataRow("""{"a":""", 4, "not valid", DisplayName = "cut header")]
    public void A_header_that_does_not_fit_is_refused(string header, int dataLength, string expected)
    {
        var message = Assert.ThrowsExactly<ModelFormatException>(() => Load(Pack(header, new byte[dataLength]), _ => { })).Message;
        Assert.Contains(Entry, message);
        Assert.Contains(expected, message);
    }

    [TestMethod]
    public void A_header_longer_than_the_file_is_refused_without_allocating_it()
    {
        foreach (var length in new[] { 1UL, 1UL << 31, 1UL << 40, ulong.MaxValue })
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
            Assert.Contains($"declares a header of {length} bytes",
                Assert.ThrowsExactly<ModelFormatException>(() => Load(bytes, _ => { })).Message);
        }
        Assert.Contains("fewer than the eight", Assert.ThrowsExactly<ModelFormatException>(() => Load(new byte[7], _ => { })).Message);
    }

    [TestMethod]
    public void A_truth_value_is_0_or_1() => Assert.Contains("neither 0 nor 1", Assert.ThrowsExactly<ModelFormatException>(
        () => Load(Pack("""{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", [1, 2]), _ => { })).Message);

    private static byte[] Arrays(Action<ModelSaveContext> save) => ModelZip.Open(Models.Save(new Probe("Test.Probe", save)))[Entry];

    private static byte[] Pack(string header, ReadOnlySpan<byte> data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. data];
    }

    private static void Load(byte[] arrays, Action<ModelLoadContext> load)
    {
        var zip = ModelZip.Open(Models.Save(new Probe("Test.Probe", context => context.WriteArray<byte>("a", [1]))));
        zip[Entry] = arrays;
        Models.Load(zip.Rehash().Pack(), Models.CatalogOf(new ComponentList("Test").Add("Test.Probe", context =>
        {
            load(context);
            return new Probe("Test.Probe", _ => { });
        })));
    }
}
