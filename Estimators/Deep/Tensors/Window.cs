namespace MLPath.Deep;

/// <summary>
/// How a convolution or a pooling layer looks at planes: window (r, c) of the output covers the input's rows r·stride − padding + i·dilation for
/// i below the kernel's height, and columns alike. Where a window leaves the plane, there is padding.
/// </summary>
/// <param name="Kernel">The number of rows and columns that a window covers; 1 or more.</param>
/// <param name="Stride">The distance between windows; 1 or more.</param>
/// <param name="Padding">How far windows reach beyond each edge; 0 or more.</param>
/// <param name="Dilation">The distance between the rows and columns of one window; 1 or more.</param>
public readonly record struct Window(Extent Kernel, Extent Stride, Extent Padding, Extent Dilation)
{
    /// <summary>The rows and columns from the first to the last that a window covers.</summary>
    public Extent Reach => new((Kernel.Height - 1) * Dilation.Height + 1, (Kernel.Width - 1) * Dilation.Width + 1);

    /// <summary>The number of windows that fit in a plane: ⌊(size + 2 padding − reach) / stride⌋ + 1; 0 or less where not one does.</summary>
    /// <param name="plane">The plane's height and width.</param>
    public Extent Output(Extent plane) => new(
        Fit(plane.Height + 2 * Padding.Height - Reach.Height, Stride.Height), Fit(plane.Width + 2 * Padding.Width - Reach.Width, Stride.Width));

    /// <summary>Looks at the sizes.</summary>
    /// <returns>This window.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    internal Window Checked()
    {
        Require(Kernel, 1, "kernel");
        Require(Stride, 1, "stride");
        Require(Padding, 0, "padding");
        Require(Dilation, 1, "dilation");
        return this;
    }

    /// <summary>The output's height and width.</summary>
    /// <exception cref="ArgumentException">The tensor does not have four axes, or the plane is too small.</exception>
    internal Extent OutputOf(Tensor x, string operation)
    {
        if (x.Shape.Rank != 4) throw new ArgumentException($"{operation} takes [batch, channels, height, width], not {x.Shape}.", nameof(x));
        var output = Output(new(x.Shape[2], x.Shape[3]));
        if (output.Height < 1 || output.Width < 1)
            throw new ArgumentException($"{operation} looks at windows of {Reach.Height} × {Reach.Width} with padding {Padding}; none fits in {x.Shape}.", nameof(x));
        return output;
    }

    private static int Fit(int room, int stride) => room < 0 ? 0 : room / stride + 1;

    private static void Require(Extent size, int least, string what)
    {
        if (size.Height < least || size.Width < least) throw new ArgumentOutOfRangeException(what, size, $"The {what} is at least {least} in both directions.");
    }
}
