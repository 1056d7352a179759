namespace MLPath.Deep;

/// <summary>Products of matrices that lie one after the other: Yᵢ = op(Aᵢ) op(Bᵢ), for i below <see cref="Count"/>.</summary>
/// <param name="Count">The number of products.</param>
/// <param name="M">The rows of op(A) and Y.</param>
/// <param name="N">The columns of op(B) and Y.</param>
/// <param name="K">The columns of op(A) and rows of op(B).</param>
/// <param name="TransposeA">Whether op(A) is Aᵀ.</param>
/// <param name="TransposeB">Whether op(B) is Bᵀ.</param>
/// <param name="StrideA">The elements between matrices A; 0 where one serves all products.</param>
/// <param name="StrideB">The elements between matrices B; 0 where one serves all products.</param>
/// <param name="StrideY">The elements between matrices Y; 0 where all products are added up in one.</param>
public readonly record struct MatrixProduct(
    int Count, int M, int N, int K, bool TransposeA, bool TransposeB, int StrideA, int StrideB, int StrideY)
{
    /// <summary>The product of the last two axes of two tensors.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    internal static MatrixProduct Of(Shape a, Shape b, bool transposeA, bool transposeB, out Shape result)
    {
        if (a.Rank < 2 || b.Rank < 2) throw Mismatch(a, b, "both need at least two axes");
        var (m, k) = transposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
        var (inner, n) = transposeB ? (b[^1], b[^2]) : (b[^2], b[^1]);
        if (inner != k) throw Mismatch(a, b, $"the first has {k} columns, the second {inner} rows");
        Shape batchA = a[..^2], batchB = b[..^2], batch = batchA.Rank == 0 ? batchB : batchA;
        if (batchA.Rank > 0 && batchB.Rank > 0 && !batchA.Equals(batchB)) throw Mismatch(a, b, "the axes in front differ");
        result = [.. batch, m, n];
        return new MatrixProduct(
            batch.Size, m, n, k, transposeA, transposeB, batchA.Rank == 0 ? 0 : m * k, batchB.Rank == 0 ? 0 : n * k, m * n).Joined();
    }

    /// <summary>The product that gives dA = dY op(B)ᵀ; where A was transposed, its transpose op(B) dYᵀ, and the operands change places.</summary>
    internal MatrixProduct ForA() => (TransposeA
        ? new MatrixProduct(Count, K, M, N, TransposeB, true, StrideB, StrideY, StrideA)
        : new MatrixProduct(Count, M, K, N, false, !TransposeB, StrideY, StrideB, StrideA)).Joined();

    /// <summary>The product that gives dB = op(A)ᵀ dY; where B was transposed, its transpose dYᵀ op(A), and the operands change places.</summary>
    internal MatrixProduct ForB() => (TransposeB
        ? new MatrixProduct(Count, N, K, M, true, TransposeA, StrideY, StrideA, StrideB)
        : new MatrixProduct(Count, K, N, M, !TransposeA, false, StrideA, StrideY, StrideB)).Joined();

    /// <summary>
    /// Many products as one, where that is the same: rows that meet one B are rows of one tall matrix, and products Aᵢᵀ Bᵢ that are added up are
    /// the product of two tall matrices.
    /// </summary>
    private MatrixProduct Joined()
    {
        if (Count <= 1) return this;
        if (!TransposeA && StrideB == 0 && StrideA == M * K && StrideY == M * N) return this with { Count = 1, M = Count * M };
        if (TransposeA && !TransposeB && StrideY == 0 && StrideA == M * K && StrideB == N * K) return this with { Count = 1, K = Count * K };
        return this;
    }

    private static ArgumentException Mismatch(Shape a, Shape b, string why) => new($"Tensors of shapes {a} and {b} cannot be multiplied as matrices: {why}.");
}
