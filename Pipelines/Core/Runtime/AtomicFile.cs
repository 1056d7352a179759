using System.Text;

namespace MLPath.Runtime;

/// <summary>
/// Writes a file whole or not at all: into a temporary file beside the target, then a rename, which the file system does in one
/// step. A reader sees the old file or the new one, never half of either; a failure leaves the old file as it was and no
/// temporary behind.
/// </summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes <paramref name="path"/> with whatever <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">
    /// The file to create or replace. Missing folders are created; a symbolic link is followed, so that its target is replaced
    /// and the link stays; the permissions of a replaced file are kept.
    /// </param>
    /// <param name="write">Writes the content. The stream is writable and seekable; closing it is allowed, and done here otherwise.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException"><paramref name="path"/> names a folder, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    /// <remarks>An exception thrown by <paramref name="write"/>, cancellation included, passes through.</remarks>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);

        var target = FinalTarget(Path.GetFullPath(path));
        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(target))
            throw new IOException($"Cannot write '{path}': it is a folder. Give the name of a file in it.");
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);

        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                if (stream.CanWrite)
                    stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Writes <paramref name="text"/> to <paramref name="path"/> as UTF-8 without a byte order mark, whole or not at all.</summary>
    /// <param name="path">The file to create or replace; see <see cref="Write"/>.</param>
    /// <param name="text">The whole content.</param>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Utf8.GetBytes(text)));
    }

    private static string FinalTarget(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    // The first error is the one the caller must see: failing to tidy up after it must not hide it.
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
