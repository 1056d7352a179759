using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns every usable column of a table into one vector of features: fills and marks missing numbers, encodes categories, weighs words, takes times
/// apart, brings all to one scale, and says what it did with each column and why.
/// </summary>
/// <remarks>
/// What it decides by a look at the rows is a <see cref="FeaturePlan"/>, which makes an ordinary pipeline. The fit looks at the training rows
/// alone, unless it is given a plan. Cost: two or three passes over the rows.
/// </remarks>
public sealed class FeaturizingEstimator : IEstimator<FeaturizingTransformer>, IHasOptions
{
    private readonly FeaturizingOptions _options;
    private readonly FeaturePlan? _plan;

    /// <summary>Creates an estimator that decides by the rows it is fitted on.</summary>
    /// <param name="options">What is asked for; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public FeaturizingEstimator(FeaturizingOptions? options = null) => _options = (options ?? new()).Checked();

    /// <summary>Creates an estimator that carries out a plan, whatever rows it is fitted on.</summary>
    /// <param name="plan">The plan.</param>
    public FeaturizingEstimator(FeaturePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (_options, _plan) = (plan.Options, plan);
    }

    /// <inheritdoc/>
    public FeaturizingTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var plan = _plan ?? FeaturePlanner.Plan(input, _options, context);
        foreach (string line in plan.Lines)
            context.Diagnose(DiagnosisSeverity.Info, "features", line);
        var pipeline = plan.ToPipeline().Fit(input, context);
        return new FeaturizingTransformer(pipeline, plan.Options.OutputColumnName, plan.Decisions) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in _plan?.Columns ?? [])
            _ = inputSchema[name];
        if (!inputSchema.Any(c => c.Name != _options.LabelColumnName && !_options.Exclude.Contains(c.Name)))
            throw new SchemaException(FeaturePlanner.NoColumns);
        return inputSchema.With(new SchemaShape.Column(
            _options.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([PredictionColumns.Text(AnnotationKinds.SlotNames)])));
    }

    /// <summary>The options, and, of a plan, what each column is to it, as <c>column age</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OptionValues =>
    [
        new(nameof(FeaturizingOptions.MaximumCategories), _options.MaximumCategories.ToString(CultureInfo.InvariantCulture)),
        new(nameof(FeaturizingOptions.MaximumWords), _options.MaximumWords.ToString(CultureInfo.InvariantCulture)),
        new(nameof(FeaturizingOptions.IndicateMissing), _options.IndicateMissing ? "true" : "false"),
        new(nameof(FeaturizingOptions.Normalize), _options.Normalize ? "true" : "false"),
        .. (_plan?.Decisions ?? []).Select(d => KeyValuePair.Create($"column {d.Column}", $"{d.Kind}")),
    ];

    /// <inheritdoc/>
    public override string ToString() =>
        $"Featurize({_options.OutputColumnName} ← {(_plan is null ? "every usable column" : FeaturizingTransformer.InWords(_plan.Columns))})";
}

/// <summary>
/// Computes the features. Of the pipeline within, only the vector of features comes out; the columns that it is made of stay as they are.
/// </summary>
public sealed class FeaturizingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.Featurize";

    internal FeaturizingTransformer(ITransformerChain pipeline, string outputColumnName, IReadOnlyList<FeatureDecision> decisions) =>
        (Pipeline, OutputColumnName, Decisions) = (pipeline, outputColumnName, decisions);

    /// <summary>The fitted pipeline, step by step.</summary>
    public ITransformerChain Pipeline { get; }

    /// <summary>The column made.</summary>
    public string OutputColumnName { get; }

    /// <summary>What was decided of each column, and why.</summary>
    public IReadOnlyList<FeatureDecision> Decisions { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", OutputColumnName);
        context.Write("Columns", [.. Decisions.Select(d => d.Column)]);
        context.Write("Types", [.. Decisions.Select(d => d.Type)]);
        context.WriteEnums<FeatureKind>("Kinds", [.. Decisions.Select(d => d.Kind)]);
        context.Write("Reasons", [.. Decisions.Select(d => d.Reason)]);
        context.WriteArray<long>("Missing", [.. Decisions.Select(d => d.Missing)]);
        context.SaveChild("Pipeline", Pipeline);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"Featurize({OutputColumnName} ← {InWords([.. Decisions.Where(d => d.Kind != FeatureKind.Ignore).Select(d => d.Column)])})";

    internal static string InWords(IReadOnlyList<string> columns) =>
        columns.Count <= 6 ? string.Join(", ", columns) : $"{string.Join(", ", columns.Take(4))}, … {columns[^1]}; {columns.Count} columns";

    internal static FeaturizingTransformer Load(ModelLoadContext context)
    {
        string[] columns = context.ReadStrings("Columns"), types = context.ReadStrings("Types"), reasons = context.ReadStrings("Reasons");
        var kinds = context.ReadEnums<FeatureKind>("Kinds");
        if (types.Length != columns.Length || reasons.Length != columns.Length || kinds.Length != columns.Length)
            throw context.Invalid("each column has one type, kind and reason");
        long[] missing = context.ReadArray<long>("Missing", columns.Length);
        return new(
            context.LoadChild<ITransformerChain>("Pipeline"), context.ReadString("Output"),
            [.. columns.Select((c, i) => new FeatureDecision(c, types[i], kinds[i], reasons[i], missing[i]))]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var mapper = Pipeline.GetRowToRowMapper(inputSchema);
        var features = mapper.OutputSchema.GetColumnOrNull(OutputColumnName)
            ?? throw SchemaException.MissingColumn(OutputColumnName, mapper.OutputSchema.VisibleNames);
        yield return new ColumnFunction(mapper.GetDependencies([features]), [features.Detach()], () =>
        {
            var worker = mapper.CreateWorker([features]);
            return (batch, outputs) =>
            {
                var made = worker.Map(batch);
                outputs[0]!.Slice(made[features.Index], 0, made.Count);
            };
        });
    }
}
