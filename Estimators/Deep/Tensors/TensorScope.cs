namespace MLPath.Deep;

/// <summary>
/// A step of work whose tensors end with it: what is computed on this thread between <see cref="Begin"/> and <see cref="Dispose"/> gives its
/// memory back to the backend, which hands it to the next step. So training in equal steps allocates once.
/// </summary>
/// <remarks>
/// Scopes nest; a tensor belongs to the innermost one open when it is made, unless it is kept (<see cref="Tensor.Keep"/>). Without a scope
/// tensors live as long as they are referenced, like any object.
/// </remarks>
/// <example><code>
/// using (TensorScope.Begin())
/// {
///     var loss = Loss.CrossEntropy(network.Forward(x, pass), labels);
///     loss.Backward();
///     optimizer.Step();
/// }
/// </code></example>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? s_current;

    private readonly TensorScope? _outer;
    private readonly List<(Backend Backend, TensorBuffer Buffer)> _buffers = [];

    private TensorScope(TensorScope? outer, bool records, bool detectsAnomalies) =>
        (_outer, Records, DetectsAnomalies) = (outer, records, detectsAnomalies);

    /// <summary>Whether operations are recorded, so that <see cref="Tensor.Backward()"/> can follow them.</summary>
    public bool Records { get; }

    /// <summary>Whether every result is searched for values that are not finite; the first one is an error that names its operation. Slow.</summary>
    public bool DetectsAnomalies { get; }

    internal static TensorScope? Current => s_current;

    /// <summary>Begins a scope on this thread.</summary>
    /// <param name="records">Whether operations are recorded for <see cref="Tensor.Backward()"/>; scoring needs no records.</param>
    /// <param name="detectAnomalies">Whether results that are not finite are errors at once; an outer scope's wish holds for inner ones.</param>
    public static TensorScope Begin(bool records = true, bool detectAnomalies = false) =>
        s_current = new TensorScope(s_current, records, detectAnomalies || s_current is { DetectsAnomalies: true });

    /// <summary>Ends the scope: its tensors must not be used any more.</summary>
    /// <exception cref="InvalidOperationException">An inner scope is still open, or the scope was begun on another thread.</exception>
    public void Dispose()
    {
        if (s_current != this) throw new InvalidOperationException("Scopes end in the reverse order of their beginning, on the thread that began them.");
        s_current = _outer;
        foreach (var (backend, buffer) in _buffers) backend.Free(buffer);
        _buffers.Clear();
    }

    internal void Own(Backend backend, TensorBuffer buffer) => _buffers.Add((backend, buffer));

    /// <summary>Gives a buffer back before the end; the newest are found first.</summary>
    internal bool Release(TensorBuffer buffer, bool free)
    {
        for (int i = _buffers.Count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(_buffers[i].Buffer, buffer)) continue;
            if (free) _buffers[i].Backend.Free(buffer);
            _buffers.RemoveAt(i);
            return true;
        }

        return false;
    }
}
