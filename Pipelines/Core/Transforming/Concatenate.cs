using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Joins number columns, scalars and vectors, into one vector of <see cref="NumberDataViewType.Single"/>: the features that trainers read.
/// Booleans become 0 and 1, other numbers are converted. Learns nothing.
/// </summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly ColumnConcatenatingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns to join, in order, at least one.</param>
    public ColumnConcatenatingEstimator(string outputColumnName, params string[] inputColumnNames) =>
        _transformer = new ColumnConcatenatingTransformer(outputColumnName, inputColumnNames);

    /// <inheritdoc/>
    public ColumnConcatenatingTransformer Fit(IDataView input, FitContext context)
    {
        _ = _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        int? size = 0;
        foreach (string name in _transformer.InputColumnNames)
        {
            var column = inputSchema[name];
            if (column.IsKey || column.Kind == SchemaShape.Column.VectorKind.VariableVector || !ColumnConcatenatingTransformer.CanJoin(column.ItemType))
                throw ColumnConcatenatingTransformer.WrongInput(name, column.TypeText);
            size += column.Kind == SchemaShape.Column.VectorKind.Scalar ? 1 : column.Size;
        }

        return inputSchema.With(new SchemaShape.Column(
            _transformer.OutputColumnName,
            SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single,
            isKey: false,
            new SchemaShape([PredictionColumns.Text(AnnotationKinds.SlotNames)]),
            size is { } known ? [known] : []));
    }

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();
}

/// <summary>Joins number columns into one vector. Its slots are named after the columns and their slots.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.Concatenate";

    /// <summary>Creates the transformer.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns to join, in order, at least one.</param>
    public ColumnConcatenatingTransformer(string outputColumnName, params IReadOnlyList<string> inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnNames.Count == 0)
            throw new ArgumentException($"Concatenate(\"{outputColumnName}\", …) needs at least one column to join.", nameof(inputColumnNames));
        (OutputColumnName, InputColumnNames) = (outputColumnName, [.. inputColumnNames]);
    }

    /// <summary>The column made.</summary>
    public string OutputColumnName { get; }

    /// <summary>The columns joined, in order.</summary>
    public IReadOnlyList<string> InputColumnNames { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", OutputColumnName);
        context.Write("Inputs", InputColumnNames);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        InputColumnNames.Count <= 6
            ? $"Concatenate({OutputColumnName} ← {string.Join(", ", InputColumnNames)})"
            : $"Concatenate({OutputColumnName} ← {string.Join(", ", InputColumnNames.Take(4))}, … {InputColumnNames[^1]}; {InputColumnNames.Count} columns)";

    internal static ColumnConcatenatingTransformer Load(ModelLoadContext context)
    {
        string[] inputs = context.ReadStrings("Inputs");
        return inputs.Length > 0 ? new(context.ReadString("Output"), inputs) : throw context.Invalid("it joins no columns");
    }

    internal static bool CanJoin(PrimitiveDataViewType type) => type is NumberDataViewType or BooleanDataViewType;

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "a number, a Boolean, or a vector of known size of these,", found,
        "Encode categories with Transforms.Categorical.OneHotEncoding first.");

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var columns = InputColumnNames.Select(name => inputSchema[name]).ToArray();
        foreach (var column in columns)
        {
            if (!CanJoin(column.Type.ItemTypeOrSelf) || column.Type.ValueCount == 0)
                throw WrongInput(column.Name, column.Type.ToString()!);
        }

        int size = columns.Sum(c => c.Type.ValueCount);
        var slotNames = new DataViewSchema.Annotations.Builder().AddSlotNames([.. columns.SelectMany(SlotNames)]);
        if (Array.TrueForAll(columns, c => c.IsNormalized()))
            slotNames.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        var output = new DataViewSchema.DetachedColumn(
            OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, size), slotNames.ToAnnotations());

        yield return new ColumnFunction(columns, [output], () =>
        {
            var copiers = columns.Select(c => c.Type.Accept(new CopierFactory(c))).ToArray();
            return (batch, outputs) =>
            {
                var block = ((VectorColumn<float>)outputs[0]!).AllocateDense(batch.Count);
                int offset = 0;
                for (int i = 0; i < copiers.Length; i++)
                {
                    copiers[i](batch, block, offset, size);
                    offset += columns[i].Type.ValueCount;
                }
            };
        });
    }

    private static IEnumerable<string> SlotNames(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType && column.HasSlotNames()
            ? column.SlotNamesOrDefault().Select(slot => $"{column.Name}.{slot}")
            : column.SlotNamesOrDefault();

    /// <summary>Writes one input column of a batch into the joined block: row r at r × stride + offset.</summary>
    private delegate void Copier(RowBatch batch, Span<float> block, int offset, int stride);

    private sealed class CopierFactory(DataViewSchema.Column column) : IRawTypeVisitor<Copier>
    {
        public Copier Visit<T>()
        {
            int index = column.Index;
            var convert = NumberConversion.ToSingle<T>();
            if (column.Type is not VectorDataViewType)
            {
                return (batch, block, offset, stride) =>
                {
                    var values = batch.Scalars<T>(index);
                    for (int row = 0; row < values.Length; row++)
                        block[(row * stride) + offset] = convert(values[row]);
                };
            }

            T[] scratch = new T[column.Type.ValueCount];
            return (batch, block, offset, stride) =>
            {
                var vectors = batch.Vectors<T>(index);
                for (int row = 0; row < vectors.Count; row++)
                {
                    vectors.CopyRowTo(row, scratch);
                    for (int i = 0; i < scratch.Length; i++)
                        block[(row * stride) + offset + i] = convert(scratch[i]);
                }
            };
        }
    }
}
