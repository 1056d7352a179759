using System.CommandLine;
using MLPath.Datasets;
using MLPath.Reports;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath datasets</c>: the data sets that travel with the tool.</summary>
internal static class DatasetsCommand
{
    public static Command Create(ToolHost host)
    {
        var command = new Command("datasets", "List the embedded data sets, whose names serve as DATA.");
        command.SetAction(_ =>
        {
            List(EmbeddedDatasets.All, host);
            return ExitCode.Success;
        });
        return command;
    }

    private static void List(IReadOnlyList<DatasetInfo> sets, ToolHost host)
    {
        var table = new TextTable("Name", "Rows|", "Features|", "Task", "Label", "What it is");
        foreach (var set in sets)
        {
            string rows = NumberFormat.Integer(set.Rows);
            string features = NumberFormat.Integer(set.Features.Sum(f => Math.Max(1, f.SlotNames.Count)));
            table.Add(set.Name, rows, features, TaskNames.Of(set.Task), set.LabelColumn, set.Title);
        }

        table.Write(host);
    }
}
