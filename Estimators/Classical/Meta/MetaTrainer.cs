using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>
/// The base of trainers that are made of other trainers. Members learn from views of the same rows, so that any trainer can be one, whatever columns
/// it reads.
/// </summary>
/// <remarks>
/// Members read the view once each, and more often if they learn in passes: put <c>AppendCacheCheckpoint()</c> before the trainer where the steps
/// before it are slow.
/// </remarks>
/// <typeparam name="TTransformer">The transformer that holds the model.</typeparam>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class MetaTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>, Runtime.IHasOptions
    where TTransformer : class, IPredictionTransformer<TModel>
    where TModel : class, IModelParameters
{
    private readonly string _label;

    private protected MetaTrainer(string labelColumnName, IReadOnlyList<AnyMember> members)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        if (members.Count == 0)
            throw new Runtime.OptionException("There are no members; give at least one trainer.");
        (_label, Members) = (labelColumnName, members);
    }

    /// <inheritdoc/>
    public abstract TrainerInfo Info { get; }

    /// <inheritdoc/>
    public string LabelColumnName => _label;

    /// <inheritdoc/>
    public virtual IReadOnlyList<KeyValuePair<string, string>> OptionValues => [];

    /// <summary>The trainers that it is made of.</summary>
    private protected IReadOnlyList<AnyMember> Members { get; }

    /// <inheritdoc/>
    public TTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        // What is watched or continued belongs to the whole; a member sees other rows or labels.
        var (model, features) = Learn(input, context with { ValidationData = null, PreviousModel = null });
        return Wrap(model, features, input);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.TryFindColumn(_label, out var label))
            throw SchemaException.MissingColumn(_label, inputSchema.Select(c => c.Name), "label column");
        CheckLabel(label);
        foreach (var member in Members)
            member.GetOutputSchema(MemberSchema(inputSchema));
        return inputSchema.With(Outputs(label));
    }

    /// <summary>Learns a model, and says which column of features it reads.</summary>
    private protected abstract (TModel Model, string FeatureColumnName) Learn(IDataView input, FitContext context);

    private protected abstract TTransformer Wrap(TModel model, string featureColumnName, IDataView input);

    private protected abstract void CheckLabel(SchemaShape.Column label);

    private protected abstract IEnumerable<SchemaShape.Column> Outputs(SchemaShape.Column label);

    /// <summary>What members are given, where it differs from the input.</summary>
    private protected virtual SchemaShape MemberSchema(SchemaShape input) => input;

    /// <summary>The members in words.</summary>
    private protected string Words => string.Join(", ", Members);
}

/// <summary>The base of trainers for two classes that are made of other trainers.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class MetaBinaryTrainer<TModel> : MetaTrainer<BinaryPredictionTransformer<TModel>, TModel> where TModel : class, IBinaryModel
{
    private protected MetaBinaryTrainer(string labelColumnName, IReadOnlyList<AnyMember> members) : base(labelColumnName, members)
    {
    }

    private protected override BinaryPredictionTransformer<TModel> Wrap(TModel model, string featureColumnName, IDataView input) =>
        new(model, featureColumnName) { FittedOn = input.Lineage };

    private protected override void CheckLabel(SchemaShape.Column label)
    {
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.ItemType is not BooleanDataViewType)
            throw SchemaException.WrongType(label.Name, "a Boolean label", label.TypeText, "For several classes use MulticlassClassification.");
    }

    private protected override IEnumerable<SchemaShape.Column> Outputs(SchemaShape.Column label)
    {
        yield return new(PredictionColumns.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        yield return new(PredictionColumns.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
        if (Info.GivesProbabilities)
            yield return new(PredictionColumns.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
    }
}

/// <summary>The base of trainers for several classes that are made of other trainers.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class MetaMulticlassTrainer<TModel> : MetaTrainer<MulticlassPredictionTransformer<TModel>, TModel> where TModel : class, IMulticlassModel
{
    private protected MetaMulticlassTrainer(string labelColumnName, IReadOnlyList<AnyMember> members) : base(labelColumnName, members)
    {
    }

    private protected override MulticlassPredictionTransformer<TModel> Wrap(TModel model, string featureColumnName, IDataView input) =>
        new(model, featureColumnName, input.Schema[LabelColumnName].Annotations) { FittedOn = input.Lineage };

    private protected override void CheckLabel(SchemaShape.Column label)
    {
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.IsKey)
            throw SchemaException.WrongType(label.Name, "a key label", label.TypeText, $"Make one with Transforms.Conversion.MapValueToKey(\"{label.Name}\").");
    }

    private protected override IEnumerable<SchemaShape.Column> Outputs(SchemaShape.Column label)
    {
        var slotNames = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        yield return new(PredictionColumns.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape(label.Annotations.Where(a => a.Name == AnnotationKinds.KeyValues)), keyCount: label.KeyCount);
        yield return new(PredictionColumns.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([slotNames]), label.KeyCount is { } count ? [(int)count] : []);
    }
}

/// <summary>The base of trainers for numbers that are made of other trainers.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class MetaRegressionTrainer<TModel> : MetaTrainer<RegressionPredictionTransformer<TModel>, TModel> where TModel : class, IRegressionModel
{
    private protected MetaRegressionTrainer(string labelColumnName, IReadOnlyList<AnyMember> members) : base(labelColumnName, members)
    {
    }

    private protected override RegressionPredictionTransformer<TModel> Wrap(TModel model, string featureColumnName, IDataView input) =>
        new(model, featureColumnName) { FittedOn = input.Lineage };

    private protected override void CheckLabel(SchemaShape.Column label)
    {
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.IsKey || label.ItemType != NumberDataViewType.Single)
            throw SchemaException.WrongType(label.Name, "a label of type Single", label.TypeText, "Load the column as a number.");
    }

    private protected override IEnumerable<SchemaShape.Column> Outputs(SchemaShape.Column label) =>
        [new(PredictionColumns.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false)];
}
