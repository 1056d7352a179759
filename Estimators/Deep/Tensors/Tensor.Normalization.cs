namespace MLPath.Deep;

/// <summary>Normalisation and dropout.</summary>
public sealed partial class Tensor
{
    /// <summary>
    /// y = w (x − μ) / √(σ² + ε) + b, channel by channel. Where the moments are computed of x, μ and σ² receive them, and dx takes into account that
    /// they depend on x; see <see cref="MLPath.Deep.Backend.NormalizeChannelsGradient"/>.
    /// </summary>
    /// <param name="weight">w, [channels]; null for 1.</param>
    /// <param name="bias">b, [channels]; null for 0.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="mean">μ, [channels], written or read; no derivative goes through it.</param>
    /// <param name="variance">σ², [channels], written or read; no derivative goes through it.</param>
    /// <param name="computesMoments">Whether the moments are computed of x.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Tensor NormalizeChannels(Tensor? weight, Tensor? bias, float epsilon, Tensor mean, Tensor variance, bool computesMoments)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        if (Shape.Rank < 2) throw new ArgumentException($"Channels are normalised in [batch, channels, ...], not in {Shape}.");
        Shape channels = [Shape[1]];
        foreach (var operand in new[] { weight, bias, mean, variance })
        {
            if (operand is not null) RequireShape(operand, channels);
        }

        var x = Contiguous();
        (weight, bias) = (weight?.Contiguous(), bias?.Contiguous());
        var y = Make(Backend, Shape);
        Backend.NormalizeChannels(x, weight, bias, epsilon, mean, variance, computesMoments, y);
        return y.From("normalize-channels", Present(x, weight, bias), dy =>
            x.Backend.NormalizeChannelsGradient(
                x, weight, epsilon, mean, variance, computesMoments, dy, GradientSlot.Of(x), GradientSlot.Of(weight), GradientSlot.Of(bias)));
    }

    /// <summary>
    /// y = w (x − μ) / √(σ² + ε) + b over the last axes, those of w or as many as given, with the moments of each row; without centring μ = 0 and σ² is the
    /// mean square. The derivatives are those of <see cref="MLPath.Deep.Backend.NormalizeRowsGradient"/>.
    /// </summary>
    /// <param name="axes">The number of last axes that make a row, 1 or more.</param>
    /// <param name="weight">w, of the shape of a row; null for 1.</param>
    /// <param name="bias">b, of the shape of a row; null for 0.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="centers">Whether the mean is subtracted.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Tensor NormalizeRows(int axes, Tensor? weight, Tensor? bias, float epsilon, bool centers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(axes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(axes, Shape.Rank);
        var row = Shape[^axes..];
        if (weight is not null) RequireShape(weight, row);
        if (bias is not null) RequireShape(bias, row);
        var x = Contiguous();
        (weight, bias) = (weight?.Contiguous(), bias?.Contiguous());
        Shape flat = [row.Size == 0 ? 0 : Shape.Size / row.Size, row.Size];
        Tensor y = Make(Backend, Shape), moments = Make(Backend, [flat[0], 2]);
        Backend.NormalizeRows(Flat(x), weight, bias, epsilon, centers, moments, Flat(y));
        return y.From("normalize-rows", Present(x, weight, bias), dy =>
        {
            var dx = GradientSlot.Of(x);
            x.Backend.NormalizeRowsGradient(
                Flat(x), weight, centers, moments, Flat(dy), dx with { Tensor = dx.Tensor is null ? null : Flat(dx.Tensor) }, GradientSlot.Of(weight), GradientSlot.Of(bias));
        });

        Tensor Flat(Tensor tensor) => tensor.View(flat, tensor.Offset, flat.Strides());
    }

    /// <summary>
    /// Sets elements to 0 with probability p and divides the others by 1 − p, so that the expectation stays. dx = dy where x was kept, divided alike.
    /// </summary>
    /// <param name="rate">p, from 0 to below 1.</param>
    /// <param name="key">Chooses which ones: the choice is a function of the key and an element's position.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public Tensor Dropout(float rate, ulong key)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate is 0 or more and below 1.");
        var x = Contiguous();
        var y = Make(Backend, Shape);
        Backend.Dropout(key, rate, x, y, add: false);
        return y.From("dropout", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.Dropout(key, rate, dy, dx, add);
        });
    }

    private static Tensor[] Present(Tensor x, Tensor? weight, Tensor? bias) =>
        weight is null ? bias is null ? [x] : [x, bias] : bias is null ? [x, weight] : [x, weight, bias];
}
