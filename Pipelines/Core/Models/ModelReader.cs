using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>
/// Restores a model from its archive in three steps: the manifest and every entry are what was written (hashes); every component is
/// registered; then the components' loaders run, from the root down. No loader sees a damaged file.
/// </summary>
internal sealed class ModelReader(ModelArchive archive, ComponentCatalog catalog)
{
    internal static (ICanSaveModel Root, ModelManifest Manifest) Read(ModelArchive archive, ComponentCatalog catalog)
    {
        var file = ReadManifest(archive);
        CheckEntries(archive, file);
        CheckRegistered(file, catalog);
        return (new ModelReader(archive, catalog).Restore(file.Root), file.Manifest);
    }

    internal static ModelManifestFile ReadManifest(ModelArchive archive)
    {
        var bytes = archive.ReadText(ModelPath.Manifest);
        if (!archive.ReadText(ModelPath.ManifestHash).AsSpan().SequenceEqual(ModelWriter.ManifestHash(bytes)))
            throw Damaged(ModelPath.Manifest, ModelPath.ManifestHash);
        return ModelArchive.Explain(
            ModelPath.Manifest, () => ModelManifestFile.Parse(
                bytes, Math.Min(archive.Limits.MaxDepth, ModelPath.MaxDepth), archive.Names.Count));
    }

    /// <summary>Lets the registered loader restore a component.</summary>
    internal ICanSaveModel Restore(ComponentNode node)
    {
        if (!catalog.TryGet(node.Id, out var load)) throw Unregistered([node]);
        using var settings = ReadSettings(archive, node);
        var context = new ModelLoadContext(this, node, settings.RootElement, ReadArrays(node));
        try
        {
            return load(context) ?? throw context.Invalid("its loader returned null");
        }
        catch (Exception e) when (e is not (ModelFormatException or OperationCanceledException or ObjectDisposedException or IOException or OutOfMemoryException))
        {
            // Values that the file may hold but the component cannot: a mistake of the file, seen through the loader's own checks.
            throw new ModelFormatException(context.Invalid(e.Message.TrimEnd('.')).Message, e);
        }
    }

    /// <summary>A component's settings, which are a JSON object.</summary>
    internal static JsonDocument ReadSettings(ModelArchive archive, ComponentNode node)
    {
        var name = ModelPath.Settings(node.Folder);
        var bytes = archive.ReadText(name);
        return ModelArchive.Explain(name, () =>
        {
            var document = JsonDocument.Parse(bytes, ModelJson.Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document : throw new ModelFormatException("It is not a JSON object.");
        });
    }

    private Dictionary<string, SafeTensor> ReadArrays(ComponentNode node)
    {
        var name = ModelPath.Arrays(node.Folder);
        var length = archive.LengthOf(name);
        return length < 0 ? [] : archive.Read(name, stream => SafeTensorsFile.Read(stream, length, archive.Limits.MaxJsonBytes));
    }

    /// <summary>Manifest, component tree and archive must name the same entries, and the bytes must be those that were written.</summary>
    internal static void CheckEntries(ModelArchive archive, ModelManifestFile file)
    {
        var possible = new HashSet<string>(StringComparer.Ordinal) { ModelPath.Manifest, ModelPath.ManifestHash };
        foreach (var node in file.Root.Subtree())
        {
            var settings = ModelPath.Settings(node.Folder);
            if (!file.Entries.ContainsKey(settings)) throw new ModelFormatException($"The manifest does not list the entry '{settings}'.");
            possible.Add(settings);
            possible.Add(ModelPath.Arrays(node.Folder));
        }
        // A newer minor version may have added entries of a kind that this one does not know.
        var mayHaveMore = file.Manifest.FormatMinorVersion > ModelManifest.CurrentFormatMinorVersion;
        foreach (var name in archive.Names)
            if (!possible.Contains(name) && !(mayHaveMore && file.Entries.ContainsKey(name)))
                throw new ModelFormatException($"The entry {ModelJson.Quote(name)} belongs to no component of the model.");
        foreach (var name in archive.Names)
            if (name is not (ModelPath.Manifest or ModelPath.ManifestHash) && !file.Entries.ContainsKey(name))
                throw new ModelFormatException($"The manifest does not list the entry '{name}'.");
        foreach (var (name, info) in file.Entries)
        {
            if (archive.LengthOf(name) < 0)
                throw new ModelFormatException($"The manifest lists the entry {ModelJson.Quote(name)}, which the file does not have.");
            if (archive.LengthOf(name) != info.Length)
                throw new ModelFormatException($"The entry '{name}' has {archive.LengthOf(name)} bytes; the manifest states {info.Length}.");
            if (archive.Hash(name) != info.Sha256) throw Damaged(name, ModelPath.Manifest);
        }
    }

    private static void CheckRegistered(ModelManifestFile file, ComponentCatalog catalog)
    {
        ComponentNode[] unknown = [.. file.Root.Subtree().Where(node => catalog.Find(node.Id) is null).DistinctBy(node => node.Id)];
        if (unknown.Length > 0) throw Unregistered(unknown);
        foreach (var node in file.Root.Subtree())
        {
            if (catalog.Find(node.Id) is { } known && node.Version > known.Version)
                throw new ModelFormatException(
                    $"{node} was written in version {node.Version}, by MLPath {file.Manifest.LibraryVersion} or a library beside it; this program " +
                    $"reads versions up to {known.Version}. Update {known.List.Library} to load it.");
        }
    }

    private static ModelFormatException Unregistered(IEnumerable<ComponentNode> nodes) => new(
        $"The model contains {string.Join(", ", nodes.Select(node => $"'{node.Id}' ({node.Folder})"))}, which no registered component list has. " +
        "Add the list of the library it comes from before loading: ml.Components.Add(list).");

    private static ModelFormatException Damaged(string name, string witness) =>
        new($"The entry '{name}' is damaged: its SHA-256 is not the one in {witness}.");
}
