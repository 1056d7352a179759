namespace MLPath.Deep;

/// <summary>
/// What computes with tensors and holds their elements. Layers, losses and optimisers are written in operations on tensors, and those in the
/// operations of a backend, so that another backend is another machine for all of them.
/// </summary>
/// <remarks>
/// <para>Operations write their result into tensors that exist; x is what they read, y what they write, dx and dy are derivatives of the final result with
/// respect to them. Where there is an argument <c>add</c>, the result is added to what y holds instead of replacing it. Tensors are contiguous
/// except where a summary says "any strides".</para>
/// <para>A result is a function of the operands alone, bit for bit, whatever the number of threads. Operations may be called from many threads
/// at once, on different results.</para>
/// </remarks>
public abstract partial class Backend
{
    /// <summary>Memory whose content does not matter.</summary>
    /// <param name="length">The number of elements.</param>
    /// <param name="lasting">Whether it will stay in use, and so should not be taken from what steps hand to each other.</param>
    public abstract TensorBuffer Allocate(int length, bool lasting = false);

    /// <summary>Takes memory back, for the next <see cref="Allocate"/>.</summary>
    /// <param name="buffer">The memory, which nothing uses any more.</param>
    public abstract void Free(TensorBuffer buffer);

    /// <summary>Sets the elements.</summary>
    /// <param name="values">As many as y has.</param>
    /// <param name="y">The tensor.</param>
    public abstract void Write(ReadOnlySpan<float> values, Tensor y);

    /// <summary>Reads the elements.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="values">Room for as many.</param>
    public abstract void Read(Tensor x, Span<float> values);

    /// <summary>y = value.</summary>
    /// <param name="y">The tensor, of any strides.</param>
    /// <param name="value">The value.</param>
    public abstract void Fill(Tensor y, float value);

    /// <summary>y = x, both of one shape and any strides.</summary>
    /// <param name="x">What is read.</param>
    /// <param name="y">What is written.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void Copy(Tensor x, Tensor y, bool add);

    /// <summary>Whether all elements are finite.</summary>
    /// <param name="x">The tensor.</param>
    public abstract bool IsFinite(Tensor x);

    /// <summary>y = scale x + shift.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="shift">What is added.</param>
    /// <param name="x">What is read.</param>
    /// <param name="y">What is written; may be x.</param>
    public abstract void Affine(float scale, float shift, Tensor x, Tensor y);

    /// <summary>y = f(x), element by element.</summary>
    /// <param name="function">f.</param>
    /// <param name="a">The function's own number.</param>
    /// <param name="x">What is read.</param>
    /// <param name="y">What is written; may be x.</param>
    public abstract void Map(UnaryFunction function, float a, Tensor x, Tensor y);

    /// <summary>dx = f′(x) dy, element by element.</summary>
    /// <param name="function">f.</param>
    /// <param name="a">The function's own number.</param>
    /// <param name="x">The argument.</param>
    /// <param name="y">f(x).</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="dx">The derivative with respect to x.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void MapGradient(UnaryFunction function, float a, Tensor x, Tensor y, Tensor dy, Tensor dx, bool add);

    /// <summary>y = f(a, b), element by element. a and b have y's shape and any strides: 0 along an axis that repeats.</summary>
    /// <param name="function">f.</param>
    /// <param name="a">One operand.</param>
    /// <param name="b">The other.</param>
    /// <param name="y">What is written.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void Combine(BinaryFunction function, Tensor a, Tensor b, Tensor y, bool add);

    /// <summary>y = scale Σ x over the axes along which y's shape would be repeated to x's, in a fixed order.</summary>
    /// <param name="x">What is read.</param>
    /// <param name="y">What is written: of x's shape but for leading axes that it lacks and axes of length 1.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void SumTo(Tensor x, Tensor y, float scale, bool add);

    /// <summary>Y = op(A) op(B), for one or many matrices.</summary>
    /// <param name="product">The sizes.</param>
    /// <param name="a">The matrices A.</param>
    /// <param name="b">The matrices B.</param>
    /// <param name="y">The matrices Y.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void MatMul(in MatrixProduct product, Tensor a, Tensor b, Tensor y, bool add);

    /// <summary>y = softmax(x) along the last axis, or its logarithm.</summary>
    /// <param name="x">What is read.</param>
    /// <param name="y">What is written; may be x.</param>
    /// <param name="logarithm">Whether y is ln softmax(x).</param>
    public abstract void Softmax(Tensor x, Tensor y, bool logarithm);

    /// <summary>dx = y (dy − Σ dy y) along the last axis; for the logarithm dx = dy − eʸ Σ dy.</summary>
    /// <param name="y">The result.</param>
    /// <param name="dy">The derivative with respect to y.</param>
    /// <param name="dx">The derivative with respect to x.</param>
    /// <param name="logarithm">Whether y is ln softmax(x).</param>
    /// <param name="add">Whether to add.</param>
    public abstract void SoftmaxGradient(Tensor y, Tensor dy, Tensor dx, bool logarithm, bool add);

    /// <summary>Row i of y is row index[i] of the table, or zeros for index −1.</summary>
    /// <param name="table">The table, [rows, size].</param>
    /// <param name="indices">The indices, as many as y has rows.</param>
    /// <param name="y">What is written, [..., size].</param>
    public abstract void Gather(Tensor table, IndexTensor indices, Tensor y);

    /// <summary>Adds row i of dy to row index[i] of the table's derivative, in the order of i; not for index −1 or the one left out.</summary>
    /// <param name="dy">[..., size].</param>
    /// <param name="indices">The indices, as many as dy has rows.</param>
    /// <param name="table">The table's derivative, [rows, size].</param>
    /// <param name="leftOut">An index whose row is not changed; −1 for none.</param>
    public abstract void ScatterAdd(Tensor dy, IndexTensor indices, Tensor table, int leftOut = -1);
}
