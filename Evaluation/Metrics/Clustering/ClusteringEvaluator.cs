using MLPath.Data;
using MLPath.Runtime;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// Judges clusters of n rows: O(n) for everything but the silhouette, whose cost is bounded by sampling
/// (<see cref="ClusteringEvaluationOptions.MaxSilhouetteRows"/>).
/// </summary>
/// <remarks>
/// What is not given leaves its metrics undefined, with that reason: labels (agreement with classes), distances (average distance),
/// features (silhouette and Davies-Bouldin). Rows whose label is missing take part in all but the agreement with classes, and are counted.
/// </remarks>
public static class ClusteringEvaluator
{
    /// <summary>Judges clusters.</summary>
    /// <param name="clusters">n cluster indices; a negative one belongs to no cluster (noise). Indices may have gaps.</param>
    /// <param name="distances">n scores, that of each row's own cluster (for k-means its distance to the centroid), or none.</param>
    /// <param name="labels">n class indices, a negative one missing, or none.</param>
    /// <param name="features">n by <paramref name="featureCount"/> features, row-major, or none.</param>
    /// <param name="featureCount">The number of features of a row; at least 1 where features are given.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights.</param>
    /// <param name="options">The silhouette's sample; null for the defaults.</param>
    /// <param name="cancellationToken">Observed while the silhouette is computed.</param>
    /// <returns>The metrics; undefined ones carry their reason.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is bad, or an option is out of range.</exception>
    public static ClusteringMetrics Evaluate(ReadOnlySpan<int> clusters, ReadOnlySpan<float> distances = default,
        ReadOnlySpan<int> labels = default, ReadOnlySpan<float> features = default, int featureCount = 0,
        ReadOnlySpan<float> weights = default, ClusteringEvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        int n = clusters.Length;
        options ??= new ClusteringEvaluationOptions();
        options.Validate();
        RowFilter.RequireLength(nameof(distances), distances.Length, n, optional: true);
        RowFilter.RequireLength(nameof(labels), labels.Length, n, optional: true);
        ArgumentOutOfRangeException.ThrowIfNegative(featureCount);
        if (!features.IsEmpty && features.Length != (long)n * featureCount)
        {
            throw new ArgumentException(
                Invariant($"'features' has {features.Length} values where {n} rows of {featureCount} features are expected."),
                nameof(features));
        }

        var filter = new RowFilter(n, weights);
        var rows = new List<int>(n);
        var rowWeights = new List<double>(n);
        var table = new Contingency();
        int withoutLabel = 0;
        for (int row = 0; row < n; row++)
        {
            bool usable = clusters[row] < 0 || distances.IsEmpty || float.IsFinite(distances[row]);
            if (!filter.Admit(row, hasLabel: true, usable, out double weight))
                continue;
            rows.Add(row);
            rowWeights.Add(weight);
            if (!labels.IsEmpty && labels[row] < 0)
                withoutLabel++;
            else if (!labels.IsEmpty)
                table.Add(labels[row], Math.Max(-1, clusters[row]), weight);
        }
        var counts = filter.Counts with { WithoutLabel = withoutLabel };
        var metrics = new MetricTable(LearningTask.Clustering);
        if (filter.Obstacle is { } obstacle)
        {
            metrics.UndefinedRest(obstacle);
            return new ClusteringMetrics(metrics, counts, !labels.IsEmpty, 0, [], []);
        }
        var clustered = ClusterRows.Of(rows, rowWeights, clusters);
        JudgeAgreement(metrics, table, !labels.IsEmpty);
        var averageDistances = JudgeDistances(metrics, clustered, distances);
        var (samples, silhouettes) = JudgeGeometry(metrics, clustered, features, featureCount, options, cancellationToken);
        return new ClusteringMetrics(metrics, counts, !labels.IsEmpty, rows.Count - clustered.Rows.Length,
            PerCluster(clustered, averageDistances, silhouettes), samples);
    }

    /// <summary>
    /// Reads clusters and distances off a row-major block of scores, one per cluster, as ML.NET's clustering models give them: a row
    /// belongs to the cluster of the smallest score, the first of them on a tie.
    /// </summary>
    /// <param name="scores">n by k scores, row-major. A row with a NaN gets a NaN distance.</param>
    /// <param name="clusterCount">k, at least 1.</param>
    /// <param name="clusters">Receives n cluster indices, 0 to k - 1.</param>
    /// <param name="distances">Receives the n smallest scores.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void NearestClusters(ReadOnlySpan<float> scores, int clusterCount, Span<int> clusters, Span<float> distances)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusterCount, 1);
        RowFilter.RequireLength(nameof(distances), distances.Length, clusters.Length);
        RowFilter.RequireLength(nameof(scores), scores.Length, (long)clusters.Length * clusterCount);
        for (int row = 0; row < clusters.Length; row++)
        {
            var ofRow = scores.Slice(row * clusterCount, clusterCount);
            int nearest = 0;
            for (int c = 1; c < clusterCount && !float.IsNaN(ofRow[nearest]); c++)
            {
                if (ofRow[c] < ofRow[nearest] || float.IsNaN(ofRow[c]))
                    nearest = c;
            }
            clusters[row] = nearest;
            distances[row] = ofRow[nearest];
        }
    }

    private static void JudgeAgreement(MetricTable metrics, Contingency table, bool hasLabels)
    {
        if (!hasLabels || table.Classes == 0)
        {
            var none = Outcome.Undefined(hasLabels ? "no row has a label" : "no labels were given to compare with");
            metrics.Set(nameof(ClusteringMetrics.NormalizedMutualInformation), none);
            metrics.Set(nameof(ClusteringMetrics.AdjustedRandIndex), none);
            metrics.Set(nameof(ClusteringMetrics.Homogeneity), none);
            metrics.Set(nameof(ClusteringMetrics.Completeness), none);
            metrics.Set(nameof(ClusteringMetrics.VMeasure), none);
            return;
        }
        double information = table.MutualInformation();
        double classEntropy = table.ClassEntropy(), clusterEntropy = table.ClusterEntropy();
        // Without entropy there is nothing left to explain (so Rosenberg and Hirschberg define both).
        double homogeneity = classEntropy > 0 ? information / classEntropy : 1;
        double completeness = clusterEntropy > 0 ? information / clusterEntropy : 1;
        metrics.Set(nameof(ClusteringMetrics.Homogeneity), homogeneity);
        metrics.Set(nameof(ClusteringMetrics.Completeness), completeness);
        metrics.Set(nameof(ClusteringMetrics.VMeasure),
            homogeneity + completeness > 0 ? 2 * homogeneity * completeness / (homogeneity + completeness) : 0);
        metrics.Set(nameof(ClusteringMetrics.AdjustedRandIndex), table.AdjustedRand());
        metrics.Set(nameof(ClusteringMetrics.NormalizedMutualInformation), table.Classes > 1
            ? information / classEntropy
            : Outcome.Undefined("it is relative to the entropy of the classes, which is 0: all labels are the same"));
    }

    private static double[] JudgeDistances(MetricTable metrics, ClusterRows rows, ReadOnlySpan<float> distances)
    {
        var means = new double[rows.Count];
        if (distances.IsEmpty || rows.Count == 0)
        {
            Array.Fill(means, double.NaN);
            metrics.Set(nameof(ClusteringMetrics.AverageDistance),
                Outcome.Undefined(distances.IsEmpty ? "no distances were given" : "no row belongs to a cluster"));
            return means;
        }
        var total = new CompensatedSum();
        var weight = new CompensatedSum();
        var clusterWeights = new double[rows.Count];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            double distance = rows.Weights[i] * distances[rows.Rows[i]];
            total.Add(distance);
            weight.Add(rows.Weights[i]);
            means[rows.Clusters[i]] += distance;
            clusterWeights[rows.Clusters[i]] += rows.Weights[i];
        }
        for (int c = 0; c < means.Length; c++)
            means[c] /= clusterWeights[c];
        metrics.Set(nameof(ClusteringMetrics.AverageDistance), total.Value / weight.Value);
        return means;
    }

    private static (SilhouetteSample[] Samples, Dictionary<int, double> PerCluster) JudgeGeometry(MetricTable metrics, ClusterRows rows,
        ReadOnlySpan<float> features, int featureCount, ClusteringEvaluationOptions options, CancellationToken cancellationToken)
    {
        if (GeometryObstacle(rows, features, featureCount) is { } obstacle)
        {
            metrics.Set(nameof(ClusteringMetrics.DaviesBouldinIndex), Outcome.Undefined(obstacle));
            metrics.Set(nameof(ClusteringMetrics.Silhouette), Outcome.Undefined(obstacle));
            return ([], []);
        }
        metrics.Set(nameof(ClusteringMetrics.DaviesBouldinIndex), DaviesBouldin.Index(rows, features, featureCount, cancellationToken));
        var sample = rows.Sample(options.MaxSilhouetteRows, options.Seed);
        if (sample.Count < 2)
        {
            metrics.Set(nameof(ClusteringMetrics.Silhouette), Outcome.Undefined(
                Invariant($"the sample of {sample.Rows.Length} rows lies in one cluster; raise {nameof(options.MaxSilhouetteRows)}")));
            return ([], []);
        }
        var (samples, weights) = Silhouettes.Compute(sample, features, featureCount, cancellationToken);
        var total = new CompensatedSum();
        var totalWeight = new CompensatedSum();
        var perCluster = new Dictionary<int, double>();
        for (int start = 0; start < samples.Length;)
        {
            int cluster = samples[start].Cluster;
            double sum = 0, weight = 0;
            for (; start < samples.Length && samples[start].Cluster == cluster; start++)
            {
                sum += weights[start] * samples[start].Value;
                weight += weights[start];
            }
            perCluster.Add(cluster, sum / weight);
            total.Add(sum);
            totalWeight.Add(weight);
        }
        metrics.Set(nameof(ClusteringMetrics.Silhouette), total.Value / totalWeight.Value);
        return (samples, perCluster);
    }

    private static string? GeometryObstacle(ClusterRows rows, ReadOnlySpan<float> features, int featureCount)
    {
        if (features.IsEmpty)
            return "no features were given";
        if (rows.Count < 2)
            return rows.Count == 0 ? "no row belongs to a cluster" : "clusters are compared with each other; there is only one";
        foreach (int row in rows.Rows)
        {
            foreach (float value in features.Slice(row * featureCount, featureCount))
            {
                if (!float.IsFinite(value))
                    return Invariant($"the features at row index {row} hold a NaN or infinite value");
            }
        }
        return null;
    }

    private static ClusterMetrics[] PerCluster(ClusterRows rows, double[] averageDistances, Dictionary<int, double> silhouettes)
    {
        var counts = new int[rows.Count];
        var weights = new double[rows.Count];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            counts[rows.Clusters[i]]++;
            weights[rows.Clusters[i]] += rows.Weights[i];
        }
        return [.. rows.Ids.Select((id, c) => new ClusterMetrics(id, counts[c], weights[c], averageDistances[c],
            silhouettes.TryGetValue(id, out double silhouette) ? silhouette : double.NaN))];
    }
}
