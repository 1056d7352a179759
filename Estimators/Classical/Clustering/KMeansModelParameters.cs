using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What k-means, or mini-batch k-means, learned: k centroids, and how it came to them.</summary>
public sealed class KMeansModelParameters : IClusteringModel, ITrainingHistory
{
    internal const string Id = "MLPath.KMeans";

    private readonly double[] _centroids;
    private readonly double[] _clusterWeights;
    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="centroids">k × d, row-major, finite.</param>
    /// <param name="clusterWeights">k sums of the weights of each cluster's rows.</param>
    /// <param name="inertia">Σi wi ‖xi − μc(i)‖².</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public KMeansModelParameters(double[] centroids, double[] clusterWeights, double inertia, TrainingHistory? history = null)
    {
        if (clusterWeights.Length == 0 || centroids.Length == 0 || centroids.Length % clusterWeights.Length != 0)
            throw new ArgumentException("Centroids are k × d, with one weight for each of the k clusters.", nameof(centroids));
        (_centroids, _clusterWeights, Inertia, _history) = (centroids, clusterWeights, inertia, history ?? TrainingHistory.None);
        FeatureCount = centroids.Length / clusterWeights.Length;
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public int ClusterCount => _clusterWeights.Length;

    /// <summary>k × d centroids μc, row-major.</summary>
    public ReadOnlySpan<double> Centroids => _centroids;

    /// <summary>k sums of the weights of the training rows in each cluster: their number when rows have no weights; 0 for an empty cluster.</summary>
    public ReadOnlySpan<double> ClusterWeights => _clusterWeights;

    /// <summary>Σi wi ‖xi − μc(i)‖², the weighted sum of the training rows' squared distances to their centroids.</summary>
    public double Inertia { get; }

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <summary>The inertia after each iteration, which never rises; for mini-batch k-means the smoothed mean squared distance of a row after each batch.</summary>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <summary>Copies the centroids to buffers.</summary>
    /// <param name="centroids">Receives k vectors of d values; the array is made longer where that is needed.</param>
    /// <param name="k">Receives the number of clusters.</param>
    public void GetClusterCentroids(ref VBuffer<float>[] centroids, out int k)
    {
        k = ClusterCount;
        if (centroids is null || centroids.Length < k)
            Array.Resize(ref centroids, k);
        for (int c = 0; c < k; c++)
        {
            var editor = VBufferEditor.Create(ref centroids[c], FeatureCount);
            for (int j = 0; j < FeatureCount; j++)
                editor.Values[j] = (float)_centroids[(c * FeatureCount) + j];
            centroids[c] = editor.Commit();
        }
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.WriteArray<double>("Centroids", _centroids, ClusterCount, FeatureCount);
        context.WriteArray<double>("ClusterWeights", _clusterWeights);
        context.Write("Inertia", Inertia);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        for (int row = 0; row < features.Rows; row++)
        {
            var x = features.Row(row);
            for (int c = 0; c < ClusterCount; c++)
                scores[(row * ClusterCount) + c] = (float)Dense.SquaredDistance(x, _centroids.AsSpan(c * FeatureCount, FeatureCount));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"KMeans({ClusterCount} clusters, {FeatureCount} features)";

    internal static KMeansModelParameters Load(ModelLoadContext context)
    {
        double[] clusterWeights = context.ReadArray<double>("ClusterWeights");
        double[] centroids = context.ReadArray<double>("Centroids", clusterWeights.Length, -1);
        if (centroids.Length == 0)
            throw context.Invalid("it has no clusters or no features");
        if (!Array.TrueForAll(centroids, double.IsFinite))
            throw context.Invalid("a centroid is not finite");
        return new(centroids, clusterWeights, context.ReadDouble("Inertia"), TrainingHistory.Load(context));
    }
}
