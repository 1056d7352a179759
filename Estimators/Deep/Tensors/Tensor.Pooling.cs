namespace MLPath.Deep;

/// <summary>Pooling.</summary>
public sealed partial class Tensor
{
    /// <summary>The largest number of every window: [batch, channels, height, width] becomes [batch, channels, height', width']. dy goes to the cell that was chosen.</summary>
    /// <param name="window">The window.</param>
    /// <exception cref="ArgumentException">The tensor does not have four axes, or no window fits.</exception>
    public Tensor MaxPool(Window window)
    {
        var size = window.Checked().OutputOf(this, "Pooling");
        var x = Contiguous();
        var y = Make(Backend, [x.Shape[0], x.Shape[1], size.Height, size.Width]);
        var choices = x.RequiresGradient && TensorScope.Current is not { Records: false } ? Make(Backend, y.Shape) : null;
        Backend.MaxPool(window, x, y, choices);
        return y.From("max-pool", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.MaxPoolGradient(window, choices!, dy, dx, add);
        });
    }

    /// <summary>The mean of every window: [batch, channels, height, width] becomes [batch, channels, height', width']. dy is shared by the cells that count.</summary>
    /// <param name="window">The window.</param>
    /// <param name="countsPadding">Whether padding counts, as zeros.</param>
    /// <exception cref="ArgumentException">The tensor does not have four axes, or no window fits.</exception>
    public Tensor AveragePool(Window window, bool countsPadding = true)
    {
        var size = window.Checked().OutputOf(this, "Pooling");
        var x = Contiguous();
        var y = Make(Backend, [x.Shape[0], x.Shape[1], size.Height, size.Width]);
        Backend.AveragePool(window, countsPadding, x, y);
        return y.From("average-pool", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.AveragePoolGradient(window, countsPadding, dy, dx, add);
        });
    }
}
