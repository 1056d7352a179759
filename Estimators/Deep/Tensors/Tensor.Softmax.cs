namespace MLPath.Deep;

/// <summary>Softmax.</summary>
public sealed partial class Tensor
{
    /// <summary>yᵢ = eˣⁱ / Σⱼ eˣʲ along the last axis. dx = y (dy − Σⱼ dyⱼ yⱼ).</summary>
    public Tensor Softmax()
    {
        var x = Contiguous();
        var y = Make(Backend, Shape);
        Backend.Softmax(x, y, logarithm: false);
        return y.From("softmax", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.SoftmaxGradient(y, dy, dx, logarithm: false, add);
        });
    }

    /// <summary>yᵢ = xᵢ − ln Σⱼ eˣʲ along the last axis. dx = dy − eʸ Σⱼ dyⱼ.</summary>
    public Tensor LogSoftmax()
    {
        var x = Contiguous();
        var y = Make(Backend, Shape);
        Backend.Softmax(x, y, logarithm: true);
        return y.From("log-softmax", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.SoftmaxGradient(y, dy, dx, logarithm: true, add);
        });
    }
}
