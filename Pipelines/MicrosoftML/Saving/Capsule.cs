namespace MLPath.MicrosoftML;

/// <summary>
/// How a transformer of MLPath is kept in an ML.NET model file. Microsoft.ML saves nobody's transformers but its own, so that the transformer becomes
/// a chain of those, which does the same:
/// <list type="number">
/// <item>a constant, and <c>MapValue</c> from it to the MLPath model file as text;</item>
/// <item>a custom mapping that opens the model and begins a row of its input;</item>
/// <item>for each input, a custom mapping that takes the value into the row;</item>
/// <item>for each output, a custom mapping that gives the value from the row, the first of which computes them;</item>
/// <item>the columns that were made on the way are dropped.</item>
/// </list>
/// A saved custom mapping has one row type fixed at compile time, and therefore there is one for each raw type, in and out, which reads and writes
/// columns of fixed names. Sizes of vectors are fixed too: a vector of n slots is given in pieces of 1, 2, 4, … slots, one for each binary digit of n
/// that is set, and <c>Concatenate</c> joins them. Keys are given as their integers, and <c>MapValue</c> makes keys with key values of them.
/// </summary>
internal static class Capsule
{
    /// <summary>The prefix of the columns that are made on the way.</summary>
    public const string Prefix = "__MLPath.";

    /// <summary>The constant by which the model is looked up.</summary>
    public const string Constant = Prefix + "Constant";

    /// <summary>The MLPath model file in base 64.</summary>
    public const string Model = Prefix + "Model";

    /// <summary>The row under way, a <see cref="CapsuleRow"/>.</summary>
    public const string Row = Prefix + "Row";

    /// <summary>A value that is taken or given.</summary>
    public const string Value = Prefix + "Value";

    /// <summary>The pieces of a vector that is given are this and a number: the piece of 2^number slots.</summary>
    public const string Piece = Prefix + "Piece";

    /// <summary>Makes the chain.</summary>
    /// <param name="transformer">The transformer to keep.</param>
    /// <param name="inputSchema">The schema that it was fitted on.</param>
    /// <exception cref="NotSupportedException">The transformer does not map row to row, or has a column that cannot be kept; the message says which.</exception>
    public static MSData.TransformerChain<MS.ITransformer> Pack(ITransformer transformer, DataViewSchema inputSchema)
    {
        if (!transformer.IsRowToRowMapper)
            throw new NotSupportedException($"{transformer} does not map row to row, so that it cannot be kept in an ML.NET model. Save it with MLPath's Model.Save.");
        var plan = CapsulePlan.Of(transformer.GetRowToRowMapper(inputSchema));
        var builder = new CapsuleBuilder(inputSchema);
        builder.Open(CapsuleModel.Save(transformer, plan));
        foreach (var input in plan.Inputs)
            builder.Take(input);
        foreach (var output in plan.Outputs)
            builder.Give(output);
        builder.Drop(inputSchema.VisibleNames.Except(plan.OutputSchema.VisibleNames));
        return builder.ToChain();
    }
}

/// <summary>Which columns go in and which come out; both sides of a file make the same plan from the same schema.</summary>
/// <param name="Mapper">The transformer bound to its input.</param>
/// <param name="Inputs">The columns that the outputs depend on.</param>
/// <param name="Outputs">The visible columns of the output that are computed, not passed on.</param>
internal sealed record CapsulePlan(
    IRowToRowMapper Mapper, IReadOnlyList<DataViewSchema.Column> Inputs, IReadOnlyList<DataViewSchema.Column> Outputs)
{
    /// <summary>The schema of the output.</summary>
    public DataViewSchema OutputSchema => Mapper.OutputSchema;

    /// <summary>The plan for a bound transformer.</summary>
    public static CapsulePlan Of(IRowToRowMapper mapper)
    {
        var passedFrom = Schemas.PassedFrom(mapper.InputSchema, mapper.OutputSchema);
        List<DataViewSchema.Column> outputs = [.. mapper.OutputSchema.Where(c => !c.IsHidden && passedFrom[c.Index] < 0)];
        return new(mapper, [.. mapper.GetDependencies(outputs).OrderBy(c => c.Index)], outputs);
    }
}
