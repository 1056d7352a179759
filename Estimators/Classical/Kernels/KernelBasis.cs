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

    private KernelBasis(KernelBasis whole, ReadOnlySpan<int> rows)
    {
        (Kernel, Columns, Count, _centre) = (whole.Kernel, whole.Columns, rows.Length, whole._centre);
        _rows = new float[Count * Columns];
        _norms = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            whole.Row(rows[i]).CopyTo(_rows.AsSpan(i * Columns));
            _norms[i] = whole._norms[rows[i]];
        }
    }

    /// <summary>The kernel.</summary>
    public Kernel Kernel { get; }

    /// <summary>d.</summary>
    public int Columns { get; }

    /// <summary>m.</summary>
    public int Count { get; }

    /// <summary>Whether the kernel's values fit into 32-bit floats, whatever two rows are compared.</summary>
    public bool IsFinite
    {
        get
        {
            // |x·y| ≤ ‖x‖ ‖y‖, and ‖x − y‖² ≤ 2 (‖x‖² + ‖y‖²).
            double greatest = 0;
            foreach (float norm in _norms)
                greatest = Math.Max(greatest, norm);
            double value = Kernel.Function switch
            {
                KernelFunction.Rbf => 4 * greatest,
                KernelFunction.Polynomial => Math.Pow((Kernel.Gamma * greatest) + Math.Abs(Kernel.Coef0), Kernel.Degree),
                _ => Math.Max(1, Kernel.Gamma) * greatest,
            };
            return value < float.MaxValue;
        }
    }

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

    /// <summary>Some rows of the basis, laid out as they are here, so that their products are the same bits.</summary>
    /// <param name="rows">The rows.</param>
    public KernelBasis Subset(ReadOnlySpan<int> rows) => new(this, rows);

    /// <summary>K(xᵢ, yⱼ) of rows with all rows of the basis.</summary>
    /// <param name="x">n × d values, row-major.</param>
    /// <param name="count">n, at most <see cref="Kernel.BlockRows"/>.</param>
    /// <param name="destination">Receives n × m values, row-major.</param>
    public void Products(ReadOnlySpan<float> x, int count, Span<float> destination)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent((Columns + 1 + Kernel.BlockColumns) * count);
        var laid = buffer.AsSpan(0, count * Columns);
        var norms = buffer.AsSpan(count * Columns, count);
        var block = buffer.AsSpan(count * (Columns + 1));
        Prepare(x, laid, norms);
        for (int column = 0; column < Count; column += Kernel.BlockColumns)
        {
            int width = Math.Min(Kernel.BlockColumns, Count - column);
            Block(laid, norms, column, width, block);
            for (int i = 0; i < count; i++)
                block.Slice(i * width, width).CopyTo(destination[(i * Count + column)..]);
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>K(xᵢ, yⱼ) of rows that are laid out as the basis is, with a run of its rows.</summary>
    /// <param name="x">n × d values.</param>
    /// <param name="xNorms">‖xᵢ‖².</param>
    /// <param name="start">The first row of the basis.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Receives n × count values, row-major.</param>
    public void Block(ReadOnlySpan<float> x, ReadOnlySpan<float> xNorms, int start, int count, Span<float> destination)
    {
        Inner(x, xNorms.Length, start, count, destination);
        for (int i = 0; i < xNorms.Length; i++)
        {
            var row = destination.Slice(i * count, count);
            Kernel.Map(row, xNorms[i], _norms.AsSpan(start, count), row);
        }
    }

    /// <summary>K(xᵢ, yⱼ) of the rows of a subset with a run of rows, for rows of a kernel matrix that lie apart.</summary>
    /// <param name="x">n rows, laid out as the basis is.</param>
    /// <param name="start">The first row of the basis.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">n arrays; receive the values from <paramref name="start"/> on.</param>
    public void Products(KernelBasis x, int start, int count, float[][] destination)
    {
        float[] products = ArrayPool<float>.Shared.Rent(x.Count * count);
        Inner(x._rows, x.Count, start, count, products);
        for (int i = 0; i < x.Count; i++)
            Kernel.Map(products.AsSpan(i * count, count), x._norms[i], _norms.AsSpan(start, count), destination[i].AsSpan(start, count));
        ArrayPool<float>.Shared.Return(products);
    }

    /// <summary>Adds Σᵢ cᵢ K(xᵢ, yⱼ) over the rows of a subset to a sum for each of a run of rows.</summary>
    /// <param name="x">n rows, laid out as the basis is.</param>
    /// <param name="factors">c.</param>
    /// <param name="start">The first row of the basis.</param>
    /// <param name="sums">The sums, one for each row of the run.</param>
    public void AddProducts(KernelBasis x, ReadOnlySpan<double> factors, int start, Span<double> sums)
    {
        int count = sums.Length;
        float[] products = ArrayPool<float>.Shared.Rent(x.Count * count);
        Block(x._rows, x._norms, start, count, products);
        for (int i = 0; i < x.Count; i++)
            Dense.Axpy(factors[i], products.AsSpan(i * count, count), sums);
        ArrayPool<float>.Shared.Return(products);
    }

    /// <summary>Lays rows out as the basis is.</summary>
    /// <param name="rows">n × d values, row-major.</param>
    /// <param name="laid">Receives n × d values.</param>
    /// <param name="norms">Receives n squared norms.</param>
    public void Prepare(ReadOnlySpan<float> rows, Span<float> laid, Span<float> norms)
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

    private void Inner(ReadOnlySpan<float> x, int rows, int start, int count, Span<float> products) =>
        Dense.MatMul(x, _rows.AsSpan(start * Columns, count * Columns), products[..(rows * count)], rows, Columns, count, transposeB: true);

    private static float[] Mean(ReadOnlySpan<float> rows, int columns)
    {
        var sum = new double[columns];
        for (int at = 0; at < rows.Length; at += columns)
        {
            for (int j = 0; j < columns; j++)
                sum[j] += rows[at + j];
        }

        int count = Math.Max(1, rows.Length / columns);
        return [.. sum.Select(s => (float)(s / count))];
    }
}
