namespace MLPath.Deep;

/// <summary>A function of every element.</summary>
/// <param name="function">The function.</param>
/// <param name="parameter">Its own number, where it has one.</param>
public sealed class Activation(UnaryFunction function, float parameter = 0) : Layer
{
    /// <summary>The function.</summary>
    public UnaryFunction Function { get; } = function;

    /// <summary>The function's own number.</summary>
    public float Parameter { get; } = parameter;

    /// <inheritdoc/>
    public override string ToString() => Function is UnaryFunction.LeakyReLU or UnaryFunction.Elu ? FormattableString.Invariant($"{Function}({Parameter})") : $"{Function}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Map(Function, Parameter);
    }
}
