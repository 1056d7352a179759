using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms.Expressions;

namespace MLPath.Transforms;

/// <summary>
/// Computes a column from others by an expression, written as text: <c>(x, y) => log(y) + x</c>. Learns nothing.
/// </summary>
/// <remarks>
/// <para><b>Form.</b> The parameters, as many as there are input columns and in their order; then <c>=></c> (or <c>:</c>); then what is
/// computed. A single parameter needs no parentheses. Names are case-sensitive. <c>// …</c> and <c>/* … */</c> are comments.</para>
/// <para><b>Types.</b> Int32, Int64, Single, Double, Boolean and Text; narrower integers are widened. Literals: <c>17</c>, <c>17L</c> and
/// <c>0xFF</c> are integers (Int64 with L, or where Int32 cannot hold them); <c>1.5</c> is Single, as <c>2f</c> is; <c>1.5d</c> is Double;
/// <c>true</c>, <c>false</c>; <c>"text"</c> with <c>\n \t \" \\ \u00E9</c>. Two numbers meet in the wider type: Int32 with Int64 in Int64,
/// Int32 with Single in Single, anything else in Double. Comparisons of Int32 with Single are made in Double.</para>
/// <para><b>Operators</b>, the loosest first: <c>c ? x : y</c>; <c>x ?? y</c>, which is y where x is missing; <c>||</c>, <c>or</c>;
/// <c>&amp;&amp;</c>, <c>and</c>; comparisons, which may be chained (<c>0 &lt;= x &lt; 10</c>; <c>a != b != c</c>: all differ) with
/// <c>== =</c>, <c>!= &lt;></c>, <c>&lt; &lt;=</c> or <c>> >=</c>; <c>+ -</c>; <c>* / %</c>; <c>- ! not</c>; <c>^</c>, the power.
/// <c>with(a = …, b = …; …)</c> names values.</para>
/// <para><b>Functions.</b> Any type: <c>isna na default bool int long float single double text</c>. Numbers: <c>abs sign min max</c>.
/// Floating point: <c>sqrt exp ln log(x) log(x, base) floor ceil ceiling round trunc truncate sin cos tan sind cosd tand sinh cosh tanh asin
/// acos atan atan2 atanyx deg degrees rad radians pi()</c>; those with d are in degrees, <c>round</c> takes halves to the even neighbour.
/// Text: <c>len lower upper concat left(x, k) right(x, k) mid(x, a, b)</c>, where right and mid begin at an index, and a negative index counts
/// from the end.</para>
/// <para><b>Missing values.</b> NaN, in Single and Double, spreads through arithmetic and functions; every comparison with it is false, but !=
/// is true. Integers have no missing value: overflow, division by zero and texts that are no integers are errors that name the row. What a
/// condition decides against is not computed, so <c>y == 0 ? 0 : x / y</c> is safe.</para>
/// <para><b>Where ML.NET's evaluator differs</b> from the language's description, this one follows the description: integers that overflow are errors
/// (there they wrap around), <c>int</c> and <c>long</c> cut off the fraction (there they round), and empty text is no number (there it is 0).</para>
/// <para><b>Vectors</b> are computed item by item, and a scalar stands for every item; several vectors must have the same length. The result
/// is dense.</para>
/// </remarks>
public sealed class ExpressionEstimator : TrivialEstimator<ExpressionTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="inputColumnNames">The columns that the expression's parameters stand for, in their order; at least one.</param>
    /// <exception cref="ArgumentException">The expression does not follow the grammar; the message points at the place.</exception>
    public ExpressionEstimator(string outputColumnName, string expression, params string[] inputColumnNames)
        : base(new ExpressionTransformer(outputColumnName, expression, inputColumnNames)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = Transformer.InputColumnNames.Select(name => inputSchema[name]).ToArray();
        var types = columns.Select(c => Transformer.InputType(c.Name, c.IsKey ? null : c.ItemType, c.TypeText)).ToArray();
        var item = Transformer.ResultType(types);
        var vectors = Array.FindAll(columns, c => c.Kind != SchemaShape.Column.VectorKind.Scalar);
        if (vectors.Length == 0)
            return inputSchema.With(new SchemaShape.Column(Transformer.OutputColumnName, SchemaShape.Column.VectorKind.Scalar, item, isKey: false));
        if (vectors.Where(v => v.Size is not null).DistinctBy(v => v.Size).Skip(1).FirstOrDefault() is { } other)
            throw Transformer.OtherLength(vectors.First(v => v.Size is not null).Name, other.Name);
        var ragged = Array.Find(vectors, v => v.Kind == SchemaShape.Column.VectorKind.VariableVector);
        var sized = Array.Find(vectors, v => v.Dimensions.Count > 0);
        return inputSchema.With(new SchemaShape.Column(
            Transformer.OutputColumnName,
            ragged is null ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector,
            item,
            isKey: false,
            new SchemaShape(vectors.Length == 1 ? vectors[0].Annotations.Where(a => a.Name == AnnotationKinds.SlotNames) : []),
            ragged is null ? sized?.Dimensions : null));
    }
}

/// <summary>Computes a column from others by an expression; see <see cref="ExpressionEstimator"/> for the language.</summary>
public sealed class ExpressionTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.Expression";

    private readonly LambdaSyntax _lambda;

    /// <summary>Creates the transformer.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="inputColumnNames">The columns that the expression's parameters stand for, in their order; at least one.</param>
    /// <exception cref="ArgumentException">The expression does not follow the grammar; the message points at the place.</exception>
    public ExpressionTransformer(string outputColumnName, string expression, params IReadOnlyList<string> inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Count == 0)
            throw new ArgumentException("An expression computes from at least one column; name the columns its parameters stand for.", nameof(inputColumnNames));
        (OutputColumnName, Expression, InputColumnNames) = (outputColumnName, expression, [.. inputColumnNames]);
        _lambda = Parser.Parse(expression);
        int parameters = _lambda.Parameters.Count;
        if (parameters != InputColumnNames.Count)
        {
            throw _lambda.Source.SyntaxError(new TextRange(_lambda.Parameters[0].Range.Start, _lambda.Parameters[^1].Range.End), FormattableString.Invariant(
                $"A parameter for each of the {InputColumnNames.Count} input columns ({string.Join(", ", InputColumnNames)}) was expected; there are {parameters}."));
        }
    }

    /// <summary>The column made.</summary>
    public string OutputColumnName { get; }

    /// <summary>The expression.</summary>
    public string Expression { get; }

    /// <summary>The columns that the expression's parameters stand for.</summary>
    public IReadOnlyList<string> InputColumnNames { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", OutputColumnName);
        context.Write("Expression", Expression);
        context.Write("Inputs", InputColumnNames);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Expression({OutputColumnName} ← {string.Join(", ", InputColumnNames)}; {Expression})";

    internal static ExpressionTransformer Load(ModelLoadContext context)
    {
        string output = context.ReadString("Output");
        string expression = context.ReadString("Expression");
        string[] inputs = context.ReadStrings("Inputs");
        try
        {
            return new ExpressionTransformer(output, expression, inputs);
        }
        catch (ArgumentException e)
        {
            throw context.Invalid($"its expression cannot be read ({e.Message})");
        }
    }

    /// <summary>The column type as which an input's items are seen.</summary>
    internal PrimitiveDataViewType InputType(string name, DataViewType? item, string found) =>
        item is not null && ExpressionTypes.Of(item) is not null
            ? (PrimitiveDataViewType)item
            : throw SchemaException.WrongType(
                name, "a number of at most 64 bits with a sign, a Boolean, a text, or a vector of these,", found,
                "For keys there is Transforms.Conversion.MapKeyToValue; for other types, Transforms.CustomMapping.");

    /// <summary>The type of the results for inputs of some types.</summary>
    internal PrimitiveDataViewType ResultType(IReadOnlyList<PrimitiveDataViewType> items)
    {
        try
        {
            return Binder.Bind(_lambda, [.. items.Select((item, i) => Input.Create(item, i))], new Frame()).Type.ItemType();
        }
        catch (SchemaException e)
        {
            throw e.In($"The expression of column '{OutputColumnName}'");
        }
    }

    internal SchemaException OtherLength(string name, string other) => new(
        $"Columns '{name}' and '{other}' are vectors of different sizes; the expression of column '{OutputColumnName}' computes item by item, so they must be equal.");

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var columns = InputColumnNames.Select(name => inputSchema[name]).ToArray();
        var item = ResultType([.. columns.Select(c => InputType(c.Name, c.Type.ItemTypeOrSelf, c.Type.ToString()!))]);
        var vectors = Array.FindAll(columns, c => c.Type is VectorDataViewType);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (vectors.Length == 1)
            annotations.Add(vectors[0].Annotations, kind => kind == AnnotationKinds.SlotNames);
        DataViewType type = vectors.Length == 0 ? item : VectorType(item, vectors);
        yield return new ColumnFunction(
            columns, [new(OutputColumnName, type, annotations.ToAnnotations())], () => new ExpressionWorker(_lambda, OutputColumnName, columns).Run);
    }

    // Ragged where any vector is, because the others must then have the lengths of its rows.
    private VectorDataViewType VectorType(PrimitiveDataViewType item, DataViewSchema.Column[] vectors)
    {
        var sized = Array.FindAll(vectors, v => v.Type.ValueCount > 0);
        foreach (var other in sized)
        {
            if (other.Type.ValueCount != sized[0].Type.ValueCount)
                throw OtherLength(sized[0].Name, other.Name);
        }

        return sized.Length < vectors.Length ? new VectorDataViewType(item) : new VectorDataViewType(item, [.. ((VectorDataViewType)sized[0].Type).Dimensions]);
    }
}
