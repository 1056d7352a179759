using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MLPath.Tests.Models;

/// <summary>A model file taken apart, to be put together again wrongly.</summary>
internal sealed class ModelZip
{
    private ModelZip(List<(string Name, byte[] Bytes)> entries) => Entries = entries;

    internal List<(string Name, byte[] Bytes)> Entries { get; }

    internal byte[] this[string name]
    {
        get => Entries.Find(entry => entry.Name == name).Bytes;
        set => Entries[Entries.FindIndex(entry => entry.Name == name)] = (name, value);
    }

    internal static ModelZip Open(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        var entries = new List<(string, byte[])>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(bytes);
            entries.Add((entry.FullName, bytes.ToArray()));
        }
        return new(entries);
    }

    internal string Text(string name) => Encoding.UTF8.GetString(this[name]);

    internal ModelZip Replace(string name, string from, string to)
    {
        Assert.Contains(from, Text(name));
        this[name] = Encoding.UTF8.GetBytes(Text(name).Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    /// <summary>The manifest states the true lengths and hashes again, as one who forges a file would see to.</summary>
    internal ModelZip Rehash()
    {
        var manifest = JsonNode.Parse(Text("manifest.json"))!.AsObject();
        var listed = new JsonObject();
        foreach (var (name, bytes) in Entries)
            if (name is not ("manifest.json" or "manifest.sha256"))
                listed[name] = new JsonObject { ["length"] = bytes.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        manifest["entries"] = listed;
        this["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        return RehashManifest();
    }

    internal ModelZip RehashManifest()
    {
        this["manifest.sha256"] = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(this["manifest.json"])) + "  manifest.json\n");
        return this;
    }

    internal byte[] Pack(CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in Entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        return stream.ToArray();
    }
}
