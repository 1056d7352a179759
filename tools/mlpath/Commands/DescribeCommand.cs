using System.CommandLine;
using MLPath.Evaluation;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath describe</c>: a table at a glance, before anything is learned from it.</summary>
internal static class DescribeCommand
{
    public static Command Create(ToolHost host)
    {
        var data = CommonOptions.Data();
        var label = CommonOptions.Optional("--label", "COLUMN", "The column to predict, which the report sets the others against. Without it: the set's own, if any.");
        var badRows = CommonOptions.BadRows();
        var report = CommonOptions.Report();
        var charts = CommonOptions.Charts();
        var json = CommonOptions.Json();
        var silence = CommonOptions.Silence();
        var quiet = CommonOptions.Quiet();
        var command = new Command("describe", "Describe a table: its columns, their types, what is missing, what is typical.")
        {
            data, label, badRows, silence, report, charts, json, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            var reports = new ReportFiles(parsed.GetRequiredValue(report), parsed.GetValue(charts));
            var table = InputData.Load(
                new MLContext(), parsed.GetRequiredValue(data), CommonOptions.BadRowsOf(parsed.GetRequiredValue(badRows)), host.CancellationToken);
            var description = DataReport.Of(
                table.View, parsed.GetValue(label) ?? table.Known?.LabelColumn, CommonOptions.DoctorOf(parsed.GetRequiredValue(silence)), host.CancellationToken) with
            {
                Command = CommandRecord.Of(parsed).ToArguments(),
                Notes = table.BadRowsLine is { } badRowsLine ? [badRowsLine] : [],
            };
            FindingLines.Say(host, description.Findings);
            if (parsed.GetValue(json))
                host.Out.WriteLine(description.ToJson());
            else
                Show(table, host);
            reports.Write(description, host);
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
}
