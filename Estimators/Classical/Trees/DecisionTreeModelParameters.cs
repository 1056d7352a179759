using MLPath.Data;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A decision tree that gives a probability for each class: the frequency of the class among the training rows of a leaf.
/// </summary>
/// <remarks>A row with a missing feature (NaN) gets NaN for every class.</remarks>
public sealed class DecisionTreeModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.DecisionTree";

    private readonly DecisionTree[] _trees;

    internal DecisionTreeModelParameters(DecisionTree tree, int featureCount)
    {
        (_trees, FeatureCount) = ([tree], featureCount);
        FeatureImportances = TreeEnsemble.Importances(_trees, featureCount);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override int ClassCount => Tree.ValueCount;

    /// <summary>The tree; the values of a node are the frequencies of the classes.</summary>
    public DecisionTree Tree => _trees[0];

    /// <summary>
    /// By how much the splits of each of the d features lowered impurity, as parts of 1; all 0 when the tree has no splits.
    /// </summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <summary>The tree as text, one node a line.</summary>
    /// <param name="featureNames">The names of the d features; f0, f1, … when omitted.</param>
    /// <param name="classNames">What the k classes stand for; class 0, class 1, … when omitted.</param>
    /// <param name="maximumDepth">What lies deeper is only counted. Default 10.</param>
    public string ToText(IReadOnlyList<string>? featureNames = null, IReadOnlyList<string>? classNames = null, int maximumDepth = 10) =>
        DecisionTreeText.Write(ToReportTree(featureNames, classNames, maximumDepth));

    /// <summary>The tree for a report.</summary>
    /// <inheritdoc cref="ToText"/>
    public ReportTreeNode ToReportTree(
        IReadOnlyList<string>? featureNames = null, IReadOnlyList<string>? classNames = null, int maximumDepth = 10)
    {
        var features = DecisionTreeText.Names(featureNames, FeatureCount, "f", nameof(featureNames));
        var classes = DecisionTreeText.Names(classNames, ClassCount, "class ", nameof(classNames));
        return DecisionTreeText.Draw(Tree, features, maximumDepth, value =>
        {
            int best = Numerics.Dense.ArgMax(value);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{classes[best]} ({100 * value[best]:0.#} %)");
        });
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores) => TreeEnsemble.Average(_trees, features, scores);

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("FeatureCount", FeatureCount);
        DecisionTreeArrays.Write(context, _trees);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"DecisionTree({Tree.LeafCount} leaves, depth {Tree.Depth}, {ClassCount} classes, {FeatureCount} features)";

    internal static DecisionTreeModelParameters Load(ModelLoadContext context)
    {
        int featureCount = DecisionTreeArrays.ReadFeatureCount(context);
        return new(DecisionTreeArrays.ReadOne(context, featureCount), featureCount);
    }
}

/// <summary>A decision tree that predicts a number: the mean of the label over the training rows of a leaf.</summary>
/// <remarks>A row with a missing feature (NaN) gets NaN.</remarks>
public sealed class DecisionTreeRegressionModelParameters : IRegressionModel
{
    internal const string Id = "MLPath.DecisionTreeRegression";

    private readonly DecisionTree[] _trees;

    internal DecisionTreeRegressionModelParameters(DecisionTree tree, int featureCount)
    {
        (_trees, FeatureCount) = ([tree], featureCount);
        FeatureImportances = TreeEnsemble.Importances(_trees, featureCount);
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <summary>The tree; the value of a node is the mean of the label.</summary>
    public DecisionTree Tree => _trees[0];

    /// <summary>
    /// By how much the splits of each of the d features lowered variance, as parts of 1; all 0 when the tree has no splits.
    /// </summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <summary>The tree as text, one node a line.</summary>
    /// <param name="featureNames">The names of the d features; f0, f1, … when omitted.</param>
    /// <param name="maximumDepth">What lies deeper is only counted. Default 10.</param>
    public string ToText(IReadOnlyList<string>? featureNames = null, int maximumDepth = 10) =>
        DecisionTreeText.Write(ToReportTree(featureNames, maximumDepth));

    /// <summary>The tree for a report.</summary>
    /// <inheritdoc cref="ToText"/>
    public ReportTreeNode ToReportTree(IReadOnlyList<string>? featureNames = null, int maximumDepth = 10) => DecisionTreeText.Draw(
        Tree, DecisionTreeText.Names(featureNames, FeatureCount, "f", nameof(featureNames)), maximumDepth,
        value => value[0].ToString("G6", System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => TreeEnsemble.Average(_trees, features, scores);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write("FeatureCount", FeatureCount);
        DecisionTreeArrays.Write(context, _trees);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"DecisionTree({Tree.LeafCount} leaves, depth {Tree.Depth}, {FeatureCount} features)";

    internal static DecisionTreeRegressionModelParameters Load(ModelLoadContext context)
    {
        int featureCount = DecisionTreeArrays.ReadFeatureCount(context);
        var tree = DecisionTreeArrays.ReadOne(context, featureCount);
        return tree.ValueCount == 1
            ? new(tree, featureCount)
            : throw context.Invalid($"a node that predicts a number has one value, and these have {tree.ValueCount}");
    }
}
