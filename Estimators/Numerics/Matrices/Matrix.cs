using System.Collections;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>
/// A dense matrix of double-precision numbers, stored row by row. Operators and methods return new matrices; only the indexer and
/// <see cref="Row"/> change one in place.
/// </summary>
/// <remarks>
/// A matrix is written as its rows: <c>Matrix a = [[2, 1], [1, 3]];</c>, and enumerating it gives copies of its rows. For data sets and
/// inner loops use spans and <see cref="Dense"/>; this class is for the linear algebra of a few thousand columns at most.
/// </remarks>
[CollectionBuilder(typeof(Matrix), nameof(FromRows))]
public sealed partial class Matrix : IEnumerable<double[]>
{
    private readonly double[] _values;

    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="rows">The number of rows; 0 or more.</param>
    /// <param name="columns">The number of columns; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is negative, or the matrix has more elements than an array can hold.
    /// </exception>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if ((long)rows * columns > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(rows), $"A {rows} × {columns} matrix has more elements than an array can hold.");
        (Rows, Columns) = (rows, columns);
        _values = new double[rows * columns];
    }

    /// <summary>Creates a matrix from its elements, row by row.</summary>
    /// <param name="rows">The number of rows; 0 or more.</param>
    /// <param name="columns">The number of columns; 0 or more.</param>
    /// <param name="values">The elements, which are copied: element (i, j) at <c>i * columns + j</c>.</param>
    /// <exception cref="ArgumentException">The number of elements is not rows × columns.</exception>
    public Matrix(int rows, int columns, ReadOnlySpan<double> values)
        : this(rows, columns)
    {
        if (values.Length != _values.Length)
        {
            throw new ArgumentException(
                $"A {rows} × {columns} matrix has {_values.Length} elements, but {values.Length} were given.", nameof(values));
        }

        values.CopyTo(_values);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The element in a row and a column, both counted from 0.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1.</param>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public double this[int row, int column]
    {
        get => _values[Index(row, column)];
        set => _values[Index(row, column)] = value;
    }

    /// <summary>Creates a matrix from its rows, which are copied.</summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static Matrix FromRows(params ReadOnlySpan<double[]> rows)
    {
        var matrix = new Matrix(rows.Length, rows.IsEmpty ? 0 : rows[0].Length);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != matrix.Columns)
                throw new ArgumentException($"Row {i} has {rows[i].Length} elements, but row 0 has {matrix.Columns}.", nameof(rows));
            rows[i].CopyTo(matrix.Row(i));
        }

        return matrix;
    }

    /// <summary>Creates the identity matrix: ones on the diagonal, zeros elsewhere.</summary>
    /// <param name="order">The number of rows and columns; 0 or more.</param>
    public static Matrix Identity(int order)
    {
        var matrix = new Matrix(order, order);
        for (int i = 0; i < order; i++) matrix._values[i * order + i] = 1;
        return matrix;
    }

    /// <summary>Creates a square matrix with these numbers on its diagonal and zeros elsewhere.</summary>
    /// <param name="values">The diagonal.</param>
    public static Matrix Diagonal(params ReadOnlySpan<double> values)
    {
        var matrix = new Matrix(values.Length, values.Length);
        for (int i = 0; i < values.Length; i++) matrix._values[i * values.Length + i] = values[i];
        return matrix;
    }

    /// <summary>All elements, row by row; writing to the span changes the matrix.</summary>
    public Span<double> AsSpan() => _values;

    /// <summary>One row as a span; writing to it changes the matrix.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<double> Row(int row)
    {
        if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(row), row, $"There is no such row in {Describe()}.");
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <summary>One row as memory, which a delegate can hold.</summary>
    internal ReadOnlyMemory<double> RowMemory(int row) => _values.AsMemory(row * Columns, Columns);

    /// <summary>A copy of one column.</summary>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public double[] Column(int column)
    {
        if ((uint)column >= (uint)Columns)
            throw new ArgumentOutOfRangeException(nameof(column), column, $"There is no such column in {Describe()}.");
        var values = new double[Rows];
        for (int i = 0; i < Rows; i++) values[i] = _values[i * Columns + column];
        return values;
    }

    /// <summary>A copy of the diagonal, of length min(rows, columns).</summary>
    public double[] Diagonal()
    {
        var values = new double[Math.Min(Rows, Columns)];
        for (int i = 0; i < values.Length; i++) values[i] = _values[i * Columns + i];
        return values;
    }

    /// <summary>A copy that can be changed without changing this matrix.</summary>
    public Matrix Copy() => new(Rows, Columns, _values);

    /// <summary>Enumerates copies of the rows.</summary>
    public IEnumerator<double[]> GetEnumerator()
    {
        for (int i = 0; i < Rows; i++) yield return Row(i).ToArray();
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Index(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
        {
            throw new ArgumentOutOfRangeException(
                nameof(row), $"There is no element ({row}, {column}) in {Describe()}; indices start at 0.");
        }

        return row * Columns + column;
    }

    private string Describe() => $"a {Rows} × {Columns} matrix";
}
