namespace MLPath.Datasets.Formats;

/// <summary>Keeps what can be read once only, such as a pipe, so that it can be read again.</summary>
internal static class Spool
{
    /// <summary>What is longer goes to a temporary file.</summary>
    private const int LongestInMemory = 1 << 26;

    /// <summary>Reads a stream to its end and closes it.</summary>
    /// <returns>Opens the content from its beginning.</returns>
    public static Func<Stream> Keep(Stream stream)
    {
        using (stream)
        {
            var memory = new MemoryStream();
            var block = new byte[1 << 16];
            while (memory.Length < LongestInMemory)
            {
                int read = stream.Read(block, 0, block.Length);
                if (read == 0) return () => new MemoryStream(memory.GetBuffer(), 0, (int)memory.Length, writable: false);
                memory.Write(block, 0, read);
            }

            string path = Path.GetTempFileName();
            var file = new FileStream(
                path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
            memory.WriteTo(file);
            stream.CopyTo(file);
            file.Flush();
            // The file lasts as long as someone may ask for it: the delegate holds the handle that deletes it.
            return () =>
            {
                GC.KeepAlive(file);
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            };
        }
    }
}
