using System.Numerics.Tensors;
using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>Checks a trainer's columns and reads their rows, all at once or block by block.</summary>
internal sealed class TrainingDataReader
{
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column? _label;
    private readonly DataViewSchema.Column? _weight;
    private readonly LabelKind _kind;
    private readonly TrainerInfo _info;

    public TrainingDataReader(DataViewSchema schema, TrainerColumns columns, TrainerInfo info)
    {
        (_features, Format) = columns.CheckFeatures(schema, info);
        _label = columns.CheckLabel(schema);
        _weight = columns.CheckWeight(schema);
        (_kind, _info) = (columns.Kind, info);
    }

    /// <summary>A reader of features, and weights where there are some, alone.</summary>
    public static TrainingDataReader Unlabelled(IDataView view, string features, string? weight, bool sparse) =>
        new(view.Schema, new TrainerColumns(LabelKind.None, features, null, weight), new TrainerInfo { SupportsSparse = sparse });

    /// <summary>How the features are read; the vocabulary of whole numbers is known only after a pass.</summary>
    public FeatureFormat Format { get; }

    /// <summary>The names of the features of a vector; empty where rows have their own lengths.</summary>
    public IReadOnlyList<string> FeatureNames => Format.FeatureCount == 0 ? [] : _features.SlotNamesOrDefault();

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

    /// <summary>
    /// One pass over the rows. Those without a label, and those of weight 0, are left out and counted. Rows that lie in one piece in memory that
    /// stays, as those of an <see cref="InMemoryDataView"/> do, are shown and not copied.
    /// </summary>
    public sealed class Pass(TrainingDataReader reader)
    {
        // So many rows are looked at before the next checkpoint.
        private const int PieceRows = 1024;

        private readonly List<int> _classes = [];
        private readonly List<float> _targets = [];
        private readonly List<float> _weights = [];
        private readonly FeatureRows _rows = FeatureRows.Of(reader._features, reader.Format, reader.FeatureNames, reader._info);

        // What a row is to the training.
        private enum Fate
        {
            Taken,
            WithoutWeight,
            WithoutLabel,
            Bad,
        }

        public long RowsWithoutLabel { get; private set; }

        public long RowsWithoutWeight { get; private set; }

        /// <summary>Reads blocks of as many rows, the last of those that remain. Where blocks end does not depend on the view's batches.</summary>
        /// <param name="view">The rows.</param>
        /// <param name="blockRows">The rows of a block.</param>
        /// <param name="reuse">Asked after each block: whether the next one may take its memory.</param>
        /// <param name="context">Threads and cancellation.</param>
        public IEnumerable<TrainingData> Blocks(IDataView view, int blockRows, Func<bool> reuse, FitContext context)
        {
            Begin(reuse: false);
            DataViewSchema.Column[] columns =
                [reader._features, .. new[] { reader._label, reader._weight }.OfType<DataViewSchema.Column>()];
            int expected = (int)Math.Min(blockRows, view.GetRowCount() ?? 0);
            bool stays = view is InMemoryDataView;
            using var cursor = view is InMemoryDataView memory
                ? memory.GetBatchCursor(columns, memory.RowCount, context.CancellationToken)
                : view.GetBatchCursor(columns, context.CancellationToken);
            while (cursor.MoveNext())
            {
                var batch = cursor.Current;
                for (int row = 0; row < batch.Count;)
                {
                    int start = SkipUnusable(batch, row, context);
                    row = EndOfRun(batch, start, (int)Math.Min(batch.Count, (long)start + blockRows - _rows.Count), context);
                    if (row == start)
                        continue;
                    _rows.Check(batch, start, row, context);
                    Take(batch, start, row, stays, expected);
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
            _rows.Begin(reuse);
            _classes.Clear();
            _targets.Clear();
            _weights.Clear();
        }

        // The first row at or after this one from which can be learned, or that is bad. The others are counted.
        private int SkipUnusable(RowBatch batch, int row, FitContext context)
        {
            context.Checkpoint();
            for (int seen = 0; row < batch.Count; row++)
            {
                var fate = FateOf(batch, row);
                if (fate is Fate.Taken or Fate.Bad)
                    return row;
                RowsWithoutWeight += fate == Fate.WithoutWeight ? 1 : 0;
                RowsWithoutLabel += fate == Fate.WithoutLabel ? 1 : 0;
                if (++seen % PieceRows == 0)
                    context.Checkpoint();
            }

            return row;
        }

        // The row after the run of rows to learn from. A bad row ends it, so that what is wrong before it is told first, and is told where it begins one.
        private int EndOfRun(RowBatch batch, int start, int most, FitContext context)
        {
            for (int piece = start; piece < most; piece += PieceRows)
            {
                context.Checkpoint();
                int end = Math.Min(most, piece + PieceRows);
                if (AreAllTaken(batch, piece, end))
                    continue;
                for (int row = piece; row < end; row++)
                {
                    var fate = FateOf(batch, row);
                    if (fate == Fate.Bad && row == start)
                        throw Bad(batch, row);
                    if (fate != Fate.Taken)
                        return row;
                }
            }

            return most;
        }

        // What FateOf says of each row, for many at once.
        private bool AreAllTaken(RowBatch batch, int start, int end)
        {
            if (reader._weight is { } weight)
            {
                var weights = batch.Scalars<float>(weight.Index)[start..end];
                if (!TensorPrimitives.IsFiniteAll(weights) || !(TensorPrimitives.Min(weights) > 0))
                    return false;
            }

            return reader._kind switch
            {
                LabelKind.Multiclass => batch[reader._label!.Value.Index] is ScalarColumn<uint> keys
                    && TensorPrimitives.Min(keys.Values[start..end]) > 0
                    && TensorPrimitives.Max(keys.Values[start..end]) <= reader._label.Value.Type.KeyCount,
                LabelKind.Regression => TensorPrimitives.IsFiniteAll(batch.Scalars<float>(reader._label!.Value.Index)[start..end]),
                _ => true,
            };
        }

        private void Take(RowBatch batch, int start, int end, bool stays, int expected)
        {
            _rows.Take(batch, start, end, stays, expected);
            switch (reader._kind)
            {
                case LabelKind.Binary:
                    foreach (bool positive in batch.Scalars<bool>(reader._label!.Value.Index)[start..end])
                        _classes.Add(positive ? 1 : 0);
                    break;
                case LabelKind.Multiclass:
                    AddClasses(batch[reader._label!.Value.Index], start, end);
                    break;
                case LabelKind.Regression:
                    _targets.AddRange(batch.Scalars<float>(reader._label!.Value.Index)[start..end]);
                    break;
                default:
                    break;
            }

            if (reader._weight is { } weight)
                _weights.AddRange(batch.Scalars<float>(weight.Index)[start..end]);
        }

        private void AddClasses(ColumnBuffer keys, int start, int end)
        {
            if (keys is ScalarColumn<uint> numbers)
            {
                foreach (uint key in numbers.Values[start..end])
                    _classes.Add((int)(key - 1));
                return;
            }

            for (int row = start; row < end; row++)
                _classes.Add((int)(Key(keys, row) - 1));
        }

        private TrainingData TakeBlock()
        {
            var matrix = _rows.Finish(out bool isShown);
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
                IsShown = isShown,
            };
        }

        private Fate FateOf(RowBatch batch, int row)
        {
            if (reader._weight is { } weight)
            {
                float w = batch.Scalars<float>(weight.Index)[row];
                if (!(w > 0 && float.IsFinite(w)))
                    return w == 0 ? Fate.WithoutWeight : Fate.Bad;
            }

            switch (reader._kind)
            {
                case LabelKind.Multiclass:
                    var label = reader._label!.Value;
                    ulong key = Key(batch[label.Index], row);
                    return key == 0 ? Fate.WithoutLabel : key > label.Type.KeyCount ? Fate.Bad : Fate.Taken;
                case LabelKind.Regression:
                    float target = batch.Scalars<float>(reader._label!.Value.Index)[row];
                    return float.IsFinite(target) ? Fate.Taken : float.IsNaN(target) ? Fate.WithoutLabel : Fate.Bad;
                default:
                    return Fate.Taken;
            }
        }

        // What is wrong with the weight or the label of a bad row.
        private DataException Bad(RowBatch batch, int row)
        {
            if (reader._weight is { } weight && batch.Scalars<float>(weight.Index)[row] is var w && !(w > 0 && float.IsFinite(w)))
                return new($"Row {batch.Position + row}: weight '{weight.Name}' is {w}; a weight is a finite number, 0 or more.");
            var label = reader._label!.Value;
            return new(reader._kind == LabelKind.Multiclass
                ? $"Row {batch.Position + row}: label '{label.Name}' is {Key(batch[label.Index], row)}; its type promises 1 to {label.Type.KeyCount}."
                : $"Row {batch.Position + row}: label '{label.Name}' is infinite. Remove the row or correct it.");
        }

        private static ulong Key(ColumnBuffer labels, int row) => labels switch
        {
            ScalarColumn<uint> keys => keys.Values[row],
            ScalarColumn<byte> keys => keys.Values[row],
            ScalarColumn<ushort> keys => keys.Values[row],
            ScalarColumn<ulong> keys => keys.Values[row],
            _ => throw new InvalidOperationException("A key column is stored as an unsigned integer."),
        };
    }
}
