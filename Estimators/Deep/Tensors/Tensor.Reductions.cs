namespace MLPath.Deep;

/// <summary>Operations that make one number of many.</summary>
public sealed partial class Tensor
{
    /// <summary>The sum of all elements, a scalar. dx = dy.</summary>
    public Tensor Sum() => SumTo(Shape.Scalar);

    /// <summary>The sums along axes. dx = dy, repeated.</summary>
    /// <param name="axes">The axes; −1 is the last one.</param>
    /// <param name="keepAxes">Whether the axes stay, with length 1.</param>
    public Tensor Sum(ReadOnlySpan<int> axes, bool keepAxes = false)
    {
        var kept = Shape;
        foreach (int axis in axes) kept = kept.With(axis, 1);
        var sums = SumTo(kept);
        if (keepAxes) return sums;
        var gone = new HashSet<int>();
        foreach (int axis in axes) gone.Add(Shape.Axis(axis));
        return sums.Reshape(Shape.Create([.. Enumerable.Range(0, Shape.Rank).Where(axis => !gone.Contains(axis)).Select(axis => Shape[axis])]));
    }

    /// <summary>The mean of all elements, a scalar.</summary>
    public Tensor Mean() => Sum() / Shape.Size;

    /// <summary>The means along axes.</summary>
    /// <param name="axes">The axes; −1 is the last one.</param>
    /// <param name="keepAxes">Whether the axes stay, with length 1.</param>
    public Tensor Mean(ReadOnlySpan<int> axes, bool keepAxes = false)
    {
        var sums = Sum(axes, keepAxes);
        return sums * ((float)sums.Shape.Size / Shape.Size);
    }

    /// <summary>The sums over the axes along which another shape would be repeated to this one: what undoes broadcasting.</summary>
    private Tensor SumTo(Shape shape)
    {
        var x = Contiguous();
        var y = Make(Backend, shape);
        Backend.SumTo(x, y, 1, add: false);
        return y.From("sum", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.Copy(dy.BroadcastView(x.Shape), dx, add);
        });
    }
}
