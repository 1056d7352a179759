using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>The first centroids of k-means: k × d, row-major, each of them a row of the data.</summary>
internal static class KMeansStart
{
    private const int ParallelRounds = 5;

    /// <summary>The first centroids by an algorithm.</summary>
    public static double[] Of(KMeansTrainer.InitializationAlgorithm algorithm, TrainingData data, int k, RandomStream random, FitContext context) => algorithm switch
    {
        KMeansTrainer.InitializationAlgorithm.Random => Random(data, k, random, context),
        KMeansTrainer.InitializationAlgorithm.KMeansYinyang => Parallel(data, k, random, context),
        _ => PlusPlus(data, k, random, context),
    };

    /// <summary>Rows drawn without replacement, with probability ∝ wi.</summary>
    public static double[] Random(TrainingData data, int k, RandomStream random, FitContext context)
    {
        double[] mass = data.WeightArray();
        int[] chosen = new int[k];
        for (int c = 0; c < k; c++)
        {
            context.Checkpoint();
            chosen[c] = random.NextCategorical(mass);
            mass[chosen[c]] = 0;
        }

        return data.CentresAt(chosen);
    }

    /// <summary>Greedy k-means++ (Arthur and Vassilvitskii 2007, section 2.2 and conclusion).</summary>
    public static double[] PlusPlus(TrainingData data, int k, RandomStream random, FitContext context)
    {
        int n = data.Rows, draws = 2 + (int)Math.Log(k);
        double[] mass = data.WeightArray();
        double[] nearest = new double[n];      // D(xi)², the squared distance to the nearest centroid so far
        double[] with = new double[n * draws]; // what D(xi)² would be with each of the rows drawn
        Array.Fill(nearest, float.PositiveInfinity);
        int[] chosen = new int[k];
        int[] drawn = [random.NextCategorical(mass)];
        for (int c = 0; ; c++)
        {
            int best = LeastInertia(data, drawn, nearest, with, context);
            chosen[c] = drawn[best];
            if (c == k - 1)
                return data.CentresAt(chosen);

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
                return data.CentresAt(chosen);
            }

            drawn = new int[draws];
            for (int l = 0; l < draws; l++)
                drawn[l] = random.NextCategorical(mass);
        }
    }

    /// <summary>
    /// k-means‖ (Bahmani and others 2012, algorithm 2): in each of a few rounds every row is taken with probability ℓ wi D(xi)² / Σ w D², ℓ = 2k; the rows
    /// taken, each with the weight of those nearest to it, are then divided into k by k-means++.
    /// </summary>
    public static double[] Parallel(TrainingData data, int k, RandomStream random, FitContext context)
    {
        int n = data.Rows;
        double[] distances = new double[n]; // D(xi)²
        int[] nearest = new int[n];         // the place among those taken of the one nearest to xi
        Array.Fill(distances, double.PositiveInfinity);
        List<int> taken = [random.NextCategorical(data.WeightArray())];
        int known = 0;
        for (int round = 0; ; round++)
        {
            double total = Draw(data, taken, known, distances, nearest, context);
            known = taken.Count;
            if (round == ParallelRounds || total == 0)
                break;
            var draw = random.Derive(round);
            for (int i = 0; i < n; i++)
            {
                if (draw.NextDouble() * total < 2 * k * data.Weight(i) * distances[i])
                    taken.Add(i);
            }

            if (taken.Count == known)
                break;
        }

        if (taken.Count <= k)
            return PlusPlus(data, k, random, context);
        float[] weights = new float[taken.Count];
        for (int i = 0; i < n; i++)
            weights[nearest[i]] += data.Weight(i);
        var candidates = new TrainingData(data.Features.Gather(taken.ToArray()), weights: weights);
        return PlusPlus(candidates, k, random, context);
    }

    // Brings the distances up to date with the rows taken last; gives Σ w D².
    private static double Draw(TrainingData data, List<int> taken, int known, double[] distances, int[] nearest, FitContext context)
    {
        var search = new NearestCentre(data.CentresAt(taken.ToArray().AsSpan(known)), data.Features.Columns);
        return new RowChunks(data.Rows, 1).Sum(context, (from, to) =>
        {
            var (found, squared) = (new int[to - from], new double[to - from]);
            search.Find(data.Features.RowSpan(from, to), found, squared);
            double sum = 0;
            for (int i = from; i < to; i++)
            {
                if (squared[i - from] < distances[i])
                    (distances[i], nearest[i]) = (squared[i - from], known + found[i - from]);
                sum += data.Weight(i) * distances[i];
            }

            return sum;
        });
    }

    // Computes D(x)² as it would be with each of some rows as the next centroid, n × rows; gives the row with the least inertia, the first one in a tie.
    private static int LeastInertia(TrainingData data, int[] rows, double[] nearest, double[] with, FitContext context)
    {
        int m = rows.Length;
        var search = new NearestCentre(data.CentresAt(rows), data.Features.Columns);
        var chunks = new RowChunks(data.Rows, m);
        double[] parts = new double[chunks.Count * m];
        chunks.ForEach(context, (chunk, from, to) =>
        {
            var part = parts.AsSpan(chunk * m, m);
            var distances = with.AsSpan(from * m, (to - from) * m);
            search.SquaredDistances(data.Features.RowSpan(from, to), distances);
            for (int i = from; i < to; i++)
            {
                double weight = data.Weight(i), most = nearest[i];
                for (int l = 0; l < m; l++)
                {
                    ref double distance = ref distances[((i - from) * m) + l];
                    distance = Math.Min(most, distance);
                    part[l] += weight * distance;
                }
            }
        });

        double[] inertias = new double[m];
        for (int chunk = 0; chunk < chunks.Count; chunk++)
            Dense.Axpy(1, parts.AsSpan(chunk * m, m), inertias);
        return Array.IndexOf(inertias, inertias.Min());
    }
}
