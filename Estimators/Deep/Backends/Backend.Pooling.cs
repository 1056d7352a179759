namespace MLPath.Deep;

/// <summary>Pooling: one number for every window of a plane.</summary>
public abstract partial class Backend
{
    /// <summary>y = the largest number of each window; padding is never the largest. A NaN counts as largest.</summary>
    /// <param name="window">The window.</param>
    /// <param name="x">x, [batch, channels, height, width].</param>
    /// <param name="y">y, [batch, channels, output height, output width].</param>
    /// <param name="choices">
    /// Receives, in y's shape, which cell of the window it was, counted row by row from 0 (the first of equal ones; −1 where a window is all padding);
    /// null where it is not wanted.
    /// </param>
    public abstract void MaxPool(in Window window, Tensor x, Tensor y, Tensor? choices);

    /// <summary>dx = Σ dy of the windows that chose this cell.</summary>
    /// <param name="window">The window.</param>
    /// <param name="choices">What <see cref="MaxPool"/> gave.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="dx">The derivative with respect to x.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void MaxPoolGradient(in Window window, Tensor choices, Tensor dy, Tensor dx, bool add);

    /// <summary>y = the mean of each window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="countsPadding">Whether padding counts, as zeros; otherwise the mean is over the cells inside the plane.</param>
    /// <param name="x">x, [batch, channels, height, width].</param>
    /// <param name="y">y, [batch, channels, output height, output width].</param>
    public abstract void AveragePool(in Window window, bool countsPadding, Tensor x, Tensor y);

    /// <summary>dx = Σ over the windows that cover this cell of dy / the number of cells that count.</summary>
    /// <param name="window">The window.</param>
    /// <param name="countsPadding">Whether padding counts.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="dx">The derivative with respect to x.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void AveragePoolGradient(in Window window, bool countsPadding, Tensor dy, Tensor dx, bool add);
}
