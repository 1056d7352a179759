using System.Runtime.InteropServices;

namespace MLPath.Numerics;

/// <summary>Working memory that begins at a cache line, so that no SIMD vector of a whole number of them straddles two.</summary>
internal static class AlignedMemory
{
    private const int LineBytes = 64;

    /// <summary>Zeros that begin at a cache line and do not move.</summary>
    public static ArraySegment<double> Zeros(int length)
    {
        const int spare = LineBytes / sizeof(double) - 1;
        var array = GC.AllocateArray<double>(checked(length + spare), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        long toLine = (LineBytes - address % LineBytes) % LineBytes;
        return new ArraySegment<double>(array, (int)(toLine / sizeof(double)), length);
    }
}
