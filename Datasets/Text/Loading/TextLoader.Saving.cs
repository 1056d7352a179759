using MLPath.Datasets;
using MLPath.Datasets.Text;
using MLPath.Runtime;

namespace MLPath.Data;

public sealed partial class TextLoader
{
    internal const string Id = "MLPath.TextLoader";

    private const int NoVariablePart = -1;

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <summary>
    /// Writes the settings and the columns as they were bound: the fields that ranges to the end of the rows came to, and the names that the
    /// header gave. A restored loader looks at no sample and needs no header file.
    /// </summary>
    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(Options.Separators), new string(_options.Separators));
        context.Write(nameof(Options.HasHeader), _options.HasHeader);
        context.Write(nameof(Options.AllowQuoting), _options.AllowQuoting);
        context.Write(nameof(Options.ReadMultilines), _options.ReadMultilines);
        context.Write(nameof(Options.EscapeChar), _options.EscapeChar.ToString());
        context.Write(nameof(Options.TrimWhitespace), _options.TrimWhitespace);
        context.Write(nameof(Options.DecimalMarker), _options.DecimalMarker.ToString());
        context.Write(nameof(Options.MissingRealsAsNaNs), _options.MissingRealsAsNaNs);
        context.Write(nameof(Options.AllowSparse), _options.AllowSparse);
        if (_options.InputSize is { } size) context.Write(nameof(Options.InputSize), size);
        if (_options.MaxRows is { } rows) context.Write(nameof(Options.MaxRows), rows);
        context.WriteEnum(nameof(Options.BadRows), _options.BadRows);
        context.Write(nameof(Options.UseThreads), _options.UseThreads);
        context.Write("FieldNames", _plan.FieldNames);
        ModelColumns.Write(context, [.. _plan.Columns.Select(c => (c.Column.Name, c.Type))]);
        ModelColumns.WriteLists(context, "Fields", [.. _plan.Columns.Select(c => c.Fields)]);
        context.WriteArray<int>("VariableStarts", [.. _plan.Columns.Select(c => c.VariableStart ?? NoVariablePart)]);
    }

    internal static TextLoader Load(ModelLoadContext context)
    {
        var options = new Options
        {
            Separators = context.ReadString(nameof(Options.Separators)).ToCharArray(),
            HasHeader = context.ReadBoolean(nameof(Options.HasHeader)),
            AllowQuoting = context.ReadBoolean(nameof(Options.AllowQuoting)),
            ReadMultilines = context.ReadBoolean(nameof(Options.ReadMultilines)),
            EscapeChar = ReadChar(context, nameof(Options.EscapeChar)),
            TrimWhitespace = context.ReadBoolean(nameof(Options.TrimWhitespace)),
            DecimalMarker = ReadChar(context, nameof(Options.DecimalMarker)),
            MissingRealsAsNaNs = context.ReadBoolean(nameof(Options.MissingRealsAsNaNs)),
            AllowSparse = context.ReadBoolean(nameof(Options.AllowSparse)),
            InputSize = context.Has(nameof(Options.InputSize)) ? context.ReadInt32(nameof(Options.InputSize)) : null,
            MaxRows = context.Has(nameof(Options.MaxRows)) ? context.ReadInt64(nameof(Options.MaxRows)) : null,
            BadRows = context.ReadEnum<BadRows>(nameof(Options.BadRows)),
            UseThreads = context.ReadBoolean(nameof(Options.UseThreads)),
        };
        string[] fieldNames = context.ReadStrings("FieldNames");
        var columns = ModelColumns.Read(context);
        int[][] fields = ModelColumns.ReadLists(context, "Fields", columns.Length);
        int[] variableStarts = context.ReadArray<int>("VariableStarts", columns.Length);
        return new TextLoader(options, [.. columns.Select((c, i) => Restore(c, i))], fieldNames);

        ColumnPlan Restore((string Name, PrimitiveDataViewType Item, bool IsVector) column, int i)
        {
            int? variableStart = variableStarts[i] == NoVariablePart ? null : variableStarts[i];
            if (variableStart < 0 || Array.Exists(fields[i], field => field < 0 || field >= (options.InputSize ?? int.MaxValue))
                || (variableStart is null && fields[i].Length == 0))
            {
                throw context.Invalid($"column '{column.Name}' has no fields, or one that rows cannot have");
            }
            return LoaderBinding.Plan(column.Name, column.Item, column.IsVector, fields[i], variableStart, fieldNames);
        }
    }

    private static char ReadChar(ModelLoadContext context, string name) =>
        context.ReadString(name) is [var character] ? character : throw context.Invalid($"setting '{name}' should be one character");
}
