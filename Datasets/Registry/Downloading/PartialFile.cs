using System.Net.Http.Headers;

namespace MLPath.Datasets.Registry.Downloading;

/// <summary>
/// What has been received of a download, beside a note of where it came from, so that a later attempt, even of another process, can go on
/// where this one ended. A server confirms by entity tag or date that it still has the same file; without either, the download starts
/// again.
/// </summary>
/// <param name="path">The file of what has been received.</param>
internal sealed class PartialFile(string path)
{
    private readonly string _note = path + ".from";

    /// <summary>The file of what has been received.</summary>
    public string Path => path;

    /// <summary>How many bytes have been received.</summary>
    public long Length => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>What must hold for the rest to fit; null where nothing is here that could be continued from that address.</summary>
    public RangeConditionHeaderValue? ConditionFor(Uri url)
    {
        if (Length == 0 || !File.Exists(_note) || File.ReadAllLines(_note) is not [var from, var validator] || from != url.AbsoluteUri) return null;
        return RangeConditionHeaderValue.TryParse(validator, out var condition) ? condition : null;
    }

    /// <summary>Opens the file behind what has been received.</summary>
    public FileStream Continue() => new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>Forgets what has been received and starts with another answer.</summary>
    /// <param name="url">Where it comes from.</param>
    /// <param name="response">The answer.</param>
    public FileStream Restart(Uri url, HttpResponseMessage response)
    {
        Discard();
        string? validator = response.Headers.ETag is { IsWeak: false } tag
            ? new RangeConditionHeaderValue(tag).ToString()
            : response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date).ToString() : null;
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        if (validator is not null) File.WriteAllLines(_note, [url.AbsoluteUri, validator]);
        return stream;
    }

    /// <summary>Removes what has been received.</summary>
    public void Discard()
    {
        File.Delete(_note);
        File.Delete(path);
    }

    /// <summary>Removes what is no longer needed once a file is complete.</summary>
    /// <param name="keep">The complete file, which may be this one.</param>
    public void Forget(string keep)
    {
        File.Delete(_note);
        if (keep != path) File.Delete(path);
    }
}
