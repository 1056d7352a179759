using System.Text;
using MLPath.Datasets.Text;

namespace MLPath.Data;

/// <summary>
/// Loads text files with known columns. A view that it makes stays in the files: every pass reads them again, only the columns that it needs,
/// with several threads and little memory, whatever the files' size.
/// </summary>
/// <remarks>
/// Files are UTF-8, plain or gzip. Blank lines, and lines that start with <c>//</c> or <c>#@</c>, are passed over. Create one with
/// <c>ml.Data.CreateTextLoader</c>.
/// </remarks>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly Options _options;
    private readonly TablePlan _plan;

    internal TextLoader(Options options, IMultiStreamSource? dataSample)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sample = dataSample is null ? [] : FileLoading.Open(dataSample);
        if (options.Columns is null || options.Columns.Length == 0)
            options = (sample.Count > 0 ? SchemaComment.Read(sample[0], options) : null) ?? options with { Columns = DefaultColumns };
        options.Validate();
        var binding = new LoaderBinding(options, FormatOf(options), sample);
        (_options, _plan) = (options, PlanOf(options, binding.Columns, binding.FieldNames));
        OutputSchema = _plan.Schema();
    }

    private TextLoader(Options options, IReadOnlyList<ColumnPlan> columns, IReadOnlyList<string> fieldNames)
    {
        options.Validate();
        (_options, _plan) = (options, PlanOf(options, columns, fieldNames));
        OutputSchema = _plan.Schema();
    }

    private DataViewSchema OutputSchema { get; }

    private static Column[] DefaultColumns =>
        [new Column("Label", DataKind.Single, 0), new Column("Features", DataKind.Single, [new Range(1, null)])];

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema() => OutputSchema;

    /// <summary>Makes a view of some files. They are read when the view is.</summary>
    /// <param name="source">The files.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public IDataView Load(IMultiStreamSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var inputs = FileLoading.Open(source);
        var table = new TextTable(inputs, new Preamble(SkipLines: 0, _options.HasHeader), _plan)
        {
            MaxRows = _options.MaxRows,
            Threads = _options.UseThreads ? Environment.ProcessorCount : 1,
        };
        return new TextView(table, inputs.Count == 0 ? "no files" : FileLoading.Describe(inputs), OutputSchema);
    }

    private static TablePlan PlanOf(Options options, IReadOnlyList<ColumnPlan> columns, IReadOnlyList<string> fieldNames) => new()
    {
        Format = FormatOf(options),
        Columns = columns,
        Rules = RulesOf(options),
        FieldNames = fieldNames,
        BadRows = options.BadRows,
        Sparse = options.AllowSparse,
        InputSize = options.InputSize,
    };

    private static DelimitedFormat FormatOf(Options options) => new()
    {
        Separators = Encoding.ASCII.GetBytes(options.Separators),
        Quoting = options.AllowQuoting,
        Multiline = options.ReadMultilines,
        Escape = (byte)options.EscapeChar,
        TrimStart = true,
        TrimEnd = false,
        TrimLineEnd = options.TrimWhitespace,
        Comments = ["//"u8.ToArray(), "#@"u8.ToArray()],
    };

    private static CellRules RulesOf(Options options) => new()
    {
        Missing = new MissingCells(["?", "NaN"]),
        EmptyIsDefault = true,
        EmptyRealIsNaN = options.MissingRealsAsNaNs,
        Point = (byte)options.DecimalMarker,
    };
}
