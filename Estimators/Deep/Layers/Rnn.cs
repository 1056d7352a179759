namespace MLPath.Deep;

/// <summary>
/// The plain recurrent layer: hₜ = f(W_ih xₜ + b_ih + W_hh h₍t−1₎ + b_hh), f being tanh or ReLU. W_ih is [hidden, size], W_hh [hidden, hidden].
/// </summary>
/// <remarks>
/// J. Elman, <i>Finding structure in time</i>, Cognitive Science 14, 1990. What a step passes back is W_hhᵀ f′ times what it got, so over k steps derivatives
/// go like the k-th power of W_hh: they vanish or grow (Y. Bengio, P. Simard, P. Frasconi, 1994). <see cref="Lstm"/> and <see cref="Gru"/> are the remedy.
/// </remarks>
public sealed class Rnn : Recurrent
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">The size of the input, 1 or more.</param>
    /// <param name="hidden">The size of the state, 1 or more.</param>
    /// <param name="activation">f: <see cref="UnaryFunction.Tanh"/> or <see cref="UnaryFunction.ReLU"/>.</param>
    /// <param name="layers">The number of stacked layers, 1 or more.</param>
    /// <param name="bidirectional">Whether a second cell reads from the end.</param>
    /// <param name="dropout">The share of outputs left out between layers in training, from 0 to below 1.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <exception cref="ArgumentException">A number is out of range, or f is another function.</exception>
    public Rnn(
        int inputs, int hidden, UnaryFunction activation = UnaryFunction.Tanh, int layers = 1, bool bidirectional = false, double dropout = 0, bool bias = true)
        : base(CellOf(activation), inputs, hidden, layers, bidirectional, dropout, bias) => Activation = activation;

    /// <summary>f.</summary>
    public UnaryFunction Activation { get; }

    private static RecurrentCell CellOf(UnaryFunction activation) => activation switch
    {
        UnaryFunction.Tanh => RecurrentCell.Tanh,
        UnaryFunction.ReLU => RecurrentCell.ReLU,
        _ => throw new ArgumentException($"A recurrent layer has Tanh or ReLU, not {activation}.", nameof(activation)),
    };
}
