using System.Text;
using MLPath.Data;
using MLPath.Datasets.Text;
using MLPath.Runtime;

namespace MLPath.Datasets;

/// <summary>What was found by looking at a text file: how it is cut, which columns it has, and which of them is probably the label.</summary>
public sealed class ColumnInference
{
    private static readonly string[] LabelNames = ["label", "target", "class", "outcome", "y", "response"];

    private ColumnInference(
        TextFileOptions options, string headerReason, DataViewSchema schema, string? labelColumnName, string labelReason)
    {
        (Options, HeaderReason, Schema) = (options, headerReason, schema);
        (LabelColumnName, LabelReason) = (labelColumnName, labelReason);
    }

    /// <summary>The options with everything that was found: separator, quoting, header, types. Loading with them looks at nothing again.</summary>
    public TextFileOptions Options { get; }

    /// <summary>The character between fields.</summary>
    public char Separator => Options.Separator!.Value;

    /// <summary>Whether the first line gives the names of the columns.</summary>
    public bool HasHeader => Options.HasHeader!.Value;

    /// <summary>Why, in words.</summary>
    public string HeaderReason { get; }

    /// <summary>The columns' names and types, which follow from all cells.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The column that is probably to be predicted; null where the file has one column only.</summary>
    public string? LabelColumnName { get; }

    /// <summary>Why, in words.</summary>
    public string LabelReason { get; }

    /// <summary>The settings of a loader that reads the same columns, one by one.</summary>
    public TextLoader.Options TextLoaderOptions => new()
    {
        AllowQuoting = Options.Quoting!.Value,
        ReadMultilines = Options.Quoting!.Value,
        Separators = [Separator],
        DecimalMarker = Options.DecimalMarker,
        HasHeader = HasHeader,
        TrimWhitespace = Options.TrimWhitespace,
        MissingRealsAsNaNs = true,
        MaxRows = Options.MaxRows,
        BadRows = Options.BadRows,
        Columns = [.. Schema.Select(c => new TextLoader.Column(c.Name, DataKinds.Of(c.Type.RawType)!.Value, c.Index))],
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append($"Fields are separated by {(Separator == '\t' ? "tabs" : Options.CollapseSeparators ? "blanks" : $"'{Separator}'")}. ");
        text.Append($"The first line {(HasHeader ? "gives the names" : "is data")}: {HeaderReason}. ");
        text.Append(NearestName.List("The columns are", [.. Schema.Select(c => $"{c.Name} ({c.Type})")]));
        if (LabelColumnName is not null) text.Append($" The label is {LabelColumnName}: {LabelReason}.");
        return text.ToString();
    }

    internal static ColumnInference Of(TableLayout layout, TablePlan plan, TextFileOptions options, string? labelColumnName)
    {
        var schema = plan.Schema();
        if (labelColumnName is not null && schema.GetColumnOrNull(labelColumnName) is null)
            throw SchemaException.MissingColumn(labelColumnName, schema.Select(c => c.Name), "label column");
        var found = options with
        {
            Separator = (char)layout.Format.Separators[0],
            CollapseSeparators = layout.Format.Collapse,
            Quoting = layout.Format.Quoting,
            CommentPrefix = layout.Format.Comments is [var prefix] ? Encoding.UTF8.GetString(prefix) : null,
            HasHeader = layout.Preamble.HasHeader,
            Types = schema.ToDictionary(c => c.Name, c => c.Type),
        };
        var (label, reason) = labelColumnName is not null ? (labelColumnName, "stated") : GuessLabel(schema);
        return new ColumnInference(found, layout.HeaderReason, schema, label, reason);
    }

    private static (string? Name, string Reason) GuessLabel(DataViewSchema schema)
    {
        foreach (string usual in LabelNames)
        {
            foreach (var column in schema)
            {
                if (column.Name.Equals(usual, StringComparison.OrdinalIgnoreCase)) return (column.Name, "its name is the usual one");
            }
        }
        return schema.Count < 2 ? (null, "there is one column only") : (schema[^1].Name, "it is the last column");
    }
}
