namespace MLPath.Deep;

/// <summary>A fully connected layer: y = x Wᵀ + b. [..., in] becomes [..., out].</summary>
/// <remarks>W and b are first drawn from U(−1/√in, 1/√in).</remarks>
public sealed class Linear : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">in, 1 or more.</param>
    /// <param name="outputs">out, 1 or more.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="initializer">What W is first; the customary bound when omitted.</param>
    public Linear(int inputs, int outputs, bool bias = true, Initializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (Inputs, Outputs) = (inputs, outputs);
        Weight = AddParameter("weight", [outputs, inputs], initializer ?? Initializer.KaimingUniform.Customary);
        if (bias) Bias = AddParameter("bias", [outputs], new Initializer.Uniform(1 / Math.Sqrt(inputs)));
    }

    /// <summary>in.</summary>
    public int Inputs { get; }

    /// <summary>out.</summary>
    public int Outputs { get; }

    /// <summary>W, [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [out]; null for none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"Linear({Inputs}, {Outputs}{(Bias is null ? ", bias: false" : "")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || x.Shape[^1] != Inputs) throw new ArgumentException($"{this} takes [..., {Inputs}], not {x.Shape}.", nameof(x));
        return Tensor.Linear(x, Weight, Bias?.Value);
    }
}
