using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath reproduce</c>: runs a comparison again from its document, and shows where the figures differ.</summary>
internal static class ReproduceCommand
{
    private const string Schema = "mlpath.reproduction";
    private const int Version = 1;

    // A table of more is no longer read; --json has all.
    private const int MostShown = 40;

    public static Command Create(ToolHost host)
    {
        var document = new Argument<string>("REPORT") { Description = "A comparison's JSON document, as 'mlpath compare … --report result.json' writes it." };
        var data = CommonOptions.Optional("--data", "FILE", "Where the data are now; without it: where the document says, seen from its folder, then from this one.");
        var threads = CommonOptions.Threads();
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("reproduce", "Run a comparison again from its JSON document, and show every figure that differs. Exit code 1 when one does.")
        {
            document, data, threads, json, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            return Run(host, parsed.GetRequiredValue(document), parsed.GetValue(data), parsed.GetValue(threads), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(ToolHost host, string path, string? data, int? threads, bool json)
    {
        var document = Files.Read(path, () => ComparisonDocument.Load(path));
        var request = Request(path, document);
        request = request with { Data = [data ?? Locate(request.Data[0], path)] };
        foreach (string line in Versions(document))
            host.Say(line);
        var work = Prepare(host, request);
        string fingerprint = DataFingerprint.Compute(work.Problem.Data.View, host.CancellationToken);
        if (fingerprint != document.DataFingerprint)
            throw new DataException(
                $"The data are not those of {path}: {request.Data[0]} has the fingerprint {Short(fingerprint)}, and the document {Short(document.DataFingerprint)}.");
        host.Say($"Data: {request.Data[0]}, the same rows (SHA-256 {Short(fingerprint)}).");
        var differences = document.DifferencesFrom(work.Complete(work.Run(host, threads)));
        if (json)
            host.Out.WriteLine(Json(path, document, differences));
        else if (differences.Count == 0)
            host.Out.WriteLine($"{ToolHost.Plain(path)} is reproduced bit for bit.");
        else
            Show(host, path, differences);
        return differences.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    // What a document asks for is data, not a mistake of the user's.
    private static CompareCommand.Request Request(string path, ComparisonDocument document)
    {
        if (!document.IsComplete)
            throw new DataException($"{path} is of a comparison that was interrupted; only a complete one can be run again.");
        if (document.Command.Count == 0)
            throw new DataException($"{path} is of a comparison that a program made, which does not say how to run it again.");
        try
        {
            return CompareCommand.Read(document.Command);
        }
        catch (Exception error) when (error is UsageException or OptionException)
        {
            throw new DataException($"{path} does not say how to run the comparison again: {error.Message}.", error);
        }
    }

    private static CompareCommand.Work Prepare(ToolHost host, CompareCommand.Request request)
    {
        try
        {
            return CompareCommand.Prepare(host, request);
        }
        catch (Exception error) when (error is UsageException or OptionException or SchemaException)
        {
            throw new DataException($"The comparison cannot be run again on {request.Data[0]}: {error.Message}", error);
        }
    }

    // Beside the document, then from here; a set by its name. Whether it is the right file, its fingerprint says.
    private static string Locate(string data, string document)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(document)) ?? "", data);
        bool isSet = InputData.FindSet(data, isFile: Path.HasExtension(data)) is not null;
        return !isSet && Path.Exists(beside) && !Path.IsPathRooted(data) ? beside : data;
    }

    private static IEnumerable<string> Versions(ComparisonDocument document)
    {
        string version = typeof(IDataView).Assembly.GetName().Version!.ToString(3);
        if (version != document.LibraryVersion)
            yield return $"MLPath {document.LibraryVersion} wrote the document; this is {version}.";
        if (RuntimeInformation.FrameworkDescription != document.Runtime)
            yield return $"It was written on {document.Runtime}; this is {RuntimeInformation.FrameworkDescription}.";
    }

    private static void Show(ToolHost host, string path, IReadOnlyList<ReportDifference> differences)
    {
        var table = new TextTable("Candidate", "Member", "Fold", "Old|", "New|", "Difference|");
        foreach (var difference in differences.Take(MostShown))
        {
            table.Add(
                difference.Candidate ?? "", difference.Member, difference.Fold ?? "", difference.Old ?? "-", difference.New ?? "-",
                difference.Change is { } change ? change.ToString("+0.###e+0;-0.###e+0;0", CultureInfo.InvariantCulture) : "");
        }

        table.Write(host);
        if (differences.Count > MostShown)
            host.Out.WriteLine($"… and {NumberFormat.Integer(differences.Count - MostShown)} more, which --json lists.");
        host.Out.WriteLine();
        string count = differences.Count == 1 ? "one value differs" : $"{NumberFormat.Integer(differences.Count)} values differ";
        host.Out.WriteLine($"{ToolHost.Plain(path)} is not reproduced: {count}.");
    }

    private static string Json(string path, ComparisonDocument document, IReadOnlyList<ReportDifference> differences)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("version", Version);
            json.WriteString("document", path);
            json.WriteBoolean("reproduced", differences.Count == 0);
            json.WriteString("fingerprint", document.DataFingerprint);
            json.WriteStartArray("differences");
            foreach (var difference in differences)
            {
                json.WriteStartObject();
                json.WriteString("candidate", difference.Candidate);
                json.WriteString("member", difference.Member);
                json.WriteString("fold", difference.Fold);
                json.WriteString("old", difference.Old);
                json.WriteString("new", difference.New);
                if (difference.Change is { } change && double.IsFinite(change))
                    json.WriteNumber("change", change);
                else
                    json.WriteNull("change");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Short(string fingerprint) => ToolHost.Plain(fingerprint.Length <= 12 ? fingerprint : $"{fingerprint[..12]}…");
}
