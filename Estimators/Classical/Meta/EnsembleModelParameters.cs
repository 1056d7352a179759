using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How classifiers are combined.</summary>
public enum VotingKind
{
    /// <summary>The weighted mean of their probabilities.</summary>
    Soft,

    /// <summary>Each votes for one class with its weight; the shares of the votes stand for probabilities.</summary>
    Hard,
}

/// <summary>Several classifiers that decide together, of two classes or of several.</summary>
public sealed class EnsembleModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.Ensemble";

    /// <summary>Creates a model.</summary>
    /// <param name="members">Models of two classes, or of the same several classes.</param>
    /// <param name="voting">How they are combined.</param>
    /// <exception cref="ArgumentException">A model is no classifier, or they tell different classes apart.</exception>
    public EnsembleModelParameters(EnsembleMembers members, VotingKind voting = VotingKind.Soft)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (Problem(members) is { } problem)
            throw new ArgumentException($"The members do not fit: {problem}.", nameof(members));
        (Members, Voting, ClassCount) = (members, voting, MemberModels.ClassCount(members.Models[0]));
    }

    /// <summary>The models, each with its weight and the features that it reads.</summary>
    public EnsembleMembers Members { get; }

    /// <summary>How they are combined.</summary>
    public VotingKind Voting { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount => Members.FeatureCount;

    /// <inheritdoc/>
    public override FeatureFormat InputFormat => Members.InputFormat;

    /// <inheritdoc/>
    public override int ClassCount { get; }

    /// <inheritdoc/>
    public override bool ScoresSparse => Members.ScoresSparse;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteEnum(nameof(Voting), Voting);
        Members.Save(context);
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, length = features.Rows * k;
        float[] rented = ArrayPool<float>.Shared.Rent(length);
        double[] sums = ArrayPool<double>.Shared.Rent(length);
        var one = rented.AsSpan(0, length);
        var sum = sums.AsSpan(0, length);
        sum.Clear();
        for (int member = 0; member < Members.Models.Count; member++)
        {
            MemberModels.Probabilities(Members.Models[member], Members.Read(member, features), k, one);
            double share = Members.Weights[member] / Members.Total;
            if (Voting == VotingKind.Hard)
                KeepGreatest(one, k);
            for (int i = 0; i < length; i++)
                sum[i] += share * one[i];
        }

        for (int i = 0; i < length; i++)
            scores[i] = (float)sum[i];
        ArrayPool<float>.Shared.Return(rented);
        ArrayPool<double>.Shared.Return(sums);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Ensemble({Members.Models.Count} members, {ClassCount} classes, {FeatureCount} features)");

    internal static EnsembleModelParameters Load(ModelLoadContext context)
    {
        var voting = context.ReadEnum<VotingKind>(nameof(Voting));
        var members = EnsembleMembers.Load<IModelParameters>(context);
        return Problem(members) is { } problem ? throw context.Invalid(problem) : new(members, voting);
    }

    // The first of the greatest becomes 1, as the predicted label is chosen; the others 0.
    private static void KeepGreatest(Span<float> probabilities, int k)
    {
        for (int start = 0; start < probabilities.Length; start += k)
        {
            var row = probabilities.Slice(start, k);
            int best = 0;
            for (int c = 1; c < k; c++)
                best = row[c] > row[best] ? c : best;
            row.Clear();
            row[best] = 1;
        }
    }

    private static string? Problem(EnsembleMembers members)
    {
        if (!members.Models.All(m => m is IMulticlassModel or IBinaryModel))
            return "each model is a classifier";
        int k = MemberModels.ClassCount(members.Models[0]);
        return members.Models.All(m => MemberModels.ClassCount(m) == k) ? null : "all models tell the same classes apart";
    }
}

/// <summary>Several regression models, of whose predictions the weighted mean is taken.</summary>
public sealed class EnsembleRegressionModelParameters : IRegressionModel
{
    internal const string Id = "MLPath.EnsembleRegression";

    /// <summary>Creates a model.</summary>
    /// <param name="members">Models that predict the same number.</param>
    /// <exception cref="ArgumentException">A model predicts no number.</exception>
    public EnsembleRegressionModelParameters(EnsembleMembers members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (!members.Models.All(m => m is IRegressionModel))
            throw new ArgumentException("The members do not fit: each model predicts a number.", nameof(members));
        Members = members;
    }

    /// <summary>The models, each with its weight and the features that it reads.</summary>
    public EnsembleMembers Members { get; }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => Members.FeatureCount;

    /// <inheritdoc/>
    public FeatureFormat InputFormat => Members.InputFormat;

    /// <inheritdoc/>
    public bool ScoresSparse => Members.ScoresSparse;

    /// <inheritdoc/>
    public void Save(ModelSaveContext context) => Members.Save(context);

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int n = features.Rows;
        float[] rented = ArrayPool<float>.Shared.Rent(n);
        double[] sums = ArrayPool<double>.Shared.Rent(n);
        var one = rented.AsSpan(0, n);
        var sum = sums.AsSpan(0, n);
        sum.Clear();
        for (int member = 0; member < Members.Models.Count; member++)
        {
            ((IRegressionModel)Members.Models[member]).Score(Members.Read(member, features), one);
            double share = Members.Weights[member] / Members.Total;
            for (int i = 0; i < n; i++)
                sum[i] += share * one[i];
        }

        for (int i = 0; i < n; i++)
            scores[i] = (float)sum[i];
        ArrayPool<float>.Shared.Return(rented);
        ArrayPool<double>.Shared.Return(sums);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Ensemble({Members.Models.Count} members, {FeatureCount} features)");

    internal static EnsembleRegressionModelParameters Load(ModelLoadContext context) => new(EnsembleMembers.Load<IRegressionModel>(context));
}
