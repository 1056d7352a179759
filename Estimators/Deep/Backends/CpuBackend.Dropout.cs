using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class CpuBackend
{
    // Sixteen blocks of four words decide on so many elements.
    private const int WordsAtOnce = 64;

    /// <inheritdoc/>
    public override void Dropout(ulong key, float rate, Tensor x, Tensor y, bool add)
    {
        uint threshold = DropoutThreshold(rate);
        float scale = 1 / (1 - rate);
        ForElements(y.Shape.Size, (start, length) =>
        {
            // Chunks begin at multiples of 64.
            ReadOnlySpan<float> from = Span(x).Slice(start, length);
            var to = Span(y).Slice(start, length);
            Span<Vector512<uint>> words = stackalloc Vector512<uint>[4];
            for (int i = 0; i < length; i += WordsAtOnce)
            {
                RandomWords(key, (uint)((start + i) / 4), words);
                for (int word = 0, at = i; word < 4 && at < length; word++, at += Lanes)
                {
                    var isDropped = Vector512.LessThan(words[word], Vector512.Create(threshold)).AsSingle();
                    var value = Vector512.ConditionalSelect(isDropped, Vector512<float>.Zero, LoadUpTo(from, at) * Vector512.Create(scale));
                    StoreUpTo(add ? LoadUpTo(to, at) + value : value, to, at);
                }
            }
        });
    }

    /// <summary>The words of sixteen blocks of <see cref="Philox4x32"/>, with the counters first, first + 1, …: words[k] holds word k of every block.</summary>
    private static void RandomWords(ulong key, uint first, Span<Vector512<uint>> words)
    {
        if (!Avx512F.IsSupported)
        {
            for (int block = 0; block < Lanes; block++)
            {
                var (low, high) = Philox4x32.Block(key, first + (uint)block, 0);
                words[0] = words[0].WithElement(block, (uint)low);
                words[1] = words[1].WithElement(block, (uint)(low >> 32));
                words[2] = words[2].WithElement(block, (uint)high);
                words[3] = words[3].WithElement(block, (uint)(high >> 32));
            }

            return;
        }

        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        Vector512<uint> c0 = Vector512.Create(first) + Vector512<uint>.Indices, c1 = default, c2 = default, c3 = default;
        for (int round = 0; round < 10; round++)
        {
            var (low0, high0) = Product(c0, 0xD2511F53);
            var (low1, high1) = Product(c2, 0xCD9E8D57);
            c0 = high1 ^ c1 ^ Vector512.Create(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector512.Create(k1);
            c3 = low0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        (words[0], words[1], words[2], words[3]) = (c0, c1, c2, c3);
    }

    /// <summary>The low and high halves of 32 × 32-bit products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<uint> Low, Vector512<uint> High) Product(Vector512<uint> a, uint b)
    {
        var factor = Vector512.Create(b);
        var even = Avx512F.Multiply(a, factor);
        var odd = Avx512F.Multiply(Vector512.ShiftRightLogical(a.AsUInt64(), 32).AsUInt32(), factor);
        var oddLanes = Vector512.Create(0xFFFFFFFF_00000000UL);
        var low = Vector512.ConditionalSelect(oddLanes, Vector512.ShiftLeft(odd, 32), even);
        var high = Vector512.ConditionalSelect(oddLanes, odd, Vector512.ShiftRightLogical(even, 32));
        return (low.AsUInt32(), high.AsUInt32());
    }
}
