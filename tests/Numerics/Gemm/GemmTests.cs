using System.Numerics;

namespace MLPath.Numerics.Tests;

/// <summary>Every product equals the naive one, which adds the same terms in the same order, bit for bit.</summary>
[TestClass]
public sealed class GemmTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 11, 12, 13, 15, 16, 17, 24, 25, 31, 32, 33, 48, 63, 65, 97];

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_at_every_edge(bool transposeA, bool transposeB)
    {
        foreach (int m in Sizes)
            foreach (int n in Sizes) Check(transposeA, transposeB, m, n, 1 + (m * 7 + n) % 37, 1, 0);
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_over_several_blocks(bool transposeA, bool transposeB)
    {
        Check(transposeA, transposeB, 500, 190, 300, 1, 0);
        Check(transposeA, transposeB, 37, 300, 700, 1, 1);
        Check(transposeA, transposeB, 300, 7, 515, 1, 0);
        Check(transposeA, transposeB, 3, 515, 257, 1, 1);
        Check(transposeA, transposeB, 20, 700, 520, 1, 0);
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_where_a_few_columns_are_left(bool transposeA, bool transposeB)
    {
        foreach (int n in new[] { 17, 18, 19, 20, 21, 23, 24, 33, 40, 50, 54, 132 })
        {
            Check(transposeA, transposeB, 17, n, 22, 1, 0);
            Check(transposeA, transposeB, 33, n, 51, 1, 0);
            Check(transposeA, transposeB, 100, n, 65, 1, 0);
            Check(transposeA, transposeB, 64, n, 600, 1, 0);
            Check(transposeA, transposeB, 250, n, 19, 1, 1);
            Check(transposeA, transposeB, 65, n, 300, -2, 0.5);
        }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_of_few_rows_and_columns_with_many_terms(bool transposeA, bool transposeB)
    {
        foreach (int m in new[] { 17, 24, 31 })
        {
            foreach (int n in new[] { 17, 21, 35, 40 })
            {
                Check(transposeA, transposeB, m, n, 513, 1, 0);
                Check(transposeA, transposeB, m, n, 1030, 1, 1);
                Check(transposeA, transposeB, m, n, 200, 0.5, 1);
            }
        }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_of_every_small_size(bool transposeA, bool transposeB)
    {
        for (int m = 14; m <= 37; m++)
            for (int n = 14; n <= 42; n++) Check(transposeA, transposeB, m, n, 3 + (m * 11 + n * 5) % 23, 1, 0);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Equals_the_naive_product_of_every_tile_with_a_few_columns_beside_a_register(bool transposeA)
    {
        for (int m = 16; m <= 20; m++)
        {
            for (int n = 17; n <= 24; n++)
            {
                foreach (int k in new[] { 4, 6, 16, 17, 19, 29, 44 }) Check(transposeA, false, m, n, k, 1, 0);
                Check(transposeA, false, m, n, 530, 1, 0);
                Check(transposeA, false, m, n, 269, 1, 1);
            }
        }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_of_a_long_and_a_short_side(bool transposeA, bool transposeB)
    {
        foreach (int shorter in new[] { 17, 24, 33 })
        {
            Check(transposeA, transposeB, 410, shorter, 190, 1, 0);
            Check(transposeA, transposeB, shorter, 421, 200, 1, 1);
            Check(transposeA, transposeB, 260, shorter, 600, -2, 0.5);
        }
    }

    [TestMethod]
    public void Equals_the_naive_product_of_up_to_twenty_rows_with_a_large_matrix()
    {
        foreach (int m in new[] { 16, 17, 20, 21 })
        {
            Check(false, false, m, 515, 600, 1, 0);
            Check(false, true, m, 530, 513, 1, 1);
            Check(true, false, m, 515, 520, -2, 0.5);
        }
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 0.5)]
    [DataRow(-2, 0)]
    [DataRow(0.25, 1)]
    [DataRow(3, -1)]
    [DataRow(0, 2)]
    public void Alpha_and_beta_scale_the_product_and_what_C_holds(double alpha, double beta)
    {
        Check(false, true, 29, 43, 300, alpha, beta);
        Check(true, false, 24, 64, 17, alpha, beta);
    }

    // Shapes that are computed in different ways: all in place, few rows, few columns, narrow tiles, products as transposes, strips in groups,
    // several depths; each with tiles that are cut or overlap.
    private static readonly (int M, int N, int K)[] Shapes =
    [
        (16, 16, 16), (17, 17, 17), (24, 140, 60), (5, 33, 300), (13, 300, 130), (16, 50, 600), (21, 300, 200), (70, 16, 530), (300, 17, 90), (300, 33, 150),
        (100, 70, 200), (50, 50, 1100), (61, 131, 513), (26, 600, 64), (110, 530, 40), (40, 19, 30), (17, 36, 23), (49, 50, 64), (21, 24, 30), (18, 18, 9),
        (20, 20, 21), (31, 22, 18), (36, 40, 33), (25, 17, 16), (19, 35, 200), (16, 23, 12),
    ];

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Equals_the_naive_product_wherever_the_matrices_start_and_leaves_what_is_around_C(bool transposeA, bool transposeB)
    {
        int offset = 0;
        foreach (var (m, n, k) in Shapes)
        {
            foreach (var (alpha, beta) in new[] { (1.0, 0.0), (1.0, 1.0), (-0.5, 0.25) })
            {
                offset = (offset + 5) % 17;
                var lay = new Layout(offset, (offset * 7) % 17, (offset * 11) % 17, offset % 4, offset % 3, offset % 5);
                CheckLayout<float>(Gemm.Multiply, transposeA, transposeB, m, n, k, (float)alpha, (float)beta, lay);
                CheckLayout<double>(Gemm.Multiply, transposeA, transposeB, m, n, k, alpha, beta, lay);
            }
        }
    }

    [TestMethod]
    public void Equals_the_naive_product_at_every_alignment()
    {
        foreach (var (m, n, k) in new[] { (40, 70, 30), (30, 85, 120), (12, 64, 40) })
            for (int offset = 0; offset < 17; offset++) CheckLayout<float>(Gemm.Multiply, false, false, m, n, k, 1, 0, new(0, offset, 16 - offset, 0, 0, 0));
    }

    [TestMethod]
    [DataRow(false, 1024)]
    [DataRow(false, 1025)]
    [DataRow(false, 2040)]
    [DataRow(true, 1024)]
    public void Equals_the_naive_product_where_rows_lie_a_power_of_two_apart(bool transposeB, int apart)
    {
        foreach (var (m, n, k) in new[] { (30, 150, 520), (20, 170, 100), (53, 165, 64) })
        {
            CheckLayout<float>(Gemm.Multiply, false, transposeB, m, n, k, 1, 0, new(3, 1, 2, apart - k, apart - (transposeB ? k : n), apart - n));
            CheckLayout<double>(Gemm.Multiply, false, transposeB, m, n, k, 2, 1, new(3, 1, 2, apart - k, 0, apart - n));
        }
    }

    [TestMethod]
    public void Equals_the_naive_product_of_very_many_rows_or_columns()
    {
        Check(true, false, 4100, 17, 41, 1, 0);
        Check(false, true, 16, 4200, 40, -2, 0.5);
        Check(false, false, 3, 5000, 20, 1, 1);
    }

    [TestMethod]
    public void Threads_do_not_change_the_result()
    {
        foreach (var (m, n, k) in new[] { (400, 90, 300), (90, 400, 300), (131, 131, 131), (3000, 17, 40), (700, 50, 600), (19, 600, 1100) })
        {
            float[] a = Numbers<float>(m * k, 1), b = Numbers<float>(k * n, 2), one = new float[m * n];
            Gemm.Multiply(false, false, m, n, k, 1, a, k, b, n, 0, one, n);
            foreach (int threads in new[] { 2, 3, 7 })
            {
                var several = new float[m * n];
                Gemm.Multiply(false, false, m, n, k, 1, a, k, b, n, 0, several, n, threads);
                CollectionAssert.AreEqual(one, several);
            }
        }
    }

    [TestMethod]
    public void Gaps_between_rows_are_left_alone()
    {
        const int m = 19, n = 35, k = 21, gap = 3;
        double[] a = Numbers<double>(m * (k + gap), 1), b = Numbers<double>(k * (n + gap), 2), c = Numbers<double>(m * (n + gap), 3);
        double[] before = [.. c], expected = [.. c];
        Gemm.Multiply(false, false, m, n, k, 1, a, k + gap, b, n + gap, 0, c, n + gap);
        Naive(false, false, m, n, k, 1, a, k + gap, b, n + gap, 0, expected, n + gap);
        CollectionAssert.AreEqual(expected, c);
        for (int i = 0; i < m; i++) CollectionAssert.AreEqual(before[(i * (n + gap) + n)..((i + 1) * (n + gap))], c[(i * (n + gap) + n)..((i + 1) * (n + gap))]);
    }

    [TestMethod]
    public void What_C_held_does_not_matter_when_beta_is_zero()
    {
        float[] c = [float.NaN, float.PositiveInfinity];
        Gemm.Multiply(false, false, 1, 2, 1, 1f, [2f], 1, [3f, 4f], 2, 0f, c, 2);
        CollectionAssert.AreEqual(new float[] { 6, 8 }, c);
    }

    [TestMethod]
    public void No_terms_leave_beta_C_and_no_elements_do_nothing()
    {
        double[] c = [1, 2, 3, 4];
        Gemm.Multiply(false, false, 2, 2, 0, 1.0, [], 0, [], 2, 0.5, c, 2);
        CollectionAssert.AreEqual(new double[] { 0.5, 1, 1.5, 2 }, c);
        Gemm.Multiply(false, false, 0, 2, 3, 1.0, [], 3, new double[6], 2, 0.0, c, 2);
        CollectionAssert.AreEqual(new double[] { 0.5, 1, 1.5, 2 }, c);
    }

    [TestMethod]
    public void NaN_and_infinity_reach_their_row_and_column_only()
    {
        float[] a = Numbers<float>(13 * 20, 1), b = Numbers<float>(20 * 33, 2), c = new float[13 * 33];
        a[5 * 20 + 3] = float.NaN;
        b[7 * 33 + 32] = float.PositiveInfinity;
        Gemm.Multiply(false, false, 13, 33, 20, 1f, a, 20, b, 33, 0f, c, 33);
        for (int i = 0; i < 13; i++)
            for (int j = 0; j < 33; j++) Assert.AreEqual(i != 5 && j != 32, float.IsFinite(c[i * 33 + j]), $"({i}, {j})");
    }

    [TestMethod]
    public void A_batch_is_its_products_one_by_one()
    {
        const int count = 7, m = 9, n = 21, k = 30;
        float[] a = Numbers<float>(count * m * k, 1), b = Numbers<float>(n * k, 2), c = Numbers<float>(count * m * n, 3), expected = [.. c];
        for (int i = 0; i < count; i++)
            Gemm.Multiply(false, true, m, n, k, 2f, a.AsSpan(i * m * k), k, b, k, 1f, expected.AsSpan(i * m * n), n);
        foreach (int threads in new[] { 1, 3 })
        {
            float[] products = [.. c];
            Gemm.MultiplyBatched(count, false, true, m, n, k, 2f, a, k, m * k, b, k, 0, 1f, products, n, m * n, threads);
            CollectionAssert.AreEqual(expected, products);
        }

        double[] wide = Numbers<double>(count * k * k, 4), squares = new double[count * k * k], square = new double[k * k];
        Gemm.MultiplyBatched(count, false, false, k, k, k, 1.0, wide, k, k * k, wide, k, k * k, 0.0, squares, k, k * k, 2);
        Gemm.Multiply(false, false, k, k, k, 1.0, wide.AsSpan(5 * k * k), k, wide.AsSpan(5 * k * k), k, 0.0, square, k);
        CollectionAssert.AreEqual(square, squares[(5 * k * k)..(6 * k * k)]);
    }

    [TestMethod]
    public void Batches_that_overlap_or_end_early_are_refused()
    {
        var four = new float[4];
        var overlap = Assert.ThrowsExactly<ArgumentException>(() =>
            Gemm.MultiplyBatched(2, false, false, 2, 2, 1, 1f, four, 1, 2, four, 2, 2, 0f, new float[8], 2, 3));
        StringAssert.Contains(overlap.Message, "overlap");
        var early = Assert.ThrowsExactly<ArgumentException>(() =>
            Gemm.MultiplyBatched(9, false, false, 2, 2, 1, 1f, four, 1, 2, four, 2, 0, 0f, new float[99], 2, 4));
        StringAssert.Contains(early.Message, "a has 4 elements; the last of 9 matrices would start at 16");
    }

    [TestMethod]
    public void Lengths_that_do_not_fit_are_named()
    {
        var a = Assert.ThrowsExactly<ArgumentException>(() => Gemm.Multiply(false, false, 2, 2, 2, 1f, new float[3], 2, new float[4], 2, 0f, new float[4], 2));
        StringAssert.Contains(a.Message, "a has 3 elements; 2 × 2 with a leading dimension of 2 needs 4.");
        var b = Assert.ThrowsExactly<ArgumentException>(() => Gemm.Multiply(false, true, 2, 3, 2, 1f, new float[4], 2, new float[6], 1, 0f, new float[6], 3));
        StringAssert.Contains(b.Message, "The leading dimension of b is 1");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Gemm.Multiply(false, false, -1, 2, 2, 1f, new float[4], 2, new float[4], 2, 0f, new float[4], 2));
    }

    private static void Check(bool transposeA, bool transposeB, int m, int n, int k, double alpha, double beta)
    {
        Check<float>(Gemm.Multiply, transposeA, transposeB, m, n, k, (float)alpha, (float)beta);
        Check<double>(Gemm.Multiply, transposeA, transposeB, m, n, k, alpha, beta);
    }

    private delegate void Product<T>(
        bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, T beta, Span<T> c, int ldc,
        int threads);

    private static void Check<T>(Product<T> multiply, bool transposeA, bool transposeB, int m, int n, int k, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = Numbers<T>(m * k, 1), b = Numbers<T>(k * n, 2), c = Numbers<T>(m * n, 3), expected = [.. c];
        int lda = transposeA ? m : k, ldb = transposeB ? k : n;
        multiply(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, n, 1);
        Naive(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, expected, n);
        CollectionAssert.AreEqual(expected, c, $"{m} × {n} × {k} {typeof(T).Name}");
    }

    /// <summary>Where matrices start in their arrays, and the gaps between their rows.</summary>
    private readonly record struct Layout(int StartA, int StartB, int StartC, int GapA, int GapB, int GapC);

    private static void CheckLayout<T>(Product<T> multiply, bool transposeA, bool transposeB, int m, int n, int k, T alpha, T beta, Layout lay)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Around = 40;
        int lda = (transposeA ? m : k) + lay.GapA, ldb = (transposeB ? k : n) + lay.GapB, ldc = n + lay.GapC;
        T[] a = Numbers<T>((transposeA ? k : m) * lda, 1), b = Numbers<T>((transposeB ? n : k) * ldb, 2), c = Numbers<T>(m * ldc, 3);
        T[] product = [.. Numbers<T>(Around + lay.StartC, 4), .. c, .. Numbers<T>(Around, 5)], expected = [.. product];
        Naive(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        c.CopyTo(expected, Around + lay.StartC);
        T[] movedA = [.. new T[lay.StartA], .. a], movedB = [.. new T[lay.StartB], .. b];
        multiply(
            transposeA, transposeB, m, n, k, alpha, movedA.AsSpan(lay.StartA), lda, movedB.AsSpan(lay.StartB), ldb, beta,
            product.AsSpan(Around + lay.StartC, c.Length), ldc, 1);
        CollectionAssert.AreEqual(expected, product, $"{m} × {n} × {k} {typeof(T).Name} {lay}");
    }

    private static void Naive<T>(
        bool transposeA, bool transposeB, int m, int n, int k, T alpha, T[] a, int lda, T[] b, int ldb, T beta, T[] c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = (k + Gemm.Depth - 1) / Gemm.Depth, depth = blocks == 1 ? k : (k + 16 * blocks - 1) / (16 * blocks) * 16;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                ref T element = ref c[i * ldc + j];
                element = beta == T.Zero ? T.Zero : beta * element;
                if (alpha == T.Zero) continue;
                for (int block = 0; block < k; block += depth)
                {
                    T sum = T.Zero;
                    for (int p = block; p < Math.Min(k, block + depth); p++)
                    {
                        T x = transposeA ? a[p * lda + i] : a[i * lda + p], y = transposeB ? b[j * ldb + p] : b[p * ldb + j];
                        sum = T.MultiplyAddEstimate(x, y, sum);
                    }

                    element += alpha * sum;
                }
            }
        }
    }

    private static T[] Numbers<T>(int count, ulong seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new RandomStream(seed);
        var numbers = new T[count];
        for (int i = 0; i < count; i++) numbers[i] = T.CreateTruncating(random.NextGaussian());
        return numbers;
    }
}
