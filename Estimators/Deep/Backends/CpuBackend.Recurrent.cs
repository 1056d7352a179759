using System.Numerics.Tensors;
using MLPath.Numerics;
using static MLPath.Deep.RecurrentKernels;

namespace MLPath.Deep;

/// <summary>
/// Rows of the batch do not meet before the weights' derivatives are summed, so a chunk of rows goes through all steps on one thread, its
/// state in the cache beside the weights.
/// </summary>
public sealed partial class CpuBackend
{
    // Rows that go through time together: enough of them for the product of each step, few enough for threads to share a batch.
    private const int RecurrentRows = 16;

    // Columns of a step's product that are computed at a time: those of the weights lie side by side in the first-level cache.
    private const int StripWidth = 32;

    // For as few products as these the weights are read where they lie, as when one step at a time is asked for. The result is the same.
    private const int FewProducts = 4;

    /// <inheritdoc/>
    public override void Recur(RecurrentRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        switch (run.Cell)
        {
            case RecurrentCell.Tanh: Recur<PlainCell<Kernels.Tanh>>(run); break;
            case RecurrentCell.ReLU: Recur<PlainCell<Kernels.ReLU>>(run); break;
            case RecurrentCell.Lstm: Recur<LstmCell>(run); break;
            case RecurrentCell.Gru: Recur<GruCell>(run); break;
            default: throw new ArgumentException($"There is no cell {run.Cell}.", nameof(run));
        }
    }

    /// <inheritdoc/>
    public override void RecurGradient(RecurrentRun run, RecurrentRunGradient gradient)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(gradient);
        switch (run.Cell)
        {
            case RecurrentCell.Tanh: RecurGradient<PlainCell<Kernels.Tanh>>(run, gradient); break;
            case RecurrentCell.ReLU: RecurGradient<PlainCell<Kernels.ReLU>>(run, gradient); break;
            case RecurrentCell.Lstm: RecurGradient<LstmCell>(run, gradient); break;
            case RecurrentCell.Gru: RecurGradient<GruCell>(run, gradient); break;
            default: throw new ArgumentException($"There is no cell {run.Cell}.", nameof(run));
        }
    }

    private void Recur<TCell>(RecurrentRun run)
        where TCell : struct, ICell
    {
        int hidden = run.Hidden, gates = run.GateCount * hidden;
        Tensor state = run.FinalHidden, products = Tensor.Make(this, [run.Batch, gates]);
        var strips = HasFewProducts(run) ? null : Tensor.Make(this, [gates, hidden]);
        if (strips is not null) TransposeToStrips(Span(run.HiddenWeight), gates, hidden, Span(strips));
        var (bias, candidateBias) = Biases(run);
        ParallelLoop.For(run.Batch, RecurrentRows, Threads, CancellationToken.None, (_, start, end) =>
        {
            int steps = Steps(run, start, end);
            for (int row = start; row < end; row++)
            {
                Begin(run.InitialHidden, run.FinalHidden, row, hidden);
                if (run.FinalCell is not null) Begin(run.InitialCell, run.FinalCell, row, hidden);
                ClearBeyond(run, run.Output, row);
                ClearBeyond(run, run.Previous, row);
            }

            for (int step = 0; step < steps; step++)
            {
                Span<float> before = RowsOf(state, start, end), product = RowsOf(products, start, end);
                if (strips is null) Gemm.Multiply(false, true, end - start, gates, hidden, 1, before, hidden, Span(run.HiddenWeight), hidden, 0, product, gates);
                else MultiplyStrips(before, end - start, hidden, Span(strips), gates, product);
                for (int row = start; row < end; row++)
                {
                    if (step >= run.Length(row)) continue;
                    int at = run.Position(row, step);
                    var h = RowsOf(state, row, row + 1);
                    h.CopyTo(RowOf(run.Previous, at, hidden));
                    var now = new StepRow
                    {
                        Gates = UnitsOf(run.Gates, at, gates),
                        Products = UnitsOf(products, row, gates),
                        Bias = UnitsOf(bias, 0, gates),
                        CandidateBias = UnitsOf(candidateBias, 0, hidden),
                        H = new Units(h, hidden),
                        C = UnitsOf(run.FinalCell, row, hidden),
                        Kept = UnitsOf(run.Kept, at, hidden),
                    };
                    for (int unit = 0; unit < hidden; unit += Lanes) TCell.Step(ref now, unit);
                    h.CopyTo(RowOf(run.Output, at, hidden));
                }
            }
        });

        Units UnitsOf(Tensor? tensor, int row, int size) => tensor is null ? default : new Units(RowOf(tensor, row, size), hidden);
    }

    private void RecurGradient<TCell>(RecurrentRun run, RecurrentRunGradient gradient)
        where TCell : struct, ICell
    {
        int hidden = run.Hidden, gates = run.GateCount * hidden;
        Tensor carry = gradient.InitialHidden, back = Tensor.Make(this, [run.Batch, hidden]);
        var products = Tensor.Make(this, [run.Batch, gates]);
        var strips = HasFewProducts(run) ? null : Tensor.Make(this, [gates, hidden]);
        if (strips is not null) CopyToStrips(Span(run.HiddenWeight), gates, hidden, Span(strips));
        ParallelLoop.For(run.Batch, RecurrentRows, Threads, CancellationToken.None, (_, start, end) =>
        {
            // Before a row's last step nothing comes back but what is known of the last state.
            RowsOf(back, start, end).Clear();
            RowsOf(products, start, end).Clear();
            for (int row = start; row < end; row++)
            {
                Begin(gradient.FinalHidden, carry, row, hidden);
                if (gradient.InitialCell is not null) Begin(gradient.FinalCell, gradient.InitialCell, row, hidden);
                ClearBeyond(run, gradient.Projected, row);
                if (gradient.HiddenProjected is not null) ClearBeyond(run, gradient.HiddenProjected, row);
            }

            for (int step = Steps(run, start, end) - 1; step >= 0; step--)
            {
                for (int row = start; row < end; row++)
                {
                    if (step >= run.Length(row)) continue;
                    int at = run.Position(row, step);
                    var now = new StepRow { Gates = UnitsOf(run.Gates, at, gates), H = UnitsOf(run.Previous, at, hidden), Kept = UnitsOf(run.Kept, at, hidden) };
                    var slopes = new GradientRow
                    {
                        Output = UnitsOf(gradient.Output, at, hidden),
                        Back = UnitsOf(back, row, hidden),
                        Carry = UnitsOf(carry, row, hidden),
                        C = UnitsOf(gradient.InitialCell, row, hidden),
                        Projected = UnitsOf(gradient.Projected, at, gates),
                        Products = UnitsOf(products, row, gates),
                    };
                    for (int unit = 0; unit < hidden; unit += Lanes) TCell.StepGradient(ref now, ref slopes, unit);
                    if (gradient.HiddenProjected is not null) RowOf(products, row, gates).CopyTo(RowOf(gradient.HiddenProjected, at, gates));
                }

                Span<float> slope = RowsOf(products, start, end), product = RowsOf(back, start, end);
                if (strips is null) Gemm.Multiply(false, false, end - start, hidden, gates, 1, slope, gates, Span(run.HiddenWeight), hidden, 0, product, hidden);
                else MultiplyStrips(slope, end - start, gates, Span(strips), hidden, product);
            }

            TensorPrimitives.Add(RowsOf(carry, start, end), RowsOf(back, start, end), RowsOf(carry, start, end));
        });

        Units UnitsOf(Tensor? tensor, int row, int size) => tensor is null ? default : new Units(RowOf(tensor, row, size), hidden);
    }

    /// <summary>b_i and b_h summed, but for GRU's candidate, whose b_h is apart: it is multiplied by the reset gate.</summary>
    private (Tensor Bias, Tensor CandidateBias) Biases(RecurrentRun run)
    {
        int hidden = run.Hidden, gates = run.GateCount * hidden, summed = run.Cell == RecurrentCell.Gru ? gates - hidden : gates;
        Tensor bias = Tensor.Full(this, [gates], 0), candidateBias = Tensor.Full(this, [hidden], 0);
        if (run.InputBias is not null) Span(run.InputBias).CopyTo(Span(bias));
        if (run.HiddenBias is null) return (bias, candidateBias);
        ReadOnlySpan<float> added = Span(run.HiddenBias);
        TensorPrimitives.Add(Span(bias)[..summed], added[..summed], Span(bias)[..summed]);
        added[summed..].CopyTo(Span(candidateBias));
        return (bias, candidateBias);
    }

    private static bool HasFewProducts(RecurrentRun run) => (long)run.Time * ParallelLoop.ChunkCount(run.Batch, RecurrentRows) <= FewProducts;

    /// <summary>The most steps that a row of a chunk has.</summary>
    private static int Steps(RecurrentRun run, int start, int end)
    {
        int steps = 0;
        for (int row = start; row < end; row++) steps = Math.Max(steps, run.Length(row));
        return steps;
    }

    private static void Begin(Tensor? first, Tensor state, int row, int size)
    {
        if (first is null) RowOf(state, row, size).Clear();
        else RowOf(first, row, size).CopyTo(RowOf(state, row, size));
    }

    private static void ClearBeyond(RecurrentRun run, Tensor tensor, int row)
    {
        int size = tensor.Shape[2], length = run.Length(row);
        Span(tensor).Slice((row * run.Time + length) * size, (run.Time - length) * size).Clear();
    }

    private static Span<float> RowOf(Tensor tensor, int row, int size) => Memory(tensor).AsSpan(tensor.Offset + row * size, size);

    private static Span<float> RowsOf(Tensor tensor, int start, int end) => RowOf(tensor, 0, end * tensor.Shape[1])[(start * tensor.Shape[1])..];

    /// <summary>Lays Wᵀ out for <see cref="MultiplyStrips"/>, W being [rows, columns]: for every strip of W's rows, column after column.</summary>
    private static void TransposeToStrips(ReadOnlySpan<float> weight, int rows, int columns, Span<float> strips)
    {
        for (int first = 0; first < rows; first += StripWidth)
        {
            int width = Math.Min(StripWidth, rows - first);
            var strip = strips.Slice(first * columns, width * columns);
            for (int i = 0; i < width; i++)
            {
                var row = weight.Slice((first + i) * columns, columns);
                for (int k = 0; k < row.Length; k++) strip[k * width + i] = row[k];
            }
        }
    }

    /// <summary>Lays W out for <see cref="MultiplyStrips"/>, W being [rows, columns]: for every strip of its columns, row after row.</summary>
    private static void CopyToStrips(ReadOnlySpan<float> weight, int rows, int columns, Span<float> strips)
    {
        for (int first = 0; first < columns; first += StripWidth)
        {
            int width = Math.Min(StripWidth, columns - first);
            for (int k = 0; k < rows; k++) weight.Slice(k * columns + first, width).CopyTo(strips[(first * rows + k * width)..]);
        }
    }

    /// <summary>Y = X B, X being [rows, depth] and Y [rows, columns], strip by strip of the columns of B.</summary>
    private static void MultiplyStrips(ReadOnlySpan<float> x, int rows, int depth, ReadOnlySpan<float> strips, int columns, Span<float> y)
    {
        for (int first = 0; first < columns; first += StripWidth)
        {
            int width = Math.Min(StripWidth, columns - first);
            Gemm.Multiply(false, false, rows, width, depth, 1, x, depth, strips.Slice(first * depth, width * depth), width, 0, y[first..], columns);
        }
    }
}
