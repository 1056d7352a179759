namespace MLPath.Runtime;

/// <summary>
/// Writes models to files and restores them. A model file is a zip of <c>manifest.json</c> and, for each component, a folder with
/// <c>settings.json</c> and, where it has arrays, <c>arrays.safetensors</c>.
/// </summary>
/// <remarks>
/// <para>Saving the same model twice gives the same bytes. Nothing in a file is the name of a type or an assembly: a component is restored by
/// the loader that the program registered under its id, and by nothing else.</para>
/// <para>A reader accepts files of its own major format version and of those before it, whatever their minor version; what a newer minor
/// version has added is passed over. Each component has a version of its own beside that.</para>
/// <para>Hashes of every entry reveal damage, not malice: who can write a file can write its hashes. Loading a file from a stranger is
/// nevertheless safe: its lengths are checked against its size before anything is allocated, and <see cref="ModelLoadLimits"/> bound the
/// rest.</para>
/// </remarks>
public static class ModelFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a model to a file, whole or not at all: where saving fails, a file of this name stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The model.</param>
    /// <param name="manifest">Schema and provenance.</param>
    /// <param name="cancellationToken">Ends the writing early.</param>
    /// <exception cref="ArgumentException">
    /// A component uses a name twice or writes what a file cannot hold, or the provenance has a number that is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">Components are nested more than 64 deep, or settings are too large.</exception>
    public static void Save(string path, ICanSaveModel root, ModelManifest manifest, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(manifest);
        AtomicFile.Write(path, stream => ModelWriter.Write(stream, root, manifest, cancellationToken));
    }

    /// <summary>
    /// Writes a model to a stream, which stays open. Nothing is written where a component fails to save; where the writing is cancelled,
    /// a part may be.
    /// </summary>
    /// <param name="stream">A writable stream at its beginning; it need not be seekable.</param>
    /// <param name="root">The model.</param>
    /// <param name="manifest">Schema and provenance.</param>
    /// <param name="cancellationToken">Ends the writing early.</param>
    /// <exception cref="ArgumentException">
    /// A component uses a name twice or writes what a file cannot hold, or the provenance has a number that is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">Components are nested more than 64 deep, or settings are too large.</exception>
    public static void Save(Stream stream, ICanSaveModel root, ModelManifest manifest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(manifest);
        ModelWriter.Write(stream, root, manifest, cancellationToken);
    }

    /// <summary>Restores a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The components that can be restored.</param>
    /// <param name="limits">What the file may ask for. Default: <see cref="ModelLoadLimits.Default"/>.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The model, and what its file says about it.</returns>
    /// <exception cref="ModelFormatException">
    /// The file is not a model, is damaged or of a newer version, or has a component that is not registered or cannot be restored.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (ICanSaveModel Root, ModelManifest Manifest) Load(
        string path, ComponentCatalog catalog, ModelLoadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Open(path, limits, archive => ModelReader.Read(archive, catalog), cancellationToken);
    }

    /// <summary>Restores a model from a stream, which stays open.</summary>
    /// <param name="stream">A readable stream that is the whole file. One that is not seekable is first copied to a temporary file.</param>
    /// <param name="catalog">The components that can be restored.</param>
    /// <param name="limits">What the file may ask for. Default: <see cref="ModelLoadLimits.Default"/>.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The model, and what its file says about it.</returns>
    /// <exception cref="ModelFormatException">
    /// The stream is not a model, is damaged or of a newer version, or has a component that is not registered or cannot be restored.
    /// </exception>
    public static (ICanSaveModel Root, ModelManifest Manifest) Load(
        Stream stream, ComponentCatalog catalog, ModelLoadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Open(stream, limits, archive => ModelReader.Read(archive, catalog), cancellationToken);
    }

    /// <summary>Reads what a model file says about itself, without restoring the model or checking its other entries.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may ask for. Default: <see cref="ModelLoadLimits.Default"/>.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="ModelFormatException">The file is not a model, or is damaged or of a newer version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelManifest ReadManifest(string path, ModelLoadLimits? limits = null) =>
        Open(path, limits, archive => ModelReader.ReadManifest(archive).Manifest);

    /// <summary>Reads what a model file says about itself, without restoring the model or checking its other entries.</summary>
    /// <param name="stream">A readable stream that is the whole file, and stays open.</param>
    /// <param name="limits">What the file may ask for. Default: <see cref="ModelLoadLimits.Default"/>.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="ModelFormatException">The stream is not a model, or is damaged or of a newer version.</exception>
    public static ModelManifest ReadManifest(Stream stream, ModelLoadLimits? limits = null) =>
        Open(stream, limits, archive => ModelReader.ReadManifest(archive).Manifest);

    /// <summary>
    /// Describes a model file and checks every hash in it, without restoring the model: its components need not be registered, and no code of
    /// theirs runs.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">Says which components could be restored; null where that is of no interest.</param>
    /// <param name="limits">What the file may ask for. Default: <see cref="ModelLoadLimits.Default"/>.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="ModelFormatException">The file is not a model, or is damaged or of a newer version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelDescription Inspect(
        string path, ComponentCatalog? catalog = null, ModelLoadLimits? limits = null, CancellationToken cancellationToken = default) =>
        Open(path, limits, archive => ModelInspector.Inspect(archive, catalog), cancellationToken);

    /// <summary>
    /// Describes a model file and checks every hash in it, without restoring the model: its components need not be registered, and no code of
    /// theirs runs.
    /// </summary>
    /// <param name="stream">A readable stream that is the whole file, and stays open.</param>
    /// <param name="catalog">Says which components could be restored; null where that is of no interest.</param>
    /// <param name="limits">What the file may ask for. Default: <see cref="ModelLoadLimits.Default"/>.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="ModelFormatException">The stream is not a model, or is damaged or of a newer version.</exception>
    public static ModelDescription Inspect(
        Stream stream, ComponentCatalog? catalog = null, ModelLoadLimits? limits = null, CancellationToken cancellationToken = default) =>
        Open(stream, limits, archive => ModelInspector.Inspect(archive, catalog), cancellationToken);

    private static T Open<T>(string path, ModelLoadLimits? limits, Func<ModelArchive, T> read, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        try
        {
            return Open(stream, limits, read, cancellationToken);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"{path}: {e.Message}", e);
        }
    }

    private static T Open<T>(Stream stream, ModelLoadLimits? limits, Func<ModelArchive, T> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= ModelLoadLimits.Default;
        using var spool = stream.CanSeek ? null : Spool(stream, limits, cancellationToken);
        return read(ModelArchive.Open(spool ?? stream, limits, cancellationToken));
    }

    /// <summary>Copies a stream that cannot seek to a temporary file, which vanishes when it is closed.</summary>
    private static FileStream Spool(Stream stream, ModelLoadLimits limits, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var spool = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose);
        try
        {
            var buffer = new byte[BufferBytes];
            for (int count; (count = stream.Read(buffer)) > 0; spool.Write(buffer, 0, count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (spool.Position + count > limits.MaxFileBytes) throw ModelArchive.TooLarge(limits);
            }
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }
}
