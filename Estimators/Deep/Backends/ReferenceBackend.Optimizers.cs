namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void SgdStep(
        Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double momentum, double dampening, bool nesterov, double weightDecay)
    {
        Span<float> θ = Span(parameter), slope = Span(gradient);
        for (int i = 0; i < θ.Length; i++)
        {
            double g = slope[i] + weightDecay * θ[i], step = g;
            if (velocity is not null)
            {
                ref float v = ref Span(velocity)[i];
                v = (float)(momentum * v + (1 - dampening) * g);
                step = nesterov ? g + momentum * v : v;
            }

            θ[i] = (float)(θ[i] - learningRate * step);
        }
    }

    /// <inheritdoc/>
    public override void AdagradStep(Tensor parameter, Tensor gradient, Tensor squares, double learningRate, double epsilon, double weightDecay)
    {
        Span<float> θ = Span(parameter), slope = Span(gradient), s = Span(squares);
        for (int i = 0; i < θ.Length; i++)
        {
            double g = slope[i] + weightDecay * θ[i];
            s[i] = (float)(s[i] + g * g);
            θ[i] = (float)(θ[i] - learningRate * g / (Math.Sqrt(s[i]) + epsilon));
        }
    }

    /// <inheritdoc/>
    public override void RmsPropStep(Tensor parameter, Tensor gradient, Tensor squares, Tensor? means, Tensor? velocity, in RmsPropRule rule)
    {
        var (η, α, ε, μ, λ) = rule;
        Span<float> θ = Span(parameter), slope = Span(gradient), s = Span(squares);
        for (int i = 0; i < θ.Length; i++)
        {
            double g = slope[i] + λ * θ[i];
            s[i] = (float)(α * s[i] + (1 - α) * g * g);
            double variance = s[i];
            if (means is not null)
            {
                ref float m = ref Span(means)[i];
                m = (float)(α * m + (1 - α) * g);
                variance = Math.Max(0, s[i] - (double)m * m);
            }

            double step = g / (Math.Sqrt(variance) + ε);
            if (velocity is not null)
            {
                ref float v = ref Span(velocity)[i];
                v = (float)(μ * v + step);
                step = v;
            }

            θ[i] = (float)(θ[i] - η * step);
        }
    }

    /// <inheritdoc/>
    public override void AdamStep(Tensor parameter, Tensor gradient, Tensor means, Tensor squares, Tensor? largest, in AdamRule rule)
    {
        var (size, β1, β2, factor, ε, λ, shrinkage) = rule;
        Span<float> θ = Span(parameter), slope = Span(gradient), m = Span(means), s = Span(squares), l = Span(largest ?? squares);
        for (int i = 0; i < θ.Length; i++)
        {
            double shrunk = (1 - shrinkage) * θ[i], g = slope[i] + λ * shrunk;
            m[i] = (float)(β1 * m[i] + (1 - β1) * g);
            s[i] = (float)(β2 * s[i] + (1 - β2) * g * g);
            l[i] = Math.Max(l[i], s[i]);
            θ[i] = (float)(shrunk - size * m[i] / (factor * Math.Sqrt(l[i]) + ε));
        }
    }

    /// <inheritdoc/>
    public override double Norm(Tensor x, double order)
    {
        double sum = 0;
        foreach (float value in Span(x)) sum = double.IsInfinity(order) ? Math.Max(sum, Math.Abs(value)) : sum + Math.Pow(Math.Abs(value), order);
        return double.IsInfinity(order) ? sum : Math.Pow(sum, 1 / order);
    }

    /// <inheritdoc/>
    public override void Clip(Tensor x, float limit)
    {
        foreach (ref float value in Span(x)) value = Math.Clamp(value, -limit, limit);
    }
}
