using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>Whatever the bytes, loading gives the model that was saved or an error that a person can read, and takes no more than a file of its size may.</summary>
[TestClass]
public sealed class HostileModelFileTests
{
    /// <summary>Loading the small model takes some 100 KiB; buffers for hashing are the largest part.</summary>
    private const long AllocationBound = 4 << 20;

    private static readonly byte[] s_file = Models.Save(Models.Small(), Models.Manifest());

    [TestMethod]
    public void No_flipped_byte_goes_unnoticed()
    {
        for (var i = 0; i < s_file.Length; i++)
        {
            var mutated = (byte[])s_file.Clone();
            mutated[i] ^= (byte)(1 << (i % 8));
            Survive(mutated, $"bit {i % 8} of byte {i} flipped");
        }
    }

    [TestMethod]
    public void No_cut_goes_unnoticed()
    {
        for (var length = 0; length < s_file.Length; length += 5) Survive(s_file[..length], $"cut to {length} bytes");
    }

    [TestMethod]
    public void No_missing_changed_or_additional_byte_goes_unnoticed()
    {
        for (var i = 0; i < s_file.Length; i += 7)
        {
            Survive([.. s_file[..i], .. s_file[(i + 1)..]], $"byte {i} removed");
            Survive([.. s_file[..i], 0xFF, .. s_file[i..]], $"byte inserted at {i}");
            byte[] saturated = [.. s_file];
            saturated.AsSpan(i, Math.Min(4, saturated.Length - i)).Fill(0xFF);
            Survive(saturated, $"four bytes at {i} set to 255");
        }
    }

    private static void Survive(byte[] mutated, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var (root, manifest) = Models.Load(mutated);
            CollectionAssert.AreEqual(s_file, Models.Save(root, manifest), what);
        }
        catch (ModelFormatException e)
        {
            Assert.IsGreaterThan(20, e.Message.Length, what);
        }
        catch (Exception e) when (e is not UnitTestAssertException)
        {
            Assert.Fail($"{what}: {e}");
        }
        Assert.IsLessThan(AllocationBound, GC.GetAllocatedBytesForCurrentThread() - before, what);
    }

    /// <summary>The same with true hashes, so that what lies behind them is reached: manifest, settings, array headers, loaders.</summary>
    [TestMethod]
    [DataRow("manifest.json")]
    [DataRow("model/settings.json")]
    [DataRow("model/stages/0/settings.json")]
    [DataRow("model/stages/0/arrays.safetensors")]
    public void A_forged_entry_loads_or_is_refused(string name)
    {
        var zip = ModelZip.Open(s_file);
        var original = zip[name];
        for (var i = 0; i < original.Length; i++)
        {
            byte[] flipped = [.. original];
            flipped[i] ^= (byte)(1 << (i % 7));
            Forge(zip, name, flipped, $"{name}: bit of byte {i} flipped");
            Forge(zip, name, [.. original[..i], .. original[(i + 1)..]], $"{name}: byte {i} removed");
            if (i % 3 == 0) Forge(zip, name, original[..i], $"{name}: cut to {i}");
        }
    }

    private static void Forge(ModelZip zip, string name, byte[] bytes, string what)
    {
        zip[name] = bytes;
        var file = (name == "manifest.json" ? zip.RehashManifest() : zip.Rehash()).Pack();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Models.Load(file);
        }
        catch (ModelFormatException)
        {
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
        Assert.IsLessThan(AllocationBound, GC.GetAllocatedBytesForCurrentThread() - before, what);
    }

    [TestMethod]
    public void A_damaged_entry_is_named()
    {
        foreach (var (name, _) in ModelZip.Open(s_file).Entries)
        {
            var zip = ModelZip.Open(s_file);
            zip[name] = [.. zip[name]];
            zip[name][^1] ^= 1;
            var message = Models.Refusal(zip.Pack());
            Assert.Contains(name == "manifest.sha256" ? "'manifest.json'" : $"'{name}'", message);
            Assert.Contains("is damaged: its SHA-256 is not the one in", message);
        }
    }

    [TestMethod]
    public void A_missing_entry_is_named()
    {
        foreach (var (name, _) in ModelZip.Open(s_file).Entries)
        {
            var zip = ModelZip.Open(s_file);
            zip.Entries.RemoveAll(entry => entry.Name == name);
            Assert.Contains($"'{name}'", Models.Refusal(zip.Pack()));
        }
    }

    [TestMethod]
    [DataRow("model/extra.json")]
    [DataRow("../outside.txt")]
    [DataRow("/etc/passwd")]
    [DataRow("C:\\outside.txt")]
    [DataRow("model/../../outside.txt")]
    [DataRow("model/stages/0/../0/settings.json")]
    [DataRow("MODEL/settings.json")]
    [DataRow("model/")]
    public void An_entry_of_no_component_is_refused_even_when_listed(string name)
    {
        var zip = ModelZip.Open(s_file);
        zip.Entries.Add((name, [1, 2, 3]));
        Assert.Contains($"'{name}' belongs to no component", Models.Refusal(zip.Rehash().Pack()));
    }

    [TestMethod]
    public void An_unlisted_or_repeated_entry_is_refused()
    {
        var unlisted = ModelZip.Open(s_file);
        unlisted.Entries.Add(("model/arrays.safetensors", [1, 2, 3]));
        Assert.Contains("does not list the entry 'model/arrays.safetensors'", Models.Refusal(unlisted.Pack()));

        var repeated = ModelZip.Open(s_file);
        repeated.Entries.Add(("model/settings.json", "{}"u8.ToArray()));
        Assert.Contains("two entries named 'model/settings.json'", Models.Refusal(repeated.Rehash().Pack()));

        var absent = ModelZip.Open(s_file).Replace("manifest.json", "model/last/arrays", "model/lost/arrays").RehashManifest();
        Assert.Contains("model/last/arrays.safetensors", Models.Refusal(absent.Pack()));
    }

    [TestMethod]
    public void A_wrong_length_is_named()
    {
        var zip = ModelZip.Open(s_file);
        var length = zip["model/settings.json"].Length;
        zip.Replace("manifest.json", $"\"length\": {length},", $"\"length\": {length + 1},").RehashManifest();
        Assert.Contains($"'model/settings.json' has {length} bytes; the manifest states {length + 1}", Models.Refusal(zip.Pack()));
    }

    [TestMethod]
    public void A_compressed_entry_is_refused_so_nothing_can_unfold()
    {
        var bomb = ModelZip.Open(s_file);
        bomb["model/settings.json"] = new byte[64 << 20];
        var file = bomb.Rehash().Pack(CompressionLevel.SmallestSize);
        Assert.IsLessThan(1 << 20, file.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("is compressed", Models.Refusal(file));
        Assert.IsLessThan(AllocationBound, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void A_compressed_entry_that_lies_about_its_length_is_refused()
    {
        // The central directory states equal lengths, as a stored entry does, but keeps the method of a compressed one.
        var bomb = ModelZip.Open(s_file);
        bomb["model/settings.json"] = new byte[1 << 20];
        var file = bomb.Rehash().Pack(CompressionLevel.SmallestSize);
        for (var i = 0; i + 46 < file.Length; i++)
            if (file.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8)) file.AsSpan(i + 20, 4).CopyTo(file.AsSpan(i + 24));
        Models.Refusal(file);
    }

    [TestMethod]
    public void Entries_that_share_bytes_are_refused()
    {
        // Every name of the central directory points at the same large stored entry.
        var zip = ModelZip.Open(s_file);
        zip["model/settings.json"] = new byte[100_000];
        var file = zip.Pack();
        using var open = new ZipArchive(new MemoryStream(file));
        byte[]? large = null;
        for (var i = 0; i + 46 < file.Length; i++)
            if (file.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8) && BitConverter.ToInt32(file, i + 24) == 100_000) large = file[(i + 16)..(i + 28)];
        for (var i = 0; i + 46 < file.Length; i++)
            if (file.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8)) large!.CopyTo(file, i + 16);
        Assert.Contains("more than the file has left", Models.Refusal(file));
    }

    [TestMethod]
    public void Limits_are_named()
    {
        Assert.Contains("ModelLoadLimits.MaxFileBytes", Models.Refusal(s_file, new() { MaxFileBytes = s_file.Length - 1 }));
        Assert.Contains("ModelLoadLimits.MaxEntries admits 8", Models.Refusal(s_file, new() { MaxEntries = 8 }));
        Assert.Contains("ModelLoadLimits.MaxJsonBytes admits 100", Models.Refusal(s_file, new() { MaxJsonBytes = 100 }));
        Assert.Contains("nested more than 1 deep", Models.Refusal(s_file, new() { MaxDepth = 1 }));
        Models.Load(s_file, limits: new() { MaxFileBytes = s_file.Length, MaxEntries = 9, MaxDepth = 2 });
    }

    [TestMethod]
    public void A_deep_manifest_is_refused()
    {
        foreach (var depth in new[] { 65, 100_000 })
        {
            var tree = new StringBuilder();
            for (var i = 0; i < depth; i++) tree.Append("""{"id":"Test.Chain","children":{"last":""");
            tree.Append("""{"id":"Test.Chain"}""").Append('}', 2 * depth);
            Assert.Contains("manifest.json", Models.Refusal(WithTree(tree.ToString()), new() { MaxDepth = 1_000_000 }));
        }
    }

    private static byte[] WithTree(string tree)
    {
        var zip = ModelZip.Open(s_file);
        var manifest = JsonNode.Parse(zip.Text("manifest.json"))!;
        manifest["model"] = "TREE";
        zip["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString().Replace("\"TREE\"", tree, StringComparison.Ordinal));
        return zip.RehashManifest().Pack();
    }

    [TestMethod]
    [DataRow("\"MLPath model\"", "\"another model\"", "'format'")]
    [DataRow("\"formatVersion\": 1", "\"formatVersion\": 0", "'formatVersion'")]
    [DataRow("\"formatVersion\": 1", "\"formatVersion\": \"1\"", "'formatVersion'")]
    [DataRow("\"provenance\"", "\"provenanze\"", "'provenance'")]
    [DataRow("\"schema\"", "\"skema\"", "'schema'")]
    [DataRow("\"seed\"", "\"rows\"", "Duplicate")]
    [DataRow("\"Test.Chain\"", "\"System.Object, mscorlib\"", "'System.Object, mscorlib'")]
    [DataRow("\"last\": {", "\"..\": {", "'..'")]
    [DataRow("\"last\": {", "\"stages\": {", "Duplicate")]
    [DataRow("\"a1b2\"", "\"\\ud800\"", "manifest.json")]
    public void A_manifest_that_makes_no_sense_is_refused(string from, string to, string expected)
    {
        var zip = ModelZip.Open(s_file).Replace("manifest.json", from, to).RehashManifest();
        var message = Models.Refusal(zip.Pack());
        Assert.Contains(expected, message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("manifest.json", message);
    }

    [TestMethod]
    public void Other_files_are_not_models()
    {
        foreach (var file in new[] { [], "a,b\n1,2\n"u8.ToArray(), new byte[1000] })
            Assert.Contains("not a model file", Models.Refusal(file));

        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("Version.txt");
        Assert.Contains("no entry 'manifest.json', so it is not a model that MLPath saved", Models.Refusal(stream.ToArray()));
    }
}
