using System.Globalization;
using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The images of which a classifier was surest, and wrong: where to look for wrong labels, and for what the model does not see.</summary>
internal static class ImageMistakes
{
    private const int Most = 12;

    // Smaller ones tell nothing to the eye, greater ones make a report heavy.
    private const int LeastSide = 4, MostPixels = 128 * 128;

    /// <summary>Finds them.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scored">Rows with images, the label and the model's predictions.</param>
    /// <param name="labelColumn">The column of true labels.</param>
    /// <param name="binaryClasses">For two classes: what they stand for; empty for false and true.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The section; null where there are no images, or no mistakes.</returns>
    public static ImageSection? Find(LearningTask task, IDataView scored, string? labelColumn, IReadOnlyList<string> binaryClasses, CancellationToken cancellationToken)
    {
        string confidence = task == LearningTask.Binary ? PredictionColumns.Probability : PredictionColumns.Score;
        if (task is not (LearningTask.Binary or LearningTask.Multiclass) || labelColumn is null || ImageColumn(scored.Schema) is not ({ } pixels, var layout)
            || scored.Schema.GetColumnOrNull(confidence) is not { } score || scored.Schema.GetColumnOrNull(labelColumn) is not { } label
            || scored.Schema.GetColumnOrNull(PredictionColumns.PredictedLabel) is not { } predicted)
            return null;
        var (names, given) = task == LearningTask.Binary ? (binaryClasses.Count == 2 ? binaryClasses : ["false", "true"], []) : (Names(label), Names(predicted));
        var worst = new List<(float Confidence, ReportImage Image)>();
        using var cursor = scored.GetBatchCursor([pixels, label, score, predicted], cancellationToken);
        while (cursor.MoveNext())
        {
            var batch = cursor.Current;
            for (int row = 0; row < batch.Count; row++)
            {
                if (Mistake(batch, row) is not var (truth, guess, sure) || (worst.Count == Most && !(sure > worst[^1].Confidence))) continue;
                float[] image = new float[layout.Size];
                batch.Vectors<float>(pixels.Index).CopyRowTo(row, image);
                string caption = string.Create(CultureInfo.InvariantCulture, $"{truth} taken for {guess}, {sure:0.000}");

                // The first of equals stays before the others.
                int place = worst.FindIndex(w => sure > w.Confidence);
                worst.Insert(place < 0 ? worst.Count : place, (sure, new ReportImage(caption, image)));
                if (worst.Count > Most) worst.RemoveAt(Most);
            }
        }

        return worst.Count == 0 ? null : new ImageSection("Most confident mistakes", layout, [.. worst.Select(w => w.Image)])
        {
            Explanation = "The images of which the model was surest, and wrong: what they show, what they were taken for, and the probability the model gave it.",
        };

        (string Truth, string Guess, float Confidence)? Mistake(RowBatch batch, int row)
        {
            if (task == LearningTask.Binary)
            {
                bool truth = batch.Scalars<bool>(label.Index)[row];
                float p = batch.Scalars<float>(score.Index)[row];
                bool guess = p > 0.5f;
                return truth == guess || float.IsNaN(p) ? null : (names[truth ? 1 : 0], names[guess ? 1 : 0], guess ? p : 1 - p);
            }

            float[] scores = new float[batch.Vectors<float>(score.Index).Size];
            batch.Vectors<float>(score.Index).CopyRowTo(row, scores);
            int best = MLPath.Numerics.Dense.ArgMax(scores);
            uint key = batch.Scalars<uint>(label.Index)[row];
            if (key == 0 || key > names.Count || best >= given.Count || names[(int)key - 1] == given[best]) return null;
            return (names[(int)key - 1], given[best], scores[best]);
        }
    }

    private static IReadOnlyList<string> Names(DataViewSchema.Column column) => column.HasKeyValues() ? column.KeyValueTexts() : [];

    private static (DataViewSchema.Column? Column, ImageLayout Layout) ImageColumn(DataViewSchema schema)
    {
        foreach (var column in schema)
        {
            if (!column.IsHidden && column.Type is VectorDataViewType { Dimensions.Count: 2 or 3 } vector && vector.ItemType == NumberDataViewType.Single
                && ImageLayout.Of(vector.Dimensions) is { } layout && layout.Channels is 1 or 3 or 4
                && Math.Min(layout.Height, layout.Width) >= LeastSide && layout.Height * layout.Width <= MostPixels)
                return (column, layout);
        }

        return (null, default);
    }
}
