using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLPath.House.Tests;

/// <summary>Every C# program of the README compiles as it stands, and runs.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    public static IEnumerable<object[]> Programs =>
        CSharpBlock().Matches(File.ReadAllText(Repository.PathOf("README.md"))).Select((m, i) => new object[] { i + 1, m.Groups["code"].Value });

    [TestMethod]
    public void The_readme_has_programs() => Assert.IsGreaterThanOrEqualTo(3, Programs.Count());

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Program_compiles_and_runs(int number, string code)
    {
        string folder = Directory.CreateTempSubdirectory("mlpath-readme-").FullName;
        string before = Directory.GetCurrentDirectory();
        var output = Console.Out;
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(TextWriter.Null);
            Run(number, code);
        }
        finally
        {
            Console.SetOut(output);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(int number, string code)
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading;";
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create($"Readme{number}",
            [CSharpSyntaxTree.ParseText(Usings, parsing), CSharpSyntaxTree.ParseText(code, parsing)],
            references, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.IsTrue(result.Success, $"Program {number} of the README:\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}");
        var entry = System.Reflection.Assembly.Load(stream.ToArray()).EntryPoint!;
        entry.Invoke(null, entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();
}
