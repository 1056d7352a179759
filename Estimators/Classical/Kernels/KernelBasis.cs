using System.Buffers;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Rows y₁ … yₘ, laid out so that a kernel's products with blocks of other rows are matrix products. Immutable; serves many threads.
/// </summary>
/// <remarks>
/// For the RBF kernel rows are moved so that the basis has mean 0. Distances stay, and ‖x‖² + ‖y‖² − 2 x·y cancels no more digits than the
/// spread of the data makes it, however far they lie from 0.
/// </remarks>
internal sealed class KernelBasis
{
    private readonly float[] _rows; // m × d, centred for RBF
    private readonly float[] _norms; // ‖yⱼ‖²
    private readonly float[] _centre; // d; empty where rows are taken as they are

    /// <summary>Copies the rows.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">m × d values, row-major.</param>
    /// <param name="columns">d.</param>
    public KernelBasis(Kernel kernel, ReadOnlySpan<float> rows, int columns)
    {
        (Kernel, Columns, Count) = (kernel, columns, rows.Length / columns);
        _centre = kernel.Function == KernelFunction.Rbf ? Mean(rows, columns) : [];
        _rows = new float[rows.Length];
        _norms = new float[Count];
        Prepare(rows, _rows, _norms);
    }

    /// <summary>The kernel.</summary>
    public Kernel Kernel { get; }

    /// <summary>d.</summary>
    public int Columns { get; }

    /// <summary>m.</summary>
    public int Count { get; }

    /// <summary>K(yⱼ, yⱼ).</summary>
    /// <param name="j">The row.</param>
    public float Diagonal(int j)
    {
        if (Kernel.Function == KernelFunction.Rbf)
            return 1;
        Span<float> value = [_norms[j]];
        Kernel.Map(value, 0, default, value);
        return value[0];
    }

    /// <summary>A row of the basis, as it is laid out.</summary>
    /// <param name="j">The row.</param>
    public ReadOnlySpan<float> Row(int j) => _rows.AsSpan(j * Columns, Columns);

    /// <summary>‖yⱼ‖² of a row as it is laid out.</summary>
    /// <param name="j">The row.</param>
    public float Norm(int j) => _norms[j];

    /// <summary>K(xᵢ, yⱼ) of rows with all rows of the basis.</summary>
    /// <param name="x">n × d values, row-major.</param>
    /// <param name="count">n.</param>
    /// <param name="destination">Receives n × m values, row-major.</param>
    public void Products(ReadOnlySpan<float> x, int count, Span<float> destination)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent((Columns + 1) * Kernel.BlockRows);
        for (int start = 0; start < count; start += Kernel.BlockRows)
        {
            int rows = Math.Min(Kernel.BlockRows, count - start);
            var laid = buffer.AsSpan(0, rows * Columns);
            var norms = buffer.AsSpan(rows * Columns, rows);
            Prepare(x.Slice(start * Columns, rows * Columns), laid, norms);
            for (int column = 0; column < Count; column += Kernel.BlockColumns)
            {
                int width = Math.Min(Kernel.BlockColumns, Count - column);
                Products(laid, norms, column, width, destination[(start * Count + column)..], Count);
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>K(xᵢ, yⱼ) of rows that are laid out as the basis is, with a run of its rows.</summary>
    /// <param name="x">n × d values; at most <see cref="Kernel.BlockRows"/> rows.</param>
    /// <param name="xNorms">‖xᵢ‖².</param>
    /// <param name="start">The first row of the basis.</param>
    /// <param name="count">How many; at most <see cref="Kernel.BlockColumns"/>.</param>
    /// <param name="destination">Receives the values, row-major.</param>
    /// <param name="stride">How far two rows of the destination are apart.</param>
    public void Products(ReadOnlySpan<float> x, ReadOnlySpan<float> xNorms, int start, int count, Span<float> destination, int stride)
    {
        float[] products = ArrayPool<float>.Shared.Rent(xNorms.Length * count);
        var inner = products.AsSpan(0, xNorms.Length * count);
        Dense.MatMul(x, _rows.AsSpan(start * Columns, count * Columns), inner, xNorms.Length, Columns, count, transposeB: true);
        for (int i = 0; i < xNorms.Length; i++)
            Kernel.Map(inner.Slice(i * count, count), xNorms[i], _norms.AsSpan(start, count), destination.Slice(i * stride, count));
        ArrayPool<float>.Shared.Return(products);
    }

    private void Prepare(ReadOnlySpan<float> rows, Span<float> laid, Span<float> norms)
    {
        rows.CopyTo(laid);
        for (int i = 0; i < norms.Length; i++)
        {
            var row = laid.Slice(i * Columns, Columns);
            for (int j = 0; j < _centre.Length; j++)
                row[j] -= _centre[j];
            norms[i] = Dense.Dot(row, row);
        }
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int columns)
    {
        var sum = new double[columns];
        for (int at = 0; at < rows.Length; at += columns)
        {
            for (int j = 0; j < columns; j++)
                sum[j] += rows[at + j];
        }

        int count = rows.Length / columns;
        return [.. sum.Select(s => (float)(s / count))];
    }
}
