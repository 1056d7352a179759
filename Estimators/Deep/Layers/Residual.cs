namespace MLPath.Deep;

/// <summary>A branch beside a shortcut: y = f(x) + x, or f(x) + s(x) where f changes the shape and s is a projection to the new one.</summary>
/// <remarks>K. He, X. Zhang, S. Ren, J. Sun, <i>Deep Residual Learning for Image Recognition</i>, CVPR 2016, equations 1 and 2.</remarks>
public sealed class Residual : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="branch">f.</param>
    /// <param name="shortcut">s; the identity when omitted.</param>
    public Residual(Layer branch, Layer? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(branch);
        Branch = AddModule("branch", branch);
        if (shortcut is not null) Shortcut = AddModule("shortcut", shortcut);
    }

    /// <summary>f.</summary>
    public Layer Branch { get; }

    /// <summary>s; null for the identity.</summary>
    public Layer? Shortcut { get; }

    /// <inheritdoc/>
    public override string ToString() => $"Residual({Branch}{(Shortcut is null ? "" : $", {Shortcut}")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor y = Branch.Forward(x, pass), beside = Shortcut?.Forward(x, pass) ?? x;
        if (!y.Shape.Equals(beside.Shape)) throw new ArgumentException($"The branch of {this} gives {y.Shape}, its shortcut {beside.Shape}; they must be equal to be added.", nameof(x));
        return y + beside;
    }
}

/// <summary>
/// The basic block of residual networks: y = ReLU(f(x) + s(x)), where f is convolution 3 × 3, batch normalisation, ReLU, convolution 3 × 3, batch
/// normalisation. [batch, in, height, width] becomes [batch, out, ⌈height / stride⌉, ⌈width / stride⌉].
/// </summary>
/// <remarks>
/// <para>The shortcut s is the identity, or, where channels or size change, a convolution 1 × 1 of the same stride with batch normalisation. Convolutions
/// have no bias, which the normalisation would take away.</para>
/// <para>K. He, X. Zhang, S. Ren, J. Sun, <i>Deep Residual Learning for Image Recognition</i>, CVPR 2016, section 3.3 and figure 5 left; projection B.</para>
/// </remarks>
public sealed class ResidualBlock : Layer
{
    private readonly Residual _residual;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">The number of input channels, 1 or more.</param>
    /// <param name="outputs">The number of output channels, 1 or more.</param>
    /// <param name="stride">By how much the first convolution makes planes smaller, 1 or more.</param>
    public ResidualBlock(int inputs, int outputs, int stride = 1)
    {
        (Inputs, Outputs, Stride) = (inputs, outputs, stride);
        var initializer = new Initializer.KaimingUniform();
        var branch = new Sequential
        {
            new Conv2d(inputs, outputs, 3, stride, padding: 1, bias: false, initializer: initializer),
            new BatchNorm(outputs),
            new Activation(UnaryFunction.ReLU),
            new Conv2d(outputs, outputs, 3, padding: 1, bias: false, initializer: initializer),
            new BatchNorm(outputs),
        };
        var shortcut = inputs == outputs && stride == 1
            ? null
            : new Sequential { new Conv2d(inputs, outputs, 1, stride, bias: false, initializer: initializer), new BatchNorm(outputs) };
        _residual = AddModule("residual", new Residual(branch, shortcut));
    }

    /// <summary>The number of input channels.</summary>
    public int Inputs { get; }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    /// <summary>By how much planes become smaller.</summary>
    public int Stride { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"ResidualBlock({Inputs}, {Outputs}, stride: {Stride})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => _residual.Forward(x, pass).ReLU();
}
