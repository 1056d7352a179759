namespace MLPath.Datasets.Formats;

/// <summary>Reads binary content into memory, which grows with what really comes and never to a stated length at once.</summary>
internal static class ContentBytes
{
    private const int FirstBlock = 1 << 16;

    /// <summary>Reads up to <paramref name="expected"/> bytes; fewer where the content ends before.</summary>
    /// <param name="content">The content.</param>
    /// <param name="expected">How many bytes are wanted; at most <see cref="Array.MaxLength"/>.</param>
    /// <param name="available">How many there are, where that is known.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static byte[] Read(Stream content, long expected, long? available, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(expected, available ?? FirstBlock)];
        int used = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = content.Read(bytes.AsSpan(used, Math.Min(bytes.Length - used, 1 << 20)));
            used += read;
            if (used == expected || (read == 0 && used < bytes.Length)) return used == bytes.Length ? bytes : bytes[..used];
            if (used == bytes.Length)
            {
                if (available is not null) return bytes;
                Array.Resize(ref bytes, (int)Math.Min(expected, 2L * bytes.Length));
            }
        }
    }
}
