namespace MLPath.Numerics;

/// <summary>
/// The reduction of a square matrix to upper bidiagonal form, B = Pᵀ A Q with products of reflections P and Q (Golub and Van Loan,
/// algorithm 5.4.2), in two passes over what is left of the matrix per step.
/// </summary>
internal sealed class Bidiagonal
{
    private readonly Matrix _left;  // row k from column k on: the vector of the reflection of the rows k …
    private readonly Matrix _right; // row k from column k + 1 on: the vector of the reflection of the columns k + 1 …
    private readonly double[] _leftTaus;
    private readonly double[] _rightTaus;

    /// <summary>Reduces a matrix, which is overwritten.</summary>
    public Bidiagonal(Matrix a, Action? checkpoint)
    {
        int n = a.Rows;
        (Diagonal, OffDiagonal, _leftTaus, _rightTaus) = (new double[n], new double[n], new double[n], new double[n]);
        (_left, _right) = (new Matrix(n, n), a);
        Reduce(a, checkpoint);
    }

    /// <summary>B[i, i].</summary>
    public double[] Diagonal { get; }

    /// <summary>B[i, i + 1], for i from 0 to n - 2.</summary>
    public double[] OffDiagonal { get; }

    /// <summary>Turns P z into a product over reflections: P = H₀ H₁ …, so the last one comes first.</summary>
    public void ApplyLeft(VectorStrips strips)
    {
        int n = Diagonal.Length;
        strips.Reflect(n, step => Of(_left, _leftTaus, n - 1 - step, n - 1 - step));
    }

    /// <summary>Turns Q z into a product over reflections.</summary>
    public void ApplyRight(VectorStrips strips)
    {
        int n = Diagonal.Length;
        strips.Reflect(Math.Max(0, n - 1), step => Of(_right, _rightTaus, n - 2 - step, n - 1 - step));
    }

    private static Reflection Of(Matrix vectors, double[] taus, int index, int offset) =>
        new(offset, taus[index], vectors.RowMemory(index)[offset..]);

    private void Reduce(Matrix a, Action? checkpoint)
    {
        int n = a.Rows;
        double[] fromLeft = new double[n], fromRight = new double[n];
        for (int k = 0; k < n; k++)
        {
            checkpoint?.Invoke();
            var u = _left.Row(k)[k..];
            for (int i = k; i < n; i++) u[i - k] = a.AsSpan()[i * n + k];
            (Diagonal[k], double leftTau) = Householder.MakeReflection(u);
            _leftTaus[k] = leftTau;
            if (k + 1 == n) break;

            // y = τ Aᵀ u: the rows lose u yᵀ.
            var y = fromLeft.AsSpan(0, n - k - 1);
            y.Clear();
            for (int i = k; i < n; i++) Dense.Axpy(leftTau * u[i - k], a.Row(i)[(k + 1)..], y);

            // Row k, so updated, gives v of the reflection of the columns.
            var v = a.Row(k)[(k + 1)..];
            Dense.Axpy(-1, y, v);
            (OffDiagonal[k], double rightTau) = Householder.MakeReflection(v);
            _rightTaus[k] = rightTau;

            // The rows below lose both u yᵀ and, of what is left, x vᵀ with x = τ A v.
            for (int i = k + 1; i < n; i++)
            {
                var row = a.Row(i)[(k + 1)..];
                Dense.Axpy(-u[i - k], y, row);
                Householder.Reflect(v, rightTau, row);
            }
        }
    }
}
