using System.Runtime.CompilerServices;

namespace MLPath.House.Tests;

/// <summary>Finds the checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find([CallerFilePath] string here = "")
    {
        // A deterministic build may map source paths, so the folder of the binaries is tried as well.
        foreach (string? start in new[] { Path.GetDirectoryName(here), AppContext.BaseDirectory })
        {
            for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "MLPath.sln")))
                    return folder.FullName;
            }
        }

        throw new InvalidOperationException("MLPath.sln was not found above the tests.");
    }
}
