using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Principal component analysis: replaces d features by the few directions, orthogonal to each other, along which the rows vary most.
/// </summary>
/// <remarks>
/// <para><b>What it finds.</b> The orthonormal v1 … vr that maximise the variance Σi wi (vᵀ(xi − μ))² in turn, which are also those from which
/// the rows can be rebuilt with the least squared error. They are the eigenvectors of the covariance matrix of greatest eigenvalue.</para>
/// <para><b>How.</b> Exactly, in double precision: the covariance matrix, or with fewer rows than features the Gram matrix, is built and
/// decomposed. ML.NET's analyzer of the same name approximates them by random projections.</para>
/// <para><b>Cost.</b> With m = min(n, d): n × d × m for the matrix, about 9 m³ for the decomposition; n × d values in memory. A few
/// thousand features, or rows, are a matter of a minute.</para>
/// <para><b>Use it</b> to bring many correlated features down to few, to take out noise, or to draw rows in two dimensions. Bring features of
/// different units to one scale first: variance depends on it.</para>
/// <para><b>Reference.</b> I. Jolliffe, <i>Principal Component Analysis</i>, 2nd ed., Springer 2002.</para>
/// </remarks>
public sealed class PrincipalComponentAnalyzer : IEstimator<PrincipalComponentAnalysisTransformer>
{
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">Its options.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PrincipalComponentAnalyzer(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.OutputColumnName);
        Options.All.Validate(options);
        _options = options;
    }

    private string Input => _options.InputColumnName ?? _options.OutputColumnName;

    /// <inheritdoc/>
    public PrincipalComponentAnalysisTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var (x, weights) = Read(input, context);
        if (x.Rows < _options.Rank)
        {
            throw new DataException(
                $"There are {x.Rows} rows in column '{Input}'; {_options.Rank} principal components need at least as many. Lower {nameof(Options.Rank)}.");
        }

        double sum = weights.Sum();
        double[] mean = new double[x.Columns];
        if (_options.EnsureZeroMean)
        {
            for (int i = 0; i < x.Rows; i++)
                Dense.Axpy(weights[i], x.Row(i), mean);
            for (int j = 0; j < mean.Length; j++)
                mean[j] /= sum;
        }

        // The unbiased divisor, one less than the rows that the weights stand for, needs two rows' worth of them; about 0 no degree of freedom is lost.
        double divisor = _options.EnsureZeroMean && sum >= 2 ? sum - 1 : sum;
        var found = PrincipalComponents.Compute(x, weights, mean, _options.Rank, context);
        return new PrincipalComponentAnalysisTransformer(
            _options.OutputColumnName, Input, mean, found.Components,
            Array.ConvertAll(found.Eigenvalues, λ => λ / divisor), found.Trace / divisor, _options.Whiten)
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
        if (column.Size < _options.Rank)
            throw TooFewFeatures(column.TypeText);
        if (_options.ExampleWeightColumnName is { } name && inputSchema[name] is var weight
            && (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.IsKey || weight.ItemType != NumberDataViewType.Single))
        {
            throw WrongWeight(name, weight.TypeText);
        }

        return inputSchema.With(new SchemaShape.Column(
            _options.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)]),
            [_options.Rank]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"ProjectToPrincipalComponents({_options.OutputColumnName} ← {Input}, {nameof(Options.Rank)}={_options.Rank})";

    // The rows of positive weight, n × d, and their n weights.
    private (FeatureMatrix X, double[] Weights) Read(IDataView input, FitContext context)
    {
        var column = PrincipalComponentAnalysisTransformer.CheckInput(input.Schema, Input);
        if (column.Type.ValueCount < _options.Rank)
            throw TooFewFeatures(column.Type.ToString()!);
        DataViewSchema.Column? weight = _options.ExampleWeightColumnName is { } name ? input.Schema[name] : null;
        if (weight is { } w && w.Type != NumberDataViewType.Single)
            throw WrongWeight(w.Name, w.Type.ToString()!);

        var rows = new VectorColumn<float>((VectorDataViewType)column.Type);
        rows.Clear();
        var weights = new List<double>();
        float[] x = new float[column.Type.ValueCount];
        using var cursor = input.GetBatchCursor(weight is { } needed ? [column, needed] : [column], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            var batch = cursor.Current;
            var vectors = batch.Vectors<float>(column.Index);
            var batchWeights = weight is { } read ? batch.Scalars<float>(read.Index) : default;
            for (int row = 0; row < batch.Count; row++)
            {
                long position = batch.Position + row;
                float rowWeight = weight is null ? 1 : batchWeights[row];
                if (!(rowWeight is >= 0 and < float.PositiveInfinity))
                    throw NotAWeight(position, weight!.Value.Name, rowWeight);
                if (rowWeight == 0)
                    continue;
                vectors.CopyRowTo(row, x);
                int wrong = Array.FindIndex(x, v => !float.IsFinite(v));
                if (wrong >= 0)
                    throw NotFinite(position, column.SlotNamesOrDefault()[wrong], x[wrong]);
                rows.AddRow(x);
                weights.Add(rowWeight);
            }
        }

        return weights.Count > 0
            ? (new FeatureMatrix(rows), [.. weights])
            : throw new DataException($"There are no rows in column '{Input}' to find principal components of.");
    }

    private static DataException NotAWeight(long position, string name, float value) =>
        new(FormattableString.Invariant($"Row {position}: weight '{name}' is {value}; a weight is a finite number, 0 or more."));

    private static DataException NotFinite(long position, string slot, float value) => new(float.IsNaN(value)
        ? $"Row {position}: '{slot}' is missing (NaN), and principal components need every value. Fill it with Transforms.ReplaceMissingValues, "
        + "or drop the row with Data.FilterRowsByMissingValues."
        : $"Row {position}: '{slot}' is infinite. Correct it at its source, or make it missing and fill it.");

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

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Rank), "The number of components.", o => o.Rank, (o, v) => o with { Rank = v }, minimum: 1)
            .Boolean(nameof(EnsureZeroMean), "Whether the mean is subtracted first.", o => o.EnsureZeroMean, (o, v) => o with { EnsureZeroMean = v })
            .Boolean(nameof(Whiten), "Whether each output is divided by its standard deviation.", o => o.Whiten, (o, v) => o with { Whiten = v });
    }
}
