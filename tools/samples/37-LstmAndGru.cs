using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// Cells with gates. A gate is a layer of numbers between 0 and 1 that multiplies a state: σ(W x + U h + b). The LSTM writes into a cell state what its
/// input gate lets in, keeps what its forget gate lets stay, and shows what its output gate lets out:
/// c ← f ∘ c + i ∘ g, h ← o ∘ tanh(c). The GRU has one state and moves it from the old towards a candidate: h ← (1 − z) ∘ n + z ∘ h.
/// Where f or z is near 1 the state stays as it is, and so does what a loss says about it: ∂c₍t₎/∂c₍t−1₎ = f.
/// </summary>
internal static class LstmAndGru
{
    private const int Steps = 40, Inputs = 2, Hidden = 4;

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var backend = new CpuBackend();
        var random = new RandomStream(1);
        double[] x = [.. Enumerable.Range(0, Steps * Inputs).Select(_ => (double)(float)random.NextGaussian())];
        var gru = new Gru(Inputs, Hidden);
        gru.Initialize(backend, random.Derive("gru"));
        // The forget gate's bias decides how long an untrained memory lasts: f = σ(bias) for small weights.
        var lstms = new[] { 0.0, 1.0, 3.0 }.Select(bias => new Lstm(Inputs, Hidden, forgetBias: bias)).ToList();
        lstms.ForEach(l => l.Initialize(backend, random.Derive("lstm")));

        var last = Unroll(lstms[^1], x, backend);
        var (lstmH, lstmC, remembered) = LstmByHand(lstms[^1].GetState(), x);
        double[] gruH = GruByHand(gru.GetState(), x);

        output.WriteLine($"   What is left of a cell state after {Steps} steps: the product of the forget gates, a mean over the units");
        foreach (var lstm in lstms)
            output.WriteLine(FormattableString.Invariant($"   bias of the forget gate {lstm.ForgetBias}: {LstmByHand(lstm.GetState(), x).Remembered:0.0e+00}"));
        output.WriteLine($"   Weights for {Inputs} inputs and {Hidden} units: RNN {Count(new Rnn(Inputs, Hidden))}, GRU {Count(gru)}, LSTM {Count(lstms[0])}");

        return
        [
            new("LSTM, sum of h after 40 steps", lstmH.Sum(), last.FinalHidden.Sum().Item(), 1e-5),
            new("LSTM, sum of c after 40 steps", lstmC.Sum(), last.FinalCell!.Sum().Item(), 1e-5),
            new("GRU, sum of h after 40 steps", gruH.Sum(), Unroll(gru, x, backend).FinalHidden.Sum().Item(), 1e-5),
            new("how much of c stays, without U", remembered, CellGradient(lstms[^1], x, backend), 1e-5),
        ];
    }

    /// <summary>The LSTM unrolled; beside its states the mean over units of ∏ f of a cell whose gates do not see h.</summary>
    private static (double[] H, double[] C, double Remembered) LstmByHand(IReadOnlyDictionary<string, float[]> weights, double[] x)
    {
        double[] h = new double[Hidden], c = new double[Hidden], kept = [1, 1, 1, 1];
        for (int t = 0; t < Steps; t++)
        {
            double[] a = Sums(weights, "ih", x.AsSpan(t * Inputs, Inputs)), u = Sums(weights, "hh", h);
            double[] alone = Sums(weights, "hh", new double[Hidden]);
            for (int j = 0; j < Hidden; j++)
            {
                double Gate(int gate) => a[(gate * Hidden) + j] + u[(gate * Hidden) + j];
                double i = Sigmoid(Gate(0)), f = Sigmoid(Gate(1)), g = Math.Tanh(Gate(2)), o = Sigmoid(Gate(3));
                kept[j] *= Sigmoid(a[Hidden + j] + alone[Hidden + j]);
                c[j] = (f * c[j]) + (i * g);
                h[j] = o * Math.Tanh(c[j]);
            }
        }

        return (h, c, kept.Average());
    }

    private static double[] GruByHand(IReadOnlyDictionary<string, float[]> weights, double[] x)
    {
        var h = new double[Hidden];
        for (int t = 0; t < Steps; t++)
        {
            double[] a = Sums(weights, "ih", x.AsSpan(t * Inputs, Inputs)), u = Sums(weights, "hh", h);
            for (int j = 0; j < Hidden; j++)
            {
                double r = Sigmoid(a[j] + u[j]), z = Sigmoid(a[Hidden + j] + u[Hidden + j]);
                double n = Math.Tanh(a[(2 * Hidden) + j] + (r * u[(2 * Hidden) + j]));
                h[j] = ((1 - z) * n) + (z * h[j]);
            }
        }

        return h;
    }

    /// <summary>W v + b: the sums of all gates, one after another.</summary>
    private static double[] Sums(IReadOnlyDictionary<string, float[]> weights, string of, ReadOnlySpan<double> v)
    {
        float[] W = weights[$"weight_{of}_l0"];
        double[] sums = [.. weights[$"bias_{of}_l0"].Select(b => (double)b)];
        for (int i = 0; i < sums.Length; i++)
        {
            for (int k = 0; k < v.Length; k++) sums[i] += W[(i * v.Length) + k] * v[k];
        }

        return sums;
    }

    private static RecurrentOutput Unroll(Recurrent layer, double[] x, Backend backend) =>
        layer.Unroll(Input(x, backend), Pass.Scoring);

    /// <summary>∂ Σ c_T / ∂ c₀ through the layer, a mean over the units; without U, so that nothing but f lies between c and c.</summary>
    private static double CellGradient(Lstm trained, double[] x, Backend backend)
    {
        var lstm = new Lstm(Inputs, Hidden);
        var state = trained.GetState().ToDictionary(p => p.Key, p => p.Value);
        state["weight_hh_l0"] = new float[state["weight_hh_l0"].Length];
        lstm.SetState(backend, state);
        var c0 = Tensor.From(backend, new float[Hidden], [1, 1, Hidden]).WithGradient();
        var h0 = Tensor.From(backend, new float[Hidden], [1, 1, Hidden]);
        lstm.Unroll(Input(x, backend), Pass.Scoring, initialHidden: h0, initialCell: c0).FinalCell!.Sum().Backward();
        return c0.Gradient!.ToArray().Average(v => (double)v);
    }

    private static Tensor Input(double[] x, Backend backend) => Tensor.From(backend, [.. x.Select(v => (float)v)], [1, Steps, Inputs]);

    private static long Count(Layer layer) => layer.Parameters().Sum(p => (long)p.Parameter.Shape.Size);

    private static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));
}
