using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>The operations on <see cref="MLPath.Numerics"/>: vectors as wide as the machine's, matrix products by <see cref="Gemm"/>, chunks on several threads.</summary>
/// <remarks>Chunks are the same at any number of threads, and so are results, bit for bit.</remarks>
public sealed partial class CpuBackend : HostBackend
{
    // Elements that a thread takes at a time: some microseconds of work, and a part of the second-level cache.
    private const int Chunk = 1 << 15;

    /// <summary>Makes a backend.</summary>
    /// <param name="threads">The most threads that an operation uses, 1 or more.</param>
    public CpuBackend(int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>The most threads that an operation uses.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public override void Fill(Tensor y, float value)
    {
        if (y.IsContiguous)
        {
            Span(y).Fill(value);
            return;
        }

        var rows = new StridedRows(y);
        for (int row = 0; row < rows.Count; row++)
        {
            var to = new Strided(Memory(y), rows.Start(0, row), rows.Steps[0]);
            for (int i = 0; i < rows.Length; i++) to[i] = value;
        }
    }

    /// <inheritdoc/>
    public override void Copy(Tensor x, Tensor y, bool add)
    {
        if (x.Shape.Size == 0) return;
        var rows = new StridedRows(x, y);
        float[] from = Memory(x), to = Memory(y);
        ForRows(rows, row => CopyRow(from, rows.Start(0, row), rows.Steps[0], to, rows.Start(1, row), rows.Steps[1], rows.Length, add));
    }

    /// <inheritdoc/>
    public override bool IsFinite(Tensor x)
    {
        // x − x is 0 for finite numbers and NaN for all others, and NaN stays in a sum.
        var values = Span(x);
        return values.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude<float>(values));
    }

    /// <inheritdoc/>
    public override void Affine(float scale, float shift, Tensor x, Tensor y) => ForElements(y.Shape.Size, (start, length) =>
    {
        Span<float> from = Span(x).Slice(start, length), to = Span(y).Slice(start, length);
        TensorPrimitives.Multiply(from, scale, to);
        if (shift != 0) TensorPrimitives.Add(to, shift, to);
    });

    /// <inheritdoc/>
    public override void SumTo(Tensor x, Tensor y, float scale, bool add)
    {
        if (x.Shape.Equals(y.Shape))
        {
            AddScaled(x, y, scale, add);
            return;
        }

        if (!add) Fill(y, 0);
        var repeated = y.BroadcastView(x.Shape);
        var rows = new StridedRows(x, repeated);
        if (x.Shape.Size == 0) return;
        SumRows(rows, Memory(x), Memory(y), scale);
    }

    /// <inheritdoc/>
    public override void MatMul(in MatrixProduct product, Tensor a, Tensor b, Tensor y, bool add)
    {
        var (count, m, n, k, transposeA, transposeB, strideA, strideB, strideY) = product;
        int lda = transposeA ? m : k, ldb = transposeB ? k : n;
        float beta = add ? 1 : 0;
        if (count == 1)
        {
            Gemm.Multiply(transposeA, transposeB, m, n, k, 1, Span(a), lda, Span(b), ldb, beta, Span(y), n, Threads);
            return;
        }

        if (strideY > 0)
        {
            Gemm.MultiplyBatched(count, transposeA, transposeB, m, n, k, 1, Span(a), lda, strideA, Span(b), ldb, strideB, beta, Span(y), n, strideY, Threads);
            return;
        }

        for (int i = 0; i < count; i++)
            Gemm.Multiply(transposeA, transposeB, m, n, k, 1, Span(a)[(i * strideA)..], lda, Span(b)[(i * strideB)..], ldb, add || i > 0 ? 1 : 0, Span(y), n, Threads);
    }

    /// <inheritdoc/>
    public override void Softmax(Tensor x, Tensor y, bool logarithm) => ForVectors(x, (start, n) =>
    {
        Span<float> from = Span(x).Slice(start, n), to = Span(y).Slice(start, n);
        if (logarithm) Dense.LogSoftmax(from, to);
        else Dense.Softmax(from, to);
    });

    /// <inheritdoc/>
    public override void SoftmaxGradient(Tensor y, Tensor dy, Tensor dx, bool logarithm, bool add) => ForVectors(y, (start, n) =>
    {
        Span<float> at = Span(y).Slice(start, n), upper = Span(dy).Slice(start, n), lower = Span(dx).Slice(start, n);
        float sum = logarithm ? TensorPrimitives.Sum<float>(upper) : Dense.Dot(at, upper);
        for (int i = 0; i < n; i++)
        {
            float slope = logarithm ? upper[i] - MathF.Exp(at[i]) * sum : at[i] * (upper[i] - sum);
            lower[i] = add ? lower[i] + slope : slope;
        }
    });

    /// <inheritdoc/>
    public override void Gather(Tensor table, IndexTensor indices, Tensor y)
    {
        int size = table.Shape[1];
        ParallelLoop.For(indices.Shape.Size, RowsPerChunk(size), Threads, CancellationToken.None, (_, start, end) =>
        {
            Span<float> from = Span(table), to = Span(y);
            for (int i = start; i < end; i++)
            {
                int index = indices.Values[i];
                if (index < 0) to.Slice(i * size, size).Clear();
                else from.Slice(index * size, size).CopyTo(to.Slice(i * size, size));
            }
        });
    }

    /// <inheritdoc/>
    public override void ScatterAdd(Tensor dy, IndexTensor indices, Tensor table, int leftOut = -1)
    {
        // In the order of the indices, on one thread: two of them may choose the same row.
        int size = table.Shape[1];
        Span<float> from = Span(dy), to = Span(table);
        for (int i = 0; i < indices.Values.Length; i++)
        {
            if (indices.Values[i] < 0 || indices.Values[i] == leftOut) continue;
            var row = to.Slice(indices.Values[i] * size, size);
            TensorPrimitives.Add(row, from.Slice(i * size, size), row);
        }
    }

    private static void CopyRow(float[] from, int start, int step, float[] to, int toStart, int toStep, int length, bool add)
    {
        if (step == 1 && toStep == 1)
        {
            Span<float> source = from.AsSpan(start, length), target = to.AsSpan(toStart, length);
            if (add) TensorPrimitives.Add(target, source, target);
            else source.CopyTo(target);
            return;
        }

        if (step == 0 && toStep == 1)
        {
            var target = to.AsSpan(toStart, length);
            if (add) TensorPrimitives.Add(target, from[start], target);
            else target.Fill(from[start]);
            return;
        }

        for (int i = 0; i < length; i++, start += step, toStart += toStep) to[toStart] = add ? to[toStart] + from[start] : from[start];
    }

    // Rows whose sums go to one element (step 0) or element by element to a row (step 1), one after the other, so that the order is fixed.
    private static void SumRows(StridedRows rows, float[] from, float[] to, float scale)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            int start = rows.Start(0, row), toStart = rows.Start(1, row), step = rows.Steps[0], toStep = rows.Steps[1];
            if (step == 1 && toStep == 0)
            {
                to[toStart] += scale * TensorPrimitives.Sum<float>(from.AsSpan(start, rows.Length));
            }
            else if (step == 1 && toStep == 1)
            {
                var target = to.AsSpan(toStart, rows.Length);
                TensorPrimitives.MultiplyAdd(from.AsSpan(start, rows.Length), scale, target, target);
            }
            else
            {
                for (int i = 0; i < rows.Length; i++, start += step, toStart += toStep) to[toStart] += scale * from[start];
            }
        }
    }

    private static int RowsPerChunk(int size) => Math.Max(1, Chunk / Math.Max(1, size));

    private void AddScaled(Tensor x, Tensor y, float scale, bool add) => ForElements(y.Shape.Size, (start, length) =>
    {
        Span<float> from = Span(x).Slice(start, length), to = Span(y).Slice(start, length);
        if (add) TensorPrimitives.MultiplyAdd(from, scale, to, to);
        else TensorPrimitives.Multiply(from, scale, to);
    });

    private void ForElements(int count, Action<int, int> body) =>
        ParallelLoop.For(count, Chunk, Threads, CancellationToken.None, (_, start, end) => body(start, end - start));

    private void ForRows(StridedRows rows, Action<int> body) =>
        ParallelLoop.For(rows.Count, RowsPerChunk(rows.Length), Threads, CancellationToken.None, (_, start, end) =>
        {
            for (int row = start; row < end; row++) body(row);
        });

    /// <summary>For every vector along the last axis: where it begins, and its length.</summary>
    private void ForVectors(Tensor x, Action<int, int> body)
    {
        int n = x.Shape[^1];
        if (x.Shape.Size == 0) return;
        ParallelLoop.For(x.Shape.Size / n, RowsPerChunk(n), Threads, CancellationToken.None, (_, start, end) =>
        {
            for (int row = start; row < end; row++) body(row * n, n);
        });
    }

    /// <summary>Every step-th element of an array.</summary>
    private readonly struct Strided(float[] values, int start, int step)
    {
        public float this[int i]
        {
            set => values[start + i * step] = value;
        }
    }
}
