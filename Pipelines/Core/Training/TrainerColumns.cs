using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>The columns that a trainer reads, and the checks of their types before and at the fit.</summary>
/// <param name="Kind">What the label means.</param>
/// <param name="Features">The name of the feature column.</param>
/// <param name="Label">The name of the label column; null without a label.</param>
/// <param name="Weight">The name of the weight column; null without weights.</param>
internal sealed record TrainerColumns(LabelKind Kind, string Features, string? Label, string? Weight)
{
    public static TrainerColumns Of(TrainerInputBase options, LabelKind kind) => new(
        kind,
        options.FeatureColumnName,
        kind == LabelKind.None ? null : (options as TrainerInputBaseWithLabel)?.LabelColumnName,
        options switch
        {
            TrainerInputBaseWithWeight supervised => supervised.ExampleWeightColumnName,
            UnsupervisedTrainerInputBaseWithWeight unsupervised => unsupervised.ExampleWeightColumnName,
            _ => null,
        });

    public (DataViewSchema.Column Column, FeatureFormat Format) CheckFeatures(DataViewSchema schema, TrainerInfo info)
    {
        var column = Find(schema, Features, "feature column");
        return (column, FeatureColumns.FormatOf(column.Type, info.Features, info.ValuesPerStep) ?? throw FeatureColumns.Wrong(column, info.Features));
    }

    public DataViewSchema.Column? CheckLabel(DataViewSchema schema)
    {
        if (Label is null)
            return null;
        var column = Find(schema, Label, "label column");
        bool fits = Kind switch
        {
            LabelKind.Binary => column.Type is BooleanDataViewType,
            LabelKind.Multiclass => column.Type is KeyDataViewType { Count: <= int.MaxValue },
            _ => column.Type == NumberDataViewType.Single,
        };
        return fits ? column : throw WrongLabel(column.Type.ToString()!);
    }

    public DataViewSchema.Column? CheckWeight(DataViewSchema schema)
    {
        if (Weight is null)
            return null;
        var column = Find(schema, Weight, "weight column");
        return column.Type == NumberDataViewType.Single
            ? column
            : throw SchemaException.WrongType(Weight, "Single (a number)", column.Type.ToString()!);
    }

    /// <summary>The same checks on what is known before the fit.</summary>
    public void Check(SchemaShape shape, TrainerInfo info)
    {
        var features = Find(shape, Features, "feature column");
        if (!FeatureColumns.MayFit(features, info.Features))
            throw FeatureColumns.Wrong(features, info.Features);
        if (Label is not null)
        {
            var label = Find(shape, Label, "label column");
            bool fits = label.Kind == SchemaShape.Column.VectorKind.Scalar && Kind switch
            {
                LabelKind.Binary => label.ItemType is BooleanDataViewType,
                LabelKind.Multiclass => label.IsKey,
                _ => !label.IsKey && label.ItemType == NumberDataViewType.Single,
            };
            if (!fits)
                throw WrongLabel(label.TypeText);
        }

        if (Weight is not null && Find(shape, Weight, "weight column") is var weight
            && (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.IsKey || weight.ItemType != NumberDataViewType.Single))
        {
            throw SchemaException.WrongType(Weight, "Single (a number)", weight.TypeText);
        }
    }

    private SchemaException WrongLabel(string found) => Kind switch
    {
        LabelKind.Binary => SchemaException.WrongType(Label!, "a Boolean label", found,
            "For text or numbers, make one with Transforms.Conversion.MapValue or CustomMapping, or use MulticlassClassification."),
        LabelKind.Multiclass => SchemaException.WrongType(Label!, "a key label", found,
            $"Make one with Transforms.Conversion.MapValueToKey(\"{Label}\")."),
        _ => SchemaException.WrongType(Label!, "a label of type Single", found,
            "Load the column as a number."),
    };

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, schema.VisibleNames, role);

    private static SchemaShape.Column Find(SchemaShape shape, string name, string role) =>
        shape.TryFindColumn(name, out var column) ? column : throw SchemaException.MissingColumn(name, shape.Select(c => c.Name), role);
}
