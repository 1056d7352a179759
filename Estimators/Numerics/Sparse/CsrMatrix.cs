using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPath.Numerics;

/// <summary>
/// A sparse matrix of single-precision numbers as compressed sparse rows: the stored values row by row, the column of each, and where each
/// row starts. It shows memory that others own; nothing is copied.
/// </summary>
/// <remarks>
/// All products cost about as many operations as there are stored values, times the columns of the dense factor. Results are the same, bit
/// for bit, at any number of threads: rows are cut into fixed chunks, or the outputs into fixed stripes that each see all rows.
/// </remarks>
public readonly partial struct CsrMatrix
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly ReadOnlyMemory<int> _indices;
    private readonly ReadOnlyMemory<int> _rowStarts;

    /// <summary>Shows a sparse matrix.</summary>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <param name="values">The stored values, row by row.</param>
    /// <param name="indices">The column of each stored value, from 0; increasing within a row.</param>
    /// <param name="rowStarts">
    /// One number more than there are rows, never decreasing: row i is stored from rowStarts[i] to rowStarts[i + 1], both counted from the
    /// first row's start (which need not be 0, so that a run of rows of a larger matrix is a matrix).
    /// </param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public CsrMatrix(int columns, ReadOnlyMemory<float> values, ReadOnlyMemory<int> indices, ReadOnlyMemory<int> rowStarts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (Columns, _values, _indices, _rowStarts) = (columns, values, indices, rowStarts);
        Check(columns, values.Length, indices.Span, rowStarts.Span);
    }

    /// <summary>The number of rows.</summary>
    public int Rows => Math.Max(0, _rowStarts.Length - 1);

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of stored values.</summary>
    public int StoredCount => _values.Length;

    /// <summary>The stored values of one row.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> Values(int row) => _values.Span[Range(row)];

    /// <summary>The columns of one row's stored values, increasing.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<int> Indices(int row) => _indices.Span[Range(row)];

    /// <summary>The stored numbers that are not zero of a dense matrix.</summary>
    /// <param name="dense">The matrix, rows × columns, row-major.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="ArgumentException">The length is not rows × columns.</exception>
    public static CsrMatrix FromDense(ReadOnlySpan<float> dense, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (dense.Length != (long)rows * columns)
            throw new ArgumentException($"'{nameof(dense)}' has {dense.Length} elements where {rows} × {columns} are expected.", nameof(dense));
        var (values, indices, starts) = (new List<float>(), new List<int>(), new int[rows + 1]);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (dense[i * columns + j] == 0) continue;
                values.Add(dense[i * columns + j]);
                indices.Add(j);
            }

            starts[i + 1] = values.Count;
        }

        return new CsrMatrix(columns, values.ToArray(), indices.ToArray(), starts);
    }

    /// <summary>Σ xⱼ² of every row, summed in double.</summary>
    /// <param name="norms">Receives a number for each row.</param>
    /// <exception cref="ArgumentException">The length is not the number of rows.</exception>
    public void SquaredRowNorms(Span<double> norms)
    {
        Require(norms.Length, Rows, nameof(norms));
        for (int i = 0; i < norms.Length; i++)
        {
            var values = Values(i);
            norms[i] = Dense.DotWide(values, values);
        }
    }

    /// <summary>The dot product of one row and a vector, summed in double.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="x">The vector, one number per column.</param>
    /// <exception cref="ArgumentException">The length is not the number of columns.</exception>
    public double Dot(int row, ReadOnlySpan<double> x)
    {
        Require(x.Length, Columns, nameof(x));
        var (values, indices) = Stored(row);
        ref double px = ref MemoryMarshal.GetReference(x);
        double even = 0, odd = 0;
        int t = 0;
        for (; t + 1 < indices.Length; t += 2)
        {
            even += values[t] * Unsafe.Add(ref px, indices[t]);
            odd += values[t + 1] * Unsafe.Add(ref px, indices[t + 1]);
        }

        if (t < indices.Length) even += values[t] * Unsafe.Add(ref px, indices[t]);
        return even + odd;
    }

    /// <summary>The dot product of one row and a vector, multiplied and summed in single precision.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="x">The vector, one number per column.</param>
    /// <exception cref="ArgumentException">The length is not the number of columns.</exception>
    public float Dot(int row, ReadOnlySpan<float> x)
    {
        Require(x.Length, Columns, nameof(x));
        var (values, indices) = Stored(row);
        ref float px = ref MemoryMarshal.GetReference(x);
        float even = 0, odd = 0;
        int t = 0;
        for (; t + 1 < indices.Length; t += 2)
        {
            even += values[t] * Unsafe.Add(ref px, indices[t]);
            odd += values[t + 1] * Unsafe.Add(ref px, indices[t + 1]);
        }

        if (t < indices.Length) even += values[t] * Unsafe.Add(ref px, indices[t]);
        return even + odd;
    }

    /// <summary>Adds a multiple of one row to a vector: y ← y + a xᵢ, in double.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="a">The multiple.</param>
    /// <param name="y">The vector, one number per column.</param>
    /// <exception cref="ArgumentException">The length is not the number of columns.</exception>
    public void Axpy(int row, double a, Span<double> y)
    {
        Require(y.Length, Columns, nameof(y));
        var (values, indices) = Stored(row);
        ref double py = ref MemoryMarshal.GetReference(y);
        for (int t = 0; t < indices.Length; t++) Unsafe.Add(ref py, indices[t]) += a * values[t];
    }

    /// <summary>Adds a multiple of one row to a vector, in single precision.</summary>
    /// <inheritdoc cref="Axpy(int, double, Span{double})"/>
    public void Axpy(int row, float a, Span<float> y)
    {
        Require(y.Length, Columns, nameof(y));
        var (values, indices) = Stored(row);
        ref float py = ref MemoryMarshal.GetReference(y);
        for (int t = 0; t < indices.Length; t++) Unsafe.Add(ref py, indices[t]) += a * values[t];
    }

    private static void Check(int columns, int values, ReadOnlySpan<int> indices, ReadOnlySpan<int> rowStarts)
    {
        if (indices.Length != values)
            throw new ArgumentException($"There are {values} values, but {indices.Length} columns of values.", nameof(indices));
        int stored = rowStarts.IsEmpty ? 0 : rowStarts[^1] - rowStarts[0];
        if (stored != values)
            throw new ArgumentException($"The rows store {stored} values, but there are {values}.", nameof(rowStarts));
        for (int i = 1; i < rowStarts.Length; i++)
        {
            if (rowStarts[i] < rowStarts[i - 1])
                throw new ArgumentException($"Row {i - 1} starts at {rowStarts[i - 1]} and ends before, at {rowStarts[i]}.", nameof(rowStarts));
        }

        if (indices.IsEmpty) return;
        int least = TensorPrimitives.Min(indices), most = TensorPrimitives.Max(indices);
        if (least < 0 || most >= columns)
            throw new ArgumentException($"The columns of values are from {least} to {most}, where 0 to {columns - 1} are expected.", nameof(indices));
    }

    private static void Require(int actual, long expected, string parameter)
    {
        if (actual != expected) throw new ArgumentException($"'{parameter}' has {actual} elements where {expected} are expected.", parameter);
    }

    private Range Range(int row)
    {
        var starts = _rowStarts.Span;
        return (starts[row] - starts[0])..(starts[row + 1] - starts[0]);
    }

    private RowParts Stored(int row)
    {
        var range = Range(row);
        return new RowParts(_values.Span[range], _indices.Span[range]);
    }

    private readonly ref struct RowParts(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        private readonly ReadOnlySpan<float> _values = values;
        private readonly ReadOnlySpan<int> _indices = indices;

        public void Deconstruct(out ReadOnlySpan<float> values, out ReadOnlySpan<int> indices)
        {
            values = _values;
            indices = _indices;
        }
    }
}
