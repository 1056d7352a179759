namespace MLPath.Deep;

/// <summary>Recurrent layers: everything that happens step by step in time, in one operation for all steps.</summary>
public abstract partial class Backend
{
    /// <summary>
    /// Runs a cell over time. For every row b of the batch and its steps t, in their order in time or in reverse, with u = W h₍t−1₎ + b_h and
    /// p = the projected input of step t + b_i:
    /// <list type="bullet">
    /// <item>Tanh, ReLU: h = f(p + u).</item>
    /// <item>LSTM: i, f, o = σ(p + u), g = tanh(p + u), each with its own rows of p and u; c = f c₍t−1₎ + i g; h = o tanh(c).</item>
    /// <item>GRU: r, z = σ(p + u), n = tanh(pₙ + r uₙ); h = (1 − z) n + z h₍t−1₎.</item>
    /// </list>
    /// Steps at or beyond a row's length do nothing, and their outputs are 0.
    /// </summary>
    /// <param name="run">What is read and written.</param>
    public abstract void Recur(RecurrentRun run);

    /// <summary>
    /// The derivatives of <see cref="Recur"/>, step by step from the end: backpropagation through time. What a step passes to the one before
    /// it, ∂result/∂h₍t−1₎, is Wᵀ times the derivative of u, and for GRU z ∂result/∂h more.
    /// </summary>
    /// <param name="run">What <see cref="Recur"/> read and wrote.</param>
    /// <param name="gradient">What is known of the derivatives, and where the others are written.</param>
    public abstract void RecurGradient(RecurrentRun run, RecurrentRunGradient gradient);
}

/// <summary>The recurrent cells.</summary>
public enum RecurrentCell
{
    /// <summary>h = tanh(p + u). J. Elman, <i>Finding structure in time</i>, Cognitive Science 14, 1990.</summary>
    Tanh,

    /// <summary>h = max(p + u, 0). Q. Le, N. Jaitly, G. Hinton, <i>A simple way to initialize recurrent networks of rectified linear units</i>, 2015.</summary>
    ReLU,

    /// <summary>Long short-term memory: S. Hochreiter, J. Schmidhuber, 1997, with the forget gate of F. Gers, J. Schmidhuber, F. Cummins, 2000.</summary>
    Lstm,

    /// <summary>Gated recurrent unit: K. Cho et al., EMNLP 2014, in the form where the reset gate comes after the product.</summary>
    Gru,
}

/// <summary>The tensors of one run of a recurrent cell over time, in one direction.</summary>
public sealed record RecurrentRun
{
    /// <summary>The cell.</summary>
    public required RecurrentCell Cell { get; init; }

    /// <summary>Whether each row is read from its last step to its first.</summary>
    public bool IsReverse { get; init; }

    /// <summary>How many steps each row has, [batch]; null for all.</summary>
    public IndexTensor? Lengths { get; init; }

    /// <summary>W, [gates × hidden, hidden].</summary>
    public required Tensor HiddenWeight { get; init; }

    /// <summary>b_i, [gates × hidden]; null for 0.</summary>
    public Tensor? InputBias { get; init; }

    /// <summary>b_h, [gates × hidden]; null for 0.</summary>
    public Tensor? HiddenBias { get; init; }

    /// <summary>h before the first step, [batch, hidden]; null for 0.</summary>
    public Tensor? InitialHidden { get; init; }

    /// <summary>c before the first step, [batch, hidden], LSTM only; null for 0.</summary>
    public Tensor? InitialCell { get; init; }

    /// <summary>Holds the projected input, the product of W_i and x, and receives the gates after their functions, [batch, time, gates × hidden].</summary>
    public required Tensor Gates { get; init; }

    /// <summary>Receives h of every step, [batch, time, hidden].</summary>
    public required Tensor Output { get; init; }

    /// <summary>Receives h before every step, [batch, time, hidden], for the gradient; 0 beyond the lengths.</summary>
    public required Tensor Previous { get; init; }

    /// <summary>Receives, for the gradient, LSTM's c before every step or GRU's uₙ, [batch, time, hidden]; null for other cells.</summary>
    public Tensor? Kept { get; init; }

    /// <summary>Receives h after each row's last step, [batch, hidden].</summary>
    public required Tensor FinalHidden { get; init; }

    /// <summary>Receives c after each row's last step, [batch, hidden]; LSTM only.</summary>
    public Tensor? FinalCell { get; init; }

    internal int Batch => Output.Shape[0];

    internal int Time => Output.Shape[1];

    internal int Hidden => Output.Shape[2];

    /// <summary>The number of rows of W for each of h.</summary>
    internal int GateCount => CountGates(Cell);

    internal static int CountGates(RecurrentCell cell) => cell switch { RecurrentCell.Lstm => 4, RecurrentCell.Gru => 3, _ => 1 };

    /// <summary>The steps of a row.</summary>
    internal int Length(int row) => Lengths?.Values[row] ?? Time;

    /// <summary>Where the step with this number, from 0, lies among the rows of a [batch, time, ...] tensor.</summary>
    internal int Position(int row, int step) => row * Time + (IsReverse ? Length(row) - 1 - step : step);
}

/// <summary>The derivatives of one run of a recurrent cell.</summary>
public sealed record RecurrentRunGradient
{
    /// <summary>With respect to the outputs, [batch, time, hidden].</summary>
    public required Tensor Output { get; init; }

    /// <summary>With respect to the last h, [batch, hidden]; null for 0.</summary>
    public Tensor? FinalHidden { get; init; }

    /// <summary>With respect to the last c, [batch, hidden]; null for 0.</summary>
    public Tensor? FinalCell { get; init; }

    /// <summary>Receives the derivative with respect to p, [batch, time, gates × hidden]; 0 beyond the lengths.</summary>
    public required Tensor Projected { get; init; }

    /// <summary>Receives the derivative with respect to u, [batch, time, gates × hidden]; GRU only, as for other cells it is that of p.</summary>
    public Tensor? HiddenProjected { get; init; }

    /// <summary>Receives the derivative with respect to the first h, [batch, hidden].</summary>
    public required Tensor InitialHidden { get; init; }

    /// <summary>Receives the derivative with respect to the first c, [batch, hidden]; LSTM only.</summary>
    public Tensor? InitialCell { get; init; }
}
