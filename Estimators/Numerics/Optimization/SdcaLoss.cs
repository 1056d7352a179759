namespace MLPath.Numerics;

/// <summary>
/// A convex loss φ of a row's k scores, with what dual coordinate ascent needs of it: the conjugate φ*, and the best change of the row's dual
/// variables. The target is a number for regression, positive or not for two classes, and the class, from 0, for several.
/// </summary>
public abstract class SdcaLoss
{
    private protected SdcaLoss(int outputs) => Outputs = outputs;

    /// <summary>(s − y)², of one score s and a number y.</summary>
    public static SdcaLoss Squared { get; } = new SquaredSdcaLoss();

    /// <summary>|s − y|, of one score s and a number y.</summary>
    public static SdcaLoss Absolute { get; } = new AbsoluteSdcaLoss();

    /// <summary>log(1 + exp(−m)) with the margin m = s for the positive class, −s for the other.</summary>
    public static SdcaLoss Logistic { get; } = new LogisticSdcaLoss();

    /// <summary>max(0, 1 − m).</summary>
    public static SdcaLoss Hinge { get; } = new HingeSdcaLoss(0);

    /// <summary>max(0, 1 − m)².</summary>
    public static SdcaLoss SquaredHinge { get; } = new SquaredHingeSdcaLoss();

    /// <summary>k, the number of scores of a row.</summary>
    public int Outputs { get; }

    /// <summary>The hinge whose kink is rounded: (1 − m)² / 2γ for 1 − γ &lt; m &lt; 1, and 1 − m − γ / 2 below.</summary>
    /// <param name="smoothing">γ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is not a positive number.</exception>
    public static SdcaLoss SmoothedHinge(double smoothing = 1) => smoothing > 0 && double.IsFinite(smoothing)
        ? new HingeSdcaLoss(smoothing)
        : throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing is a positive number.");

    /// <summary>The cross-entropy of the softmax of k scores, log Σ exp(s_c) − s_y.</summary>
    /// <param name="classes">k, 2 or more.</param>
    public static SdcaLoss Softmax(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return new SoftmaxSdcaLoss(classes);
    }

    /// <summary>A loss of margins summed over the wrong classes, Σ_{c ≠ y} φ(s_y − s_c).</summary>
    /// <param name="margin">φ, a loss of two classes.</param>
    /// <param name="classes">k, 2 or more.</param>
    /// <exception cref="ArgumentException">The loss is none of two classes.</exception>
    public static SdcaLoss Pairwise(SdcaLoss margin, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return margin is MarginSdcaLoss loss
            ? new PairwiseSdcaLoss(loss, classes)
            : throw new ArgumentException("The loss must be one of two classes.", nameof(margin));
    }

    /// <summary>φ of a row.</summary>
    /// <param name="target">The row's target.</param>
    /// <param name="scores">Its k scores.</param>
    public abstract double Value(double target, ReadOnlySpan<double> scores);

    /// <summary>−φ*(−α), the row's part of the dual.</summary>
    internal abstract double DualValue(double target, ReadOnlySpan<double> duals);

    /// <summary>
    /// Changes a row's dual variables so that −φ*(−α) − s · Δα − ½ q ‖Δα‖² becomes as large as possible, or is at least raised by a fixed part
    /// of what is possible.
    /// </summary>
    /// <param name="target">The row's target.</param>
    /// <param name="scores">Its k scores; may be overwritten.</param>
    /// <param name="q">The curvature, above 0.</param>
    /// <param name="duals">The k dual variables; are changed.</param>
    /// <param name="change">Receives Δα by output.</param>
    internal abstract void Step(double target, Span<double> scores, double q, Span<double> duals, Span<double> change);

    /// <summary>Whether a target is one that the loss understands.</summary>
    internal virtual bool Accepts(float target) => float.IsFinite(target);
}

/// <summary>A loss of one score with one dual variable.</summary>
internal abstract class ScalarSdcaLoss() : SdcaLoss(1)
{
    public sealed override double Value(double target, ReadOnlySpan<double> scores) => Value(target, scores[0]);

    internal sealed override double DualValue(double target, ReadOnlySpan<double> duals) => DualValue(target, duals[0]);

    internal sealed override void Step(double target, Span<double> scores, double q, Span<double> duals, Span<double> change)
    {
        double best = Best(target, scores[0], q, duals[0]);
        (change[0], duals[0]) = (best - duals[0], best);
    }

    protected abstract double Value(double target, double score);

    protected abstract double DualValue(double target, double dual);

    protected abstract double Best(double target, double score, double q, double dual);
}

// φ*(−α) = α² / 4 − α y.
internal sealed class SquaredSdcaLoss : ScalarSdcaLoss
{
    protected override double Value(double target, double score) => (score - target) * (score - target);

    protected override double DualValue(double target, double dual) => dual * (target - (dual / 4));

    protected override double Best(double target, double score, double q, double dual) => dual + ((target - score - (dual / 2)) / (q + 0.5));
}

// φ*(−α) = −α y for |α| ≤ 1.
internal sealed class AbsoluteSdcaLoss : ScalarSdcaLoss
{
    protected override double Value(double target, double score) => Math.Abs(score - target);

    protected override double DualValue(double target, double dual) => dual * target;

    protected override double Best(double target, double score, double q, double dual) => Math.Clamp(dual + ((target - score) / q), -1, 1);
}

/// <summary>A loss of the margin m = ±s, with β = ±α as its dual variable.</summary>
internal abstract class MarginSdcaLoss : ScalarSdcaLoss
{
    protected sealed override double Value(double target, double score) => OfMargin(target > 0 ? score : -score);

    protected sealed override double DualValue(double target, double dual) => DualOfMargin(target > 0 ? dual : -dual);

    protected sealed override double Best(double target, double score, double q, double dual) =>
        target > 0 ? BestOfMargin(score, q, dual) : -BestOfMargin(-score, q, -dual);

    public abstract double OfMargin(double m);

    public abstract double DualOfMargin(double beta);

    public abstract double BestOfMargin(double m, double q, double beta);
}

// φ*(−β) = −β + γ β² / 2 for 0 ≤ β ≤ 1.
internal sealed class HingeSdcaLoss(double smoothing) : MarginSdcaLoss
{
    public override double OfMargin(double m)
    {
        double below = 1 - m;
        return below <= 0 ? 0 : below < smoothing ? below * below / (2 * smoothing) : below - (smoothing / 2);
    }

    public override double DualOfMargin(double beta) => beta * (1 - (smoothing * beta / 2));

    public override double BestOfMargin(double m, double q, double beta) =>
        Math.Clamp(beta + ((1 - m - (smoothing * beta)) / (q + smoothing)), 0, 1);
}

// φ*(−β) = −β + β² / 4 for 0 ≤ β.
internal sealed class SquaredHingeSdcaLoss : MarginSdcaLoss
{
    public override double OfMargin(double m) => m >= 1 ? 0 : (1 - m) * (1 - m);

    public override double DualOfMargin(double beta) => beta * (1 - (beta / 4));

    public override double BestOfMargin(double m, double q, double beta) => Math.Max(0, beta + ((1 - m - (beta / 2)) / (q + 0.5)));
}

// φ*(−β) = β log β + (1 − β) log(1 − β) for 0 ≤ β ≤ 1.
internal sealed class LogisticSdcaLoss : MarginSdcaLoss
{
    private const int MostSteps = 60;
    private const double Precision = 1e-12;

    public override double OfMargin(double m) => Dense.Softplus(-m);

    public override double DualOfMargin(double beta) => Entropy(beta) + Entropy(1 - beta);

    // With β' = σ(z) the best z is the root of z + m + q (σ(z) − β), which grows with z: Newton's method between bounds.
    public override double BestOfMargin(double m, double q, double beta)
    {
        double low = -m - (q * (1 - beta)), high = (q * beta) - m;
        double z = beta is > 0 and < 1 ? Math.Clamp(Math.Log(beta / (1 - beta)), low, high) : 0.5 * (low + high);
        for (int step = 0; step < MostSteps; step++)
        {
            double sigma = Dense.Sigmoid(z), residual = z + m + (q * (sigma - beta));
            if (residual > 0)
                high = z;
            else
                low = z;
            double next = z - (residual / (1 + (q * sigma * (1 - sigma))));
            if (!(next >= low && next <= high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - z) <= Precision * (1 + Math.Abs(z)))
                return Dense.Sigmoid(next);
            z = next;
        }

        return Dense.Sigmoid(z);
    }

    internal static double Entropy(double p) => p > 0 ? -p * Math.Log(p) : 0;
}
