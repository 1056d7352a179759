using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>How principal components are computed.</summary>
public enum PrincipalComponentSolver
{
    /// <summary>Exactly where that is affordable, by random directions otherwise.</summary>
    Auto,

    /// <summary>From the matrix of all products of two features, or of two rows where there are fewer of those.</summary>
    Exact,

    /// <summary>By a few random directions that passes over the rows turn towards the components.</summary>
    Randomized,

    /// <summary>Batch by batch, in one pass, with no more in memory than a batch and the components.</summary>
    Incremental,
}

/// <summary>
/// Principal component analysis: replaces d features by the few directions, orthogonal to each other, along which the rows vary most.
/// </summary>
/// <remarks>
/// <para><b>What it finds.</b> The orthonormal v1 … vr that maximise the variance Σi wi (vᵀ(xi − μ))² in turn, which are also those from which
/// the rows can be rebuilt with the least squared error. They are the eigenvectors of the covariance matrix of greatest eigenvalue.</para>
/// <para><b>How.</b> <see cref="PrincipalComponentSolver.Exact"/>: the covariance matrix, or with fewer rows than features the Gram matrix, is
/// built and decomposed. <see cref="PrincipalComponentSolver.Randomized"/> turns a random space towards the components, for very many features.
/// <see cref="PrincipalComponentSolver.Incremental"/> takes in the rows batch by batch. <see cref="PrincipalComponentSolver.Auto"/> is exact up to
/// 2000 features or when more than a tenth of them are wanted, and randomized otherwise.</para>
/// <para><b>Cost.</b> Exact, with m = min(n, d): n × d × m for the matrix and about m³ for the decomposition, with m² values in memory. Randomized
/// with l = rank + oversampling: 2 n × d × l for each pass. Rows need not fit in memory.</para>
/// <para><b>Use it</b> to bring many correlated features down to few, to take out noise, or to draw rows in two dimensions. Bring features of
/// different units to one scale first: variance depends on it.</para>
/// <para><b>References.</b> I. Jolliffe, <i>Principal Component Analysis</i>, 2nd ed., Springer 2002. N. Halko, P. Martinsson, J. Tropp,
/// <i>Finding structure with randomness</i>, SIAM Review 53 (2011).</para>
/// </remarks>
public sealed class PrincipalComponentAnalyzer : IEstimator<PrincipalComponentAnalysisTransformer>, IHasOptions
{
    private const int MostFeaturesOfExact = 2000;

    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">Its options.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PrincipalComponentAnalyzer(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.OutputColumnName);
        Options.All.Validate(options);
        if (options.VarianceFraction > 0 && options.Solver is not (PrincipalComponentSolver.Auto or PrincipalComponentSolver.Exact))
            throw new OptionException($"{nameof(Options.VarianceFraction)} needs all of the variance: use the solver {nameof(PrincipalComponentSolver.Exact)}.");
        _options = options;
    }

    private string Input => _options.InputColumnName ?? _options.OutputColumnName;

    /// <inheritdoc/>
    public PrincipalComponentAnalysisTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var rows = TrainingStream.Of(input, Input, _options.ExampleWeightColumnName);
        if (_options.VarianceFraction == 0 && rows.FeatureCount < _options.Rank)
            throw TooFewFeatures(input.Schema[Input].Type.ToString()!);
        context.Checkpoint();
        var found = Learn(rows, context);

        // The unbiased divisor, one less than the rows that the weights stand for, needs two rows' worth of them; about 0 no degree of freedom is lost.
        double divisor = _options.EnsureZeroMean && found.TotalWeight >= 2 ? found.TotalWeight - 1 : found.TotalWeight;
        return new PrincipalComponentAnalysisTransformer(
            _options.OutputColumnName, Input, found.Mean, found.Components,
            Array.ConvertAll(found.Eigenvalues, λ => λ / divisor), found.Trace / divisor, _options.Whiten,
            Array.ConvertAll(found.Eigenvalues, Math.Sqrt))
        {
            FittedOn = input.Lineage,
        };
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var column = inputSchema[Input];
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.IsKey || column.ItemType != NumberDataViewType.Single)
            throw PrincipalComponentAnalysisTransformer.WrongInput(Input, column.TypeText);
        if (_options.VarianceFraction == 0 && column.Size < _options.Rank)
            throw TooFewFeatures(column.TypeText);
        if (_options.ExampleWeightColumnName is { } name && inputSchema[name] is var weight
            && (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.IsKey || weight.ItemType != NumberDataViewType.Single))
        {
            throw WrongWeight(name, weight.TypeText);
        }

        return inputSchema.With(new SchemaShape.Column(
            _options.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)]),
            _options.VarianceFraction > 0 ? [] : [_options.Rank]));
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"ProjectToPrincipalComponents({_options.OutputColumnName} ← {Input}, {nameof(Options.Rank)}={_options.Rank})";

    private PrincipalComponents Learn(TrainingStream rows, FitContext context)
    {
        int d = rows.FeatureCount, rank = _options.Rank;
        bool centre = _options.EnsureZeroMean;
        var solver = _options.Solver != PrincipalComponentSolver.Auto ? _options.Solver
            : _options.VarianceFraction > 0 || d <= MostFeaturesOfExact || rank > d / 10 ? PrincipalComponentSolver.Exact
            : PrincipalComponentSolver.Randomized;
        return solver switch
        {
            PrincipalComponentSolver.Randomized => Randomized(rows, context),
            PrincipalComponentSolver.Incremental => IncrementalComponents.Run(
                rows, rank, Math.Max(rank, _options.BatchRows > 0 ? _options.BatchRows : 5 * d), centre, context),
            _ => PrincipalComponents.Exact(rows, centre, rank, _options.VarianceFraction > 0 ? Fewest : null, context),
        };
    }

    private PrincipalComponents Randomized(TrainingStream rows, FitContext context)
    {
        var moments = RowMoments.Of(rows, context);
        if (moments.Rows < _options.Rank)
            throw PrincipalComponents.TooFewRows(moments.Rows, _options.Rank);
        bool centre = _options.EnsureZeroMean;
        var (eigenvalues, components) = SubspaceIteration.Run(
            rows, centre ? moments.Mean : [], _options.Rank, _options.OverSampling, _options.PowerIterations,
            context.CreateRandom("principal components", _options.Seed), context);
        double trace = moments.SumOfSquares;
        if (!centre)
            trace += moments.TotalWeight * Dense.Dot(moments.Mean, moments.Mean);
        return new(centre ? moments.Mean : new double[rows.FeatureCount], moments.TotalWeight, trace, eigenvalues, components);
    }

    // The fewest components that explain the part of the variance.
    private int Fewest(ReadOnlySpan<double> eigenvalues, double trace)
    {
        const double rounding = 1e-12;
        double explained = 0;
        for (int c = 0; c < eigenvalues.Length; c++)
        {
            explained += eigenvalues[c];
            if (explained >= (_options.VarianceFraction - rounding) * trace)
                return c + 1;
        }

        return eigenvalues.Length;
    }

    private SchemaException TooFewFeatures(string found) => SchemaException.WrongType(
        Input, $"a vector of at least {_options.Rank} values, one for each principal component,", found, $"Lower {nameof(Options.Rank)}.");

    private static SchemaException WrongWeight(string name, string found) => SchemaException.WrongType(name, "Single (a number)", found);

    /// <summary>The options of principal component analysis.</summary>
    public sealed record Options
    {
        /// <summary>The column to make. Default "Features".</summary>
        public string OutputColumnName { get; init; } = "Features";

        /// <summary>The column read, a vector of Single of known size; null (the default) reads the one of <see cref="OutputColumnName"/>.</summary>
        public string? InputColumnName { get; init; }

        /// <summary>The column of weights, <see cref="NumberDataViewType.Single"/>, not negative; null (the default) gives every row weight 1.</summary>
        public string? ExampleWeightColumnName { get; init; }

        /// <summary>r, the number of components: 1 or more, at most the number of features and of rows. Default 20.</summary>
        public int Rank { get; init; } = 20;

        /// <summary>
        /// Whether the mean is subtracted first. Default true; without it directions are those of greatest mean square about 0, not of variance.
        /// </summary>
        public bool EnsureZeroMean { get; init; } = true;

        /// <summary>
        /// Whether each output is divided by its standard deviation, so that all have variance 1. A component without variance gives 0. Default false.
        /// </summary>
        public bool Whiten { get; init; }

        /// <summary>How the components are computed. Default <see cref="PrincipalComponentSolver.Auto"/>.</summary>
        public PrincipalComponentSolver Solver { get; init; }

        /// <summary>
        /// Keeps the fewest components that explain this part of the variance, from 0 to 1, and <see cref="Rank"/> does not count; 0 (the default)
        /// keeps <see cref="Rank"/> of them. Exact solver only.
        /// </summary>
        public double VarianceFraction { get; init; }

        /// <summary>How many directions more than <see cref="Rank"/> the randomized solver follows. 0 or more; default 20.</summary>
        public int OverSampling { get; init; } = 20;

        /// <summary>How many passes over the rows the randomized solver makes to turn its directions. 1 or more; default 7.</summary>
        public int PowerIterations { get; init; } = 7;

        /// <summary>The rows of a batch of the incremental solver, at least <see cref="Rank"/> being taken; 0 (the default) takes 5 d.</summary>
        public int BatchRows { get; init; }

        /// <summary>The seed of the randomized solver; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Rank), "The number of components.", o => o.Rank, (o, v) => o with { Rank = v }, minimum: 1)
            .Boolean(nameof(EnsureZeroMean), "Whether the mean is subtracted first.", o => o.EnsureZeroMean, (o, v) => o with { EnsureZeroMean = v })
            .Boolean(nameof(Whiten), "Whether each output is divided by its standard deviation.", o => o.Whiten, (o, v) => o with { Whiten = v })
            .Choice(nameof(Solver), "How the components are computed.", o => o.Solver, (o, v) => o with { Solver = v })
            .Number(nameof(VarianceFraction), "The part of the variance to explain, instead of a number of components; 0 for none.",
                o => o.VarianceFraction, (o, v) => o with { VarianceFraction = v }, 0, 1)
            .Integer(nameof(OverSampling), "How many directions more the randomized solver follows.",
                o => o.OverSampling, (o, v) => o with { OverSampling = v }, 0)
            .Integer(nameof(PowerIterations), "How many passes the randomized solver makes.",
                o => o.PowerIterations, (o, v) => o with { PowerIterations = v }, 1)
            .Integer(nameof(BatchRows), "The rows of a batch of the incremental solver; 0 takes 5 times the features.",
                o => o.BatchRows, (o, v) => o with { BatchRows = v }, 0)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }
}
