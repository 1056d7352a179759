using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>Files made to hurt: each is refused with words, and none makes the reader allocate more than its size allows.</summary>
[TestClass]
public sealed class AdversarialModelFileTests
{
    /// <summary>Buffers for hashing and for a zip's comment, messages.</summary>
    private const long ConstantBytes = 512 << 10;

    /// <summary>A parsed document costs up to 12 bytes a token, in a buffer that doubles; the least token takes two bytes of JSON.</summary>
    private const int BytesPerJsonByte = 16;

    private static readonly byte[] s_file = Models.Save(Models.Small(), Models.Manifest());

    [TestMethod]
    [DataRow(8, ushort.MaxValue, "does not lie within it")]
    [DataRow(10, ushort.MaxValue, "does not lie within it")]
    [DataRow(4, 1, "one part of several")]
    [DataRow(6, 7, "one part of several")]
    [DataRow(12, ushort.MaxValue, "does not lie within it")]
    [DataRow(12, 500, "longer or shorter")]
    [DataRow(16, 3, "zip archive")]
    [DataRow(20, 5, "no end of a directory")]
    public void An_end_record_that_lies_is_refused(int offset, int value, string expected)
    {
        byte[] file = [.. s_file];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(file.Length - 22 + offset), (ushort)value);
        // The number of entries stands twice; the one on this disk is not looked at.
        if (offset == 8) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(file.Length - 12), (ushort)value);
        Assert.Contains(expected, Refuse(file));
    }

    [TestMethod]
    [DataRow(1L << 60, 100L, 0L)]
    [DataRow(5L, 1L << 60, 0L)]
    [DataRow(5L, 300L, 1L << 60)]
    [DataRow(-1L, 300L, 0L)]
    [DataRow(1L, long.MinValue, 0L)]
    [DataRow(1L, long.MaxValue, long.MaxValue)]
    public void A_64_bit_end_record_that_lies_is_refused(long count, long length, long start)
    {
        var record = new byte[56 + 20];
        "PK\u0006\u0006"u8.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(24), count);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), count);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), length);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), start);
        "PK\u0006\u0007"u8.CopyTo(record.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(56 + 8), s_file.Length - 22);
        Refuse([.. s_file[..^22], .. record, .. s_file[^22..]]);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(56 + 8), 1L << 60);
        Assert.Contains("does not lie within it", Refuse([.. s_file[..^22], .. record, .. s_file[^22..]]));
    }

    [TestMethod]
    public void A_64_bit_end_record_that_does_not_lie_is_read()
    {
        var end = s_file.AsSpan(^22);
        var record = new byte[56 + 20];
        "PK\u0006\u0006"u8.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), BinaryPrimitives.ReadUInt16LittleEndian(end[10..]));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        "PK\u0006\u0007"u8.CopyTo(record.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(56 + 8), s_file.Length - 22);
        byte[] file = [.. s_file[..^22], .. record, .. end];
        file.AsSpan(file.Length - 14, 10).Fill(0xFF);
        Assert.IsInstanceOfType<Chain>(Models.Load(file).Root);
    }

    [TestMethod]
    public void A_length_or_a_place_of_2_to_the_60_is_refused()
    {
        foreach (int field in (int[])[0, 8, 16])
        {
            // A directory entry whose 32-bit numbers are all saturated, so that the field of 64-bit numbers decides.
            var extra = new byte[4 + 24];
            extra[0] = 1;
            extra[2] = 24;
            BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(4 + field), 1L << 60);
            var header = new byte[46];
            "PK\u0001\u0002"u8.CopyTo(header);
            header.AsSpan(20, 8).Fill(0xFF);
            header.AsSpan(42, 4).Fill(0xFF);
            header[28] = 1;
            header[30] = (byte)extra.Length;
            Refuse(Zip([], [.. header, (byte)'a', .. extra], 1));
        }
    }

    [TestMethod]
    public void A_directory_that_names_one_entry_a_hundred_thousand_times_is_refused()
    {
        var directory = new MemoryStream();
        for (int i = 0; i < 100_000; i++)
        {
            var name = Encoding.ASCII.GetBytes(i.ToString("x5", CultureInfo.InvariantCulture));
            var header = new byte[46];
            "PK\u0001\u0002"u8.CopyTo(header);
            header[28] = (byte)name.Length;
            directory.Write(header);
            directory.Write(name);
        }
        var local = new byte[30];
        "PK\u0003\u0004"u8.CopyTo(local);
        Refuse(Zip(local, directory.ToArray(), ushort.MaxValue));
    }

    [TestMethod]
    public void A_hundred_thousand_components_without_entries_are_refused()
    {
        var children = string.Join(',', Enumerable.Repeat("""{"id":"T.C"}""", 100_000));
        var zip = ModelZip.Open(s_file);
        zip["manifest.json"] = Encoding.UTF8.GetBytes(
            """{"format":"MLPath model","formatVersion":1,"mlpathVersion":"0","provenance":{},"schema":null,"model":{"id":"T.C","children":{"x":[""" + children + """]}},"entries":{}}""");
        Assert.Contains("more components than the file's 9 entries", Refuse(zip.RehashManifest().Pack(), zip["manifest.json"].Length));
    }

    [TestMethod]
    public void A_hundred_thousand_entries_that_are_only_listed_are_refused()
    {
        var entries = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{{'"'}}{{i}}":{"length":0,"sha256":""}"""));
        var zip = ModelZip.Open(s_file);
        zip["manifest.json"] = Encoding.UTF8.GetBytes(
            """{"format":"MLPath model","formatVersion":1,"mlpathVersion":"0","provenance":{},"schema":null,"model":{"id":"T.C"},"entries":{""" + entries + "}}");
        Assert.Contains("lists more entries than the 9 that the file has", Refuse(zip.RehashManifest().Pack(), zip["manifest.json"].Length));
    }

    [TestMethod]
    public void Settings_of_nothing_but_tokens_are_bounded_and_nested_ones_refused()
    {
        var zip = ModelZip.Open(s_file);
        zip["model/settings.json"] = Encoding.ASCII.GetBytes("[" + string.Join(',', Enumerable.Repeat("0", 200_000)) + "]");
        Assert.Contains("not a JSON object", Refuse(zip.Rehash().Pack(), zip["model/settings.json"].Length));
        zip["model/settings.json"] = Encoding.ASCII.GetBytes(new string('[', 200_000));
        Assert.Contains("'model/settings.json'", Refuse(zip.Rehash().Pack(), 200_000));
        zip["model/settings.json"] = Encoding.ASCII.GetBytes("""{"a":1,"a":2}""");
        Assert.Contains("Duplicate", Refuse(zip.Rehash().Pack()), StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public void An_encrypted_entry_and_one_within_another_are_refused()
    {
        byte[] encrypted = [.. s_file];
        encrypted[Central(encrypted, 0) + 8] |= 1;
        Assert.Contains("encrypted", Refuse(encrypted));

        // The second entry's place moves into the bytes of the first, where a header was hidden.
        var zip = ModelZip.Open(s_file);
        var hidden = new byte[30 + "model/settings.json".Length];
        "PK\u0003\u0004"u8.CopyTo(hidden);
        hidden[26] = (byte)"model/settings.json".Length;
        "model/settings.json"u8.CopyTo(hidden.AsSpan(30));
        zip["manifest.json"] = [.. zip["manifest.json"], .. hidden, .. zip["model/settings.json"]];
        byte[] file = zip.Pack();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Central(file, 2) + 42), file.AsSpan().IndexOf(hidden));
        Assert.Contains("lies where another part of it is", Refuse(file));
    }

    [TestMethod]
    public void A_name_of_the_directory_must_be_the_one_before_the_bytes()
    {
        byte[] file = [.. s_file];
        file[30] ^= 1;
        Assert.Contains("'manifest.json' there is something else", Refuse(file));
    }

    [TestMethod]
    public void A_comment_behind_the_archive_does_no_harm()
    {
        byte[] file = [.. s_file, .. "hello"u8];
        file[s_file.Length - 2] = 5;
        Assert.IsInstanceOfType<Chain>(Models.Load(file).Root);
    }

    [TestMethod]
    [DataRow(2_000_000)]
    [DataRow(100_000)]
    public void Arrays_are_read_into_place_and_written_from_it(int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => Math.Sqrt(i))];
        var probe = new Probe("Test.Probe", save => save.WriteArray("values", values));
        double[] read = [];
        var catalog = Models.CatalogOf(new ComponentList("Test").Add("Test.Probe", load =>
        {
            read = load.ReadArray<double>("values");
            return probe;
        }));
        using var stream = new MemoryStream((count * sizeof(double)) + 10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelFile.Save(stream, probe, new ModelManifest());
        Assert.IsLessThan(ConstantBytes, GC.GetAllocatedBytesForCurrentThread() - before);

        byte[] file = stream.ToArray();
        before = GC.GetAllocatedBytesForCurrentThread();
        Models.Load(file, catalog);
        Assert.IsLessThan((count * sizeof(double)) + ConstantBytes, GC.GetAllocatedBytesForCurrentThread() - before);
        CollectionAssert.AreEqual(values, read);
    }

    [TestMethod]
    public void Texts_are_copied_once()
    {
        ReadOnlyMemory<char>[] texts = [.. Enumerable.Range(0, 50_000).Select(i => $"a word of some length {i}".AsMemory())];
        byte[] file = Models.Save(new Probe("Test.Probe", save => save.WriteValues<ReadOnlyMemory<char>>("words", TextDataViewType.Instance, texts)));
        var catalog = Models.CatalogOf(new ComponentList("Test").Add("Test.Probe", load =>
        {
            CollectionAssert.AreEqual(texts.Select(t => $"{t}").ToArray(), load.ReadValues<ReadOnlyMemory<char>>("words").Select(t => $"{t}").ToArray());
            return new Probe("Test.Probe", _ => { });
        }));
        Models.Load(file, catalog);
        var measured = Models.CatalogOf(new ComponentList("Test").Add("Test.Probe", load =>
        {
            Assert.HasCount(texts.Length, load.ReadValues<ReadOnlyMemory<char>>("words"));
            return new Probe("Test.Probe", _ => { });
        }));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Models.Load(file, measured);
        // The file's code units as an array, as one text, and where in it each text lies.
        int codeUnits = texts.Sum(text => text.Length);
        Assert.IsLessThan(file.Length + (2 * codeUnits) + (16 * texts.Length) + ConstantBytes, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Central(byte[] file, int index)
    {
        int at = -1;
        for (int i = 0; i <= index; i++) at = at + 1 + file.AsSpan(at + 1).IndexOf("PK\u0001\u0002"u8);
        return at;
    }

    private static byte[] Zip(byte[] entries, byte[] directory, ushort count)
    {
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), directory.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), entries.Length);
        return [.. entries, .. directory, .. end];
    }

    private static string Refuse(byte[] file, long jsonBytes = 0)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Models.Refusal(file);
        Assert.IsLessThanOrEqualTo(
            (2 * file.Length) + (BytesPerJsonByte * jsonBytes) + ConstantBytes, GC.GetAllocatedBytesForCurrentThread() - before, message);
        return message;
    }
}
