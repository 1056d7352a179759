namespace MLPath.Deep;

/// <summary>Convolution.</summary>
public sealed partial class Tensor
{
    /// <summary>
    /// What a convolutional layer computes (see <see cref="Conv2d"/>): [batch, in, height, width] becomes [batch, out, height', width']. dx is the sum over
    /// all windows that cover x of w dy, dw the sum over all windows of dy x, db the sum of dy over all axes but the channels'.
    /// </summary>
    /// <param name="x">x, [batch, in, height, width].</param>
    /// <param name="weight">w, [out, in / groups, kernel height, kernel width].</param>
    /// <param name="bias">b, [out]; null for none.</param>
    /// <param name="window">The window, whose kernel is that of w.</param>
    /// <param name="groups">The number of groups, which divides in and out.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, Window window, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        window.Checked();
        var size = window.OutputOf(x, "A convolution");
        int outputs = weight.Shape[0];
        if (x.Shape[1] % groups != 0 || outputs % groups != 0 || !weight.Shape.Equals([outputs, x.Shape[1] / groups, window.Kernel.Height, window.Kernel.Width]))
            throw new ArgumentException($"A weight of shape {weight.Shape} in {groups} groups with kernel {window.Kernel} does not go with an input of shape {x.Shape}.", nameof(weight));
        if (bias is not null) RequireShape(bias, [outputs]);

        (x, weight, bias) = (x.Contiguous(), weight.Contiguous(), bias?.Contiguous());
        var y = Make(x.Backend, [x.Shape[0], outputs, size.Height, size.Width]);
        x.Backend.Convolve(window, x, weight, bias, y);
        return y.From("convolve", bias is null ? [x, weight] : [x, weight, bias], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.ConvolveInputGradient(window, dy, weight, dx, add);
            x.Backend.ConvolveParameterGradients(window, x, dy, GradientSlot.Of(weight), GradientSlot.Of(bias));
        });
    }
}
