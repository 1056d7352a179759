namespace MLPath.Runtime;

/// <summary>Writes models to files and restores them.</summary>
public static class ModelFile
{
    public static void Save(string path, ICanSaveModel root, ModelManifest manifest) => throw new NotImplementedException();
    public static void Save(Stream stream, ICanSaveModel root, ModelManifest manifest) => throw new NotImplementedException();
    public static (ICanSaveModel Root, ModelManifest Manifest) Load(string path, ComponentCatalog catalog, ModelLoadLimits? limits = null) => throw new NotImplementedException();
    public static (ICanSaveModel Root, ModelManifest Manifest) Load(Stream stream, ComponentCatalog catalog, ModelLoadLimits? limits = null) => throw new NotImplementedException();
    public static ModelManifest ReadManifest(string path, ModelLoadLimits? limits = null) => throw new NotImplementedException();
    public static ModelManifest ReadManifest(Stream stream, ModelLoadLimits? limits = null) => throw new NotImplementedException();
}
