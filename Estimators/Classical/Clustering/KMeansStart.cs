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

    /// <summary>Greedy k-means++ (Arthur and Vassilvitskii 2007, section 2.2 and conclusion).</summary>
    public static double[] PlusPlus(TrainingData data, int k, RandomStream random, FitContext context)
    {
        int n = data.Rows, draws = 2 + (int)Math.Log(k);
        double[] mass = Weights(data);
        double[] nearest = new double[n];      // D(xi)², the squared distance to the nearest centroid so far
        double[] with = new double[n * draws]; // what D(xi)² would be with each of the rows drawn
        Array.Fill(nearest, double.PositiveInfinity);
        int[] chosen = new int[k];
        int[] drawn = [random.NextCategorical(mass)];
        for (int c = 0; ; c++)
        {
            int best = LeastInertia(data, drawn, nearest, with, context);
            chosen[c] = drawn[best];
            if (c == k - 1)
                return Rows(data, chosen);

            double total = 0;
            for (int i = 0; i < n; i++)
            {
                nearest[i] = with[(i * drawn.Length) + best];
                total += mass[i] = data.Weight(i) * nearest[i];
            }

            if (total == 0)
            {
                // Every row lies on a centroid: there are fewer different rows than clusters, and the rest of the clusters stays empty.
                chosen.AsSpan(c + 1).Fill(chosen[0]);
                return Rows(data, chosen);
            }

            drawn = new int[draws];
            for (int l = 0; l < draws; l++)
                drawn[l] = random.NextCategorical(mass);
        }
    }

    // Computes D(x)² as it would be with each of some rows as the next centroid, n × rows; gives the row with the least inertia, the first one in a tie.
    private static int LeastInertia(TrainingData data, int[] rows, double[] nearest, double[] with, FitContext context)
    {
        int d = data.Features.Columns, m = rows.Length;
        double[] points = Rows(data, rows);
        double[] inertias = new double[m];
        double[] parts = new double[KMeansAssignment.ChunksPerBlock * m];
        KMeansAssignment.ForEachChunk(data.Rows, context,
            (slot, start, end) =>
            {
                var part = parts.AsSpan(slot * m, m);
                part.Clear();
                for (int i = start; i < end; i++)
                {
                    for (int l = 0; l < m; l++)
                    {
                        double distance = Math.Min(nearest[i], Dense.SquaredDistance(data.Features.Row(i), points.AsSpan(l * d, d)));
                        with[(i * m) + l] = distance;
                        part[l] += data.Weight(i) * distance;
                    }
                }
            },
            slot => Dense.Axpy(1, parts.AsSpan(slot * m, m), inertias));
        return Array.IndexOf(inertias, inertias.Min());
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
}
