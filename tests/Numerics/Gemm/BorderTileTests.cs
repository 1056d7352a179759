using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics.Tests;

/// <summary>Tiles whose numbers of A are spread one way or the other, which the processor decides, are the same: the naive one, bit for bit.</summary>
[TestClass]
public sealed unsafe class BorderTileTests
{
    private const int Rows = 20, Columns = 24, MostSteps = 37;

    [TestMethod]
    [DataRow(4)]
    [DataRow(16)]
    [DataRow(23)]
    [DataRow(MostSteps)]
    public void Spreading_numbers_together_or_apart_does_not_change_them(int steps)
    {
        if (!Avx512F.IsSupported) Assert.Inconclusive("These tiles need AVX-512.");
        Compare<Rows12, Rows5>(steps);
        Compare<Rows16, Rows1>(steps);
        Compare<Rows16, Rows8>(steps);
        Compare<Rows17, Rows2>(steps);
        Compare<Rows17, Rows6>(steps);
        Compare<Rows18, Rows1>(steps);
        Compare<Rows18, Rows4>(steps);
        Compare<Rows19, Rows2>(steps);
        Compare<Rows19, Rows5>(steps);
        Compare<Rows20, Rows1>(steps);
        Compare<Rows20, Rows4>(steps);
        Compare<Rows20, Rows7>(steps);
    }

    private static void Compare<THeight, TColumns>(int steps)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
    {
        foreach (bool isTransposed in new[] { false, true })
        {
            foreach (bool adds in new[] { false, true })
            {
                string what = $"{THeight.Rows} rows, {TColumns.Rows} columns, {steps} steps, transposed {isTransposed}, adds {adds}";
                float[] expected = Naive<THeight, TColumns>(steps, isTransposed, adds);
                CollectionAssert.AreEqual(expected, Run<THeight, TColumns, LeavesB, SpreadsTogether>(steps, isTransposed, adds), $"{what}, together");
                CollectionAssert.AreEqual(expected, Run<THeight, TColumns, LeavesB, SpreadsApart>(steps, isTransposed, adds), $"{what}, apart");
                if (adds || TColumns.Rows == 7) continue;
                CollectionAssert.AreEqual(expected, Run<THeight, TColumns, NearB, SpreadsTogether>(steps, isTransposed, adds), $"{what}, near, together");
                CollectionAssert.AreEqual(expected, Run<THeight, TColumns, NearB, SpreadsApart>(steps, isTransposed, adds), $"{what}, near, apart");
            }
        }
    }

    private static float[] Run<THeight, TColumns, TTraffic, TSpreading>(int steps, bool isTransposed, bool adds)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
        where TTraffic : struct, ITraffic
        where TSpreading : struct, ISpreading
    {
        float[] a = Numbers(Rows * MostSteps, 1), b = Numbers(MostSteps * Columns, 2), c = Numbers(Rows * Columns, 3);
        fixed (float* pa = a, pb = b, pc = c)
        {
            GemmTile<float> tile = default;
            tile.Steps = steps;
            tile.Adds = adds;
            tile.A = pa;
            (tile.RowA, tile.StepA) = isTransposed ? (1, Rows) : (MostSteps, 1);
            tile.B = pb;
            tile.StepB = tile.RowC = Columns;
            tile.C = pc;
            BorderTile.Run<THeight, TColumns, WithRegister, TTraffic, TSpreading>(tile);
        }

        return c;
    }

    /// <summary>A tile of fewer than sixteen rows computes the few columns of sixteen.</summary>
    private static float[] Naive<THeight, TColumns>(int steps, bool isTransposed, bool adds)
        where THeight : struct, IHeight
        where TColumns : struct, IHeight
    {
        float[] a = Numbers(Rows * MostSteps, 1), b = Numbers(MostSteps * Columns, 2), c = Numbers(Rows * Columns, 3);
        for (int i = 0; i < Math.Max(THeight.Rows, BorderTile.Rows); i++)
        {
            for (int j = i < THeight.Rows ? 0 : BorderTile.Columns; j < BorderTile.Columns + TColumns.Rows; j++)
            {
                float sum = 0;
                for (int p = 0; p < steps; p++)
                {
                    float number = isTransposed ? a[p * Rows + i] : a[i * MostSteps + p];
                    sum = float.FusedMultiplyAdd(number, b[p * Columns + j], sum);
                }

                c[i * Columns + j] = adds ? c[i * Columns + j] + sum : sum;
            }
        }

        return c;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
