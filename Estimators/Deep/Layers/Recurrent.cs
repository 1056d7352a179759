using System.Globalization;

namespace MLPath.Deep;

/// <summary>What a recurrent layer gives.</summary>
/// <param name="Output">h of every step of the last of the stacked layers, [batch, time, hidden × directions]; 0 beyond the lengths.</param>
/// <param name="FinalHidden">h after the last step, [layers × directions, batch, hidden]: first layer forward, first layer backward, second layer …</param>
/// <param name="FinalCell">LSTM: c after the last step, of the same shape; null for other cells.</param>
public sealed record RecurrentOutput(Tensor Output, Tensor FinalHidden, Tensor? FinalCell);

/// <summary>
/// Layers that read a sequence step by step and carry a state h along: hₜ is a function of the input xₜ and of h₍t−1₎, with the same weights at
/// every step. [batch, time, size] becomes [batch, time, hidden × directions].
/// </summary>
/// <remarks>
/// <para>Stacked layers read the outputs of the one below. In two directions, a second cell reads each row from its end, and the outputs of both lie side by
/// side (M. Schuster, K. Paliwal, <i>Bidirectional recurrent neural networks</i>, 1997).</para>
/// <para>Derivatives go back step by step from the end, each multiplied by those of the steps after it: backpropagation through time (P. Werbos, 1990).
/// Over long sequences such products vanish or grow; gates, and clipping the gradient, help.</para>
/// <para>Parameters have the customary names, weight_ih_l0, weight_hh_l0, bias_ih_l0 and bias_hh_l0, with the number of the layer and _reverse for the
/// second direction; at first all are drawn from U(−1/√hidden, 1/√hidden).</para>
/// </remarks>
public abstract class Recurrent : Layer
{
    private readonly RecurrentCell _cell;
    private readonly Direction[] _directions;
    private readonly Dropout? _dropout;

    private protected Recurrent(
        RecurrentCell cell, int inputs, int hidden, int layers, bool bidirectional, double dropout, bool bias, Func<string, Initializer>? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        if (!(dropout >= 0 && dropout < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "A dropout rate is 0 or more and below 1.");
        (_cell, Inputs, Hidden, LayerCount, IsBidirectional, Dropout, HasBias) = (cell, inputs, hidden, layers, bidirectional, dropout, bias);
        if (layers > 1 && dropout > 0) _dropout = new Dropout(dropout);
        var uniform = new Initializer.Uniform(1 / Math.Sqrt(hidden));
        int gates = RecurrentRun.CountGates(cell) * hidden;
        _directions = new Direction[layers * Directions];
        for (int i = 0; i < _directions.Length; i++)
        {
            int size = i < Directions ? inputs : hidden * Directions;
            string suffix = string.Create(CultureInfo.InvariantCulture, $"_l{i / Directions}{(i % Directions == 1 ? "_reverse" : "")}");
            _directions[i] = new Direction(
                Add("weight_ih", [gates, size]), Add("weight_hh", [gates, hidden]),
                bias ? Add("bias_ih", [gates]) : null, bias ? Add("bias_hh", [gates]) : null);

            Parameter Add(string name, Shape shape) => AddParameter(name + suffix, shape, initializer?.Invoke(name) ?? uniform);
        }
    }

    /// <summary>The size of the input.</summary>
    public int Inputs { get; }

    /// <summary>The size of the state.</summary>
    public int Hidden { get; }

    /// <summary>The number of stacked layers.</summary>
    public int LayerCount { get; }

    /// <summary>Whether a second cell reads from the end.</summary>
    public bool IsBidirectional { get; }

    /// <summary>The share of each layer's outputs that are left out in training before the next layer reads them.</summary>
    public double Dropout { get; }

    /// <summary>Whether there are biases.</summary>
    public bool HasBias { get; }

    /// <summary>1, or 2 in two directions.</summary>
    public int Directions => IsBidirectional ? 2 : 1;

    /// <summary>Reads sequences.</summary>
    /// <param name="x">The inputs, [batch, time, size], with at least one step; finite numbers, also beyond a row's length, where they do not matter.</param>
    /// <param name="pass">Training or scoring.</param>
    /// <param name="lengths">How many steps each row has, [batch], each from 1 to time; null for all. Outputs beyond are 0, final states are those
    /// after a row's own last step, and the second direction begins there.</param>
    /// <param name="initialHidden">h before the first step, [layers × directions, batch, hidden]; null for 0.</param>
    /// <param name="initialCell">LSTM: c before the first step, of the same shape; null for 0.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a length is out of range.</exception>
    public RecurrentOutput Unroll(Tensor x, Pass pass, IndexTensor? lengths = null, Tensor? initialHidden = null, Tensor? initialCell = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        var result = Run(x, pass, lengths, initialHidden, initialCell);
        pass.Observer?.Invoke(this, result.Output);
        return result;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}({Inputs}, {Hidden}");
        if (LayerCount > 1) text += string.Create(CultureInfo.InvariantCulture, $", layers: {LayerCount}");
        if (IsBidirectional) text += ", bidirectional: true";
        if (Dropout > 0) text += string.Create(CultureInfo.InvariantCulture, $", dropout: {Dropout}");
        return text + (HasBias ? ")" : ", bias: false)");
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        return Run(x, pass, null, null, null).Output;
    }

    private RecurrentOutput Run(Tensor x, Pass pass, IndexTensor? lengths, Tensor? h0, Tensor? c0)
    {
        Check(x, lengths, h0, c0);
        var (hidden, cells) = (new Tensor[_directions.Length], new Tensor?[_directions.Length]);
        for (int layer = 0; layer < LayerCount; layer++)
        {
            if (layer > 0 && _dropout is not null) x = _dropout.Forward(x, pass);
            var outputs = new Tensor[Directions];
            for (int d = 0; d < Directions; d++)
            {
                int i = layer * Directions + d;
                var (weightInput, weightHidden, biasInput, biasHidden) = _directions[i];
                var weights = new RecurrentWeights(weightInput, weightHidden, biasInput?.Value, biasHidden?.Value);
                (outputs[d], hidden[i], cells[i]) = Tensor.Recur(_cell, x, weights, isReverse: d == 1, lengths, h0?.Select(0, i), c0?.Select(0, i));
            }

            x = outputs.Length == 1 ? outputs[0] : Tensor.Concatenate(outputs, -1);
        }

        return new RecurrentOutput(x, Tensor.Stack(hidden, 0), _cell == RecurrentCell.Lstm ? Tensor.Stack(cells!, 0) : null);
    }

    private void Check(Tensor x, IndexTensor? lengths, Tensor? h0, Tensor? c0)
    {
        if (x.Shape.Rank != 3 || x.Shape[2] != Inputs) throw new ArgumentException($"{this} takes [batch, time, {Inputs}], not {x.Shape}.", nameof(x));
        int batch = x.Shape[0], time = x.Shape[1];
        if (time == 0) throw new ArgumentException($"{this} needs at least one step; the input has shape {x.Shape}.", nameof(x));
        if (lengths is not null)
        {
            if (lengths.Shape.Size != batch)
                throw new ArgumentException($"A batch of {batch} rows needs {batch} lengths; there are {lengths.Shape.Size}.", nameof(lengths));
            for (int row = 0; row < batch; row++)
            {
                if (lengths.Values[row] < 1 || lengths.Values[row] > time)
                    throw new ArgumentException($"Row {row} cannot have length {lengths.Values[row]}: lengths are from 1 to the {time} steps of the input.", nameof(lengths));
            }
        }

        Shape states = [_directions.Length, batch, Hidden];
        if (h0 is not null && !h0.Shape.Equals(states))
            throw new ArgumentException($"{this} takes initial states of shape {states}, not {h0.Shape}.", nameof(h0));
        if (c0 is null) return;
        if (_cell != RecurrentCell.Lstm) throw new ArgumentException($"{this} has no cell state; only an LSTM does.", nameof(c0));
        if (!c0.Shape.Equals(states)) throw new ArgumentException($"{this} takes initial cell states of shape {states}, not {c0.Shape}.", nameof(c0));
    }

    private sealed record Direction(Parameter InputWeight, Parameter HiddenWeight, Parameter? InputBias, Parameter? HiddenBias);
}
