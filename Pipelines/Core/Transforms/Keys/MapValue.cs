using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Replaces values by others, after a table that is given: "malignant" by true, 1 by "first class", "summer" by (6, 7, 8). A value that is not in the table
/// becomes missing: NaN, empty text, key 0, 0 or false, and a vector of these. Learns nothing.
/// </summary>
/// <remarks>
/// Items of vectors are replaced one by one. Where the table gives vectors, the column holds scalars; the vectors have their own lengths unless all have
/// the same.
/// </remarks>
public sealed class ValueMappingEstimator : OneToOneEstimator<ValueMappingTransformer>
{
    private readonly ValueMappingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="keys">The values to replace, each once: a column of any type but keys and vectors.</param>
    /// <param name="values">As many values that replace them: a column of any type.</param>
    /// <exception cref="ArgumentException">The table is empty, names a value twice, or its columns differ in length.</exception>
    public ValueMappingEstimator(IEnumerable<InputOutputColumnPair> columns, ColumnBuffer keys, ColumnBuffer values) : base(columns) =>
        _transformer = new ValueMappingTransformer(Columns, ValueTable.Create(keys, values, DataViewSchema.Annotations.Empty));

    /// <summary>Creates the estimator from two columns of a view.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="lookupMap">The view, which is read once, now.</param>
    /// <param name="keyColumn">Its column of the values to replace, each once: any type but keys and vectors.</param>
    /// <param name="valueColumn">Its column of the values that replace them: any type. What keys stand for is kept.</param>
    /// <exception cref="ArgumentException">The table is empty, or names a value twice.</exception>
    public ValueMappingEstimator(
        IEnumerable<InputOutputColumnPair> columns, IDataView lookupMap, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn) : base(columns)
    {
        ArgumentNullException.ThrowIfNull(lookupMap);
        var keys = ColumnBuffer.Create(keyColumn.Type);
        var values = ColumnBuffer.Create(valueColumn.Type);
        using var cursor = lookupMap.GetBatchCursor([keyColumn, valueColumn]);
        while (cursor.MoveNext())
        {
            keys.Append(cursor.Current[keyColumn.Index]);
            values.Append(cursor.Current[valueColumn.Index]);
        }

        _transformer = new ValueMappingTransformer(Columns, ValueTable.Create(keys, values, valueColumn.Annotations));
    }

    private ValueMappingEstimator(IEnumerable<InputOutputColumnPair> columns, ValueTable table) : base(columns) =>
        _transformer = new ValueMappingTransformer(Columns, table);

    /// <summary>Creates the estimator from pairs of .NET values.</summary>
    /// <typeparam name="TInput">The type of the values to replace: <see cref="string"/>, a number, <see cref="bool"/>, a date or time.</typeparam>
    /// <typeparam name="TOutput">The type of the values that replace them.</typeparam>
    /// <param name="column">The column to make, and of which.</param>
    /// <param name="pairs">The table: each value to replace once.</param>
    /// <param name="treatValuesAsKeyType">
    /// Whether keys replace the values: unsigned integers are the keys' numbers, up to the greatest of them; of other types each different value gets a
    /// key, which stands for it, in the order of the table.
    /// </param>
    /// <exception cref="ArgumentException">The table is empty, names a value twice, or maps other types.</exception>
    public static ValueMappingEstimator Create<TInput, TOutput>(
        InputOutputColumnPair column, IReadOnlyCollection<KeyValuePair<TInput, TOutput>> pairs, bool treatValuesAsKeyType = false)
    {
        var keys = LookupColumns.Scalars(pairs.Select(p => p.Key));
        var values = LookupColumns.Scalars(pairs.Select(p => p.Value));
        var (buffer, annotations) = treatValuesAsKeyType ? LookupColumns.AsKeys(values) : (values, DataViewSchema.Annotations.Empty);
        return new([column], ValueTable.Create(keys, buffer, annotations));
    }

    /// <summary>Creates the estimator from pairs of .NET values and arrays.</summary>
    /// <typeparam name="TInput">The type of the values to replace: <see cref="string"/>, a number, <see cref="bool"/>, a date or time.</typeparam>
    /// <typeparam name="TOutput">The type of the items of the vectors that replace them.</typeparam>
    /// <param name="column">The column to make, and of which, which holds scalars.</param>
    /// <param name="pairs">The table: each value to replace once.</param>
    /// <exception cref="ArgumentException">The table is empty, names a value twice, or maps other types.</exception>
    public static ValueMappingEstimator CreateOfVectors<TInput, TOutput>(
        InputOutputColumnPair column, IReadOnlyCollection<KeyValuePair<TInput, TOutput[]>> pairs) =>
        new([column], ValueTable.Create(
            LookupColumns.Scalars(pairs.Select(p => p.Key)), LookupColumns.Vectors([.. pairs.Select(p => p.Value)]), DataViewSchema.Annotations.Empty));

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override ValueMappingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context) => _transformer;

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        var table = _transformer.Table;
        bool isScalar = input.Kind == SchemaShape.Column.VectorKind.Scalar;
        if (input.IsKey || !input.ItemType.Equals(table.KeyType) || (table.ValueType is VectorDataViewType && !isScalar))
            throw ValueMappingTransformer.WrongInput(input.Name, input.TypeText, table);
        var values = table.ValueShape;
        return table.ValueType is VectorDataViewType
            ? values.Rename(outputColumnName)
            : new SchemaShape.Column(outputColumnName, input.Kind, values.ItemType, values.IsKey, values.Annotations, input.Dimensions, values.KeyCount);
    }
}

/// <summary>Replaces values by others, after a table. Items of vectors are replaced one by one.</summary>
public sealed class ValueMappingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.MapValue";

    internal ValueMappingTransformer(IEnumerable<InputOutputColumnPair> columns, ValueTable table) : base(columns) => Table = table;

    /// <summary>The type of the values that are replaced.</summary>
    public PrimitiveDataViewType KeyType => Table.KeyType;

    /// <summary>The type of the values that replace them.</summary>
    public DataViewType ValueType => Table.ValueType;

    /// <summary>The table as texts: each value that is replaced, and what replaces it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => Table.Pairs;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    internal ValueTable Table { get; }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        Table.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        const int Shown = 3;
        string pairs = string.Join(", ", Pairs.Take(Shown).Select(p => $"{p.Key} → {p.Value}"));
        return InputOutputColumnPair.Describe("MapValue", Columns, pairs + (Pairs.Count > Shown ? $", … ({Pairs.Count} in all)" : ""));
    }

    internal static ValueMappingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        return new ValueMappingTransformer(columns, ValueTable.Load(context));
    }

    internal static SchemaException WrongInput(string name, string found, ValueTable table) => SchemaException.WrongType(
        name, table.ValueType is VectorDataViewType ? $"a scalar of {table.KeyType}, as a table of vectors maps," : $"{table.KeyType}, the type of the table's keys,", found);

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        bool ofVectors = Table.ValueType is VectorDataViewType;
        if (!input.Type.ItemTypeOrSelf.Equals(KeyType) || (ofVectors && input.Type is VectorDataViewType))
            throw WrongInput(input.Name, input.Type.ToString()!, Table);
        var type = ofVectors ? Table.ValueType : WithItems(input.Type, (PrimitiveDataViewType)Table.ValueType);
        return Table.ToFunction(input, new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, type, Table.ValueAnnotations));
    }
}
