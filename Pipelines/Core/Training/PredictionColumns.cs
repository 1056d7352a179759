
namespace MLPath.Data;

/// <summary>The columns that prediction transformers add, by ML.NET's names.</summary>
public static class PredictionColumns
{
    /// <summary>The class, or cluster, that is predicted.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>The score, or the scores of each class.</summary>
    public const string Score = "Score";

    /// <summary>The probability of the positive class, or those of each cluster.</summary>
    public const string Probability = "Probability";

    internal delegate void VectorScorer(FeatureMatrix features, Span<float> scores);

    internal static SchemaShape.Column Scalar(string name, PrimitiveDataViewType type) =>
        new(name, SchemaShape.Column.VectorKind.Scalar, type, isKey: false);

    internal static SchemaShape.Column Text(string name) =>
        new(name, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);

    internal static DataViewSchema.DetachedColumn ScoreColumn(string name, string kind) =>
        new(name, NumberDataViewType.Single, ScoreKind(kind).ToAnnotations());

    internal static DataViewSchema.DetachedColumn ScoreVector(int size, string kind, IReadOnlyList<string>? slotNames)
    {
        var annotations = ScoreKind(kind);
        if (slotNames is not null)
            annotations.AddSlotNames(slotNames);
        return new(Score, new VectorDataViewType(NumberDataViewType.Single, size), annotations.ToAnnotations());
    }

    internal static DataViewSchema.DetachedColumn ProbabilityVector(int size, string kind) =>
        new(Probability, new VectorDataViewType(NumberDataViewType.Single, size), ScoreKind(kind).ToAnnotations());

    /// <summary>What the keys of a column stand for, as texts.</summary>
    internal static IReadOnlyList<string> Texts(DataViewSchema.DetachedColumn keys)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(keys);
        return schema.ToSchema()[0].KeyValueTexts();
    }

    /// <summary>Fills Score (n × k) and PredictedLabel: the first slot with the greatest, or least, score; 0 (missing) when a score is NaN, or the least exceeds a limit.</summary>
    internal static void ScoreAndPick(
        ReadOnlySpan<ColumnBuffer?> outputs, int n, int k, FeatureMatrix features, VectorScorer score, PredictionScratch scratch, bool greatest,
        float limit = float.PositiveInfinity)
    {
        var scores = outputs[1] is VectorColumn<float> column ? column.AllocateDense(n) : scratch.First(n * k);
        score(features, scores);
        if (outputs[0] is not ScalarColumn<uint> keys)
            return;
        var labels = keys.Allocate(n);
        for (int row = 0; row < n; row++)
            labels[row] = Pick(scores.Slice(row * k, k), greatest, limit);
    }

    private static uint Pick(ReadOnlySpan<float> scores, bool greatest, float limit)
    {
        int best = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return 0;
            if (greatest ? scores[i] > scores[best] : scores[i] < scores[best])
                best = i;
        }

        return !greatest && scores[best] > limit ? 0 : (uint)best + 1;
    }

    private static DataViewSchema.Annotations.Builder ScoreKind(string kind) =>
        new DataViewSchema.Annotations.Builder().Add(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, kind.AsMemory());
}
