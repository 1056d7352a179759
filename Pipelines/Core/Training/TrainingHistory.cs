using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How an iterative trainer's work went, kept with its model and saved in the model's file.</summary>
/// <param name="Iterations">The number of iterations done; 0 or more.</param>
/// <param name="Converged">Whether it met its own criterion before the limit.</param>
/// <param name="StopReason">Why it stopped, in words.</param>
/// <param name="Losses">The training loss after each iteration.</param>
public sealed record TrainingHistory(int Iterations, bool Converged, string StopReason, IReadOnlyList<double> Losses) : ITrainingHistory
{
    /// <summary>The history of a model whose parameters were given, not trained.</summary>
    public static TrainingHistory None { get; } = new(0, true, "The parameters were given.", []);

    /// <summary>Writes the history beside a model's own settings: Iterations, Converged, StopReason and Losses.</summary>
    /// <param name="context">The model's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write(nameof(Iterations), Iterations);
        context.Write(nameof(Converged), Converged);
        context.Write(nameof(StopReason), StopReason);
        context.WriteArray<double>(nameof(Losses), [.. Losses]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The model's place in the file.</param>
    /// <exception cref="ModelFormatException">A part is missing or not as expected.</exception>
    public static TrainingHistory Load(ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int iterations = context.ReadInt32(nameof(Iterations));
        return iterations >= 0
            ? new(
                iterations,
                context.ReadBoolean(nameof(Converged)),
                context.ReadString(nameof(StopReason)),
                context.ReadArray<double>(nameof(Losses)))
            : throw context.Invalid($"it has {iterations} iterations");
    }
}
