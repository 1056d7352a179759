namespace MLPath.Deep;

/// <summary>
/// Convolution along one axis: y[n, o, t] = b[o] + Σ over i, j of w[o, i, j] x[n, i, t · stride − padding + j · dilation], with x = 0 beyond its ends.
/// [batch, in, length] becomes [batch, out, ⌊(length + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1].
/// </summary>
/// <remarks>As everywhere in deep learning this is a correlation: the kernel is not turned. With groups, outputs of one group see the inputs of that group only.</remarks>
public sealed class Conv1d : Convolution
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">The number of input channels, 1 or more.</param>
    /// <param name="outputs">The number of output channels, 1 or more.</param>
    /// <param name="kernel">The number of positions that a window covers, 1 or more.</param>
    /// <param name="stride">The distance between windows, 1 or more.</param>
    /// <param name="padding">The zeros at each end, 0 or more.</param>
    /// <param name="dilation">The distance between the positions of a window, 1 or more.</param>
    /// <param name="groups">The number of groups, which divides inputs and outputs.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="initializer">What w is first; the customary bound when omitted.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Conv1d(
        int inputs, int outputs, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, Initializer? initializer = null)
        : base(inputs, outputs, Line(kernel, stride, padding, dilation).Checked(), [kernel], groups, bias, initializer)
    {
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"Conv1d({Inputs}, {Outputs}, kernel: {Window.Kernel.Width}, stride: {Window.Stride.Width}, padding: {Window.Padding.Width})");

    /// <summary>A window along a line, which is a plane of height 1.</summary>
    internal static Window Line(int kernel, int stride, int padding, int dilation) => new((1, kernel), (1, stride), (0, padding), (1, dilation));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 3 || x.Shape[1] != Inputs) throw Unfit("length", x);
        var y = Tensor.Convolve(
            x.Reshape([x.Shape[0], Inputs, 1, x.Shape[2]]), Weight.Value.Reshape([Outputs, Inputs / Groups, 1, Window.Kernel.Width]), Bias?.Value, Window, Groups);
        return y.Reshape([y.Shape[0], Outputs, y.Shape[3]]);
    }
}
