using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>
/// Centres packed for <see cref="RowTile"/>: the scores ‖c‖² − 2 x·c of 64 rows and all centres, which order the centres of a row by their distance.
/// </summary>
/// <remarks>
/// Centres are taken four at a time (two at the end where that is enough). Each feature of four centres meets that of sixty-four rows: sixteen
/// products of 16 lanes whose sums stay in registers. A score adds up its features in order, whatever lies beside it, so that a row alone has the
/// scores it has among others.
/// </remarks>
internal sealed class CentreScores
{
    private const int Group = 4;

    private readonly float[] _packed;  // per group of g centres d × g values −2 c
    private readonly float[] _squares; // ‖c‖²; 0 for the centres that fill up the last group

    public CentreScores(ReadOnlySpan<double> centres, int columns, ReadOnlySpan<float> origin)
    {
        (Count, Columns) = (centres.Length / columns, columns);
        int rest = Count % Group;
        PaddedCount = Count - rest + (rest == 0 ? 0 : rest <= 2 ? 2 : Group);
        _packed = new float[PaddedCount * columns];
        _squares = new float[PaddedCount];
        for (int c = 0; c < Count; c++)
        {
            int first = c / Group * Group, size = Math.Min(Group, PaddedCount - first);
            double square = 0;
            for (int j = 0; j < columns; j++)
            {
                double value = centres[(c * columns) + j] - origin[j];
                square += value * value;
                _packed[(first * columns) + (j * size) + (c - first)] = (float)(-2 * value);
            }

            _squares[c] = (float)square;
            GreatestSquare = Math.Max(GreatestSquare, square);
        }
    }

    /// <summary>k.</summary>
    public int Count { get; }

    /// <summary>k, made up to whole groups.</summary>
    public int PaddedCount { get; }

    /// <summary>d.</summary>
    public int Columns { get; }

    /// <summary>The greatest ‖c‖².</summary>
    public double GreatestSquare { get; }

    /// <summary>Computes the scores of the rows that a tile has chosen.</summary>
    public void Compute(RowTile tile, ReadOnlySpan<float> data, ReadOnlySpan<float> origin)
    {
        tile.Reserve(PaddedCount);
        ref float scores = ref tile.Scores;
        for (int c = 0; c < PaddedCount; c++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref scores, c * RowTile.Rows), RowTile.Rows).Fill(_squares[c]);

        ref float packed = ref MemoryMarshal.GetArrayDataReference(_packed);
        for (int from = 0; from < Columns; from += RowTile.PanelColumns)
        {
            int width = Math.Min(RowTile.PanelColumns, Columns - from);
            tile.Load(data, origin, from, width);
            for (int c = 0; c < PaddedCount; c += Group)
            {
                int size = Math.Min(Group, PaddedCount - c);
                ref float centres = ref Unsafe.Add(ref packed, (c * Columns) + (from * size));
                ref float target = ref Unsafe.Add(ref scores, c * RowTile.Rows);
                if (size == Group)
                    AddFour(ref tile.Panel, width, ref centres, ref target);
                else
                    AddTwo(ref tile.Panel, width, ref centres, ref target);
            }
        }
    }

    private static void AddFour(ref float rows, int width, ref float centres, ref float scores)
    {
        if (Vector512.IsHardwareAccelerated)
            AddFour512(ref rows, width, ref centres, ref scores);
        else
            AddGroup(ref rows, width, ref centres, ref scores, Group);
    }

    private static void AddTwo(ref float rows, int width, ref float centres, ref float scores)
    {
        if (Vector512.IsHardwareAccelerated)
            AddTwo512(ref rows, width, ref centres, ref scores);
        else
            AddGroup(ref rows, width, ref centres, ref scores, 2);
    }

    private static void AddFour512(ref float rows, int width, ref float centres, ref float scores)
    {
        var (a0, a1, a2, a3) = Load(ref scores, 0);
        var (b0, b1, b2, b3) = Load(ref scores, 64);
        var (c0, c1, c2, c3) = Load(ref scores, 128);
        var (d0, d1, d2, d3) = Load(ref scores, 192);
        for (nuint j = 0; j < (nuint)width; j++)
        {
            var (x0, x1, x2, x3) = Load(ref rows, j * RowTile.Rows);
            var c = Vector512.Create(Unsafe.Add(ref centres, j * 4));
            a0 = Vector512.FusedMultiplyAdd(x0, c, a0);
            a1 = Vector512.FusedMultiplyAdd(x1, c, a1);
            a2 = Vector512.FusedMultiplyAdd(x2, c, a2);
            a3 = Vector512.FusedMultiplyAdd(x3, c, a3);
            c = Vector512.Create(Unsafe.Add(ref centres, j * 4 + 1));
            b0 = Vector512.FusedMultiplyAdd(x0, c, b0);
            b1 = Vector512.FusedMultiplyAdd(x1, c, b1);
            b2 = Vector512.FusedMultiplyAdd(x2, c, b2);
            b3 = Vector512.FusedMultiplyAdd(x3, c, b3);
            c = Vector512.Create(Unsafe.Add(ref centres, j * 4 + 2));
            c0 = Vector512.FusedMultiplyAdd(x0, c, c0);
            c1 = Vector512.FusedMultiplyAdd(x1, c, c1);
            c2 = Vector512.FusedMultiplyAdd(x2, c, c2);
            c3 = Vector512.FusedMultiplyAdd(x3, c, c3);
            c = Vector512.Create(Unsafe.Add(ref centres, j * 4 + 3));
            d0 = Vector512.FusedMultiplyAdd(x0, c, d0);
            d1 = Vector512.FusedMultiplyAdd(x1, c, d1);
            d2 = Vector512.FusedMultiplyAdd(x2, c, d2);
            d3 = Vector512.FusedMultiplyAdd(x3, c, d3);
        }

        Store(ref scores, 0, a0, a1, a2, a3);
        Store(ref scores, 64, b0, b1, b2, b3);
        Store(ref scores, 128, c0, c1, c2, c3);
        Store(ref scores, 192, d0, d1, d2, d3);
    }

    private static void AddTwo512(ref float rows, int width, ref float centres, ref float scores)
    {
        var (a0, a1, a2, a3) = Load(ref scores, 0);
        var (b0, b1, b2, b3) = Load(ref scores, 64);
        for (nuint j = 0; j < (nuint)width; j++)
        {
            var (x0, x1, x2, x3) = Load(ref rows, j * RowTile.Rows);
            var c = Vector512.Create(Unsafe.Add(ref centres, j * 2));
            a0 = Vector512.FusedMultiplyAdd(x0, c, a0);
            a1 = Vector512.FusedMultiplyAdd(x1, c, a1);
            a2 = Vector512.FusedMultiplyAdd(x2, c, a2);
            a3 = Vector512.FusedMultiplyAdd(x3, c, a3);
            c = Vector512.Create(Unsafe.Add(ref centres, j * 2 + 1));
            b0 = Vector512.FusedMultiplyAdd(x0, c, b0);
            b1 = Vector512.FusedMultiplyAdd(x1, c, b1);
            b2 = Vector512.FusedMultiplyAdd(x2, c, b2);
            b3 = Vector512.FusedMultiplyAdd(x3, c, b3);
        }

        Store(ref scores, 0, a0, a1, a2, a3);
        Store(ref scores, 64, b0, b1, b2, b3);
    }

    // The same on vectors of the machine's own width, two centres at a time by four vectors of rows.
    private static void AddGroup(ref float rows, int width, ref float centres, ref float scores, int size)
    {
        nuint w = (nuint)Vector<float>.Count, group = (nuint)size;
        for (nuint pair = 0; pair < group; pair += 2)
        {
            for (nuint lane = 0; lane < RowTile.Rows; lane += 4 * w)
            {
                nuint a = pair * RowTile.Rows + lane, b = a + RowTile.Rows;
                var (a0, a1) = (Vector.LoadUnsafe(ref scores, a), Vector.LoadUnsafe(ref scores, a + w));
                var (a2, a3) = (Vector.LoadUnsafe(ref scores, a + 2 * w), Vector.LoadUnsafe(ref scores, a + 3 * w));
                var (b0, b1) = (Vector.LoadUnsafe(ref scores, b), Vector.LoadUnsafe(ref scores, b + w));
                var (b2, b3) = (Vector.LoadUnsafe(ref scores, b + 2 * w), Vector.LoadUnsafe(ref scores, b + 3 * w));
                for (nuint j = 0; j < (nuint)width; j++)
                {
                    nuint at = j * RowTile.Rows + lane;
                    var (x0, x1) = (Vector.LoadUnsafe(ref rows, at), Vector.LoadUnsafe(ref rows, at + w));
                    var (x2, x3) = (Vector.LoadUnsafe(ref rows, at + 2 * w), Vector.LoadUnsafe(ref rows, at + 3 * w));
                    var c = new Vector<float>(Unsafe.Add(ref centres, j * group + pair));
                    a0 = Vector.MultiplyAddEstimate(x0, c, a0);
                    a1 = Vector.MultiplyAddEstimate(x1, c, a1);
                    a2 = Vector.MultiplyAddEstimate(x2, c, a2);
                    a3 = Vector.MultiplyAddEstimate(x3, c, a3);
                    c = new Vector<float>(Unsafe.Add(ref centres, j * group + pair + 1));
                    b0 = Vector.MultiplyAddEstimate(x0, c, b0);
                    b1 = Vector.MultiplyAddEstimate(x1, c, b1);
                    b2 = Vector.MultiplyAddEstimate(x2, c, b2);
                    b3 = Vector.MultiplyAddEstimate(x3, c, b3);
                }

                a0.StoreUnsafe(ref scores, a);
                a1.StoreUnsafe(ref scores, a + w);
                a2.StoreUnsafe(ref scores, a + 2 * w);
                a3.StoreUnsafe(ref scores, a + 3 * w);
                b0.StoreUnsafe(ref scores, b);
                b1.StoreUnsafe(ref scores, b + w);
                b2.StoreUnsafe(ref scores, b + 2 * w);
                b3.StoreUnsafe(ref scores, b + 3 * w);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) Load(ref float from, nuint at) => (
        Vector512.LoadUnsafe(ref from, at), Vector512.LoadUnsafe(ref from, at + 16),
        Vector512.LoadUnsafe(ref from, at + 32), Vector512.LoadUnsafe(ref from, at + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float to, nuint at, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.StoreUnsafe(ref to, at);
        v1.StoreUnsafe(ref to, at + 16);
        v2.StoreUnsafe(ref to, at + 32);
        v3.StoreUnsafe(ref to, at + 48);
    }
}
