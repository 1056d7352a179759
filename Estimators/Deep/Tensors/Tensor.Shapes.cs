namespace MLPath.Deep;

/// <summary>The same elements seen in another shape or order.</summary>
public sealed partial class Tensor
{
    /// <summary>The elements in row-major order in another shape: a view where they lie side by side, otherwise a copy.</summary>
    /// <param name="shape">A shape of as many elements.</param>
    /// <exception cref="ArgumentException">It has more or fewer elements.</exception>
    public Tensor Reshape(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Size != Shape.Size) throw new ArgumentException($"A tensor of shape {Shape} cannot take shape {shape}: {Shape.Size} elements are not {shape.Size}.", nameof(shape));
        if (shape.Equals(Shape)) return this;
        var x = Contiguous();
        return x.View(shape, x.Offset, shape.Strides()).From("reshape", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.Copy(dy.View(x.Shape, dy.Offset, x.Shape.Strides()), dx, add);
        });
    }

    /// <summary>The axes in another order: a view. [batch, time, heads, size].Permute(0, 2, 1, 3) is [batch, heads, time, size].</summary>
    /// <param name="axes">For each axis of the result, which one of this tensor it is.</param>
    /// <exception cref="ArgumentException">An axis is missing or named twice.</exception>
    public Tensor Permute(params ReadOnlySpan<int> axes)
    {
        if (axes.Length != Shape.Rank) throw new ArgumentException($"A tensor of shape {Shape} needs {Shape.Rank} axes in order; {axes.Length} are given.", nameof(axes));
        int[] order = new int[axes.Length], back = new int[axes.Length];
        Array.Fill(back, -1);
        for (int i = 0; i < axes.Length; i++)
        {
            order[i] = Shape.Axis(axes[i]);
            if (back[order[i]] >= 0) throw new ArgumentException($"Axis {axes[i]} is named twice.", nameof(axes));
            back[order[i]] = i;
        }

        var x = this;
        return PermutedView(order).From("permute", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.Copy(dy.PermutedView(back), dx, add);
        });
    }

    /// <summary>Two axes exchanged: a view.</summary>
    /// <param name="axis">One axis; −1 is the last one.</param>
    /// <param name="other">The other.</param>
    public Tensor Transpose(int axis = -1, int other = -2)
    {
        int[] axes = [.. Enumerable.Range(0, Shape.Rank)];
        (axes[Shape.Axis(axis)], axes[Shape.Axis(other)]) = (Shape.Axis(other), Shape.Axis(axis));
        return Permute(axes);
    }

    /// <summary>A part of an axis: a view.</summary>
    /// <param name="axis">The axis; −1 is the last one.</param>
    /// <param name="start">The first index.</param>
    /// <param name="length">The number of indices.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is shorter.</exception>
    public Tensor Narrow(int axis, int start, int length)
    {
        axis = Shape.Axis(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Shape[axis]);
        var x = this;
        return x.NarrowView(axis, start, length).From("narrow", [x], dy =>
        {
            if (x.TakesPartOfGradient(out var dx)) x.Backend.Copy(dy, dx.NarrowView(axis, start, length), add: true);
        });
    }

    /// <summary>One index of an axis, without that axis: a view.</summary>
    /// <param name="axis">The axis; −1 is the last one.</param>
    /// <param name="index">The index.</param>
    public Tensor Select(int axis, int index)
    {
        axis = Shape.Axis(axis);
        var part = Narrow(axis, index, 1);
        Shape shape = [.. Shape[..axis], .. Shape[(axis + 1)..]];
        int[] strides = [.. part._strides[..axis], .. part._strides[(axis + 1)..]];
        return part.View(shape, part.Offset, strides).From("select", [part], dy =>
        {
            if (part.TakesGradient(out var dx, out bool add)) part.Backend.Copy(dy.View(part.Shape, dy.Offset, part.Shape.Strides()), dx, add);
        });
    }

    /// <summary>Tensors one after the other along an axis.</summary>
    /// <param name="parts">At least one; their shapes differ in that axis alone.</param>
    /// <param name="axis">The axis; −1 is the last one.</param>
    /// <exception cref="ArgumentException">There are no parts, or their shapes differ otherwise.</exception>
    public static Tensor Concatenate(IReadOnlyList<Tensor> parts, int axis)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("There is nothing to concatenate.", nameof(parts));
        var first = parts[0];
        axis = first.Shape.Axis(axis);
        foreach (var part in parts)
        {
            if (part.Shape.Rank != first.Shape.Rank || !part.Shape.With(axis, 0).Equals(first.Shape.With(axis, 0)))
                throw new ArgumentException($"Shapes {first.Shape} and {part.Shape} differ in more than axis {axis}.", nameof(parts));
        }

        Tensor[] inputs = [.. parts];
        var y = Make(first.Backend, first.Shape.With(axis, inputs.Sum(part => part.Shape[axis])));
        int start = 0;
        foreach (var part in inputs)
        {
            part.Backend.Copy(part, y.NarrowView(axis, start, part.Shape[axis]), add: false);
            start += part.Shape[axis];
        }

        return y.From("concatenate", inputs, dy =>
        {
            int at = 0;
            foreach (var part in inputs)
            {
                if (part.TakesGradient(out var dx, out bool add)) part.Backend.Copy(dy.NarrowView(axis, at, part.Shape[axis]), dx, add);
                at += part.Shape[axis];
            }
        });
    }

    /// <summary>Tensors of one shape side by side along a new axis.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="axis">The axis of the result, from 0 to the rank of the parts.</param>
    public static Tensor Stack(IReadOnlyList<Tensor> parts, int axis)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Concatenate([.. parts.Select(part => part.Reshape([.. part.Shape[..axis], 1, .. part.Shape[axis..]]))], axis);
    }

    /// <summary>This tensor where its elements lie side by side, otherwise a copy of which that is true.</summary>
    public Tensor Contiguous()
    {
        if (IsContiguous) return this;
        var x = this;
        var y = Make(Backend, Shape);
        Backend.Copy(x, y, add: false);
        return y.From("copy", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.Copy(dy, dx, add);
        });
    }

    /// <summary>This tensor repeated along axes of length 1 and along new ones in front: a view without a record.</summary>
    internal Tensor BroadcastView(Shape shape)
    {
        if (shape.Equals(Shape)) return this;
        var strides = new int[shape.Rank];
        for (int axis = 1; axis <= Shape.Rank; axis++) strides[^axis] = Shape[^axis] == 1 ? 0 : _strides[^axis];
        return View(shape, Offset, strides);
    }

    private Tensor PermutedView(int[] axes) =>
        View(Shape.Create([.. axes.Select(axis => Shape[axis])]), Offset, [.. axes.Select(axis => _strides[axis])]);

    private Tensor NarrowView(int axis, int start, int length) =>
        View(Shape.With(axis, length), Offset + start * _strides[axis], _strides);
}
