using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>Labels, scores and groups of scored rows, in memory.</summary>
internal sealed record RankingRows(float[] Labels, float[] Scores, int[] Groups)
{
    public static RankingRows Read(IDataView data, string label, string group, string score, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var scoreColumn = Find(data.Schema, score, "score column");
        if (scoreColumn.Type != NumberDataViewType.Single)
            throw SchemaException.WrongType(score, "Single (a number)", scoreColumn.Type.ToString()!);
        var labelColumn = Find(data.Schema, label, "label column");
        bool isKey = labelColumn.Type is KeyDataViewType && labelColumn.Type.RawType == typeof(uint);
        if (!isKey && labelColumn.Type != NumberDataViewType.Single)
            throw SchemaException.WrongType(label, "Single (a number) or a key", labelColumn.Type.ToString()!);
        _ = Find(data.Schema, group, "group column");
        var groups = new SplitSource(data, cancellationToken).CodesWithoutMissing(group, "group").Codes;

        var (labels, scores) = (new List<float>(), new List<float>());
        using var cursor = data.GetBatchCursor([labelColumn, scoreColumn], cancellationToken);
        while (cursor.MoveNext())
        {
            scores.AddRange(cursor.Current.Scalars<float>(scoreColumn.Index));
            if (!isKey)
            {
                labels.AddRange(cursor.Current.Scalars<float>(labelColumn.Index));
                continue;
            }

            foreach (uint key in cursor.Current.Scalars<uint>(labelColumn.Index))
                labels.Add(key == 0 ? float.NaN : key - 1);
        }

        return new RankingRows([.. labels], [.. scores], groups);
    }

    public RankingMetrics Evaluate(RankingEvaluatorOptions? options) => RankingEvaluator.Evaluate(Labels, Scores, Groups, options);

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, schema.VisibleNames, role);
}
