using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>The identity of an assignment of rows to folds.</summary>
internal static class SplitFingerprint
{
    /// <summary>
    /// SHA-256, in hexadecimal, of every split in order: its repeat, its fold, and the positions that it learns from and tests on, each list after
    /// its length, all as little-endian integers of 32 bits. Equal fingerprints mean the same rows in the same folds.
    /// </summary>
    public static string Of(IReadOnlyList<RowSplit> splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var split in splits)
        {
            Append(hash, [split.Repeat, split.Fold, split.Train.Length]);
            Append(hash, split.Train);
            Append(hash, [split.Test.Length]);
            Append(hash, split.Test);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<int> values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var swapped = new int[values.Length];
            BinaryPrimitives.ReverseEndianness(values, swapped);
            values = swapped;
        }

        hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
