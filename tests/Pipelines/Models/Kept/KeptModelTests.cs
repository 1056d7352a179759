using System.Globalization;
using System.Text;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>
/// Model files that earlier versions wrote are loaded and predict what they predicted then, bit for bit on processors of the same arithmetic.
/// </summary>
/// <remarks>
/// Beside each file lie its predictions, in a folder named after the version that wrote both. To keep models of a new version, run these tests
/// once with MLPATH_WRITE_KEPT_MODELS=1 and commit what appears; a file that is there already is never written again.
/// </remarks>
[TestClass]
public sealed class KeptModelTests
{
    private static readonly string s_folder = Folder();

    public static IEnumerable<object[]> Files
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MLPATH_WRITE_KEPT_MODELS") == "1") Write();
            return Paths().Select(path => new object[] { Path.GetRelativePath(s_folder, path) });
        }
    }

    /// <summary>All kept files, in order.</summary>
    internal static IEnumerable<string> Paths() =>
        Directory.EnumerateFiles(s_folder, "*.mlpath", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void A_kept_model_predicts_as_it_did(string file)
    {
        var path = Path.Combine(s_folder, file);
        var kept = KeptCase.Of(Path.GetFileNameWithoutExtension(file));
        var model = new MLContext().Model.Load(path, out var schema);
        Assert.AreEqual(kept.Data.Schema.ToString(), schema!.ToString());
        AssertSame(File.ReadAllLines(Path.ChangeExtension(path, ".csv")), kept.Predict(model));

        var description = new MLContext().Model.Inspect(path);
        Assert.IsTrue(description.Root.Subtree().All(component => component.Library is not null));
        Assert.AreEqual(new FileInfo(path).Length, description.FileBytes);
    }

    [TestMethod]
    public void Every_case_has_a_file_of_a_few_kilobytes()
    {
        var files = Paths().ToLookup(path => Path.GetFileNameWithoutExtension(path)!, path => new FileInfo(path).Length);
        foreach (var kept in KeptCase.All)
        {
            Assert.IsTrue(files.Contains(kept.Name), kept.Name);
            Assert.IsLessThan(32_000, files[kept.Name].Max(), kept.Name);
        }
    }

    // Bit for bit but for what the order of a sum and the rounding of its products change, which later versions and other processors may.
    private static void AssertSame(string[] expected, IReadOnlyList<string> actual)
    {
        Assert.HasCount(expected.Length, actual);
        foreach (var (was, now) in expected.Zip(actual).SelectMany(row => row.First.Split(',', ' ').Zip(row.Second.Split(',', ' '))))
        {
            if (was != now)
                Assert.AreEqual(Number(was), Number(now), 1e-5f);
        }
    }

    private static float Number(string bits) => BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static void Write()
    {
        var folder = Directory.CreateDirectory(Path.Combine(s_folder, new ModelManifest().LibraryVersion)).FullName;
        foreach (var kept in KeptCase.All)
        {
            var path = Path.Combine(folder, $"{kept.Name}.mlpath");
            if (File.Exists(path)) continue;
            var model = kept.Pipeline.Fit(kept.Data);
            File.WriteAllText(Path.ChangeExtension(path, ".csv"), string.Concat(kept.Predict(model).Select(line => line + "\n")), new UTF8Encoding(false));
            new MLContext().Model.Save(model, kept.Data.Schema, path);
        }
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var kept = Path.Combine(folder.FullName, "tests", "Pipelines", "Models", "Kept");
            if (Directory.Exists(kept)) return kept;
        }

        throw new DirectoryNotFoundException("tests/Pipelines/Models/Kept is not above the tests.");
    }
}
