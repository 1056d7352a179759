using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// Convolution by matrix products, for every stride, dilation and padding: column q of a matrix holds the numbers of window q, so that Y = W columns
/// (K. Chellapilla, S. Puri, P. Simard, IWFHR 2006). One image and one group at a time.
/// </summary>
public sealed partial class CpuBackend
{
    /// <summary>Whether windows are single cells side by side, so that the planes themselves are the columns.</summary>
    private static bool IsPlain(in Window window) => window.Kernel == 1 && window.Stride == 1 && window.Padding == 0;

    private void ConvolveUnfolded(Window window, Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        var sizes = new UnfoldedSizes(x.Shape, weight.Shape, y.Shape);
        using var rooms = new Workspaces(this, Threads, IsPlain(window) ? 1 : sizes.Taps * sizes.Places);
        ForImages(x.Shape[0], sizes.Work, (start, end) =>
        {
            var workspace = rooms.Rent();
            for (int i = start * sizes.Groups; i < end * sizes.Groups; i++)
            {
                int group = i % sizes.Groups;
                var to = Span(y).Slice(i * sizes.Output, sizes.Output);
                for (int o = 0; o < sizes.Outputs && bias is not null; o++) to.Slice(o * sizes.Places, sizes.Places).Fill(Span(bias)[group * sizes.Outputs + o]);
                var columns = Columns(window, x, i, sizes, Span(workspace));
                Gemm.Multiply(
                    false, false, sizes.Outputs, sizes.Places, sizes.Taps, 1, sizes.Weight(weight, group), sizes.Taps, columns, sizes.Places, bias is null ? 0 : 1, to, sizes.Places);
            }

            rooms.Return(workspace);
        });
    }

    private void ConvolveInputGradientUnfolded(Window window, Tensor dy, Tensor weight, Tensor dx, bool add)
    {
        var sizes = new UnfoldedSizes(dx.Shape, weight.Shape, dy.Shape);
        bool isPlain = IsPlain(window);
        using var rooms = new Workspaces(this, Threads, isPlain ? 1 : sizes.Taps * sizes.Places);
        ForImages(dx.Shape[0], sizes.Work, (start, end) =>
        {
            var workspace = rooms.Rent();
            for (int i = start * sizes.Groups; i < end * sizes.Groups; i++)
            {
                Span<float> planes = Span(dx).Slice(i * sizes.Input, sizes.Input), columns = isPlain ? planes : Span(workspace);
                Gemm.Multiply(
                    true, false, sizes.Taps, sizes.Places, sizes.Outputs, 1, sizes.Weight(weight, i % sizes.Groups), sizes.Taps,
                    Span(dy).Slice(i * sizes.Output, sizes.Output), sizes.Places, isPlain && add ? 1 : 0, columns, sizes.Places);
                if (isPlain) continue;
                if (!add) planes.Clear();
                MoveColumns(window, new(dx.Shape[2], dx.Shape[3]), new(dy.Shape[2], dy.Shape[3]), planes, columns, folds: true);
            }

            rooms.Return(workspace);
        });
    }

    private void SumWeightGradientsUnfolded(Window window, int groups, Shape weight, Tensor x, Tensor dy, int imagesPerPart, Tensor parts)
    {
        var sizes = new UnfoldedSizes(x.Shape, weight, dy.Shape);
        int length = weight.Size + weight[0];
        using var rooms = new Workspaces(this, Threads, IsPlain(window) ? 1 : sizes.Taps * sizes.Places);
        ParallelLoop.For(x.Shape[0], imagesPerPart, Threads, CancellationToken.None, (part, start, end) =>
        {
            var workspace = rooms.Rent();
            var sums = Span(parts).Slice(part * length, length);
            sums.Clear();
            for (int i = start * groups; i < end * groups; i++)
            {
                int group = i % groups;
                var upper = Span(dy).Slice(i * sizes.Output, sizes.Output);
                var columns = Columns(window, x, i, sizes, Span(workspace));
                int size = sizes.Outputs * sizes.Taps;
                Gemm.Multiply(
                    false, true, sizes.Outputs, sizes.Taps, sizes.Places, 1, upper, sizes.Places, columns, sizes.Places, 1, sums.Slice(group * size, size), sizes.Taps);
                for (int o = 0; o < sizes.Outputs; o++)
                    sums[weight.Size + group * sizes.Outputs + o] += TensorPrimitives.Sum<float>(upper.Slice(o * sizes.Places, sizes.Places));
            }

            rooms.Return(workspace);
        });
    }

    /// <summary>The columns of an image and group; the planes themselves where windows are single cells.</summary>
    private static Span<float> Columns(in Window window, Tensor x, int imageAndGroup, in UnfoldedSizes sizes, Span<float> room)
    {
        var planes = Span(x).Slice(imageAndGroup * sizes.Input, sizes.Input);
        if (IsPlain(window)) return planes;
        Extent plane = new(x.Shape[2], x.Shape[3]);
        MoveColumns(window, plane, window.Output(plane), planes, room, folds: false);
        return room;
    }

    /// <summary>Copies the numbers of every window from planes to columns, or adds columns to the planes they came from.</summary>
    private static void MoveColumns(in Window window, Extent plane, Extent output, Span<float> planes, Span<float> columns, bool folds)
    {
        var ((kernelHeight, kernelWidth), (strideY, strideX), (paddingY, paddingX), (dilationY, dilationX)) = window;
        int at = 0;
        for (int start = 0; start < planes.Length; start += plane.Area)
        {
            for (int i = 0; i < kernelHeight; i++)
            {
                for (int j = 0; j < kernelWidth; j++)
                {
                    // The output columns whose cell j lies inside the plane: from..to.
                    int shift = j * dilationX - paddingX;
                    int from = Math.Clamp((strideX - 1 - shift) / strideX, 0, output.Width);
                    int to = Math.Clamp((plane.Width - 1 - shift + strideX) / strideX, from, output.Width);
                    for (int r = 0; r < output.Height; r++, at += output.Width)
                    {
                        var row = columns.Slice(at, output.Width);
                        int inputRow = r * strideY + i * dilationY - paddingY;
                        bool isInside = inputRow >= 0 && inputRow < plane.Height && to > from;
                        if (folds)
                        {
                            if (isInside) FoldRow(row[from..to], planes[(start + inputRow * plane.Width + from * strideX + shift)..], strideX);
                            continue;
                        }

                        if (!isInside)
                        {
                            row.Clear();
                            continue;
                        }

                        row[..from].Clear();
                        UnfoldRow(planes[(start + inputRow * plane.Width + from * strideX + shift)..], row[from..to], strideX);
                        row[to..].Clear();
                    }
                }
            }
        }
    }

    private static void UnfoldRow(ReadOnlySpan<float> from, Span<float> row, int stride)
    {
        if (stride == 1)
        {
            from[..row.Length].CopyTo(row);
            return;
        }

        for (int c = 0; c < row.Length; c++) row[c] = from[c * stride];
    }

    private static void FoldRow(ReadOnlySpan<float> row, Span<float> to, int stride)
    {
        if (stride == 1)
        {
            TensorPrimitives.Add(to[..row.Length], row, to);
            return;
        }

        for (int c = 0; c < row.Length; c++) to[c * stride] += row[c];
    }

    /// <summary>The sizes of one image and group.</summary>
    private readonly struct UnfoldedSizes(Shape x, Shape weight, Shape y)
    {
        public int Groups { get; } = x[1] / weight[1];

        public int Outputs { get; } = weight[0] / (x[1] / weight[1]);

        public int Taps { get; } = weight[1..].Size;

        public int Places { get; } = y[2] * y[3];

        /// <summary>The numbers of a group's input planes.</summary>
        public int Input { get; } = weight[1] * x[2] * x[3];

        /// <summary>The numbers of a group's output planes.</summary>
        public int Output => Outputs * Places;

        /// <summary>The multiplications for an image.</summary>
        public long Work => (long)Groups * Outputs * Taps * Places;

        public ReadOnlySpan<float> Weight(Tensor weight, int group) => Span(weight).Slice(group * Outputs * Taps, Outputs * Taps);
    }
}
