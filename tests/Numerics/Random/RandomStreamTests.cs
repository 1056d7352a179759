using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class RandomStreamTests
{
    // The known-answer vectors that the Random123 library publishes for philox4x32 with 10 rounds.
    [TestMethod]
    [DataRow(0x0000000000000000UL, 0x0000000000000000UL, 0x0000000000000000UL, 0xe169c58d6627e8d5UL, 0x9b00dbd8bc57ac4cUL)]
    [DataRow(0xffffffffffffffffUL, 0xffffffffffffffffUL, 0xffffffffffffffffUL, 0x41c83b0e408f276dUL, 0x6d5451fda20bc7c6UL)]
    [DataRow(0x299f31d0a4093822UL, 0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0x94fdccebd16cfe09UL, 0x24126ea15001e420UL)]
    public void Philox_gives_the_published_answers(ulong key, ulong counterLow, ulong counterHigh, ulong low, ulong high) =>
        Assert.AreEqual((low, high), Philox4x32.Block(key, counterLow, counterHigh));

    [TestMethod]
    public void The_stream_reads_the_words_of_consecutive_counters_in_order()
    {
        var stream = new RandomStream(0);
        uint[] first = [stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32()];
        CollectionAssert.AreEqual(new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u }, first);
        Assert.AreEqual(Philox4x32.Block(0, 1, 0).Low, stream.NextUInt64());
    }

    [TestMethod]
    public void A_child_depends_on_the_path_and_not_on_what_was_drawn()
    {
        var fresh = new RandomStream(42);
        var used = new RandomStream(42);
        for (int i = 0; i < 7; i++) used.NextGaussian();

        Assert.AreEqual(fresh.Derive("trees").Derive(3).NextUInt64(), used.Derive("trees").Derive(3).NextUInt64());
        Assert.AreEqual(fresh.Derive("trees").Key, used.Derive("trees").Key);
    }

    // These keys are a promise: models trained with a seed stay reproducible only as long as they do not change.
    [TestMethod]
    public void Derived_keys_are_pinned()
    {
        // FNV-1a of "a" is af63dc4c8601ec8c and of the empty string cbf29ce484222325 (RFC 9923).
        Assert.AreEqual(Philox4x32.Block(42, 0xaf63dc4c8601ec8c, 0xFFFFFFFF_00000001).Low, new RandomStream(42).Derive("a").Key);
        Assert.AreEqual(Philox4x32.Block(42, 0xcbf29ce484222325, 0xFFFFFFFF_00000001).Low, new RandomStream(42).Derive("").Key);
        Assert.AreEqual(Philox4x32.Block(42, 7, 0xFFFFFFFF_00000002).Low, new RandomStream(42).Derive(7).Key);
    }

    [TestMethod]
    public void Siblings_and_generations_differ()
    {
        var keys = new HashSet<ulong>();
        var root = new RandomStream(1);
        keys.Add(root.Key);
        for (int i = -500; i < 500; i++)
        {
            Assert.IsTrue(keys.Add(root.Derive(i).Key));
            Assert.IsTrue(keys.Add(root.Derive(i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Key));
            Assert.IsTrue(keys.Add(root.Derive(0).Derive(i).Key));
        }
    }

    [TestMethod]
    public void Streams_of_neighbouring_seeds_and_children_are_uncorrelated()
    {
        const int n = 20_000;
        var root = new RandomStream(0);
        RandomStream[] streams = [root, new(1), root.Derive(0), root.Derive(1), root.Derive("0")];
        var draws = streams.Select(s => Enumerable.Range(0, n).Select(_ => s.NextGaussian()).ToArray()).ToArray();
        for (int a = 0; a < draws.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                double correlation = draws[a].Zip(draws[b], (x, y) => x * y).Sum() / n;
                Assert.IsLessThan(4.5 / Math.Sqrt(n), Math.Abs(correlation));
            }
        }
    }

    [TestMethod]
    public void Uniform_numbers_lie_in_the_half_open_unit_interval_with_the_right_moments()
    {
        const int n = 100_000;
        var stream = new RandomStream(3);
        double sum = 0, squares = 0, singles = 0;
        for (int i = 0; i < n; i++)
        {
            double u = stream.NextDouble();
            float f = stream.NextSingle();
            Assert.IsTrue(u >= 0 && u < 1 && f >= 0 && f < 1);
            sum += u;
            squares += u * u;
            singles += f;
        }

        Assert.AreEqual(0.5, sum / n, 0.005);
        Assert.AreEqual(0.5, singles / n, 0.005);
        Assert.AreEqual(1.0 / 3, squares / n, 0.005);
    }

    [TestMethod]
    public void Gaussian_numbers_have_the_moments_of_the_standard_normal()
    {
        const int n = 200_000;
        var stream = new RandomStream(4);
        var moments = new double[5];
        for (int i = 0; i < n; i++)
        {
            double z = stream.NextGaussian();
            for (int k = 1; k <= 4; k++) moments[k] += Math.Pow(z, k) / n;
        }

        // Bounds of four standard errors: the k-th moment has variance (E z^2k - (E z^k)²) / n.
        Assert.AreEqual(0, moments[1], 4 * Math.Sqrt(1.0 / n));
        Assert.AreEqual(1, moments[2], 4 * Math.Sqrt(2.0 / n));
        Assert.AreEqual(0, moments[3], 4 * Math.Sqrt(15.0 / n));
        Assert.AreEqual(3, moments[4], 4 * Math.Sqrt(96.0 / n));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(100)]
    public void Bounded_integers_are_uniform(int bound)
    {
        const int perValue = 2000;
        var stream = new RandomStream(5);
        var counts = new int[bound];
        for (int i = 0; i < perValue * bound; i++) counts[stream.NextInt32(bound)]++;

        double chiSquare = counts.Sum(c => Math.Pow(c - perValue, 2) / perValue);
        Assert.IsLessThan(bound - 1 + 5 * Math.Sqrt(2.0 * bound) + 1e-9, chiSquare);
    }

    [TestMethod]
    public void Bounded_integers_near_the_largest_bound_stay_unbiased()
    {
        // 2^32 / bound = 8/3: without rejection, every three consecutive values would be drawn in the proportion 3 : 3 : 2.
        const int bound = 3 << 29, n = 60_000;
        var stream = new RandomStream(6);
        int lower = 0;
        for (int i = 0; i < n; i++)
        {
            int value = stream.NextInt32(bound);
            Assert.IsTrue(value is >= 0 and < bound);
            if (value % 3 == 0) lower++;
        }

        Assert.AreEqual(n / 3.0, lower, 4 * Math.Sqrt(n * 2.0 / 9));
    }

    [TestMethod]
    public void Integer_ranges_reach_both_ends_even_when_wider_than_an_int()
    {
        var stream = new RandomStream(7);
        var seen = new HashSet<int>();
        for (int i = 0; i < 200; i++) seen.Add(stream.NextInt32(-2, 3));
        CollectionAssert.AreEquivalent(new[] { -2, -1, 0, 1, 2 }, seen.ToArray());

        int negative = 0;
        for (int i = 0; i < 1000; i++)
        {
            int value = stream.NextInt32(int.MinValue, int.MaxValue);
            Assert.AreNotEqual(int.MaxValue, value);
            if (value < 0) negative++;
        }

        Assert.AreEqual(500, negative, 65);
    }

    [TestMethod]
    public void Booleans_follow_their_probability_and_its_limits()
    {
        var stream = new RandomStream(8);
        int hits = 0;
        for (int i = 0; i < 10_000; i++)
        {
            if (stream.NextBoolean(0.3)) hits++;
            Assert.IsFalse(stream.NextBoolean(0));
            Assert.IsTrue(stream.NextBoolean(1));
        }

        Assert.AreEqual(3000, hits, 4 * Math.Sqrt(2100));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => stream.NextBoolean(double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => stream.NextBoolean(1.5));
    }

    [TestMethod]
    public void Categories_follow_their_weights_and_weight_zero_is_never_drawn()
    {
        var stream = new RandomStream(9);
        var counts = new int[5];
        for (int i = 0; i < 40_000; i++) counts[stream.NextCategorical([0, 1, 0, 3, 0])]++;
        Assert.AreEqual(10_000, counts[1], 4 * Math.Sqrt(7500));
        Assert.AreEqual(40_000, counts[1] + counts[3]);
    }

    [TestMethod]
    public void Bad_weights_are_named()
    {
        var stream = new RandomStream(10);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => stream.NextCategorical([1, -2])).Message, "Weight 1 is -2");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => stream.NextCategorical([double.NaN])).Message, "Weight 0 is NaN");
        Assert.ThrowsExactly<ArgumentException>(() => stream.NextCategorical([0, 0]));
        Assert.ThrowsExactly<ArgumentException>(() => stream.NextCategorical([]));
        Assert.ThrowsExactly<ArgumentException>(() => stream.NextCategorical([double.MaxValue, double.MaxValue]));
    }

    [TestMethod]
    public void Every_permutation_is_equally_likely()
    {
        var stream = new RandomStream(11);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            string order = string.Join("", stream.Permutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.HasCount(24, counts);
        Assert.IsLessThan(23 + 5 * Math.Sqrt(46), counts.Values.Sum(c => Math.Pow(c - 1000, 2) / 1000));
    }

    [TestMethod]
    public void Samples_without_replacement_are_the_start_of_a_shuffle()
    {
        // n = 1600: k = 100 keeps the differences only, k = 101 the whole array; the hundred first draws agree.
        int[] sparse = new RandomStream(12).SampleWithoutReplacement(1600, 100);
        int[] dense = new RandomStream(12).SampleWithoutReplacement(1600, 101);
        CollectionAssert.AreEqual(sparse, dense[..100]);
        Assert.HasCount(101, dense.ToHashSet());
        Assert.IsTrue(dense.All(i => i is >= 0 and < 1600));

        CollectionAssert.AreEquivalent(Enumerable.Range(0, 9).ToArray(), new RandomStream(13).SampleWithoutReplacement(9, 9));
        Assert.IsEmpty(new RandomStream(13).SampleWithoutReplacement(0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new RandomStream(13).SampleWithoutReplacement(3, 4));
    }

    [TestMethod]
    public void Every_element_is_equally_likely_in_a_small_sample_of_many()
    {
        var counts = new int[64];
        var stream = new RandomStream(14);
        for (int i = 0; i < 16_000; i++)
            foreach (int element in stream.SampleWithoutReplacement(64, 4)) counts[element]++;
        Assert.IsLessThan(63 + 5 * Math.Sqrt(126), counts.Sum(c => Math.Pow(c - 1000, 2) / 1000));
    }
}
