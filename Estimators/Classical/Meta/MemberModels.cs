global using AnyMember = MLPath.Trainers.ITrainerEstimator<
    MLPath.Data.ISingleFeaturePredictionTransformer<MLPath.Trainers.IModelParameters>, MLPath.Trainers.IModelParameters>;
global using BinaryMember = MLPath.Trainers.ITrainerEstimator<
    MLPath.Data.ISingleFeaturePredictionTransformer<MLPath.Trainers.IBinaryModel>, MLPath.Trainers.IBinaryModel>;
global using MulticlassMember = MLPath.Trainers.ITrainerEstimator<
    MLPath.Data.ISingleFeaturePredictionTransformer<MLPath.Trainers.IMulticlassModel>, MLPath.Trainers.IMulticlassModel>;
global using RegressionMember = MLPath.Trainers.ITrainerEstimator<
    MLPath.Data.ISingleFeaturePredictionTransformer<MLPath.Trainers.IRegressionModel>, MLPath.Trainers.IRegressionModel>;
using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What trainers that are made of trainers do with their members and the members' models.</summary>
internal static class MemberModels
{
    /// <summary>The members as trainers of one task.</summary>
    /// <exception cref="OptionException">One of them is for another task.</exception>
    public static IReadOnlyList<TMember> Of<TMember>(IReadOnlyList<AnyMember> members, string task) where TMember : class => [.. members.Select((m, i) =>
        m as TMember ?? throw new OptionException(FormattableString.Invariant($"Member {i + 1}, {m}, is no trainer for {task}. Give trainers of one task.")))];

    /// <summary>Checks that a model reads the same features as the others.</summary>
    /// <exception cref="SchemaException">It reads other ones.</exception>
    public static void CheckFeatures(ISingleFeaturePredictionTransformer<IModelParameters> fitted, string expected, int member)
    {
        if (fitted.FeatureColumnName != expected)
        {
            throw new SchemaException(FormattableString.Invariant(
                $"Member {member + 1} reads column '{fitted.FeatureColumnName}', not '{expected}'. All members learn from the same column of features."));
        }
    }

    /// <summary>Checks trainers that are to give probabilities.</summary>
    /// <exception cref="OptionException">One of them does not.</exception>
    public static void CheckProbabilities(IReadOnlyList<AnyMember> members, string remedy)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (!members[i].Info.GivesProbabilities)
                throw new OptionException(FormattableString.Invariant($"Member {i + 1}, {members[i]}, gives no probabilities. {remedy}"));
        }
    }

    /// <summary>What a trainer made of others needs and gives.</summary>
    public static TrainerInfo Info(IReadOnlyList<AnyMember> members, bool probabilities, bool weightsAreRepetitions = true) => new(
        NeedsNormalization: members.Any(m => m.Info.NeedsNormalization),
        SupportsWeights: weightsAreRepetitions && members.All(m => m.Info.SupportsWeights),
        SupportsSparse: members.All(m => m.Info.SupportsSparse),
        SupportsMissing: members.All(m => m.Info.SupportsMissing),
        GivesProbabilities: probabilities);

    /// <summary>How many classes a classifier tells apart.</summary>
    public static int ClassCount(IModelParameters model) => model is IMulticlassModel multiclass ? multiclass.ClassCount : 2;

    /// <summary>n × k probabilities of a classifier for two classes or several; certainty for what it predicts where it gives none for two.</summary>
    public static void Probabilities(IModelParameters model, FeatureMatrix features, int k, Span<float> probabilities)
    {
        if (model is not IBinaryModel binary || k != 2)
        {
            ((IMulticlassModel)model).Score(features, probabilities);
            return;
        }

        int n = features.Rows;
        float[] rented = ArrayPool<float>.Shared.Rent(2 * n);
        var scores = rented.AsSpan(0, n);
        var positive = rented.AsSpan(n, n);
        binary.Score(features, scores, binary.IsCalibrated ? positive : []);
        for (int row = 0; row < n; row++)
        {
            float p = binary.IsCalibrated ? positive[row] : scores[row] > 0 ? 1 : 0;
            (probabilities[2 * row], probabilities[(2 * row) + 1]) = (1 - p, p);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Reads a column of scores, scalar or of known size, of all rows.</summary>
    /// <returns>n × k values, row-major.</returns>
    public static (float[] Values, int Width) Read(IDataView view, string name, FitContext context)
    {
        var column = view.Schema[name];
        var values = new List<float>();
        int k = column.Type is VectorDataViewType vector ? vector.Size : 1;
        float[] row = new float[k];
        using var cursor = view.GetBatchCursor([column], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            if (cursor.Current[column.Index] is ScalarColumn<float> scalars)
            {
                values.AddRange(scalars.Values);
                continue;
            }

            for (int i = 0; i < cursor.Current.Count; i++)
            {
                cursor.Current.Vectors<float>(column.Index).CopyRowTo(i, row);
                values.AddRange(row);
            }
        }

        return ([.. values], k);
    }

    /// <summary>The number of rows of a view, by a pass where it does not know.</summary>
    public static int CountRows(IDataView view, FitContext context)
    {
        long rows = view.GetRowCount() ?? 0;
        if (view.GetRowCount() is null)
        {
            using var cursor = view.GetBatchCursor([], context.CancellationToken);
            while (cursor.MoveNext())
            {
                context.Checkpoint();
                rows += cursor.Current.Count;
            }
        }

        return rows <= int.MaxValue ? (int)rows : throw new DataException($"The data have {rows} rows; {int.MaxValue} is the most that can be chosen from.");
    }
}
