using System.Runtime.InteropServices;

namespace MLPath.Numerics;

/// <summary>Working memory that begins at a cache line, so that no SIMD vector of a whole number of them straddles two.</summary>
internal static unsafe class AlignedMemory
{
    /// <summary>The length of a cache line.</summary>
    public const int LineBytes = 64;

    /// <summary>The first line that begins at an address or behind it.</summary>
    public static void* Line(void* start) => (void*)(((nuint)start + LineBytes - 1) & ~(nuint)(LineBytes - 1));

    /// <summary>Zeros that begin at a cache line and do not move.</summary>
    public static ArraySegment<T> Zeros<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateArray<T>(checked(length + LineBytes / sizeof(T) - 1), pinned: true);
        byte* start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        return new ArraySegment<T>(array, (int)((byte*)Line(start) - start) / sizeof(T), length);
    }
}
