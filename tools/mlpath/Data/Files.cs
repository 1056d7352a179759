using System.Security.Cryptography;

namespace MLPath.Tool.Data;

/// <summary>Reads files that a user named.</summary>
internal static class Files
{
    /// <summary>The identity of a file: SHA-256 in hexadecimal.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is not there or cannot be read.</exception>
    public static string Fingerprint(string path) => Read(path, () =>
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    });

    /// <summary>Reads a file, so that one which is missing or locked is bad data like one that does not parse.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="DataException">The file is not there or cannot be read.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"There is no file '{path}'.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read '{path}': {error.Message}", error);
        }
    }
}
