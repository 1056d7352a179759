namespace MLPath.Deep;

/// <summary>
/// Gated recurrent units. With σ for the logistic function and ∘ for products of elements, one step is
/// <code>
/// r = σ(W_ir x + b_ir + W_hr h + b_hr)              reset gate: how much of the past the candidate sees
/// z = σ(W_iz x + b_iz + W_hz h + b_hz)              update gate: how much of the past stays
/// n = tanh(W_in x + b_in + r ∘ (W_hn h + b_hn))     candidate
/// h ← (1 − z) ∘ n + z ∘ h
/// </code>
/// The rows of W_ih [3 hidden, size] and W_hh [3 hidden, hidden] belong to r, z and n, in this order.
/// </summary>
/// <remarks>
/// K. Cho et al., <i>Learning phrase representations using RNN encoder–decoder</i>, EMNLP 2014. The reset gate multiplies after the product, not before it,
/// so that all products of a step are one. Three quarters of an LSTM's weights, and one state.
/// </remarks>
/// <param name="inputs">The size of the input, 1 or more.</param>
/// <param name="hidden">The size of the state, 1 or more.</param>
/// <param name="layers">The number of stacked layers, 1 or more.</param>
/// <param name="bidirectional">Whether a second cell reads from the end.</param>
/// <param name="dropout">The share of outputs left out between layers in training, from 0 to below 1.</param>
/// <param name="bias">Whether there are biases.</param>
public sealed class Gru(int inputs, int hidden, int layers = 1, bool bidirectional = false, double dropout = 0, bool bias = true)
    : Recurrent(RecurrentCell.Gru, inputs, hidden, layers, bidirectional, dropout, bias);
