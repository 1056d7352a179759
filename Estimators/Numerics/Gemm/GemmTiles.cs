using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>
/// The innermost loops of every matrix product: a tile of C stays in registers while k columns of A meet k rows of B. Each step multiplies a
/// column of the tile's rows of A, a number at a time spread over a register, by one or two registers of B.
/// </summary>
/// <remarks>
/// <para>
/// All tiles compute cᵢⱼ = Σ aᵢₚ bₚⱼ in the order of p, one fused multiply-add after the other. So an element does not depend on which tile
/// it is in, or on what is beside it.
/// </para>
/// <para>
/// Rows are written out, because registers cannot be indexed; those beyond a tile's height fall away when it is compiled. Tiles are compiled to
/// their best form at once: otherwise a method that runs long but is called seldom would stay slow for its first calls. Beside the
/// multiplications a step has as few instructions as possible, because adding to a pointer takes a multiplier's place: three distances reach four
/// rows from one pointer.
/// </para>
/// </remarks>
internal static unsafe partial class GemmTiles
{
    // Rows of B that lie far apart are not fetched ahead by the machine itself. Fetched earlier they would be gone again where they lie a
    // power of two apart. Tiles that are over sooner look further.
    private const int StepsAhead = 8;
    private const int StepsFarAhead = 16;

    // The largest tile fetches what it will want a row at a time, spread over its steps; few steps are over before that would help.
    private const int LeastPart = 16;
    private const int LeastToFetch = 48;
    private const int CacheLine = 64;

    /// <summary>A tile of two registers of columns and 1 to 12 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide<V, T, THeight, TTraffic>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where THeight : struct, IHeight
        where TTraffic : struct, ITraffic
    {
        V c0a = default, c0b = default;
        V c1a = default, c1b = default;
        V c2a = default, c2b = default;
        V c3a = default, c3b = default;
        V c4a = default, c4b = default;
        V c5a = default, c5b = default;
        V c6a = default, c6b = default;
        V c7a = default, c7b = default;
        V c8a = default, c8b = default;
        V c9a = default, c9b = default;
        V c10a = default, c10b = default;
        V c11a = default, c11b = default;
        nint row = tile.RowA * sizeof(T), row2 = 2 * row, row3 = 3 * row, stepA = tile.StepA * sizeof(T);
        byte* a = (byte*)tile.A;
        byte* a4 = a + 4 * row;
        byte* a8 = a + 8 * row;
        nint stepB = tile.StepB * sizeof(T);
        byte* b = (byte*)tile.B;
        nint second = tile.SecondB * sizeof(T), ahead = StepsAhead * stepB, secondAhead = ahead + second;
        T* copy = tile.Copy, wanted = tile.C, next = tile.Next;
        nint rowNext = tile.RowNext;
        int part = TTraffic.Fetches ? Math.Max(tile.Steps / THeight.Rows + 1, LeastPart) : tile.Steps;
        for (int left = tile.Steps; left > 0; left -= part)
        {
            if (TTraffic.Fetches)
            {
                if (rowNext != 0) FetchNext(next, tile.Fetched);
                FetchRow<V, T>(wanted, tile.SecondC);
                wanted += tile.RowC;
                next += rowNext;
            }

            for (int k = Math.Min(left, part); k != 0; k--)
            {
                var ba = V.Load((T*)b);
                var bb = V.Load((T*)(b + second));
                if (TTraffic.Copies)
                {
                    V.Store(ba, copy);
                    V.Store(bb, copy + V.Count);
                    copy += 2 * V.Count;
                    Fetch(b + secondAhead + (V.Count - 1) * sizeof(T));
                }

                if (TTraffic.Fetches)
                {
                    Fetch(b + ahead);
                    Fetch(b + secondAhead);
                }

                var x0 = V.Broadcast(*(T*)a);
                V.MultiplyAdd(x0, ba, ref c0a);
                V.MultiplyAdd(x0, bb, ref c0b);

                if (THeight.Rows > 1)
                {
                    var x1 = V.Broadcast(*(T*)(a + row));
                    V.MultiplyAdd(x1, ba, ref c1a);
                    V.MultiplyAdd(x1, bb, ref c1b);
                }

                if (THeight.Rows > 2)
                {
                    var x2 = V.Broadcast(*(T*)(a + row2));
                    V.MultiplyAdd(x2, ba, ref c2a);
                    V.MultiplyAdd(x2, bb, ref c2b);
                }

                if (THeight.Rows > 3)
                {
                    var x3 = V.Broadcast(*(T*)(a + row3));
                    V.MultiplyAdd(x3, ba, ref c3a);
                    V.MultiplyAdd(x3, bb, ref c3b);
                }

                if (THeight.Rows > 4)
                {
                    var x4 = V.Broadcast(*(T*)a4);
                    V.MultiplyAdd(x4, ba, ref c4a);
                    V.MultiplyAdd(x4, bb, ref c4b);
                }

                if (THeight.Rows > 5)
                {
                    var x5 = V.Broadcast(*(T*)(a4 + row));
                    V.MultiplyAdd(x5, ba, ref c5a);
                    V.MultiplyAdd(x5, bb, ref c5b);
                }

                if (THeight.Rows > 6)
                {
                    var x6 = V.Broadcast(*(T*)(a4 + row2));
                    V.MultiplyAdd(x6, ba, ref c6a);
                    V.MultiplyAdd(x6, bb, ref c6b);
                }

                if (THeight.Rows > 7)
                {
                    var x7 = V.Broadcast(*(T*)(a4 + row3));
                    V.MultiplyAdd(x7, ba, ref c7a);
                    V.MultiplyAdd(x7, bb, ref c7b);
                }

                if (THeight.Rows > 8)
                {
                    var x8 = V.Broadcast(*(T*)a8);
                    V.MultiplyAdd(x8, ba, ref c8a);
                    V.MultiplyAdd(x8, bb, ref c8b);
                }

                if (THeight.Rows > 9)
                {
                    var x9 = V.Broadcast(*(T*)(a8 + row));
                    V.MultiplyAdd(x9, ba, ref c9a);
                    V.MultiplyAdd(x9, bb, ref c9b);
                }

                if (THeight.Rows > 10)
                {
                    var x10 = V.Broadcast(*(T*)(a8 + row2));
                    V.MultiplyAdd(x10, ba, ref c10a);
                    V.MultiplyAdd(x10, bb, ref c10b);
                }

                if (THeight.Rows > 11)
                {
                    var x11 = V.Broadcast(*(T*)(a8 + row3));
                    V.MultiplyAdd(x11, ba, ref c11a);
                    V.MultiplyAdd(x11, bb, ref c11b);
                }

                a += stepA;
                if (THeight.Rows > 4) a4 += stepA;
                if (THeight.Rows > 8) a8 += stepA;
                b += stepB;
            }
        }

        T* c = tile.C;
        nint rowC = tile.RowC, rowC2 = 2 * rowC, rowC3 = 3 * rowC, secondC = tile.SecondC;
        T* c4 = c + 4 * rowC;
        T* c8 = c4 + 4 * rowC;
        if (TTraffic.Fetches && tile.Adds)
        {
            c0a = V.Add(V.Load(c), c0a);
            c0b = V.Add(V.Load(c + secondC), c0b);

            if (THeight.Rows > 1)
            {
                c1a = V.Add(V.Load(c + rowC), c1a);
                c1b = V.Add(V.Load(c + rowC + secondC), c1b);
            }

            if (THeight.Rows > 2)
            {
                c2a = V.Add(V.Load(c + rowC2), c2a);
                c2b = V.Add(V.Load(c + rowC2 + secondC), c2b);
            }

            if (THeight.Rows > 3)
            {
                c3a = V.Add(V.Load(c + rowC3), c3a);
                c3b = V.Add(V.Load(c + rowC3 + secondC), c3b);
            }

            if (THeight.Rows > 4)
            {
                c4a = V.Add(V.Load(c4), c4a);
                c4b = V.Add(V.Load(c4 + secondC), c4b);
            }

            if (THeight.Rows > 5)
            {
                c5a = V.Add(V.Load(c4 + rowC), c5a);
                c5b = V.Add(V.Load(c4 + rowC + secondC), c5b);
            }

            if (THeight.Rows > 6)
            {
                c6a = V.Add(V.Load(c4 + rowC2), c6a);
                c6b = V.Add(V.Load(c4 + rowC2 + secondC), c6b);
            }

            if (THeight.Rows > 7)
            {
                c7a = V.Add(V.Load(c4 + rowC3), c7a);
                c7b = V.Add(V.Load(c4 + rowC3 + secondC), c7b);
            }

            if (THeight.Rows > 8)
            {
                c8a = V.Add(V.Load(c8), c8a);
                c8b = V.Add(V.Load(c8 + secondC), c8b);
            }

            if (THeight.Rows > 9)
            {
                c9a = V.Add(V.Load(c8 + rowC), c9a);
                c9b = V.Add(V.Load(c8 + rowC + secondC), c9b);
            }

            if (THeight.Rows > 10)
            {
                c10a = V.Add(V.Load(c8 + rowC2), c10a);
                c10b = V.Add(V.Load(c8 + rowC2 + secondC), c10b);
            }

            if (THeight.Rows > 11)
            {
                c11a = V.Add(V.Load(c8 + rowC3), c11a);
                c11b = V.Add(V.Load(c8 + rowC3 + secondC), c11b);
            }
        }

        V.Store(c0a, c);
        V.Store(c0b, c + secondC);

        if (THeight.Rows > 1)
        {
            V.Store(c1a, c + rowC);
            V.Store(c1b, c + rowC + secondC);
        }

        if (THeight.Rows > 2)
        {
            V.Store(c2a, c + rowC2);
            V.Store(c2b, c + rowC2 + secondC);
        }

        if (THeight.Rows > 3)
        {
            V.Store(c3a, c + rowC3);
            V.Store(c3b, c + rowC3 + secondC);
        }

        if (THeight.Rows > 4)
        {
            V.Store(c4a, c4);
            V.Store(c4b, c4 + secondC);
        }

        if (THeight.Rows > 5)
        {
            V.Store(c5a, c4 + rowC);
            V.Store(c5b, c4 + rowC + secondC);
        }

        if (THeight.Rows > 6)
        {
            V.Store(c6a, c4 + rowC2);
            V.Store(c6b, c4 + rowC2 + secondC);
        }

        if (THeight.Rows > 7)
        {
            V.Store(c7a, c4 + rowC3);
            V.Store(c7b, c4 + rowC3 + secondC);
        }

        if (THeight.Rows > 8)
        {
            V.Store(c8a, c8);
            V.Store(c8b, c8 + secondC);
        }

        if (THeight.Rows > 9)
        {
            V.Store(c9a, c8 + rowC);
            V.Store(c9b, c8 + rowC + secondC);
        }

        if (THeight.Rows > 10)
        {
            V.Store(c10a, c8 + rowC2);
            V.Store(c10b, c8 + rowC2 + secondC);
        }

        if (THeight.Rows > 11)
        {
            V.Store(c11a, c8 + rowC3);
            V.Store(c11b, c8 + rowC3 + secondC);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }

    // Two registers take three lines of the cache where they do not start with one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchRow<V, T>(T* row, nint second)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Fetch(row);
        Fetch(row + second);
        Fetch(row + second + V.Count - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchNext<T>(T* row, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Sse.IsSupported) return;
        for (byte* line = (byte*)row, end = (byte*)(row + count); line < end; line += CacheLine) Sse.Prefetch1(line);
    }

    // The tile of C is wanted when the sums are done; by then it has come.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchTile<V, T>(in GemmTile<T> tile, int rows)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tile.Steps < LeastToFetch) return;
        T* c = tile.C;
        for (int i = 0; i < rows; i++, c += tile.RowC) FetchRow<V, T>(c, tile.SecondC);
    }
}
