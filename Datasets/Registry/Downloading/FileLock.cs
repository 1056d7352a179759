namespace MLPath.Datasets.Registry.Downloading;

/// <summary>
/// Lets one process at a time work on a file. The operating system frees the lock of a process that ends, however it ends.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until no other process holds the lock.</summary>
    /// <param name="path">The file that stands for the lock; it stays there, empty, because removing it could let two processes in.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lock, held until it is disposed.</returns>
    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
