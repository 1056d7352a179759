namespace MLPath.Deep;

/// <summary>Whole numbers that choose: tokens, classes, positions. They have no gradient.</summary>
public sealed class IndexTensor
{
    private readonly int[] _values;

    /// <summary>Creates a tensor of indices.</summary>
    /// <param name="values">The indices, row-major; they are not copied and must not change while the tensor is used.</param>
    /// <param name="shape">Their shape.</param>
    /// <exception cref="ArgumentException">There are more or fewer indices than the shape has elements.</exception>
    public IndexTensor(int[] values, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shape);
        if (values.Length < shape.Size) throw new ArgumentException($"There are {values.Length} indices for a tensor of shape {shape}, which needs {shape.Size}.", nameof(values));
        (_values, Shape) = (values, shape);
    }

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>The indices, row-major.</summary>
    public ReadOnlySpan<int> Values => _values.AsSpan(0, Shape.Size);

    /// <summary>The same indices in another shape; nothing is copied.</summary>
    /// <param name="shape">A shape of as many elements.</param>
    /// <exception cref="ArgumentException">It has more or fewer elements.</exception>
    public IndexTensor Reshape(Shape shape)
    {
        if (shape.Size != Shape.Size) throw new ArgumentException($"Indices of shape {Shape} cannot take shape {shape}.", nameof(shape));
        return new(_values, shape);
    }
}
