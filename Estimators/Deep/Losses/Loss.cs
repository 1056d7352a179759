namespace MLPath.Deep;

/// <summary>How far predictions are from what is true: scalars to be made small.</summary>
public static class Loss
{
    /// <summary>
    /// The mean of −ln softmax(x)_class over the rows: −ln of the probability given to what is true. With class weights w it is the mean weighted by
    /// w of each row's class; with smoothing ε the truth is taken as (1 − ε) the class and ε all classes alike (C. Szegedy et al., CVPR 2016).
    /// </summary>
    /// <param name="logits">x, [rows, k] or [..., k].</param>
    /// <param name="classes">The classes, from 0, [rows] or [...]; −1 leaves a row out.</param>
    /// <param name="smoothing">ε, from 0 to below 1.</param>
    /// <param name="classWeights">w, [k]; null for 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no such class.</exception>
    public static Tensor CrossEntropy(Tensor logits, IndexTensor classes, float smoothing = 0, Tensor? classWeights = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);
        var x = logits.Contiguous();
        int k = x.Shape[^1];
        if (x.Shape.Size != classes.Shape.Size * k) throw new ArgumentException($"Logits of shape {x.Shape} need one class for each row; there are {classes.Shape} classes.", nameof(classes));
        double mass = 0;
        float[]? weights = classWeights?.ToArray();
        foreach (int c in classes.Values)
        {
            if (c < -1 || c >= k) throw new ArgumentException($"Class {c} is outside the {k} classes.", nameof(classes));
            if (c >= 0) mass += weights?[c] ?? 1;
        }

        var (losses, gradient) = (Tensor.Make(x.Backend, classes.Shape), Tensor.Make(x.Backend, x.Shape));
        x.Backend.CrossEntropy(x, classes, classWeights, smoothing, losses, gradient);
        float scale = mass > 0 ? (float)(1 / mass) : 0;
        var y = Tensor.Make(x.Backend, Shape.Scalar);
        x.Backend.SumTo(losses, y, scale, add: false);
        return y.From("cross-entropy", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.SumTo(gradient, dx, scale * dy.Item(), add);
        });
    }
}
