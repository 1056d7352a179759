using System.Globalization;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// Truncated singular value decomposition: replaces d features by their products with the r leading right singular vectors of the rows. Nothing is
/// subtracted, so that sparse rows stay sparse; of rows of term weights it is latent semantic analysis.
/// </summary>
/// <remarks>
/// <para><b>What it finds.</b> The matrix of rank r that is nearest to the n × d matrix of rows, X ≈ U diag(σ) Vᵀ, of which V is kept; a row x
/// becomes Vᵀx. They are the eigenvectors of XᵀX of greatest eigenvalue σ².</para>
/// <para><b>How.</b> A random space of r and some more directions is multiplied by XᵀX several times, each in one pass over the rows, which need
/// not fit in memory.</para>
/// <para><b>Cost.</b> With l = rank + oversampling and s stored values: 2 s × l for each pass, and d × l values in memory.</para>
/// <para><b>Use it</b> for very many features of which few are not 0, such as words; for dense features
/// <see cref="PrincipalComponentAnalyzer"/>, which takes the mean out, is usually what is wanted.</para>
/// <para><b>Signs.</b> Each vector has its element of greatest magnitude, the first of several, positive.</para>
/// <para><b>References.</b> N. Halko, P. Martinsson, J. Tropp, <i>Finding structure with randomness</i>, SIAM Review 53 (2011). S. Deerwester et al.,
/// <i>Indexing by Latent Semantic Analysis</i>, JASIS 41 (1990).</para>
/// </remarks>
public sealed class TruncatedSvdEstimator : OneToOneEstimator<TruncatedSvdTransformer>, IHasOptions
{
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="column">The column to make, and of which: a vector of Single of known size.</param>
    /// <param name="options">The options; the defaults when null.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public TruncatedSvdEstimator(InputOutputColumnPair column, Options? options = null) : base([column])
    {
        Options.All.Validate(options ??= new());
        _options = options;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"TruncatedSvd({Columns[0]}; Rank={_options.Rank})");

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        VectorRows.Check(input);
        if (input.Size < _options.Rank)
            throw TooFewFeatures(input.Name, input.TypeText);
        return VectorRows.Output(outputColumnName, _options.Rank);
    }

    /// <inheritdoc/>
    protected override TruncatedSvdTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var rows = TrainingStream.Of(input, inputs[0].Name, sparse: true);
        if (rows.FeatureCount < _options.Rank)
            throw TooFewFeatures(inputs[0].Name, inputs[0].Type.ToString()!);
        var moments = RowMoments.Of(rows, context);
        if (moments.Rows < _options.Rank)
            throw PrincipalComponents.TooFewRows(moments.Rows, _options.Rank);
        var (squares, vectors) = SubspaceIteration.Run(
            rows, [], _options.Rank, _options.OverSampling, _options.PowerIterations, context.CreateRandom("truncated SVD", _options.Seed), context);

        // Of the outputs vᵀx: the mean square is σ²/n, from which the square of their mean is taken.
        double n = moments.TotalWeight;
        double[] variances = new double[_options.Rank];
        for (int c = 0; c < variances.Length; c++)
        {
            double mean = Dense.Dot(moments.Mean, vectors.AsSpan(c * rows.FeatureCount, rows.FeatureCount));
            variances[c] = Math.Max(0, (squares[c] / n) - (mean * mean));
        }

        return new TruncatedSvdTransformer(
            Columns[0], rows.FeatureCount, vectors, Array.ConvertAll(squares, Math.Sqrt), variances, moments.SumOfSquares / n)
        {
            FittedOn = input.Lineage,
        };
    }

    private SchemaException TooFewFeatures(string name, string found) => SchemaException.WrongType(
        name, $"a vector of at least {_options.Rank} values, one for each singular vector,", found, $"Lower {nameof(Options.Rank)}.");

    /// <summary>The options of truncated singular value decomposition.</summary>
    public sealed record Options
    {
        /// <summary>r, the number of singular vectors: 1 or more, at most the number of features and of rows. Default 20.</summary>
        public int Rank { get; init; } = 20;

        /// <summary>How many directions more than <see cref="Rank"/> are followed. 0 or more; default 20.</summary>
        public int OverSampling { get; init; } = 20;

        /// <summary>How many passes over the rows turn the directions. 1 or more; default 7.</summary>
        public int PowerIterations { get; init; } = 7;

        /// <summary>The seed of the first directions; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Rank), "The number of singular vectors.", o => o.Rank, (o, v) => o with { Rank = v }, minimum: 1)
            .Integer(nameof(OverSampling), "How many directions more are followed.", o => o.OverSampling, (o, v) => o with { OverSampling = v }, minimum: 0)
            .Integer(nameof(PowerIterations), "How many passes turn the directions.", o => o.PowerIterations, (o, v) => o with { PowerIterations = v }, minimum: 1)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }
}

/// <summary>
/// Multiplies vectors by right singular vectors, Vᵀx. Its slots are named SVD1, SVD2, …; a row with a missing value gives missing values.
/// </summary>
public sealed class TruncatedSvdTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.TruncatedSvd";

    private readonly double[] _vectors;
    private readonly double[] _singularValues;
    private readonly double[] _variances;

    internal TruncatedSvdTransformer(
        InputOutputColumnPair column, int featureCount, double[] vectors, double[] singularValues, double[] variances, double totalVariance) : base([column]) =>
        (FeatureCount, _vectors, _singularValues, _variances, TotalVariance) = (featureCount, vectors, singularValues, variances, totalVariance);

    /// <summary>r, the number of singular vectors.</summary>
    public int Rank => _singularValues.Length;

    /// <summary>d, the number of features.</summary>
    public int FeatureCount { get; }

    /// <summary>r × d right singular vectors, row-major.</summary>
    public ReadOnlySpan<double> Components => _vectors;

    /// <summary>r singular values of the training rows, decreasing.</summary>
    public ReadOnlySpan<double> SingularValues => _singularValues;

    /// <summary>r variances of the outputs of the training rows, about their mean and divided by n.</summary>
    public ReadOnlySpan<double> ExplainedVariance => _variances;

    /// <summary>The variance of all d features together.</summary>
    public double TotalVariance { get; }

    /// <summary>r parts of the total variance, in a new array; zeros when there is no variance.</summary>
    public double[] ExplainedVarianceRatio => Array.ConvertAll(_variances, v => TotalVariance > 0 ? v / TotalVariance : 0);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("TotalVariance", TotalVariance);
        context.WriteArray<double>("Components", _vectors, Rank, FeatureCount);
        context.WriteArray<double>("SingularValues", _singularValues);
        context.WriteArray<double>("Variances", _variances);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"TruncatedSvd({Columns[0]}; {FeatureCount} to {Rank})");

    internal static TruncatedSvdTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[] shape = context.ReadShape("Components");
        if (columns.Count != 1 || shape is not [> 0, > 0])
            throw context.Invalid("its singular vectors are not a matrix for one column");
        double[] vectors = context.ReadArray<double>("Components", shape);
        double[] values = context.ReadArray<double>("SingularValues", shape[0]), variances = context.ReadArray<double>("Variances", shape[0]);
        if (!Array.TrueForAll(vectors, double.IsFinite) || !Array.TrueForAll([.. values, .. variances], v => v >= 0 && double.IsFinite(v)))
            throw context.Invalid("a singular vector, singular value or variance is out of range");
        return new(columns[0], shape[1], vectors, values, variances, context.ReadDouble("TotalVariance"));
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        VectorRows.Check(input, FeatureCount);
        var output = VectorRows.Output(Columns[index].OutputColumnName, "SVD", Rank);
        return new ColumnFunction([input], [output], () =>
        {
            float[] x = new float[FeatureCount];
            return (batch, outputs) =>
            {
                if (outputs[0] is not VectorColumn<float> made)
                    return;
                var vectors = batch.Vectors<float>(input.Index);
                var projected = made.AllocateDense(batch.Count);
                for (int row = 0; row < batch.Count; row++)
                {
                    vectors.CopyRowTo(row, x);
                    for (int c = 0; c < Rank; c++)
                        projected[(row * Rank) + c] = (float)Dense.Dot(x, _vectors.AsSpan(c * FeatureCount, FeatureCount));
                }
            };
        });
    }
}
