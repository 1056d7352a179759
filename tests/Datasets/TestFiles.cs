using System.IO.Compression;
using System.Text;

namespace MLPath.Tests.Datasets;

/// <summary>A folder of files for one test, deleted after it.</summary>
internal sealed class TestFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlpath-").FullName;

    public string this[string name] => Path.Combine(_folder, name);

    public string Write(string content, string name = "data.csv") => Write(Encoding.UTF8.GetBytes(content), name);

    public string Write(byte[] content, string name = "data.csv")
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public string[] Names => [.. Directory.GetFileSystemEntries(_folder).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    public static byte[] Gzip(string content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return memory.ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
