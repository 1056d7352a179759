using MLPath.Data;

namespace MLPath.Samples;

/// <summary>
/// DBSCAN looks for dense regions. A point with at least m points within ε (itself included) is a core; cores within ε of each other are of one cluster, and what lies within
/// ε of a core belongs to it; the rest is noise. So it finds two half moons, which no two centres could tell apart, and is not told how many clusters there are.
/// </summary>
internal static class Dbscan
{
    private const double Epsilon = 0.15;
    private const int Minimum = 6;
    private const int Noise = -1;

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView moons = ml.Data.Generate.Moons(rows: 400, noise: 0.07, seed: 2);
        double[][] points = [.. moons.GetColumn<float[]>("Features").Select(f => f.Select(v => (double)v).ToArray())];

        // By hand: from each core without a cluster, walk from core to core.
        int[][] near = [.. points.Select(p => Enumerable.Range(0, points.Length).Where(j => Distance(p, points[j]) <= Epsilon).ToArray())];
        int[] cluster = [.. Enumerable.Repeat(Noise, points.Length)];
        int clusters = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if (cluster[i] != Noise || near[i].Length < Minimum)
                continue;
            var toVisit = new Stack<int>([i]);
            while (toVisit.TryPop(out int point))
            {
                if (cluster[point] != Noise)
                    continue;
                cluster[point] = clusters;
                foreach (int other in near[point].Length >= Minimum ? near[point] : [])
                    toVisit.Push(other);
            }

            clusters++;
        }

        // Through MLPath.
        var model = ml.Clustering.Trainers.Dbscan(epsilon: Epsilon, minimumNumberOfRows: Minimum).Fit(moons).Model;
        int[] labels = model.TrainingLabels.ToArray();
        output.WriteLine($"   {clusters} clusters, {cluster.Count(c => c == Noise)} points of {points.Length} are noise.");
        return
        [
            new("DBSCAN: clusters", clusters, model.ClusterCount, 0),
            new("DBSCAN: points of the first", cluster.Count(c => c == 0), labels.Count(c => c == 0), 0),
            new("DBSCAN: noise", cluster.Count(c => c == Noise), labels.Count(c => c == Noise), 0),
            new("DBSCAN: points that differ", 0, cluster.Zip(labels).Count(pair => pair.First != pair.Second), 0),
        ];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());
}
