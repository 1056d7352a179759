using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>The tiles that are one register wide.</summary>
internal static unsafe partial class GemmTiles
{
    /// <summary>A tile of one register of columns and 1 to 20 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow<V, T, THeight, TTraffic>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where THeight : struct, IHeight
        where TTraffic : struct, ITraffic
    {
        V c0a = default, c1a = default, c2a = default, c3a = default;
        V c4a = default, c5a = default, c6a = default, c7a = default;
        V c8a = default, c9a = default, c10a = default, c11a = default;
        V c12a = default, c13a = default, c14a = default, c15a = default;
        V c16a = default, c17a = default, c18a = default, c19a = default;
        nint row = tile.RowA * sizeof(T), row2 = 2 * row, row3 = 3 * row, stepA = tile.StepA * sizeof(T);
        byte* a = (byte*)tile.A;
        byte* a4 = a + 4 * row;
        byte* a8 = a + 8 * row;
        byte* a12 = a + 12 * row;
        byte* a16 = a + 16 * row;
        nint stepB = tile.StepB * sizeof(T);
        byte* b = (byte*)tile.B;
        nint ahead = StepsFarAhead * stepB + (V.Count - 1) * sizeof(T);
        // A step fetches a line of one of sixteen next rows: all of them in the steps that a line lasts.
        nint rowNext = tile.RowNext;
        T* next = tile.Next;
        int fetchedTo = rowNext != 0 ? tile.Steps - tile.Fetched : tile.Steps;
        if (TTraffic.Fetches) FetchTile<V, T>(tile, THeight.Rows);
        for (int k = tile.Steps; k != 0; k--)
        {
            var ba = V.Load((T*)b);
            if (TTraffic.Fetches)
            {
                Fetch(b + ahead);
                if (k > fetchedTo) FetchNext(next++ + (k & 15) * rowNext, 1);
            }

            V.MultiplyAdd((T*)a, ba, ref c0a);
            if (THeight.Rows > 1) V.MultiplyAdd((T*)(a + row), ba, ref c1a);
            if (THeight.Rows > 2) V.MultiplyAdd((T*)(a + row2), ba, ref c2a);
            if (THeight.Rows > 3) V.MultiplyAdd((T*)(a + row3), ba, ref c3a);
            if (THeight.Rows > 4) V.MultiplyAdd((T*)a4, ba, ref c4a);
            if (THeight.Rows > 5) V.MultiplyAdd((T*)(a4 + row), ba, ref c5a);
            if (THeight.Rows > 6) V.MultiplyAdd((T*)(a4 + row2), ba, ref c6a);
            if (THeight.Rows > 7) V.MultiplyAdd((T*)(a4 + row3), ba, ref c7a);
            if (THeight.Rows > 8) V.MultiplyAdd((T*)a8, ba, ref c8a);
            if (THeight.Rows > 9) V.MultiplyAdd((T*)(a8 + row), ba, ref c9a);
            if (THeight.Rows > 10) V.MultiplyAdd((T*)(a8 + row2), ba, ref c10a);
            if (THeight.Rows > 11) V.MultiplyAdd((T*)(a8 + row3), ba, ref c11a);
            if (THeight.Rows > 12)
            {
                V.MultiplyAdd((T*)a12, ba, ref c12a);
                V.MultiplyAdd((T*)(a12 + row), ba, ref c13a);
                V.MultiplyAdd((T*)(a12 + row2), ba, ref c14a);
                V.MultiplyAdd((T*)(a12 + row3), ba, ref c15a);
            }

            if (THeight.Rows > 16) V.MultiplyAdd((T*)a16, ba, ref c16a);
            if (THeight.Rows > 17) V.MultiplyAdd((T*)(a16 + row), ba, ref c17a);
            if (THeight.Rows > 18) V.MultiplyAdd((T*)(a16 + row2), ba, ref c18a);
            if (THeight.Rows > 19) V.MultiplyAdd((T*)(a16 + row3), ba, ref c19a);
            a += stepA;
            if (THeight.Rows > 4) a4 += stepA;
            if (THeight.Rows > 8) a8 += stepA;
            if (THeight.Rows > 12) a12 += stepA;
            if (THeight.Rows > 16) a16 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC, rowC2 = 2 * rowC, rowC3 = 3 * rowC;
        T* c4 = c + 4 * rowC;
        T* c8 = c4 + 4 * rowC;
        T* c12 = c8 + 4 * rowC;
        T* c16 = c12 + 4 * rowC;
        if (TTraffic.Fetches && tile.Adds)
        {
            c0a = V.Add(V.Load(c), c0a);
            if (THeight.Rows > 1) c1a = V.Add(V.Load(c + rowC), c1a);
            if (THeight.Rows > 2) c2a = V.Add(V.Load(c + rowC2), c2a);
            if (THeight.Rows > 3) c3a = V.Add(V.Load(c + rowC3), c3a);
            if (THeight.Rows > 4) c4a = V.Add(V.Load(c4), c4a);
            if (THeight.Rows > 5) c5a = V.Add(V.Load(c4 + rowC), c5a);
            if (THeight.Rows > 6) c6a = V.Add(V.Load(c4 + rowC2), c6a);
            if (THeight.Rows > 7) c7a = V.Add(V.Load(c4 + rowC3), c7a);
            if (THeight.Rows > 8) c8a = V.Add(V.Load(c8), c8a);
            if (THeight.Rows > 9) c9a = V.Add(V.Load(c8 + rowC), c9a);
            if (THeight.Rows > 10) c10a = V.Add(V.Load(c8 + rowC2), c10a);
            if (THeight.Rows > 11) c11a = V.Add(V.Load(c8 + rowC3), c11a);
            if (THeight.Rows > 12)
            {
                c12a = V.Add(V.Load(c12), c12a);
                c13a = V.Add(V.Load(c12 + rowC), c13a);
                c14a = V.Add(V.Load(c12 + rowC2), c14a);
                c15a = V.Add(V.Load(c12 + rowC3), c15a);
            }

            if (THeight.Rows > 16) c16a = V.Add(V.Load(c16), c16a);
            if (THeight.Rows > 17) c17a = V.Add(V.Load(c16 + rowC), c17a);
            if (THeight.Rows > 18) c18a = V.Add(V.Load(c16 + rowC2), c18a);
            if (THeight.Rows > 19) c19a = V.Add(V.Load(c16 + rowC3), c19a);
        }

        V.Store(c0a, c);
        if (THeight.Rows > 1) V.Store(c1a, c + rowC);
        if (THeight.Rows > 2) V.Store(c2a, c + rowC2);
        if (THeight.Rows > 3) V.Store(c3a, c + rowC3);
        if (THeight.Rows > 4) V.Store(c4a, c4);
        if (THeight.Rows > 5) V.Store(c5a, c4 + rowC);
        if (THeight.Rows > 6) V.Store(c6a, c4 + rowC2);
        if (THeight.Rows > 7) V.Store(c7a, c4 + rowC3);
        if (THeight.Rows > 8) V.Store(c8a, c8);
        if (THeight.Rows > 9) V.Store(c9a, c8 + rowC);
        if (THeight.Rows > 10) V.Store(c10a, c8 + rowC2);
        if (THeight.Rows > 11) V.Store(c11a, c8 + rowC3);
        if (THeight.Rows > 12)
        {
            V.Store(c12a, c12);
            V.Store(c13a, c12 + rowC);
            V.Store(c14a, c12 + rowC2);
            V.Store(c15a, c12 + rowC3);
        }

        if (THeight.Rows > 16) V.Store(c16a, c16);
        if (THeight.Rows > 17) V.Store(c17a, c16 + rowC);
        if (THeight.Rows > 18) V.Store(c18a, c16 + rowC2);
        if (THeight.Rows > 19) V.Store(c19a, c16 + rowC3);
    }
}
