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
/// <item><term>mean–variance</term><description>(x − μ) / σ: mean 0 and variance 1, the plain standardisation.</description></item>
/// <item><term>mean–variance, useCdf</term><description>Φ((x − μ) / σ), Φ the distribution function of the normal distribution: within [0, 1].</description></item>
/// </list>
/// <para><b>Sparse rows</b> stay sparse where 0 stays 0; otherwise a batch of sparse rows becomes a dense block, which is large for wide vectors:
/// prefer fixZero there.</para>
/// <para><b>Missing and infinite values.</b> NaN is not learned from and stays NaN. ±∞ in training is a <see cref="DataException"/>; later it stays
/// infinite (0 or 1 with useCdf). A slot that is constant in training, or all missing, becomes 0 for every finite number.</para>
/// <para><b>Cost.</b> One pass. Statistics and results are computed in double precision and then rounded.</para>
/// </remarks>
public sealed class NormalizingEstimator : OneToOneEstimator<NormalizingTransformer>
{
    internal const long DefaultMaximumExampleCount = 1_000_000_000;

    private readonly bool _minMax;
    private readonly bool _fixZero;
    private readonly bool _useCdf;
    private readonly long _maximumExampleCount;

    private NormalizingEstimator(IEnumerable<InputOutputColumnPair> columns, long maximumExampleCount, bool minMax, bool fixZero, bool useCdf)
        : base(columns)
    {
        if (maximumExampleCount < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximumExampleCount), maximumExampleCount, "A normaliser learns from at least 2 rows; give a greater maximum.");
        }

        (_minMax, _fixZero, _useCdf, _maximumExampleCount) = (minMax, fixZero, useCdf, maximumExampleCount);
    }

    /// <summary>An estimator that scales by the least and the greatest value.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0.</param>
    public static NormalizingEstimator MinMax(
        IEnumerable<InputOutputColumnPair> columns, long maximumExampleCount = DefaultMaximumExampleCount, bool fixZero = true) =>
        new(columns, maximumExampleCount, minMax: true, fixZero, useCdf: false);

    /// <summary>An estimator that scales by mean and variance.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="maximumExampleCount">The most rows to learn from, from the first one; at least 2.</param>
    /// <param name="fixZero">Whether 0 stays 0: then the mean is not removed. Without effect with <paramref name="useCdf"/>.</param>
    /// <param name="useCdf">Whether to give the normal distribution function of the standardised value.</param>
    public static NormalizingEstimator MeanVariance(
        IEnumerable<InputOutputColumnPair> columns,
        long maximumExampleCount = DefaultMaximumExampleCount,
        bool fixZero = true,
        bool useCdf = false) =>
        new(columns, maximumExampleCount, minMax: false, fixZero, useCdf);

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(_minMax ? "NormalizeMinMax" : "NormalizeMeanVariance", Columns, Changes());

    /// <inheritdoc/>
    protected override NormalizingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select(c => c.Type.ItemTypeOrSelf == NumberDataViewType.Single ? Learner<float>(c) : Learner<double>(c)).ToList();
        ColumnLearner.Read(input, learners, context, _maximumExampleCount);
        return new NormalizingTransformer(Columns, [.. learners.Select(Normalizer)], ToString()) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!CanNormalize(input))
            throw WrongInput(input.Name, input.TypeText);
        return new SchemaShape.Column(outputColumnName, input.Kind, input.ItemType, isKey: false, new SchemaShape(
            [.. KeepAnnotations(input, AnnotationKinds.SlotNames), PredictionColumns.Scalar(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)]),
            input.Dimensions);
    }

    internal static bool CanNormalize(SchemaShape.Column input) =>
        input is { IsKey: false, Kind: not SchemaShape.Column.VectorKind.VariableVector }
        && (input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double);

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "Single, Double, or a vector of known size of these,", found, "Join number columns with Transforms.Concatenate first: it converts them.");

    private string Changes()
    {
        List<string> changes = [];
        if (_useCdf)
            changes.Add("useCdf");
        else if (!_fixZero)
            changes.Add("fixZero: false");
        if (_maximumExampleCount != DefaultMaximumExampleCount)
            changes.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"maximumExampleCount: {_maximumExampleCount}"));
        return string.Join(", ", changes);
    }

    private ColumnLearner Learner<T>(DataViewSchema.Column column) where T : struct, System.Numerics.IFloatingPointIeee754<T> => _minMax
        ? new RangeLearner<T>(column, acrossSlots: false, refuseInfinity: true)
        : new MomentLearner<T>(column, acrossSlots: false, refuseInfinity: true);

    private Normalizer Normalizer(ColumnLearner learner)
    {
        int slots = learner.Column.Type.ValueCount;
        var first = new double[slots];
        var second = new double[slots];
        for (int slot = 0; slot < slots; slot++)
        {
            (first[slot], second[slot]) = learner switch
            {
                ISlotRanges ranges when ranges.Range(slot) is var (least, greatest) => Affine(least, greatest),
                ISlotMoments moments when moments.Moments(slot) is var (mean, variance) =>
                    _useCdf ? (variance == 0 ? 0 : mean, Math.Sqrt(variance)) : Affine(mean, variance, _fixZero),
                _ => (0, 0),
            };
            if (!double.IsFinite(first[slot]) || !double.IsFinite(second[slot]))
            {
                throw new DataException(
                    $"Values of slot {slot} of column '{learner.Column.Name}' are so large that their spread overflows. Divide them by a constant first.");
            }
        }

        return _useCdf ? new CdfNormalizer(learner.Column, first, second) : new AffineNormalizer(learner.Column, first, second);
    }

    // (offset, scale); a slot without spread, or with one so small that its inverse overflows, is constant and becomes 0.
    private (double Offset, double Scale) Affine(double least, double greatest)
    {
        double spread = _fixZero ? Math.Max(Math.Abs(least), Math.Abs(greatest)) : greatest - least;
        double scale = greatest > least && double.IsFinite(1 / spread) ? 1 / spread : 0;
        return double.IsInfinity(spread) ? (spread, scale) : (_fixZero || scale == 0 ? 0 : least, scale);
    }

    private static (double Offset, double Scale) Affine(double mean, double variance, bool fixZero)
    {
        double spread = Math.Sqrt(fixZero ? variance + (mean * mean) : variance);
        double scale = variance > 0 && double.IsFinite(1 / spread) ? 1 / spread : 0;
        return double.IsFinite(spread) ? (fixZero || scale == 0 ? 0 : mean, scale) : (spread, scale);
    }
}
