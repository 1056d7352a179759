namespace MLPath.MicrosoftML;

/// <summary>
/// A transformer of MLPath bound to a schema of Microsoft.ML: what comes in and what goes out, on both sides. A column that the transformer passes
/// on unchanged keeps what Microsoft.ML knew of it.
/// </summary>
internal sealed class SchemaBinding
{
    /// <summary>Binds a transformer.</summary>
    /// <param name="input">The input.</param>
    /// <param name="converted">The same columns as MLPath sees them.</param>
    /// <param name="output">What the transformer makes of them.</param>
    /// <exception cref="SchemaException">Microsoft.ML has no type for a column of the output.</exception>
    public SchemaBinding(MS.DataViewSchema input, DataViewSchema converted, DataViewSchema output)
    {
        (Input, ConvertedInput, ConvertedOutput) = (input, converted, output);
        PassedFrom = Schemas.PassedFrom(converted, output);
        var ours = Schemas.ToMicrosoft(output);
        var builder = new MS.DataViewSchema.Builder();
        foreach (var column in output)
        {
            var known = PassedFrom[column.Index] is >= 0 and var from ? input[from] : ours[column.Index];
            builder.AddColumn(known.Name, known.Type, known.Annotations);
        }

        Output = builder.ToSchema();
    }

    /// <summary>The input as Microsoft.ML sees it.</summary>
    public MS.DataViewSchema Input { get; }

    /// <summary>The input as MLPath sees it, column by column at the same places.</summary>
    public DataViewSchema ConvertedInput { get; }

    /// <summary>The output as MLPath sees it.</summary>
    public DataViewSchema ConvertedOutput { get; }

    /// <summary>The output as Microsoft.ML sees it, column by column at the same places.</summary>
    public MS.DataViewSchema Output { get; }

    /// <summary>For each column of the output, the column of the input that it is, unchanged; −1 for one that is computed.</summary>
    public IReadOnlyList<int> PassedFrom { get; }

    /// <summary>Binds a transformer to a schema.</summary>
    public static SchemaBinding Of(ITransformer transformer, MS.DataViewSchema input)
    {
        var converted = Schemas.FromMicrosoft(input);
        return new(input, converted, transformer.GetOutputSchema(converted));
    }
}
