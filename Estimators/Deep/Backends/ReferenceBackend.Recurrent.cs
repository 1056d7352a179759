using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void Recur(RecurrentRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        int hidden = run.Hidden;
        Span(run.Output).Clear();
        Span(run.Previous).Clear();
        for (int row = 0; row < run.Batch; row++)
        {
            float[] h = Row(run.InitialHidden, row, hidden), c = Row(run.InitialCell, row, hidden);
            for (int step = 0; step < run.Length(row); step++)
            {
                int at = run.Position(row, step);
                h.CopyTo(Span(run.Previous).Slice(at * hidden, hidden));
                double[] u = HiddenProduct(run, h);
                for (int j = 0; j < hidden; j++) h[j] = (float)Step(run, at, j, u, ref c[j]);
                h.CopyTo(Span(run.Output).Slice(at * hidden, hidden));
            }

            h.CopyTo(Span(run.FinalHidden).Slice(row * hidden, hidden));
            if (run.FinalCell is not null) c.CopyTo(Span(run.FinalCell).Slice(row * hidden, hidden));
        }
    }

    /// <inheritdoc/>
    public override void RecurGradient(RecurrentRun run, RecurrentRunGradient gradient)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(gradient);
        int hidden = run.Hidden, gates = run.GateCount * hidden;
        var products = gradient.HiddenProjected ?? gradient.Projected;
        Span(gradient.Projected).Clear();
        Span(products).Clear();
        for (int row = 0; row < run.Batch; row++)
        {
            float[] dh = Row(gradient.FinalHidden, row, hidden), dc = Row(gradient.FinalCell, row, hidden);
            for (int step = run.Length(row) - 1; step >= 0; step--)
            {
                int at = run.Position(row, step);
                for (int j = 0; j < hidden; j++)
                {
                    dh[j] += Span(gradient.Output)[at * hidden + j];
                    dh[j] = (float)StepGradient(run, gradient, at, j, dh[j], ref dc[j]);
                }

                for (int j = 0; j < hidden; j++)
                {
                    double sum = dh[j];
                    for (int k = 0; k < gates; k++) sum += (double)Span(run.HiddenWeight)[k * hidden + j] * Span(products)[at * gates + k];
                    dh[j] = (float)sum;
                }
            }

            dh.CopyTo(Span(gradient.InitialHidden).Slice(row * hidden, hidden));
            if (gradient.InitialCell is not null) dc.CopyTo(Span(gradient.InitialCell).Slice(row * hidden, hidden));
        }
    }

    /// <summary>h of unit j, from the projected input of a step and u; the gates are kept in place of the former.</summary>
    private static double Step(RecurrentRun run, int at, int j, double[] u, ref float c)
    {
        int hidden = run.Hidden;
        switch (run.Cell)
        {
            case RecurrentCell.Lstm:
                double i = Dense.Sigmoid(P(0) + u[j]), f = Dense.Sigmoid(P(1) + u[hidden + j]);
                double g = Math.Tanh(P(2) + u[2 * hidden + j]), o = Dense.Sigmoid(P(3) + u[3 * hidden + j]);
                Span(run.Kept!)[at * hidden + j] = c;
                c = (float)(f * c + i * g);
                (Gate(run, at, 0, j), Gate(run, at, 1, j), Gate(run, at, 2, j), Gate(run, at, 3, j)) = ((float)i, (float)f, (float)g, (float)o);
                return o * Math.Tanh(c);
            case RecurrentCell.Gru:
                double r = Dense.Sigmoid(P(0) + u[j]), z = Dense.Sigmoid(P(1) + u[hidden + j]), n = Math.Tanh(P(2) + r * u[2 * hidden + j]);
                Span(run.Kept!)[at * hidden + j] = (float)u[2 * hidden + j];
                (Gate(run, at, 0, j), Gate(run, at, 1, j), Gate(run, at, 2, j)) = ((float)r, (float)z, (float)n);
                return (1 - z) * n + z * Span(run.Previous)[at * hidden + j];
            default:
                return Gate(run, at, 0, j) = (float)Functions.Value(Activation(run.Cell), P(0) + u[j], 0);
        }

        double P(int gate) => Gate(run, at, gate, j) + (run.InputBias is null ? 0 : (double)Span(run.InputBias)[gate * hidden + j]);
    }

    /// <summary>Writes the derivatives of p and u of unit j, given that of h and c, and gives those of the h and c before, without what comes through u.</summary>
    private static double StepGradient(RecurrentRun run, RecurrentRunGradient gradient, int at, int j, double dh, ref float dc)
    {
        double previous = Span(run.Previous)[at * run.Hidden + j], kept = run.Kept is null ? 0 : Span(run.Kept)[at * run.Hidden + j];
        double G(int gate) => Gate(run, at, gate, j);
        void Put(Tensor tensor, int gate, double value) => Span(tensor)[(at * run.GateCount + gate) * run.Hidden + j] = (float)value;
        switch (run.Cell)
        {
            case RecurrentCell.Lstm:
                double i = G(0), f = G(1), g = G(2), o = G(3), squashed = Math.Tanh(f * kept + i * g);
                double slope = dc + dh * o * (1 - squashed * squashed);
                Put(gradient.Projected, 0, slope * g * i * (1 - i));
                Put(gradient.Projected, 1, slope * kept * f * (1 - f));
                Put(gradient.Projected, 2, slope * i * (1 - g * g));
                Put(gradient.Projected, 3, dh * squashed * o * (1 - o));
                dc = (float)(slope * f);
                return 0;
            case RecurrentCell.Gru:
                double r = G(0), z = G(1), n = G(2), dn = dh * (1 - z) * (1 - n * n);
                foreach (var tensor in new[] { gradient.Projected, gradient.HiddenProjected! })
                {
                    Put(tensor, 0, dn * kept * r * (1 - r));
                    Put(tensor, 1, dh * (previous - n) * z * (1 - z));
                }

                Put(gradient.Projected, 2, dn);
                Put(gradient.HiddenProjected!, 2, dn * r);
                return dh * z;
            default:
                // Both functions have the slope that they have at their value as well: 1 − h², or 1 where h is above 0.
                Put(gradient.Projected, 0, dh * (run.Cell == RecurrentCell.Tanh ? 1 - G(0) * G(0) : G(0) > 0 ? 1 : 0));
                return 0;
        }
    }

    private static UnaryFunction Activation(RecurrentCell cell) => cell == RecurrentCell.Tanh ? UnaryFunction.Tanh : UnaryFunction.ReLU;

    private static ref float Gate(RecurrentRun run, int at, int gate, int j) => ref Span(run.Gates)[(at * run.GateCount + gate) * run.Hidden + j];

    /// <summary>u = W h + b_h.</summary>
    private static double[] HiddenProduct(RecurrentRun run, float[] h)
    {
        var u = new double[run.GateCount * run.Hidden];
        for (int k = 0; k < u.Length; k++)
        {
            if (run.HiddenBias is not null) u[k] = Span(run.HiddenBias)[k];
            for (int j = 0; j < h.Length; j++) u[k] += (double)Span(run.HiddenWeight)[k * h.Length + j] * h[j];
        }

        return u;
    }

    /// <summary>A copy of a row of a state; zeros where there is none.</summary>
    private static float[] Row(Tensor? state, int row, int size) => state is null ? new float[size] : Span(state).Slice(row * size, size).ToArray();
}
