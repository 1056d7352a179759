namespace MLPath.MicrosoftML;

/// <summary>
/// A fitted transformer of MLPath as one of Microsoft.ML's: it transforms views lazily and by batches, predicts through Microsoft.ML's
/// <c>PredictionEngine</c>, and is saved inside an ML.NET model file. Immutable and safe for use by many threads.
/// </summary>
/// <remarks>
/// Microsoft.ML's <c>Model.Load</c> restores it in any process that can load the assembly MLPath.MicrosoftML; nothing needs to be registered. The
/// restored model gives the same columns with the same values to the last bit, row by row, and keeps the values that keys stand for. Of vectors it
/// keeps the size, not the slot names, the dimensions, and what their keys stand for.
/// </remarks>
public sealed class MLPathTransformer : MS.ITransformer
{
    private readonly DataViewSchema _fittedSchema;

    internal MLPathTransformer(ITransformer transformer, DataViewSchema fittedSchema) => (Transformer, _fittedSchema) = (transformer, fittedSchema);

    /// <summary>The transformer of MLPath, with its model and report sections.</summary>
    public ITransformer Transformer { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => Transformer.IsRowToRowMapper;

    /// <inheritdoc/>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    public MS.DataViewSchema GetOutputSchema(MS.DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return SchemaBinding.Of(Transformer, inputSchema).Output;
    }

    /// <inheritdoc/>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    public MS.IDataView Transform(MS.IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var view = input.AsMLPath();
        var output = Transformer.Transform(view);
        return new MLPathDataView(output, new SchemaBinding(input.Schema, view.Schema, output.Schema).Output);
    }

    /// <inheritdoc/>
    /// <exception cref="SchemaException">The input lacks a column, or one has another type than is needed.</exception>
    /// <exception cref="InvalidOperationException"><see cref="IsRowToRowMapper"/> is false.</exception>
    public MSData.IRowToRowMapper GetRowToRowMapper(MS.DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var converted = Schemas.FromMicrosoft(inputSchema);
        var mapper = Transformer.GetRowToRowMapper(converted);
        return new MLPathRowMapper(new SchemaBinding(inputSchema, converted, mapper.OutputSchema), mapper);
    }

    /// <summary>The transformer's words for itself.</summary>
    public override string ToString() => $"{Transformer} (MLPath)";

    void MS.ICanSaveModel.Save(MS.ModelSaveContext context) => ((MS.ICanSaveModel)Capsule.Pack(Transformer, _fittedSchema)).Save(context);
}
