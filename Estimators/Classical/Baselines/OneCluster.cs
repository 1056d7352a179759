using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The baseline of clustering: puts every row into one cluster, around the weighted mean of all. Its squared distances are those of the
/// whole data from their mean, which a clustering that found something lowers.
/// </summary>
public sealed class OneClusterTrainer : ClusteringTrainer<OneClusterModelParameters>
{
    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    public OneClusterTrainer(Options? options = null) : base(options ?? new()) { }

    /// <summary>The options of <see cref="OneClusterTrainer"/>: the columns alone.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>There is nothing to choose.</summary>
        public static OptionSet<Options> All { get; } = new(new());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(SupportsWeights: true, SupportsSparse: true);

    /// <inheritdoc/>
    public override string ToString() => "OneCluster()";

    /// <inheritdoc/>
    protected override OneClusterModelParameters Train(TrainingData data, FitContext context) => new(ColumnMoments.Of(data, context).Means);
}

/// <summary>One cluster, around the mean of all rows.</summary>
public sealed class OneClusterModelParameters : IClusteringModel
{
    internal const string Id = "MLPath.OneCluster";

    private readonly double[] _center;

    /// <summary>Creates a model.</summary>
    /// <param name="center">d coordinates, finite; 1 or more.</param>
    /// <exception cref="ArgumentException">There is no coordinate, or one is not finite.</exception>
    public OneClusterModelParameters(ReadOnlySpan<double> center)
    {
        _center = center.ToArray();
        if (_center.Length == 0 || !Array.TrueForAll(_center, double.IsFinite))
            throw new ArgumentException("The centre has a finite coordinate for each feature, one at least.", nameof(center));
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _center.Length;

    /// <inheritdoc/>
    public int ClusterCount => 1;

    /// <summary>The d coordinates of the cluster's centre.</summary>
    public ReadOnlySpan<double> Center => _center;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        for (int row = 0; row < features.Rows; row++)
            scores[row] = (float)Dense.SquaredDistance(features.Row(row), _center);
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context) => context.WriteArray<double>(nameof(Center), _center);

    /// <inheritdoc/>
    public override string ToString() => $"OneCluster({FeatureCount} features)";

    internal static OneClusterModelParameters Load(ModelLoadContext context)
    {
        double[] center = context.ReadFinite(nameof(Center), -1);
        return center.Length > 0 ? new(center) : throw context.Invalid("it has no features");
    }
}
