using MLPath.Runtime;

namespace MLPath.Pipelines.Tests.Runtime;

[TestClass]
public sealed class AtomicFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlpath-").FullName;

    [TestCleanup]
    public void Remove_folder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Writes_text_as_utf8_without_mark()
    {
        var path = Path.Combine(_folder, "a.txt");
        AtomicFile.WriteText(path, "né\n");
        CollectionAssert.AreEqual("né\n"u8.ToArray(), File.ReadAllBytes(path));
    }

    [TestMethod]
    public void Creates_missing_folders()
    {
        var path = Path.Combine(_folder, "deep", "er", "a.txt");
        AtomicFile.WriteText(path, "x");
        Assert.AreEqual("x", File.ReadAllText(path));
    }

    [TestMethod]
    public void Replaces_the_old_file()
    {
        var path = Path.Combine(_folder, "a.txt");
        AtomicFile.WriteText(path, "a long first version");
        AtomicFile.WriteText(path, "second");
        Assert.AreEqual("second", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void A_failure_keeps_the_old_file_and_leaves_no_temporary()
    {
        var path = Path.Combine(_folder, "a.txt");
        AtomicFile.WriteText(path, "old");
        Assert.ThrowsExactly<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the ne"u8);
            stream.Flush();
            throw new OperationCanceledException();
        }));
        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void A_failure_of_a_new_file_leaves_nothing()
    {
        Assert.ThrowsExactly<InvalidDataException>(
            () => AtomicFile.Write(Path.Combine(_folder, "a.txt"), _ => throw new InvalidDataException()));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void The_writer_may_close_the_stream()
    {
        var path = Path.Combine(_folder, "a.txt");
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream);
            writer.Write("closed");
        });
        Assert.AreEqual("closed", File.ReadAllText(path));
    }

    [TestMethod]
    public void A_folder_is_refused_by_name()
    {
        var e = Assert.ThrowsExactly<IOException>(() => AtomicFile.WriteText(_folder, "x"));
        Assert.Contains(_folder, e.Message);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_link_stays_and_its_target_is_replaced()
    {
        var target = Path.Combine(_folder, "target.txt");
        var link = Path.Combine(_folder, "link.txt");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        AtomicFile.WriteText(link, "new");
        Assert.AreEqual("new", File.ReadAllText(target));
        Assert.IsNotNull(new FileInfo(link).LinkTarget);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Permissions_of_a_replaced_file_are_kept()
    {
        var path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, mode);
        AtomicFile.WriteText(path, "new");
        Assert.AreEqual(mode, File.GetUnixFileMode(path));
    }
}
