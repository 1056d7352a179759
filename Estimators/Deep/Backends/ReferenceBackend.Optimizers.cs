namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, double learningRate, double momentum, bool nesterov, double weightDecay)
    {
        Span<float> θ = Span(parameter), slope = Span(gradient);
        for (int i = 0; i < θ.Length; i++)
        {
            double g = slope[i] + weightDecay * θ[i], step = g;
            if (velocity is not null)
            {
                ref float v = ref Span(velocity)[i];
                v = (float)(momentum * v + g);
                step = nesterov ? g + momentum * v : v;
            }

            θ[i] = (float)(θ[i] - learningRate * step);
        }
    }
}
