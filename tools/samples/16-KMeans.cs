using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// k-means looks for k centres that minimise the inertia Σᵢ minⱼ ‖xᵢ − cⱼ‖². Lloyd's algorithm takes turns: give each point to its nearest centre, then move each
/// centre to the mean of its points. Neither can raise the inertia, so it ends.
/// </summary>
internal static class KMeans
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView blobs = ml.Data.Generate.Blobs(rows: 300, centers: [[0, 0], [6, 0], [3, 6]], standardDeviation: 0.8, seed: 1);
        double[][] points = [.. blobs.GetColumn<float[]>("Features").Select(f => f.Select(v => (double)v).ToArray())];

        // One point of each side to begin with; k-means++ chooses them better where nothing is known.
        double[][] centres = [points[0], points[100], points[200]];
        int[] nearest = new int[points.Length];
        int turns = 0;
        bool moved = true;
        while (moved)
        {
            moved = false;
            for (int i = 0; i < points.Length; i++)
            {
                int best = Enumerable.Range(0, centres.Length).MinBy(j => SquaredDistance(points[i], centres[j]));
                moved |= nearest[i] != best || turns == 0;
                nearest[i] = best;
            }

            for (int j = 0; j < centres.Length; j++)
            {
                var own = points.Where((_, i) => nearest[i] == j).ToList();
                if (own.Count > 0)
                    centres[j] = [own.Average(p => p[0]), own.Average(p => p[1])];
            }

            turns++;
        }

        double inertia = points.Select((p, i) => SquaredDistance(p, centres[nearest[i]])).Sum();
        output.WriteLine($"   {turns} turns until no point changes its centre.");
        var model = ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 3, NumberOfRestarts = 5, Seed = 1 }).Fit(blobs).Model;
        return [new("inertia", inertia, model.Inertia, 1e-2)];
    }

    private static double SquaredDistance(double[] a, double[] b) => a.Zip(b, (u, v) => (u - v) * (u - v)).Sum();
}
