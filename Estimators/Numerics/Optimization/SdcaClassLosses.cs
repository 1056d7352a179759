namespace MLPath.Numerics;

/// <summary>
/// The softmax loss. Its dual variables are α = e_y − p with probabilities p, and −φ*(−α) is the entropy of p.
/// </summary>
/// <param name="classes">k.</param>
/// <remarks>
/// The best p has no closed form; a step goes from p towards the softmax u of the scores, by the part
/// min(1, (KL(p ‖ u) + ‖u − p‖²) / ((2 + q) ‖u − p‖²)). It is the third option of Shalev-Shwartz and Zhang (2013), figure 1, for γ = 2:
/// along vectors v that sum to 0 the negative entropy is curved by Σ v² / p ≥ ‖v‖₁² ≥ 2 ‖v‖².
/// </remarks>
internal sealed class SoftmaxSdcaLoss(int classes) : SdcaLoss(classes)
{
    public override double Value(double target, ReadOnlySpan<double> scores) => Dense.LogSumExp(scores) - scores[(int)target];

    internal override bool Accepts(float target) => target >= 0 && target < Outputs && target == (int)target;

    internal override double DualValue(double target, ReadOnlySpan<double> duals)
    {
        double entropy = 0;
        for (int c = 0; c < duals.Length; c++)
            entropy += LogisticSdcaLoss.Entropy(Probability(duals, c, (int)target));
        return entropy;
    }

    internal override void Step(double target, Span<double> scores, double q, Span<double> duals, Span<double> change)
    {
        int y = (int)target;
        double log = Dense.LogSumExp(scores), divergence = 0, square = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            double p = Probability(duals, c, y), logU = scores[c] - log;
            change[c] = p - Math.Exp(logU);
            square += change[c] * change[c];
            if (p > 0)
                divergence += p * (Math.Log(p) - logU);
        }

        double part = square > 0 ? Math.Min(1, (Math.Max(0, divergence) + square) / ((2 + q) * square)) : 0;
        for (int c = 0; c < scores.Length; c++)
        {
            change[c] *= part;
            duals[c] += change[c];
        }
    }

    private static double Probability(ReadOnlySpan<double> duals, int c, int y) => c == y ? 1 - duals[c] : -duals[c];
}

/// <summary>A loss of margins summed over the wrong classes; each of them has a dual variable, and the right one has none.</summary>
/// <param name="margin">φ.</param>
/// <param name="classes">k.</param>
internal sealed class PairwiseSdcaLoss(MarginSdcaLoss margin, int classes) : SdcaLoss(classes)
{
    public override double Value(double target, ReadOnlySpan<double> scores)
    {
        double sum = 0;
        for (int c = 0; c < scores.Length; c++)
            sum += c == (int)target ? 0 : margin.OfMargin(scores[(int)target] - scores[c]);
        return sum;
    }

    internal override bool Accepts(float target) => target >= 0 && target < Outputs && target == (int)target;

    internal override double DualValue(double target, ReadOnlySpan<double> duals)
    {
        double sum = 0;
        for (int c = 0; c < duals.Length; c++)
            sum += c == (int)target ? 0 : margin.DualOfMargin(duals[c]);
        return sum;
    }

    // One wrong class after the other: its margin belongs to the vector x at y and −x at c, whose square is twice that of x.
    internal override void Step(double target, Span<double> scores, double q, Span<double> duals, Span<double> change)
    {
        int y = (int)target;
        change[y] = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            if (c == y)
                continue;
            double best = margin.BestOfMargin(scores[y] - scores[c], 2 * q, duals[c]), by = best - duals[c];
            scores[y] += q * by;
            duals[c] = best;
            change[c] = -by;
            change[y] += by;
        }
    }
}
