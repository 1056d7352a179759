using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath.Cli.Tests;

/// <summary>What the JSON documents hold is what their page says.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private static readonly string Pages = Page("comparison-json.md") + Page("tracking.md");

    // Their members are named by the data: options, settings, tags.
    private static readonly string[] Open = ["options", "parameters", "tags"];

    [TestMethod]
    public void Every_member_of_the_documents_is_documented()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients());
        Cli.Run("train", table, "--algorithm", "bayes", "--model", folder["m.mlpath"], "--report", folder["t.json"], "--track", folder["runs"]).Expect(0);
        Cli.Run("compare", "iris", "--algorithms", "bayes", "--folds", "3", "--report", folder["c.json"]).Expect(0);
        string changed = File.ReadAllText(folder["c.json"]).Replace("\"folds\": 3", "\"folds\": 4", StringComparison.Ordinal);
        JsonNode[] documents =
        [
            Cli.Run("compare", table, "--algorithms", "bayes,baseline", "--folds", "3", "--json").Expect(0).Json,
            Cli.Run("compare", "diabetes", "--algorithms", "ridge,baseline", "--folds", "3", "--json").Expect(0).Json,
            Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table, "--json").Expect(0).Json,
            Cli.Run("describe", table, "--json").Expect(0).Json,
            JsonNode.Parse(File.ReadAllText(folder["t.json"]))!,
            Cli.Run("reproduce", folder.Write("changed.json", changed), "--json").Expect(1).Json,
            Cli.Run("runs", folder["runs"], "--json").Expect(0).Json,
        ];
        var documented = Code().Matches(Pages).Select(m => m.Groups["name"].Value).ToHashSet();
        var metrics = Enum.GetValues<LearningTask>().SelectMany(MetricCatalog.For).Select(m => m.Name).ToHashSet();
        var unknown = documents.SelectMany(Names).Distinct().Where(n => !metrics.Contains(n.Split('/')[^1]) && !documented.Contains(n)).ToList();
        Assert.IsEmpty(unknown, string.Join(", ", unknown));
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => (Open.Contains(member.Key) ? [] : Names(member.Value)).Prepend(member.Key)),
        JsonArray array => array.SelectMany(Names),
        _ => [],
    };

    private static string Page(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", name);
            if (File.Exists(path))
                return File.ReadAllText(path);
        }

        throw new FileNotFoundException($"docs/{name} is not above the tests.");
    }

    // The last name of a path such as `columns[].count` in code.
    [GeneratedRegex(@"`(?:[\w\[\]]*\.)*(?<name>\w+)`")]
    private static partial Regex Code();
}
