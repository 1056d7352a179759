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

    /// <summary>A copy without gaps of the tile's columns of B, row after row, which a tile that copies B writes.</summary>
    public T* Copy;

    /// <summary>Row i of the tile starts at C[i RowC]; its second register lies SecondC after that.</summary>
    public T* C;
    public nint RowC, SecondC;

    /// <summary>Rows that are wanted soon, RowNext apart (0 for none), of which the first Fetched numbers are fetched to the second-level cache.</summary>
    public T* Next;
    public nint RowNext;
    public int Fetched;
}

/// <summary>What a tile does beside its multiplications: known when it is compiled.</summary>
internal interface ITraffic
{
    /// <summary>Whether what is read of B is also written side by side, for the tiles that follow.</summary>
    static abstract bool Copies { get; }

    /// <summary>Whether what is wanted soon is fetched: not where all lies in the first-level cache.</summary>
    static abstract bool Fetches { get; }
}

/// <inheritdoc cref="ITraffic"/>
internal readonly struct CopiesB : ITraffic
{
    public static bool Copies => true;

    public static bool Fetches => true;
}

/// <inheritdoc cref="ITraffic"/>
internal readonly struct LeavesB : ITraffic
{
    public static bool Copies => false;

    public static bool Fetches => true;
}

/// <summary>Nothing: B is near, and A is, or follows in order. C is only written, and what the tile says of more to fetch, of a copy of B or of adding is not read.</summary>
internal readonly struct NearB : ITraffic
{
    public static bool Copies => false;

    public static bool Fetches => false;
}

/// <summary>How many rows a tile has, or columns: known when a tile is compiled, so that each height is compiled for itself.</summary>
internal interface IHeight
{
    static abstract int Rows { get; }
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows1 : IHeight
{
    public static int Rows => 1;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows2 : IHeight
{
    public static int Rows => 2;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows3 : IHeight
{
    public static int Rows => 3;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows4 : IHeight
{
    public static int Rows => 4;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows5 : IHeight
{
    public static int Rows => 5;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows6 : IHeight
{
    public static int Rows => 6;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows7 : IHeight
{
    public static int Rows => 7;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows8 : IHeight
{
    public static int Rows => 8;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows9 : IHeight
{
    public static int Rows => 9;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows10 : IHeight
{
    public static int Rows => 10;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows11 : IHeight
{
    public static int Rows => 11;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows12 : IHeight
{
    public static int Rows => 12;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows14 : IHeight
{
    public static int Rows => 14;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows16 : IHeight
{
    public static int Rows => 16;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows17 : IHeight
{
    public static int Rows => 17;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows18 : IHeight
{
    public static int Rows => 18;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows19 : IHeight
{
    public static int Rows => 19;
}

/// <inheritdoc cref="IHeight"/>
internal readonly struct Rows20 : IHeight
{
    public static int Rows => 20;
}
