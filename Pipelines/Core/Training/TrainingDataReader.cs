using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>Checks a trainer's columns and reads them into memory.</summary>
internal sealed class TrainingDataReader
{
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column? _label;
    private readonly DataViewSchema.Column? _weight;
    private readonly LabelKind _kind;
    private readonly bool _allowMissing;

    public TrainingDataReader(DataViewSchema schema, TrainerColumns columns, bool allowMissing)
    {
        _features = columns.CheckFeatures(schema);
        _label = columns.CheckLabel(schema);
        _weight = columns.CheckWeight(schema);
        _kind = columns.Kind;
        _allowMissing = allowMissing;
    }

    public TrainingData Read(IDataView view, bool sparse, FitContext context)
    {
        var rows = new VectorColumn<float>((VectorDataViewType)_features.Type);
        rows.Clear();
        var classes = new List<int>();
        var targets = new List<float>();
        var weights = new List<float>();
        var chosen = new List<int>();
        var picked = new VectorColumn<float>((VectorDataViewType)_features.Type);
        long withoutLabel = 0, withoutWeight = 0;
        DataViewSchema.Column[] columns = [_features, .. new[] { _label, _weight }.OfType<DataViewSchema.Column>()];
        using var cursor = view.GetBatchCursor(columns, context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            var batch = cursor.Current;
            var features = batch.Vectors<float>(_features.Index);
            var rowWeights = _weight is { } weight ? batch.Scalars<float>(weight.Index) : default;
            chosen.Clear();
            for (int row = 0; row < batch.Count; row++)
            {
                if (_weight is not null && !CheckedWeight(rowWeights[row], batch.Position + row))
                {
                    withoutWeight++;
                    continue;
                }

                if (!TryLabel(batch, row, classes, targets))
                {
                    withoutLabel++;
                    continue;
                }

                CheckFeatures(features, row, batch.Position + row);
                chosen.Add(row);
                if (_weight is not null)
                    weights.Add(rowWeights[row]);
            }

            picked.Gather(features, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(chosen));
            rows.Append(picked);
        }

        if (rows.Count == 0)
            throw new DataException(NoRows(withoutLabel, withoutWeight));
        var matrix = new FeatureMatrix(rows);
        return new TrainingData(
            sparse ? matrix : matrix.ToDense(),
            _features.SlotNamesOrDefault(),
            _kind is LabelKind.Binary or LabelKind.Multiclass ? [.. classes] : null,
            ClassNames(),
            _kind == LabelKind.Regression ? [.. targets] : null,
            _weight is null ? null : [.. weights])
        {
            RowsWithoutLabel = withoutLabel,
            RowsWithoutWeight = withoutWeight,
        };
    }

    private bool TryLabel(RowBatch batch, int row, List<int> classes, List<float> targets)
    {
        switch (_kind)
        {
            case LabelKind.Binary:
                classes.Add(batch.Scalars<bool>(_label!.Value.Index)[row] ? 1 : 0);
                return true;
            case LabelKind.Multiclass:
                ulong key = Key(batch, row);
                if (key == 0)
                    return false;
                if (key > _label!.Value.Type.KeyCount)
                    throw new DataException($"Row {batch.Position + row}: label '{_label.Value.Name}' is {key}; its type promises 1 to {_label.Value.Type.KeyCount}.");
                classes.Add((int)(key - 1));
                return true;
            case LabelKind.Regression:
                float target = batch.Scalars<float>(_label!.Value.Index)[row];
                if (float.IsNaN(target))
                    return false;
                if (float.IsInfinity(target))
                    throw new DataException($"Row {batch.Position + row}: label '{_label.Value.Name}' is infinite. Remove the row or correct it.");
                targets.Add(target);
                return true;
            default:
                return true;
        }
    }

    private ulong Key(RowBatch batch, int row) => batch[_label!.Value.Index] switch
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
        _ => throw new DataException($"Row {position}: weight '{_weight!.Value.Name}' is {weight}; a weight is a finite number, 0 or more."),
    };

    private void CheckFeatures(VectorColumn<float> features, int row, long position)
    {
        var values = features.RowValues(row);
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]) || (_allowMissing && float.IsNaN(values[i])))
                continue;
            int slot = features.Layout == VectorLayout.Sparse ? features.RowIndices(row)[i] : i;
            string name = _features.SlotNamesOrDefault()[slot];
            throw new DataException(float.IsNaN(values[i])
                ? $"Row {position}: feature '{name}' is missing (NaN), and this trainer needs every value. Fill it with Transforms.ReplaceMissingValues, or drop the row with Data.FilterRowsByMissingValues."
                : $"Row {position}: feature '{name}' is infinite. Correct it at its source, or make it missing and fill it.");
        }
    }

    private IReadOnlyList<string>? ClassNames() => _kind switch
    {
        LabelKind.Binary => ["false", "true"],
        LabelKind.Multiclass => _label!.Value.KeyValueTexts(),
        _ => null,
    };

    private string NoRows(long withoutLabel, long withoutWeight) =>
        withoutLabel + withoutWeight == 0
            ? "There are no rows to learn from."
            : $"There are no rows to learn from: {withoutLabel} have no label '{_label?.Name}' and {withoutWeight} have weight 0.";
}
