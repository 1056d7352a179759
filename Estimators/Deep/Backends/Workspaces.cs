namespace MLPath.Deep;

/// <summary>
/// Memory for the duration of one operation: a piece for each thread that may take part. All pieces are taken from the backend at once, so that
/// how much an operation takes does not depend on how its threads happened to run.
/// </summary>
internal sealed class Workspaces : IDisposable
{
    private readonly Backend _backend;
    private readonly Stack<Tensor> _free = new();
    private readonly Tensor[] _all;

    /// <summary>Takes the memory.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="count">The number of pieces.</param>
    /// <param name="length">The elements of each; their content does not matter.</param>
    public Workspaces(Backend backend, int count, int length)
    {
        _backend = backend;
        _all = new Tensor[count];
        for (int i = 0; i < count; i++)
        {
            _all[i] = Tensor.Over(backend, backend.Allocate(length), [length]);
            _free.Push(_all[i]);
        }
    }

    /// <summary>A piece that nobody else uses now. No more threads than there are pieces may ask.</summary>
    public Tensor Rent()
    {
        lock (_free) return _free.Pop();
    }

    /// <summary>Gives a piece back.</summary>
    /// <param name="piece">What <see cref="Rent"/> gave.</param>
    public void Return(Tensor piece)
    {
        lock (_free) _free.Push(piece);
    }

    /// <summary>Gives all memory back to the backend.</summary>
    public void Dispose()
    {
        foreach (var piece in _all) _backend.Free(piece.Buffer);
    }
}
