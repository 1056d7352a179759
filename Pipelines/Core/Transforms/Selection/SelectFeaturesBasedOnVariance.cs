using System.Globalization;
using System.Numerics;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// Keeps the slots whose variance is above a threshold: with threshold 0 those that are not constant, as scikit-learn's VarianceThreshold does. The
/// label is not needed.
/// </summary>
/// <remarks>
/// The variance is the mean of (x − μ)² over the known values (dividing by n), so it depends on the slot's unit: for a threshold other than 0 bring the
/// slots to one scale first. NaN and ±∞ are not learned from. Cost: one pass.
/// </remarks>
public sealed class VarianceFeatureSelectingEstimator : SlotSelectingEstimator
{
    private readonly double _threshold;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of known size of these.</param>
    /// <param name="threshold">What the variance of a slot must be above to be kept; at least 0.</param>
    public VarianceFeatureSelectingEstimator(IEnumerable<InputOutputColumnPair> columns, double threshold = 0) : base(columns)
    {
        if (!(threshold >= 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold of the variance is at least 0.");
        _threshold = threshold;
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "SelectFeaturesBasedOnVariance", Columns, string.Create(CultureInfo.InvariantCulture, $"threshold: {_threshold}"));

    private protected override string Requirement => string.Create(CultureInfo.InvariantCulture, $"has a variance above {_threshold}");

    private protected override string InputText => "Single, Double";

    private protected override bool CanScore(SchemaShape.Column input) =>
        !input.IsKey && (input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double);

    private protected override double[][] Score(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select(c => c.Type.ItemTypeOrSelf == NumberDataViewType.Single ? Create<float>(c) : Create<double>(c)).ToList();
        ColumnLearner.Read(input, learners, context);
        return [.. learners.Select(l => Enumerable.Range(0, l.Column.Type.ValueCount).Select(slot => ((ISlotMoments)l).Moments(slot)?.Variance ?? 0).ToArray())];

        static ColumnLearner Create<T>(DataViewSchema.Column column) where T : struct, IFloatingPointIeee754<T> =>
            new MomentLearner<T>(column, acrossSlots: false, refuseInfinity: false);
    }

    private protected override int[][] Select(double[][] scores) => Where(scores, variance => variance > _threshold);
}
