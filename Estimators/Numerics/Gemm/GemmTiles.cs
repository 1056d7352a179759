using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>What a tile of C is computed from, and where it goes.</summary>
internal unsafe struct GemmTile<T>
    where T : unmanaged
{
    /// <summary>k, the number of terms of an element.</summary>
    public int Steps;

    /// <summary>Whether to add to C or to overwrite it.</summary>
    public bool Adds;

    /// <summary>Element (i, p) of the tile's rows of A lies at A[i RowA + p StepA].</summary>
    public T* A;
    public nint RowA, StepA;

    /// <summary>Row p of the tile's columns of B starts at B[p StepB]; its second register lies SecondB after that.</summary>
    public T* B;
    public nint StepB, SecondB;

    /// <summary>Where a tile that copies B writes it, row after row, without gaps.</summary>
    public T* Copy;

    /// <summary>Row i of the tile starts at C[i RowC]; its second register lies SecondC after that.</summary>
    public T* C;
    public nint RowC, SecondC;

    /// <summary>Rows that are wanted soon, RowNext apart, of which the first numbers are fetched to the second-level cache.</summary>
    public T* Next;
    public nint RowNext;
}

/// <summary>Whether a tile also writes what it reads of B side by side, for the tiles that follow: known when a tile is compiled.</summary>
internal interface ICopying
{
    static abstract bool Copies { get; }
}

/// <inheritdoc cref="ICopying"/>
internal readonly struct CopiesB : ICopying
{
    public static bool Copies => true;
}

/// <inheritdoc cref="ICopying"/>
internal readonly struct LeavesB : ICopying
{
    public static bool Copies => false;
}

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
/// One tile is written out for each number of rows, because registers cannot be indexed. They are compiled to their best form at once:
/// otherwise a method that runs long but is called seldom would stay slow for its first calls.
/// </para>
/// </remarks>
internal static unsafe class GemmTiles
{
    // Rows of B that lie far apart are not fetched ahead by the machine itself. Fetched earlier they would be gone again where they lie a
    // power of two apart. Tiles that are over sooner look further.
    private const int StepsAhead = 8;
    private const int StepsFarAhead = 16;

    // The largest tile fetches what it will want a row at a time, spread over its steps; few steps are over before that would help.
    private const int LeastPart = 16;
    private const int LeastToFetch = 48;

    /// <summary>A tile of 12 rows and two registers of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x2<V, T, TCopy>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TCopy : struct, ICopying
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
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB, secondB = tile.SecondB;
        T* a = tile.A, b = tile.B, copy = tile.Copy;
        T* a3 = a + 3 * rowA;
        T* a6 = a + 6 * rowA;
        T* a9 = a + 9 * rowA;
        int part = Math.Max(tile.Steps / 12 + 1, LeastPart);
        T* wanted = tile.C, next = tile.Next;
        for (int k = tile.Steps; k > 0;)
        {
            FetchRow<V, T>(wanted, tile.SecondC);
            FetchNext<V, T>(next);
            wanted += tile.RowC;
            next += tile.RowNext;
            int rest = Math.Max(k - part, 0);
            for (; k > rest; k--)
            {
                var ba = V.Load(b);
                var bb = V.Load(b + secondB);
                if (TCopy.Copies)
                {
                    V.Store(ba, copy);
                    V.Store(bb, copy + V.Count);
                    copy += 2 * V.Count;
                    FetchRow<V, T>(b + StepsAhead * stepB, secondB);
                }
                else
                {
                    Fetch(b + StepsAhead * stepB);
                    Fetch(b + StepsAhead * stepB + secondB);
                }

                var x0 = V.Broadcast(*a);
                c0a = V.MultiplyAdd(x0, ba, c0a);
                c0b = V.MultiplyAdd(x0, bb, c0b);
                var x1 = V.Broadcast(a[rowA]);
                c1a = V.MultiplyAdd(x1, ba, c1a);
                c1b = V.MultiplyAdd(x1, bb, c1b);
                var x2 = V.Broadcast(*(a + 2 * rowA));
                c2a = V.MultiplyAdd(x2, ba, c2a);
                c2b = V.MultiplyAdd(x2, bb, c2b);
                var x3 = V.Broadcast(*a3);
                c3a = V.MultiplyAdd(x3, ba, c3a);
                c3b = V.MultiplyAdd(x3, bb, c3b);
                var x4 = V.Broadcast(a3[rowA]);
                c4a = V.MultiplyAdd(x4, ba, c4a);
                c4b = V.MultiplyAdd(x4, bb, c4b);
                var x5 = V.Broadcast(*(a3 + 2 * rowA));
                c5a = V.MultiplyAdd(x5, ba, c5a);
                c5b = V.MultiplyAdd(x5, bb, c5b);
                var x6 = V.Broadcast(*a6);
                c6a = V.MultiplyAdd(x6, ba, c6a);
                c6b = V.MultiplyAdd(x6, bb, c6b);
                var x7 = V.Broadcast(a6[rowA]);
                c7a = V.MultiplyAdd(x7, ba, c7a);
                c7b = V.MultiplyAdd(x7, bb, c7b);
                var x8 = V.Broadcast(*(a6 + 2 * rowA));
                c8a = V.MultiplyAdd(x8, ba, c8a);
                c8b = V.MultiplyAdd(x8, bb, c8b);
                var x9 = V.Broadcast(*a9);
                c9a = V.MultiplyAdd(x9, ba, c9a);
                c9b = V.MultiplyAdd(x9, bb, c9b);
                var x10 = V.Broadcast(a9[rowA]);
                c10a = V.MultiplyAdd(x10, ba, c10a);
                c10b = V.MultiplyAdd(x10, bb, c10b);
                var x11 = V.Broadcast(*(a9 + 2 * rowA));
                c11a = V.MultiplyAdd(x11, ba, c11a);
                c11b = V.MultiplyAdd(x11, bb, c11b);
                a += stepA;
                a3 += stepA;
                a6 += stepA;
                a9 += stepA;
                b += stepB;
            }
        }

        T* c = tile.C;
        nint rowC = tile.RowC, secondC = tile.SecondC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c0b, c + secondC, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c1b, c + rowC + secondC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c2b, c + 2 * rowC + secondC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c3b, c + 3 * rowC + secondC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c4b, c + 4 * rowC + secondC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
        Put<V, T>(c5b, c + 5 * rowC + secondC, adds);
        Put<V, T>(c6a, c + 6 * rowC, adds);
        Put<V, T>(c6b, c + 6 * rowC + secondC, adds);
        Put<V, T>(c7a, c + 7 * rowC, adds);
        Put<V, T>(c7b, c + 7 * rowC + secondC, adds);
        Put<V, T>(c8a, c + 8 * rowC, adds);
        Put<V, T>(c8b, c + 8 * rowC + secondC, adds);
        Put<V, T>(c9a, c + 9 * rowC, adds);
        Put<V, T>(c9b, c + 9 * rowC + secondC, adds);
        Put<V, T>(c10a, c + 10 * rowC, adds);
        Put<V, T>(c10b, c + 10 * rowC + secondC, adds);
        Put<V, T>(c11a, c + 11 * rowC, adds);
        Put<V, T>(c11b, c + 11 * rowC + secondC, adds);
    }

    /// <summary>A tile of 8 rows and two registers of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<V, T, TCopy>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TCopy : struct, ICopying
    {
        V c0a = default, c0b = default;
        V c1a = default, c1b = default;
        V c2a = default, c2b = default;
        V c3a = default, c3b = default;
        V c4a = default, c4b = default;
        V c5a = default, c5b = default;
        V c6a = default, c6b = default;
        V c7a = default, c7b = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB, secondB = tile.SecondB;
        T* a = tile.A, b = tile.B, copy = tile.Copy;
        T* a3 = a + 3 * rowA;
        T* a6 = a + 6 * rowA;
        FetchTile<V, T>(tile, 8);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            var bb = V.Load(b + secondB);
            if (TCopy.Copies)
            {
                V.Store(ba, copy);
                V.Store(bb, copy + V.Count);
                copy += 2 * V.Count;
                FetchRow<V, T>(b + StepsAhead * stepB, secondB);
            }
            else
            {
                Fetch(b + StepsAhead * stepB);
                Fetch(b + StepsAhead * stepB + secondB);
            }

            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            c0b = V.MultiplyAdd(x0, bb, c0b);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            c1b = V.MultiplyAdd(x1, bb, c1b);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            c2b = V.MultiplyAdd(x2, bb, c2b);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            c3b = V.MultiplyAdd(x3, bb, c3b);
            var x4 = V.Broadcast(a3[rowA]);
            c4a = V.MultiplyAdd(x4, ba, c4a);
            c4b = V.MultiplyAdd(x4, bb, c4b);
            var x5 = V.Broadcast(*(a3 + 2 * rowA));
            c5a = V.MultiplyAdd(x5, ba, c5a);
            c5b = V.MultiplyAdd(x5, bb, c5b);
            var x6 = V.Broadcast(*a6);
            c6a = V.MultiplyAdd(x6, ba, c6a);
            c6b = V.MultiplyAdd(x6, bb, c6b);
            var x7 = V.Broadcast(a6[rowA]);
            c7a = V.MultiplyAdd(x7, ba, c7a);
            c7b = V.MultiplyAdd(x7, bb, c7b);
            a += stepA;
            a3 += stepA;
            a6 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC, secondC = tile.SecondC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c0b, c + secondC, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c1b, c + rowC + secondC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c2b, c + 2 * rowC + secondC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c3b, c + 3 * rowC + secondC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c4b, c + 4 * rowC + secondC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
        Put<V, T>(c5b, c + 5 * rowC + secondC, adds);
        Put<V, T>(c6a, c + 6 * rowC, adds);
        Put<V, T>(c6b, c + 6 * rowC + secondC, adds);
        Put<V, T>(c7a, c + 7 * rowC, adds);
        Put<V, T>(c7b, c + 7 * rowC + secondC, adds);
    }

    /// <summary>A tile of 6 rows and two registers of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x2<V, T, TCopy>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TCopy : struct, ICopying
    {
        V c0a = default, c0b = default;
        V c1a = default, c1b = default;
        V c2a = default, c2b = default;
        V c3a = default, c3b = default;
        V c4a = default, c4b = default;
        V c5a = default, c5b = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB, secondB = tile.SecondB;
        T* a = tile.A, b = tile.B, copy = tile.Copy;
        T* a3 = a + 3 * rowA;
        FetchTile<V, T>(tile, 6);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            var bb = V.Load(b + secondB);
            if (TCopy.Copies)
            {
                V.Store(ba, copy);
                V.Store(bb, copy + V.Count);
                copy += 2 * V.Count;
                FetchRow<V, T>(b + StepsAhead * stepB, secondB);
            }
            else
            {
                Fetch(b + StepsAhead * stepB);
                Fetch(b + StepsAhead * stepB + secondB);
            }

            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            c0b = V.MultiplyAdd(x0, bb, c0b);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            c1b = V.MultiplyAdd(x1, bb, c1b);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            c2b = V.MultiplyAdd(x2, bb, c2b);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            c3b = V.MultiplyAdd(x3, bb, c3b);
            var x4 = V.Broadcast(a3[rowA]);
            c4a = V.MultiplyAdd(x4, ba, c4a);
            c4b = V.MultiplyAdd(x4, bb, c4b);
            var x5 = V.Broadcast(*(a3 + 2 * rowA));
            c5a = V.MultiplyAdd(x5, ba, c5a);
            c5b = V.MultiplyAdd(x5, bb, c5b);
            a += stepA;
            a3 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC, secondC = tile.SecondC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c0b, c + secondC, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c1b, c + rowC + secondC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c2b, c + 2 * rowC + secondC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c3b, c + 3 * rowC + secondC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c4b, c + 4 * rowC + secondC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
        Put<V, T>(c5b, c + 5 * rowC + secondC, adds);
    }

    /// <summary>A tile of 4 rows and two registers of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2<V, T>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V c0a = default, c0b = default;
        V c1a = default, c1b = default;
        V c2a = default, c2b = default;
        V c3a = default, c3b = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB, secondB = tile.SecondB;
        T* a = tile.A, b = tile.B;
        T* a3 = a + 3 * rowA;
        FetchTile<V, T>(tile, 4);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            var bb = V.Load(b + secondB);
            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            c0b = V.MultiplyAdd(x0, bb, c0b);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            c1b = V.MultiplyAdd(x1, bb, c1b);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            c2b = V.MultiplyAdd(x2, bb, c2b);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            c3b = V.MultiplyAdd(x3, bb, c3b);
            a += stepA;
            a3 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC, secondC = tile.SecondC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c0b, c + secondC, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c1b, c + rowC + secondC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c2b, c + 2 * rowC + secondC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c3b, c + 3 * rowC + secondC, adds);
    }

    /// <summary>A tile of 16 rows and one register of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile16x1<V, T>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V c0a = default;
        V c1a = default;
        V c2a = default;
        V c3a = default;
        V c4a = default;
        V c5a = default;
        V c6a = default;
        V c7a = default;
        V c8a = default;
        V c9a = default;
        V c10a = default;
        V c11a = default;
        V c12a = default;
        V c13a = default;
        V c14a = default;
        V c15a = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB;
        T* a = tile.A, b = tile.B;
        T* a3 = a + 3 * rowA;
        T* a6 = a + 6 * rowA;
        T* a9 = a + 9 * rowA;
        T* a12 = a + 12 * rowA;
        T* a15 = a + 15 * rowA;
        FetchTile<V, T>(tile, 16);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            Fetch(b + StepsFarAhead * stepB + V.Count - 1);
            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            var x4 = V.Broadcast(a3[rowA]);
            c4a = V.MultiplyAdd(x4, ba, c4a);
            var x5 = V.Broadcast(*(a3 + 2 * rowA));
            c5a = V.MultiplyAdd(x5, ba, c5a);
            var x6 = V.Broadcast(*a6);
            c6a = V.MultiplyAdd(x6, ba, c6a);
            var x7 = V.Broadcast(a6[rowA]);
            c7a = V.MultiplyAdd(x7, ba, c7a);
            var x8 = V.Broadcast(*(a6 + 2 * rowA));
            c8a = V.MultiplyAdd(x8, ba, c8a);
            var x9 = V.Broadcast(*a9);
            c9a = V.MultiplyAdd(x9, ba, c9a);
            var x10 = V.Broadcast(a9[rowA]);
            c10a = V.MultiplyAdd(x10, ba, c10a);
            var x11 = V.Broadcast(*(a9 + 2 * rowA));
            c11a = V.MultiplyAdd(x11, ba, c11a);
            var x12 = V.Broadcast(*a12);
            c12a = V.MultiplyAdd(x12, ba, c12a);
            var x13 = V.Broadcast(a12[rowA]);
            c13a = V.MultiplyAdd(x13, ba, c13a);
            var x14 = V.Broadcast(*(a12 + 2 * rowA));
            c14a = V.MultiplyAdd(x14, ba, c14a);
            var x15 = V.Broadcast(*a15);
            c15a = V.MultiplyAdd(x15, ba, c15a);
            a += stepA;
            a3 += stepA;
            a6 += stepA;
            a9 += stepA;
            a12 += stepA;
            a15 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
        Put<V, T>(c6a, c + 6 * rowC, adds);
        Put<V, T>(c7a, c + 7 * rowC, adds);
        Put<V, T>(c8a, c + 8 * rowC, adds);
        Put<V, T>(c9a, c + 9 * rowC, adds);
        Put<V, T>(c10a, c + 10 * rowC, adds);
        Put<V, T>(c11a, c + 11 * rowC, adds);
        Put<V, T>(c12a, c + 12 * rowC, adds);
        Put<V, T>(c13a, c + 13 * rowC, adds);
        Put<V, T>(c14a, c + 14 * rowC, adds);
        Put<V, T>(c15a, c + 15 * rowC, adds);
    }

    /// <summary>A tile of 12 rows and one register of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x1<V, T>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V c0a = default;
        V c1a = default;
        V c2a = default;
        V c3a = default;
        V c4a = default;
        V c5a = default;
        V c6a = default;
        V c7a = default;
        V c8a = default;
        V c9a = default;
        V c10a = default;
        V c11a = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB;
        T* a = tile.A, b = tile.B;
        T* a3 = a + 3 * rowA;
        T* a6 = a + 6 * rowA;
        T* a9 = a + 9 * rowA;
        FetchTile<V, T>(tile, 12);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            Fetch(b + StepsFarAhead * stepB + V.Count - 1);
            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            var x4 = V.Broadcast(a3[rowA]);
            c4a = V.MultiplyAdd(x4, ba, c4a);
            var x5 = V.Broadcast(*(a3 + 2 * rowA));
            c5a = V.MultiplyAdd(x5, ba, c5a);
            var x6 = V.Broadcast(*a6);
            c6a = V.MultiplyAdd(x6, ba, c6a);
            var x7 = V.Broadcast(a6[rowA]);
            c7a = V.MultiplyAdd(x7, ba, c7a);
            var x8 = V.Broadcast(*(a6 + 2 * rowA));
            c8a = V.MultiplyAdd(x8, ba, c8a);
            var x9 = V.Broadcast(*a9);
            c9a = V.MultiplyAdd(x9, ba, c9a);
            var x10 = V.Broadcast(a9[rowA]);
            c10a = V.MultiplyAdd(x10, ba, c10a);
            var x11 = V.Broadcast(*(a9 + 2 * rowA));
            c11a = V.MultiplyAdd(x11, ba, c11a);
            a += stepA;
            a3 += stepA;
            a6 += stepA;
            a9 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
        Put<V, T>(c6a, c + 6 * rowC, adds);
        Put<V, T>(c7a, c + 7 * rowC, adds);
        Put<V, T>(c8a, c + 8 * rowC, adds);
        Put<V, T>(c9a, c + 9 * rowC, adds);
        Put<V, T>(c10a, c + 10 * rowC, adds);
        Put<V, T>(c11a, c + 11 * rowC, adds);
    }

    /// <summary>A tile of 8 rows and one register of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1<V, T>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V c0a = default;
        V c1a = default;
        V c2a = default;
        V c3a = default;
        V c4a = default;
        V c5a = default;
        V c6a = default;
        V c7a = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB;
        T* a = tile.A, b = tile.B;
        T* a3 = a + 3 * rowA;
        T* a6 = a + 6 * rowA;
        FetchTile<V, T>(tile, 8);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            Fetch(b + StepsFarAhead * stepB + V.Count - 1);
            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            var x4 = V.Broadcast(a3[rowA]);
            c4a = V.MultiplyAdd(x4, ba, c4a);
            var x5 = V.Broadcast(*(a3 + 2 * rowA));
            c5a = V.MultiplyAdd(x5, ba, c5a);
            var x6 = V.Broadcast(*a6);
            c6a = V.MultiplyAdd(x6, ba, c6a);
            var x7 = V.Broadcast(a6[rowA]);
            c7a = V.MultiplyAdd(x7, ba, c7a);
            a += stepA;
            a3 += stepA;
            a6 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
        Put<V, T>(c6a, c + 6 * rowC, adds);
        Put<V, T>(c7a, c + 7 * rowC, adds);
    }

    /// <summary>A tile of 6 rows and one register of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x1<V, T>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V c0a = default;
        V c1a = default;
        V c2a = default;
        V c3a = default;
        V c4a = default;
        V c5a = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB;
        T* a = tile.A, b = tile.B;
        T* a3 = a + 3 * rowA;
        FetchTile<V, T>(tile, 6);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            Fetch(b + StepsFarAhead * stepB + V.Count - 1);
            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            var x4 = V.Broadcast(a3[rowA]);
            c4a = V.MultiplyAdd(x4, ba, c4a);
            var x5 = V.Broadcast(*(a3 + 2 * rowA));
            c5a = V.MultiplyAdd(x5, ba, c5a);
            a += stepA;
            a3 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
        Put<V, T>(c4a, c + 4 * rowC, adds);
        Put<V, T>(c5a, c + 5 * rowC, adds);
    }

    /// <summary>A tile of 4 rows and one register of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x1<V, T>(in GemmTile<T> tile)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V c0a = default;
        V c1a = default;
        V c2a = default;
        V c3a = default;
        nint rowA = tile.RowA, stepA = tile.StepA, stepB = tile.StepB;
        T* a = tile.A, b = tile.B;
        T* a3 = a + 3 * rowA;
        FetchTile<V, T>(tile, 4);
        for (int k = tile.Steps; k > 0; k--)
        {
            var ba = V.Load(b);
            Fetch(b + StepsFarAhead * stepB + V.Count - 1);
            var x0 = V.Broadcast(*a);
            c0a = V.MultiplyAdd(x0, ba, c0a);
            var x1 = V.Broadcast(a[rowA]);
            c1a = V.MultiplyAdd(x1, ba, c1a);
            var x2 = V.Broadcast(*(a + 2 * rowA));
            c2a = V.MultiplyAdd(x2, ba, c2a);
            var x3 = V.Broadcast(*a3);
            c3a = V.MultiplyAdd(x3, ba, c3a);
            a += stepA;
            a3 += stepA;
            b += stepB;
        }

        T* c = tile.C;
        nint rowC = tile.RowC;
        bool adds = tile.Adds;
        Put<V, T>(c0a, c, adds);
        Put<V, T>(c1a, c + rowC, adds);
        Put<V, T>(c2a, c + 2 * rowC, adds);
        Put<V, T>(c3a, c + 3 * rowC, adds);
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
    private static void FetchNext<V, T>(T* row)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch1(row);
        Sse.Prefetch1(row + V.Count);
        Sse.Prefetch1(row + 2 * V.Count);
        Sse.Prefetch1(row + 3 * V.Count);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V, T>(V value, T* to, bool adds)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> =>
        V.Store(adds ? V.Add(V.Load(to), value) : value, to);
}
