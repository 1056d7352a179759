using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class CpuBackend
{
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

            // With p = softmax(x): the loss is −(1 − ε) w_right ln p_right − ε/k Σ w_c ln p_c.
            float share = smoothing / k, total = Dense.LogSumExp(x);
            float loss = (1 - smoothing) * w[right] * (total - x[right]), mass = (1 - smoothing) * w[right];
            if (share > 0)
            {
                float weight = TensorPrimitives.Sum<float>(w);
                loss += share * (weight * total - Dense.Dot(w, x));
                mass += share * weight;
            }

            TensorPrimitives.Subtract(x, total, dx);
            Dense.Exp(dx, dx);
            TensorPrimitives.Multiply(dx, mass, dx);
            if (share > 0) TensorPrimitives.MultiplyAdd(w, -share, dx, dx);
            dx[right] -= (1 - smoothing) * w[right];
            Span(losses)[i] = loss;
        });
    }
}
