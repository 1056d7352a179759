using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Saving, loading and using models: members of <c>ml.Model</c>.</summary>
public static partial class ModelOperationsCatalogExtensions
{
    extension(ModelOperationsCatalog catalog)
    {
        /// <summary>
        /// Saves a model to a file, whole or not at all: when saving fails, an earlier file of that name stays as it was.
        /// </summary>
        /// <param name="model">A fitted pipeline, or any transformer.</param>
        /// <param name="inputSchema">The schema of the data that it takes, given back when it is loaded; null for none.</param>
        /// <param name="filePath">The file.</param>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath) =>
            catalog.Save(model, inputSchema, filePath, CancellationToken.None);

        /// <summary>
        /// Saves a model to a file, whole or not at all: when saving fails or is cancelled, an earlier file of that name stays as it was.
        /// </summary>
        /// <param name="model">A fitted pipeline, or any transformer.</param>
        /// <param name="inputSchema">The schema of the data that it takes, given back when it is loaded; null for none.</param>
        /// <param name="filePath">The file.</param>
        /// <param name="cancellationToken">Ends the saving early.</param>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(model);
            ModelFile.Save(filePath, model, Manifest(model, inputSchema), cancellationToken);
        }

        /// <summary>Saves a model to a stream, which stays open.</summary>
        /// <param name="model">A fitted pipeline, or any transformer.</param>
        /// <param name="inputSchema">The schema of the data that it takes, given back when it is loaded; null for none.</param>
        /// <param name="stream">A writable stream.</param>
        public void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream) =>
            catalog.Save(model, inputSchema, stream, CancellationToken.None);

        /// <summary>Saves a model to a stream, which stays open. When saving is cancelled, a part may have been written.</summary>
        /// <param name="model">A fitted pipeline, or any transformer.</param>
        /// <param name="inputSchema">The schema of the data that it takes, given back when it is loaded; null for none.</param>
        /// <param name="stream">A writable stream.</param>
        /// <param name="cancellationToken">Ends the saving early.</param>
        public void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(model);
            ModelFile.Save(stream, model, Manifest(model, inputSchema), cancellationToken);
        }

        /// <summary>Loads a model from a file.</summary>
        /// <param name="filePath">The file.</param>
        /// <param name="inputSchema">Receives the schema that it was saved with; null when there was none.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The file is not a model, is damaged, or has a component that is not registered; the message says which.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public ITransformer Load(string filePath, out DataViewSchema? inputSchema) =>
            catalog.Load(filePath, out inputSchema, CancellationToken.None);

        /// <summary>Loads a model from a file.</summary>
        /// <param name="filePath">The file.</param>
        /// <param name="inputSchema">Receives the schema that it was saved with; null when there was none.</param>
        /// <param name="cancellationToken">Ends the loading early.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The file is not a model, is damaged, or has a component that is not registered; the message says which.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public ITransformer Load(string filePath, out DataViewSchema? inputSchema, CancellationToken cancellationToken)
        {
            var (root, manifest) = ModelFile.Load(filePath, catalog.Environment.Components, cancellationToken: cancellationToken);
            return Loaded(root, manifest, catalog.Environment.Components, out inputSchema);
        }

        /// <summary>Loads a model from a stream, which stays open.</summary>
        /// <param name="stream">A readable stream that is the whole file.</param>
        /// <param name="inputSchema">Receives the schema that it was saved with; null when there was none.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The stream is not a model, is damaged, or has a component that is not registered; the message says which.
        /// </exception>
        public ITransformer Load(Stream stream, out DataViewSchema? inputSchema) =>
            catalog.Load(stream, out inputSchema, CancellationToken.None);

        /// <summary>Loads a model from a stream, which stays open.</summary>
        /// <param name="stream">A readable stream that is the whole file.</param>
        /// <param name="inputSchema">Receives the schema that it was saved with; null when there was none.</param>
        /// <param name="cancellationToken">Ends the loading early.</param>
        /// <returns>The model, which predicts bit for bit as the one that was saved.</returns>
        /// <exception cref="ModelFormatException">
        /// The stream is not a model, is damaged, or has a component that is not registered; the message says which.
        /// </exception>
        public ITransformer Load(Stream stream, out DataViewSchema? inputSchema, CancellationToken cancellationToken)
        {
            var (root, manifest) = ModelFile.Load(stream, catalog.Environment.Components, cancellationToken: cancellationToken);
            return Loaded(root, manifest, catalog.Environment.Components, out inputSchema);
        }

        /// <summary>
        /// Describes a model file and checks that it is undamaged, without restoring the model: what it was trained on and with which options,
        /// the columns it takes and gives, and the components it is made of, which need not be registered.
        /// </summary>
        /// <param name="filePath">The file.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>What the file holds.</returns>
        /// <exception cref="ModelFormatException">The file is not a model, is damaged, or is of a newer format; the message says which.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public ModelDescription Inspect(string filePath, CancellationToken cancellationToken = default) =>
            ModelFile.Inspect(filePath, catalog.Environment.Components, cancellationToken: cancellationToken);

        /// <summary>
        /// Describes a model file and checks that it is undamaged, without restoring the model: what it was trained on and with which options,
        /// the columns it takes and gives, and the components it is made of, which need not be registered.
        /// </summary>
        /// <param name="stream">A readable stream that is the whole file, and stays open.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>What the file holds.</returns>
        /// <exception cref="ModelFormatException">The stream is not a model, is damaged, or is of a newer format; the message says which.</exception>
        public ModelDescription Inspect(Stream stream, CancellationToken cancellationToken = default) =>
            ModelFile.Inspect(stream, catalog.Environment.Components, cancellationToken: cancellationToken);

        /// <summary>Makes an engine that predicts for one object at a time.</summary>
        /// <typeparam name="TSrc">
        /// The input: a class, record or struct with a member for each column that the outputs depend on. The label is not one of them.
        /// </typeparam>
        /// <typeparam name="TDst">
        /// The output: a class, record or struct whose settable members receive the columns of their names.
        /// </typeparam>
        /// <param name="transformer">The model.</param>
        /// <param name="ignoreMissingColumns">
        /// Whether a member of the output may have no column, so that it keeps its initial value.
        /// </param>
        /// <param name="inputSchemaDefinition">Which members of the input are which columns; all, by name, when omitted.</param>
        /// <param name="outputSchemaDefinition">Which members of the output receive which columns; all, by name, when omitted.</param>
        /// <exception cref="SchemaException">
        /// The input lacks a column that the outputs depend on, or a member has a type that does not fit.
        /// </exception>
        /// <exception cref="InvalidOperationException">The model does not map row to row.</exception>
        public PredictionEngine<TSrc, TDst> CreatePredictionEngine<
            [DynamicallyAccessedMembers(RowMember.Needed)] TSrc,
            [DynamicallyAccessedMembers(RowMember.NeededToCreate)] TDst>(
            ITransformer transformer, bool ignoreMissingColumns = true,
            SchemaDefinition? inputSchemaDefinition = null, SchemaDefinition? outputSchemaDefinition = null)
            where TDst : new() => new(transformer, null, new PredictionEngineOptions
            {
                IgnoreMissingColumns = ignoreMissingColumns,
                InputSchemaDefinition = inputSchemaDefinition,
                OutputSchemaDefinition = outputSchemaDefinition,
            });

        /// <summary>
        /// Makes an engine whose input has the types and annotations of a schema; every member of the output must have a column.
        /// </summary>
        /// <typeparam name="TSrc">
        /// The input: members with the names of the schema's columns, at least of those that the outputs depend on.
        /// </typeparam>
        /// <typeparam name="TDst">The output: settable members with the names of columns of the output.</typeparam>
        /// <param name="transformer">The model.</param>
        /// <param name="inputSchema">The schema of the data that the model takes, as it was saved with it.</param>
        /// <exception cref="SchemaException">
        /// The input lacks a column that the outputs depend on, a member of the output has no column, or a type does not fit.
        /// </exception>
        /// <exception cref="InvalidOperationException">The model does not map row to row.</exception>
        public PredictionEngine<TSrc, TDst> CreatePredictionEngine<
            [DynamicallyAccessedMembers(RowMember.Needed)] TSrc,
            [DynamicallyAccessedMembers(RowMember.NeededToCreate)] TDst>(
            ITransformer transformer, DataViewSchema inputSchema)
            where TDst : new()
        {
            ArgumentNullException.ThrowIfNull(inputSchema);
            return new(transformer, inputSchema, new PredictionEngineOptions { IgnoreMissingColumns = false });
        }

        /// <summary>Makes an engine that predicts for one object at a time.</summary>
        /// <typeparam name="TSrc">
        /// The input: a class, record or struct with a member for each column that the outputs depend on.
        /// </typeparam>
        /// <typeparam name="TDst">
        /// The output: a class, record or struct whose settable members receive the columns of their names.
        /// </typeparam>
        /// <param name="transformer">The model.</param>
        /// <param name="options">How input and output are bound.</param>
        /// <exception cref="SchemaException">
        /// The input lacks a column that the outputs depend on, or a member has a type that does not fit.
        /// </exception>
        /// <exception cref="InvalidOperationException">The model does not map row to row.</exception>
        public PredictionEngine<TSrc, TDst> CreatePredictionEngine<
            [DynamicallyAccessedMembers(RowMember.Needed)] TSrc,
            [DynamicallyAccessedMembers(RowMember.NeededToCreate)] TDst>(
            ITransformer transformer, PredictionEngineOptions options)
            where TDst : new() => new(transformer, null, options);

        /// <summary>Makes an engine that predicts for rows given as dictionaries from column names to values.</summary>
        /// <param name="transformer">The model.</param>
        /// <param name="inputSchema">The schema of the data that the model takes, as it was saved with it.</param>
        /// <param name="outputColumnNames">
        /// The columns to return. When none is named: PredictedLabel, Score and Probability, those that there are; all columns that the
        /// model adds when there are none of these.
        /// </param>
        /// <exception cref="SchemaException">The schema lacks a column that the model needs, or there is no such output.</exception>
        /// <exception cref="InvalidOperationException">The model does not map row to row.</exception>
        public RowPredictionEngine CreateRowPredictionEngine(
            ITransformer transformer, DataViewSchema inputSchema, params string[] outputColumnNames) =>
            new(transformer, inputSchema, outputColumnNames);
    }

    private static ModelManifest Manifest(ITransformer model, DataViewSchema? inputSchema) => new()
    {
        Provenance = ModelProvenance.Write(model, inputSchema),
        Schema = inputSchema is null ? null : SchemaJson.Write(inputSchema),
        OutputSchema = inputSchema is not null && ModelOutputs.Schema(model, inputSchema) is { } output ? SchemaJson.Write(output) : null,
    };

    private static ITransformer Loaded(ICanSaveModel root, ModelManifest manifest, ComponentCatalog components, out DataViewSchema? inputSchema)
    {
        inputSchema = manifest.Schema is null ? null : SchemaJson.Read(manifest.Schema, components);
        var model = root is ModelWithLoader both ? both.Model : root as ITransformer
            ?? throw new ModelFormatException(
                $"The file holds '{root.ComponentId}', which is a part of a model and transforms no data by itself.");
        return model is TransformerChain<ITransformer> chain && ModelProvenance.Read(manifest.Provenance) is { } provenance
            ? chain.Restored(provenance)
            : model;
    }
}
