using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// Convolution. With stride 1, tiles of outputs are computed straight from padded planes (<see cref="PaddedConvolution"/>); otherwise windows are
/// unfolded to the columns of a matrix and multiplied (CpuBackend.Unfolding.cs). Threads take whole images. Weights' derivatives are added up
/// over fixed ranges of images, and those sums in order.
/// </summary>
public sealed partial class CpuBackend
{
    // Multiplications that a thread takes at a time, numbers of a few channels of a group of images that stay in the first-level cache, and numbers that
    // the weights' derivatives of all ranges of images may take together.
    private const long WorkPerChunk = 1 << 21;
    private const int NumbersInCache = 6 << 10;
    private const int NumbersOfParts = 1 << 23;
    private const int FewestParts = 4;
    private const int MostParts = 8;

    /// <inheritdoc/>
    public override void Convolve(in Window window, Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        int groups = x.Shape[1] / weight.Shape[1];
        var direct = new PaddedConvolution(weight.Shape[1], weight.Shape[0] / groups, new(x.Shape[2], x.Shape[3]), window.Kernel, window.Padding, window.Dilation);
        if (Suits(window, direct)) ComputeDirectly(direct, groups, x, weight, turned: false, bias, y, add: false);
        else ConvolveUnfolded(window, x, weight, bias, y);
    }

    /// <inheritdoc/>
    public override void ConvolveInputGradient(in Window window, Tensor dy, Tensor weight, Tensor dx, bool add)
    {
        // With stride 1 this is a convolution too, of dy, with the kernels turned and inputs and outputs exchanged.
        int groups = dx.Shape[1] / weight.Shape[1];
        var reach = window.Reach;
        var padding = new Extent(reach.Height - 1 - window.Padding.Height, reach.Width - 1 - window.Padding.Width);
        var direct = new PaddedConvolution(weight.Shape[0] / groups, weight.Shape[1], new(dy.Shape[2], dy.Shape[3]), window.Kernel, padding, window.Dilation);
        if (padding.Height >= 0 && padding.Width >= 0 && Suits(window, direct)) ComputeDirectly(direct, groups, dy, weight, turned: true, null, dx, add);
        else ConvolveInputGradientUnfolded(window, dy, weight, dx, add);
    }

    /// <inheritdoc/>
    public override void ConvolveParameterGradients(in Window window, Tensor x, Tensor dy, GradientSlot weight, GradientSlot bias)
    {
        if (weight.Tensor is not { } dw)
        {
            if (bias.Tensor is not null) SumChannels(dy, bias);
            return;
        }

        var (images, outputs) = (x.Shape[0], dy.Shape[1]);
        int groups = x.Shape[1] / dw.Shape[1];
        int most = Math.Clamp(NumbersOfParts / dw.Shape.Size, FewestParts, MostParts);
        int imagesPerPart = Math.Max(1, (images + most - 1) / most), parts = ParallelLoop.ChunkCount(images, imagesPerPart);
        var direct = new PaddedConvolution(dw.Shape[1], outputs / groups, new(x.Shape[2], x.Shape[3]), window.Kernel, window.Padding, window.Dilation);

        // Each part: dw, then db.
        using var sums = new Workspaces(this, 1, parts * (dw.Shape.Size + outputs));
        var all = sums.Rent();
        if (Suits(window, direct)) SumWeightGradientsDirectly(direct, groups, x, dy, imagesPerPart, all);
        else SumWeightGradientsUnfolded(window, groups, dw.Shape, x, dy, imagesPerPart, all);
        AddParts(all, parts, dw.Shape.Size + outputs, 0, weight);
        AddParts(all, parts, dw.Shape.Size + outputs, dw.Shape.Size, bias);
    }

    private static bool Suits(in Window window, in PaddedConvolution direct) =>
        Vector512.IsHardwareAccelerated && window.Stride == 1 && !IsPlain(window) && direct.IsFrugal;

    private void ComputeDirectly(PaddedConvolution direct, int groups, Tensor x, Tensor weight, bool turned, Tensor? bias, Tensor y, bool add)
    {
        int length = direct.ForwardOutputs * direct.Taps, from = direct.Inputs * direct.Plane.Area, to = direct.Outputs * direct.Output.Area;
        int room = direct.PaddedImage + direct.Slack;
        int[] offsets = direct.Offsets(multiple: 1);
        using var weights = new Workspaces(this, 1, groups * length);
        using var rooms = new Workspaces(this, Threads, room + ConvolutionTiles.ForwardChannels * direct.ForwardPlaces);
        var packed = weights.Rent();
        for (int group = 0; group < groups; group++)
        {
            int size = direct.Outputs * direct.Taps;
            direct.Pack(Span(weight).Slice(group * size, size), turned, Span(packed).Slice(group * length, length));
        }

        ForImages(x.Shape[0], (long)groups * length * direct.ForwardPlaces, (start, end) =>
        {
            var workspace = rooms.Rent();
            Span<float> padded = Span(workspace)[..room], sums = Span(workspace)[room..];
            padded.Clear();
            for (int i = start * groups; i < end * groups; i++)
            {
                int group = i % groups;
                direct.Pad(Span(x).Slice(i * from, from), padded);
                direct.Compute(
                    padded, Span(packed).Slice(group * length, length), bias is null ? default : Span(bias).Slice(group * direct.Outputs, direct.Outputs), offsets,
                    sums, Span(y).Slice(i * to, to), add);
            }

            rooms.Return(workspace);
        });
    }

    private void SumWeightGradientsDirectly(PaddedConvolution direct, int groups, Tensor x, Tensor dy, int imagesPerPart, Tensor parts)
    {
        int from = direct.Inputs * direct.Plane.Area, to = direct.Outputs * direct.Output.Area;
        int spreadImage = direct.WeightOutputs * direct.WeightPlaces;
        int together = Math.Clamp(NumbersInCache / (ConvolutionTiles.WeightChannels * direct.WeightPlaces), 1, imagesPerPart);
        int room = together * direct.PaddedImage + direct.Slack, spreadRoom = together * spreadImage;
        int[] offsets = direct.Offsets(ConvolutionTiles.WeightTaps);
        int size = groups * direct.Outputs * direct.Taps, length = size + groups * direct.Outputs;
        using var rooms = new Workspaces(this, Threads, room + spreadRoom + direct.WeightSums + Lanes);
        ParallelLoop.For(x.Shape[0], imagesPerPart, Threads, CancellationToken.None, (part, start, end) =>
        {
            var workspace = rooms.Rent();
            Span<float> padded = Span(workspace)[..room], spread = Aligned(Span(workspace)[room..]), sums = spread[spreadRoom..];
            spread = spread[..spreadRoom];
            Span<float> dw = Span(parts).Slice(part * length, size), db = Span(parts).Slice(part * length + size, length - size);
            padded.Clear();
            spread.Clear();
            db.Clear();
            for (int group = 0; group < groups; group++)
            {
                sums.Clear();
                for (int first = start; first < end; first += together)
                {
                    int count = Math.Min(together, end - first);
                    for (int i = 0; i < count; i++)
                    {
                        int at = (first + i) * groups + group;
                        direct.Pad(Span(x).Slice(at * from, from), padded[(i * direct.PaddedImage)..]);
                        direct.Spread(Span(dy).Slice(at * to, to), spread[(i * spreadImage)..]);
                        for (int o = 0; o < direct.Outputs; o++)
                            db[group * direct.Outputs + o] += TensorPrimitives.Sum<float>(spread.Slice(i * spreadImage + o * direct.WeightPlaces, direct.WeightPlaces));
                    }

                    direct.AddWeightGradient(count, padded, spread, offsets, sums);
                }

                direct.Unpack(sums, dw.Slice(group * direct.Outputs * direct.Taps, direct.Outputs * direct.Taps));
            }

            rooms.Return(workspace);
        });
    }

    /// <summary>The memory from the next line of the cache on, so that vectors do not lie across two lines. Where it begins changes no result.</summary>
    private static Span<float> Aligned(Span<float> memory)
    {
        const int Line = 64;
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(memory));
        return memory[(int)((Line - address % Line) % Line / sizeof(float))..];
    }

    /// <summary>Adds up a stretch of every part, in order.</summary>
    private static void AddParts(Tensor parts, int count, int length, int start, GradientSlot slot)
    {
        if (slot.Tensor is null) return;
        var to = Span(slot.Tensor);
        if (!slot.Add) to.Clear();
        for (int part = 0; part < count; part++) TensorPrimitives.Add(to, Span(parts).Slice(part * length + start, to.Length), to);
    }

    /// <summary>The sum of every channel of [batch, channels, ...].</summary>
    private void SumChannels(Tensor x, GradientSlot slot)
    {
        int channels = x.Shape[1], inner = x.Shape[2..].Size;
        var to = slot.Tensor!;
        ParallelLoop.For(channels, RowsPerChunk(x.Shape[0] * inner), Threads, CancellationToken.None, (_, start, end) =>
        {
            for (int channel = start; channel < end; channel++)
            {
                float sum = slot.Add ? Span(to)[channel] : 0;
                for (int row = 0; row < x.Shape[0]; row++) sum += TensorPrimitives.Sum<float>(Span(x).Slice((row * channels + channel) * inner, inner));
                Span(to)[channel] = sum;
            }
        });
    }

    /// <summary>Runs on ranges of images, each of enough work.</summary>
    private void ForImages(int count, long workPerImage, Action<int, int> body)
    {
        int chunk = (int)Math.Clamp(WorkPerChunk / Math.Max(1, workPerImage), 1, int.MaxValue);
        ParallelLoop.For(count, chunk, Threads, CancellationToken.None, (_, start, end) => body(start, end));
    }
}
