using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What a stack's final model reads: the members' predictions, one after the other, and where asked for the features themselves.</summary>
/// <param name="task">What the members predict: one number for two classes or a number, k numbers for several classes.</param>
/// <param name="members">The models.</param>
/// <param name="passThrough">Whether the features themselves follow.</param>
internal sealed class StackedFeatures(LearningTask task, IReadOnlyList<IModelParameters> members, bool passThrough)
{
    public IReadOnlyList<IModelParameters> Members => members;

    public bool PassThrough => passThrough;

    public int FeatureCount => members[0].FeatureCount;

    public bool ScoresSparse => !passThrough && members.All(m => m.ScoresSparse);

    /// <summary>How many numbers the final model reads.</summary>
    public int Width => members.Sum(WidthOf) + (passThrough ? FeatureCount : 0);

    /// <summary>The column, of rows that a member has scored, that the final model reads.</summary>
    public static string Column(LearningTask task, IModelParameters model) =>
        task == LearningTask.Binary && ((IBinaryModel)model).IsCalibrated ? PredictionColumns.Probability : PredictionColumns.Score;

    /// <summary>The n × <see cref="Width"/> numbers of n rows.</summary>
    public FeatureMatrix Of(FeatureMatrix features)
    {
        int n = features.Rows, width = Width, at = 0;
        float[] stacked = new float[n * width];
        foreach (var member in members)
        {
            int own = WidthOf(member);
            float[] rented = ArrayPool<float>.Shared.Rent(2 * n * own);
            var values = rented.AsSpan(0, n * own);
            var rest = rented.AsSpan(n * own, n * own);
            Predict(member, features, values, rest);
            for (int row = 0; row < n; row++)
                values.Slice(row * own, own).CopyTo(stacked.AsSpan((row * width) + at));
            at += own;
            ArrayPool<float>.Shared.Return(rented);
        }

        for (int row = 0; passThrough && row < n; row++)
            features.Row(row).CopyTo(stacked.AsSpan((row * width) + at));
        return new(n, width, stacked);
    }

    public void Save(ModelSaveContext context)
    {
        context.Write("PassThrough", passThrough);
        context.SaveChildren("Members", members);
    }

    public static StackedFeatures Load<TModel>(ModelLoadContext context, LearningTask task) where TModel : class, IModelParameters =>
        new(task, context.LoadChildren<TModel>("Members"), context.ReadBoolean("PassThrough"));

    /// <summary>What keeps members and a final model from making a stack; null when nothing does.</summary>
    public string? Problem(IModelParameters final)
    {
        if (members.Count == 0 || members.Any(m => m.FeatureCount != FeatureCount))
            return "there is at least one member, and all read the same number of features";
        return final.FeatureCount == Width ? null : FormattableString.Invariant($"the final model reads {final.FeatureCount} numbers, and members give {Width}");
    }

    private void Predict(IModelParameters member, FeatureMatrix features, Span<float> values, Span<float> rest)
    {
        if (task == LearningTask.Regression)
            ((IRegressionModel)member).Score(features, values);
        else if (task == LearningTask.Multiclass)
            ((IMulticlassModel)member).Score(features, values);
        else if (((IBinaryModel)member).IsCalibrated)
            ((IBinaryModel)member).Score(features, rest, values);
        else
            ((IBinaryModel)member).Score(features, values, []);
    }

    private int WidthOf(IModelParameters model) => task == LearningTask.Multiclass ? ((IMulticlassModel)model).ClassCount : 1;
}
