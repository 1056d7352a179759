using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath inspect</c>: what a model file holds, without restoring the model.</summary>
internal static class InspectCommand
{
    private const int LongestValue = 48;

    // What is longer than a line of a wide terminal is in --json whole.
    private const int LongestDetail = 120;
    private const int ShownHashDigits = 12;
    private static readonly string[] ByteUnits = ["bytes", "KB", "MB", "GB"];

    public static Command Create(ToolHost host)
    {
        var file = new Argument<string>("MODEL") { Description = "A model file, as 'mlpath train' or ml.Model.Save writes it." };
        var json = CommonOptions.Json();
        var command = new Command("inspect", "Show what a model file holds: its origin, columns, components and sizes; check that it is undamaged.")
        {
            file, json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            var model = Files.Read(path, () => new MLContext().Model.Inspect(path, host.CancellationToken));
            if (parsed.GetValue(json))
                host.Out.WriteLine(InspectionJson.Of(model));
            else
                Show(path, model, host);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Show(string path, ModelDescription model, ToolHost host)
    {
        void Line(string text) => host.Out.WriteLine(ToolHost.Plain(text));

        Line($"{path}: a model of MLPath {model.LibraryVersion}, format {model.FormatVersion}, {Bytes(model.FileBytes)}.");
        Line($"Undamaged: all {model.Entries.Count} entries have the SHA-256 that the file states.");
        if (model.Provenance is { } origin)
            ShowOrigin(origin, model, Line, host);
        else
            Line("The file does not say how the model was trained.");
        ShowColumns("Input columns", model.InputSchema, _ => true, host);
        ShowColumns("Output columns", model.OutputSchema, column => !IsInput(column, model.InputSchema), host);
        ShowFeatures(model, host);
        ShowComponents(model, host);
        ShowEntries(model, host);
    }

    private static void ShowOrigin(FitProvenance origin, ModelDescription model, Action<string> line, ToolHost host)
    {
        string rows = origin.Rows is { } count ? $" ({NumberFormat.Integer(count)} rows)" : "";
        string seed = origin.Seed is { } known ? string.Create(CultureInfo.InvariantCulture, $", seed {known}") : "";
        line($"Trained on {origin.Data.Source}{rows}{seed}, in {NumberFormat.Seconds(origin.Duration.TotalSeconds)}.");
        foreach (var step in origin.Data.Steps)
            line($"  {step.Description}");
        line($"Fingerprint of the data: {origin.Data.Fingerprint}");
        if (origin.LabelColumn is { } label)
            line($"Label: {model.LabelSource ?? label}{(model.LabelSource is { } source && source != label ? $", as {label}" : "")}");

        host.Out.WriteLine();
        var table = new TextTable("Step", "What was fitted", "Time|");
        for (int i = 0; i < origin.Steps.Count; i++)
        {
            string time = i < origin.StepDurations.Count ? NumberFormat.Seconds(origin.StepDurations[i].TotalSeconds) : "-";
            table.Add(origin.Steps[i].Key, origin.Steps[i].Value, time);
        }

        table.Write(host);
    }

    private static void ShowColumns(string title, DataViewSchema? schema, Func<DataViewSchema.Column, bool> isShown, ToolHost host)
    {
        if (schema is null)
            return;
        host.Out.WriteLine();
        var table = new TextTable(title, "Type", "Stands for");
        foreach (var column in schema.Where(c => !c.IsHidden && isShown(c)))
            table.Add(column.Name, $"{column.Type}", Shorten(string.Join(", ", Meanings(column))));
        table.Write(host);
    }

    private static bool IsInput(DataViewSchema.Column column, DataViewSchema? input) =>
        input?.GetColumnOrNull(column.Name) is { } same && same.Type.Equals(column.Type);

    private static IReadOnlyList<string> Meanings(DataViewSchema.Column column) =>
        column.HasKeyValues() ? column.KeyValueTexts() : column.HasSlotNames() ? column.SlotNamesOrDefault() : [];

    // What Featurize decided of each column stands in its settings as lists side by side.
    private static void ShowFeatures(ModelDescription model, ToolHost host)
    {
        foreach (var featurize in model.Root.Subtree().Where(c => c.Id == "MLPath.Featurize"))
        {
            string[] columns = Texts(featurize, "Columns"), types = Texts(featurize, "Types");
            string[] kinds = Texts(featurize, "Kinds"), reasons = Texts(featurize, "Reasons");
            if (types.Length != columns.Length || kinds.Length != columns.Length || reasons.Length != columns.Length)
                continue;
            host.Out.WriteLine();
            var table = new TextTable("Column", "Type", "Becomes", "Why");
            for (int i = 0; i < columns.Length; i++)
                table.Add(columns[i], types[i], kinds[i], Shorten(reasons[i]));
            table.Write(host);
        }

        static string[] Texts(ComponentDescription component, string setting) =>
            component.Settings.FirstOrDefault(s => s.Name == setting)?.Value is { ValueKind: JsonValueKind.Array } list
                ? [.. list.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)]
                : [];
    }

    private static void ShowComponents(ModelDescription model, ToolHost host)
    {
        host.Out.WriteLine();
        var table = new TextTable("Component", "Parameters|", "Size|", "Settings and arrays");
        Add(model.Root, "", "");
        table.Write(host);
        var unknown = model.Root.Subtree().Where(c => c.Library is null).Select(c => c.Id).Distinct().ToList();
        if (unknown.Count > 0)
            host.Out.WriteLine(ToolHost.Plain($"Not known here, so the model cannot be used by this tool: {string.Join(", ", unknown)}"));

        void Add(ComponentDescription component, string branch, string below)
        {
            string version = component.Version == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" version {component.Version}");
            string unknown = component.Library is null ? " (unknown)" : "";
            table.Add(
                $"{branch}{component.Id}{version}{unknown}",
                component.ParameterCount == 0 ? "" : NumberFormat.Integer(component.ParameterCount),
                Bytes(component.Bytes),
                Shorten(string.Join(", ", component.Settings.Select(Text).Concat(component.Arrays.Select(Text))), LongestDetail));
            for (int i = 0; i < component.Children.Count; i++)
            {
                bool isLast = i == component.Children.Count - 1;
                Add(component.Children[i], below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "));
            }
        }
    }

    private static void ShowEntries(ModelDescription model, ToolHost host)
    {
        host.Out.WriteLine();
        var table = new TextTable("Entry", "Bytes|", "SHA-256");
        foreach (var entry in model.Entries)
            table.Add(entry.Name, NumberFormat.Integer(entry.Bytes), $"{entry.Sha256[..ShownHashDigits]}…");
        table.Write(host);
    }

    private static string Text(ComponentSetting setting) => $"{setting.Name}={Shorten(Text(setting.Value))}";

    private static string Text(ArrayDescription array) => $"{array.Name}:{array.ElementType}[{string.Join('×', array.Shape)}]";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Take(LongestValue).Select(Text))}]",
        _ => value.GetRawText(),
    };

    private static string Shorten(string text, int longest = LongestValue) => text.Length <= longest ? text : $"{text[..(longest - 1)]}…";

    private static string Bytes(long bytes)
    {
        double size = bytes;
        int unit = 0;
        for (; size >= 1000 && unit < ByteUnits.Length - 1; unit++)
            size /= 1000;
        return $"{(unit == 0 ? NumberFormat.Integer(size) : NumberFormat.Fixed(size, 1))} {ByteUnits[unit]}";
    }
}
