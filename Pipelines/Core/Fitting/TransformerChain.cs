using System.Collections;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>How a fitted chain came to be.</summary>
/// <param name="Data">What it was fitted on.</param>
/// <param name="Rows">The number of rows, where it is known.</param>
/// <param name="Steps">Each step's name and description with its options.</param>
/// <param name="Duration">How long the fit took.</param>
public sealed record FitProvenance(
    DataLineage Data, long? Rows, IReadOnlyList<KeyValuePair<string, string>> Steps, TimeSpan Duration)
{
    /// <summary>How long each step took to fit; as many as <see cref="Steps"/>, or none where it is not known.</summary>
    public IReadOnlyList<TimeSpan> StepDurations { get; init; } = [];

    /// <summary>The seed of the fit's context, with which the seeds of the steps' own options are mixed; null where it is not known.</summary>
    public int? Seed { get; init; }

    /// <summary>The column that the last trainer learned to predict; null where there is none, or it is not known.</summary>
    public string? LabelColumn { get; init; }
}

/// <summary>A chain without its type.</summary>
public interface ITransformerChain : ITransformer
{
    /// <summary>All transformers, those that only take part in training included.</summary>
    IReadOnlyList<ITransformer> Transformers { get; }

    /// <summary>How it came to be; null for one that was put together by hand.</summary>
    FitProvenance? Provenance { get; }
}

/// <summary>
/// Fitted transformers one after the other. Immutable. A step whose input is not there, and whose output no later step needs, is left out:
/// so data without a label can be scored although the pipeline prepared one for training.
/// </summary>
/// <typeparam name="TLastTransformer">The last transformer.</typeparam>
public sealed class TransformerChain<TLastTransformer> : ITransformerChain, IEnumerable<ITransformer>
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _transformers;
    private readonly TransformerScope[] _scopes;
    private readonly string[] _names;

    /// <summary>Creates a chain that takes part in everything.</summary>
    /// <param name="transformers">The transformers, in order.</param>
    public TransformerChain(params ITransformer[] transformers)
        : this(transformers, [.. transformers.Select(_ => TransformerScope.Everything)], [.. transformers.Select((_, i) => $"step {i + 1}")])
    {
    }

    /// <summary>Creates a chain.</summary>
    /// <param name="transformers">The transformers, in order.</param>
    /// <param name="scopes">In which uses each takes part.</param>
    /// <param name="names">The name of each.</param>
    public TransformerChain(ITransformer[] transformers, TransformerScope[] scopes, string[] names)
    {
        if (scopes.Length != transformers.Length || names.Length != transformers.Length)
            throw new ArgumentException("A chain needs one scope and one name for each transformer.", nameof(transformers));
        (_transformers, _scopes, _names) = (transformers, scopes, names);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITransformer> Transformers => _transformers;

    /// <summary>The name of each step.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The last transformer.</summary>
    /// <exception cref="InvalidOperationException">The chain is empty.</exception>
    public TLastTransformer LastTransformer =>
        _transformers.Length > 0 ? (TLastTransformer)_transformers[^1] : throw new InvalidOperationException("The chain has no transformers.");

    /// <inheritdoc/>
    public DataLineage? FittedOn { get; init; }

    /// <inheritdoc/>
    public FitProvenance? Provenance { get; init; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => Applied().All(i => _transformers[i].IsRowToRowMapper);

    /// <inheritdoc/>
    public string ComponentId => PipelineComponents.TransformerChain;

    /// <summary>The transformer of a step.</summary>
    /// <param name="name">The step's name.</param>
    public ITransformer this[string name] => Array.IndexOf(_names, name) is >= 0 and var i
        ? _transformers[i]
        : throw new ArgumentException($"There is no step '{name}'. {NearestName.List("The steps are", _names)}", nameof(name));

    /// <summary>The transformers that take part in a use.</summary>
    /// <param name="scopeFilter">The use.</param>
    public TransformerChain<ITransformer> GetModelFor(TransformerScope scopeFilter)
    {
        int[] kept = [.. Enumerable.Range(0, _transformers.Length).Where(i => (_scopes[i] & scopeFilter) != 0)];
        return new([.. kept.Select(i => _transformers[i])], [.. kept.Select(i => _scopes[i])], [.. kept.Select(i => _names[i])])
        {
            FittedOn = FittedOn,
            Provenance = Provenance,
        };
    }

    /// <summary>This chain with what a file says of how it came to be.</summary>
    internal TransformerChain<TLastTransformer> Restored(FitProvenance provenance) =>
        new(_transformers, _scopes, _names) { FittedOn = provenance.Data, Provenance = provenance };

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Plan(inputSchema).Schema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Plan(input.Schema).Transformers.Aggregate(input, (view, transformer) => transformer.Transform(view));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        if (Applied().FirstOrDefault(i => !_transformers[i].IsRowToRowMapper, -1) is >= 0 and var stateful)
            throw new InvalidOperationException($"Step '{_names[stateful]}' does not map row to row, so single rows cannot be predicted. Use Transform on a view.");
        var mappers = new List<IRowToRowMapper>();
        var schema = inputSchema;
        foreach (var transformer in Plan(inputSchema).Transformers)
        {
            mappers.Add(transformer.GetRowToRowMapper(schema));
            schema = mappers[^1].OutputSchema;
        }

        return new MapperChain(inputSchema, mappers);
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write("Names", _names);
        context.Write("Scopes", [.. _scopes.Select(s => s.ToString())]);
        context.SaveChildren("Transformers", _transformers);
    }

    /// <inheritdoc/>
    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The steps, one a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _transformers.Select((t, i) => $"{i + 1}. {t}"));

    internal static TransformerChain<ITransformer> Load(ModelLoadContext context)
    {
        var transformers = context.LoadChildren<ITransformer>("Transformers");
        string[] names = context.ReadStrings("Names");
        string[] scopes = context.ReadStrings("Scopes");
        if (names.Length != transformers.Count || scopes.Length != transformers.Count)
            throw context.Invalid("a chain has one name and one scope for each transformer");
        return new TransformerChain<ITransformer>([.. transformers], [.. scopes.Select(s => Scope(context, s))], names);
    }

    private static TransformerScope Scope(ModelLoadContext context, string text) =>
        Enum.TryParse(text, out TransformerScope scope) && (scope & ~TransformerScope.Everything) == 0 ? scope : throw context.Invalid($"'{text}' is not a scope");

    private IEnumerable<int> Applied() =>
        Enumerable.Range(0, _transformers.Length).Where(i => (_scopes[i] & (TransformerScope.Testing | TransformerScope.Scoring)) != 0);

    // Which transformers run on an input, and what comes out. A step that lacks a column is put aside; when the last one lacks a column, or one
    // finds a wrong type, the error tells of the steps that were put aside too: one of them may be the cause.
    private (DataViewSchema Schema, List<ITransformer> Transformers) Plan(DataViewSchema inputSchema)
    {
        var schema = inputSchema;
        var planned = new List<ITransformer>();
        List<SchemaException> lacks = [];
        int last = Applied().LastOrDefault(-1);
        foreach (int i in Applied())
        {
            try
            {
                schema = _transformers[i].GetOutputSchema(schema);
                planned.Add(_transformers[i]);
            }
            catch (SchemaException error)
            {
                var inStep = error.In($"Step {i + 1}. {_transformers[i]}");
                if (error.MissingColumnName is null || i == last)
                    throw inStep.After(lacks);
                lacks.Add(inStep);
            }
        }

        return (schema, planned);
    }
}

/// <summary>Row mappers one after the other.</summary>
internal sealed class MapperChain(DataViewSchema inputSchema, IReadOnlyList<IRowToRowMapper> mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Count == 0 ? inputSchema : mappers[^1].OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        Needed(dependingColumns).First();

    public BatchWorker CreateWorker(IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var needed = Needed(activeColumns);
        return new Worker([.. mappers.Select((mapper, i) => mapper.CreateWorker(needed[i + 1]))]);
    }

    // The columns needed before mapper 0, between mappers, and after the last one.
    private List<List<DataViewSchema.Column>> Needed(IEnumerable<DataViewSchema.Column> columns)
    {
        List<List<DataViewSchema.Column>> needed = [[.. columns]];
        for (int i = mappers.Count - 1; i >= 0; i--)
            needed.Insert(0, [.. mappers[i].GetDependencies(needed[0])]);
        return needed;
    }

    private sealed class Worker(BatchWorker[] workers) : BatchWorker
    {
        public override RowBatch Map(RowBatch input)
        {
            foreach (var worker in workers)
                input = worker.Map(input);
            return input;
        }
    }
}
