namespace MLPath.Deep;

/// <summary>
/// Convolution: y[n, o, r, c] = b[o] + Σ over i, j, l of w[o, i, j, l] x[n, i', r s − p + j d, c s − p + l d], where x is 0 beyond its edges. Channels
/// are in groups: outputs of one group see the inputs i' of that group only.
/// </summary>
public abstract partial class Backend
{
    /// <summary>y = w ∗ x + b.</summary>
    /// <param name="window">The window.</param>
    /// <param name="x">x, [batch, in, height, width].</param>
    /// <param name="weight">w, [out, in / groups, kernel height, kernel width].</param>
    /// <param name="bias">b, [out]; null for 0.</param>
    /// <param name="y">y, [batch, out, output height, output width].</param>
    public abstract void Convolve(in Window window, Tensor x, Tensor weight, Tensor? bias, Tensor y);

    /// <summary>dx[n, i', h, l'] = Σ of w[o, i, j, l] dy[n, o, r, c] over all (o, j, l, r, c) by which x[n, i', h, l'] enters y[n, o, r, c].</summary>
    /// <param name="window">The window.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="weight">w.</param>
    /// <param name="dx">The derivative with respect to x.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void ConvolveInputGradient(in Window window, Tensor dy, Tensor weight, Tensor dx, bool add);

    /// <summary>dw[o, i, j, l] = Σ over n, r, c of dy[n, o, r, c] x[n, i', r s − p + j d, c s − p + l d], and db[o] = Σ over n, r, c of dy[n, o, r, c].</summary>
    /// <param name="window">The window.</param>
    /// <param name="x">x.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="weight">Receives dw.</param>
    /// <param name="bias">Receives db.</param>
    public abstract void ConvolveParameterGradients(in Window window, Tensor x, Tensor dy, GradientSlot weight, GradientSlot bias);
}
