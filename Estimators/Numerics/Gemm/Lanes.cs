using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>A register of numbers side by side: what a tile of a matrix product is written in, once for every width and type.</summary>
/// <typeparam name="TSelf">The register.</typeparam>
/// <typeparam name="T">A lane, float or double.</typeparam>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>How many rows of C the largest tile covers: as many as leave two columns of registers for B and one for A.</summary>
    static abstract int TileRows { get; }

    static abstract TSelf Load(T* from);

    static abstract TSelf Broadcast(T value);

    /// <summary>Adds a b to the sum in every lane, rounded once where the machine can, as <see cref="INumberBase{T}.MultiplyAddEstimate"/> does.</summary>
    /// <remarks>The sum is changed in place: a product that is returned costs another move between registers.</remarks>
    static abstract void MultiplyAdd(TSelf a, TSelf b, ref TSelf sum);

    /// <summary>The same with one number for all lanes, which is read as part of the multiplication.</summary>
    static abstract void MultiplyAdd(T* a, TSelf b, ref TSelf sum);

    static abstract TSelf Add(TSelf a, TSelf b);

    static abstract void Store(TSelf value, T* to);
}

internal unsafe struct Floats16(Vector512<float> value) : ILanes<Floats16, float>
{
    private Vector512<float> _value = value;

    public static int Count => Vector512<float>.Count;

    public static int TileRows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Floats16 a, Floats16 b, ref Floats16 sum) => sum._value = Vector512.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(float* a, Floats16 b, ref Floats16 sum) =>
        sum._value = Vector512.MultiplyAddEstimate(Vector512.Create(*a), b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Add(Floats16 a, Floats16 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Floats16 value, float* to) => Vector512.Store(value._value, to);
}

internal unsafe struct Doubles8(Vector512<double> value) : ILanes<Doubles8, double>
{
    private Vector512<double> _value = value;

    public static int Count => Vector512<double>.Count;

    public static int TileRows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles8 Load(double* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles8 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Doubles8 a, Doubles8 b, ref Doubles8 sum) => sum._value = Vector512.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(double* a, Doubles8 b, ref Doubles8 sum) =>
        sum._value = Vector512.MultiplyAddEstimate(Vector512.Create(*a), b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles8 Add(Doubles8 a, Doubles8 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Doubles8 value, double* to) => Vector512.Store(value._value, to);
}

internal unsafe struct Floats8(Vector256<float> value) : ILanes<Floats8, float>
{
    private Vector256<float> _value = value;

    public static int Count => Vector256<float>.Count;

    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Floats8 a, Floats8 b, ref Floats8 sum) => sum._value = Vector256.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(float* a, Floats8 b, ref Floats8 sum) =>
        sum._value = Vector256.MultiplyAddEstimate(Vector256.Create(*a), b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Add(Floats8 a, Floats8 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Floats8 value, float* to) => Vector256.Store(value._value, to);
}

internal unsafe struct Doubles4(Vector256<double> value) : ILanes<Doubles4, double>
{
    private Vector256<double> _value = value;

    public static int Count => Vector256<double>.Count;

    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles4 Load(double* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles4 Broadcast(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Doubles4 a, Doubles4 b, ref Doubles4 sum) => sum._value = Vector256.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(double* a, Doubles4 b, ref Doubles4 sum) =>
        sum._value = Vector256.MultiplyAddEstimate(Vector256.Create(*a), b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles4 Add(Doubles4 a, Doubles4 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Doubles4 value, double* to) => Vector256.Store(value._value, to);
}

internal unsafe struct Floats4(Vector128<float> value) : ILanes<Floats4, float>
{
    private Vector128<float> _value = value;

    public static int Count => Vector128<float>.Count;

    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Load(float* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Floats4 a, Floats4 b, ref Floats4 sum) => sum._value = Vector128.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(float* a, Floats4 b, ref Floats4 sum) =>
        sum._value = Vector128.MultiplyAddEstimate(Vector128.Create(*a), b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Add(Floats4 a, Floats4 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Floats4 value, float* to) => Vector128.Store(value._value, to);
}

internal unsafe struct Doubles2(Vector128<double> value) : ILanes<Doubles2, double>
{
    private Vector128<double> _value = value;

    public static int Count => Vector128<double>.Count;

    public static int TileRows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles2 Load(double* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles2 Broadcast(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Doubles2 a, Doubles2 b, ref Doubles2 sum) => sum._value = Vector128.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(double* a, Doubles2 b, ref Doubles2 sum) =>
        sum._value = Vector128.MultiplyAddEstimate(Vector128.Create(*a), b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles2 Add(Doubles2 a, Doubles2 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Doubles2 value, double* to) => Vector128.Store(value._value, to);
}
