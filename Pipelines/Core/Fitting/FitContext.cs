using MLPath.Numerics;

namespace MLPath;

/// <summary>
/// What a fit is given beyond its data: progress, cancellation, threads, randomness, a validation view, the model to continue from, and
/// where to tell of problems. Immutable; a step gets a context of its own by <see cref="Step"/>.
/// </summary>
public sealed record FitContext
{
    private readonly RandomStream _random = new(0);
    private readonly int _threads = Environment.ProcessorCount;
    private readonly long _memoryLimit = 1L << 28;

    /// <summary>No progress, no cancellation, all cores, seed 0.</summary>
    public static FitContext Default { get; } = new();

    /// <summary>Hears how the fit goes; null when nobody listens.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>Ends the fit early, with nothing left behind.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The number of threads a fit may use, at least 1; all cores by default. Results do not depend on it.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A fit needs at least one thread.");
    }

    /// <summary>The seed from which this context's random streams derive. Default 0.</summary>
    public int Seed
    {
        get;
        init => (field, _random) = (value, new RandomStream(unchecked((ulong)value)));
    }

    /// <summary>
    /// How many bytes of rows a trainer that learns in passes keeps in memory, 0 or more; with more rows it reads them again in every pass.
    /// Default 256 MiB. Results do not depend on it.
    /// </summary>
    public long MemoryLimit
    {
        get => _memoryLimit;
        init => _memoryLimit = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A memory limit is not negative.");
    }

    /// <summary>Rows that are not learned from and on which an iterative trainer may watch its quality; null for none.</summary>
    public IDataView? ValidationData { get; init; }

    /// <summary>A model of the same kind to continue from, where the trainer can; null to begin anew.</summary>
    public ITransformer? PreviousModel { get; init; }

    /// <summary>Hears of problems that the fit noticed; null when nobody listens.</summary>
    public Action<Diagnosis>? DiagnosisSink { get; init; }

    /// <summary>Called at every point where the fit looks whether it was cancelled: for watchdogs and tests. Null by default.</summary>
    public Action? OnCheckpoint { get; init; }

    /// <summary>The steps that lead here, outermost first: ["fold 3", "mlp"].</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>A context for a named part of this fit: its progress is nested, and its randomness is its own.</summary>
    /// <param name="name">The part, unique among its siblings, because its random streams derive from it.</param>
    public FitContext Step(string name) => this with { Path = [.. Path, name], Stream = _random.Derive(name) };

    /// <summary>
    /// A random stream for one purpose, a function of the seed, the path of steps and the purpose alone.
    /// </summary>
    /// <param name="purpose">What it is for, e.g. "bootstrap"; two purposes get independent streams.</param>
    /// <param name="seed">The seed of the estimator's own options, which is mixed in when given.</param>
    public RandomStream CreateRandom(string purpose, int? seed = null)
    {
        var root = seed is { } own ? new RandomStream(unchecked((ulong)own)).Derive(unchecked((long)_random.Key)) : _random;
        return root.Derive(purpose);
    }

    /// <summary>
    /// Throws when the fit was cancelled. An estimator calls it at least once for every bounded amount of work (a pass over the rows, a
    /// tree, an iteration).
    /// </summary>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public void Checkpoint()
    {
        OnCheckpoint?.Invoke();
        CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Reports progress, and is a checkpoint.</summary>
    /// <param name="iteration">How many iterations are done.</param>
    /// <param name="total">How many there will be at most; null when unknown.</param>
    /// <param name="loss">The training loss, where there is one.</param>
    /// <param name="message">A few words, where they help.</param>
    public void Report(int iteration, int? total = null, double? loss = null, string? message = null)
    {
        Checkpoint();
        Progress?.Report(new FitProgress(Path, iteration, total, loss, message));
    }

    /// <summary>Tells of a problem.</summary>
    /// <param name="severity">How bad it is.</param>
    /// <param name="code">A stable short name, e.g. "not-converged".</param>
    /// <param name="message">What was seen and what to do, in a sentence or two.</param>
    public void Diagnose(DiagnosisSeverity severity, string code, string message) =>
        DiagnosisSink?.Invoke(new Diagnosis(severity, code, Path, message));

    private RandomStream Stream
    {
        init => _random = value;
    }
}

/// <summary>How far a fit has come.</summary>
/// <param name="Path">The steps that lead to what is reported, outermost first.</param>
/// <param name="Iteration">How many iterations are done.</param>
/// <param name="Total">How many there will be at most; null when unknown.</param>
/// <param name="Loss">The training loss; null where there is none.</param>
/// <param name="Message">A few words; null for none.</param>
public readonly record struct FitProgress(IReadOnlyList<string> Path, int Iteration, int? Total, double? Loss, string? Message)
{
    /// <summary>The part done, from 0 to 1; null when the total is unknown.</summary>
    public double? Fraction => Total is > 0 ? Math.Min(1.0, (double)Iteration / Total.Value) : null;
}

/// <summary>How bad a noticed problem is.</summary>
public enum DiagnosisSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>The result may be poor.</summary>
    Warning,

    /// <summary>The result should not be used.</summary>
    Error,
}

/// <summary>A problem that a fit noticed.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">A stable short name.</param>
/// <param name="Path">The steps that lead to where it was seen.</param>
/// <param name="Message">What was seen and what to do.</param>
public sealed record Diagnosis(DiagnosisSeverity Severity, string Code, IReadOnlyList<string> Path, string Message);
