using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The models of an ensemble, each with its weight and the features that it reads.</summary>
public sealed class EnsembleMembers
{
    private readonly IModelParameters[] _models;
    private readonly double[] _weights;
    private readonly int[][] _features;

    /// <summary>Creates the members.</summary>
    /// <param name="featureCount">d, the number of features of the whole.</param>
    /// <param name="models">The models, at least one.</param>
    /// <param name="weights">How much each of them counts, not negative, not all 0; empty when all count alike.</param>
    /// <param name="features">For each model the features that it reads, rising; empty for one that reads all. Null when all read all.</param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public EnsembleMembers(int featureCount, IReadOnlyList<IModelParameters> models, ReadOnlySpan<double> weights = default, IReadOnlyList<int[]>? features = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        (FeatureCount, _models) = (featureCount, [.. models]);
        _weights = weights.IsEmpty ? [.. models.Select(_ => 1.0)] : weights.ToArray();
        _features = features is null ? [.. models.Select(_ => Array.Empty<int>())] : [.. features];
        if (Problem(featureCount, _models, _weights, _features) is { } problem)
            throw new ArgumentException($"The members do not fit: {problem}.", nameof(models));
        Total = _weights.Sum();
    }

    /// <summary>d, the number of features.</summary>
    public int FeatureCount { get; }

    /// <summary>What the whole scores: what its models do, unless they read parts of a vector.</summary>
    public FeatureFormat InputFormat => Array.TrueForAll(_features, f => f.Length == 0) ? _models[0].InputFormat : FeatureFormat.Vector(FeatureCount);

    /// <summary>The models.</summary>
    public IReadOnlyList<IModelParameters> Models => _models;

    /// <summary>How much each model counts.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>For each model the features that it reads; empty for one that reads all.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Features => _features;

    /// <summary>The sum of the weights.</summary>
    internal double Total { get; }

    internal bool ScoresSparse => Array.TrueForAll(_models, m => m.ScoresSparse) && Array.TrueForAll(_features, f => f.Length == 0);

    internal void Save(ModelSaveContext context)
    {
        context.Write("FeatureCount", FeatureCount);
        context.WriteArray<double>("Weights", _weights);
        context.WriteArray<int>("FeatureCounts", [.. _features.Select(f => f.Length)]);
        context.WriteArray<int>("Features", [.. _features.SelectMany(f => f)]);
        context.SaveChildren("Members", _models);
    }

    internal static EnsembleMembers Load<TModel>(ModelLoadContext context) where TModel : class, IModelParameters
    {
        int d = context.ReadInt32("FeatureCount");
        double[] weights = context.ReadArray<double>("Weights");
        int[] counts = context.ReadArray<int>("FeatureCounts", weights.Length), all = context.ReadArray<int>("Features");
        if (Array.Exists(counts, n => n < 0) || counts.Sum(n => (long)n) != all.Length)
            throw context.Invalid("the members' features are not as many as it says");
        int next = 0;
        int[][] features = [.. counts.Select(n => all[next..(next += n)])];
        IModelParameters[] models = [.. context.LoadChildren<TModel>("Members")];
        return Problem(d, models, weights, features) is { } problem ? throw context.Invalid(problem) : new(d, models, weights, features);
    }

    /// <summary>The features that a member reads; nothing is copied when it reads all.</summary>
    internal FeatureMatrix Read(int member, FeatureMatrix features)
    {
        int[] chosen = _features[member];
        if (chosen.Length == 0)
            return features;
        float[] values = new float[features.Rows * chosen.Length];
        for (int row = 0; row < features.Rows; row++)
        {
            var from = features.Row(row);
            for (int j = 0; j < chosen.Length; j++)
                values[(row * chosen.Length) + j] = from[chosen[j]];
        }

        return new(features.Rows, chosen.Length, values);
    }

    private static string? Problem(int d, IModelParameters[] models, double[] weights, int[][] features)
    {
        if (d < 0 || models.Length == 0 || weights.Length != models.Length || features.Length != models.Length)
            return "there is at least one model, with a weight and features for each";
        if (!Array.TrueForAll(weights, w => w >= 0 && double.IsFinite(w)) || !(weights.Sum() > 0))
            return "weights are finite and not negative, and one is positive";
        if (d == 0 && !Array.TrueForAll(models, m => m.InputFormat.Equals(models[0].InputFormat)))
            return "all models read the same tokens or time steps";
        for (int i = 0; i < models.Length; i++)
        {
            int[] chosen = features[i];
            if (models[i].FeatureCount != (chosen.Length == 0 ? d : chosen.Length))
                return "each model reads as many features as it was trained on";
            for (int j = 0; j < chosen.Length; j++)
            {
                if (chosen[j] < (j == 0 ? 0 : chosen[j - 1] + 1) || chosen[j] >= d)
                    return "each model's features rise and lie among those of the whole";
            }
        }

        return null;
    }
}
