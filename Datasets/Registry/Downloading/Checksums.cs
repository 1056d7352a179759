using System.Security.Cryptography;
using System.Text;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Registry.Downloading;

/// <summary>Compares files with what their publishers say of them.</summary>
internal static class Checksums
{
    /// <summary>What is wrong with a file, in words; null where it matches one of its checksums.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The checksums, of which one must match.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static string? Mismatch(string path, IReadOnlyList<DatasetChecksum> expected, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ChecksumKind, string>();
        foreach (var checksum in expected)
        {
            if (!found.TryGetValue(checksum.Kind, out string? hex))
            {
                try
                {
                    found[checksum.Kind] = hex = Compute(path, checksum.Kind, cancellationToken);
                }
                catch (DataException damage)
                {
                    return damage.Message;
                }
            }
            if (hex.Equals(checksum.Hex, StringComparison.OrdinalIgnoreCase)) return null;
        }
        return $"its {Name(expected[0].Kind)} is {found[expected[0].Kind]}, not {expected[0].Hex}";
    }

    /// <summary>A file's checksum in lower-case hexadecimal.</summary>
    /// <exception cref="DataException">The file is not a sound archive or gzip file.</exception>
    public static string Compute(string path, ChecksumKind kind, CancellationToken cancellationToken)
    {
        if (kind == ChecksumKind.EntriesSha256) return OfEntries(path, cancellationToken);
        using var stream = kind == ChecksumKind.ContentSha256 ? SourceFile.OpenContent(path, out _) : SourceFile.OpenRaw(path);
        return Hash(stream, kind == ChecksumKind.Md5 ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256, cancellationToken);
    }

    private static string OfEntries(string path, CancellationToken cancellationToken)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, content) in Archive.Files(path))
            lines[name[(name.IndexOf('/') + 1)..]] = Hash(content, HashAlgorithmName.SHA256, cancellationToken);
        var list = new StringBuilder();
        foreach (var (name, hash) in lines) list.Append(hash).Append(' ').Append(name).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
    }

    private static string Hash(Stream stream, HashAlgorithmName algorithm, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var block = new byte[1 << 16];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Name(ChecksumKind kind) => kind switch
    {
        ChecksumKind.Md5 => "MD5",
        ChecksumKind.ContentSha256 => "content's SHA-256",
        ChecksumKind.EntriesSha256 => "files' SHA-256",
        _ => "SHA-256",
    };
}
