using System.Globalization;
using System.Numerics;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>How a function of one column is learned: what is kept of its values, and what is made of that.</summary>
internal abstract record NormalizerRecipe
{
    /// <summary>The catalog's method.</summary>
    public abstract string Name { get; }

    /// <summary>What differs from the defaults, in words.</summary>
    public abstract IEnumerable<string> Changes { get; }

    /// <summary>The label that is learned with; null for none.</summary>
    public virtual string? LabelColumnName => null;

    /// <summary>Learns the statistics of a column.</summary>
    /// <param name="column">The column: Single, Double, or a vector of known size of these.</param>
    /// <param name="label">The label; null for none.</param>
    public ColumnLearner CreateLearner(DataViewSchema.Column column, DataViewSchema.Column? label) =>
        column.Type.ItemTypeOrSelf == NumberDataViewType.Single ? Create<float>(column, label) : Create<double>(column, label);

    /// <summary>The function for what was learned.</summary>
    /// <param name="learner">What <see cref="CreateLearner"/> made.</param>
    /// <param name="context">Looked at for cancellation.</param>
    public abstract Normalizer Learn(ColumnLearner learner, FitContext context);

    protected abstract ColumnLearner Create<T>(DataViewSchema.Column column, DataViewSchema.Column? label) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Two parameters for each slot, which must be finite.</summary>
    protected static (double[] First, double[] Second) ForEachSlot(ColumnLearner learner, Func<int, (double First, double Second)> parameters)
    {
        int slots = learner.Column.Type.ValueCount;
        var first = new double[slots];
        var second = new double[slots];
        for (int slot = 0; slot < slots; slot++)
        {
            (first[slot], second[slot]) = parameters(slot);
            if (!double.IsFinite(first[slot]) || !double.IsFinite(second[slot]))
            {
                throw new DataException(
                    $"Values of slot {slot} of column '{learner.Column.Name}' are so large that their spread overflows. Divide them by a constant first.");
            }
        }

        return (first, second);
    }

    // (offset, scale) of (x − offset) / spread; a slot without spread, or with one so small that its inverse overflows, becomes 0. A spread that
    // overflows is handed on, to be refused.
    protected static (double Offset, double Scale) Affine(double offset, double spread)
    {
        double scale = spread > 0 && double.IsFinite(1 / spread) ? 1 / spread : 0;
        return double.IsFinite(spread) ? (scale == 0 ? 0 : offset, scale) : (spread, scale);
    }

    protected static IEnumerable<string> FixZeroText(bool fixZero) => fixZero ? [] : ["fixZero: false"];
}

/// <summary>x / max(|least|, |greatest|), or (x − least) / (greatest − least).</summary>
internal sealed record MinMaxRecipe(bool FixZero) : NormalizerRecipe
{
    public override string Name => "NormalizeMinMax";

    public override IEnumerable<string> Changes => FixZeroText(FixZero);

    public override Normalizer Learn(ColumnLearner learner, FitContext context)
    {
        var (offset, scale) = ForEachSlot(learner, slot => ((ISlotRanges)learner).Range(slot) is not var (least, greatest) || least == greatest
            ? (0, 0)
            : FixZero ? Affine(0, Math.Max(Math.Abs(least), Math.Abs(greatest))) : Affine(least, greatest - least));
        return new AffineNormalizer(learner.Column, offset, scale);
    }

    protected override ColumnLearner Create<T>(DataViewSchema.Column column, DataViewSchema.Column? label) =>
        new RangeLearner<T>(column, acrossSlots: false, refuseInfinity: true);
}

/// <summary>x / √(σ² + μ²), (x − μ) / σ, or Φ((x − μ) / σ), with μ and σ of x or of ln x, of each slot or of all alike.</summary>
internal sealed record MeanVarianceRecipe(bool UseLog, bool FixZero, bool UseCdf, bool AcrossSlots = false) : NormalizerRecipe
{
    public override string Name => UseLog ? "NormalizeLogMeanVariance" : "NormalizeMeanVariance";

    // Zero is fixed unless told otherwise; but not with the logarithm, where the distribution function is the default.
    public override IEnumerable<string> Changes =>
    [
        .. (UseLog, UseCdf) switch
        {
            (false, true) => ["useCdf"],
            (false, false) => FixZeroText(FixZero),
            (true, true) => Array.Empty<string>(),
            (true, false) => FixZero ? ["useCdf: false", "fixZero"] : ["useCdf: false"],
        },
        .. AcrossSlots ? ["acrossSlots"] : Array.Empty<string>(),
    ];

    public override Normalizer Learn(ColumnLearner learner, FitContext context)
    {
        var moments = (ISlotMoments)learner;
        var (first, second) = ForEachSlot(learner, slot => moments.Moments(AcrossSlots ? 0 : slot) is not var (mean, variance) || variance == 0
            ? (0, 0)
            : UseCdf ? (mean, Math.Sqrt(variance))
            : FixZero ? Affine(0, Math.Sqrt(variance + (mean * mean)))
            : Affine(mean, Math.Sqrt(variance)));
        return UseCdf ? new CdfNormalizer(learner.Column, first, second, UseLog) : new AffineNormalizer(learner.Column, first, second);
    }

    protected override ColumnLearner Create<T>(DataViewSchema.Column column, DataViewSchema.Column? label) =>
        UseLog ? new LogMomentLearner<T>(column) : new MomentLearner<T>(column, AcrossSlots, refuseInfinity: true);
}

/// <summary>(x − median) / (Q(max) − Q(min)), or x over the same.</summary>
internal sealed record RobustScalingRecipe(bool CenterData, uint QuantileMin, uint QuantileMax) : NormalizerRecipe
{
    public override string Name => "NormalizeRobustScaling";

    public override IEnumerable<string> Changes
    {
        get
        {
            if (!CenterData)
                yield return "centerData: false";
            if ((QuantileMin, QuantileMax) != (NormalizingEstimator.DefaultQuantileMin, NormalizingEstimator.DefaultQuantileMax))
                yield return string.Create(CultureInfo.InvariantCulture, $"quantiles {QuantileMin} % and {QuantileMax} %");
        }
    }

    public override Normalizer Learn(ColumnLearner learner, FitContext context)
    {
        var (offset, scale) = ForEachSlot(learner, slot =>
        {
            context.Checkpoint();
            var values = ((ISlotDistributions)learner).Distribution(slot);
            if (values.Count == 0 || values[0] == values[values.Count - 1])
                return (0, 0);
            double spread = values.Quantile(QuantileMax / 100.0) - values.Quantile(QuantileMin / 100.0);
            // Most values are equal, but not all: their differences are kept as they are.
            return Affine(CenterData ? values.Quantile(0.5) : 0, spread == 0 ? 1 : spread);
        });
        return new AffineNormalizer(learner.Column, offset, scale);
    }

    protected override ColumnLearner Create<T>(DataViewSchema.Column column, DataViewSchema.Column? label) => new DistributionLearner<T>(column);
}

/// <summary>The number of the bin, bins of equal frequency.</summary>
internal sealed record BinningRecipe(bool FixZero, int MaximumBinCount) : NormalizerRecipe
{
    public override string Name => "NormalizeBinning";

    public override IEnumerable<string> Changes => [.. FixZeroText(FixZero), .. BinCountText(MaximumBinCount)];

    public override Normalizer Learn(ColumnLearner learner, FitContext context)
    {
        var bounds = new double[learner.Column.Type.ValueCount][];
        for (int slot = 0; slot < bounds.Length; slot++)
        {
            context.Checkpoint();
            var (values, counts) = ((ISlotDistributions)learner).Distribution(slot).Distinct();
            bounds[slot] = Bins.EqualFrequency(values, counts, MaximumBinCount);
        }

        return new BinNormalizer(learner.Column, bounds, FixZero);
    }

    public static IEnumerable<string> BinCountText(int maximumBinCount) => maximumBinCount == NormalizingEstimator.DefaultMaximumBinCount
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"maximumBinCount: {maximumBinCount}")];

    protected override ColumnLearner Create<T>(DataViewSchema.Column column, DataViewSchema.Column? label) => new DistributionLearner<T>(column);
}

/// <summary>The number of the bin, bins that tell of the label.</summary>
internal sealed record SupervisedBinningRecipe(string Label, bool FixZero, int MaximumBinCount, int MinimumExamplesPerBin) : NormalizerRecipe
{
    public override string Name => "NormalizeSupervisedBinning";

    public override string? LabelColumnName => Label;

    public override IEnumerable<string> Changes =>
    [
        $"label {Label}",
        .. FixZeroText(FixZero),
        .. BinningRecipe.BinCountText(MaximumBinCount),
        .. MinimumExamplesPerBin == NormalizingEstimator.DefaultMinimumExamplesPerBin
            ? Array.Empty<string>()
            : [string.Create(CultureInfo.InvariantCulture, $"mininimumExamplesPerBin: {MinimumExamplesPerBin}")],
    ];

    public override Normalizer Learn(ColumnLearner learner, FitContext context)
    {
        var (column, labelled) = (learner.Column, (LabelledValues)learner);
        var (classes, classOf) = Classes(labelled);
        var bounds = new double[column.Type.ValueCount][];
        for (int slot = 0; slot < bounds.Length; slot++)
        {
            context.Checkpoint();
            var (values, counts) = CountClasses(labelled, slot, classOf, classes);
            bounds[slot] = values.Length == 0
                ? [double.PositiveInfinity]
                : Bins.Supervised(values, counts, classes, MaximumBinCount, MinimumExamplesPerBin, context.Checkpoint);
        }

        return new BinNormalizer(column, bounds, FixZero);
    }

    protected override ColumnLearner Create<T>(DataViewSchema.Column column, DataViewSchema.Column? label) =>
        LabelledValues.Create(column, label!.Value, refuseInfinity: true);

    // Keys and Booleans are classes, those that occur; of numbers those above 0 are one class and the others another.
    private static (int Count, int[] Of) Classes(LabelledValues labelled)
    {
        if (labelled.LabelIsNumber)
            return (2, [.. labelled.Labels.Select(v => v > 0 ? 1 : 0)]);
        double[] different = [.. labelled.Labels.Distinct().Order()];
        return (different.Length, [.. labelled.Labels.Select(v => Array.BinarySearch(different, v))]);
    }

    // The different values of a slot, and how many examples of each class have each, [value, class] row-major.
    private static (double[] Values, int[] Counts) CountClasses(LabelledValues labelled, int slot, int[] classOf, int classes)
    {
        var (rows, values) = labelled.Slot(slot);
        var zeros = new int[classes];
        foreach (int c in classOf)
            zeros[c]++;
        foreach (int row in rows)
            zeros[classOf[row]]--;
        double[] different = [.. values.Where(v => !double.IsNaN(v)).Concat(zeros.Sum() > 0 ? [0.0] : []).Distinct().Order()];
        var counts = new int[different.Length * classes];
        for (int i = 0; i < rows.Length; i++)
        {
            if (!double.IsNaN(values[i]))
                counts[(Array.BinarySearch(different, values[i]) * classes) + classOf[rows[i]]]++;
        }

        if (zeros.Sum() > 0)
            zeros.CopyTo(counts, Array.BinarySearch(different, 0.0) * classes);
        return (different, counts);
    }
}
