using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MLPath.Datasets;
using MLPath.Datasets.Registry.Downloading;

namespace MLPath.Tests.Datasets.Registry;

[TestClass]
public sealed class ArchiveTests
{
    [TestMethod]
    public void Zip_tar_and_compressed_tar_hold_the_same_files()
    {
        using var files = new TestFiles();
        (string, string)[] expected = [("set/a.txt", "first"), ("set/sub/b.txt", "second")];
        files.Write(Zip(expected), "s.zip");
        files.Write(Tar(expected), "s.tar");
        files.Write(Gzip(Tar(expected)), "s.tgz");
        foreach (string path in files.Names.Select(name => files[name]))
            CollectionAssert.AreEqual(expected, Read(path), path);
    }

    [TestMethod]
    public void Links_and_folders_are_passed_over()
    {
        using var files = new TestFiles();
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "set/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "set/link") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "set/a.txt") { DataStream = new MemoryStream("x"u8.ToArray()) });
        }
        CollectionAssert.AreEqual(new[] { ("set/a.txt", "x") }, Read(files.Write(memory.ToArray(), "s.tar")));
    }

    [TestMethod]
    public void A_packed_copy_has_the_checksum_of_its_files()
    {
        using var files = new TestFiles();
        string one = files.Write(Gzip(Tar([("set/b", "2"), ("set/a", "1")])), "one.tgz");
        string other = files.Write(Zip([("renamed/a", "1"), ("renamed/b", "2")]), "other.zip");
        string changed = files.Write(Zip([("set/a", "1"), ("set/b", "3")]), "changed.zip");
        string hash = Checksums.Compute(one, ChecksumKind.EntriesSha256, CancellationToken.None);
        Assert.AreEqual(hash, Checksums.Compute(other, ChecksumKind.EntriesSha256, CancellationToken.None));
        Assert.AreNotEqual(hash, Checksums.Compute(changed, ChecksumKind.EntriesSha256, CancellationToken.None));
    }

    [TestMethod]
    public void An_archive_that_unfolds_beyond_its_size_is_refused()
    {
        using var files = new TestFiles();
        string path = files.Write(Zip([("zeros", new string('0', 1_000_000))]), "bomb.zip");
        using var to = new MemoryStream();
        var error = Assert.ThrowsExactly<DataException>(() => Archive.Extract(path, "zeros", to, limit: 100_000, CancellationToken.None));
        StringAssert.Contains(error.Message, "unfolds to more than the 100000 bytes");
        Assert.IsLessThanOrEqualTo(100_000L, to.Length);
    }

    [TestMethod]
    public void Damage_is_a_clear_error()
    {
        using var files = new TestFiles();
        byte[] zip = Zip([("a", "first")]), tar = Gzip(Tar([("a", new string('x', 5000))]));
        foreach (byte[] bytes in new[] { zip[..^10], tar[..^10], "not an archive, but long enough to be taken for one"u8.ToArray() })
        {
            string path = files.Write(bytes, "damaged");
            var error = Assert.ThrowsExactly<DataException>(() => Read(path));
            StringAssert.Contains(error.Message, path);
        }
    }

    private static (string, string)[] Read(string path) =>
        [.. Archive.Files(path).Select(f => (f.Name, new StreamReader(f.Content, Encoding.UTF8).ReadToEnd()))];

    private static byte[] Zip((string Name, string Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return memory.ToArray();
    }

    private static byte[] Tar((string Name, string Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }
        return memory.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(content);
        return memory.ToArray();
    }
}
