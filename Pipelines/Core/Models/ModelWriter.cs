using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace MLPath.Runtime;

/// <summary>
/// Writes the zip. Its bytes are a function of the model and the manifest alone: entries in the order of the component tree, one fixed time,
/// no compression (whose output may differ between machines, and which gains little on floating-point numbers).
/// </summary>
internal static class ModelWriter
{
    /// <summary>The earliest time that a zip can state.</summary>
    private static readonly DateTimeOffset s_entryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A regular file that its owner may write and everybody may read, in the upper half as Unix keeps it.</summary>
    private const int RegularFile = unchecked((int)0x81A4_0000);

    internal static void Write(Stream stream, ICanSaveModel root, ModelManifest manifest, CancellationToken cancellationToken)
    {
        var model = ModelSaveContext.Collect(root);
        var entries = new List<Entry>();
        AddEntries(model, entries);
        if (entries.Count > ModelLoadLimits.Default.MaxEntries)
            throw new InvalidOperationException(
                $"The model has {entries.Count} entries; at most {ModelLoadLimits.Default.MaxEntries} can be read back.");

        var manifestBytes = ModelManifestFile.Write(
            manifest, model, entries.Select(entry => (entry.Name, new ModelManifestFile.EntryInfo(entry.Length, Hash(entry, cancellationToken)))));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteEntry(zip, Entry.Of(ModelPath.Manifest, manifestBytes), cancellationToken);
        WriteEntry(zip, Entry.Of(ModelPath.ManifestHash, ManifestHash(manifestBytes)), cancellationToken);
        foreach (var entry in entries) WriteEntry(zip, entry, cancellationToken);
    }

    /// <summary>The line that <c>sha256sum --check</c> understands.</summary>
    internal static byte[] ManifestHash(byte[] manifest) =>
        Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(manifest))}  {ModelPath.Manifest}\n");

    private static void AddEntries(ModelSaveContext component, List<Entry> entries)
    {
        entries.Add(Entry.Of(ModelPath.Settings(component.Folder), component.Settings));
        if (component.Arrays.Count > 0)
        {
            var arrays = new SafeTensorsFile(component.Arrays);
            entries.Add(new(ModelPath.Arrays(component.Folder), arrays.Length, arrays.WriteTo));
        }
        foreach (var slot in component.Children)
            foreach (var child in slot.Components) AddEntries(child, entries);
    }

    private static string Hash(Entry entry, CancellationToken cancellationToken)
    {
        using var sha256 = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha256, CryptoStreamMode.Write)) entry.Write(hashing, cancellationToken);
        return Convert.ToHexStringLower(sha256.Hash!);
    }

    private static void WriteEntry(ZipArchive zip, Entry entry, CancellationToken cancellationToken)
    {
        var zipEntry = zip.CreateEntry(entry.Name, CompressionLevel.NoCompression);
        zipEntry.LastWriteTime = s_entryTime;
        zipEntry.ExternalAttributes = RegularFile;
        using var stream = zipEntry.Open();
        entry.Write(stream, cancellationToken);
    }

    private readonly record struct Entry(string Name, long Length, Action<Stream, CancellationToken> Write)
    {
        internal static Entry Of(string name, ReadOnlyMemory<byte> bytes) => new(name, bytes.Length, (stream, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            stream.Write(bytes.Span);
        });
    }
}
