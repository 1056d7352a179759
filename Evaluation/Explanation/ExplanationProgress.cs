namespace MLPath.Evaluation;

/// <summary>Counts finished parts of a work that runs on several threads.</summary>
/// <param name="context">Where to tell.</param>
/// <param name="total">The number of parts.</param>
internal sealed class ExplanationProgress(FitContext context, int total)
{
    private readonly Lock _lock = new();
    private int _done;

    /// <summary>One part is finished; a checkpoint.</summary>
    public void Finish()
    {
        lock (_lock)
            context.Report(++_done, total);
    }
}
