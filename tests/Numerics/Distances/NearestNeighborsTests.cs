namespace MLPath.Numerics.Tests.Distances;

[TestClass]
public sealed class NearestNeighborsTests
{
    // Sizes around vectors, tiles of points and blocks of queries.
    [TestMethod]
    [DataRow(1, 1, 1, 1, 1.0)]
    [DataRow(7, 3, 2, 7, 1.0)]
    [DataRow(511, 2, 5, 17, 1.0)]
    [DataRow(513, 17, 3, 241, 1.0)]
    [DataRow(1100, 64, 5, 33, 1.0)]
    [DataRow(700, 5, 600, 3, 1.0)]
    [DataRow(600, 300, 4, 5, 1.0)]
    [DataRow(600, 8, 4, 5, 1e-24)]
    [DataRow(600, 8, 4, 5, 1e17)]
    [DataRow(600, 8, 4, 5, 1e30)]
    public void The_nearest_are_those_of_a_sort(int n, int d, int k, int m, double scale)
    {
        float[] points = Gaussian(n, d, 1, scale), queries = Gaussian(m, d, 2, scale);
        AssertTopK(points, queries, d, k);
    }

    // Whole numbers give many ties, which are in favour of the lower point.
    [TestMethod]
    [DataRow(900, 2, 9, 30)]
    [DataRow(300, 3, 300, 4)]
    public void Ties_are_in_order_of_the_points(int n, int d, int k, int m) => AssertTopK(Whole(n, d, 3), Whole(m, d, 4), d, k);

    // Far from the origin, and with points that lie far apart beside some that hardly differ, the formula by products has no digits left.
    [TestMethod]
    public void Rounding_of_the_products_does_not_matter()
    {
        var random = new RandomStream(5);
        var points = new float[800 * 6];
        for (int i = 0; i < points.Length; i++)
        {
            int row = i / 6;
            points[i] = row % 100 == 0 ? (float)(1e6 * random.NextGaussian()) : 5000 + (float)(1e-3 * random.NextGaussian());
        }

        AssertTopK(points, points[..240], 6, 12);
        AssertWithin(points, points[..240], 6, 3e-3);
    }

    [TestMethod]
    public void One_query_gives_what_a_block_gives()
    {
        float[] points = Gaussian(1500, 20, 6), queries = Gaussian(300, 20, 7);
        var search = new NearestNeighbors(points, 20);
        var (rows, distances) = TopK(search, queries, 7);
        for (int query = 0; query < 300; query += 13)
        {
            var (ownRows, ownDistances) = TopK(search, queries[(query * 20)..((query + 1) * 20)], 7);
            CollectionAssert.AreEqual(rows[(query * 7)..((query + 1) * 7)], ownRows);
            CollectionAssert.AreEqual(distances[(query * 7)..((query + 1) * 7)], ownDistances);
        }
    }

    [TestMethod]
    public void A_query_with_nan_has_no_neighbours_and_one_with_infinity_is_far_from_all()
    {
        var search = new NearestNeighbors(Gaussian(600, 3, 8), 3);
        float[] queries = [1, float.NaN, 2, 0, 0, 0, float.PositiveInfinity, 1, 1];
        var (rows, distances) = TopK(search, queries, 2);
        CollectionAssert.AreEqual(new[] { -1, -1 }, rows[..2]);
        CollectionAssert.AreEqual(new[] { 0, 1 }, rows[4..]);
        Assert.IsTrue(double.IsNaN(distances[0]) && double.IsPositiveInfinity(distances[5]) && double.IsFinite(distances[2]));
        var found = new List<int>();
        var counts = new int[3];
        search.Within(queries, 1e9, found, counts);
        CollectionAssert.AreEqual(new[] { 0, 600, 0 }, counts);
    }

    [TestMethod]
    [DataRow(1, 1, 1, 0.5, 1.0)]
    [DataRow(513, 2, 241, 0.3, 1.0)]
    [DataRow(700, 64, 20, 11.0, 1.0)]
    [DataRow(700, 8, 20, 3e-24, 1e-24)]
    [DataRow(700, 8, 20, 3e30, 1e30)]
    [DataRow(700, 8, 20, 0.0, 1.0)]
    public void Within_a_radius_are_those_of_a_loop(int n, int d, int m, double radius, double scale)
    {
        float[] points = Gaussian(n, d, 9, scale), queries = [.. Gaussian(m, d, 10, scale), .. points[..d]];
        AssertWithin(points, queries, d, radius);
        AssertWithin(Whole(n, d, 11), Whole(m, d, 12), d, Math.Sqrt(5));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(100)]
    public void A_squared_distance_is_the_sum_of_squares(int d)
    {
        float[] x = Gaussian(1, d, 13), y = Gaussian(1, d, 14);
        double expected = x.Zip(y, (a, b) => ((double)a - b) * ((double)a - b)).Sum();
        Assert.AreEqual(expected, NearestNeighbors.SquaredDistance(x, y), 1e-14 * expected);
    }

    [TestMethod]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NearestNeighbors([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => new NearestNeighbors([1, float.NaN], 2));
        var search = new NearestNeighbors([1, 2, 3, 4], 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.TopK([0, 0], 3, new int[3], new double[3]));
        Assert.Throws<ArgumentException>(() => search.TopK([0, 0, 0], 1, new int[3], new double[3]));
        Assert.Throws<ArgumentException>(() => search.TopK([0, 0], 2, new int[1], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Within([0, 0], double.NaN, [], new int[1]));
    }

    private static void AssertTopK(float[] points, float[] queries, int d, int k)
    {
        var (rows, distances) = TopK(new NearestNeighbors(points, d), queries, k);
        for (int query = 0; query < queries.Length / d; query++)
        {
            var expected = Distances(points, queries, d, query).Select((distance, row) => (distance, row)).Order().Take(k).ToList();
            CollectionAssert.AreEqual(expected.ConvertAll(e => e.row), rows[(query * k)..((query + 1) * k)], $"query {query}");
            CollectionAssert.AreEqual(expected.ConvertAll(e => e.distance), distances[(query * k)..((query + 1) * k)], $"query {query}");
        }
    }

    private static void AssertWithin(float[] points, float[] queries, int d, double radius)
    {
        int m = queries.Length / d, firstPoint = points.Length / d / 3;
        var search = new NearestNeighbors(points, d);
        List<int> all = [], later = [], expected = [];
        var counts = new int[m];
        search.Within(queries, radius, later, new int[m], firstPoint);
        search.Within(queries, radius, all, counts);
        for (int query = 0; query < m; query++)
        {
            int before = expected.Count;
            expected.AddRange(Distances(points, queries, d, query).Select((distance, row) => (distance, row)).Where(p => p.distance <= radius * radius).Select(p => p.row));
            Assert.AreEqual(expected.Count - before, counts[query], $"query {query}");
        }

        CollectionAssert.AreEqual(expected, all);
        CollectionAssert.AreEqual(expected.FindAll(row => row >= firstPoint), later);
    }

    private static IEnumerable<double> Distances(float[] points, float[] queries, int d, int query) => Enumerable.Range(0, points.Length / d)
        .Select(row => NearestNeighbors.SquaredDistance(queries.AsSpan(query * d, d), points.AsSpan(row * d, d)));

    private static (int[] Rows, double[] Distances) TopK(NearestNeighbors search, float[] queries, int k)
    {
        int m = queries.Length / search.Dimensions;
        var (rows, distances) = (new int[m * k], new double[m * k]);
        search.TopK(queries, k, rows, distances);
        return (rows, distances);
    }

    private static float[] Gaussian(int n, int d, ulong seed, double scale = 1)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, n * d).Select(_ => (float)(scale * random.NextGaussian()))];
    }

    private static float[] Whole(int n, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, n * d).Select(_ => (float)Math.Round(2 * random.NextGaussian()))];
    }
}
