using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>
/// A convolution of stride 1 of one group of channels on planes that are copied with their padding, one row after the other. Window q begins at
/// q, and its cells lie at fixed distances from there: no window is ever unfolded. Windows that would straddle the end of a row are computed too and
/// left out; they are few where planes are not much narrower than kernels.
/// </summary>
/// <param name="Inputs">The input channels.</param>
/// <param name="Outputs">The output channels.</param>
/// <param name="Plane">The size of an input plane.</param>
/// <param name="Kernel">The size of the kernel.</param>
/// <param name="Padding">The padding.</param>
/// <param name="Dilation">The dilation.</param>
internal readonly record struct PaddedConvolution(int Inputs, int Outputs, Extent Plane, Extent Kernel, Extent Padding, Extent Dilation)
{
    private const int Vector = 16;

    /// <summary>The size of an output plane.</summary>
    public Extent Output => new Window(Kernel, 1, Padding, Dilation).Output(Plane);

    /// <summary>
    /// The length of a padded row: the padding on the right is that on the left of the next row. Not less than the windows in a row.
    /// </summary>
    public int Row => Math.Max(Plane.Width + Padding.Width, Output.Width);

    /// <summary>The length of a padded plane.</summary>
    public int PaddedPlane => Row * (Plane.Height + 2 * Padding.Height);

    /// <summary>The length of a padded image.</summary>
    public int PaddedImage => Inputs * PaddedPlane;

    /// <summary>What windows and tiles may read beyond the last plane: zeros.</summary>
    public int Slack => Padding.Width + Vector;

    /// <summary>The windows of a plane, those that straddle rows included.</summary>
    public int Places => (Output.Height - 1) * Row + Output.Width;

    /// <summary>The places that the forward tiles write for one channel.</summary>
    public int ForwardPlaces => RoundUp(Places, Vector);

    /// <summary>The places that the weights' tiles read of one channel.</summary>
    public int WeightPlaces => RoundUp(Places, Vector);

    /// <summary>The numbers that enter one output.</summary>
    public int Taps => Inputs * Kernel.Area;

    /// <summary>The output channels rounded up to whole tiles.</summary>
    public int ForwardOutputs => RoundUp(Outputs, ConvolutionTiles.ForwardChannels);

    /// <summary>The output channels rounded up to whole tiles of the weights' gradient.</summary>
    public int WeightOutputs => RoundUp(Outputs, ConvolutionTiles.WeightChannels);

    /// <summary>The room for the weights' derivatives in the order of the tiles.</summary>
    public int WeightSums => WeightOutputs * RoundUp(Taps, ConvolutionTiles.WeightTaps);

    /// <summary>Whether at least half of the places are windows.</summary>
    public bool IsFrugal => 2 * Output.Width >= Row;

    /// <summary>The distance of every tap from its window's first cell; the last one again for what is missing to a multiple.</summary>
    /// <param name="multiple">The multiple.</param>
    public int[] Offsets(int multiple)
    {
        var offsets = new int[RoundUp(Taps, multiple)];
        for (int t = 0; t < offsets.Length; t++)
        {
            var (channel, cell) = Math.DivRem(Math.Min(t, Taps - 1), Kernel.Area);
            var (row, column) = Math.DivRem(cell, Kernel.Width);
            offsets[t] = channel * PaddedPlane + row * Dilation.Height * Row + column * Dilation.Width;
        }

        return offsets;
    }

    /// <summary>Lays out weights for the forward tiles: for each eight outputs, for each tap, eight numbers.</summary>
    /// <param name="weights">w of this group: [outputs, inputs, kernel]; or, where turned, [inputs, outputs, kernel].</param>
    /// <param name="turned">Whether inputs and outputs change places and kernels are turned by 180°, as the input's gradient needs.</param>
    /// <param name="packed">Receives the numbers: ForwardOutputs × Taps.</param>
    public void Pack(ReadOnlySpan<float> weights, bool turned, Span<float> packed)
    {
        const int Block = ConvolutionTiles.ForwardChannels;
        int area = Kernel.Area;
        for (int output = 0; output < ForwardOutputs; output++)
        {
            var to = packed[(output / Block * Block * Taps + output % Block)..];
            for (int t = 0; t < Taps; t++)
            {
                var (input, cell) = Math.DivRem(t, area);
                to[t * Block] = output >= Outputs ? 0
                    : turned ? weights[(input * Outputs + output) * area + area - 1 - cell]
                    : weights[output * Taps + t];
            }
        }
    }

    /// <summary>Copies an image into its padding, which is 0 already.</summary>
    /// <param name="image">The planes.</param>
    /// <param name="padded">Receives them.</param>
    public void Pad(ReadOnlySpan<float> image, Span<float> padded)
    {
        for (int channel = 0; channel < Inputs; channel++)
        {
            int inside = channel * PaddedPlane + Padding.Height * Row + Padding.Width;
            MoveRows(image.Slice(channel * Plane.Area, Plane.Area), Plane.Width, padded[inside..], Row, Plane, shift: 0, add: false);
        }
    }

    /// <summary>Computes one image.</summary>
    /// <param name="padded">The padded image and <see cref="Slack"/>.</param>
    /// <param name="packed">The weights as <see cref="Pack"/> gave them.</param>
    /// <param name="bias">The bias of each output; empty for 0.</param>
    /// <param name="offsets">The taps' offsets.</param>
    /// <param name="sums">Room for eight times <see cref="ForwardPlaces"/>.</param>
    /// <param name="y">Receives the output planes.</param>
    /// <param name="add">Whether to add.</param>
    public void Compute(ReadOnlySpan<float> padded, ReadOnlySpan<float> packed, ReadOnlySpan<float> bias, int[] offsets, Span<float> sums, Span<float> y, bool add)
    {
        ref float x = ref MemoryMarshal.GetReference(padded);
        ref float s = ref MemoryMarshal.GetReference(sums);
        var output = Output;
        int places = ForwardPlaces;
        for (int first = 0; first < Outputs; first += ConvolutionTiles.ForwardChannels)
        {
            ref float w = ref MemoryMarshal.GetReference(packed[(first * Taps)..]);
            int q = 0;
            for (; q <= places - ConvolutionTiles.ForwardWindows; q += ConvolutionTiles.ForwardWindows)
                ConvolutionTiles.Forward(offsets, ref w, ref Unsafe.Add(ref x, q), ref Unsafe.Add(ref s, q), (nuint)places);
            for (; q < places; q += Vector) ConvolutionTiles.ForwardNarrow(offsets, ref w, ref Unsafe.Add(ref x, q), ref Unsafe.Add(ref s, q), (nuint)places);
            for (int o = first; o < Math.Min(first + ConvolutionTiles.ForwardChannels, Outputs); o++)
                MoveRows(sums.Slice((o - first) * places, places), Row, y.Slice(o * output.Area, output.Area), output.Width, output, bias.IsEmpty ? 0 : bias[o], add);
        }
    }

    /// <summary>Copies an image of derivatives row by row to where the places of its windows are; the places between are 0 already.</summary>
    /// <param name="dy">The output planes' derivatives.</param>
    /// <param name="spread">Receives them, <see cref="WeightPlaces"/> for each channel.</param>
    public void Spread(ReadOnlySpan<float> dy, Span<float> spread)
    {
        var output = Output;
        for (int o = 0; o < Outputs; o++)
            MoveRows(dy.Slice(o * output.Area, output.Area), output.Width, spread[(o * WeightPlaces)..], Row, output, shift: 0, add: false);
    }

    /// <summary>Adds the weights' derivatives of some images.</summary>
    /// <param name="images">The number of images.</param>
    /// <param name="padded">The padded images and <see cref="Slack"/>.</param>
    /// <param name="spread">Their spread derivatives, <see cref="WeightOutputs"/> channels each.</param>
    /// <param name="offsets">The taps' offsets, a multiple of the tile's taps.</param>
    /// <param name="sums">What is added to, <see cref="WeightSums"/> numbers: for each four outputs, for each tap, four numbers.</param>
    public void AddWeightGradient(int images, ReadOnlySpan<float> padded, ReadOnlySpan<float> spread, int[] offsets, Span<float> sums)
    {
        const int Channels = ConvolutionTiles.WeightChannels, Together = ConvolutionTiles.WeightTaps;
        int places = WeightPlaces;
        for (int o = 0; o < Outputs; o += Channels)
        {
            for (int t = 0; t < Taps; t += Together)
            {
                ConvolutionTiles.Weights(
                    images, (nuint)places, ref MemoryMarshal.GetReference(spread[(o * places)..]), places, WeightOutputs * places,
                    ref MemoryMarshal.GetReference(padded), offsets.AsSpan(t, Together), PaddedImage,
                    ref MemoryMarshal.GetReference(sums.Slice(o * offsets.Length + t * Channels, Channels * Together)));
            }
        }
    }

    /// <summary>Puts the weights' derivatives in order, [outputs, taps].</summary>
    /// <param name="sums">What <see cref="AddWeightGradient"/> added up.</param>
    /// <param name="dw">Receives them.</param>
    public void Unpack(ReadOnlySpan<float> sums, Span<float> dw)
    {
        const int Channels = ConvolutionTiles.WeightChannels;
        int taps = RoundUp(Taps, ConvolutionTiles.WeightTaps);
        for (int o = 0; o < Outputs; o++)
        {
            for (int t = 0; t < Taps; t++) dw[o * Taps + t] = sums[o / Channels * Channels * taps + t * Channels + o % Channels];
        }
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Copies rows from one distance to another, with a number added. Compiled to its best form at once, as tiles are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveRows(ReadOnlySpan<float> from, int fromRow, Span<float> to, int toRow, Extent size, float shift, bool add)
    {
        _ = from[(size.Height - 1) * fromRow + size.Width - 1];
        _ = to[(size.Height - 1) * toRow + size.Width - 1];
        ref float source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(to);
        var (shift16, shift8, shift4) = (Vector512.Create(shift), Vector256.Create(shift), Vector128.Create(shift));
        for (int row = 0; row < size.Height; row++)
        {
            nuint i = 0, width = (nuint)size.Width;
            for (; i + 16 <= width; i += 16)
            {
                var value = Vector512.LoadUnsafe(ref source, i) + shift16;
                if (add) value += Vector512.LoadUnsafe(ref target, i);
                value.StoreUnsafe(ref target, i);
            }

            if (i + 8 <= width)
            {
                var value = Vector256.LoadUnsafe(ref source, i) + shift8;
                if (add) value += Vector256.LoadUnsafe(ref target, i);
                value.StoreUnsafe(ref target, i);
                i += 8;
            }

            if (i + 4 <= width)
            {
                var value = Vector128.LoadUnsafe(ref source, i) + shift4;
                if (add) value += Vector128.LoadUnsafe(ref target, i);
                value.StoreUnsafe(ref target, i);
                i += 4;
            }

            for (; i < width; i++)
            {
                ref float element = ref Unsafe.Add(ref target, i);
                element = Unsafe.Add(ref source, i) + shift + (add ? element : 0);
            }

            source = ref Unsafe.Add(ref source, fromRow);
            target = ref Unsafe.Add(ref target, toRow);
        }
    }
}
