using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>Checks a trainer's columns and reads their rows, all at once or block by block.</summary>
internal sealed class TrainingDataReader
{
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column? _label;
    private readonly DataViewSchema.Column? _weight;
    private readonly LabelKind _kind;
    private readonly bool _allowMissing;
    private readonly bool _sparse;

    public TrainingDataReader(DataViewSchema schema, TrainerColumns columns, TrainerInfo info)
    {
        _features = columns.CheckFeatures(schema);
        _label = columns.CheckLabel(schema);
        _weight = columns.CheckWeight(schema);
        _kind = columns.Kind;
        (_allowMissing, _sparse) = (info.SupportsMissing, info.SupportsSparse);
    }

    /// <summary>d, the number of features.</summary>
    public int FeatureCount => _features.Type.ValueCount;

    /// <summary>The d names.</summary>
    public IReadOnlyList<string> FeatureNames => _features.SlotNamesOrDefault();

    /// <summary>What each class stands for; null without classes.</summary>
    public IReadOnlyList<string>? ClassNames => _kind switch
    {
        LabelKind.Binary => ["false", "true"],
        LabelKind.Multiclass => _label!.Value.KeyValueTexts(),
        _ => null,
    };

    /// <summary>Reads all rows into memory.</summary>
    /// <exception cref="DataException">There are no rows, or one cannot be learned from.</exception>
    public TrainingData Read(IDataView view, FitContext context)
    {
        var pass = new Pass(this);
        return pass.Blocks(view, int.MaxValue, reuse: () => false, context).FirstOrDefault() ?? throw pass.NoRows();
    }

    /// <summary>Opens a pass.</summary>
    public Pass Open() => new(this);

    /// <summary>One pass over the rows. Those without a label, and those of weight 0, are left out and counted.</summary>
    public sealed class Pass(TrainingDataReader reader)
    {
        private readonly List<int> _chosen = [];
        private readonly List<int> _classes = [];
        private readonly List<float> _targets = [];
        private readonly List<float> _weights = [];
        private VectorColumn<float> _rows = null!;
        private float[] _dense = [];
        private bool _reuses;

        public long RowsWithoutLabel { get; private set; }

        public long RowsWithoutWeight { get; private set; }

        /// <summary>Reads blocks of as many rows, the last of those that remain. Where blocks end does not depend on the view's batches.</summary>
        /// <param name="view">The rows.</param>
        /// <param name="blockRows">The rows of a block.</param>
        /// <param name="reuse">Asked after each block: whether the next one may take its memory.</param>
        /// <param name="context">Cancellation.</param>
        public IEnumerable<TrainingData> Blocks(IDataView view, int blockRows, Func<bool> reuse, FitContext context)
        {
            Begin(reuse: false);
            DataViewSchema.Column[] columns =
                [reader._features, .. new[] { reader._label, reader._weight }.OfType<DataViewSchema.Column>()];
            int expected = (int)Math.Min(blockRows, view.GetRowCount() ?? 0);
            using var cursor = view.GetBatchCursor(columns, context.CancellationToken);
            var picked = new VectorColumn<float>((VectorDataViewType)reader._features.Type);
            while (cursor.MoveNext())
            {
                context.Checkpoint();
                var batch = cursor.Current;
                for (int row = 0; row < batch.Count;)
                {
                    row = Choose(batch, row, blockRows - _rows.Count);
                    picked.Gather(batch[reader._features.Index], CollectionsMarshal.AsSpan(_chosen));
                    Append(picked, expected);
                    if (_rows.Count < blockRows)
                        continue;
                    yield return TakeBlock();
                    Begin(reuse());
                }
            }

            if (_rows.Count > 0)
                yield return TakeBlock();
        }

        public DataException NoRows() => new(
            RowsWithoutLabel + RowsWithoutWeight == 0
                ? "There are no rows to learn from."
                : $"There are no rows to learn from: {RowsWithoutLabel} have no label '{reader._label?.Name}' and {RowsWithoutWeight} have weight 0.");

        private void Begin(bool reuse)
        {
            _reuses = reuse;
            if (!reuse)
                _rows = new VectorColumn<float>((VectorDataViewType)reader._features.Type);
            _rows.Clear();
            _classes.Clear();
            _targets.Clear();
            _weights.Clear();
        }

        private void Append(VectorColumn<float> picked, int expected)
        {
            bool isFirst = _rows.Count == 0;
            if (picked.Layout == VectorLayout.Dense && ((long)_rows.Count + picked.Count) * reader.FeatureCount > Array.MaxLength)
            {
                throw new DataException(
                    $"More than {_rows.Count} rows of {reader.FeatureCount} features do not fit in memory as one matrix. " +
                    "Take fewer rows or features, or a trainer that learns in passes, such as Ridge.");
            }

            _rows.Append(picked);
            if (isFirst)
                _rows.ReserveDense(expected);
        }

        private TrainingData TakeBlock()
        {
            var matrix = new FeatureMatrix(_rows);
            if (!reader._sparse && !matrix.IsDense)
            {
                int size = checked(matrix.Rows * matrix.Columns);
                if (!_reuses || _dense.Length < size)
                    _dense = new float[size];
                matrix = matrix.ToDense(_dense);
            }

            return new TrainingData(
                matrix,
                reader.FeatureNames,
                reader._kind is LabelKind.Binary or LabelKind.Multiclass ? [.. _classes] : null,
                reader.ClassNames,
                reader._kind == LabelKind.Regression ? [.. _targets] : null,
                reader._weight is null ? null : [.. _weights])
            {
                RowsWithoutLabel = RowsWithoutLabel,
                RowsWithoutWeight = RowsWithoutWeight,
            };
        }

        // Chooses at most so many rows, from a row of the batch on; gives the row to go on from.
        private int Choose(RowBatch batch, int row, int most)
        {
            var features = batch.Vectors<float>(reader._features.Index);
            var weights = reader._weight is { } weight ? batch.Scalars<float>(weight.Index) : default;
            _chosen.Clear();
            for (; row < batch.Count && _chosen.Count < most; row++)
            {
                if (reader._weight is not null && !CheckedWeight(weights[row], batch.Position + row))
                {
                    RowsWithoutWeight++;
                    continue;
                }

                if (!TryLabel(batch, row))
                {
                    RowsWithoutLabel++;
                    continue;
                }

                CheckFeatures(features, row, batch.Position + row);
                _chosen.Add(row);
                if (reader._weight is not null)
                    _weights.Add(weights[row]);
            }

            return row;
        }

        private bool TryLabel(RowBatch batch, int row)
        {
            switch (reader._kind)
            {
                case LabelKind.Binary:
                    _classes.Add(batch.Scalars<bool>(reader._label!.Value.Index)[row] ? 1 : 0);
                    return true;
                case LabelKind.Multiclass:
                    var label = reader._label!.Value;
                    ulong key = Key(batch[label.Index], row);
                    if (key == 0)
                        return false;
                    if (key > label.Type.KeyCount)
                        throw new DataException($"Row {batch.Position + row}: label '{label.Name}' is {key}; its type promises 1 to {label.Type.KeyCount}.");
                    _classes.Add((int)(key - 1));
                    return true;
                case LabelKind.Regression:
                    float target = batch.Scalars<float>(reader._label!.Value.Index)[row];
                    if (float.IsNaN(target))
                        return false;
                    if (float.IsInfinity(target))
                        throw new DataException($"Row {batch.Position + row}: label '{reader._label.Value.Name}' is infinite. Remove the row or correct it.");
                    _targets.Add(target);
                    return true;
                default:
                    return true;
            }
        }

        private static ulong Key(ColumnBuffer labels, int row) => labels switch
        {
            ScalarColumn<uint> keys => keys.Values[row],
            ScalarColumn<byte> keys => keys.Values[row],
            ScalarColumn<ushort> keys => keys.Values[row],
            ScalarColumn<ulong> keys => keys.Values[row],
            _ => throw new InvalidOperationException("A key column is stored as an unsigned integer."),
        };

        private bool CheckedWeight(float weight, long position) => weight switch
        {
            > 0 and < float.PositiveInfinity => true,
            0 => false,
            _ => throw new DataException($"Row {position}: weight '{reader._weight!.Value.Name}' is {weight}; a weight is a finite number, 0 or more."),
        };

        private void CheckFeatures(VectorColumn<float> features, int row, long position)
        {
            var values = features.RowValues(row);
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsFinite(values[i]) || (reader._allowMissing && float.IsNaN(values[i])))
                    continue;
                int slot = features.Layout == VectorLayout.Sparse ? features.RowIndices(row)[i] : i;
                string name = reader.FeatureNames[slot];
                throw new DataException(float.IsNaN(values[i])
                    ? $"Row {position}: feature '{name}' is missing (NaN), and this trainer needs every value. Fill it with Transforms.ReplaceMissingValues, or drop the row with Data.FilterRowsByMissingValues."
                    : $"Row {position}: feature '{name}' is infinite. Correct it at its source, or make it missing and fill it.");
            }
        }
    }
}
