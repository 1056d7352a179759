using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>Random choices of rows: functions of the number of rows and the seed alone.</summary>
internal static class RowSampling
{
    /// <summary>All rows, each order equally likely.</summary>
    public static IDataView Shuffle(IDataView input, int seed) => RowSubset.Computed(
        input, n => Random(seed, "shuffle rows").Permutation(n), string.Create(CultureInfo.InvariantCulture, $"ShuffleRows(seed {seed})"));

    /// <summary>n rows drawn with replacement, in the order of the data; or those that were not drawn.</summary>
    public static IDataView Bootstrap(IDataView input, int seed, bool complement) => RowSubset.Computed(
        input, n => Drawn(n, Random(seed, "bootstrap sample"), complement),
        string.Create(CultureInfo.InvariantCulture, $"BootstrapSample(seed {seed}{(complement ? ", complement" : "")})"));

    private static int[] Drawn(int n, RandomStream random, bool complement)
    {
        var times = new int[n];
        for (int i = 0; i < n; i++)
            times[random.NextInt32(n)]++;
        return complement
            ? [.. Enumerable.Range(0, n).Where(row => times[row] == 0)]
            : [.. Enumerable.Range(0, n).SelectMany(row => Enumerable.Repeat(row, times[row]))];
    }

    private static RandomStream Random(int seed, string purpose) => new RandomStream(unchecked((ulong)seed)).Derive(purpose);
}
