using System.Xml.Linq;

namespace MLPath.House.Tests;

/// <summary>Who may know whom. A project reference is the only way to know another library.</summary>
[TestClass]
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MLPath.Numerics"] = [],
        ["MLPath.Pipelines"] = ["MLPath.Numerics"],
        ["MLPath.Datasets"] = ["MLPath.Numerics", "MLPath.Pipelines"],
        ["MLPath.Classical"] = ["MLPath.Numerics", "MLPath.Pipelines"],
        ["MLPath.Deep"] = ["MLPath.Numerics", "MLPath.Pipelines"],
        ["MLPath.Evaluation"] = ["MLPath.Numerics", "MLPath.Pipelines"],
        ["MLPath"] = ["MLPath.Classical", "MLPath.Datasets", "MLPath.Deep", "MLPath.Evaluation", "MLPath.Numerics", "MLPath.Pipelines"],
        // A room that integrates: it may know all libraries, and what stands for Microsoft.ML.
        ["MLPath.MicrosoftML"] =
            ["MLPath", "MLPath.Classical", "MLPath.Datasets", "MLPath.Deep", "MLPath.Evaluation", "MLPath.MicrosoftML.Contract", "MLPath.Numerics", "MLPath.Pipelines"],
    };

    [TestMethod]
    public void Libraries_know_only_those_they_may()
    {
        var projects = Projects("Pipelines", "Datasets", "Estimators", "Evaluation");
        CollectionAssert.AreEquivalent(Allowed.Keys, projects.Keys, "Every library has its place in the graph.");
        foreach (var (name, file) in projects)
        {
            foreach (string reference in References(file))
                CollectionAssert.Contains(Allowed[name], reference, $"{name} must not know {reference}.");
        }
    }

    [TestMethod]
    public void Compiled_libraries_refer_only_to_those_they_may()
    {
        foreach (var assembly in PublicApi.Libraries)
        {
            var references = assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("MLPath", StringComparison.Ordinal));
            CollectionAssert.IsSubsetOf(references.ToList(), Allowed[assembly.GetName().Name!]);
        }
    }

    [TestMethod]
    public void No_library_knows_a_tool_or_a_test()
    {
        foreach (string file in Projects("Pipelines", "Datasets", "Estimators", "Evaluation").Values)
        {
            string text = File.ReadAllText(file);
            Assert.IsFalse(text.Contains("/tools/", StringComparison.Ordinal) || text.Contains("/tests/", StringComparison.Ordinal), file);
        }
    }

    [TestMethod]
    public void Only_the_bridge_its_tests_and_their_programs_know_what_stands_for_Microsoft_ML()
    {
        string[] knowing = [.. Directory.EnumerateFiles(Repository.Root, "*.*proj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants().Any(e => Mentions(e, "MicrosoftML.props") || Mentions(e, "MLPath.MicrosoftML.Contract")))
            .Select(file => Path.GetFileNameWithoutExtension(file)!)];
        CollectionAssert.IsSubsetOf(knowing, new[] { "MLPath.MicrosoftML", "MLPath.MicrosoftML.Tests", "MLPath.MicrosoftML.Scorer", "MLPath.MicrosoftML.Sample" });
    }

    [TestMethod]
    public void What_stands_for_Microsoft_ML_knows_nobody_and_is_never_packed()
    {
        var contract = XDocument.Load(Repository.PathOf("tests", "MicrosoftML.Contract", "MLPath.MicrosoftML.Contract.csproj"));
        Assert.IsEmpty(contract.Descendants("ProjectReference").Concat(contract.Descendants("PackageReference")));
        Assert.AreEqual("false", contract.Descendants("IsPackable").Single().Value);
    }

    private static bool Mentions(XElement element, string name) =>
        element.Attributes().Any(a => a.Name.LocalName is "Project" or "Include" && a.Value.Contains(name, StringComparison.Ordinal));

    private static Dictionary<string, string> Projects(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file));

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
