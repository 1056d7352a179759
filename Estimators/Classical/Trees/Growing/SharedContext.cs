namespace MLPath.Trainers;

/// <summary>Lets the threads of one fit share its context: callbacks are called by one thread at a time.</summary>
/// <param name="context">The context.</param>
internal sealed class SharedContext(FitContext context)
{
    private readonly Lock _callback = new();
    private int _done;

    /// <summary>Throws when the fit was cancelled.</summary>
    public void Checkpoint()
    {
        if (context.OnCheckpoint is null)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            return;
        }

        lock (_callback)
            context.Checkpoint();
    }

    /// <summary>Reports that one more part of the work is done.</summary>
    /// <param name="total">The number of parts.</param>
    public void Advance(int total)
    {
        lock (_callback)
            context.Report(++_done, total);
    }
}
