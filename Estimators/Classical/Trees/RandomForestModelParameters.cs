using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A random forest that gives a probability for each class: the mean of what its trees give.</summary>
/// <remarks>A row with a missing feature (NaN) gets NaN for every class.</remarks>
public sealed class RandomForestModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.RandomForest";

    private readonly DecisionTree[] _trees;

    internal RandomForestModelParameters(DecisionTree[] trees, int featureCount, double? outOfBagScore)
    {
        (_trees, FeatureCount, OutOfBagScore) = (trees, featureCount, outOfBagScore);
        FeatureImportances = TreeEnsemble.Importances(trees, featureCount);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override int ClassCount => _trees[0].ValueCount;

    /// <summary>The trees, in the order in which their predictions are summed.</summary>
    public IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>
    /// The accuracy, from 0 to 1, on the training rows when each is predicted by the trees that did not learn from it; null without
    /// bootstrap, and when every tree learned from every row.
    /// </summary>
    public double? OutOfBagScore { get; }

    /// <summary>
    /// By how much the splits of each of the d features lowered impurity, as parts of 1, averaged over the trees; all 0 when no tree has a
    /// split.
    /// </summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores) => TreeEnsemble.Average(_trees, features, scores);

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("FeatureCount", FeatureCount);
        context.Write("OutOfBagScore", OutOfBagScore ?? double.NaN);
        DecisionTreeArrays.Write(context, _trees);
    }

    /// <inheritdoc/>
    public override string ToString() => $"RandomForest({_trees.Length} trees, {ClassCount} classes, {FeatureCount} features)";

    internal static RandomForestModelParameters Load(ModelLoadContext context)
    {
        int featureCount = DecisionTreeArrays.ReadFeatureCount(context);
        double score = context.ReadDouble("OutOfBagScore");
        return new(DecisionTreeArrays.Read(context, featureCount), featureCount, double.IsNaN(score) ? null : score);
    }
}

/// <summary>A random forest that predicts a number: the mean of what its trees predict.</summary>
/// <remarks>A row with a missing feature (NaN) gets NaN.</remarks>
public sealed class RandomForestRegressionModelParameters : IRegressionModel
{
    internal const string Id = "MLPath.RandomForestRegression";

    private readonly DecisionTree[] _trees;

    internal RandomForestRegressionModelParameters(DecisionTree[] trees, int featureCount, double? outOfBagScore)
    {
        (_trees, FeatureCount, OutOfBagScore) = (trees, featureCount, outOfBagScore);
        FeatureImportances = TreeEnsemble.Importances(trees, featureCount);
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <summary>The trees, in the order in which their predictions are summed.</summary>
    public IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>
    /// R², at most 1, on the training rows when each is predicted by the trees that did not learn from it; null without bootstrap, when
    /// every tree learned from every row, and when all labels are the same.
    /// </summary>
    public double? OutOfBagScore { get; }

    /// <summary>
    /// By how much the splits of each of the d features lowered variance, as parts of 1, averaged over the trees; all 0 when no tree has a
    /// split.
    /// </summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => TreeEnsemble.Average(_trees, features, scores);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write("FeatureCount", FeatureCount);
        context.Write("OutOfBagScore", OutOfBagScore ?? double.NaN);
        DecisionTreeArrays.Write(context, _trees);
    }

    /// <inheritdoc/>
    public override string ToString() => $"RandomForest({_trees.Length} trees, {FeatureCount} features)";

    internal static RandomForestRegressionModelParameters Load(ModelLoadContext context)
    {
        int featureCount = DecisionTreeArrays.ReadFeatureCount(context);
        double score = context.ReadDouble("OutOfBagScore");
        var trees = DecisionTreeArrays.Read(context, featureCount);
        return trees[0].ValueCount == 1
            ? new(trees, featureCount, double.IsNaN(score) ? null : score)
            : throw context.Invalid($"a node that predicts a number has one value, and these have {trees[0].ValueCount}");
    }
}
