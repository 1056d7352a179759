using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A recurrent network is one cell used again at every step: hₜ = tanh(W xₜ + U h₍t−1₎ + b). Unrolled over time it is a deep network whose layers share
/// their weights, and backpropagation through time is the chain rule along it: with δₜ = (1 − hₜ²) ∂loss/∂hₜ,
/// ∂loss/∂h₍t−1₎ = Uᵀ δₜ, ∂loss/∂xₜ = Wᵀ δₜ and ∂loss/∂U = Σₜ δₜ h₍t−1₎ᵀ. Every step back multiplies by Uᵀ and by 1 − h² once more: what happened long ago
/// has a gradient that vanishes. An LSTM adds to its cell state instead, and its gradient lives on.
/// </summary>
internal static class RecurrentNetwork
{
    private const int Steps = 30, Inputs = 2, Hidden = 4;

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var backend = new CpuBackend();
        var random = new RandomStream(1);
        float[] x = [.. Enumerable.Range(0, Steps * Inputs).Select(_ => (float)random.NextGaussian())];
        var rnn = new Rnn(Inputs, Hidden);
        var lstm = new Lstm(Inputs, Hidden, forgetBias: 3);
        rnn.Initialize(backend, random.Derive("rnn"));
        lstm.Initialize(backend, random.Derive("lstm"));

        // By hand: the cell unrolled, and back. The loss is the sum of the last state.
        var weights = rnn.GetState();
        float[] W = weights["weight_ih_l0"], U = weights["weight_hh_l0"], b = weights["bias_ih_l0"], b2 = weights["bias_hh_l0"];
        double[,] h = new double[Steps + 1, Hidden], dx = new double[Steps, Inputs], dU = new double[Hidden, Hidden];
        for (int t = 0; t < Steps; t++)
        {
            for (int i = 0; i < Hidden; i++)
            {
                double sum = b[i] + b2[i];
                for (int k = 0; k < Inputs; k++) sum += W[(i * Inputs) + k] * x[(t * Inputs) + k];
                for (int j = 0; j < Hidden; j++) sum += U[(i * Hidden) + j] * h[t, j];
                h[t + 1, i] = Math.Tanh(sum);
            }
        }

        double loss = 0;
        double[] dh = [1, 1, 1, 1];
        for (int i = 0; i < Hidden; i++) loss += h[Steps, i];
        for (int t = Steps - 1; t >= 0; t--)
        {
            var before = new double[Hidden];
            for (int i = 0; i < Hidden; i++)
            {
                double δ = (1 - (h[t + 1, i] * h[t + 1, i])) * dh[i];
                for (int k = 0; k < Inputs; k++) dx[t, k] += W[(i * Inputs) + k] * δ;
                for (int j = 0; j < Hidden; j++)
                {
                    before[j] += U[(i * Hidden) + j] * δ;
                    dU[i, j] += δ * h[t, j];
                }
            }

            dh = before;
        }

        // The same through the layer, and an LSTM beside it.
        var (rnnLoss, rnnNorms) = Learn(rnn, x, backend);
        var (_, lstmNorms) = Learn(lstm, x, backend);
        double[] handNorms = [.. Enumerable.Range(0, Steps).Select(t => Math.Sqrt(Enumerable.Range(0, Inputs).Sum(k => dx[t, k] * dx[t, k])))];
        output.WriteLine("   How much the loss after 30 steps feels the input of step t: |∂loss/∂xₜ|");
        foreach (int t in new[] { 29, 24, 19, 14, 9, 4, 0 })
            output.WriteLine(FormattableString.Invariant($"   t = {t + 1,2}   RNN by hand {handNorms[t]:0.0e+00}   Rnn {rnnNorms[t]:0.0e+00}   Lstm {lstmNorms[t]:0.0e+00}"));

        float[] layerdU = rnn.Parameters().Single(p => p.Path == "weight_hh_l0").Parameter.Value.Gradient!.ToArray();
        return
        [
            new("sum of the last state", loss, rnnLoss, 1e-5),
            new("|∂loss/∂U|", Math.Sqrt(dU.Cast<double>().Sum(v => v * v)), Math.Sqrt(layerdU.Sum(v => (double)v * v)), 1e-5),
            new("|∂loss/∂x| at the last step", handNorms[^1], rnnNorms[^1], 1e-5),
            new("its logarithm at the first step", Math.Log10(handNorms[0]), Math.Log10(rnnNorms[0]), 1e-3),
        ];
    }

    /// <summary>The sum of the last state, and the norm of its gradient with respect to the input of every step.</summary>
    private static (double Loss, double[] Norms) Learn(Recurrent layer, float[] x, Backend backend)
    {
        var input = Tensor.From(backend, x, [1, Steps, Inputs]).WithGradient();
        var loss = layer.Unroll(input, Pass.Scoring).FinalHidden.Sum();
        loss.Backward();
        float[] dx = input.Gradient!.ToArray();
        return (loss.Item(), [.. Enumerable.Range(0, Steps).Select(t => Math.Sqrt(dx.Skip(t * Inputs).Take(Inputs).Sum(v => (double)v * v)))]);
    }
}
