using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>Pooling, plane by plane. The common window of 2 × 2 cells side by side is computed four windows at a time.</summary>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void MaxPool(in Window window, Tensor x, Tensor y, Tensor? choices)
    {
        var (w, plane, output) = (window, new Extent(x.Shape[2], x.Shape[3]), new Extent(y.Shape[2], y.Shape[3]));
        bool isPair = IsPair(window) && output.Width >= PairsAtOnce;
        ForPlanes(x, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Span<float> values = Span(x).Slice(i * plane.Area, plane.Area), largest = Span(y).Slice(i * output.Area, output.Area);
                var choice = choices is null ? default : Span(choices).Slice(i * output.Area, output.Area);
                if (isPair) MaxPairs(values, plane.Width, largest, choice, output);
                else MaxWindows(w, values, plane, largest, choice, output);
            }
        });
    }

    /// <inheritdoc/>
    public override void MaxPoolGradient(in Window window, Tensor choices, Tensor dy, Tensor dx, bool add)
    {
        var (w, plane, output) = (window, new Extent(dx.Shape[2], dx.Shape[3]), new Extent(dy.Shape[2], dy.Shape[3]));
        bool isPair = IsPair(window) && output.Width >= PairsAtOnce && !add;
        bool isCovered = isPair && plane.Height % 2 == 0 && plane.Width % 2 == 0;
        ForPlanes(dx, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Span<float> lower = Span(dx).Slice(i * plane.Area, plane.Area), upper = Span(dy).Slice(i * output.Area, output.Area);
                var choice = Span(choices).Slice(i * output.Area, output.Area);
                if (!add && !isCovered) lower.Clear();
                if (isPair) SpreadPairs(upper, choice, output, lower, plane.Width);
                else SpreadChoices(w, upper, choice, output, lower, plane);
            }
        });
    }

    /// <inheritdoc/>
    public override void AveragePool(in Window window, bool countsPadding, Tensor x, Tensor y)
    {
        var (w, plane, output) = (window, new Extent(x.Shape[2], x.Shape[3]), new Extent(y.Shape[2], y.Shape[3]));
        ForPlanes(x, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Span<float> values = Span(x).Slice(i * plane.Area, plane.Area), means = Span(y).Slice(i * output.Area, output.Area);
                for (int at = 0; at < means.Length; at++)
                {
                    var (top, left) = (at / output.Width * w.Stride.Height - w.Padding.Height, at % output.Width * w.Stride.Width - w.Padding.Width);
                    var (rows, columns) = (Inside(top, w.Kernel.Height, w.Dilation.Height, plane.Height), Inside(left, w.Kernel.Width, w.Dilation.Width, plane.Width));
                    float sum = 0;
                    for (int r = rows.First; r < rows.End; r++)
                    {
                        int row = (top + r * w.Dilation.Height) * plane.Width + left;
                        for (int c = columns.First; c < columns.End; c++) sum += values[row + c * w.Dilation.Width];
                    }

                    means[at] = sum / (countsPadding ? w.Kernel.Area : (rows.End - rows.First) * (columns.End - columns.First));
                }
            }
        });
    }

    /// <inheritdoc/>
    public override void AveragePoolGradient(in Window window, bool countsPadding, Tensor dy, Tensor dx, bool add)
    {
        var (w, plane, output) = (window, new Extent(dx.Shape[2], dx.Shape[3]), new Extent(dy.Shape[2], dy.Shape[3]));
        ForPlanes(dx, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Span<float> lower = Span(dx).Slice(i * plane.Area, plane.Area), upper = Span(dy).Slice(i * output.Area, output.Area);
                if (!add) lower.Clear();
                for (int at = 0; at < upper.Length; at++)
                {
                    var (top, left) = (at / output.Width * w.Stride.Height - w.Padding.Height, at % output.Width * w.Stride.Width - w.Padding.Width);
                    var (rows, columns) = (Inside(top, w.Kernel.Height, w.Dilation.Height, plane.Height), Inside(left, w.Kernel.Width, w.Dilation.Width, plane.Width));
                    float share = upper[at] / (countsPadding ? w.Kernel.Area : (rows.End - rows.First) * (columns.End - columns.First));
                    for (int r = rows.First; r < rows.End; r++)
                    {
                        int row = (top + r * w.Dilation.Height) * plane.Width + left;
                        for (int c = columns.First; c < columns.End; c++) lower[row + c * w.Dilation.Width] += share;
                    }
                }
            }
        });
    }

    /// <summary>The cells first..end of a window from start that lie inside 0..size.</summary>
    private static (int First, int End) Inside(int start, int kernel, int dilation, int size)
    {
        int first = start >= 0 ? 0 : Math.Min((-start + dilation - 1) / dilation, kernel);
        int end = start >= size ? first : Math.Clamp((size - 1 - start) / dilation + 1, first, kernel);
        return (first, end);
    }

    private static void MaxWindows(in Window w, ReadOnlySpan<float> values, Extent plane, Span<float> largest, Span<float> choices, Extent output)
    {
        for (int at = 0; at < largest.Length; at++)
        {
            var (top, left) = (at / output.Width * w.Stride.Height - w.Padding.Height, at % output.Width * w.Stride.Width - w.Padding.Width);
            var (rows, columns) = (Inside(top, w.Kernel.Height, w.Dilation.Height, plane.Height), Inside(left, w.Kernel.Width, w.Dilation.Width, plane.Width));
            var (best, choice) = (float.NegativeInfinity, -1);
            for (int r = rows.First; r < rows.End; r++)
            {
                int row = (top + r * w.Dilation.Height) * plane.Width + left;
                for (int c = columns.First; c < columns.End; c++)
                {
                    float value = values[row + c * w.Dilation.Width];
                    if (choice < 0 || value > best || (float.IsNaN(value) && !float.IsNaN(best))) (best, choice) = (value, r * w.Kernel.Width + c);
                }
            }

            largest[at] = best;
            if (!choices.IsEmpty) choices[at] = choice;
        }
    }

    private static void SpreadChoices(in Window w, ReadOnlySpan<float> upper, ReadOnlySpan<float> choices, Extent output, Span<float> lower, Extent plane)
    {
        for (int at = 0; at < upper.Length; at++)
        {
            int choice = (int)choices[at];
            if (choice < 0) continue;
            var (r, c) = Math.DivRem(choice, w.Kernel.Width);
            int row = at / output.Width * w.Stride.Height - w.Padding.Height + r * w.Dilation.Height;
            lower[row * plane.Width + at % output.Width * w.Stride.Width - w.Padding.Width + c * w.Dilation.Width] += upper[at];
        }
    }

    /// <summary>Runs on ranges of planes, each of about as many elements.</summary>
    private void ForPlanes(Tensor x, Action<int, int> body) => ParallelLoop.For(
        x.Shape[0] * x.Shape[1], RowsPerChunk(x.Shape[2] * x.Shape[3]), Threads, CancellationToken.None, (_, start, end) => body(start, end));
}
