using MLPath.Data;
using MLPath.Runtime;

namespace MLPath;

public static partial class ModelOperationsCatalogExtensions
{
    extension(ModelOperationsCatalog catalog)
    {
        /// <summary>
        /// Saves a model with the loader of its data to a file, whole or not at all: when saving fails or is cancelled, an earlier file of that
        /// name stays as it was.
        /// </summary>
        /// <typeparam name="TSource">The kind of source that the loader reads.</typeparam>
        /// <param name="model">A fitted pipeline, or any transformer; null for one that leaves the loader's data as they are.</param>
        /// <param name="loader">The loader of the data that it takes. How it reads is saved, no path and no connection.</param>
        /// <param name="filePath">The file.</param>
        /// <param name="cancellationToken">Ends the saving early.</param>
        /// <remarks>
        /// <c>LoadWithDataLoader</c> gives both back; <c>Load</c> gives the model and, as its input schema, that of the loader's data.
        /// </remarks>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Save<TSource>(
            ITransformer? model, IDataLoader<TSource> loader, string filePath, CancellationToken cancellationToken = default)
        {
            var (root, manifest) = WithLoader(model, loader);
            ModelFile.Save(filePath, root, manifest, cancellationToken);
        }

        /// <summary>
        /// Saves a model with the loader of its data to a stream, which stays open. When saving is cancelled, a part may have been written.
        /// </summary>
        /// <typeparam name="TSource">The kind of source that the loader reads.</typeparam>
        /// <param name="model">A fitted pipeline, or any transformer; null for one that leaves the loader's data as they are.</param>
        /// <param name="loader">The loader of the data that it takes. How it reads is saved, no path and no connection.</param>
        /// <param name="stream">A writable stream.</param>
        /// <param name="cancellationToken">Ends the saving early.</param>
        public void Save<TSource>(
            ITransformer? model, IDataLoader<TSource> loader, Stream stream, CancellationToken cancellationToken = default)
        {
            var (root, manifest) = WithLoader(model, loader);
            ModelFile.Save(stream, root, manifest, cancellationToken);
        }

        /// <summary>Loads a model and the loader of its data, which reads files, from a file.</summary>
        /// <param name="filePath">The file.</param>
        /// <param name="loader">Receives the loader, which makes the same views of the same files as the one that was saved.</param>
        /// <param name="cancellationToken">Ends the loading early.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The file is not a model, is damaged, has a component that is not registered, or has no loader of files; the message says which.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public ITransformer LoadWithDataLoader(
            string filePath, out IDataLoader<IMultiStreamSource> loader, CancellationToken cancellationToken = default) =>
            catalog.LoadWithDataLoader<IMultiStreamSource>(filePath, out loader, cancellationToken);

        /// <summary>Loads a model and the loader of its data, which reads files, from a stream, which stays open.</summary>
        /// <param name="stream">A readable stream that is the whole file.</param>
        /// <param name="loader">Receives the loader, which makes the same views of the same files as the one that was saved.</param>
        /// <param name="cancellationToken">Ends the loading early.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The stream is not a model, is damaged, has a component that is not registered, or has no loader of files; the message says which.
        /// </exception>
        public ITransformer LoadWithDataLoader(
            Stream stream, out IDataLoader<IMultiStreamSource> loader, CancellationToken cancellationToken = default) =>
            catalog.LoadWithDataLoader<IMultiStreamSource>(stream, out loader, cancellationToken);

        /// <summary>Loads a model and the loader of its data from a file.</summary>
        /// <typeparam name="TSource">The kind of source that the loader reads, such as <c>DatabaseSource</c>.</typeparam>
        /// <param name="filePath">The file.</param>
        /// <param name="loader">Receives the loader, which makes the same views of the same sources as the one that was saved.</param>
        /// <param name="cancellationToken">Ends the loading early.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The file is not a model, is damaged, has a component that is not registered, or has no loader of such sources; the message says which.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public ITransformer LoadWithDataLoader<TSource>(
            string filePath, out IDataLoader<TSource> loader, CancellationToken cancellationToken = default)
        {
            var (root, manifest) = ModelFile.Load(filePath, catalog.Environment.Components, cancellationToken: cancellationToken);
            loader = LoaderIn<TSource>(root);
            return Loaded(root, manifest, catalog.Environment.Components, out _);
        }

        /// <summary>Loads a model and the loader of its data from a stream, which stays open.</summary>
        /// <typeparam name="TSource">The kind of source that the loader reads, such as <c>DatabaseSource</c>.</typeparam>
        /// <param name="stream">A readable stream that is the whole file.</param>
        /// <param name="loader">Receives the loader, which makes the same views of the same sources as the one that was saved.</param>
        /// <param name="cancellationToken">Ends the loading early.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The stream is not a model, is damaged, has a component that is not registered, or has no loader of such sources; the message says which.
        /// </exception>
        public ITransformer LoadWithDataLoader<TSource>(
            Stream stream, out IDataLoader<TSource> loader, CancellationToken cancellationToken = default)
        {
            var (root, manifest) = ModelFile.Load(stream, catalog.Environment.Components, cancellationToken: cancellationToken);
            loader = LoaderIn<TSource>(root);
            return Loaded(root, manifest, catalog.Environment.Components, out _);
        }
    }

    private static (ModelWithLoader Root, ModelManifest Manifest) WithLoader<TSource>(ITransformer? model, IDataLoader<TSource> loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        model ??= new TransformerChain<ITransformer>();
        return (new(loader, model), Manifest(model, loader.GetOutputSchema()));
    }

    private static IDataLoader<TSource> LoaderIn<TSource>(ICanSaveModel root)
    {
        if (root is not ModelWithLoader both)
            throw new ModelFormatException("The model was saved without a loader. Load it with ml.Model.Load, which also gives the schema of its input, if there is one.");
        return both.Loader as IDataLoader<TSource> ?? throw new ModelFormatException(
            $"The model was saved with a '{both.Loader.ComponentId}', which does not load from {typeof(TSource).Name}. " +
            "Declare the loader as IDataLoader of the kind of source that it reads.");
    }
}
