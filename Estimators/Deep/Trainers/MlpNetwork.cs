using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>The function φ that a hidden unit applies to its weighted sum.</summary>
public enum MlpActivation
{
    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>tanh z.</summary>
    Tanh,
}

/// <summary>What the sums z of the last layer mean, and with it the loss of a row whose target is y.</summary>
public enum MlpOutput
{
    /// <summary>One sum, the logarithm of the odds of the positive class: p = σ(z). Loss −log p where y = 1, −log(1 − p) where y = 0.</summary>
    Logistic,

    /// <summary>k sums, one a class: p = softmax(z). Loss −Σc yc log pc, with yc = 1 for the row's class and 0 for the others.</summary>
    Softmax,

    /// <summary>Numbers to predict: p = z. Loss ½ ‖z − y‖².</summary>
    Linear,
}

/// <summary>
/// A multilayer perceptron: layers of units, each of which applies φ to a weighted sum of all units of the layer before. This file is the whole of it:
/// the shapes, the first weights, the way forward, the loss and, by backpropagation, its gradient. The parameters are no part of the network; they are
/// one vector θ that the caller holds, so that the loss and its gradient are functions of their arguments alone.
/// </summary>
/// <remarks>
/// <para>Layer ℓ = 1 … L has nℓ units, and n0 = d features go in. The B rows of a batch flow through together, as matrices with a row for each:
/// H0 = X (B × d), then Zℓ = Hℓ₋₁ Wℓᵀ + bℓ (B × nℓ) and Hℓ = φ(Zℓ), but for the last layer, whose ZL is the result.</para>
/// <para>θ holds W1 (n1 × n0, row-major), b1 (n1), W2 (n2 × n1), b2 (n2), … one after the other.</para>
/// <para><b>References.</b> D. Rumelhart, G. Hinton, R. Williams, <i>Learning representations by back-propagating errors</i>, Nature 1986.
/// C. Bishop, <i>Pattern Recognition and Machine Learning</i>, Springer 2006, chapter 5, here PRML.</para>
/// </remarks>
public sealed class MlpNetwork
{
    private readonly int[] _sizes;  // n0 … nL
    private readonly int[] _starts; // where W1 … WL begin in θ, and then its length

    /// <summary>Describes a network.</summary>
    /// <param name="sizes">n0 … nL: how many features, units of each hidden layer, and outputs there are; each 1 or more.</param>
    /// <param name="activation">φ.</param>
    /// <param name="output">What the outputs mean.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, one is below 1, or a logistic output has not one unit.</exception>
    public MlpNetwork(IReadOnlyList<int> sizes, MlpActivation activation, MlpOutput output)
    {
        if (sizes.Count < 2 || sizes.Any(n => n < 1))
            throw new ArgumentException("A network has features and outputs, one or more of each, and no empty layer between them.", nameof(sizes));
        if (output == MlpOutput.Logistic && sizes[^1] != 1)
            throw new ArgumentException($"A logistic output is one unit; {sizes[^1]} were given.", nameof(sizes));
        (_sizes, Activation, Output) = ([.. sizes], activation, output);
        _starts = new int[_sizes.Length];
        for (int l = 1; l < _sizes.Length; l++)
            _starts[l] = checked(_starts[l - 1] + (_sizes[l] * (_sizes[l - 1] + 1)));
    }

    /// <summary>n0 … nL.</summary>
    public IReadOnlyList<int> Sizes => _sizes;

    /// <summary>L, the number of layers with weights.</summary>
    public int LayerCount => _sizes.Length - 1;

    /// <summary>φ.</summary>
    public MlpActivation Activation { get; }

    /// <summary>What the outputs mean.</summary>
    public MlpOutput Output { get; }

    /// <summary>The length of θ.</summary>
    public int ParameterCount => _starts[^1];

    /// <summary>Where Wℓ, nℓ × nℓ₋₁ and row-major, lies in θ and in its gradient.</summary>
    /// <param name="layer">ℓ, from 1.</param>
    public Range Weights(int layer) => _starts[layer - 1]..(_starts[layer] - _sizes[layer]);

    /// <summary>Where bℓ, nℓ values, lies in θ and in its gradient.</summary>
    /// <param name="layer">ℓ, from 1.</param>
    public Range Biases(int layer) => (_starts[layer] - _sizes[layer]).._starts[layer];

    /// <summary>
    /// Draws the first parameters: normal weights whose variance keeps signals as strong from layer to layer, and biases of 0.
    /// </summary>
    /// <remarks>
    /// Variance 2 / nℓ₋₁ before a ReLU, which halves a signal (K. He et al., <i>Delving Deep into Rectifiers</i>, ICCV 2015, eq. 10); otherwise
    /// 2 / (nℓ₋₁ + nℓ) (X. Glorot, Y. Bengio, <i>Understanding the difficulty of training deep feedforward neural networks</i>, AISTATS 2010, eq. 12).
    /// </remarks>
    /// <param name="random">Where the weights are drawn from.</param>
    public float[] Initialise(RandomStream random)
    {
        float[] θ = new float[ParameterCount];
        for (int l = 1; l <= LayerCount; l++)
        {
            bool beforeReLU = Activation == MlpActivation.ReLU && l < LayerCount;
            double deviation = Math.Sqrt(2.0 / (beforeReLU ? _sizes[l - 1] : _sizes[l - 1] + _sizes[l]));
            foreach (ref float w in θ.AsSpan(Weights(l)))
                w = (float)(deviation * random.NextGaussian());
        }

        return θ;
    }

    /// <summary>Computes what the network makes of a batch: afterwards <see cref="MlpBatch.Outputs"/> are the sums ZL, B × nL.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="batch">The rows.</param>
    public void Forward(ReadOnlySpan<float> parameters, MlpBatch batch)
    {
        for (int l = 1; l <= LayerCount; l++)
        {
            // Z = H Wᵀ + b: each row begins with the biases. (B × nℓ) = (B × nℓ₋₁) (nℓ₋₁ × nℓ)
            var z = batch.Units(l);
            for (int row = 0; row < batch.Rows; row++)
                parameters[Biases(l)].CopyTo(z[(row * _sizes[l])..]);
            Dense.MatMul(batch.Units(l - 1), parameters[Weights(l)], z, batch.Rows, _sizes[l - 1], _sizes[l], transposeB: true, accumulate: true);
            if (l == LayerCount)
                return;
            if (Activation == MlpActivation.ReLU)
                TensorPrimitives.Max(z, 0f, z);
            else
                Dense.Tanh(z, z);
        }
    }

    /// <summary>Turns the sums Z that <see cref="Forward"/> left in a batch into predictions P, in place: σ(z), softmax(z) of each row, or z itself.</summary>
    /// <param name="batch">The rows.</param>
    public void Respond(MlpBatch batch)
    {
        var z = batch.Outputs;
        if (Output == MlpOutput.Logistic)
            Dense.Sigmoid(z, z);
        else if (Output == MlpOutput.Softmax)
        {
            for (int row = 0; row < batch.Rows; row++)
                Dense.Softmax(Row(z, row), Row(z, row));
        }
    }

    /// <summary>The mean loss of the rows of a batch. Leaves the sums Z in it.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="batch">The rows with their targets.</param>
    public double Loss(ReadOnlySpan<float> parameters, MlpBatch batch)
    {
        Forward(parameters, batch);
        double sum = 0;
        for (int row = 0; row < batch.Rows; row++)
        {
            var z = Row(batch.Outputs, row);
            var y = Row(batch.Targets, row);
            sum += Output switch
            {
                MlpOutput.Logistic => Dense.Softplus(z[0]) - ((double)y[0] * z[0]), // −y log σ(z) − (1 − y) log(1 − σ(z))
                MlpOutput.Softmax => Dense.LogSumExp(z) - Dense.DotWide(y, z),      // −Σc yc (zc − log Σj exp zj)
                _ => 0.5 * Dense.SquaredDistance(z, y),
            };
        }

        return sum / batch.Rows;
    }

    /// <summary>
    /// The objective E(θ) = mean loss of the rows + λ/2 Σℓ ‖Wℓ‖², and its gradient by backpropagation.
    /// </summary>
    /// <param name="parameters">θ.</param>
    /// <param name="batch">The rows with their targets; what else it holds is overwritten.</param>
    /// <param name="l2">λ, 0 or more.</param>
    /// <param name="gradient">Receives ∂E/∂θ, laid out as θ.</param>
    /// <returns>E(θ).</returns>
    public double LossAndGradient(ReadOnlySpan<float> parameters, MlpBatch batch, double l2, Span<float> gradient)
    {
        double objective = Loss(parameters, batch);

        // Each output goes with its loss such that ∂E/∂Z = (P − Y) / B, whichever of the three it is (PRML eq. 5.18 and section 4.3.6).
        Respond(batch);
        var δ = batch.Errors(LayerCount);
        TensorPrimitives.Subtract(batch.Outputs, batch.Targets, δ);
        TensorPrimitives.Divide(δ, batch.Rows, δ);

        for (int l = LayerCount; l >= 1; l--)
        {
            var w = parameters[Weights(l)];
            var h = batch.Units(l - 1);
            δ = batch.Errors(l);

            // ∂E/∂W = δᵀ H + λ W, (nℓ × nℓ₋₁) = (nℓ × B) (B × nℓ₋₁); ∂E/∂b = the sum of δ's rows (PRML eq. 5.53).
            var gradientW = gradient[Weights(l)];
            Dense.MatMul(δ, h, gradientW, _sizes[l], batch.Rows, _sizes[l - 1], transposeA: true);
            Dense.Axpy((float)l2, w, gradientW);
            objective += 0.5 * l2 * Dense.DotWide(w, w);
            var gradientB = gradient[Biases(l)];
            gradientB.Clear();
            for (int row = 0; row < batch.Rows; row++)
                Dense.Axpy(1f, δ.Slice(row * _sizes[l], _sizes[l]), gradientB);

            // One layer down: δ ← (δ W) ⊙ φ′(Z), (B × nℓ₋₁) = (B × nℓ) (nℓ × nℓ₋₁) (PRML eq. 5.56).
            if (l > 1)
            {
                var below = batch.Errors(l - 1);
                Dense.MatMul(δ, w, below, batch.Rows, _sizes[l], _sizes[l - 1]);
                MultiplyByDerivative(h, below);
            }
        }

        return objective;
    }

    // φ′(z) in terms of h = φ(z): 1 where h > 0 and 0 elsewhere, or 1 − h².
    private void MultiplyByDerivative(ReadOnlySpan<float> h, Span<float> δ)
    {
        for (int i = 0; i < δ.Length; i++)
            δ[i] *= Activation == MlpActivation.Tanh ? 1 - (h[i] * h[i]) : h[i] > 0 ? 1 : 0;
    }

    private Span<float> Row(Span<float> outputs, int row) => outputs.Slice(row * _sizes[^1], _sizes[^1]);
}

/// <summary>Rows that a network is shown together, their targets, and room for what it computes of them. Serves one thread at a time.</summary>
public sealed class MlpBatch
{
    private readonly IReadOnlyList<int> _sizes;
    private readonly float[][] _units;  // H0 … H(L−1), and the outputs
    private readonly float[][] _errors; // ∂E/∂Z of layers 1 … L, at the same index
    private readonly float[] _targets;

    /// <summary>Makes room for rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">The most rows, 1 or more.</param>
    /// <param name="learns">Whether there is room for targets and errors; scoring needs none.</param>
    public MlpBatch(MlpNetwork network, int capacity, bool learns = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _sizes = network.Sizes;
        Capacity = capacity;
        _units = [.. _sizes.Select(n => new float[checked(n * capacity)])];
        _errors = learns ? [[], .. _sizes.Skip(1).Select(n => new float[n * capacity])] : [];
        _targets = learns ? new float[_sizes[^1] * capacity] : [];
    }

    /// <summary>The most rows it can hold.</summary>
    public int Capacity { get; }

    /// <summary>B, the number of rows it holds, from 1 to <see cref="Capacity"/>; set before the rows are written.</summary>
    public int Rows { get; set; }

    /// <summary>X, B × d, to be written.</summary>
    public Span<float> Features => Units(0);

    /// <summary>Y, B × nL, to be written.</summary>
    public Span<float> Targets => _targets.AsSpan(0, Rows * _sizes[^1]);

    /// <summary>B × nL: the sums Z after <see cref="MlpNetwork.Forward"/>, the predictions P after <see cref="MlpNetwork.Respond"/>.</summary>
    public Span<float> Outputs => Units(_sizes.Count - 1);

    internal Span<float> Units(int layer) => _units[layer].AsSpan(0, Rows * _sizes[layer]);

    internal Span<float> Errors(int layer) => _errors[layer].AsSpan(0, Rows * _sizes[layer]);
}
