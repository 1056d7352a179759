namespace MLPath.Deep;

/// <summary>
/// In training every number is set to 0 with probability p, and the others are divided by 1 − p, so that each keeps its expectation. In scoring nothing
/// changes. Any shape stays as it is.
/// </summary>
/// <remarks>
/// <para>Which numbers are dropped is a function of the pass's random stream, of the layer's place in the pass and of the number's position alone.</para>
/// <para>N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, <i>Dropout: A Simple Way to Prevent Neural Networks from Overfitting</i>, JMLR 15, 2014.</para>
/// </remarks>
public sealed class Dropout : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="rate">p, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public Dropout(double rate = 0.5)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate is 0 or more and below 1.");
        Rate = rate;
    }

    /// <summary>p.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Dropout({Rate})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        return pass.IsTraining && Rate > 0 ? x.Dropout((float)Rate, pass.NextStream().Key) : x;
    }
}
