namespace MLPath.Deep;

/// <summary>Losses of vectors that should lie near each other, or far apart.</summary>
public static partial class Loss
{
    /// <summary>
    /// The mean over pairs of 1 − cos(a, b) for pairs that belong together, and of max(0, cos(a, b) − margin) for the others, with
    /// cos(a, b) = a·b / √((a·a + ε)(b·b + ε)), ε = 10⁻¹².
    /// </summary>
    /// <param name="a">One vector of each pair, [rows, size].</param>
    /// <param name="b">The other, [rows, size].</param>
    /// <param name="targets">[rows], 1 for a pair that belongs together and −1 for one that does not.</param>
    /// <param name="margin">From −1 to 1: how alike strangers may be; 0 to 0.5 is customary.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor CosineEmbedding(Tensor a, Tensor b, Tensor targets, float margin = 0, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireRows(a, b);
        if (!targets.Shape.Equals(a.Shape[..1])) throw new ArgumentException($"Vectors of shape {a.Shape} need targets of shape {a.Shape[..1]}, not {targets.Shape}.", nameof(targets));
        var cosine = Dot(a, b) / ((Dot(a, a) + 1e-12f) * (Dot(b, b) + 1e-12f)).Sqrt();
        var together = (targets.Detach() + 1) / 2;
        return MeanOfRows(together * (1 - cosine) + (1 - together) * (cosine - margin).ReLU(), weights);
    }

    /// <summary>
    /// The mean over the rows of max(0, ‖a − p‖ − ‖a − n‖ + margin): what belongs to the anchor a should be nearer than what does not, by the margin
    /// (F. Schroff, D. Kalenichenko, J. Philbin, CVPR 2015). Differences are shifted by 10⁻⁶, so that distances of 0 have a derivative.
    /// </summary>
    /// <param name="anchors">a, [rows, size].</param>
    /// <param name="positives">p, which belong to the anchors, [rows, size].</param>
    /// <param name="negatives">n, which do not, [rows, size].</param>
    /// <param name="margin">The margin, above 0.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor Triplet(Tensor anchors, Tensor positives, Tensor negatives, float margin = 1, Tensor? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        RequireRows(anchors, positives);
        RequireRows(anchors, negatives);
        return MeanOfRows((Distance(anchors, positives) - Distance(anchors, negatives) + margin).ReLU(), weights);
    }

    private static Tensor Distance(Tensor a, Tensor b) => (a - b + 1e-6f).Square().Sum([-1]).Sqrt();

    private static Tensor Dot(Tensor a, Tensor b) => (a * b).Sum([-1]);

    private static void RequireRows(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Shape.Rank != 2 || !a.Shape.Equals(b.Shape)) throw new ArgumentException($"Vectors are rows of two tensors of one shape [rows, size], not {a.Shape} and {b.Shape}.", nameof(b));
    }
}
