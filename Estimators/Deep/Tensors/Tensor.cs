using System.Globalization;

namespace MLPath.Deep;

/// <summary>
/// An array of 32-bit floats of any number of axes, which remembers how it was computed, so that the derivative of a result with respect to
/// every tensor it came from can be computed by the chain rule.
/// </summary>
/// <remarks>
/// <para>Operations are recorded as they run. <see cref="Backward()"/> walks the record from a scalar back to its leaves and adds ∂result/∂leaf to
/// <see cref="Gradient"/> of each leaf with <see cref="RequiresGradient"/>: reverse-mode differentiation, A. Griewank, A. Walther, <i>Evaluating
/// Derivatives</i>, SIAM 2008, chapter 3. In the files of this folder each operation's derivative stands below its computation; dx is short
/// for ∂result/∂x.</para>
/// <para>A tensor's elements do not change, with two exceptions: a parameter when an optimiser steps, and a gradient while it is added up.</para>
/// <para>Tensors are not safe for use from several threads, except that parameters may be read by many.</para>
/// </remarks>
public sealed partial class Tensor
{
    private readonly int[] _strides;
    private readonly bool _isKept;
    private Tensor? _gradient;
    private bool _hasGradient;

    private Tensor(Backend backend, TensorBuffer buffer, int offset, Shape shape, int[] strides, bool isKept)
    {
        (Backend, Buffer, Offset, Shape, _strides, _isKept) = (backend, buffer, offset, shape, strides, isKept);
        IsContiguous = IsInOrder(shape, strides);
    }

    /// <summary>What computes with this tensor and holds its elements.</summary>
    public Backend Backend { get; }

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The memory, which views share.</summary>
    public TensorBuffer Buffer { get; }

    /// <summary>Where in <see cref="Buffer"/> the first element lies.</summary>
    public int Offset { get; }

    /// <summary>The distances between neighbours along each axis; 0 along an axis that only repeats.</summary>
    public ReadOnlySpan<int> Strides => _strides;

    /// <summary>Whether the elements lie side by side in the order of the last axis first.</summary>
    public bool IsContiguous { get; }

    /// <summary>Whether <see cref="Backward()"/> computes the derivative with respect to this tensor, or to one that it came from.</summary>
    public bool RequiresGradient { get; private set; }

    /// <summary>The derivative of the last result with respect to this tensor, in its shape; null before there is one.</summary>
    public Tensor? Gradient => _hasGradient ? _gradient : null;

    /// <summary>How the tensor was computed; null for a leaf, or where nothing was recorded.</summary>
    internal Record? Origin { get; private set; }

    /// <summary>Makes a tensor of given elements.</summary>
    /// <param name="backend">What will compute with it.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ArgumentException">There are more or fewer elements than the shape has.</exception>
    public static Tensor From(Backend backend, ReadOnlySpan<float> values, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(shape);
        if (values.Length != shape.Size) throw new ArgumentException($"There are {values.Length} values for a tensor of shape {shape}, which has {shape.Size} elements.", nameof(values));
        var tensor = Make(backend, shape);
        backend.Write(values, tensor);
        return tensor;
    }

    /// <summary>Makes a tensor of equal elements.</summary>
    /// <param name="backend">What will compute with it.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="value">The elements.</param>
    public static Tensor Full(Backend backend, Shape shape, float value)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(shape);
        var tensor = Make(backend, shape);
        backend.Fill(tensor, value);
        return tensor;
    }

    /// <summary>Makes a tensor that no scope ends, such as a parameter, whose elements are 0.</summary>
    /// <param name="backend">What will compute with it.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="requiresGradient">Whether it is a leaf whose derivative is wanted.</param>
    public static Tensor Lasting(Backend backend, Shape shape, bool requiresGradient = false)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(shape);
        var tensor = new Tensor(backend, backend.Allocate(shape.Size, lasting: true), 0, shape, shape.Strides(), isKept: true) { RequiresGradient = requiresGradient };
        backend.Fill(tensor, 0);
        return tensor;
    }

    /// <summary>Asks for the derivative with respect to this leaf.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="InvalidOperationException">The tensor was computed from others that have one.</exception>
    public Tensor WithGradient()
    {
        if (Origin is not null) throw new InvalidOperationException("Derivatives are asked for before the first operation, of leaves.");
        RequiresGradient = true;
        return this;
    }

    /// <summary>The same elements without their history: no derivative goes through.</summary>
    public Tensor Detach() => new(Backend, Buffer, Offset, Shape, _strides, _isKept);

    /// <summary>A copy that outlives the scope.</summary>
    public Tensor Keep()
    {
        var kept = Lasting(Backend, Shape);
        Backend.Copy(this, kept, add: false);
        return kept;
    }

    /// <summary>A copy of the elements, row-major.</summary>
    public float[] ToArray()
    {
        var values = new float[Shape.Size];
        CopyTo(values);
        return values;
    }

    /// <summary>Copies the elements, row-major.</summary>
    /// <param name="destination">Room for all of them.</param>
    public void CopyTo(Span<float> destination) => Backend.Read(Contiguous(), destination[..Shape.Size]);

    /// <summary>The element of a tensor of one.</summary>
    /// <exception cref="InvalidOperationException">There are more, or none.</exception>
    public float Item()
    {
        if (Shape.Size != 1) throw new InvalidOperationException($"A tensor of shape {Shape} is not one number.");
        Span<float> value = stackalloc float[1];
        Backend.Read(this, value);
        return value[0];
    }

    /// <summary>The shape, and the elements where they are few.</summary>
    public override string ToString() =>
        Shape.Size > 16 ? Shape.ToString() : $"{Shape} {{{string.Join(", ", ToArray().Select(v => v.ToString("G5", CultureInfo.InvariantCulture)))}}}";

    /// <summary>Memory for a result of these operands, in the current scope.</summary>
    internal static Tensor Make(Backend backend, Shape shape)
    {
        var buffer = backend.Allocate(shape.Size);
        TensorScope.Current?.Own(backend, buffer);
        return new Tensor(backend, buffer, 0, shape, shape.Strides(), isKept: false);
    }

    /// <summary>Memory as a tensor that belongs to no scope: whoever allocated it frees it.</summary>
    internal static Tensor Over(Backend backend, TensorBuffer buffer, Shape shape) => new(backend, buffer, 0, shape, shape.Strides(), isKept: true);

    /// <summary>The same memory seen otherwise. A view's gradient is a step's, even where the memory is a parameter's.</summary>
    internal Tensor View(Shape shape, int offset, int[] strides) => new(Backend, Buffer, offset, shape, strides, isKept: false);

    private static bool IsInOrder(Shape shape, int[] strides)
    {
        for (int axis = shape.Rank - 1, step = 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != step) return false;
            step *= shape[axis];
        }

        return true;
    }
}
