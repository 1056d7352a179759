using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// The base of transformers that make one column of one column, for any number of pairs. A subclass gives the function of one pair, an
/// <see cref="ItemMap{TIn, TOut}"/> most often.
/// </summary>
/// <param name="columns">The columns to make, each of a column; at least one.</param>
public abstract class OneToOneTransformer(IEnumerable<InputOutputColumnPair> columns) : RowToRowTransformer
{
    /// <summary>The columns made, and what they are made of.</summary>
    public IReadOnlyList<InputOutputColumnPair> Columns { get; } = InputOutputColumnPair.Check(columns);

    /// <inheritdoc/>
    protected sealed override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema) =>
        [.. Columns.Select((pair, i) => Bind(inputSchema[pair.InputColumnName], i))];

    /// <summary>Checks one input and says how its output is computed.</summary>
    /// <param name="input">The column to read.</param>
    /// <param name="index">Which of <see cref="Columns"/> it is for.</param>
    /// <exception cref="SchemaException">The column has another type than is needed.</exception>
    protected abstract ColumnFunction Bind(DataViewSchema.Column input, int index);

    /// <summary>Writes <see cref="Columns"/> to a model file.</summary>
    /// <param name="context">The transformer's place in the file.</param>
    protected void SaveColumns(ModelSaveContext context)
    {
        context.Write("Outputs", [.. Columns.Select(c => c.OutputColumnName)]);
        context.Write("Inputs", [.. Columns.Select(c => c.InputColumnName)]);
    }

    /// <summary>Reads what <see cref="SaveColumns"/> wrote.</summary>
    /// <param name="context">The transformer's place in the file.</param>
    /// <exception cref="ModelFormatException">The file does not name one input for each output, or an output twice.</exception>
    protected static IReadOnlyList<InputOutputColumnPair> LoadColumns(ModelLoadContext context)
    {
        string[] outputs = context.ReadStrings("Outputs");
        string[] inputs = context.ReadStrings("Inputs");
        if (outputs.Length != inputs.Length || outputs.Length == 0 || Array.Exists([.. outputs, .. inputs], string.IsNullOrEmpty))
            throw context.Invalid("it does not name one input column for each output column");
        return outputs.Distinct().Count() == outputs.Length
            ? [.. outputs.Zip(inputs, (output, input) => new InputOutputColumnPair(output, input))]
            : throw context.Invalid("it makes a column twice");
    }

    /// <summary>The type of equal vectors, or of a scalar, of other items.</summary>
    /// <param name="type">A scalar's or a vector's type.</param>
    /// <param name="itemType">The type of the new items.</param>
    protected static DataViewType WithItems(DataViewType type, PrimitiveDataViewType itemType) =>
        type is VectorDataViewType vector ? new VectorDataViewType(itemType, [.. vector.Dimensions]) : itemType;
}
