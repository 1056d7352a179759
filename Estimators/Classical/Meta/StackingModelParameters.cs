using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The base of what stacking learned: members, and a final model of their predictions.</summary>
/// <typeparam name="TModel">The kind of models.</typeparam>
public abstract class StackingModelBase<TModel> : IModelParameters where TModel : class, IModelParameters
{
    private readonly StackedFeatures _stacked;

    private protected StackingModelBase(StackedFeatures stacked, TModel final)
    {
        ArgumentNullException.ThrowIfNull(final);
        if (stacked.Problem(final) is { } problem)
            throw new ArgumentException($"The models do not fit: {problem}.", nameof(final));
        (_stacked, Final) = (stacked, final);
    }

    /// <summary>The members' models, trained on all rows.</summary>
    public IReadOnlyList<IModelParameters> Members => _stacked.Members;

    /// <summary>The model of their predictions.</summary>
    public TModel Final { get; }

    /// <summary>Whether the final model reads the features too.</summary>
    public bool PassThrough => _stacked.PassThrough;

    /// <inheritdoc/>
    public int FeatureCount => _stacked.FeatureCount;

    /// <inheritdoc/>
    public bool ScoresSparse => _stacked.ScoresSparse;

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        _stacked.Save(context);
        context.SaveChild("Final", Final);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Stacking({Members.Count} members, {FeatureCount} features)");

    /// <summary>What the final model reads of rows.</summary>
    private protected FeatureMatrix Stacked(FeatureMatrix features) => _stacked.Of(features);

    private protected static (StackedFeatures Stacked, TModel Final) Read(ModelLoadContext context, LearningTask task)
    {
        var stacked = StackedFeatures.Load<TModel>(context, task);
        var final = context.LoadChild<TModel>("Final");
        return stacked.Problem(final) is { } problem ? throw context.Invalid(problem) : (stacked, final);
    }
}

/// <summary>What stacking learned of two classes.</summary>
public sealed class StackingBinaryModelParameters : StackingModelBase<IBinaryModel>, IBinaryModel
{
    internal const string Id = "MLPath.StackingBinary";

    internal StackingBinaryModelParameters(StackedFeatures stacked, IBinaryModel final) : base(stacked, final)
    {
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public bool IsCalibrated => Final.IsCalibrated;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities) => Final.Score(Stacked(features), scores, probabilities);

    internal static StackingBinaryModelParameters Load(ModelLoadContext context)
    {
        var (stacked, final) = Read(context, LearningTask.Binary);
        return new(stacked, final);
    }
}

/// <summary>What stacking learned of several classes.</summary>
public sealed class StackingMulticlassModelParameters : StackingModelBase<IMulticlassModel>, IMulticlassModel
{
    internal const string Id = "MLPath.StackingMulticlass";

    internal StackingMulticlassModelParameters(StackedFeatures stacked, IMulticlassModel final) : base(stacked, final)
    {
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public int ClassCount => Final.ClassCount;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => Final.Score(Stacked(features), scores);

    internal static StackingMulticlassModelParameters Load(ModelLoadContext context)
    {
        var (stacked, final) = Read(context, LearningTask.Multiclass);
        return new(stacked, final);
    }
}

/// <summary>What stacking learned of a number.</summary>
public sealed class StackingRegressionModelParameters : StackingModelBase<IRegressionModel>, IRegressionModel
{
    internal const string Id = "MLPath.StackingRegression";

    internal StackingRegressionModelParameters(StackedFeatures stacked, IRegressionModel final) : base(stacked, final)
    {
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => Final.Score(Stacked(features), scores);

    internal static StackingRegressionModelParameters Load(ModelLoadContext context)
    {
        var (stacked, final) = Read(context, LearningTask.Regression);
        return new(stacked, final);
    }
}
