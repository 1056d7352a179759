namespace MLPath.Runtime;

/// <summary>Describes a model file. Like the reader it trusts nothing and checks every hash; unlike it, it restores nothing.</summary>
internal sealed class ModelInspector(ModelArchive archive, ComponentCatalog? catalog)
{
    internal static ModelDescription Inspect(ModelArchive archive, ComponentCatalog? catalog)
    {
        var file = ModelReader.ReadManifest(archive);
        ModelReader.CheckEntries(archive, file);
        var manifest = file.Manifest;
        return new()
        {
            FileBytes = archive.Length,
            FormatVersion = new(manifest.FormatVersion, manifest.FormatMinorVersion),
            LibraryVersion = manifest.LibraryVersion,
            Provenance = ModelProvenance.Read(manifest.Provenance),
            LabelSource = ModelProvenance.ReadLabelSource(manifest.Provenance),
            InputSchema = manifest.Schema is { } input ? SchemaJson.Describe(input, catalog) : null,
            OutputSchema = manifest.OutputSchema is { } output ? SchemaJson.Describe(output, catalog) : null,
            Root = new ModelInspector(archive, catalog).Describe(ModelPath.Root, file.Root),
            Entries =
            [
                .. ((string[])[ModelPath.Manifest, ModelPath.ManifestHash])
                    .Select(name => new ModelEntryDescription(name, archive.LengthOf(name), archive.Hash(name))),
                .. file.Entries.Select(entry => new ModelEntryDescription(entry.Key, entry.Value.Length, entry.Value.Sha256)),
            ],
        };
    }

    private ComponentDescription Describe(string name, ComponentNode node) => new()
    {
        Id = node.Id,
        Version = node.Version,
        Name = name,
        Folder = node.Folder,
        Library = catalog?.Find(node.Id) is { } known && node.Version <= known.Version ? known.List.Library : null,
        Settings = Settings(node),
        Arrays = Arrays(node),
        Bytes = archive.LengthOf(ModelPath.Settings(node.Folder)) + Math.Max(0, archive.LengthOf(ModelPath.Arrays(node.Folder))),
        Children =
        [
            .. node.Children.SelectMany(slot => slot.Value.Components.Select(child => Describe(child.Folder[(node.Folder.Length + 1)..], child))),
        ],
    };

    private List<ComponentSetting> Settings(ComponentNode node)
    {
        using var settings = ModelReader.ReadSettings(archive, node);
        return ModelArchive.Explain(ModelPath.Settings(node.Folder), () =>
        {
            ModelJson.RequireUnicode(settings.RootElement);
            return settings.RootElement.EnumerateObject().Select(setting => new ComponentSetting(setting.Name, setting.Value.Clone())).ToList();
        });
    }

    private List<ArrayDescription> Arrays(ComponentNode node)
    {
        var name = ModelPath.Arrays(node.Folder);
        if (archive.LengthOf(name) < 0) return [];
        var layout = archive.Read(name, stream => SafeTensorsFile.ReadLayout(stream, stream.Length, archive.Limits.MaxJsonBytes));
        return [.. layout.Select(array => new ArrayDescription(array.Name, array.DType, array.Shape, array.End - array.Begin))];
    }
}
