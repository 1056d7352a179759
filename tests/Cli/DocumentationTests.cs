using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath.Cli.Tests;

/// <summary>What the JSON documents hold is what their page says.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(PathOfPage());

    [TestMethod]
    public void Every_member_of_the_documents_is_documented()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients());
        Cli.Run("train", table, "--algorithm", "bayes", "--model", folder["m.mlpath"]).Expect(0);
        JsonNode[] documents =
        [
            Cli.Run("compare", table, "--algorithms", "bayes,baseline", "--folds", "3", "--json").Expect(0).Json,
            Cli.Run("compare", "diabetes", "--algorithms", "ridge,baseline", "--folds", "3", "--json").Expect(0).Json,
            Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table, "--json").Expect(0).Json,
            Cli.Run("describe", table, "--json").Expect(0).Json,
        ];
        var documented = Code().Matches(Page).Select(m => m.Groups["name"].Value).ToHashSet();
        var metrics = Enum.GetValues<LearningTask>().SelectMany(MetricCatalog.For).Select(m => m.Name).ToHashSet();
        var unknown = documents.SelectMany(Names).Distinct().Where(n => !metrics.Contains(n) && !documented.Contains(n)).ToList();
        Assert.IsEmpty(unknown, string.Join(", ", unknown));
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => Names(member.Value).Prepend(member.Key)),
        JsonArray array => array.SelectMany(Names),
        _ => [],
    };

    private static string PathOfPage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "comparison-json.md");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException("docs/comparison-json.md is not above the tests.");
    }

    // The last name of a path such as `columns[].count` in code.
    [GeneratedRegex(@"`(?:[\w\[\]]*\.)*(?<name>\w+)`")]
    private static partial Regex Code();
}
