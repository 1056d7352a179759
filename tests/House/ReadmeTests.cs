using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLPath.House.Tests;

/// <summary>Every C# program of the README and of the pages that promise it compiles as it stands, and runs.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private static readonly string[] s_pages = ["README.md", "docs/neural-networks.md", "docs/explanation.md"];

    // Read once: all programs see the same libraries.
    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static IEnumerable<object[]> Pages => s_pages.Select(page => new object[] { page });

    public static IEnumerable<object[]> Programs => s_pages.SelectMany(page =>
        CSharpBlock().Matches(File.ReadAllText(Repository.PathOf(page))).Select((m, i) => new object[] { page, i + 1, m.Groups["code"].Value }));

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void The_page_has_programs(string page) => Assert.IsGreaterThanOrEqualTo(3, Programs.Count(p => (string)p[0] == page));

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Program_compiles_and_runs(string page, int number, string code)
    {
        string folder = Directory.CreateTempSubdirectory("mlpath-readme-").FullName;
        string before = Directory.GetCurrentDirectory();
        var output = Console.Out;
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(TextWriter.Null);
            Run(page, number, code);
        }
        finally
        {
            Console.SetOut(output);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string page, int number, string code)
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading;";
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create($"{Path.GetFileNameWithoutExtension(page)}{number}",
            [CSharpSyntaxTree.ParseText(Usings, parsing), CSharpSyntaxTree.ParseText(code, parsing)],
            s_references, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.IsTrue(result.Success, $"Program {number} of {page}:\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}");
        var entry = System.Reflection.Assembly.Load(stream.ToArray()).EntryPoint!;
        entry.Invoke(null, entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();
}
