namespace MLPath.Deep;

/// <summary>Losses of numbers.</summary>
public static partial class Loss
{
    /// <summary>The mean of (x − t)² over the elements: its best constant is the mean.</summary>
    /// <param name="predictions">x, [rows, ...].</param>
    /// <param name="targets">t, of the same shape.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor MeanSquaredError(Tensor predictions, Tensor targets, Tensor? weights = null) =>
        OfElements("mean squared error", LossFunction.Squared, 0, predictions, targets, weights);

    /// <summary>The mean of |x − t| over the elements: its best constant is the median.</summary>
    /// <param name="predictions">x, [rows, ...].</param>
    /// <param name="targets">t, of the same shape.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor MeanAbsoluteError(Tensor predictions, Tensor targets, Tensor? weights = null) =>
        OfElements("mean absolute error", LossFunction.Absolute, 0, predictions, targets, weights);

    /// <summary>
    /// The mean over the elements of ½ (x − t)² where |x − t| ≤ δ, and of δ (|x − t| − ½ δ) beyond, where outliers pull with the force δ alone
    /// (P. Huber, <i>Robust Estimation of a Location Parameter</i>, 1964).
    /// </summary>
    /// <param name="predictions">x, [rows, ...].</param>
    /// <param name="targets">t, of the same shape.</param>
    /// <param name="delta">δ, above 0, in the units of the targets.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor Huber(Tensor predictions, Tensor targets, float delta = 1, Tensor? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        return OfElements("Huber", LossFunction.Huber, delta, predictions, targets, weights);
    }

    /// <summary>
    /// The Kullback–Leibler divergence, the mean over the rows of Σⱼ tⱼ (ln tⱼ − xⱼ): how many nats more than needed it takes to tell outcomes of t in the code
    /// of eˣ (S. Kullback, R. Leibler, 1951).
    /// </summary>
    /// <param name="logProbabilities">x, [..., k]: logarithms of probabilities, such as <see cref="Tensor.LogSoftmax"/> gives.</param>
    /// <param name="targets">t, of the same shape: probabilities, each row's sum 1.</param>
    /// <param name="weights">The rows' weights, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is below 0.</exception>
    public static Tensor KullbackLeibler(Tensor logProbabilities, Tensor targets, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(logProbabilities);
        if (logProbabilities.Shape.Rank == 0) throw new ArgumentException("Probabilities are rows of numbers, not a scalar.", nameof(logProbabilities));
        return OfElements("Kullback-Leibler", LossFunction.Divergence, 0, logProbabilities, targets, weights);
    }
}
