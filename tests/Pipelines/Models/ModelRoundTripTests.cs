using System.IO.Compression;
using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

[TestClass]
public sealed class ModelRoundTripTests
{
    private enum Norm { L1, L2 }

    [TestMethod]
    public void Every_kind_of_setting_is_read_as_it_was_written() => Models.Exchange(
        save =>
        {
            save.Write("text", "naïve \"κ\"\n\0 <b> 🙂");
            save.Write("empty", "");
            save.Write("absent", (string?)null);
            save.Write("yes", true);
            save.Write("no", false);
            save.Write("int", int.MinValue);
            save.Write("long", long.MaxValue);
            save.Write("columns", ["a", "", "b.c"]);
            save.Write("none", []);
            save.WriteEnum("norm", Norm.L2);
        },
        load =>
        {
            Assert.AreEqual("Test.Probe", load.ComponentId);
            Assert.AreEqual("naïve \"κ\"\n\0 <b> 🙂", load.ReadString("text"));
            Assert.AreEqual("", load.ReadStringOrNull("empty"));
            Assert.IsNull(load.ReadStringOrNull("absent"));
            Assert.IsTrue(load.ReadBoolean("yes"));
            Assert.IsFalse(load.ReadBoolean("no"));
            Assert.AreEqual(int.MinValue, load.ReadInt32("int"));
            Assert.AreEqual(long.MaxValue, load.ReadInt64("long"));
            CollectionAssert.AreEqual(new[] { "a", "", "b.c" }, load.ReadStrings("columns"));
            Assert.IsEmpty(load.ReadStrings("none"));
            Assert.AreEqual(Norm.L2, load.ReadEnum<Norm>("norm"));
        });

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-0.0)]
    [DataRow(0.1)]
    [DataRow(1.0)]
    [DataRow(Math.PI)]
    [DataRow(double.Epsilon)]
    [DataRow(double.MaxValue)]
    [DataRow(double.MinValue)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    [DataRow(double.NegativeInfinity)]
    public void Numbers_keep_every_bit(double value) => Models.Exchange(
        save =>
        {
            save.Write("double", value);
            save.Write("single", (float)value);
        },
        load =>
        {
            Assert.AreEqual(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(load.ReadDouble("double")));
            Assert.AreEqual(BitConverter.SingleToInt32Bits((float)value), BitConverter.SingleToInt32Bits(load.ReadSingle("single")));
        });

    [TestMethod]
    public void Every_type_of_array_keeps_every_bit()
    {
        Array_keeps<float>([0, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, BitConverter.Int32BitsToSingle(0x7FC0_1234)]);
        Array_keeps<double>([0, -0d, double.NaN, double.NegativeInfinity, double.MaxValue]);
        Array_keeps<sbyte>([sbyte.MinValue, -1, 0, sbyte.MaxValue]);
        Array_keeps<short>([short.MinValue, -1, 0, short.MaxValue]);
        Array_keeps([int.MinValue, -1, 0, int.MaxValue]);
        Array_keeps([long.MinValue, -1, 0, long.MaxValue]);
        Array_keeps<byte>([0, 1, byte.MaxValue]);
        Array_keeps<ushort>([0, 1, ushort.MaxValue]);
        Array_keeps<uint>([0, 1, uint.MaxValue]);
        Array_keeps<ulong>([0, 1, ulong.MaxValue]);
        Array_keeps([true, false, true]);
        Array_keeps<double>([]);
        Array_keeps([.. Enumerable.Range(0, 200_003)]);
    }

    private static void Array_keeps<T>(T[] values) where T : unmanaged => Models.Exchange(
        save => save.WriteArray<T>("values", values),
        load => CollectionAssert.AreEqual(Bytes(values), Bytes(load.ReadArray<T>("values")), typeof(T).Name));

    private static byte[] Bytes<T>(T[] values) where T : unmanaged =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    [TestMethod]
    public void Arrays_keep_their_shapes_and_do_not_disturb_each_other() => Models.Exchange(
        save =>
        {
            save.WriteArray<byte>("odd", [1, 2, 3]);
            save.WriteArray<double>("layers.0.weight", [1, 2, 3, 4, 5, 6], 3, 2);
            save.WriteArray<float>("nothing", [], 0, 5);
            save.WriteArray<short>("cube", [1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        },
        load =>
        {
            CollectionAssert.AreEqual(new[] { 3, 2 }, load.ReadShape("layers.0.weight"));
            CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4, 5, 6 }, load.ReadArray<double>("layers.0.weight", -1, 2));
            CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, load.ReadArray<byte>("odd", 3));
            CollectionAssert.AreEqual(new short[] { 1, 2, 3, 4, 5, 6, 7, 8 }, load.ReadArray<short>("cube", 2, -1, -1));
            CollectionAssert.AreEqual(new[] { 0, 5 }, load.ReadShape("nothing"));
            Assert.IsEmpty(load.ReadArray<float>("nothing", -1, 5));
        });

    [TestMethod]
    public void A_span_is_copied_and_an_array_is_kept() => Models.Exchange(
        save =>
        {
            int[] values = [1, 2, 3];
            save.WriteArray<int>("span", values.AsSpan());
            save.WriteArray("array", values);
            save.WriteArray("none", (int[]?)null);
            values[0] = 99;
        },
        load =>
        {
            CollectionAssert.AreEqual(new[] { 1, 2, 3 }, load.ReadArray<int>("span"));
            CollectionAssert.AreEqual(new[] { 99, 2, 3 }, load.ReadArray<int>("array"));
            Assert.IsEmpty(load.ReadArray<int>("none"));
        });

    [TestMethod]
    public void Has_knows_settings_arrays_and_children() => Models.Exchange(
        save =>
        {
            save.Write("setting", (string?)null);
            save.WriteArray<float>("array", [1]);
            save.SaveChildren("children", []);
        },
        load =>
        {
            Assert.IsTrue(load.Has("setting"));
            Assert.IsTrue(load.Has("array"));
            Assert.IsTrue(load.Has("children"));
            Assert.IsFalse(load.Has("other"));
            Assert.IsEmpty(load.LoadChildren<Scaler>("children"));
        });

    [TestMethod]
    public void Nested_components_come_back_in_order()
    {
        var inner = new Chain([Models.Small(), new Scaler(["x"], [3], 0.25)]);
        var (root, _) = Models.Load(Models.Save(new Chain([inner, new Scaler(["y"], [4], 0.5)], inner)));

        var chain = (Chain)root;
        Assert.HasCount(2, chain.Stages);
        var first = (Chain)chain.Stages[0];
        CollectionAssert.AreEqual(new[] { "length", "width" }, ((Scaler)((Chain)first.Stages[0]).Stages[0]).Columns);
        Assert.AreEqual(0.25, ((Scaler)first.Stages[1]).Tolerance);
        CollectionAssert.AreEqual(new[] { 4f }, ((Scaler)chain.Stages[1]).Weights);
        Assert.HasCount(2, ((Chain)chain.Last!).Stages);
        CollectionAssert.AreEqual(Models.Save(chain), Models.Save(new Chain([inner, new Scaler(["y"], [4], 0.5)], inner)));
    }

    [TestMethod]
    public void Sixty_four_levels_are_the_most()
    {
        ICanSaveModel model = new Scaler([], [], 0);
        for (var depth = 1; depth < 64; depth++) model = new Chain([model]);
        CollectionAssert.AreEqual(Models.Save(model), Models.Save(Models.Load(Models.Save(model)).Root));

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Models.Save(new Chain([model])));
        Assert.Contains("nested more than 64 deep", error.Message);
    }

    [TestMethod]
    public void The_same_model_gives_the_same_bytes()
    {
        var first = Models.Save(Models.Small(), Models.Manifest());
        CollectionAssert.AreEqual(first, Models.Save(Models.Small(), Models.Manifest()));
        var (root, manifest) = Models.Load(first);
        CollectionAssert.AreEqual(first, Models.Save(root, manifest));
    }

    [TestMethod]
    public void The_manifest_comes_back()
    {
        var provenance = new JsonObject { ["data"] = "iris", ["rows"] = 150, ["timings"] = new JsonObject { ["fit"] = 0.25 } };
        var file = Models.Save(Models.Small(), new ModelManifest { Provenance = provenance, Schema = null });

        var (_, manifest) = Models.Load(file);
        Assert.AreEqual(ModelManifest.CurrentFormatVersion, manifest.FormatVersion);
        Assert.AreEqual(new ModelManifest().LibraryVersion, manifest.LibraryVersion);
        Assert.IsTrue(JsonNode.DeepEquals(provenance, manifest.Provenance));
        Assert.IsNull(manifest.Schema);

        using var stream = new MemoryStream(Models.Save(Models.Small(), Models.Manifest()));
        Assert.IsTrue(JsonNode.DeepEquals(Models.Manifest().Schema, ModelFile.ReadManifest(stream).Schema));
    }

    [TestMethod]
    public void The_manifest_is_read_without_knowing_the_components()
    {
        using var stream = new MemoryStream(Models.Save(new Probe("Other.Thing", _ => { }), Models.Manifest()));
        Assert.AreEqual(150, (int)ModelFile.ReadManifest(stream).Provenance["rows"]!);
    }

    [TestMethod]
    public void The_file_is_a_zip_of_a_folder_for_each_component()
    {
        using var zip = new ZipArchive(new MemoryStream(Models.Save(Models.Small())), ZipArchiveMode.Read);
        string[] expected =
        [
            "manifest.json", "manifest.sha256", "model/settings.json",
            "model/stages/0/settings.json", "model/stages/0/arrays.safetensors",
            "model/stages/1/settings.json", "model/stages/1/arrays.safetensors",
            "model/last/settings.json", "model/last/arrays.safetensors",
        ];
        CollectionAssert.AreEqual(expected, zip.Entries.Select(entry => entry.FullName).ToArray());
    }

    [TestMethod]
    public void A_stream_need_not_be_seekable()
    {
        using var written = new MemoryStream();
        using (var forward = new ForwardOnly(written)) ModelFile.Save(forward, Models.Small(), Models.Manifest());
        using var read = new ForwardOnly(new MemoryStream(written.ToArray()));
        var (root, manifest) = ModelFile.Load(read, Models.Catalog);
        CollectionAssert.AreEqual(Models.Save(Models.Small(), Models.Manifest()), Models.Save(root, manifest));
        Assert.IsTrue(read.CanRead, "the stream stays open");
    }

    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => inner.CanRead;
        public override bool CanSeek => false;
        public override bool CanWrite => inner.CanWrite;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 7));
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
