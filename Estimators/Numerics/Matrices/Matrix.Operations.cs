using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text;

namespace MLPath.Numerics;

[SuppressMessage("Usage", "CA2225", Justification = "Operators are the names of these operations.")]
public sealed partial class Matrix
{
    /// <summary>Adds two matrices of the same shape, element by element.</summary>
    /// <param name="left">The first matrix.</param>
    /// <param name="right">The second matrix.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Matrix operator +(Matrix left, Matrix right)
    {
        RequireSameShape(left, right, "add");
        var sum = new Matrix(left.Rows, left.Columns);
        TensorPrimitives.Add(left._values, right._values, sum._values);
        return sum;
    }

    /// <summary>Subtracts a matrix of the same shape, element by element.</summary>
    /// <param name="left">The first matrix.</param>
    /// <param name="right">The matrix to subtract.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Matrix operator -(Matrix left, Matrix right)
    {
        RequireSameShape(left, right, "subtract");
        var difference = new Matrix(left.Rows, left.Columns);
        TensorPrimitives.Subtract(left._values, right._values, difference._values);
        return difference;
    }

    /// <summary>Changes the sign of every element.</summary>
    /// <param name="matrix">The matrix.</param>
    public static Matrix operator -(Matrix matrix) => -1 * matrix;

    /// <summary>Multiplies every element by a number.</summary>
    /// <param name="scale">The number.</param>
    /// <param name="matrix">The matrix.</param>
    public static Matrix operator *(double scale, Matrix matrix)
    {
        var product = matrix.Copy();
        Dense.Scale(scale, product._values);
        return product;
    }

    /// <inheritdoc cref="op_Multiply(double, Matrix)"/>
    public static Matrix operator *(Matrix matrix, double scale) => scale * matrix;

    /// <summary>Multiplies two matrices: element (i, j) is the dot product of row i of the first and column j of the second.</summary>
    /// <param name="left">A matrix of shape m × k.</param>
    /// <param name="right">A matrix of shape k × n.</param>
    /// <returns>The product, m × n.</returns>
    /// <exception cref="ArgumentException">The columns of the first are not as many as the rows of the second.</exception>
    public static Matrix operator *(Matrix left, Matrix right)
    {
        if (left.Columns != right.Rows)
        {
            throw new ArgumentException(
                $"Cannot multiply {left.Describe()} by {right.Describe()}: the first has {left.Columns} columns " +
                $"and the second {right.Rows} rows; these must be equal.");
        }

        var product = new Matrix(left.Rows, right.Columns);
        Dense.MatMul(left._values, right._values, product._values, left.Rows, left.Columns, right.Columns);
        return product;
    }

    /// <summary>Multiplies a matrix by a column vector.</summary>
    /// <param name="matrix">A matrix of shape m × n.</param>
    /// <param name="vector">n numbers.</param>
    /// <returns>m numbers.</returns>
    /// <exception cref="ArgumentException">The vector's length is not the number of columns.</exception>
    public static double[] operator *(Matrix matrix, double[] vector)
    {
        if (vector.Length != matrix.Columns)
        {
            throw new ArgumentException(
                $"Cannot multiply {matrix.Describe()} by a vector of {vector.Length}: " +
                $"the vector must have {matrix.Columns} elements, one per column.");
        }

        var product = new double[matrix.Rows];
        Dense.MatVec(matrix._values, matrix.Rows, matrix.Columns, vector, product);
        return product;
    }

    /// <summary>The transpose: rows become columns.</summary>
    public Matrix Transpose()
    {
        var transposed = new Matrix(Columns, Rows);
        Dense.Transpose(_values, Rows, Columns, transposed._values);
        return transposed;
    }

    /// <summary>
    /// Solves A x = b for a square matrix A, by LU decomposition with partial pivoting. For more equations than unknowns use
    /// <see cref="Qr"/>.
    /// </summary>
    /// <param name="b">The right-hand side, one number per row.</param>
    /// <returns>x, one number per column.</returns>
    /// <exception cref="ArgumentException">The matrix is not square, or b has another length.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public double[] Solve(ReadOnlySpan<double> b) => Lu().Solve(b);

    /// <summary>Solves A X = B for a square matrix A and several right-hand sides at once, the columns of B.</summary>
    /// <param name="b">The right-hand sides, with as many rows as this matrix.</param>
    /// <returns>X, of the shape of B.</returns>
    /// <exception cref="ArgumentException">The matrix is not square, or B has another number of rows.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public Matrix Solve(Matrix b) => Lu().Solve(b);

    /// <summary>
    /// The inverse of a square matrix. To solve equations, <see cref="Solve(ReadOnlySpan{double})"/> is faster and more accurate.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public Matrix Inverse() => Lu().Inverse();

    /// <summary>The determinant of a square matrix.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public double Determinant() => Lu().Determinant;

    /// <summary>The sum of the diagonal elements.</summary>
    public double Trace() => Diagonal().Sum();

    /// <summary>The Frobenius norm, √Σ aᵢⱼ².</summary>
    public double FrobeniusNorm() => Dense.Norm(_values);

    /// <summary>The largest magnitude of any element; 0 for an empty matrix.</summary>
    public double MaxAbs() => Dense.NormInfinity(_values);

    /// <summary>
    /// Writes the matrix as aligned rows of numbers with six significant digits; beyond 12 rows or columns the middle is left out.
    /// </summary>
    public override string ToString()
    {
        const int shown = 12;
        int?[] rows = Shown(Rows, shown), columns = Shown(Columns, shown);
        var cells = rows.Select(i => columns.Select(j => Cell(i, j)).ToArray()).ToArray();
        var widths = columns.Select((_, position) => cells.Select(row => row[position].Length).DefaultIfEmpty().Max()).ToArray();

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Rows} × {Columns}");
        foreach (var row in cells)
        {
            text.Append('\n');
            for (int position = 0; position < row.Length; position++)
                text.Append(position == 0 ? "[ " : "  ").Append(row[position].PadLeft(widths[position]));
            text.Append(row.Length == 0 ? "[ ]" : " ]");
        }

        return text.ToString();
    }

    /// <summary>The indices to show; null stands for those left out.</summary>
    private static int?[] Shown(int count, int most)
    {
        static IEnumerable<int?> Range(int start, int length) => Enumerable.Range(start, length).Select(i => (int?)i);
        return count <= most ? [.. Range(0, count)] : [.. Range(0, most / 2), null, .. Range(count - most / 2, most / 2)];
    }

    private string Cell(int? row, int? column) =>
        row is { } i && column is { } j ? this[i, j].ToString("G6", CultureInfo.InvariantCulture) : "…";

    private static void RequireSameShape(Matrix left, Matrix right, string verb)
    {
        if (left.Rows != right.Rows || left.Columns != right.Columns)
            throw new ArgumentException($"Cannot {verb} {left.Describe()} and {right.Describe()}: their shapes must be equal.");
    }
}
