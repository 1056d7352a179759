using System.Buffers;

namespace MLPath.Deep;

/// <summary>How far predictions are from what is true: scalars to be made small.</summary>
/// <remarks>
/// <para>Every loss is a mean over the rows. With weights it is the weighted mean Σ wᵢ lossᵢ / Σ wᵢ, so that a row of weight 2 counts as two rows; where all
/// weights are 0 it is 0. Weights have the shape of the losses' leading axes: [rows] for predictions [rows, k], [batch] or [batch, time] for
/// classes [batch, time].</para>
/// <para>What is true (targets, weights) has no derivative.</para>
/// </remarks>
public static partial class Loss
{
    /// <summary>The mean over elements of f(xᵢ, tᵢ), the weights being those of rows.</summary>
    private static Tensor OfElements(string name, LossFunction function, float a, Tensor x, Tensor targets, Tensor? weights, Tensor? factors = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(targets);
        RequireSameShape(x, targets, nameof(targets));
        (x, targets) = (x.Contiguous(), targets.Detach().Contiguous());
        var (losses, gradient) = (Tensor.Make(x.Backend, x.Shape), Tensor.Make(x.Backend, x.Shape));
        x.Backend.ElementLosses(function, a, x, targets, losses, gradient);
        if (factors is not null)
        {
            Multiply(losses, factors);
            Multiply(gradient, factors);
        }

        double mass = weights is null ? x.Shape.Size : Total(weights, x.Shape) * (x.Shape.Size / Math.Max(1, weights.Shape.Size));
        return WeightedMean(name, x, losses, gradient, weights, function == LossFunction.Divergence ? mass / x.Shape[^1] : mass);
    }

    /// <summary>Σ wᵢ lossᵢ / mass, where the losses and their derivatives by x are known.</summary>
    /// <param name="name">The operation's name.</param>
    /// <param name="x">The predictions.</param>
    /// <param name="losses">The losses, which are overwritten.</param>
    /// <param name="gradient">Their derivatives by x, which are overwritten.</param>
    /// <param name="weights">w; null for 1.</param>
    /// <param name="mass">What is divided by; where it is 0, so is the result.</param>
    private static Tensor WeightedMean(string name, Tensor x, Tensor losses, Tensor gradient, Tensor? weights, double mass)
    {
        if (weights is not null)
        {
            Multiply(losses, weights);
            Multiply(gradient.Shape.Equals(losses.Shape) ? gradient : gradient.Reshape([.. losses.Shape, gradient.Shape[^1]]), weights);
        }

        float scale = mass > 0 ? (float)(1 / mass) : 0;
        var y = Tensor.Make(x.Backend, Shape.Scalar);
        x.Backend.SumTo(losses, y, scale, add: false);
        return y.From(name, [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.SumTo(gradient, dx, scale * dy.Item(), add);
        });
    }

    /// <summary>The weighted mean of losses of rows that were computed by operations on tensors.</summary>
    private static Tensor MeanOfRows(Tensor losses, Tensor? weights)
    {
        if (weights is null) return losses.Mean();
        double mass = Total(weights, losses.Shape);
        return (losses * weights.Detach()).Sum() * (mass > 0 ? (float)(1 / mass) : 0);
    }

    /// <summary>Multiplies a tensor in place by factors of its leading axes, or of all.</summary>
    private static void Multiply(Tensor tensor, Tensor factors)
    {
        int[] ones = new int[tensor.Shape.Rank - factors.Shape.Rank];
        Array.Fill(ones, 1);
        var repeated = factors.Detach().Reshape([.. factors.Shape, .. ones]).BroadcastView(tensor.Shape);
        tensor.Backend.Combine(BinaryFunction.Multiply, tensor, repeated, tensor, add: false);
    }

    /// <summary>Σ w.</summary>
    private static double Total(Tensor weights, Shape losses)
    {
        double total = 0;
        ReadWeights(weights, losses, w => { foreach (float weight in w) total += weight; });
        return total;
    }

    /// <summary>Checks weights, and lends their numbers.</summary>
    private static void ReadWeights(Tensor weights, Shape losses, Action<ArraySegment<float>> use)
    {
        var shape = weights.Shape;
        if (shape.Rank > losses.Rank || !shape.Equals(losses[..shape.Rank]))
            throw new ArgumentException($"Weights of shape {shape} are not one for each row of losses of shape {losses}.", nameof(weights));
        float[] values = ArrayPool<float>.Shared.Rent(shape.Size);
        try
        {
            weights.CopyTo(values);
            foreach (float weight in values.AsSpan(0, shape.Size))
            {
                if (!(weight >= 0)) throw new ArgumentException($"A weight is {weight}; weights are 0 or more.", nameof(weights));
            }

            use(new ArraySegment<float>(values, 0, shape.Size));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private static void RequireSameShape(Tensor x, Tensor other, string name)
    {
        if (!x.Shape.Equals(other.Shape)) throw new ArgumentException($"Predictions of shape {x.Shape} need {name} of that shape, not {other.Shape}.", name);
    }

    private static void RequireClasses(Tensor x, IndexTensor classes)
    {
        int k = x.Shape.Rank == 0 ? 0 : x.Shape[^1];
        if (x.Shape.Size != classes.Shape.Size * k) throw new ArgumentException($"Predictions of shape {x.Shape} need one class for each row; there are {classes.Shape} classes.", nameof(classes));
        foreach (int c in classes.Values)
        {
            if (c < -1 || c >= k) throw new ArgumentException($"Class {c} is outside the {k} classes.", nameof(classes));
        }
    }
}
