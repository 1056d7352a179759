using System.Numerics;
using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The data's part of a linear classifier's objective: a sum over rows of a smooth convex function of the k scores s = W x + b. How scores come
/// from features, and gradients of weights from those of scores, is the business of <see cref="LinearProducts"/>.
/// </summary>
internal interface ILinearLoss
{
    /// <summary>k, the number of scores of a row.</summary>
    int Outputs { get; }

    /// <summary>Computes the loss of some rows and its derivatives by their scores, in double.</summary>
    /// <param name="block">Rows with classes.</param>
    /// <param name="start">The first row.</param>
    /// <param name="scores">The scores of the rows, rows × k; replaced by wᵢ ∂lossᵢ/∂s.</param>
    /// <param name="curvatures">
    /// Receives wᵢ ∂²lossᵢ/∂s² of the rows, or is empty where that is not asked for. It is asked only of losses of one score.
    /// </param>
    /// <returns>Σ wᵢ lossᵢ of these rows.</returns>
    double Differentiate(TrainingData block, int start, Span<double> scores, Span<double> curvatures);
}

/// <summary>
/// The logistic loss of two classes, log(1 + exp(−m)) with the margin m = ±s, whose derivative by s is ∓σ(−m) and whose second one is
/// σ(m) σ(−m). All are computed from e = exp(−|m|), which neither overflows nor loses the digits of small losses. Class 1 is the positive one.
/// </summary>
internal sealed class LogisticLoss : ILinearLoss
{
    public int Outputs => 1;

    public double Differentiate(TrainingData block, int start, Span<double> scores, Span<double> curvatures)
    {
        // Rows of weight 0 fill the last vector up.
        int n = scores.Length, width = Vector<double>.Count, padded = (n + width - 1) / width * width;
        Span<double> margins = stackalloc double[padded];
        Span<double> weights = stackalloc double[padded];
        Span<double> e = stackalloc double[padded];
        Span<double> log = stackalloc double[padded];
        var positive = block.Classes.Slice(start, n);
        for (int i = 0; i < n; i++)
        {
            margins[i] = positive[i] == 1 ? scores[i] : -scores[i];
            e[i] = -Math.Abs(scores[i]);
            weights[i] = block.Weight(start + i);
        }

        margins[n..].Clear();
        weights[n..].Clear();
        e[n..].Clear();
        Dense.Exp(e, e);
        TensorPrimitives.Add(e, 1, log);
        Dense.Log(log, log);

        var sum = Vector<double>.Zero;
        for (int i = 0; i < padded; i += width)
        {
            var (m, small, w) = (new Vector<double>(margins[i..]), new Vector<double>(e[i..]), new Vector<double>(weights[i..]));
            var u = Vector<double>.One + small;
            var inverse = Vector<double>.One / u;
            sum += w * (Vector.Max(-m, Vector<double>.Zero) + new Vector<double>(log[i..]) + ((small - (u - Vector<double>.One)) * inverse));
            var less = small * inverse;
            (w * Vector.ConditionalSelect(Vector.GreaterThanOrEqual(m, Vector<double>.Zero), less, inverse)).CopyTo(margins[i..]);
            (w * inverse * less).CopyTo(weights[i..]);
        }

        for (int i = 0; i < n; i++)
            scores[i] = positive[i] == 1 ? -margins[i] : margins[i];
        if (!curvatures.IsEmpty)
            weights[..n].CopyTo(curvatures);
        return Vector.Sum(sum);
    }

    /// <summary>
    /// log(1 + x) for 0 ≤ x to full precision: with u = 1 + x as rounded, what the rounding took, x − (u − 1), is added to the logarithm to
    /// first order.
    /// </summary>
    internal static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return Math.Log(u) + ((x - (u - 1)) / u);
    }
}

/// <summary>
/// The cross-entropy of the softmax of k scores, log Σ exp(s_c) − s_y for a row of class y, whose derivative by s_c is p_c − [c = y]. It is
/// computed from the differences s_c − s_y, so that the loss of a row that is surely right keeps its digits.
/// </summary>
internal sealed class SoftmaxLoss : ILinearLoss
{
    private readonly int[] _outputs; // of each class; −1 for a class without rows

    /// <summary>Creates the loss.</summary>
    /// <param name="present">The classes that have scores, increasing; all rows are of these.</param>
    public SoftmaxLoss(int[] present)
    {
        Outputs = present.Length;
        _outputs = new int[present[^1] + 1];
        Array.Fill(_outputs, -1);
        for (int output = 0; output < present.Length; output++)
            _outputs[present[output]] = output;
    }

    public int Outputs { get; }

    public double Differentiate(TrainingData block, int start, Span<double> scores, Span<double> curvatures)
    {
        int k = Outputs;
        Span<double> own = stackalloc double[scores.Length / k];
        var classes = block.Classes;

        // sᵢ − max s, and the exponentials of all rows at once.
        for (int i = 0; i < scores.Length / k; i++)
        {
            var s = scores.Slice(i * k, k);
            double greatest = double.NegativeInfinity;
            foreach (double score in s)
                greatest = Math.Max(greatest, score);
            for (int c = 0; c < k; c++)
                s[c] -= greatest;
            own[i] = s[_outputs[classes[start + i]]];
        }

        Dense.Exp(scores, scores);
        double loss = 0;
        for (int i = 0; i < scores.Length / k; i++)
        {
            double weight = block.Weight(start + i);
            loss += weight * LossAndSlopes(scores.Slice(i * k, k), own[i], _outputs[classes[start + i]], weight);
        }

        return loss;
    }

    // The loss of one row; replaces exp(s_c − max s) by the weighted derivatives. The greatest exponential is 1, and so the sum is 1 or more.
    private static double LossAndSlopes(Span<double> e, double own, int y, double weight)
    {
        double others = 0;
        for (int c = 0; c < e.Length; c++)
            others += c == y ? 0 : e[c];
        double sum = e[y] + others;
        double factor = weight / sum;
        for (int c = 0; c < e.Length; c++)
            e[c] *= factor;
        e[y] = -others * factor;
        return own == 0 ? LogisticLoss.LogOnePlus(others) : Math.Log(sum) - own;
    }
}
