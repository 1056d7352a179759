using MLPath.Runtime;

namespace MLPath.MicrosoftML;

/// <summary>What the bridge puts into model files of either kind.</summary>
public static class MicrosoftMLComponents
{
    internal const string TransformerId = "MLPath.MicrosoftML.Transformer";

    /// <summary>
    /// Restores transformers of Microsoft.ML from model files of MLPath. It is not registered unless a program asks for it, since Microsoft.ML's own
    /// files name assemblies, which loading them loads: add it for files that you trust.
    /// </summary>
    /// <example><code>
    /// ml.Components.Add(MicrosoftMLComponents.All);
    /// var model = ml.Model.Load("pipeline.mlpath", out var schema);
    /// </code></example>
    public static ComponentList All { get; } = new ComponentList("MLPath.MicrosoftML").Add(TransformerId, Load);

    /// <summary>
    /// What a model of MLPath inside an ML.NET model file may be made of when Microsoft.ML loads it: all of MLPath's components. Add the list of a
    /// library of your own before such a model is used.
    /// </summary>
    public static ComponentCatalog InMicrosoftMLModels => CapsuleModel.Components;

    internal static void Save(ModelSaveContext context, MS.ITransformer transformer, MS.DataViewSchema inputSchema)
    {
        using var stream = new MemoryStream();
        MicrosoftMLColumns.Context.Model.Save(transformer, inputSchema, stream);
        context.WriteArray("Model", stream.ToArray());
    }

    private static ICanSaveModel Load(ModelLoadContext context)
    {
        byte[] bytes = context.ReadArray<byte>("Model", context.ReadShape("Model"));
        using var stream = new MemoryStream(bytes, writable: false);
        try
        {
            var transformer = MicrosoftMLColumns.Context.Model.Load(stream, out var schema);
            return MicrosoftMLColumns.Wrap(transformer, schema, fittedOn: null);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or ArgumentException or IOException or InvalidDataException)
        {
            throw context.Invalid($"Microsoft.ML says: {error.Message}");
        }
    }
}
