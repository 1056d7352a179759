using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Cli.Tests;

/// <summary>What a model file holds, said without restoring the model.</summary>
[TestClass]
public sealed partial class InspectTests
{
    [TestMethod]
    public void A_model_is_shown_with_its_origin_columns_components_and_entries()
    {
        using var folder = new TestFolder();
        string table = folder.Write("h.csv", Tables.Houses());
        Cli.Run("train", table, "--algorithm", "ridge", "--seed", "5", "--model", folder["m.mlpath"]).Expect(0);
        var outcome = Cli.Run("inspect", folder["m.mlpath"]).Expect(0);
        Assert.AreEqual("", outcome.Error);
        StringAssert.Contains(outcome.Out, $"{folder["m.mlpath"]}: a model of MLPath ");
        StringAssert.Matches(outcome.Out, new(@"Undamaged: all \d+ entries have the SHA-256"));
        StringAssert.Matches(outcome.Out, new(@"Trained on file h\.csv \(80 rows\), seed 5, in "));
        StringAssert.Matches(outcome.Out, new(@"Fingerprint of the data: [0-9a-f]{64}\n"));
        StringAssert.Matches(outcome.Out, new(@"\nLabel: price"));
        StringAssert.Matches(outcome.Out, new(@"\nrooms +Single\n"));
        StringAssert.Matches(outcome.Out, new(@"\nScore +Single"));
        StringAssert.Matches(outcome.Out, new(@"\nMLPath\.TransformerChain +[\d.]+ (bytes|KB)  Names="));
        StringAssert.Matches(outcome.Out, new(@"─ MLPath\.LinearRegression/Regression .*\n.*└─ MLPath\.LinearRegression +2 "));
        StringAssert.Matches(outcome.Out, new(@"\nmanifest\.json +[\d,]+  [0-9a-f]{12}…"));
        Assert.IsFalse(outcome.Out.Contains("unknown", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Json_says_the_same_and_is_documented()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "iris", "--algorithm", "mlp", "--set", "Epochs=2", "--model", folder["m.mlpath"]).Expect(0);
        var json = Cli.Run("inspect", folder["m.mlpath"], "--json").Expect(0).Json;
        Assert.AreEqual("mlpath.model", json["schema"]!.GetValue<string>());
        Assert.AreEqual(new FileInfo(folder["m.mlpath"]).Length, json["bytes"]!.GetValue<long>());
        Assert.AreEqual("iris", json["training"]!["source"]!.GetValue<string>());
        Assert.AreEqual(150, json["training"]!["rows"]!.GetValue<int>());
        Assert.AreEqual("Species", json["training"]!["labelSource"]!.GetValue<string>());
        Assert.AreEqual("SepalLength", json["input"]![0]!["name"]!.GetValue<string>());
        Assert.IsTrue(json["output"]!.AsArray().Any(column => column!["name"]!.GetValue<string>() == "Score"));
        Assert.AreEqual("MLPath.TransformerChain", json["model"]!["id"]!.GetValue<string>());
        Assert.AreEqual(
            json["entries"]!.AsArray().Sum(entry => entry!["bytes"]!.GetValue<long>()),
            ComponentBytes(json["model"]!) + json["entries"]![0]!["bytes"]!.GetValue<long>() + json["entries"]![1]!["bytes"]!.GetValue<long>());

        string page = File.ReadAllText(PathOfPage());
        var documented = Code().Matches(page).Select(m => m.Groups["name"].Value).ToHashSet();
        var missing = Names(json).Distinct().Where(name => !documented.Contains(name)).ToList();
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [TestMethod]
    public void A_model_with_its_loader_shows_both()
    {
        using var folder = new TestFolder();
        var ml = new MLContext(seed: 1);
        var source = new MultiFileSource(folder.Write("h.csv", "a,b\n1,2\n3,4\n5,7\n"));
        var loader = ml.Data.CreateTextLoader([new("Features", DataKind.Single, 0, 0), new("Label", DataKind.Single, 1)], ',', hasHeader: true, source);
        ml.Model.Save(ml.Transforms.NormalizeMinMax("Features").Append(ml.Regression.Trainers.Ols()).Fit(loader.Load(source)), loader, folder["m.mlpath"]);
        string text = Cli.Run("inspect", folder["m.mlpath"]).Expect(0).Out;
        StringAssert.Matches(text, new(@"\nMLPath\.ModelWithLoader .*\n├─ MLPath\.TextLoader .*Separators=,.*\n└─ MLPath\.TransformerChain "));
        StringAssert.Matches(text, new(@"\nFeatures +Vector<Single, 1> +a\n"));
        Assert.IsFalse(text.Contains("unknown", StringComparison.Ordinal));
        Assert.AreEqual("MLPath.TextLoader", Cli.Run("inspect", folder["m.mlpath"], "--json").Expect(0).Json["model"]!["children"]![0]!["id"]!.GetValue<string>());
    }

    [TestMethod]
    public void A_component_that_nobody_knows_is_shown_as_such()
    {
        using var folder = new TestFolder();
        ModelFile.Save(folder["m.mlpath"], new Unknown(), new ModelManifest());
        string text = Cli.Run("inspect", folder["m.mlpath"]).Expect(0).Out;
        StringAssert.Contains(text, "The file does not say how the model was trained.");
        StringAssert.Matches(text, new(@"\nElsewhere\.Thing version 3 \(unknown\) +6 "));
        StringAssert.Contains(text, "so the model cannot be used by this tool: Elsewhere.Thing");
        StringAssert.Contains(text, "note=two lines, weights:F64[2×3]");
        var json = Cli.Run("inspect", folder["m.mlpath"], "--json").Expect(0).Json;
        Assert.IsNull(json["model"]!["library"]);
        Assert.AreEqual(6, json["model"]!["parameters"]!.GetValue<int>());
        StringAssert.Contains(Cli.Run("predict", "--model", folder["m.mlpath"], "--data", "iris").Expect(3).Error, "'Elsewhere.Thing'");
    }

    [TestMethod]
    public void What_is_no_model_is_one_line_and_exit_code_3()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "iris", "--algorithm", "bayes", "--model", folder["m.mlpath"]).Expect(0);
        byte[] file = File.ReadAllBytes(folder["m.mlpath"]);
        file[file.AsSpan().IndexOf("Converged"u8) is var at and >= 0 ? at : file.Length / 2] ^= 1;
        File.WriteAllBytes(folder["damaged.mlpath"], file);
        File.WriteAllBytes(folder["cut.mlpath"], file[..^100]);
        foreach (var (path, part) in new[]
        {
            (folder.Write("p.csv", Tables.Patients()), "not a model file"), (folder.Write("empty.mlpath", ""), "not a model file"),
            (folder["cut.mlpath"], "not a model file"), (folder["damaged.mlpath"], "is damaged"), (folder["none.mlpath"], "There is no file"),
        })
        {
            var outcome = Cli.Run("inspect", path).Expect(3);
            Assert.AreEqual("", outcome.Out);
            StringAssert.Contains(outcome.Error, part);
            Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
        }

        StringAssert.Contains(Cli.Run("inspect").Expect(2).Error, "Required argument missing");
    }

    private static long ComponentBytes(JsonNode component) =>
        component["bytes"]!.GetValue<long>() + component["children"]!.AsArray().Sum(child => ComponentBytes(child!));

    // The members of settings are the components' own.
    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => (member.Key == "settings" ? [] : Names(member.Value)).Prepend(member.Key)),
        JsonArray array => array.SelectMany(Names),
        _ => [],
    };

    private static string PathOfPage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "model-format.md");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException("docs/model-format.md is not above the tests.");
    }

    [GeneratedRegex(@"`(?:[\w\[\]]*\.)*(?<name>\w+)`")]
    private static partial Regex Code();

    private sealed class Unknown : ICanSaveModel
    {
        public string ComponentId => "Elsewhere.Thing";

        public int ComponentVersion => 3;

        public void Save(ModelSaveContext context)
        {
            context.Write("note", "two\nlines");
            context.WriteArray("weights", [1.0, 2, 3, 4, 5, 6], 2, 3);
        }
    }
}
