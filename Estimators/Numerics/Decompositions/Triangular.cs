namespace MLPath.Numerics;

/// <summary>Substitution with triangular matrices, and what the decompositions share.</summary>
internal static class Triangular
{
    /// <summary>The unit roundoff's double, 2⁻⁵²: the distance from 1 to the next number.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    /// <summary>Solves L x = b in place by forward substitution (Golub and Van Loan, algorithm 3.1.1).</summary>
    public static void SolveLower(Matrix l, Span<double> b, bool unitDiagonal)
    {
        for (int i = 0; i < b.Length; i++)
        {
            var row = l.Row(i);
            b[i] -= Dense.Dot(row[..i], b[..i]);
            if (!unitDiagonal) b[i] /= row[i];
        }
    }

    /// <summary>
    /// Solves Lᵀ x = b in place by column-oriented back substitution (algorithm 3.1.4): the columns of Lᵀ are the rows of L.
    /// </summary>
    public static void SolveLowerTransposed(Matrix l, Span<double> b)
    {
        for (int i = b.Length - 1; i >= 0; i--)
        {
            var row = l.Row(i);
            b[i] /= row[i];
            Dense.Axpy(-b[i], row[..i], b[..i]);
        }
    }

    /// <summary>
    /// Solves U x = b in place by back substitution (algorithm 3.1.2), with the upper triangle of the leading rows of a matrix.
    /// </summary>
    public static void SolveUpper(Matrix u, Span<double> b)
    {
        int n = b.Length;
        for (int i = n - 1; i >= 0; i--)
        {
            var row = u.Row(i)[..n];
            b[i] = (b[i] - Dense.Dot(row[(i + 1)..], b[(i + 1)..])) / row[i];
        }
    }

    public static void RequireSquare(Matrix a, string what)
    {
        if (a.Rows != a.Columns) throw new ArgumentException($"{what} needs a square matrix, but this one is {a.Rows} × {a.Columns}.");
    }

    public static void RequireRows(int actual, int expected)
    {
        if (actual != expected) throw new ArgumentException($"The right-hand side has {actual} rows, but the matrix has {expected}.");
    }

    public static void RequireFinite(Matrix a)
    {
        // The largest magnitude is NaN or infinite if an element is; only then is it worth while to look for which.
        if (double.IsFinite(a.MaxAbs())) return;
        for (int i = 0; i < a.Rows; i++)
        {
            var row = a.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                if (!double.IsFinite(row[j]))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"Element ({i}, {j}) of the matrix is {row[j]}; every element must be finite."));
                }
            }
        }
    }
}
