using System.Runtime.Intrinsics;

namespace MLPath.Deep;

public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double momentum, bool nesterov, double weightDecay) =>
        ForElements(parameter.Shape.Size, (start, length) =>
        {
            Span<float> θ = Span(parameter).Slice(start, length), slope = Span(gradient).Slice(start, length);
            Span<float> velocities = velocity is null ? default : Span(velocity).Slice(start, length);
            var (η, μ, λ) = (Vector512.Create((float)learningRate), Vector512.Create((float)momentum), Vector512.Create((float)weightDecay));
            for (int i = 0; i < length; i += Lanes)
            {
                var θi = LoadUpTo(θ, i);
                var g = LoadUpTo(slope, i) + λ * θi;
                var step = g;
                if (velocity is not null)
                {
                    var v = μ * LoadUpTo(velocities, i) + g;
                    StoreUpTo(v, velocities, i);
                    step = nesterov ? g + μ * v : v;
                }

                StoreUpTo(θi - η * step, θ, i);
            }
        });
}
