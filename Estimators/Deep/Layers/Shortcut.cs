namespace MLPath.Deep;

/// <summary>What the blocks of a transformer are made of.</summary>
internal static class Shortcut
{
    /// <summary>norm(x + F(x)), or with the norm first x + F(norm(x)); training drops a share of what F adds.</summary>
    public static Tensor Around(Tensor x, LayerNorm norm, bool normFirst, Dropout? dropout, Pass pass, Func<Tensor, Tensor> f)
    {
        var y = f(normFirst ? norm.Forward(x, pass) : x);
        if (dropout is not null) y = dropout.Forward(y, pass);
        return normFirst ? x + y : norm.Forward(x + y, pass);
    }

    /// <summary>Two fully connected layers: outer(f(inner(x))); training drops a share of the units between.</summary>
    public static Tensor FeedForward(Tensor x, Linear inner, Activation f, Linear outer, Dropout? dropout, Pass pass)
    {
        var units = f.Forward(inner.Forward(x, pass), pass);
        if (dropout is not null) units = dropout.Forward(units, pass);
        return outer.Forward(units, pass);
    }
}
