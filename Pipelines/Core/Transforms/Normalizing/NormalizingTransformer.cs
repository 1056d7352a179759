using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>Brings the numbers of columns to the scale that <see cref="NormalizingEstimator"/> learned.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.Normalize";

    private readonly Normalizer[] _normalizers;
    private readonly string _description;

    internal NormalizingTransformer(IEnumerable<InputOutputColumnPair> columns, Normalizer[] normalizers, string description) : base(columns) =>
        (_normalizers, _description) = (normalizers, description);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>What was learned of one column.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    /// <returns>
    /// <see cref="AffineNormalizerModelParameters{TData}"/>, <see cref="CdfNormalizerModelParameters{TData}"/> or
    /// <see cref="BinNormalizerModelParameters{TData}"/>, of float or double for a scalar, of an ImmutableArray of these for a vector.
    /// </returns>
    public NormalizerModelParametersBase GetNormalizerModelParameters(int columnIndex) => _normalizers[columnIndex].Parameters;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Description", _description);
        context.Write("Kinds", [.. _normalizers.Select(n => n.Kind)]);
        context.Write("Types", [.. _normalizers.Select(n => n.TypeText)]);
        for (int i = 0; i < _normalizers.Length; i++)
            _normalizers[i].Save(context, $"Column{i}");
    }

    /// <inheritdoc/>
    public override string ToString() => _description;

    internal static NormalizingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        string[] kinds = context.ReadStrings("Kinds");
        string[] types = context.ReadStrings("Types");
        if (kinds.Length != columns.Count || types.Length != columns.Count)
            throw context.Invalid("it does not have one function for each column");
        return new NormalizingTransformer(
            columns, [.. kinds.Select((kind, i) => Normalizer.Load(context, kind, types[i], $"Column{i}"))], context.ReadString("Description"));
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (!NormalizingEstimator.CanNormalize(SchemaShape.Column.Create(input)))
            throw NormalizingEstimator.WrongInput(input.Name, input.Type.ToString()!);
        var normalizer = _normalizers[index];
        if (!normalizer.Fits(input.Type))
            throw SchemaException.WrongType(input.Name, $"{normalizer.TypeText}, as in training,", input.Type.ToString()!);
        var annotations = new DataViewSchema.Annotations.Builder()
            .Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames)
            .Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        return normalizer.ToFunction(input, new(Columns[index].OutputColumnName, input.Type, annotations.ToAnnotations()));
    }
}
