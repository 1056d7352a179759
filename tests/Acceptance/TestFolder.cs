namespace MLPath.Acceptance.Tests;

/// <summary>A folder of its own for each test, gone after it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlpath-acceptance-");

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>The bytes that are free where it is.</summary>
    public long FreeBytes => new DriveInfo(_folder.FullName).AvailableFreeSpace;

    public void Dispose() => _folder.Delete(recursive: true);
}
