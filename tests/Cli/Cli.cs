using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MLPath.Tool;

namespace MLPath.Cli.Tests;

/// <summary>What a run of the tool left behind.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Out">The standard output.</param>
/// <param name="Error">The standard error.</param>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    /// <summary>The standard output as the one JSON document that it must be.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The same after a check of the exit code, which shows the errors when it fails.</summary>
    public Outcome Expect(int exitCode)
    {
        Assert.AreEqual(exitCode, ExitCode, $"{Error}\n{Out}");
        return this;
    }
}

/// <summary>Runs the tool.</summary>
internal static class Cli
{
    /// <summary>Runs it in this process, output and error redirected.</summary>
    public static Outcome Run(params IReadOnlyList<string> args) => Run(args, new StringWriter(), TimeProvider.System, CancellationToken.None);

    /// <summary>Runs it in this process.</summary>
    public static Outcome Run(IReadOnlyList<string> args, StringWriter error, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var text = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true };
        var host = new ToolHost(output, text, error, _ => null, outputIsTerminal: false, errorIsTerminal: false, cancellationToken) { Clock = clock };
        int code = CommandLine.Run(args, host);
        return new Outcome(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Starts it as a process of its own.</summary>
    public static Process Start(params IReadOnlyList<string> args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MLPath.Tool.dll"));
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    /// <summary>Runs it as a process of its own, to its end.</summary>
    public static async Task<Outcome> RunProcess(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>A comparison's JSON without what may differ between two runs.</summary>
    public static string Comparable(JsonNode json)
    {
        var copy = json.DeepClone();
        Strip(copy);
        return copy.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            json.Remove("timing");
            json.Remove("machine");
            foreach (var (_, value) in json)
                Strip(value);
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array)
                Strip(item);
        }
    }
}

/// <summary>A folder of its own for each test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlpath-cli-");

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>The names of its files.</summary>
    public IReadOnlyList<string> Files => [.. _folder.EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>Small tables.</summary>
internal static class Tables
{
    /// <summary>60 patients: an identifier, a number with gaps, a category with a gap, a date, and whether they are sick.</summary>
    public static string Patients(string yes = "yes", string no = "no", bool withLabel = true)
    {
        var text = new StringBuilder($"id,age,colour,visit{(withLabel ? ",sick" : "")}\n");
        string[] colours = ["red", "green", "blue"];
        for (int i = 0; i < 60; i++)
        {
            int age = 20 + (i * 37 % 60);
            string row = $"P{i:000},{(i % 17 == 0 ? "" : $"{age}.5")},{(i == 5 ? "" : colours[i % 3])},2024-01-{1 + (i % 28):00}";
            bool sick = age > 50 != (i % 7 == 0);
            text.Append(row).Append(withLabel ? $",{(sick ? yes : no)}" : "").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>45 flowers of three kinds: four measurements each, which are an image of two by two to those who read images.</summary>
    public static string Flowers()
    {
        var text = new StringBuilder("a,b,c,d,kind\n");
        for (int i = 0; i < 45; i++)
        {
            int kind = i % 3;
            for (int j = 0; j < 4; j++)
                text.Append(CultureInfo.InvariantCulture, $"{(kind == j ? 2.5 : 0.5) + (((i * 37) + (j * 11)) % 19 / 10.0):0.0},");
            text.Append($"kind {kind}\n");
        }

        return text.ToString();
    }

    /// <summary>Houses: a price that follows from size and rooms.</summary>
    public static string Houses()
    {
        var text = new StringBuilder("size,rooms,price\n");
        for (int i = 0; i < 80; i++)
        {
            int size = 40 + (i * 53 % 120);
            int rooms = 1 + (size / 30) + (i % 2);
            text.Append($"{size},{rooms},{(size * 2.5) + (rooms * 11.25) + (i % 5)}\n");
        }

        return text.ToString();
    }
}
