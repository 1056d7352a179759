namespace MLPath.Numerics;

/// <summary>
/// Symmetric products C ← C + XᵀX, of which the upper triangle alone is computed: half the work of a <see cref="Gemm"/>.
/// </summary>
public static class Syrk
{
    // Blocks of as many rows of C are products of their own. Their height divides the tiles of every machine; a block so low that its tiles
    // read X where it lies, without packing, is best for few columns, higher ones for many.
    private const int LowBlock = 24;
    private const int HighBlock = 96;
    private const int FewColumns = 256;

    /// <summary>Adds XᵀX to the upper triangle of C.</summary>
    /// <param name="rows">n, the number of rows of X; 0 or more.</param>
    /// <param name="columns">d, the number of columns of X; 0 or more.</param>
    /// <param name="x">X, n × d.</param>
    /// <param name="ldx">
    /// The distance between rows of X, at least d. With d a multiple of 8, such as after padding with columns of zeros, the product is
    /// fastest.
    /// </param>
    /// <param name="c">C, d × d. Elements near to and below the diagonal may be changed, too; <see cref="Mirror"/> makes them right.</param>
    /// <param name="ldc">The distance between rows of C, at least d.</param>
    /// <exception cref="ArgumentException">A size is negative, a leading dimension too small or a span too short.</exception>
    public static void AddUpper(int rows, int columns, ReadOnlySpan<double> x, int ldx, Span<double> c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int height = columns <= FewColumns ? LowBlock : HighBlock;
        for (int i = 0; i < columns && rows > 0; i += height)
        {
            Gemm.Multiply(
                transposeA: true, transposeB: false, Math.Min(height, columns - i), columns - i, rows,
                1, x[i..], ldx, x[i..], ldx, 1, c[(i * ldc + i)..], ldc);
        }
    }

    /// <summary>Copies the upper triangle of a matrix to the lower one.</summary>
    /// <param name="c">The matrix, order × order.</param>
    /// <param name="order">Its order; 0 or more.</param>
    /// <param name="ldc">The distance between its rows, at least the order.</param>
    public static void Mirror(Span<double> c, int order, int ldc)
    {
        for (int i = 1; i < order; i++)
        {
            for (int j = 0; j < i; j++) c[i * ldc + j] = c[j * ldc + i];
        }
    }
}
