namespace MLPath.Acceptance.Tests;

/// <summary>The folder of public data sets, which is no part of the repository.</summary>
internal static class PublicData
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "MLPATH_DATA";

    /// <summary>Skips a test where no folder is named: it takes longer than the ordinary suite may.</summary>
    /// <returns>The folder.</returns>
    public static string Require()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
            Assert.Inconclusive($"{Variable} is not set; it names a folder of public data sets, and asks for the tests that take minutes.");
        return folder;
    }

    /// <summary>Skips a test where a file is missing.</summary>
    /// <param name="file">The file's path in the folder.</param>
    /// <returns>The whole path.</returns>
    public static string Require(string file)
    {
        string path = Path.Combine(Require(), file);
        if (!File.Exists(path))
            Assert.Inconclusive($"There is no '{file}' in the folder that {Variable} names.");
        return path;
    }
}
