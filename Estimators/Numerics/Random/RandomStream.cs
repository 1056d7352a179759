using System.Text;

namespace MLPath.Numerics;

/// <summary>
/// A reproducible stream of random numbers that can be split into independent named streams. Everything random in MLPath comes from one of
/// these: the numbers are a function of the seed and of the path of derivations alone, on every machine and in every run.
/// </summary>
/// <remarks>
/// <para>
/// The generator is Philox4x32-10 (<see cref="Philox4x32"/>) on the counters 0, 1, 2, …, whose last word is always 0. Counters whose last
/// word is all ones are reserved for derivation: a child's key is the block at (identity, kind), so a child depends on its parent's
/// <see cref="Key"/> and on its own name or index, never on how many numbers were drawn (K. Claessen, M. Pałka, <i>Splittable Pseudorandom
/// Number Generators using Cryptographic Hashing</i>, Haskell 2013). The identity of a name is the 64-bit FNV-1a hash of its UTF-8 bytes;
/// the identity of an index is the index.
/// </para>
/// <para>
/// Drawing numbers changes the stream, so one stream belongs to one thread at a time: give each chunk of parallel work its own, with
/// <see cref="Derive(long)"/>. Deriving reads only the key and is safe from any thread.
/// </para>
/// </remarks>
public sealed class RandomStream
{
    private const ulong DerivedByName = 0xFFFFFFFF_00000001;
    private const ulong DerivedByIndex = 0xFFFFFFFF_00000002;

    private ulong _counter;
    private ulong _blockLow;
    private ulong _blockHigh;
    private int _wordsLeft;
    private double _spareGaussian = double.NaN;

    /// <summary>Starts the stream of a seed at its beginning.</summary>
    /// <param name="seed">Any value; different seeds give independent streams.</param>
    public RandomStream(ulong seed) => Key = seed;

    /// <summary>
    /// The 64-bit Philox key. Two streams with equal keys produce equal numbers: <c>new RandomStream(s.Key)</c> restarts <c>s</c>.
    /// </summary>
    public ulong Key { get; }

    /// <summary>Gives the independent stream of this name, at its beginning, whatever was drawn from this one.</summary>
    /// <param name="name">What the stream is for, such as <c>"shuffle"</c>; compared by its UTF-8 bytes.</param>
    public RandomStream Derive(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new RandomStream(Philox4x32.Block(Key, Fnv1a(name), DerivedByName).Low);
    }

    /// <summary>Gives the independent stream of this index, at its beginning, whatever was drawn from this one.</summary>
    /// <param name="index">The number of a fold, an epoch, a tree, a chunk. The index 1 and the name "1" are different streams.</param>
    public RandomStream Derive(long index) => new(Philox4x32.Block(Key, (ulong)index, DerivedByIndex).Low);

    /// <summary>Draws 32 uniform random bits.</summary>
    public uint NextUInt32()
    {
        if (_wordsLeft == 0)
        {
            (_blockLow, _blockHigh) = Philox4x32.Block(Key, _counter++, 0);
            _wordsLeft = 4;
        }

        ulong half = _wordsLeft > 2 ? _blockLow : _blockHigh;
        uint word = (_wordsLeft & 1) == 0 ? (uint)half : (uint)(half >> 32);
        _wordsLeft--;
        return word;
    }

    /// <summary>Draws 64 uniform random bits: two words, the low one first.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>Draws an integer from 0 to <paramref name="maxExclusive"/> - 1, each exactly equally likely.</summary>
    /// <param name="maxExclusive">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxExclusive"/> is below 1.</exception>
    public int NextInt32(int maxExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxExclusive, 1);
        return (int)NextBelow((uint)maxExclusive);
    }

    /// <summary>Draws an integer from <paramref name="min"/> to <paramref name="maxExclusive"/> - 1, each exactly equally likely.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="maxExclusive">One more than the largest value; above <paramref name="min"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public int NextInt32(int min, int maxExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxExclusive, min);
        return unchecked((int)((uint)min + NextBelow((uint)((long)maxExclusive - min))));
    }

    /// <summary>Draws a number uniform on [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a number uniform on [0, 1) with 24 random bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1.0f / (1 << 24));

    /// <summary>Draws a standard normal number, with mean 0 and variance 1 (G. Box, M. Muller, 1958).</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            double spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        // 1 - u lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareGaussian = radius * sin;
        return radius * cos;
    }

    /// <summary>Draws <see langword="true"/> with probability <paramref name="p"/>.</summary>
    /// <param name="p">A probability in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a probability.</exception>
    public bool NextBoolean(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        return NextDouble() < p;
    }

    /// <summary>Draws an index with probability proportional to its weight.</summary>
    /// <param name="weights">One weight per index: finite, not negative, and not all zero. An index of weight 0 is never drawn.</param>
    /// <exception cref="ArgumentException">The weights are not such.</exception>
    public int NextCategorical(ReadOnlySpan<double> weights)
    {
        double total = 0;
        int last = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Weight {i} is {weights[i]}; weights are finite and not negative."), nameof(weights));
            }

            if (weights[i] > 0) last = i;
            total += weights[i];
        }

        if (last < 0 || double.IsInfinity(total))
            throw new ArgumentException("The weights must have a positive, finite sum.", nameof(weights));

        double remaining = NextDouble() * total;
        for (int i = 0; i < last; i++)
        {
            remaining -= weights[i];
            if (remaining < 0) return i;
        }

        // Rounding may leave a remainder beyond the last positive weight.
        return last;
    }

    /// <summary>
    /// Puts the items in a random order, each order equally likely (Fisher and Yates; Knuth, TAOCP volume 2, algorithm 3.4.2P).
    /// </summary>
    /// <param name="items">The items, reordered in place.</param>
    /// <typeparam name="T">The type of an item.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)NextBelow((uint)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Gives the numbers 0 to <paramref name="n"/> - 1 in a random order.</summary>
    /// <param name="n">How many; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        var order = Range(n);
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Draws <paramref name="k"/> different numbers out of 0 to <paramref name="n"/> - 1, in random order.</summary>
    /// <param name="n">How many numbers there are; 0 or more.</param>
    /// <param name="k">How many to draw; from 0 to <paramref name="n"/>.</param>
    /// <returns>The numbers in the order of drawing. Time and memory grow with min(n, k), up to a constant.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> or <paramref name="k"/> is out of range.</exception>
    public int[] SampleWithoutReplacement(int n, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);

        // The first k steps of a Fisher-Yates shuffle. When k is small, the shuffled array is kept as its few differences from 0, 1, 2, ….
        var sample = new int[k];
        if (k > n / 16)
        {
            var order = Range(n);
            for (int i = 0; i < k; i++)
            {
                int j = i + (int)NextBelow((uint)(n - i));
                (sample[i], order[j]) = (order[j], order[i]);
            }
        }
        else
        {
            var moved = new Dictionary<int, int>(k);
            for (int i = 0; i < k; i++)
            {
                int j = i + (int)NextBelow((uint)(n - i));
                sample[i] = moved.GetValueOrDefault(j, j);
                moved[j] = moved.GetValueOrDefault(i, i);
            }
        }

        return sample;
    }

    private static int[] Range(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var numbers = new int[n];
        for (int i = 0; i < n; i++) numbers[i] = i;
        return numbers;
    }

    /// <summary>
    /// D. Lemire, <i>Fast Random Integer Generation in an Interval</i>, ACM TOMACS 2019: the high word of a 32 × 32 product is uniform once
    /// the (2³² mod bound) low words that would favour some values are rejected.
    /// </summary>
    private uint NextBelow(uint bound)
    {
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint threshold = unchecked(0u - bound) % bound;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * bound;
        }

        return (uint)(product >> 32);
    }

    /// <summary>The 64-bit FNV-1a hash (Fowler, Noll, Vo; RFC 9923) of the name's UTF-8 bytes.</summary>
    private static ulong Fnv1a(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 0x100000001B3;
        return hash;
    }
}
