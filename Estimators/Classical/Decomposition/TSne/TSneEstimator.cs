using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// Draws the training rows as a map by <see cref="TSne"/>; the fitted transformer gives every training row its point, and places other rows among them.
/// </summary>
/// <param name="column">The column to make, and of which: a vector of Single of known size.</param>
/// <param name="options">The options of t-SNE; the defaults when null.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class TSneEstimator(InputOutputColumnPair column, TSne.Options? options = null) : OneToOneEstimator<TSneTransformer>([column]), IHasOptions
{
    private readonly TSne.Options _options = Check(options ?? new());

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> OptionValues => TSne.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => TSne.Options.All.Changes(_options) is { Length: > 0 } changes ? $"TSne({Columns[0]}; {changes})" : $"TSne({Columns[0]})";

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        VectorRows.Check(input);
        return VectorRows.Output(outputColumnName, _options.Dimensions);
    }

    /// <inheritdoc/>
    protected override TSneTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var rows = TrainingData.Read(input, inputs[0].Name, null, sparse: false, context).Features;
        var embedding = TSne.Embed(rows, _options, context);
        return new TSneTransformer(Columns[0], rows.Columns, rows.Values.ToArray(), embedding, _options.Perplexity, _options.EffectiveDegreesOfFreedom)
        {
            FittedOn = input.Lineage,
        };
    }

    private static TSne.Options Check(TSne.Options options)
    {
        TSne.Options.All.Validate(options);
        return options;
    }
}

/// <summary>
/// Places rows on a map that t-SNE drew of the training rows. Its slots are named TSNE1, TSNE2, …; a row with a missing or infinite value gives
/// missing values.
/// </summary>
/// <remarks>
/// <para>A map is drawn of its rows as a whole, and is no function of a row. A row that equals a training row gets that row's point, the first
/// one's if there are several. Any other row x is placed where its own divergence Σj pj ln(pj / qj) is least from the start: pj over its nearest
/// training rows by a Gaussian of the map's perplexity, qj = wj / Σ w over all points of the map, which stay where they are. The start is the mean
/// of the points weighted by pj, and steps go downhill from there. So new rows do not change the map, and neither do they see each other.</para>
/// <para>The cost of a row is n × d for its neighbours and n for each step. The model keeps all training rows.</para>
/// </remarks>
public sealed class TSneTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.TSne";

    private readonly float[] _rows;
    private readonly double _perplexity;
    private readonly double _degreesOfFreedom;

    internal TSneTransformer(
        InputOutputColumnPair column, int inputSize, float[] rows, TSneEmbedding embedding, double perplexity, double degreesOfFreedom) : base([column]) =>
        (InputSize, _rows, Embedding, _perplexity, _degreesOfFreedom) = (inputSize, rows, embedding, perplexity, degreesOfFreedom);

    /// <summary>d, the number of values of an input.</summary>
    public int InputSize { get; }

    /// <summary>The map of the training rows, in their order.</summary>
    public TSneEmbedding Embedding { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Perplexity", _perplexity);
        context.Write("DegreesOfFreedom", _degreesOfFreedom);
        context.WriteArray<float>("Rows", _rows, Embedding.Rows, InputSize);
        context.WriteArray<float>("Map", Embedding.Coordinates, Embedding.Rows, Embedding.Dimensions);
        Embedding.History.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"TSne({Columns[0]}; {Embedding.Rows} rows, divergence {Embedding.KullbackLeiblerDivergence:0.####})");

    internal static TSneTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[] shape = context.ReadShape("Rows");
        if (columns.Count != 1 || shape is not [>= 2, > 0])
            throw context.Invalid("its rows are not a matrix for one column");
        int[] mapShape = context.ReadShape("Map");
        if (mapShape is not [_, >= 1 and <= 3] || mapShape[0] != shape[0])
            throw context.Invalid("its map does not hold a point of one to three dimensions for each row");
        float[] rows = context.ReadArray<float>("Rows", shape), map = context.ReadArray<float>("Map", mapShape);
        if (!Array.TrueForAll(rows, float.IsFinite) || !Array.TrueForAll(map, float.IsFinite))
            throw context.Invalid("a value of its rows or of its map is not finite");
        var (perplexity, degreesOfFreedom) = (context.ReadDouble("Perplexity"), context.ReadDouble("DegreesOfFreedom"));
        if (!(perplexity >= 1 && perplexity < shape[0]) || !(degreesOfFreedom > 0 && double.IsFinite(degreesOfFreedom)))
            throw context.Invalid("its perplexity or its degrees of freedom are out of range");
        var history = TrainingHistory.Load(context);
        if (history.Losses.Count == 0)
            throw context.Invalid("it has no divergence");
        return new(columns[0], shape[1], rows, new(shape[0], mapShape[1], map, history), perplexity, degreesOfFreedom);
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        VectorRows.Check(input, InputSize);
        var output = VectorRows.Output(Columns[index].OutputColumnName, "TSNE", Embedding.Dimensions);
        return new ColumnFunction([input], [output], () =>
        {
            var placement = new TSnePlacement(_rows, InputSize, Embedding, _perplexity, _degreesOfFreedom);
            float[] x = new float[InputSize];
            return (batch, outputs) =>
            {
                if (outputs[0] is not VectorColumn<float> made)
                    return;
                var vectors = batch.Vectors<float>(input.Index);
                var points = made.AllocateDense(batch.Count);
                for (int row = 0; row < batch.Count; row++)
                {
                    vectors.CopyRowTo(row, x);
                    placement.Place(x, points.Slice(row * Embedding.Dimensions, Embedding.Dimensions));
                }
            };
        });
    }
}
