using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// Attention in blocks of queries: their scores, weights and derivatives stay in the second-level cache between the products, and keys that no query of
/// a block sees are left out. Heads are read and written where they lie, in rows that hold all of them.
/// </summary>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void MaskedSoftmax(Tensor x, AttentionMask mask, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mask);
        var bias = mask.Bias?.BroadcastView(x.Shape);
        int queries = x.Shape[2], keys = x.Shape[3];
        ForVectors(x, (start, n) =>
        {
            int row = start / n, query = row % queries, pair = row / queries, seen = mask.KeysInSight(pair / x.Shape[1], query, queries, keys);
            var to = Span(y).Slice(start, n);
            Span(x).Slice(start, seen).CopyTo(to);
            SoftmaxInSight(to, seen, bias, pair / x.Shape[1], pair % x.Shape[1], query);
        });
    }

    /// <inheritdoc/>
    public override void Attention(AttentionOperands operands, Tensor? weights, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(operands);
        int length = weights is null || operands.Kept is not null ? QueryBlock(operands) * operands.KeyCount : 0;
        ForHeads(operands, length, (b, h, scratch) => AttendHead(operands, weights, y, b, h, scratch));
    }

    /// <inheritdoc/>
    public override void AttentionGradient(
        AttentionOperands operands, Tensor weights, Tensor dy, GradientSlot queries, GradientSlot keys, GradientSlot values)
    {
        ArgumentNullException.ThrowIfNull(operands);
        int length = QueryBlock(operands) * operands.KeyCount * (operands.Kept is null ? 1 : 2);
        ForHeads(operands, length, (b, h, scratch) =>
            AttendHeadGradient(operands, weights, dy, new(queries, b, h, operands.Size), new(keys, b, h, operands.Size), new(values, b, h, operands.ValueSize), b, h, scratch));
    }

    /// <summary>P = softmax(scale Q Kᵀ + mask) and Y = (P ∘ kept) V of one head.</summary>
    private static void AttendHead(AttentionOperands operands, Tensor? weights, Tensor y, int b, int h, Span<float> scratch)
    {
        int queries = operands.QueryCount, n = operands.KeyCount, size = operands.Size, valueSize = operands.ValueSize, block = QueryBlock(operands);
        Head q = new(operands.Queries, b, h, size), k = new(operands.Keys, b, h, size), v = new(operands.Values, b, h, valueSize), to = new(y, b, h, valueSize);
        bool drops = operands.Kept is not null;
        for (int first = 0; first < queries; first += block)
        {
            int rows = Math.Min(block, queries - first), seen = operands.Mask.KeysInSight(b, first + rows - 1, queries, n);
            var p = weights is null ? scratch[..(rows * n)] : Scores(weights, operands, b, h, first, rows);
            Gemm.Multiply(false, true, rows, seen, size, operands.Scale, q.From(first), q.Step, k.From(0), k.Step, 0, p, n);
            for (int i = 0; i < rows; i++)
                SoftmaxInSight(p.Slice(i * n, n), operands.Mask.KeysInSight(b, first + i, queries, n), operands.Bias, b, h, first + i);
            if (drops)
            {
                TensorPrimitives.Multiply(p, Scores(operands.Kept!, operands, b, h, first, rows), scratch);
                p = scratch[..(rows * n)];
            }

            Gemm.Multiply(false, false, rows, valueSize, seen, 1, p, n, v.From(0), v.Step, 0, to.From(first), to.Step);
        }
    }

    /// <summary>dQ, dK and dV of one head.</summary>
    private static void AttendHeadGradient(
        AttentionOperands operands, Tensor weights, Tensor dy, Head dq, Head dk, Head dv, int b, int h, Span<float> scratch)
    {
        int count = operands.QueryCount, n = operands.KeyCount, size = operands.Size, valueSize = operands.ValueSize, block = QueryBlock(operands);
        Head q = new(operands.Queries, b, h, size), k = new(operands.Keys, b, h, size), v = new(operands.Values, b, h, valueSize), upper = new(dy, b, h, valueSize);
        for (int first = 0; first < count; first += block)
        {
            int rows = Math.Min(block, count - first), seen = operands.Mask.KeysInSight(b, first + rows - 1, count, n);
            Span<float> p = Scores(weights, operands, b, h, first, rows), dp = scratch[..(rows * n)], kept = p;
            Gemm.Multiply(false, true, rows, seen, valueSize, 1, upper.From(first), upper.Step, v.From(0), v.Step, 0, dp, n);
            if (operands.Kept is not null)
            {
                var factors = Scores(operands.Kept, operands, b, h, first, rows);
                for (int i = 0; i < rows; i++) TensorPrimitives.Multiply(dp.Slice(i * n, seen), factors.Slice(i * n, seen), dp.Slice(i * n, seen));
                kept = scratch.Slice(block * n, rows * n);
                TensorPrimitives.Multiply(p, factors, kept);
            }

            if (!dv.IsNone) Gemm.Multiply(true, false, seen, valueSize, rows, 1, kept, n, upper.From(first), upper.Step, 1, dv.From(0), dv.Step);
            if (dq.IsNone && dk.IsNone) continue;
            for (int i = 0; i < rows; i++) ScoresGradient(p.Slice(i * n, seen), dp.Slice(i * n, seen));
            if (!dq.IsNone) Gemm.Multiply(false, false, rows, size, seen, operands.Scale, dp, n, k.From(0), k.Step, 1, dq.From(first), dq.Step);
            if (!dk.IsNone) Gemm.Multiply(true, false, seen, size, rows, operands.Scale, dp, n, q.From(first), q.Step, 1, dk.From(0), dk.Step);
        }
    }

    /// <inheritdoc/>
    public override void Rotate(Tensor x, Tensor table, bool back, Tensor y, bool add)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(table);
        int time = x.Shape[^2], size = table.Shape[2];
        ForVectors(x, (start, columns) =>
        {
            int row = start / columns % time;
            ReadOnlySpan<float> cosines = Span(table).Slice(row * 2 * size, size), sines = Span(table).Slice((row * 2 + 1) * size, size);
            for (int head = start; head < start + columns; head += size) RotateHead(Span(x).Slice(head, size), cosines, sines, back, Span(y).Slice(head, size), add);
        });
    }

    private static void RotateHead(ReadOnlySpan<float> x, ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, bool back, Span<float> y, bool add)
    {
        var sign = Vector512.Create(back ? -1f : 1f);
        var neighbours = Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
        for (int i = 0; i < x.Length; i += Lanes)
        {
            var pair = LoadUpTo(x, i);
            var turned = pair * LoadUpTo(cosines, i) + Vector512.Shuffle(pair, neighbours) * (sign * LoadUpTo(sines, i));
            StoreUpTo(add ? LoadUpTo(y, i) + turned : turned, y, i);
        }
    }

    /// <summary>A row of scores becomes a row of weights: softmax over the first <paramref name="seen"/>, 0 behind.</summary>
    private static void SoftmaxInSight(Span<float> row, int seen, Tensor? bias, int sequence, int head, int query)
    {
        row[seen..].Clear();
        row = row[..seen];
        if (row.IsEmpty) return;
        if (bias is not null) AddBias(row, bias, sequence, head, query);
        float largest = TensorPrimitives.Max<float>(row);
        if (float.IsNegativeInfinity(largest))
        {
            row.Clear();
            return;
        }

        var (shift, sums) = (Vector512.Create(largest), Vector512<float>.Zero);
        int i = 0;
        for (; i <= row.Length - Lanes; i += Lanes)
        {
            var powers = Vector512.Exp(Load(row, i) - shift);
            sums += powers;
            powers.CopyTo(row[i..]);
        }

        if (i < row.Length)
        {
            // What is missing at the end adds e^−∞ = 0.
            Span<float> lanes = stackalloc float[Lanes];
            lanes.Fill(float.NegativeInfinity);
            row[i..].CopyTo(lanes);
            var powers = Vector512.Exp(Vector512.Create<float>(lanes) - shift);
            sums += powers;
            StorePart(powers, row[i..]);
        }

        TensorPrimitives.Multiply(row, 1 / Vector512.Sum(sums), row);
    }

    private static void AddBias(Span<float> row, Tensor bias, int sequence, int head, int query)
    {
        var strides = bias.Strides;
        int start = bias.Offset + sequence * strides[0] + head * strides[1] + query * strides[2];
        float[] values = Memory(bias);
        if (strides[3] == 1) TensorPrimitives.Add(row, values.AsSpan(start, row.Length), row);
        else for (int key = 0; key < row.Length; key++) row[key] += values[start + key * strides[3]];
    }

    /// <summary>dS = P ∘ (dP − Σ P dP) of a row, in place of dP.</summary>
    private static void ScoresGradient(ReadOnlySpan<float> p, Span<float> dp)
    {
        var mean = Vector512.Create(Dense.Dot(p, dp));
        for (int i = 0; i < p.Length; i += Lanes) StoreUpTo(LoadUpTo(p, i) * (LoadUpTo(dp, i) - mean), dp, i);
    }

    /// <summary>Rows of [batch, heads, T, S] from a query on.</summary>
    private static Span<float> Scores(Tensor scores, AttentionOperands operands, int sequence, int head, int first, int rows)
    {
        int n = operands.KeyCount, start = ((sequence * operands.Heads + head) * operands.QueryCount + first) * n;
        return Span(scores).Slice(start, rows * n);
    }

    /// <summary>Queries at a time: fewer where that leaves out keys.</summary>
    private static int QueryBlock(AttentionOperands operands) => Math.Min(operands.QueryCount, operands.Mask.IsCausal ? 64 : 128);

    /// <summary>For every head of every sequence, with memory for what it needs on its way.</summary>
    private void ForHeads(AttentionOperands operands, int scratch, HeadAction body)
    {
        int pairs = operands.ScoresShape[0] * operands.Heads;
        if (pairs == 0 || operands.QueryCount == 0) return;
        using var workspaces = new Workspaces(this, Math.Min(Threads, pairs), scratch);
        ParallelLoop.For(pairs, 1, Threads, CancellationToken.None, (_, pair, _) =>
        {
            var piece = workspaces.Rent();
            body(pair / operands.Heads, pair % operands.Heads, Span(piece));
            workspaces.Return(piece);
        });
    }

    private delegate void HeadAction(int sequence, int head, Span<float> scratch);

    /// <summary>One head of one sequence: rows of <c>size</c> numbers, a constant distance apart.</summary>
    private readonly struct Head
    {
        private readonly float[]? _memory;
        private readonly int _start;

        public Head(Tensor tensor, int sequence, int head, int size)
        {
            _memory = Memory(tensor);
            _start = tensor.Offset + sequence * tensor.Strides[0] + head * size;
            Step = Math.Max(size, tensor.Strides[1]); // one row alone may have any distance
        }

        /// <summary>A place for derivatives to add to: what is not to be added to is 0.</summary>
        public Head(GradientSlot target, int sequence, int head, int size)
        {
            if (target.Tensor is null) return;
            this = new Head(target.Tensor, sequence, head, size);
            for (int row = 0; row < target.Tensor.Shape[1] && !target.Add; row++) _memory.AsSpan(_start + row * Step, size).Clear();
        }

        /// <summary>The distance between rows.</summary>
        public int Step { get; }

        public bool IsNone => _memory is null;

        /// <summary>The memory from a row on.</summary>
        public Span<float> From(int row) => _memory.AsSpan(_start + row * Step);
    }
}
