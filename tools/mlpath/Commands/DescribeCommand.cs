using System.CommandLine;
using System.Text;
using System.Text.Json;
using MLPath.Data;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath describe</c>: a table at a glance, before anything is learned from it.</summary>
internal static class DescribeCommand
{
    private const string Schema = "mlpath.description";
    private const int Version = 1;

    public static Command Create(ToolHost host)
    {
        var data = CommonOptions.Data();
        var badRows = CommonOptions.BadRows();
        var json = CommonOptions.Json();
        var command = new Command("describe", "Describe a table: its columns, their types, what is missing, what is typical.")
        {
            data, badRows, json,
        };
        command.SetAction(parsed =>
        {
            var table = InputData.Load(
                new MLContext(), parsed.GetRequiredValue(data), CommonOptions.BadRowsOf(parsed.GetRequiredValue(badRows)), host.CancellationToken);
            if (parsed.GetValue(json))
                host.Out.WriteLine(ToJson(table, host.CancellationToken));
            else
                Show(table, host);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Show(InputData data, ToolHost host)
    {
        if (data.Known is { } set)
        {
            host.Out.WriteLine($"{set.Title}. {set.Description}");
            string label = set.LabelColumn is null ? "" : $"To predict: {set.LabelColumn} ({set.LabelDescription}). ";
            host.Out.WriteLine($"{label}Source: {set.Source} ({set.Licence}).");
        }

        var section = data.Summary.ToSection();
        host.Out.WriteLine(section.Explanation);
        host.Out.WriteLine();
        ReportTable.Write(host, section);
        if (data.BadRowsLine is { } badRows)
            host.Out.WriteLine(badRows);
        foreach (string note in section.Notes)
            host.Out.WriteLine(note);
    }

    private static string ToJson(InputData data, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("version", Version);
            json.WriteString("source", data.View.Lineage.Source);
            json.WriteString("fingerprint", DataFingerprint.Compute(data.View, cancellationToken));
            data.Summary.WriteTo(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
