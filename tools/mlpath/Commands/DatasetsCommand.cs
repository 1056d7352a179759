using System.CommandLine;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath datasets</c>: the data sets that have a name: what they are, where they are, and how to get them here.</summary>
internal static class DatasetsCommand
{
    public static Command Create(ToolHost host)
    {
        var command = new Command("datasets", "List the data sets whose names serve as DATA: those that travel with the tool, and public ones.")
        {
            Show(host), Get(host), PathOf(host),
        };
        command.SetAction(_ =>
        {
            List(host);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(ToolHost host)
    {
        var name = new Argument<string>("NAME") { Description = "A data set." };
        var command = new Command("show", "Describe a data set: its rows and columns, source, licence, citation and files.") { name };
        command.SetAction(parsed =>
        {
            Describe(Find(parsed.GetRequiredValue(name)), host);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Get(ToolHost host)
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.OneOrMore, Description = "The data sets." };
        var force = new Option<bool>("--force") { Description = "Download again what is in the cache folder already." };
        var quiet = CommonOptions.Quiet();
        var command = new Command(
            "get", "Download public data sets into the cache folder and check them. What a download received before it broke is not asked for again.")
        {
            names, force, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            foreach (var set in parsed.GetRequiredValue(names).Select(Find).ToList()) // a wrong name shows before the first download
                Download(set, parsed.GetValue(force), host);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command PathOf(ToolHost host)
    {
        var name = new Argument<string>("NAME") { Description = "A public data set." };
        var command = new Command("path", "Write the paths of a data set's files on this machine, one a line.") { name };
        command.SetAction(parsed =>
        {
            var set = Find(parsed.GetRequiredValue(name));
            if (set.IsEmbedded)
                throw new UsageException($"The data set '{set.Name}' travels inside the tool and has no file. LoadDataset(\"{set.Name}\") reads it.");
            foreach (string path in set.Files.Select(f => host.Datasets.TryFindFile(f) ?? throw NotHere(set)).ToList())
                host.Out.WriteLine(path);
            return ExitCode.Success;
        });
        return command;
    }

    private static void List(ToolHost host)
    {
        var table = new TextTable("Name", "Task", "Rows|", "Features|", "Where", "What it is");
        foreach (var set in DatasetRegistry.All)
        {
            string features = NumberFormat.Integer(set.Features.Sum(f => Math.Max(1, f.Type.ValueCount)));
            table.Add(set.Name, TaskNames.Of(set), NumberFormat.Integer(set.Rows), features, Where(set, host), set.Title);
        }

        table.Write(host);
        host.Out.WriteLine("mlpath datasets show NAME describes one; mlpath datasets get NAME downloads one that is not here.");
    }

    private static void Describe(DatasetInfo set, ToolHost host)
    {
        string test = set.TestRows is { } rows
            ? $" to learn from (DATA is {set.Name}), {NumberFormat.Integer(rows)} to test with ({set.Name}:test)"
            : "";
        host.Out.WriteLine($"{set.Name}: {set.Title}");
        host.Out.WriteLine(set.Description);
        host.Out.WriteLine();
        Line(host, "Task", TaskNames.Of(set));
        Line(host, "Rows", NumberFormat.Integer(set.Rows) + test);
        Line(host, "Label", set.LabelColumn is null ? "none" : $"{set.LabelColumn}: {set.LabelDescription}");
        if (set.Classes.Count > 0)
            Line(host, "Classes", string.Join(", ", set.Classes));
        if (set.Aliases.Count > 0)
            Line(host, "Also called", string.Join(", ", set.Aliases));
        Provenance(set, host);
        Line(host, "Where", Where(set, host));
        host.Out.WriteLine();
        var columns = new TextTable("Column", "Type", "What it is");
        foreach (var feature in set.Features)
            columns.Add(feature.Name, $"{feature.Type}", feature.Description);
        if (set.LabelColumn is not null)
            columns.Add(set.LabelColumn, $"{set.LabelType}", set.LabelDescription);
        columns.Write(host);
        if (set.IsEmbedded)
            return;
        host.Out.WriteLine();
        var files = new TextTable("File", "Size|", "Here", "From");
        foreach (var file in set.Files)
            files.Add(file.Path, Size(file.Bytes), host.Datasets.TryFindFile(file) is null ? "no" : "yes", $"{file.Downloads[0].Url}");
        files.Write(host);
    }

    private static void Download(DatasetInfo set, bool force, ToolHost host)
    {
        if (set.IsEmbedded)
        {
            host.Say($"{set.Name} travels inside the tool; there is nothing to get.");
            return;
        }

        ProgressView.Run(host, $"Getting {set.Name}", report => report.Message ?? "", progress => host.Datasets
            .GetAsync(set, force, progress is null ? null : new Relay(progress), host.CancellationToken).GetAwaiter().GetResult());
        string place = host.Datasets.Locate(set) == DatasetLocation.DataFolder ? "data folder" : "cache folder";
        host.Say($"{set.Name}: {set.Title}, in the {place}, checked.");
        if (!host.Quiet)
            Provenance(set, host);
    }

    private static void Provenance(DatasetInfo set, ToolHost host)
    {
        Line(host, "Source", $"{set.Source}");
        Line(host, "Licence", set.Licence);
        Line(host, "Cite", set.Citation);
    }

    private static void Line(ToolHost host, string what, string text) => host.Out.WriteLine($"{what + ":",-12} {text}");

    private static string Where(DatasetInfo set, ToolHost host) => host.Datasets.Locate(set) switch
    {
        DatasetLocation.Embedded => "embedded",
        DatasetLocation.DataFolder => DatasetStore.DataFolderVariable,
        DatasetLocation.Cache => "cached",
        _ => "not here",
    };

    private static DatasetInfo Find(string name) => DatasetRegistry.TryFind(name) ?? throw new UsageException(
        $"There is no data set '{name}'.{NearestName.Hint(name, DatasetRegistry.All.Select(i => i.Name))} See 'mlpath datasets'.");

    private static DataException NotHere(DatasetInfo set) =>
        new($"The data set '{set.Name}' is not on this machine. Get it with 'mlpath datasets get {set.Name}'.");

    private static string Size(long bytes) => bytes < 1_000_000
        ? $"{NumberFormat.Fixed(Math.Max(1, bytes / 1000.0), 0)} kB"
        : $"{NumberFormat.Fixed(bytes / 1e6, 1)} MB";

    /// <summary>Tells of downloads in the form in which other work is told of.</summary>
    private sealed class Relay(IProgress<FitProgress> progress) : IProgress<DatasetProgress>
    {
        public void Report(DatasetProgress value)
        {
            string total = value.TotalBytes is { } bytes ? $" of {Size(bytes)}" : "";
            progress.Report(new FitProgress(
                [], Kilobytes(value.BytesReceived), value.TotalBytes is { } all ? Kilobytes(all) : null, Loss: null,
                $"{value.File}, {Size(value.BytesReceived)}{total}"));
        }

        private static int Kilobytes(long bytes) => (int)Math.Min(int.MaxValue, (bytes + 999) / 1000);
    }
}
