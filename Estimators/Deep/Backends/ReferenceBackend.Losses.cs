using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void ElementLosses(LossFunction function, float a, Tensor x, Tensor targets, Tensor losses, Tensor gradient)
    {
        Span<float> at = Span(x), truth = Span(targets), values = Span(losses), slopes = Span(gradient);
        for (int i = 0; i < at.Length; i++)
        {
            values[i] = (float)LossFunctions.Value(function, at[i], truth[i], a);
            slopes[i] = (float)LossFunctions.Derivative(function, at[i], truth[i], a);
        }
    }

    /// <inheritdoc/>
    public override void CrossEntropy(Tensor logits, IndexTensor classes, Tensor? classWeights, float smoothing, Tensor losses, Tensor gradient)
    {
        int k = logits.Shape[^1];
        Softmax(logits, gradient, logarithm: true);
        for (int i = 0; i < classes.Values.Length; i++)
        {
            var row = Span(gradient).Slice(i * k, k);
            double loss = 0, mass = 0;
            for (int c = 0; c < k && classes.Values[i] >= 0; c++) mass += Target(i, c);
            for (int c = 0; c < k; c++)
            {
                double q = classes.Values[i] < 0 ? 0 : Target(i, c);
                loss -= q * row[c];
                row[c] = (float)(Math.Exp(row[c]) * mass - q);
            }

            Span(losses)[i] = (float)loss;
        }

        double Target(int row, int c) =>
            (classWeights is null ? 1 : Span(classWeights)[c]) * ((1 - smoothing) * (c == classes.Values[row] ? 1 : 0) + smoothing / k);
    }

    /// <inheritdoc/>
    public override void MultiMargin(Tensor scores, IndexTensor classes, float margin, bool isSquared, Tensor losses, Tensor gradient)
    {
        int k = scores.Shape[^1];
        for (int i = 0; i < classes.Values.Length; i++)
        {
            Span<float> x = Span(scores).Slice(i * k, k), dx = Span(gradient).Slice(i * k, k);
            int right = classes.Values[i];
            double loss = 0, slopes = 0;
            for (int j = 0; j < k; j++)
            {
                double term = right < 0 || j == right ? 0 : Math.Max(0, (double)margin - x[right] + x[j]);
                double slope = isSquared ? 2 * term : term > 0 ? 1 : 0;
                loss += isSquared ? term * term : term;
                slopes += slope;
                dx[j] = (float)(slope / k);
            }

            if (right >= 0) dx[right] = (float)(-slopes / k);
            Span(losses)[i] = (float)(loss / k);
        }
    }

    /// <summary>Each loss beside its derivative by the prediction x; t is what is true.</summary>
    private static class LossFunctions
    {
        /// <summary>f(x, t).</summary>
        public static double Value(LossFunction function, double x, double t, double a) => function switch
        {
            LossFunction.Squared => (x - t) * (x - t),
            LossFunction.Absolute => Math.Abs(x - t),
            LossFunction.Huber => Math.Abs(x - t) <= a ? (x - t) * (x - t) / 2 : a * (Math.Abs(x - t) - a / 2),
            LossFunction.BinaryCrossEntropy => t * Dense.Softplus(-x) + (1 - t) * Dense.Softplus(x),
            LossFunction.BinaryCrossEntropyOfProbability => -t * Math.Max(Math.Log(x), -100) - (1 - t) * Math.Max(Math.Log(1 - x), -100),
            LossFunction.Hinge => Math.Max(0, a - t * x),
            LossFunction.Divergence => t == 0 ? 0 : t * (Math.Log(t) - x),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such loss."),
        };

        /// <summary>∂f/∂x.</summary>
        public static double Derivative(LossFunction function, double x, double t, double a) => function switch
        {
            LossFunction.Squared => 2 * (x - t),
            LossFunction.Absolute => Math.Sign(x - t),
            LossFunction.Huber => Math.Clamp(x - t, -a, a),
            LossFunction.BinaryCrossEntropy => Dense.Sigmoid(x) - t,
            LossFunction.BinaryCrossEntropyOfProbability => (x - t) / Math.Max(x * (1 - x), 1e-12),
            LossFunction.Hinge => t * x < a ? -t : 0,
            LossFunction.Divergence => -t,
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such loss."),
        };
    }
}
