namespace MLPath.Deep;

/// <summary>
/// Convolution of images: y[n, o, r, c] = b[o] + Σ over i, j, l of w[o, i, j, l] x[n, i, r · stride − padding + j · dilation, c · stride − padding + l · dilation],
/// with x = 0 beyond its edges. [batch, in, height, width] becomes [batch, out, height', width'] with
/// height' = ⌊(height + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1.
/// </summary>
/// <remarks>
/// <para>As everywhere in deep learning this is a correlation: the kernel is not turned. With groups, outputs of one group see the inputs of that group
/// only; as many groups as inputs make a depthwise convolution.</para>
/// <para>Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, <i>Gradient-Based Learning Applied to Document Recognition</i>, Proceedings of the IEEE 86, 1998.</para>
/// </remarks>
public sealed class Conv2d : Convolution
{
    /// <summary>Makes the layer. Sizes are one number for both directions, or (height, width).</summary>
    /// <param name="inputs">The number of input channels, 1 or more.</param>
    /// <param name="outputs">The number of output channels, 1 or more.</param>
    /// <param name="kernel">The size of a window, 1 or more.</param>
    /// <param name="stride">The distance between windows, 1 or more; 1 when omitted.</param>
    /// <param name="padding">The zeros beyond each edge, 0 or more; 0 when omitted.</param>
    /// <param name="dilation">The distance between the cells of a window, 1 or more; 1 when omitted.</param>
    /// <param name="groups">The number of groups, which divides inputs and outputs.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="initializer">What w is first; the customary bound when omitted.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Conv2d(
        int inputs, int outputs, Extent kernel, Extent? stride = null, Extent? padding = null, Extent? dilation = null, int groups = 1, bool bias = true,
        Initializer? initializer = null)
        : base(
            inputs, outputs, new Window(kernel, stride ?? 1, padding ?? 0, dilation ?? 1).Checked(), [kernel.Height, kernel.Width], groups, bias, initializer)
    {
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"Conv2d({Inputs}, {Outputs}, kernel: {Window.Kernel}, stride: {Window.Stride}, padding: {Window.Padding})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 4 || x.Shape[1] != Inputs) throw Unfit("height, width", x);
        return Tensor.Convolve(x, Weight, Bias?.Value, Window, Groups);
    }
}
