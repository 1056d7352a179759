using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>The first centroids of k-means: k × d, row-major, each of them a row of the data.</summary>
internal static class KMeansStart
{
    /// <summary>Rows drawn without replacement, with probability ∝ wi.</summary>
    public static double[] Random(TrainingData data, int k, RandomStream random, FitContext context)
    {
        double[] mass = Weights(data);
        int[] chosen = new int[k];
        for (int c = 0; c < k; c++)
        {
            context.Checkpoint();
            chosen[c] = random.NextCategorical(mass);
            mass[chosen[c]] = 0;
        }

        return Rows(data, chosen);
    }

    /// <summary>Greedy k-means++ (Arthur and Vassilvitskii 2007, sections 2.2 and 5).</summary>
    public static double[] PlusPlus(TrainingData data, int k, RandomStream random, FitContext context)
    {
        int n = data.Rows;
        double[] mass = Weights(data);
        int[] chosen = new int[k];
        chosen[0] = random.NextCategorical(mass);
        double[] nearest = new double[n]; // D(xi)², the squared distance to the nearest centroid so far
        Array.Fill(nearest, double.PositiveInfinity);
        new Candidates(data, [chosen[0]], nearest, context).Keep(0, nearest);

        int draws = 2 + (int)Math.Log(k);
        for (int c = 1; c < k; c++)
        {
            double total = 0;
            for (int i = 0; i < n; i++)
                total += mass[i] = data.Weight(i) * nearest[i];
            if (total == 0)
            {
                // Every row lies on a centroid: there are fewer different rows than clusters, and the rest of the clusters stays empty.
                chosen.AsSpan(c).Fill(chosen[0]);
                break;
            }

            int[] rows = new int[draws];
            for (int l = 0; l < draws; l++)
                rows[l] = random.NextCategorical(mass);
            var candidates = new Candidates(data, rows, nearest, context);
            candidates.Keep(candidates.Best, nearest);
            chosen[c] = rows[candidates.Best];
        }

        return Rows(data, chosen);
    }

    private static double[] Weights(TrainingData data)
    {
        double[] weights = new double[data.Rows];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = data.Weight(i);
        return weights;
    }

    private static double[] Rows(TrainingData data, int[] rows)
    {
        int d = data.Features.Columns;
        double[] centroids = new double[rows.Length * d];
        for (int c = 0; c < rows.Length; c++)
        {
            var row = data.Features.Row(rows[c]);
            for (int j = 0; j < d; j++)
                centroids[(c * d) + j] = row[j];
        }

        return centroids;
    }

    /// <summary>Some rows that may become the next centroid, and what D(x)² and the inertia would be with each of them.</summary>
    private sealed class Candidates
    {
        private readonly double[] _nearest; // n × candidates
        private readonly double[] _inertias;

        public Candidates(TrainingData data, int[] rows, double[] nearest, FitContext context)
        {
            int d = data.Features.Columns;
            double[] points = Rows(data, rows);
            _nearest = new double[data.Rows * rows.Length];
            _inertias = new double[rows.Length];
            double[] parts = new double[KMeansAssignment.ChunksPerBlock * rows.Length];
            KMeansAssignment.ForEachChunk(data.Rows, context,
                (slot, start, end) =>
                {
                    var inertias = parts.AsSpan(slot * rows.Length, rows.Length);
                    inertias.Clear();
                    for (int i = start; i < end; i++)
                    {
                        for (int l = 0; l < rows.Length; l++)
                        {
                            double distance = Dense.SquaredDistance(data.Features.Row(i), points.AsSpan(l * d, d));
                            double with = Math.Min(nearest[i], distance);
                            _nearest[(i * rows.Length) + l] = with;
                            inertias[l] += data.Weight(i) * with;
                        }
                    }
                },
                slot => Dense.Axpy(1, parts.AsSpan(slot * rows.Length, rows.Length), _inertias));
        }

        /// <summary>The candidate that lowers the inertia most, the first one in a tie.</summary>
        public int Best => Array.IndexOf(_inertias, _inertias.Min());

        public void Keep(int candidate, double[] nearest)
        {
            for (int i = 0; i < nearest.Length; i++)
                nearest[i] = _nearest[(i * _inertias.Length) + candidate];
        }
    }
}
