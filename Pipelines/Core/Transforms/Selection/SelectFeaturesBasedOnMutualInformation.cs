using System.Globalization;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// Keeps the slots that tell most of a label: those of greatest mutual information I(X; Y) = Σ p(x, y) log₂ (p(x, y) / (p(x) p(y))), in bits, over all
/// columns together. Each slot is judged on its own: two that tell the same are both kept.
/// </summary>
/// <remarks>
/// Numbers, as features and as label, are divided into bins of equal frequency first; NaN is a bin of its own. Keys and Booleans are categories. Rows
/// whose label is missing are left out. A slot that tells nothing, I = 0, is dropped even when there is room; of equal slots the first are kept. The
/// scores are readable from the fitted transformer. Cost: one pass; memory for each value but zeros; a sort for each slot.
/// </remarks>
public sealed class MutualInformationFeatureSelectingEstimator : SlotSelectingEstimator
{
    internal const int DefaultSlotsInOutput = 1000;
    internal const int DefaultNumberOfBins = 256;

    // Sums of independent counts leave about 1e-16 instead of 0.
    private const double LeastInformation = 1e-12;

    private readonly string _labelColumnName;
    private readonly int _slotsInOutput;
    private readonly int _numberOfBins;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: numbers, Booleans, keys, or vectors of known size of these.</param>
    /// <param name="labelColumnName">The label: a key, Boolean or number.</param>
    /// <param name="slotsInOutput">The most slots to keep of all columns together; at least 1.</param>
    /// <param name="numberOfBins">The most bins that numbers are divided into; at least 2.</param>
    public MutualInformationFeatureSelectingEstimator(
        IEnumerable<InputOutputColumnPair> columns,
        string labelColumnName = "Label",
        int slotsInOutput = DefaultSlotsInOutput,
        int numberOfBins = DefaultNumberOfBins)
        : base(columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(slotsInOutput, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfBins, 2);
        (_labelColumnName, _slotsInOutput, _numberOfBins) = (labelColumnName, slotsInOutput, numberOfBins);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("SelectFeaturesBasedOnMutualInformation", Columns,
        string.Create(CultureInfo.InvariantCulture, $"label {_labelColumnName}, slotsInOutput: {_slotsInOutput}") +
        (_numberOfBins == DefaultNumberOfBins ? "" : string.Create(CultureInfo.InvariantCulture, $", numberOfBins: {_numberOfBins}")));

    private protected override string Requirement => $"tells anything of label '{_labelColumnName}', or as much as slots of other columns";

    private protected override string InputText => "a number, a Boolean, a key";

    /// <inheritdoc/>
    protected override void CheckSchema(SchemaShape inputSchema) => LabelledValues.CheckLabel(inputSchema, _labelColumnName);

    private protected override bool CanScore(SchemaShape.Column input) => LabelledValues.Reads(input);

    private protected override double[][] Score(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select(c => LabelledValues.Create(c, input.Schema[_labelColumnName], refuseInfinity: false)).ToList();
        ColumnLearner.Read(input, learners, context);
        double[] labels = [.. learners[0].Labels];
        var (labelOf, _, classes) = Categories(labels, zeros: 0, learners[0].LabelIsNumber);
        return [.. learners.Select(l =>
        {
            var scores = new double[l.Column.Type.ValueCount];
            for (int slot = 0; slot < scores.Length; slot++)
            {
                context.Checkpoint();
                scores[slot] = MutualInformation(l, slot, labelOf, classes);
            }

            return scores;
        })];
    }

    private protected override int[][] Select(double[][] scores)
    {
        var best = scores.SelectMany((column, c) => column.Select((score, slot) => (c, slot, score)))
            .Where(s => s.score > 0)
            .OrderByDescending(s => s.score) // stable: of equal slots the first come first
            .Take(_slotsInOutput)
            .ToLookup(s => s.c, s => s.slot);
        return [.. scores.Select((_, c) => best[c].Order().ToArray())];
    }

    private double MutualInformation(LabelledValues learner, int slot, int[] labelOf, int classes)
    {
        var (rows, values) = learner.Slot(slot);
        bool isNumber = learner.Column.Type.ItemTypeOrSelf is NumberDataViewType;
        var (categoryOf, categoryOfZero, categories) = Categories(values, labelOf.Length - values.Length, isNumber);
        var table = new long[classes, categories]; // how often each class of the label comes with each category
        foreach (int label in labelOf)
            table[label, categoryOfZero]++;
        for (int i = 0; i < rows.Length; i++)
        {
            table[labelOf[rows[i]], categoryOfZero]--;
            table[labelOf[rows[i]], categoryOf[i]]++;
        }

        return Information(table, labelOf.Length);
    }

    /// <summary>The mutual information, in bits, of the two variables of a table of counts.</summary>
    private static double Information(long[,] table, long total)
    {
        int rows = table.GetLength(0), columns = table.GetLength(1);
        var rowSums = new long[rows];
        var columnSums = new long[columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                rowSums[i] += table[i, j];
                columnSums[j] += table[i, j];
            }
        }

        double information = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (table[i, j] > 0)
                    information += (double)table[i, j] / total * Math.Log2((double)table[i, j] * total / ((double)rowSums[i] * columnSums[j]));
            }
        }

        return information < LeastInformation ? 0 : information;
    }

    // The category of each value, that of 0, and their number: the bin of a number, the value itself of a key or Boolean; NaN is the last one.
    private (int[] Of, int OfZero, int Count) Categories(double[] values, int zeros, bool isNumber)
    {
        double[] known = [.. values.Where(v => !double.IsNaN(v))];
        var (different, counts) = new ValueDistribution([.. known.Where(v => v != 0)], zeros + known.LongCount(v => v == 0)).Distinct();
        if (different.Length == 0)
            return (new int[values.Length], 0, 1);
        double[] bounds = isNumber ? Bins.EqualFrequency(different, counts, _numberOfBins) : different;
        return ([.. values.Select(v => double.IsNaN(v) ? bounds.Length : Bins.IndexOf(bounds, v))], Bins.IndexOf(bounds, 0), bounds.Length + 1);
    }
}
