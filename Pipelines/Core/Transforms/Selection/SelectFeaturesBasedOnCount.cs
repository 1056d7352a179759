using System.Globalization;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// Keeps the slots with enough values that count: neither missing (NaN, empty text, key 0) nor the default value (0, false). Slots that hardly ever
/// occur, rare words for instance, so drop out. The label is not needed.
/// </summary>
/// <remarks>Cost: one pass; memory for a number each slot.</remarks>
public sealed class CountFeatureSelectingEstimator : SlotSelectingEstimator
{
    internal const long DefaultCount = 1;

    private readonly long _count;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: text, numbers, Booleans, keys, dates, or vectors of known size of these.</param>
    /// <param name="count">The fewest values that count for a slot to be kept; at least 0.</param>
    public CountFeatureSelectingEstimator(IEnumerable<InputOutputColumnPair> columns, long count = DefaultCount) : base(columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _count = count;
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "SelectFeaturesBasedOnCount", Columns, string.Create(CultureInfo.InvariantCulture, $"count: {_count}"));

    private protected override string Requirement => string.Create(CultureInfo.InvariantCulture, $"has {_count} values that are neither missing nor 0");

    private protected override string InputText => "text, a number, a Boolean, a key, a date";

    private protected override bool CanScore(SchemaShape.Column input) => input.ItemType is PrimitiveDataViewType;

    private protected override double[][] Score(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select(c => c.Type.Accept(new Factory(c))).ToList();
        ColumnLearner.Read(input, learners, context);
        return [.. learners.Select(l => l.Counts)];
    }

    private protected override int[][] Select(double[][] scores) => Where(scores, count => count >= _count);

    private abstract class Learner(DataViewSchema.Column column) : ColumnLearner(column)
    {
        public double[] Counts { get; } = new double[column.Type.ValueCount];
    }

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<Learner>
    {
        public Learner Visit<T>() => new Learner<T>(column);
    }

    private sealed class Learner<T>(DataViewSchema.Column column) : Learner(column)
    {
        public override void Add(RowBatch batch, int rows)
        {
            var vectors = batch[Column.Index] as VectorColumn<T>;
            for (int row = 0; row < rows; row++)
            {
                var values = vectors is null ? batch.Scalars<T>(Column.Index).Slice(row, 1) : vectors.RowValues(row);
                var slots = vectors is null ? default : vectors.RowIndices(row);
                for (int i = 0; i < values.Length; i++)
                {
                    if (!PrimitiveValues<T>.IsMissing(values[i]) && !PrimitiveValues<T>.Equality.Equals(values[i], default))
                        Counts[slots.IsEmpty ? i : slots[i]]++;
                }
            }
        }
    }
}
