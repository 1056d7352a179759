using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tool.Data;

/// <summary>A model from a file, and what can be known of it without data: its task, and which columns it needs.</summary>
internal sealed class SavedModel
{
    private SavedModel(string path, ITransformer model, DataViewSchema input, DataViewSchema output)
    {
        (Path, Model, InputSchema) = (path, model, input);
        Task = TaskOf(path, output);
        Outputs = [.. new[] { PredictionColumns.PredictedLabel, PredictionColumns.Score, PredictionColumns.Probability }
            .Where(name => output.GetColumnOrNull(name) is not null)];
        Needed = Sources(Outputs.Select(name => output[name]));
        if (output.GetColumnOrNull(DefaultPipeline.Label) is { } label && Sources([label]) is [var raw])
            LabelColumn = raw;
        HasFeatures = output.GetColumnOrNull(DefaultPipeline.Features) is not null;
        if (Task == LearningTask.Binary)
            BinaryClasses = NamedClasses();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The model.</summary>
    public ITransformer Model { get; }

    /// <summary>The schema of the data that the model takes.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>The task.</summary>
    public LearningTask Task { get; }

    /// <summary>The columns that predictions come in: those of PredictedLabel, Score and Probability that there are.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The columns that predictions depend on.</summary>
    public IReadOnlyList<string> Needed { get; }

    /// <summary>The raw column that the label is made of; null when the model does not say.</summary>
    public string? LabelColumn { get; }

    /// <summary>Whether the model shows the features that it learned from.</summary>
    public bool HasFeatures { get; }

    /// <summary>For two classes: what false and true stand for in the training data; empty when the model does not say.</summary>
    public IReadOnlyList<string> BinaryClasses { get; } = [];

    /// <summary>Loads a model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is no model, or damaged.</exception>
    /// <exception cref="DataException">The file is not there, or its model cannot be used from the command line.</exception>
    public static SavedModel Load(MLContext ml, string path)
    {
        var (model, schema) = Files.Read(path, () => (ml.Model.Load(path, out var input), input));
        if (schema is null)
        {
            throw new DataException(
                $"{path} was saved without the schema of its data, so its columns are unknown. Save it with ml.Model.Save(model, data.Schema, path).");
        }

        try
        {
            return new SavedModel(path, model, schema, model.GetOutputSchema(schema));
        }
        catch (SchemaException error)
        {
            throw new DataException($"{path} does not fit the schema that it was saved with: {error.Message}", error);
        }
    }

    /// <summary>Loads a table for the model: a set by its name or a file, with the types that the model was trained on.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">The name or the path.</param>
    /// <param name="columns">The columns that must be there.</param>
    /// <param name="othersAsText">Whether other columns follow, as written.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public IDataView LoadData(
        MLContext ml, string data, IReadOnlyCollection<string> columns, bool othersAsText, CancellationToken cancellationToken)
    {
        bool isFile = System.IO.Path.Exists(data) || data.AsSpan().IndexOfAny('/', '\\') >= 0 || System.IO.Path.HasExtension(data);
        if (!isFile && InputData.FindSet(data, isFile) is var (set, part))
            return ml.Data.LoadDataset(set.Name, part, cancellationToken: cancellationToken);
        var expected = new DataViewSchema.Builder();
        expected.AddColumns(InputSchema.Where(c => !c.IsHidden && columns.Contains(c.Name)));
        if (!TableFile.IsDelimitedText(data))
            return Files.Read(data, () => TableFile.Read(ml, data, expected.ToSchema(), cancellationToken));
        if (!InputData.IsNameless(InputSchema))
        {
            return Files.Read(data, () => ml.Data.LoadFromTextFile(
                data, expected.ToSchema(), otherColumnsAsText: othersAsText, cancellationToken: cancellationToken));
        }

        // A file without names has all columns in their places, those that the model does not need too, but may lack the label.
        var places = new DataViewSchema.Builder();
        foreach (var column in InputSchema.Where(c => !c.IsHidden))
            places.AddColumn(column.Name, columns.Contains(column.Name) ? column.Type : TextDataViewType.Instance, columns.Contains(column.Name) ? column.Annotations : null);
        string[] optional = LabelColumn is { } label && !columns.Contains(label) ? [label] : [];
        return Files.Read(data, () => ml.Data.LoadFromTextFile(
            data, places.ToSchema(), optionalColumns: optional, otherColumnsAsText: othersAsText, cancellationToken: cancellationToken));
    }

    private List<string> Sources(IEnumerable<DataViewSchema.Column> outputs) => Model.IsRowToRowMapper
        ? [.. Model.GetRowToRowMapper(InputSchema).GetDependencies(outputs).Select(c => c.Name).Distinct()]
        : [.. InputSchema.VisibleNames];

    private static LearningTask TaskOf(string path, DataViewSchema output)
    {
        if (output.GetColumnOrNull(PredictionColumns.Score) is not { } score
            || !score.Annotations.TryGetValue(AnnotationKinds.ScoreColumnKind, out ReadOnlyMemory<char> kind))
        {
            throw new DataException($"{path} predicts nothing: it has no column {PredictionColumns.Score}.");
        }

        return kind.ToString() switch
        {
            ScoreColumnKinds.BinaryClassification => LearningTask.Binary,
            ScoreColumnKinds.MulticlassClassification => LearningTask.Multiclass,
            ScoreColumnKinds.Regression => LearningTask.Regression,
            ScoreColumnKinds.Clustering => LearningTask.Clustering,
            ScoreColumnKinds.AnomalyDetection => LearningTask.AnomalyDetection,
            var other => throw new DataException($"{path} predicts '{other}', which the command line does not know."),
        };
    }

    private List<string> NamedClasses()
    {
        var names = (Model as ITransformerChain)?.Transformers.OfType<ValueMappingTransformer>()
            .LastOrDefault(t => t.Columns.Any(c => c.OutputColumnName == PredictionColumns.PredictedLabel));
        string? Name(bool truth) => names?.Pairs.FirstOrDefault(p => p.Key.Equals($"{truth}", StringComparison.OrdinalIgnoreCase)).Value;
        return Name(false) is { } negative && Name(true) is { } positive ? [negative, positive] : [];
    }
}
