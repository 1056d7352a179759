using Microsoft.Win32.SafeHandles;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>Bytes that can be read from any place, by several threads.</summary>
internal abstract class RandomAccessSource : IDisposable
{
    /// <summary>The name to use in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from a place that lies, with its end, within <see cref="Length"/>.</summary>
    public abstract void Read(long offset, Span<byte> destination);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The error of a file that became shorter after its length was taken.</summary>
    protected DataException Shrunk() => FormatError.Of(Name, "the file became shorter while it was read; load it again");
}

/// <summary>A file, which is open from the first reading to the end.</summary>
internal sealed class FileBytes(string path) : RandomAccessSource
{
    private readonly SafeFileHandle _handle = Open(path, out _);

    public override string Name => path;

    public override long Length { get; } = new FileInfo(path).Length;

    public override void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0) throw Shrunk();
            destination = destination[read..];
            offset += read;
        }
    }

    public override void Dispose() => _handle.Dispose();

    private static SafeFileHandle Open(string path, out long length)
    {
        // OpenRaw words the errors of paths that are no files.
        using var file = SourceFile.OpenRaw(path, FileOptions.RandomAccess);
        length = file.Length;
        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
    }
}

/// <summary>A stream that can seek, which is disposed with this.</summary>
internal sealed class StreamBytes(string name, Stream stream) : RandomAccessSource
{
    private readonly Lock _lock = new();

    public override string Name => name;

    public override long Length { get; } = stream.Length;

    public override void Read(long offset, Span<byte> destination)
    {
        lock (_lock)
        {
            stream.Position = offset;
            if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length) throw Shrunk();
        }
    }

    public override void Dispose() => stream.Dispose();
}
