using MLPath.Numerics;

namespace MLPath.Tests.Numerics.Distances;

[TestClass]
public sealed class NearestCentreTests
{
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(63, 3, 2)]
    [DataRow(64, 4, 3)]
    [DataRow(130, 17, 5)]
    [DataRow(200, 128, 6)]
    [DataRow(70, 131, 10)]
    [DataRow(90, 300, 7)]
    [DataRow(500, 32, 50)]
    public void Finds_what_a_plain_loop_in_double_finds(int n, int d, int k)
    {
        var random = new RandomStream((ulong)(n + d + k));
        float[] rows = Normal(n * d, random, 10);
        double[] centres = Array.ConvertAll(Normal(k * d, random, 10), v => (double)v);
        AssertFindsNearest(rows, centres, d);
    }

    [TestMethod]
    public void The_first_of_equal_centres_wins_and_ties_are_seen_exactly()
    {
        // Whole numbers: thousands of rows lie exactly between two centres.
        var random = new RandomStream(3);
        float[] rows = [.. Enumerable.Range(0, 3 * 2000).Select(_ => (float)random.NextInt32(5))];
        double[] centres = [.. Enumerable.Range(0, 3 * 9).Select(_ => (double)random.NextInt32(5)), .. new double[3], .. new double[3]];
        AssertFindsNearest(rows, centres, 3);
    }

    [TestMethod]
    [DataRow(1e6, 1)]
    [DataRow(0, 1e-30)]
    [DataRow(0, 1e-44)]
    [DataRow(0, 1e37)]
    [DataRow(3e38, 1e36)]
    [DataRow(1e20, 1e20)]
    public void Far_from_the_origin_and_at_any_scale_the_search_stays_exact(double offset, double scale)
    {
        var random = new RandomStream(5);
        float[] rows = Array.ConvertAll(Normal(100 * 5, random, 1), v => (float)(offset + (scale * v)));
        double[] centres = Array.ConvertAll(Normal(4 * 5, random, 1), v => offset + (scale * v));
        AssertFindsNearest(rows, centres, 5);
    }

    [TestMethod]
    public void A_far_centre_does_not_blur_the_others()
    {
        var random = new RandomStream(6);
        double[] centres = [.. Array.ConvertAll(Normal(6 * 4, random, 1), v => (double)v), 1e9, -1e9, 1e9, 1e9];
        AssertFindsNearest(Normal(300 * 4, random, 1), centres, 4);
    }

    [TestMethod]
    public void A_row_alone_finds_what_it_finds_among_others()
    {
        var random = new RandomStream(7);
        const int n = 150, d = 20, k = 9;
        float[] rows = Normal(n * d, random, 1);
        var search = new NearestCentre(Array.ConvertAll(Normal(k * d, random, 1), v => (double)v), d);
        var (together, alone) = (new double[n * k], new double[k]);
        search.SquaredDistances(rows, together);
        var (nearest, upper, lower) = (new int[n], new float[n], new float[n]);
        search.Find(rows, [.. Enumerable.Range(0, n)], nearest, upper, lower);
        for (int i = 0; i < n; i++)
        {
            search.SquaredDistances(rows.AsSpan(i * d, d), alone);
            CollectionAssert.AreEqual(together[(i * k)..((i + 1) * k)], alone);
            var (one, oneUpper, oneLower) = (new int[1], new float[1], new float[1]);
            search.Find(rows, [i], one, oneUpper, oneLower);
            Assert.AreEqual((nearest[i], upper[i], lower[i]), (one[0], oneUpper[0], oneLower[0]));
        }
    }

    [TestMethod]
    [DataRow(7, 1.0)]
    [DataRow(200, 1.0)]
    [DataRow(7, 1e30)]
    [DataRow(7, 1e-30)]
    public void Bounds_hold_and_distances_are_near(int d, double scale)
    {
        var random = new RandomStream(8);
        const int n = 200, k = 6;
        float[] rows = Array.ConvertAll(Normal(n * d, random, 1), v => (float)(scale * v));
        double[] centres = Array.ConvertAll(Normal(k * d, random, 1), v => scale * v);
        rows.AsSpan(0, d).Clear();
        for (int j = 0; j < d; j++)
            rows[j] = (float)centres[d + j]; // on a centre, but for rounding
        var search = new NearestCentre(centres, d);
        int[] chosen = [.. Enumerable.Range(0, n).Reverse()];
        var (nearest, upper, lower) = (new int[n], new float[n], new float[n]);
        search.Find(rows, chosen, nearest, upper, lower);
        var squared = new double[n * k];
        search.SquaredDistances(rows, squared);
        for (int i = 0; i < n; i++)
        {
            double[] distances = Distances(rows.AsSpan(chosen[i] * d, d), centres);
            Assert.AreEqual(Array.IndexOf(distances, distances.Min()), nearest[i]);
            Assert.IsGreaterThanOrEqualTo(Math.Sqrt(distances.Min()), (double)upper[i]);
            Assert.IsGreaterThanOrEqualTo((double)lower[i], Math.Sqrt(distances.Order().ElementAt(1)));
            Assert.IsLessThan((1.01 * Math.Sqrt(distances.Min())) + (0.02 * scale * Math.Sqrt(d)), (double)upper[i]);
            for (int c = 0; c < k; c++)
                Assert.AreEqual(distances[c], squared[(chosen[i] * k) + c], 1e-3 * distances[c]);
        }
    }

    [TestMethod]
    public void Lengths_that_do_not_fit_are_named()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new NearestCentre([1, 2], 0));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new NearestCentre([1, 2, 3], 2)).Message, "3 values");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new NearestCentre([], 2)).Message, "one centre");
        var search = new NearestCentre([1, 2], 2);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => search.Find(new float[3], new int[1])).Message, "1 rows of 2");
        Assert.ThrowsExactly<ArgumentException>(() => search.Find(new float[2], new int[1], new double[2]));
        Assert.ThrowsExactly<ArgumentException>(() => search.SquaredDistances(new float[3], new double[1]));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => search.Find(new float[4], [2], new int[1], new float[1], new float[1])).Message, "no row 2 of 2");
        Assert.ThrowsExactly<ArgumentException>(() => search.Find(new float[4], [1], new int[2], new float[1], new float[1]));
    }

    private static void AssertFindsNearest(float[] rows, double[] centres, int d)
    {
        int n = rows.Length / d;
        var search = new NearestCentre(centres, d);
        var nearest = new int[n];
        var squared = new double[n];
        search.Find(rows, nearest, squared);
        for (int i = 0; i < n; i++)
        {
            double[] distances = Distances(rows.AsSpan(i * d, d), centres);
            Assert.AreEqual(distances[nearest[i]], squared[i], 1e-13 * squared[i], $"row {i}");
            // Two orders of the same sum in double may differ in the last digits; beyond them the first least one must be found.
            Assert.AreEqual(distances.Min(), distances[nearest[i]], 1e-14 * distances.Min(), $"row {i}");
            if (distances[nearest[i]] == distances.Min())
                Assert.AreEqual(Array.IndexOf(distances, distances.Min()), nearest[i], $"row {i}");
        }
    }

    private static double[] Distances(ReadOnlySpan<float> row, double[] centres)
    {
        int d = row.Length;
        var distances = new double[centres.Length / d];
        for (int c = 0; c < distances.Length; c++)
        {
            for (int j = 0; j < d; j++)
                distances[c] += (row[j] - centres[(c * d) + j]) * (row[j] - centres[(c * d) + j]);
        }

        return distances;
    }

    private static float[] Normal(int count, RandomStream random, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(deviation * random.NextGaussian()))];
}
