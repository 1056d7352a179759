namespace MLPath.Deep;

/// <summary>A layer that makes one number of every window of a plane.</summary>
public abstract class Pooling : Layer
{
    private protected Pooling(Window window)
    {
        Window = window.Checked();
        if (2 * window.Padding.Height > window.Kernel.Height || 2 * window.Padding.Width > window.Kernel.Width)
            throw new ArgumentException($"Padding {window.Padding} is more than half of kernel {window.Kernel}: windows would lie outside altogether.", nameof(window));
    }

    /// <summary>Kernel, stride, padding and dilation; of height 1 where there is one dimension.</summary>
    public Window Window { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Window.Kernel}, stride: {Window.Stride}, padding: {Window.Padding})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        int rank = IsLine ? 3 : 4;
        if (x.Shape.Rank != rank) throw new ArgumentException($"{this} takes [batch, channels, {(IsLine ? "length" : "height, width")}], not {x.Shape}.", nameof(x));
        if (!IsLine) return Pool(x);
        var y = Pool(x.Reshape([x.Shape[0], x.Shape[1], 1, x.Shape[2]]));
        return y.Reshape([y.Shape[0], y.Shape[1], y.Shape[3]]);
    }

    private protected abstract bool IsLine { get; }

    private protected abstract Tensor Pool(Tensor x);
}

/// <summary>
/// The largest number of every window: [batch, channels, length] becomes [batch, channels, ⌊(length + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1].
/// Padding is never the largest.
/// </summary>
/// <param name="kernel">The number of positions that a window covers, 1 or more.</param>
/// <param name="stride">The distance between windows, 1 or more; the kernel when omitted.</param>
/// <param name="padding">How far windows reach beyond each end, from 0 to half of the kernel.</param>
/// <param name="dilation">The distance between the positions of a window, 1 or more.</param>
public sealed class MaxPool1d(int kernel, int? stride = null, int padding = 0, int dilation = 1) : Pooling(Conv1d.Line(kernel, stride ?? kernel, padding, dilation))
{
    private protected override bool IsLine => true;

    private protected override Tensor Pool(Tensor x) => x.MaxPool(Window);
}

/// <summary>
/// The largest number of every window: [batch, channels, height, width] becomes [batch, channels, height', width'] with
/// height' = ⌊(height + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1. Padding is never the largest. Sizes are one number, or (height, width).
/// </summary>
/// <param name="kernel">The size of a window, 1 or more.</param>
/// <param name="stride">The distance between windows, 1 or more; the kernel when omitted.</param>
/// <param name="padding">How far windows reach beyond each edge, from 0, the default, to half of the kernel.</param>
/// <param name="dilation">The distance between the cells of a window, 1 or more; 1 when omitted.</param>
public sealed class MaxPool2d(Extent kernel, Extent? stride = null, Extent? padding = null, Extent? dilation = null)
    : Pooling(new Window(kernel, stride ?? kernel, padding ?? 0, dilation ?? 1))
{
    private protected override bool IsLine => false;

    private protected override Tensor Pool(Tensor x) => x.MaxPool(Window);
}

/// <summary>The mean of every window: [batch, channels, length] becomes [batch, channels, ⌊(length + 2 padding − kernel) / stride⌋ + 1].</summary>
/// <param name="kernel">The number of positions that a window covers, 1 or more.</param>
/// <param name="stride">The distance between windows, 1 or more; the kernel when omitted.</param>
/// <param name="padding">How far windows reach beyond each end, from 0 to half of the kernel.</param>
/// <param name="countsPadding">Whether padding counts, as zeros; otherwise the mean is over the positions inside.</param>
public sealed class AvgPool1d(int kernel, int? stride = null, int padding = 0, bool countsPadding = true) : Pooling(Conv1d.Line(kernel, stride ?? kernel, padding, 1))
{
    /// <summary>Whether padding counts, as zeros.</summary>
    public bool CountsPadding { get; } = countsPadding;

    private protected override bool IsLine => true;

    private protected override Tensor Pool(Tensor x) => x.AveragePool(Window, CountsPadding);
}

/// <summary>
/// The mean of every window: [batch, channels, height, width] becomes [batch, channels, height', width'] with height' = ⌊(height + 2 padding − kernel) / stride⌋ + 1.
/// Sizes are one number, or (height, width).
/// </summary>
/// <param name="kernel">The size of a window, 1 or more.</param>
/// <param name="stride">The distance between windows, 1 or more; the kernel when omitted.</param>
/// <param name="padding">How far windows reach beyond each edge, from 0, the default, to half of the kernel.</param>
/// <param name="countsPadding">Whether padding counts, as zeros; otherwise the mean is over the cells inside.</param>
public sealed class AvgPool2d(Extent kernel, Extent? stride = null, Extent? padding = null, bool countsPadding = true)
    : Pooling(new Window(kernel, stride ?? kernel, padding ?? 0, 1))
{
    /// <summary>Whether padding counts, as zeros.</summary>
    public bool CountsPadding { get; } = countsPadding;

    private protected override bool IsLine => false;

    private protected override Tensor Pool(Tensor x) => x.AveragePool(Window, CountsPadding);
}

/// <summary>The mean of every channel: [batch, channels, ...] becomes [batch, channels], or [batch, channels, 1, ...] where the axes are kept.</summary>
/// <remarks>M. Lin, Q. Chen, S. Yan, <i>Network In Network</i>, ICLR 2014.</remarks>
/// <param name="keepAxes">Whether the averaged axes stay, with length 1.</param>
public sealed class GlobalAveragePool(bool keepAxes = false) : Layer
{
    /// <summary>Whether the averaged axes stay.</summary>
    public bool KeepsAxes { get; } = keepAxes;

    /// <inheritdoc/>
    public override string ToString() => "GlobalAveragePool";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 3) throw new ArgumentException($"{this} takes [batch, channels, ...] with at least one axis to average, not {x.Shape}.", nameof(x));
        return x.Mean([.. Enumerable.Range(2, x.Shape.Rank - 2)], KeepsAxes);
    }
}
