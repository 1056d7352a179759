using MLPath.Runtime;

namespace MLPath.Tests.Classical;

/// <summary>Writes whatever a test wants under a component's id, as a damaged or forged file would hold it.</summary>
internal sealed class FakeModel(string id, Action<ModelSaveContext> save) : ICanSaveModel
{
    public string ComponentId => id;

    public void Save(ModelSaveContext context) => save(context);

    /// <summary>Writes the model and loads it with all components.</summary>
    /// <exception cref="ModelFormatException">The loader refuses it.</exception>
    public ICanSaveModel Load()
    {
        using var stream = new MemoryStream();
        ModelFile.Save(stream, this, new ModelManifest());
        stream.Position = 0;
        return ModelFile.Load(stream, new MLContext().Components).Root;
    }
}
