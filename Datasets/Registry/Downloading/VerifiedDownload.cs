using System.Text;

namespace MLPath.Datasets.Registry.Downloading;

/// <summary>Fetches a file from the first of its addresses that has the right one.</summary>
/// <param name="downloader">Fetches one address.</param>
/// <param name="file">The file.</param>
/// <param name="part">What has been received of it.</param>
/// <param name="limit">The largest size that it, or an archive with it, can have.</param>
internal sealed class VerifiedDownload(Downloader downloader, DatasetFile file, PartialFile part, long limit)
{
    private readonly List<string> _reasons = [];
    private bool _anyWrong;

    /// <summary>Fetches the file.</summary>
    /// <param name="progress">Is told of what arrives.</param>
    /// <param name="cancellationToken">Ends the work; what has been received stays for later.</param>
    /// <returns>The path of the file, checked, to be moved away; null where no address has it.</returns>
    public async Task<string?> RunAsync(IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (var download in file.Downloads)
        {
            try
            {
                void Report(long received, long? total) => progress?.Report(new DatasetProgress(file.Name, received, total));
                await downloader.FetchAsync(download.Url, part, limit, Report, cancellationToken).ConfigureAwait(false);
                string path = Unpacked(download, cancellationToken);
                if (Checksums.Mismatch(path, file.Checksums, cancellationToken) is not { } mismatch)
                {
                    part.Forget(keep: path);
                    return path;
                }
                if (path != part.Path) File.Delete(path);
                Refuse(download, mismatch);
            }
            catch (IOException error)
            {
                _reasons.Add($"{download.Url}: {error.Message.TrimEnd('.')}");
            }
            catch (DataException error)
            {
                Refuse(download, error.Message.TrimEnd('.'));
            }
        }
        return null;
    }

    /// <summary>Why no address has the file.</summary>
    /// <param name="set">The name of the set.</param>
    /// <param name="folderVariable">The environment variable that names a folder to use instead.</param>
    public Exception Failure(string set, string folderVariable)
    {
        var message = new StringBuilder($"{file.Name} of the data set '{set}' could not be had. ");
        message.AppendJoin("; ", _reasons).Append(". ");
        if (_anyWrong) message.Append("What was wrong has been deleted. ");
        else if (part.Length > 0) message.Append("What has been received is kept and will be continued. ");
        message.Append($"Try again later, or put the file at {file.Path} in a folder and name that folder in the environment variable {folderVariable}.");
        return _anyWrong ? new DataException(message.ToString()) : new IOException(message.ToString());
    }

    private void Refuse(DatasetDownload download, string reason)
    {
        part.Discard();
        _anyWrong = true;
        _reasons.Add($"{download.Url} is not the published file: {reason}");
    }

    private string Unpacked(DatasetDownload download, CancellationToken cancellationToken)
    {
        if (download.ArchiveEntry is not { } entry) return part.Path;
        string path = part.Path + ".unpacked";
        try
        {
            using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            Archive.Extract(part.Path, entry, to, limit, cancellationToken);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        return path;
    }
}
