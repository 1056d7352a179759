namespace MLPath.Deep;

/// <summary>Normalisation: x̂ = (x − μ) / √(σ² + ε), y = w x̂ + b, with the moments of a channel over a batch, or of each row.</summary>
public abstract partial class Backend
{
    /// <summary>Normalises every channel: μ and σ² (divided by n) are those of all numbers of the channel, or given.</summary>
    /// <param name="x">x, [batch, channels, ...].</param>
    /// <param name="weight">w, [channels]; null for 1.</param>
    /// <param name="bias">b, [channels]; null for 0.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="mean">μ, [channels]: written where computed, read where given.</param>
    /// <param name="variance">σ², [channels]: written where computed, read where given.</param>
    /// <param name="computesMoments">Whether the moments are computed of x.</param>
    /// <param name="y">y, of x's shape.</param>
    public abstract void NormalizeChannels(
        Tensor x, Tensor? weight, Tensor? bias, float epsilon, Tensor mean, Tensor variance, bool computesMoments, Tensor y);

    /// <summary>
    /// dw = Σ dy x̂, db = Σ dy over each channel; dx = w / √(σ² + ε) · (dy − db / n − x̂ dw / n) where the moments came from x, otherwise
    /// dx = w / √(σ² + ε) · dy.
    /// </summary>
    /// <param name="x">x.</param>
    /// <param name="weight">w; null for 1.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="mean">μ.</param>
    /// <param name="variance">σ².</param>
    /// <param name="computedMoments">Whether the moments came from x.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="dx">Receives dx.</param>
    /// <param name="dw">Receives dw.</param>
    /// <param name="db">Receives db.</param>
    public abstract void NormalizeChannelsGradient(
        Tensor x, Tensor? weight, float epsilon, Tensor mean, Tensor variance, bool computedMoments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db);

    /// <summary>Normalises every row by its own moments: μ and σ² of the row, or, without centring, μ = 0 and σ² the mean square.</summary>
    /// <param name="x">x, [rows, n].</param>
    /// <param name="weight">w, [n]; null for 1.</param>
    /// <param name="bias">b, [n]; null for 0.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="centers">Whether the mean is subtracted.</param>
    /// <param name="moments">Receives, [rows, 2], μ and 1 / √(σ² + ε) of each row.</param>
    /// <param name="y">y, [rows, n].</param>
    public abstract void NormalizeRows(Tensor x, Tensor? weight, Tensor? bias, float epsilon, bool centers, Tensor moments, Tensor y);

    /// <summary>
    /// With g = w dy: dx = (g − mean(g) − x̂ mean(g x̂)) / √(σ² + ε) over each row, without mean(g) where the row was not centred;
    /// dw = Σ dy x̂ and db = Σ dy over all rows.
    /// </summary>
    /// <param name="x">x.</param>
    /// <param name="weight">w; null for 1.</param>
    /// <param name="centers">Whether the mean was subtracted.</param>
    /// <param name="moments">What <see cref="NormalizeRows"/> gave.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="dx">Receives dx.</param>
    /// <param name="dw">Receives dw.</param>
    /// <param name="db">Receives db.</param>
    public abstract void NormalizeRowsGradient(
        Tensor x, Tensor? weight, bool centers, Tensor moments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db);
}
