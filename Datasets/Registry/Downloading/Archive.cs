using System.Formats.Tar;
using System.IO.Compression;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Registry.Downloading;

/// <summary>
/// The files in a zip archive, a tar archive or a compressed tar archive, told apart by their first bytes. Files are read in place:
/// nothing is ever written under a name that an archive gives, so that a name such as <c>../../file</c> can do no harm. Links and folders
/// are passed over.
/// </summary>
internal static class Archive
{
    /// <summary>Reads the files of an archive one after the other.</summary>
    /// <param name="path">The archive.</param>
    /// <returns>Each file's name, with forward slashes, and its content, which is to be read before the next is asked for.</returns>
    /// <exception cref="DataException">The archive is damaged or cut short, or is none.</exception>
    public static IEnumerable<(string Name, Stream Content)> Files(string path)
    {
        using var content = SourceFile.OpenContent(path, out long? length);
        bool isZip = false;
        if (length is not null)
        {
            Span<byte> magic = stackalloc byte[4];
            isZip = content.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic is [(byte)'P', (byte)'K', 3, 4];
            content.Position = 0;
        }
        using var files = (isZip ? Zip(content) : Tar(content)).GetEnumerator();
        while (Guarded(path, files.MoveNext)) yield return files.Current;
    }

    /// <summary>Copies one file of an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="name">The file's name in it.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="limit">The largest size that is possible, against archives that unfold to more than the disk holds.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DataException">The archive is damaged, lacks the file, or holds one that is too large.</exception>
    public static void Extract(string path, string name, Stream destination, long limit, CancellationToken cancellationToken)
    {
        foreach (var (found, content) in Files(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found != name) continue;
            Guarded(path, () => CopyWithin(content, destination, limit, name, cancellationToken));
            return;
        }
        throw new DataException($"The archive {Path.GetFileName(path)} has no file '{name}'.");
    }

    private static IEnumerable<(string Name, Stream Content)> Zip(Stream content)
    {
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            if (entry.Name.Length == 0) continue;
            using var file = entry.Open();
            yield return (entry.FullName.Replace('\\', '/'), file);
        }
    }

    private static IEnumerable<(string Name, Stream Content)> Tar(Stream content)
    {
        using var tar = new TarReader(content, leaveOpen: true);
        bool any = false;
        while (tar.GetNextEntry() is { } entry)
        {
            any = true;
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                yield return (entry.Name, entry.DataStream ?? Stream.Null);
        }
        if (!any) throw new InvalidDataException("it holds no files.");
        // What follows the last file is read as well, because a compressed file that was cut short shows that only at its end.
        content.CopyTo(Stream.Null);
    }

    private static bool CopyWithin(Stream from, Stream to, long limit, string name, CancellationToken cancellationToken)
    {
        var block = new byte[1 << 16];
        long copied = 0;
        for (int read; (read = from.Read(block)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((copied += read) > limit) throw new DataException($"'{name}' unfolds to more than the {limit} bytes that it can have.");
            to.Write(block, 0, read);
        }
        return true;
    }

    private static bool Guarded(string path, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException)
        {
            throw new DataException($"{path} is not a sound archive: {damage.Message}", damage);
        }
    }
}
