using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void SgdStep(
        Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double momentum, double dampening, bool nesterov, double weightDecay) =>
        ForElements(parameter.Shape.Size, (start, length) =>
        {
            Span<float> θ = Part(parameter, start, length), slope = Part(gradient, start, length), velocities = Part(velocity, start, length);
            var (η, μ, share, λ) = (Vector(learningRate), Vector(momentum), Vector(1 - dampening), Vector(weightDecay));
            for (int i = 0; i < length; i += Lanes)
            {
                var θi = LoadUpTo(θ, i);
                var g = LoadUpTo(slope, i) + λ * θi;
                var step = g;
                if (velocity is not null)
                {
                    var v = μ * LoadUpTo(velocities, i) + share * g;
                    StoreUpTo(v, velocities, i);
                    step = nesterov ? g + μ * v : v;
                }

                StoreUpTo(θi - η * step, θ, i);
            }
        });

    /// <inheritdoc/>
    public override void AdagradStep(Tensor parameter, Tensor gradient, Tensor squares, double learningRate, double epsilon, double weightDecay) =>
        ForElements(parameter.Shape.Size, (start, length) =>
        {
            Span<float> θ = Part(parameter, start, length), slope = Part(gradient, start, length), sums = Part(squares, start, length);
            var (η, ε, λ) = (Vector(learningRate), Vector(epsilon), Vector(weightDecay));
            for (int i = 0; i < length; i += Lanes)
            {
                var θi = LoadUpTo(θ, i);
                var g = LoadUpTo(slope, i) + λ * θi;
                var s = LoadUpTo(sums, i) + g * g;
                StoreUpTo(s, sums, i);
                StoreUpTo(θi - η * g / (Vector512.Sqrt(s) + ε), θ, i);
            }
        });

    /// <inheritdoc/>
    public override void RmsPropStep(Tensor parameter, Tensor gradient, Tensor squares, Tensor? means, Tensor? velocity, in RmsPropRule rule)
    {
        var numbers = rule;
        ForElements(parameter.Shape.Size, (start, length) =>
        {
            Span<float> θ = Part(parameter, start, length), slope = Part(gradient, start, length), meanSquares = Part(squares, start, length);
            Span<float> meansOf = Part(means, start, length), velocities = Part(velocity, start, length);
            var (η, α, rest, ε) = (Vector(numbers.LearningRate), Vector(numbers.Smoothing), Vector(1 - numbers.Smoothing), Vector(numbers.Epsilon));
            var (μ, λ) = (Vector(numbers.Momentum), Vector(numbers.WeightDecay));
            for (int i = 0; i < length; i += Lanes)
            {
                var θi = LoadUpTo(θ, i);
                var g = LoadUpTo(slope, i) + λ * θi;
                var s = α * LoadUpTo(meanSquares, i) + rest * g * g;
                StoreUpTo(s, meanSquares, i);
                if (means is not null)
                {
                    var m = α * LoadUpTo(meansOf, i) + rest * g;
                    StoreUpTo(m, meansOf, i);
                    s = Vector512.Max(s - m * m, Vector512<float>.Zero);
                }

                var step = g / (Vector512.Sqrt(s) + ε);
                if (velocity is not null)
                {
                    step = μ * LoadUpTo(velocities, i) + step;
                    StoreUpTo(step, velocities, i);
                }

                StoreUpTo(θi - η * step, θ, i);
            }
        });
    }

    /// <inheritdoc/>
    public override void AdamStep(Tensor parameter, Tensor gradient, Tensor means, Tensor squares, Tensor? largest, in AdamRule rule)
    {
        var numbers = rule;
        ForElements(parameter.Shape.Size, (start, length) =>
        {
            Span<float> θ = Part(parameter, start, length), slope = Part(gradient, start, length);
            Span<float> meansOf = Part(means, start, length), meanSquares = Part(squares, start, length), largests = Part(largest, start, length);
            var (size, factor, ε) = (Vector(numbers.StepSize), Vector(numbers.RootFactor), Vector(numbers.Epsilon));
            var (β1, rest1, β2, rest2) = (Vector(numbers.Beta1), Vector(1 - numbers.Beta1), Vector(numbers.Beta2), Vector(1 - numbers.Beta2));
            var (λ, stays) = (Vector(numbers.WeightDecay), Vector(1 - numbers.Shrinkage));
            for (int i = 0; i < length; i += Lanes)
            {
                var θi = stays * LoadUpTo(θ, i);
                var g = LoadUpTo(slope, i) + λ * θi;
                var m = β1 * LoadUpTo(meansOf, i) + rest1 * g;
                var s = β2 * LoadUpTo(meanSquares, i) + rest2 * g * g;
                StoreUpTo(m, meansOf, i);
                StoreUpTo(s, meanSquares, i);
                if (largest is not null)
                {
                    s = Vector512.Max(LoadUpTo(largests, i), s);
                    StoreUpTo(s, largests, i);
                }

                StoreUpTo(θi - size * m / (factor * Vector512.Sqrt(s) + ε), θ, i);
            }
        });
    }

    /// <inheritdoc/>
    public override double Norm(Tensor x, double order)
    {
        if (double.IsInfinity(order)) return x.Shape.Size == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<float>(Span(x)));
        bool isSquared = order == 2;
        double sum = ParallelLoop.Reduce(x.Shape.Size, Chunk, Threads, CancellationToken.None, (start, end) => SumOfMagnitudes(Part(x, start, end - start), isSquared), (a, b) => a + b, 0.0);
        return isSquared ? Math.Sqrt(sum) : sum;
    }

    /// <inheritdoc/>
    public override void Clip(Tensor x, float limit) => ForElements(x.Shape.Size, (start, length) =>
    {
        var values = Part(x, start, length);
        TensorPrimitives.Min(values, limit, values);
        TensorPrimitives.Max(values, -limit, values);
    });

    /// <summary>Σ x² or Σ |x|, in two vectors of double precision and then what is left.</summary>
    private static double SumOfMagnitudes(ReadOnlySpan<float> x, bool isSquared)
    {
        Vector512<double> low = Vector512<double>.Zero, high = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            var (a, b) = Vector512.Widen(Vector512.Abs(Load(x, i)));
            low += isSquared ? a * a : a;
            high += isSquared ? b * b : b;
        }

        double sum = Vector512.Sum(low + high);
        for (; i < x.Length; i++) sum += isSquared ? (double)x[i] * x[i] : Math.Abs(x[i]);
        return sum;
    }

    private static Vector512<float> Vector(double value) => Vector512.Create((float)value);

    /// <summary>A part of a tensor; nothing of none.</summary>
    private static Span<float> Part(Tensor? tensor, int start, int length) => tensor is null ? default : Span(tensor).Slice(start, length);
}
