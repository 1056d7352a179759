namespace MLPath.Runtime;

/// <summary>What a model is to do.</summary>
public enum LearningTask
{
    /// <summary>Tell two classes apart.</summary>
    Binary,

    /// <summary>Tell several classes apart.</summary>
    Multiclass,

    /// <summary>Predict a number.</summary>
    Regression,

    /// <summary>Find groups without labels.</summary>
    Clustering,

    /// <summary>Find rows that are unlike the others, without labels.</summary>
    AnomalyDetection,

    /// <summary>Order the rows of each group by how relevant they are: documents by query.</summary>
    Ranking,
}

/// <summary>An algorithm that can be chosen by name, with a trainer for each task it can do.</summary>
/// <param name="Name">The short name on the command line, lower case: "forest".</param>
/// <param name="Title">Its full name: "Random forest".</param>
/// <param name="Summary">What it learns, in a sentence.</param>
/// <param name="Trainers">One factory for each task it can do.</param>
public sealed record Algorithm(string Name, string Title, string Summary, IReadOnlyList<TrainerFactory> Trainers)
{
    /// <summary>
    /// Whether a comparison that names no algorithms takes it: quick on tables of any usual size, and of a kind of its own among those that do.
    /// Default false.
    /// </summary>
    public bool IsUsual { get; init; }

    /// <summary>Its factory for a task, or null when it cannot do that task.</summary>
    /// <param name="task">The task.</param>
    public TrainerFactory? For(LearningTask task) => Trainers.FirstOrDefault(t => t.Task == task);
}

/// <summary>Makes a trainer from options given as texts.</summary>
public abstract class TrainerFactory
{
    private protected TrainerFactory(LearningTask task, string trainer, string? microsoftName) =>
        (Task, Trainer, MicrosoftName) = (task, trainer, microsoftName);

    /// <summary>The task.</summary>
    public LearningTask Task { get; }

    /// <summary>The method of the catalog that makes the same trainer, e.g. "LbfgsLogisticRegression".</summary>
    public string Trainer { get; }

    /// <summary>The name of the corresponding trainer in ML.NET; null where there is none.</summary>
    public string? MicrosoftName { get; }

    /// <summary>The trainer's options.</summary>
    public abstract IReadOnlyList<OptionDescriptor> Options { get; }

    /// <summary>What the trainer needs and gives.</summary>
    public abstract Trainers.TrainerInfo Info { get; }

    /// <summary>Makes the trainer, reading columns Features and Label.</summary>
    /// <param name="settings">Options that differ from their defaults, by name, as text.</param>
    /// <param name="weightColumnName">The column of weights; null for none.</param>
    /// <exception cref="OptionException">There is no such option, its value is not allowed, or the trainer takes no weights.</exception>
    public abstract IEstimator<ITransformer> Create(IEnumerable<KeyValuePair<string, string>> settings, string? weightColumnName = null);

    /// <summary>Makes the trainer with its defaults.</summary>
    public IEstimator<ITransformer> Create() => Create([]);

    /// <summary>Declares a factory.</summary>
    /// <typeparam name="TOptions">The trainer's options.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="trainer">The method of the catalog that makes the same trainer.</param>
    /// <param name="options">The trainer's options.</param>
    /// <param name="create">Makes the trainer.</param>
    /// <param name="microsoftName">The name of the corresponding trainer in ML.NET; null where there is none.</param>
    public static TrainerFactory Of<TOptions>(
        LearningTask task, string trainer, OptionSet<TOptions> options, Func<TOptions, IEstimator<ITransformer>> create, string? microsoftName = null)
        where TOptions : Trainers.TrainerInputBase, new() =>
        new Factory<TOptions>(task, trainer, options, create, microsoftName);

    private sealed class Factory<TOptions>(
        LearningTask task, string trainer, OptionSet<TOptions> options, Func<TOptions, IEstimator<ITransformer>> create, string? microsoftName)
        : TrainerFactory(task, trainer, microsoftName)
        where TOptions : Trainers.TrainerInputBase, new()
    {
        public override IReadOnlyList<OptionDescriptor> Options => options;

        public override Trainers.TrainerInfo Info => ((Trainers.ITrainer)create(new TOptions())).Info;

        public override IEstimator<ITransformer> Create(IEnumerable<KeyValuePair<string, string>> settings, string? weightColumnName = null)
        {
            var chosen = settings.Aggregate(new TOptions(), (o, setting) => options.Set(o, setting.Key, setting.Value));
            if (weightColumnName is not null)
                chosen = (TOptions)chosen.WithWeights(weightColumnName, Trainer);
            return create(chosen);
        }
    }
}

/// <summary>An algorithm that is a step of a pipeline and not its trainer: a projection, a map of the rows, a calibrator.</summary>
/// <param name="Name">The short name on the command line, lower case: "pca".</param>
/// <param name="Title">Its full name: "Principal component analysis".</param>
/// <param name="Summary">What it makes, in a sentence.</param>
/// <param name="Method">The method that makes it, from the context on: "Transforms.ProjectToPrincipalComponents".</param>
/// <param name="Options">Its options; none where the method's parameters say all.</param>
/// <param name="MicrosoftName">The name of the corresponding estimator in ML.NET; null where there is none.</param>
public sealed record AlgorithmStep(
    string Name, string Title, string Summary, string Method, IReadOnlyList<OptionDescriptor> Options, string? MicrosoftName = null);

/// <summary>The algorithms that can be chosen by name. Safe for use by many threads.</summary>
public sealed class AlgorithmCatalog
{
    private readonly Lock _lock = new();
    private Algorithm[] _all = [];
    private AlgorithmStep[] _steps = [];

    /// <summary>All algorithms, in the order of their registration.</summary>
    public IReadOnlyList<Algorithm> All => _all;

    /// <summary>The algorithms that are steps of pipelines, in the order of their registration.</summary>
    public IReadOnlyList<AlgorithmStep> Steps => _steps;

    /// <summary>Adds algorithms; one of the same name is replaced.</summary>
    /// <param name="algorithms">The algorithms.</param>
    public void Add(params IEnumerable<Algorithm> algorithms)
    {
        lock (_lock)
        {
            foreach (var algorithm in algorithms)
                _all = [.. _all.Where(a => a.Name != algorithm.Name), algorithm];
        }
    }

    /// <summary>Adds algorithms that are steps of pipelines; one of the same name is replaced.</summary>
    /// <param name="steps">The algorithms.</param>
    public void AddSteps(params IEnumerable<AlgorithmStep> steps)
    {
        lock (_lock)
        {
            foreach (var step in steps)
                _steps = [.. _steps.Where(s => s.Name != step.Name), step];
        }
    }

    /// <summary>The step of a name; null where there is none.</summary>
    /// <param name="name">Its short name, without regard to case.</param>
    public AlgorithmStep? FindStep(string name) => Array.Find(_steps, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The algorithm of a name.</summary>
    /// <param name="name">Its short name, without regard to case.</param>
    /// <exception cref="OptionException">There is none, or it is a step of pipelines; the message lists those there are.</exception>
    public Algorithm Get(string name)
    {
        var all = _all;
        if (Array.Find(all, a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        if (FindStep(name) is { } step)
            throw new OptionException($"'{step.Name}' is a step of a pipeline and no trainer: append {step.Method} to a pipeline, before the trainer or after it.");
        var names = all.Select(a => a.Name).ToList();
        string hint = NearestName.Hint(name, [.. names, .. _steps.Select(s => s.Name)]);
        throw new OptionException($"There is no algorithm '{name}'.{hint} {NearestName.List("The algorithms are", names)}");
    }
}
