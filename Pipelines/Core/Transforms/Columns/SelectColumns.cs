using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>Keeps some columns, in the order given, or drops some and keeps the others in their order. Learns nothing.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    private ColumnSelectingEstimator(ColumnSelectingTransformer transformer) : base(transformer) { }

    /// <summary>An estimator that keeps columns, in the order given.</summary>
    /// <param name="columnNames">The columns to keep, at least one.</param>
    /// <param name="keepHidden">Whether to keep, beside each, the earlier columns of its name, which are hidden by it.</param>
    public static ColumnSelectingEstimator KeepColumns(IReadOnlyList<string> columnNames, bool keepHidden = false) =>
        new(new ColumnSelectingTransformer(columnNames, keep: true, keepHidden));

    /// <summary>An estimator that drops columns, hidden ones of the same names included.</summary>
    /// <param name="columnNames">The columns to drop, at least one.</param>
    public static ColumnSelectingEstimator DropColumns(params IReadOnlyList<string> columnNames) =>
        new(new ColumnSelectingTransformer(columnNames, keep: false, keepHidden: true));

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var named = Transformer.ColumnNames.Select(name => inputSchema[name]).ToList();
        return new SchemaShape(Transformer.Keeps ? named : inputSchema.Except(named));
    }
}

/// <summary>Keeps or drops columns.</summary>
public sealed class ColumnSelectingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.SelectColumns";

    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(IReadOnlyList<string> columnNames, bool keep, bool keepHidden)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        if (columnNames.Count == 0)
            throw new ArgumentException("Name at least one column.", nameof(columnNames));
        if (columnNames.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is named twice.", nameof(columnNames));
        (ColumnNames, Keeps, _keepHidden) = ([.. columnNames], keep, keepHidden);
    }

    /// <summary>The columns that are kept, or dropped.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Whether the named columns are kept; they are dropped otherwise.</summary>
    public bool Keeps { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Columns", ColumnNames);
        context.Write("Keeps", Keeps);
        context.Write("KeepHidden", _keepHidden);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Keeps ? "SelectColumns" : "DropColumns")}({string.Join(", ", ColumnNames)})";

    internal static ColumnSelectingTransformer Load(ModelLoadContext context)
    {
        string[] names = context.ReadStrings("Columns");
        return names.Length > 0 && names.Distinct().Count() == names.Length
            ? new(names, context.ReadBoolean("Keeps"), context.ReadBoolean("KeepHidden"))
            : throw context.Invalid("it names no column, or one twice");
    }

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema) => [];

    /// <inheritdoc/>
    protected override IEnumerable<int> Keep(DataViewSchema inputSchema)
    {
        foreach (string name in ColumnNames)
            _ = inputSchema[name];
        return Keeps
            ? ColumnNames.SelectMany(name => inputSchema.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)).Select(c => c.Index))
            : inputSchema.Where(c => !ColumnNames.Contains(c.Name)).Select(c => c.Index);
    }
}
