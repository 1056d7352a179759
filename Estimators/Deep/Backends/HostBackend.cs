using System.Collections.Concurrent;
using System.Numerics;

namespace MLPath.Deep;

/// <summary>A backend whose tensors lie in this process's memory.</summary>
public abstract class HostBackend : Backend
{
    // Lengths are rounded up to four steps for each power of two, so that tensors of similar lengths share memory.
    private const int SmallestLength = 64;

    private readonly ConcurrentDictionary<int, ConcurrentBag<HostBuffer>> _free = new();
    private long _allocated;

    /// <summary>The bytes allocated since the backend was made; memory that is handed out again is not counted again.</summary>
    public long AllocatedBytes => Interlocked.Read(ref _allocated);

    /// <inheritdoc/>
    public override TensorBuffer Allocate(int length, bool lasting = false)
    {
        int rounded = Round(length);
        if (!lasting && _free.TryGetValue(rounded, out var bag) && bag.TryTake(out var buffer)) return buffer;
        Interlocked.Add(ref _allocated, (long)rounded * sizeof(float));
        return new HostBuffer(rounded);
    }

    /// <inheritdoc/>
    public override void Free(TensorBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _free.GetOrAdd(buffer.Length, _ => []).Add((HostBuffer)buffer);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<float> values, Tensor y) => values.CopyTo(Span(y));

    /// <inheritdoc/>
    public override void Read(Tensor x, Span<float> values) => Span(x).CopyTo(values);

    /// <summary>The elements of a contiguous tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    protected internal static Span<float> Span(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!tensor.IsContiguous) throw new ArgumentException($"The tensor of shape {tensor.Shape} is not contiguous.", nameof(tensor));
        return Memory(tensor).AsSpan(tensor.Offset, tensor.Shape.Size);
    }

    /// <summary>The array in which a tensor's elements lie.</summary>
    /// <param name="tensor">The tensor.</param>
    protected internal static float[] Memory(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Buffer is HostBuffer host
            ? host.Values
            : throw new ArgumentException($"The tensor of shape {tensor.Shape} lies in the memory of another backend; make it with this one.", nameof(tensor));
    }

    private static int Round(int length)
    {
        if (length <= SmallestLength) return SmallestLength;
        int step = 1 << (BitOperations.Log2((uint)length) - 2);
        return (int)Math.Min(((long)length + step - 1) / step * step, Array.MaxLength);
    }

    private sealed class HostBuffer(int length) : TensorBuffer(length)
    {
        public float[] Values { get; } = GC.AllocateUninitializedArray<float>(length);
    }
}
