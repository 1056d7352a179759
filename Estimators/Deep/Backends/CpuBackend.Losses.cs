using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void ElementLosses(LossFunction function, float a, Tensor x, Tensor targets, Tensor losses, Tensor gradient)
    {
        switch (function)
        {
            case LossFunction.Squared: ElementLosses<LossKernels.Squared>(a, x, targets, losses, gradient); break;
            case LossFunction.Absolute: ElementLosses<LossKernels.Absolute>(a, x, targets, losses, gradient); break;
            case LossFunction.Huber: ElementLosses<LossKernels.Huber>(a, x, targets, losses, gradient); break;
            case LossFunction.BinaryCrossEntropy: ElementLosses<LossKernels.BinaryCrossEntropy>(a, x, targets, losses, gradient); break;
            case LossFunction.BinaryCrossEntropyOfProbability: ElementLosses<LossKernels.BinaryCrossEntropyOfProbability>(a, x, targets, losses, gradient); break;
            case LossFunction.Hinge: ElementLosses<LossKernels.Hinge>(a, x, targets, losses, gradient); break;
            case LossFunction.Divergence: ElementLosses<LossKernels.Divergence>(a, x, targets, losses, gradient); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such loss.");
        }
    }

    /// <inheritdoc/>
    public override void CrossEntropy(Tensor logits, IndexTensor classes, Tensor? classWeights, float smoothing, Tensor losses, Tensor gradient)
    {
        int k = logits.Shape[^1];
        if (classWeights is null) classWeights = Tensor.Full(this, [k], 1);
        ForVectors(logits, (start, _) =>
        {
            int i = start / k, right = classes.Values[i];
            Span<float> x = Span(logits).Slice(start, k), dx = Span(gradient).Slice(start, k), w = Span(classWeights);
            if (right < 0)
            {
                dx.Clear();
                Span(losses)[i] = 0;
                return;
            }

            // e^(x − max) is computed once, for the sum and for p = softmax(x).
            float share = smoothing / k, largest = TensorPrimitives.Max<float>(x);
            TensorPrimitives.Subtract(x, largest, dx);
            Dense.Exp(dx, dx);
            float sum = TensorPrimitives.Sum<float>(dx), total = largest + MathF.Log(sum);

            // The loss is −(1 − ε) w_right ln p_right − ε/k Σ w_c ln p_c, with −ln p_c = total − x_c.
            float loss = (1 - smoothing) * w[right] * (total - x[right]), mass = (1 - smoothing) * w[right];
            if (share > 0)
            {
                float weight = TensorPrimitives.Sum<float>(w);
                loss += share * (weight * total - Dense.Dot(w, x));
                mass += share * weight;
            }

            TensorPrimitives.Multiply(dx, mass / sum, dx);
            if (share > 0) TensorPrimitives.MultiplyAdd(w, -share, dx, dx);
            dx[right] -= (1 - smoothing) * w[right];
            Span(losses)[i] = loss;
        });
    }

    /// <inheritdoc/>
    public override void MultiMargin(Tensor scores, IndexTensor classes, float margin, bool isSquared, Tensor losses, Tensor gradient) =>
        ForVectors(scores, (start, k) =>
        {
            int i = start / k, right = classes.Values[i];
            Span<float> x = Span(scores).Slice(start, k), dx = Span(gradient).Slice(start, k);
            ref float loss = ref Span(losses)[i];
            loss = 0;
            dx.Clear();
            if (right < 0) return;
            float share = 1f / k, slopes = 0;
            for (int j = 0; j < k; j++)
            {
                float term = margin - x[right] + x[j];
                if (j == right || term <= 0) continue;
                loss += share * (isSquared ? term * term : term);
                dx[j] = share * (isSquared ? 2 * term : 1);
                slopes += dx[j];
            }

            dx[right] = -slopes;
        });

    private void ElementLosses<TKernel>(float a, Tensor x, Tensor targets, Tensor losses, Tensor gradient)
        where TKernel : struct, LossKernels.ILoss => ForElements(x.Shape.Size, (start, length) =>
    {
        ReadOnlySpan<float> at = Span(x).Slice(start, length), truth = Span(targets).Slice(start, length);
        Span<float> values = Span(losses).Slice(start, length), slopes = Span(gradient).Slice(start, length);
        var parameter = Vector512.Create(a);
        for (int i = 0; i < length; i += Lanes)
        {
            Vector512<float> xi = LoadUpTo(at, i), ti = LoadUpTo(truth, i);
            StoreUpTo(TKernel.Value(xi, ti, parameter), values, i);
            StoreUpTo(TKernel.Slope(xi, ti, parameter), slopes, i);
        }
    });
}
