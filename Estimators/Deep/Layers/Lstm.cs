using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// Long short-term memory. With σ for the logistic function and ∘ for products of elements, one step is
/// <code>
/// i = σ(W_ii x + b_ii + W_hi h + b_hi)       input gate: what is written
/// f = σ(W_if x + b_if + W_hf h + b_hf)       forget gate: what is kept
/// g = tanh(W_ig x + b_ig + W_hg h + b_hg)    candidate
/// o = σ(W_io x + b_io + W_ho h + b_ho)       output gate: what is shown
/// c ← f ∘ c + i ∘ g
/// h ← o ∘ tanh(c)
/// </code>
/// The rows of W_ih [4 hidden, size] and W_hh [4 hidden, hidden] belong to i, f, g and o, in this order.
/// </summary>
/// <remarks>
/// S. Hochreiter, J. Schmidhuber, <i>Long short-term memory</i>, Neural Computation 9, 1997; with the forget gate of F. Gers, J. Schmidhuber, F. Cummins,
/// <i>Learning to forget</i>, 2000. What c passes back through a step is multiplied by f alone, so with f near 1 derivatives live over many steps.
/// </remarks>
public sealed class Lstm : Recurrent
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">The size of the input, 1 or more.</param>
    /// <param name="hidden">The size of the state, 1 or more.</param>
    /// <param name="layers">The number of stacked layers, 1 or more.</param>
    /// <param name="bidirectional">Whether a second cell reads from the end.</param>
    /// <param name="dropout">The share of outputs left out between layers in training, from 0 to below 1.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="forgetBias">What b_if + b_hf is at first; 1 or 2 lets the memory last from the start (R. Jozefowicz, W. Zaremba, I. Sutskever, ICML 2015).
    /// Drawn like the others when omitted.</param>
    /// <exception cref="ArgumentException">A number is out of range, or there is a forget bias without biases.</exception>
    public Lstm(int inputs, int hidden, int layers = 1, bool bidirectional = false, double dropout = 0, bool bias = true, double? forgetBias = null)
        : base(RecurrentCell.Lstm, inputs, hidden, layers, bidirectional, dropout, bias, forgetBias is { } value ? name => FirstBias(name, hidden, value) : null)
    {
        if (forgetBias is not null && !bias) throw new ArgumentException("A layer without biases has no forget bias.", nameof(forgetBias));
        if (forgetBias is { } number && !double.IsFinite(number)) throw new ArgumentOutOfRangeException(nameof(forgetBias), number, "A bias is a finite number.");
        ForgetBias = forgetBias;
    }

    /// <summary>What the bias of the forget gate is at first; null when it is drawn.</summary>
    public double? ForgetBias { get; }

    private static Initializer FirstBias(string name, int hidden, double value)
    {
        double bound = 1 / Math.Sqrt(hidden);
        return name switch
        {
            "bias_ih" => new ForgetGateBias(bound, value),
            "bias_hh" => new ForgetGateBias(bound, 0),
            _ => new Initializer.Uniform(bound),
        };
    }

    /// <summary>U(−bound, bound), but for the forget gate's quarter, which is one number.</summary>
    private sealed record ForgetGateBias(double Bound, double Value) : Initializer
    {
        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            FillUniform(values, Bound, random);
            values.Slice(values.Length / 4, values.Length / 4).Fill((float)Value);
        }
    }
}
