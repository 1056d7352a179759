namespace MLPath.Deep;

/// <summary>
/// Batch normalisation: y = w (x − μ) / √(σ² + ε) + b for every channel, [batch, channels] or [batch, channels, ...] in any number of inner axes.
/// In training μ and σ² are the mean and variance of the channel over the batch and the inner axes; in scoring they are running figures, kept as
/// running ← (1 − momentum) running + momentum · (mean, unbiased variance) in every training pass.
/// </summary>
/// <remarks>
/// <para>w is first 1 and b is 0; the running mean is first 0, the running variance 1.</para>
/// <para>S. Ioffe, C. Szegedy, <i>Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift</i>, ICML 2015.</para>
/// </remarks>
public sealed class BatchNorm : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="channels">The number of channels, 1 or more.</param>
    /// <param name="momentum">The share of the newest batch in the running figures, from 0 to 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether there are w and b.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public BatchNorm(int channels, double momentum = 0.1, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(momentum >= 0 && momentum <= 1)) throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum is a share from 0 to 1.");
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "ε is above 0.");
        (Channels, Momentum, Epsilon) = (channels, momentum, epsilon);
        if (affine) (Weight, Bias) = (AddParameter("weight", [channels], Initializer.Ones), AddParameter("bias", [channels], Initializer.Zeros));
        RunningMean = AddState("running_mean", [channels], Initializer.Zeros);
        RunningVariance = AddState("running_var", [channels], Initializer.Ones);
    }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>The share of the newest batch in the running figures.</summary>
    public double Momentum { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>w, [channels]; null for 1.</summary>
    public Parameter? Weight { get; }

    /// <summary>b, [channels]; null for 0.</summary>
    public Parameter? Bias { get; }

    /// <summary>The mean that scoring takes, [channels].</summary>
    public Parameter RunningMean { get; }

    /// <summary>The variance that scoring takes, [channels].</summary>
    public Parameter RunningVariance { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"BatchNorm({Channels})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        if (x.Shape.Rank < 2 || x.Shape[1] != Channels) throw new ArgumentException($"{this} takes [batch, {Channels}] or [batch, {Channels}, ...], not {x.Shape}.", nameof(x));
        if (!pass.IsTraining) return x.NormalizeChannels(Weight?.Value, Bias?.Value, (float)Epsilon, RunningMean, RunningVariance, computesMoments: false);

        double n = (double)x.Shape.Size / Channels;
        if (n < 2) throw new ArgumentException($"{this} learns from the variance of a channel and needs two numbers of each; the input has shape {x.Shape}. Use larger batches.", nameof(x));
        Tensor mean = Tensor.Make(x.Backend, [Channels]), variance = Tensor.Make(x.Backend, [Channels]);
        var y = x.NormalizeChannels(Weight?.Value, Bias?.Value, (float)Epsilon, mean, variance, computesMoments: true);
        Follow(RunningMean, mean, 1);
        Follow(RunningVariance, variance, n / (n - 1));
        return y;
    }

    private void Follow(Tensor running, Tensor newest, double scale)
    {
        running.Backend.Affine((float)(1 - Momentum), 0, running, running);
        running.Backend.SumTo(newest, running, (float)(Momentum * scale), add: true);
    }
}
