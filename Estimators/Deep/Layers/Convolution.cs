namespace MLPath.Deep;

/// <summary>What one- and two-dimensional convolution have in common.</summary>
/// <remarks>The weights and biases are first drawn from U(−1/√n, 1/√n), n being the numbers that enter one output: in / groups · kernel.</remarks>
public abstract class Convolution : Layer
{
    private protected Convolution(int inputs, int outputs, Window window, Shape kernel, int groups, bool bias, Initializer? initializer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {inputs} input and {outputs} output channels evenly.", nameof(groups));
        (Inputs, Outputs, Window, Groups) = (inputs, outputs, window, groups);
        Weight = AddParameter("weight", [outputs, inputs / groups, .. kernel], initializer ?? Initializer.KaimingUniform.Customary);
        if (bias) Bias = AddParameter("bias", [outputs], new Initializer.Uniform(1 / Math.Sqrt((double)inputs / groups * window.Kernel.Area)));
    }

    /// <summary>The number of input channels.</summary>
    public int Inputs { get; }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    /// <summary>Kernel, stride, padding and dilation; of height 1 where there is one dimension.</summary>
    public Window Window { get; }

    /// <summary>The number of groups of channels that do not meet.</summary>
    public int Groups { get; }

    /// <summary>w, [out, in / groups, kernel...].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [out]; null for none.</summary>
    public Parameter? Bias { get; }

    private protected ArgumentException Unfit(string shape, Tensor x) => new($"{this} takes [batch, {Inputs}, {shape}], not {x.Shape}.", nameof(x));
}
