using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLPath.Deep;

/// <summary>The lengths of a tensor's axes, outermost first: [batch, channels, height, width]. A scalar has no axes.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] _lengths;

    private Shape(int[] lengths)
    {
        _lengths = lengths;
        long size = 1;
        foreach (int length in lengths)
        {
            if (length < 0) throw new ArgumentOutOfRangeException(nameof(lengths), length, "The length of an axis is not negative.");
            size *= length;
            if (size > int.MaxValue) throw new ArgumentException($"A tensor of shape {this} has more than {int.MaxValue} elements; use smaller batches.", nameof(lengths));
        }

        Size = (int)size;
    }

    /// <summary>The shape of a scalar, without axes.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>The number of axes.</summary>
    public int Rank => _lengths.Length;

    /// <summary>The number of elements: the product of the lengths, 1 for a scalar.</summary>
    public int Size { get; }

    /// <summary>The number of axes; as <see cref="Rank"/>.</summary>
    public int Count => _lengths.Length;

    /// <summary>The length of an axis; [^1] is the last one.</summary>
    /// <param name="axis">The axis, from 0.</param>
    public int this[int axis] => _lengths[axis];

    /// <summary>The lengths from one axis to another: shape[..^1] leaves out the last axis.</summary>
    /// <param name="start">The first axis.</param>
    /// <param name="length">The number of axes.</param>
    public Shape Slice(int start, int length) => new(_lengths[start..(start + length)]);

    /// <summary>Makes a shape; also called for [2, 3].</summary>
    /// <param name="lengths">The lengths, outermost first; each 0 or more.</param>
    /// <exception cref="ArgumentException">A length is negative, or their product more than an array can hold.</exception>
    public static Shape Create(params ReadOnlySpan<int> lengths) => new(lengths.ToArray());

    /// <summary>The shape that two operands have together, as in NumPy: axes are aligned at the end, and an axis of length 1 stretches to the other's length.</summary>
    /// <param name="a">One shape.</param>
    /// <param name="b">The other.</param>
    /// <exception cref="ArgumentException">Two lengths differ and neither is 1.</exception>
    public static Shape Broadcast(Shape a, Shape b)
    {
        if (a.Equals(b)) return a;
        int rank = Math.Max(a.Rank, b.Rank);
        var lengths = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int p = axis <= a.Rank ? a[^axis] : 1, q = axis <= b.Rank ? b[^axis] : 1;
            if (p != q && p != 1 && q != 1) throw new ArgumentException($"Shapes {a} and {b} do not go together: axis −{axis} has lengths {p} and {q}.", nameof(b));
            lengths[^axis] = p == 1 ? q : p;
        }

        return new Shape(lengths);
    }

    /// <summary>An axis counted from the front: −1 is the last one.</summary>
    /// <param name="axis">The axis, from −Rank to Rank − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        if (axis < -Rank || axis >= Rank) throw new ArgumentOutOfRangeException(nameof(axis), axis, $"A tensor of shape {this} has axes {-Rank} to {Rank - 1}.");
        return axis < 0 ? axis + Rank : axis;
    }

    /// <summary>This shape with another length of one axis.</summary>
    /// <param name="axis">The axis; −1 is the last one.</param>
    /// <param name="length">Its length.</param>
    public Shape With(int axis, int length)
    {
        int[] lengths = [.. _lengths];
        lengths[Axis(axis)] = length;
        return new Shape(lengths);
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _lengths.AsSpan().SequenceEqual(other._lengths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int length in _lengths) hash.Add(length);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_lengths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The lengths in brackets: [32, 3, 28, 28].</summary>
    public override string ToString() => "[" + string.Join(", ", _lengths.Select(length => length.ToString(CultureInfo.InvariantCulture))) + "]";

    /// <summary>The distances between neighbours along each axis where elements lie side by side.</summary>
    internal int[] Strides()
    {
        var strides = new int[Rank];
        for (int axis = Rank - 1, step = 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= _lengths[axis];
        }

        return strides;
    }
}
