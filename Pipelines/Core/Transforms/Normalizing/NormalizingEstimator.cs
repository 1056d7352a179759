using System.Globalization;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// Brings the numbers of columns to a common scale, each slot of a vector on its own, by what it sees of each slot in the training data.
/// </summary>
/// <remarks>
/// <para><b>Functions</b>, with the least and greatest value, the mean μ and the standard deviation σ (dividing by n) of a slot:</para>
/// <list type="table">
/// <item><term>min–max, fixZero</term><description>x / max(|least|, |greatest|): within [−1, 1] up to rounding, and 0 stays 0.</description></item>
/// <item><term>min–max</term><description>(x − least) / (greatest − least): within [0, 1] up to rounding.</description></item>
/// <item><term>mean–variance, fixZero</term><description>x / √(σ² + μ²): mean square 1, and 0 stays 0; the mean is not removed.</description></item>
/// <item><term>mean–variance</term><description>(x − μ) / σ: mean 0 and variance 1, the plain standardisation. Across slots, all slots of a vector
/// share μ and σ.</description></item>
/// <item><term>mean–variance, useCdf</term><description>Φ((x − μ) / σ), Φ the distribution function of the normal distribution: within [0, 1].</description></item>
/// <item><term>log mean–variance</term><description>Φ((ln x − μ) / σ) with μ and σ of ln x over the values above 0, and 0 for others. Without the
/// distribution function it is (x − μ) / σ, or x / √(σ² + μ²) with fixZero: the statistics are those of the logarithm, x itself is not taken to
/// it, as in ML.NET.</description></item>
/// <item><term>robust scaling</term><description>(x − median) / (Q(max) − Q(min)), the range between two quantiles, 25 % and 75 % by default, by linear
/// interpolation. Where that range is 0 though the slot is not constant, x − median. ML.NET divides by that share of the whole range instead, which
/// outliers do move.</description></item>
/// <item><term>binning</term><description>the number of the bin, from 0, over the number of the last bin; bins hold about as many values each. With fixZero the
/// same of 0 is subtracted.</description></item>
/// <item><term>supervised binning</term><description>the same with bins that tell of a label: cut where that describes the label in the fewest bits.</description></item>
/// </list>
/// <para><b>Sparse rows</b> stay sparse where 0 stays 0; otherwise a batch of sparse rows becomes a dense block, which is large for wide vectors:
/// prefer fixZero there.</para>
/// <para><b>Missing and infinite values.</b> NaN is not learned from and stays NaN. ±∞ in training is a <see cref="DataException"/>; later it stays
/// infinite (0 or 1 with useCdf, the first or the last bin with bins). A slot that is constant in training, or all missing, becomes 0 for every
/// finite number.</para>
/// <para><b>Cost.</b> One pass. Statistics and results are computed in double precision and then rounded. Robust scaling and bins keep all values
/// but zeros in memory, and sort them.</para>
/// </remarks>
public sealed class NormalizingEstimator : OneToOneEstimator<NormalizingTransformer>
{
    internal const long DefaultMaximumExampleCount = 1_000_000_000;
    internal const int DefaultMaximumBinCount = 1024;
    internal const int DefaultMinimumExamplesPerBin = 10;
    internal const uint DefaultQuantileMin = 25;
    internal const uint DefaultQuantileMax = 75;

    private readonly NormalizerRecipe _recipe;
    private readonly long _maximumExampleCount;

    private NormalizingEstimator(IEnumerable<InputOutputColumnPair> columns, long maximumExampleCount, NormalizerRecipe recipe) : base(columns)
    {
        if (maximumExampleCount < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximumExampleCount), maximumExampleCount, "A normaliser learns from at least 2 rows; give a greater maximum.");
        }

        (_recipe, _maximumExampleCount) = (recipe, maximumExampleCount);
    }

    /// <summary>An estimator that scales by the least and the greatest value.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0.</param>
    public static NormalizingEstimator MinMax(
        IEnumerable<InputOutputColumnPair> columns, long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true) =>
        new(columns, maximumExampleCount, new MinMaxRecipe(fixZero));

    /// <summary>An estimator that scales by mean and variance.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0: then the mean is not removed. Without effect with <paramref name="useCdf"/>.</param>
    /// <param name="useCdf">Whether to give the normal distribution function of the standardised value.</param>
    /// <param name="acrossSlots">Whether all slots of a vector share one mean and variance, so that pixels keep their contrasts.</param>
    public static NormalizingEstimator MeanVariance(
        IEnumerable<InputOutputColumnPair> columns,
        long maximumExampleCount = DefaultMaximumExampleCount,
        bool fixZero = true,
        bool useCdf = false,
        bool acrossSlots = false) =>
        new(columns, maximumExampleCount, new MeanVarianceRecipe(UseLog: false, fixZero, useCdf, acrossSlots));

    /// <summary>An estimator that scales by mean and variance of the logarithm.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0. Without effect with <paramref name="useCdf"/>, where it does anyway.</param>
    /// <param name="useCdf">
    /// Whether to give the normal distribution function of the standardised logarithm; otherwise the value itself, not its logarithm, is scaled.
    /// </param>
    public static NormalizingEstimator LogMeanVariance(
        IEnumerable<InputOutputColumnPair> columns,
        long maximumExampleCount = DefaultMaximumExampleCount,
        bool fixZero = false,
        bool useCdf = true) =>
        new(columns, maximumExampleCount, new MeanVarianceRecipe(UseLog: true, fixZero, useCdf));

    /// <summary>An estimator that scales by the range between two quantiles, which outliers do not move.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="centerData">Whether the median is removed; otherwise 0 stays 0.</param>
    /// <param name="quantileMin">The lower quantile in percent, below <paramref name="quantileMax"/>.</param>
    /// <param name="quantileMax">The upper quantile in percent, at most 100.</param>
    public static NormalizingEstimator RobustScaling(
        IEnumerable<InputOutputColumnPair> columns,
        long maximumExampleCount = DefaultMaximumExampleCount,
        bool centerData = true,
        uint quantileMin = DefaultQuantileMin,
        uint quantileMax = DefaultQuantileMax)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantileMax, 100u);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantileMin, quantileMax);
        return new(columns, maximumExampleCount, new RobustScalingRecipe(centerData, quantileMin, quantileMax));
    }

    /// <summary>An estimator that gives the number of the bin, bins of equal frequency.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0.</param>
    /// <param name="maximumBinCount">The most bins; at least 2.</param>
    public static NormalizingEstimator Binning(
        IEnumerable<InputOutputColumnPair> columns,
        long maximumExampleCount = DefaultMaximumExampleCount,
        bool fixZero = true,
        int maximumBinCount = DefaultMaximumBinCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBinCount, 2);
        return new(columns, maximumExampleCount, new BinningRecipe(fixZero, maximumBinCount));
    }

    /// <summary>An estimator that gives the number of the bin, bins that tell of a label.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="labelColumnName">
    /// The label: a key or Boolean, whose values are classes, or a number, of which those above 0 are a class. Rows without are left out.
    /// </param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0.</param>
    /// <param name="maximumBinCount">The most bins; at least 2.</param>
    /// <param name="minimumExamplesPerBin">A bin of fewer rows is not cut in two; at least 1.</param>
    public static NormalizingEstimator SupervisedBinning(
        IEnumerable<InputOutputColumnPair> columns,
        string labelColumnName = "Label",
        long maximumExampleCount = DefaultMaximumExampleCount,
        bool fixZero = true,
        int maximumBinCount = DefaultMaximumBinCount,
        int minimumExamplesPerBin = DefaultMinimumExamplesPerBin)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBinCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumExamplesPerBin, 1);
        return new(columns, maximumExampleCount, new SupervisedBinningRecipe(labelColumnName, fixZero, maximumBinCount, minimumExamplesPerBin));
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(_recipe.Name, Columns, string.Join(", ",
    [
        .. _recipe.Changes,
        .. _maximumExampleCount == DefaultMaximumExampleCount
            ? Array.Empty<string>()
            : [string.Create(CultureInfo.InvariantCulture, $"maximumExampleCount: {_maximumExampleCount}")],
    ]));

    /// <inheritdoc/>
    protected override NormalizingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        DataViewSchema.Column? label = _recipe.LabelColumnName is { } name ? input.Schema[name] : null;
        var learners = inputs.Select(c => _recipe.CreateLearner(c, label)).ToList();
        ColumnLearner.Read(input, learners, context, _maximumExampleCount);
        return new NormalizingTransformer(Columns, [.. learners.Select(l => _recipe.Learn(l, context))], ToString()) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    protected override void CheckSchema(SchemaShape inputSchema)
    {
        if (_recipe.LabelColumnName is { } label)
            LabelledValues.CheckLabel(inputSchema, label);
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!CanNormalize(input))
            throw WrongInput(input.Name, input.TypeText);
        return Normalized(input, outputColumnName);
    }

    /// <summary>A column of the same form that says of itself that it is normalized.</summary>
    internal static SchemaShape.Column Normalized(SchemaShape.Column input, string outputColumnName) => new(
        outputColumnName, input.Kind, input.ItemType, isKey: false, new SchemaShape(
            [.. KeepAnnotations(input, AnnotationKinds.SlotNames), PredictionColumns.Scalar(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)]),
        input.Dimensions);

    internal static bool CanNormalize(SchemaShape.Column input) =>
        input is { IsKey: false, Kind: not SchemaShape.Column.VectorKind.VariableVector }
        && (input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double);

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "Single, Double, or a vector of known size of these,", found, "Join number columns with Transforms.Concatenate first: it converts them.");
}
