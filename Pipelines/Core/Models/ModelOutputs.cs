using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>What a model makes of data of a schema, for the manifest: so that a reader need not restore a model to know it.</summary>
internal static class ModelOutputs
{
    /// <summary>Longer annotations, such as the slot names of a bag of words, would only repeat what the components hold.</summary>
    private const int MaxAnnotationValues = 256;

    /// <summary>The visible columns of the output; null where the schema does not fit the model.</summary>
    internal static DataViewSchema? Schema(ITransformer model, DataViewSchema input) => Known(() =>
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in model.GetOutputSchema(input).Where(column => !column.IsHidden))
        {
            var annotations = new DataViewSchema.Annotations.Builder().Add(
                column.Annotations, kind => column.Annotations.Schema[kind].Type.ValueCount is > 0 and <= MaxAnnotationValues);
            schema.AddColumn(column.Name, column.Type, annotations.ToAnnotations());
        }
        return schema.ToSchema();
    });

    /// <summary>The one input column that an output column is made of; null where there are several, or it is not known.</summary>
    internal static string? Source(ITransformer model, DataViewSchema input, string outputColumn) => Known(() =>
    {
        var mapper = model.GetRowToRowMapper(input);
        return mapper.OutputSchema.GetColumnOrNull(outputColumn) is { } column && mapper.GetDependencies([column]).ToList() is [var source]
            ? source.Name : null;
    });

    // The schema that a model is saved with may be of other data, and a transformer of a user's own may fail in any way of its own; the model
    // is worth saving all the same.
    private static T? Known<T>(Func<T?> find) where T : class
    {
        try
        {
            return find();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }
}
