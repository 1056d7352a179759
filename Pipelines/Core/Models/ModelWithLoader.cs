namespace MLPath.Runtime;

/// <summary>A model and the loader of the data that it takes: the root of a file that holds both.</summary>
/// <param name="loader">An <see cref="IDataLoader{TSource}"/> of some kind of source, which only the caller who loads it can name.</param>
/// <param name="model">The model.</param>
internal sealed class ModelWithLoader(ICanSaveModel loader, ITransformer model) : ICanSaveModel
{
    internal const string Id = "MLPath.ModelWithLoader";

    private const string LoaderName = "Loader";
    private const string ModelName = "Model";

    public ICanSaveModel Loader => loader;

    public ITransformer Model => model;

    public string ComponentId => Id;

    public void Save(ModelSaveContext context)
    {
        context.SaveChild(LoaderName, loader);
        context.SaveChild(ModelName, model);
    }

    internal static ModelWithLoader Load(ModelLoadContext context) =>
        new(context.LoadChild(LoaderName), context.LoadChild<ITransformer>(ModelName));
}
