namespace MLPath.Deep;

/// <summary>Losses of classes.</summary>
public static partial class Loss
{
    /// <summary>
    /// The mean of −ln softmax(x)_class over the rows: −ln of the probability given to what is true. With class weights w it is the mean weighted by
    /// w of each row's class; with smoothing ε the truth is taken as (1 − ε) the class and ε all classes alike (C. Szegedy et al., CVPR 2016).
    /// </summary>
    /// <param name="logits">x, [rows, k] or [..., k].</param>
    /// <param name="classes">The classes, from 0, [rows] or [...]; −1 leaves a row out.</param>
    /// <param name="smoothing">ε, from 0 to below 1.</param>
    /// <param name="classWeights">w, [k], each 0 or more; null for 1.</param>
    /// <param name="weights">The rows' weights, 0 or more, which multiply those of their classes; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no such class.</exception>
    public static Tensor CrossEntropy(Tensor logits, IndexTensor classes, float smoothing = 0, Tensor? classWeights = null, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);
        var x = logits.Contiguous();
        RequireClasses(x, classes);
        if (classWeights is not null && classWeights.Shape.Size != x.Shape[^1])
            throw new ArgumentException($"Logits of shape {x.Shape} need {x.Shape[^1]} class weights; there are {classWeights.Shape.Size}.", nameof(classWeights));
        var (losses, gradient) = (Tensor.Make(x.Backend, classes.Shape), Tensor.Make(x.Backend, x.Shape));
        x.Backend.CrossEntropy(x, classes, classWeights?.Contiguous(), smoothing, losses, gradient);
        return WeightedMean("cross-entropy", x, losses, gradient, weights, Mass(classes, classWeights, weights));
    }

    /// <summary>
    /// The mean over the elements of −t ln σ(x) − (1 − t) ln(1 − σ(x)): −ln of the probability σ(x) given to what is true, for classes that do not
    /// exclude each other, or two that do.
    /// </summary>
    /// <param name="logits">x, [rows] or [rows, k].</param>
    /// <param name="targets">t, of the same shape, each from 0 to 1.</param>
    /// <param name="positiveWeights">Multiplies the term of t, for classes that are rare: one for each of the k, or one for all; above 0; null for 1. The mean is
    /// over the elements all the same.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is out of range.</exception>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor targets, Tensor? positiveWeights = null, Tensor? weights = null)
    {
        const string Name = "binary cross-entropy";
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(targets);
        if (positiveWeights is null) return OfElements(Name, LossFunction.BinaryCrossEntropy, 0, logits, targets, weights);
        if (positiveWeights.Shape.Size != 1 && !(positiveWeights.Shape.Rank == 1 && logits.Shape.Rank > 0 && positiveWeights.Shape[0] == logits.Shape[^1]))
            throw new ArgumentException($"Logits of shape {logits.Shape} need one positive weight, or one for each column; there are {positiveWeights.Shape}.", nameof(positiveWeights));
        foreach (float weight in positiveWeights.ToArray())
        {
            if (!(weight > 0)) throw new ArgumentException($"A positive weight is {weight}; it is above 0.", nameof(positiveWeights));
        }

        // p t (−ln σ) + (1 − t)(−ln(1 − σ)) is the loss of the target p t / m, m-fold, with m = p t + 1 − t.
        RequireSameShape(logits, targets, nameof(targets));
        var (p, t) = (positiveWeights.Detach(), targets.Detach());
        var pt = p.Shape.Size == 1 ? t * p.Reshape(Shape.Scalar) : t * p;
        var m = pt - t + 1;
        return OfElements(Name, LossFunction.BinaryCrossEntropy, 0, logits, pt / m, weights, m);
    }

    /// <summary>
    /// The mean over the elements of −t ln x − (1 − t) ln(1 − x). Where logits are at hand, <see cref="BinaryCrossEntropy"/> keeps digits that are lost in a
    /// probability near 1. A logarithm counts as −100 at least.
    /// </summary>
    /// <param name="probabilities">x, [rows] or [rows, k], each from 0 to 1.</param>
    /// <param name="targets">t, of the same shape, each from 0 to 1.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor BinaryCrossEntropyOfProbabilities(Tensor probabilities, Tensor targets, Tensor? weights = null) =>
        OfElements("binary cross-entropy", LossFunction.BinaryCrossEntropyOfProbability, 0, probabilities, targets, weights);

    /// <summary>The mean over the elements of max(0, margin − t x): 0 for what lies on the right side, far enough from the border (C. Cortes, V. Vapnik, 1995).</summary>
    /// <param name="scores">x, [rows, ...].</param>
    /// <param name="targets">t, of the same shape, 1 or −1.</param>
    /// <param name="margin">How far is far enough, above 0.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor Hinge(Tensor scores, Tensor targets, float margin = 1, Tensor? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        return OfElements("hinge", LossFunction.Hinge, margin, scores, targets, weights);
    }

    /// <summary>
    /// The mean over the rows of 1/k Σ_(j ≠ c) max(0, margin − x_c + xⱼ), or of the squares: the true class c should lie above all others by the margin
    /// (J. Weston, C. Watkins, ESANN 1999).
    /// </summary>
    /// <param name="scores">x, [rows, k] or [..., k].</param>
    /// <param name="classes">The classes, from 0, [rows] or [...]; −1 leaves a row out.</param>
    /// <param name="margin">The margin, above 0.</param>
    /// <param name="isSquared">Whether the terms are squared.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no such class, or a weight is below 0.</exception>
    public static Tensor MultiMargin(Tensor scores, IndexTensor classes, float margin = 1, bool isSquared = false, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        var x = scores.Contiguous();
        RequireClasses(x, classes);
        var (losses, gradient) = (Tensor.Make(x.Backend, classes.Shape), Tensor.Make(x.Backend, x.Shape));
        x.Backend.MultiMargin(x, classes, margin, isSquared, losses, gradient);
        return WeightedMean("multi-margin", x, losses, gradient, weights, Mass(classes, null, weights));
    }

    /// <summary>The sum over the rows that count of their weight times that of their class.</summary>
    private static double Mass(IndexTensor classes, Tensor? classWeights, Tensor? weights)
    {
        float[]? ofClass = classWeights?.ToArray();
        double mass = 0;
        if (weights is null)
        {
            foreach (int c in classes.Values)
            {
                if (c >= 0) mass += ofClass?[c] ?? 1;
            }

            return mass;
        }

        ReadWeights(weights, classes.Shape, ofRow =>
        {
            int each = classes.Shape.Size / Math.Max(1, ofRow.Count);
            for (int i = 0; i < classes.Shape.Size; i++)
            {
                int c = classes.Values[i];
                if (c >= 0) mass += (double)ofRow[i / each] * (ofClass?[c] ?? 1);
            }
        });
        return mass;
    }
}
