namespace MLPath.Deep;

/// <summary>Matrix products.</summary>
public sealed partial class Tensor
{
    /// <summary>
    /// op(A) op(B) of the last two axes: [..., m, k] by [..., k, n] is [..., m, n]. The axes in front are those of both, or of one where the
    /// other has none and serves for all. With Y = A B: dA = dY Bᵀ, dB = Aᵀ dY.
    /// </summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="transposeA">Whether op(A) is Aᵀ.</param>
    /// <param name="transposeB">Whether op(B) is Bᵀ.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (a, b) = (a.Contiguous(), b.Contiguous());
        var product = MatrixProduct.Of(a.Shape, b.Shape, transposeA, transposeB, out var shape);
        var y = Make(a.Backend, shape);
        a.Backend.MatMul(product, a, b, y, add: false);
        return y.From("matmul", [a, b], dy =>
        {
            if (a.TakesGradient(out var da, out bool addA)) a.Backend.MatMul(product.ForA(), transposeA ? b : dy, transposeA ? dy : b, da, addA);
            if (b.TakesGradient(out var db, out bool addB)) b.Backend.MatMul(product.ForB(), transposeB ? dy : a, transposeB ? a : dy, db, addB);
        });
    }

    /// <summary>
    /// x Wᵀ + b, what a fully connected layer computes: [..., in] becomes [..., out]. dx = dy W, dW = dyᵀ x, db = the sum of dy over all axes
    /// but the last.
    /// </summary>
    /// <param name="x">x, [..., in].</param>
    /// <param name="weight">W, [out, in].</param>
    /// <param name="bias">b, [out]; null for none.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        x = x.Contiguous();
        Shape rows = x.Shape.Rank == 1 ? [1, x.Shape[0]] : x.Shape;
        var product = MatrixProduct.Of(rows, weight.Shape, transposeA: false, transposeB: true, out var shape);
        if (x.Shape.Rank == 1) shape = shape[1..];
        var y = Make(x.Backend, shape);
        if (bias is not null) x.Backend.Copy(bias.BroadcastView(shape), y, add: false);
        x.Backend.MatMul(product, x, weight, y, add: bias is not null);
        return y.From("linear", bias is null ? [x, weight] : [x, weight, bias], dy =>
        {
            if (x.TakesGradient(out var dx, out bool addX)) x.Backend.MatMul(product.ForA(), dy, weight, dx, addX);
            if (weight.TakesGradient(out var dw, out bool addW)) x.Backend.MatMul(product.ForB(), dy, x, dw, addW);
            if (bias is not null && bias.TakesGradient(out var db, out bool addB)) x.Backend.SumTo(dy, db, 1, addB);
        });
    }
}
