using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>What tiles want to know of the processor beside its instructions.</summary>
internal static class Processor
{
    /// <summary>
    /// Whether it shuffles the numbers of a register while both of its multipliers are busy: AMD's processors do, where Intel's shuffle in the
    /// place of one.
    /// </summary>
    public static readonly bool ShufflesBesideMultiplying = IsFromAmd();

    // "AuthenticAMD", four letters of it in each register.
    private static bool IsFromAmd() => X86Base.IsSupported && X86Base.CpuId(0, 0) is (_, 0x68747541, 0x444D4163, 0x69746E65);
}
