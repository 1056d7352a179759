using MLPath;
using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace Acme.Learning;

/// <summary>
/// The nearest-centroid classifier: learns the mean μc of each class, and predicts softmax over −‖x − μc‖² / T. Cost: one pass over n × d values.
/// </summary>
/// <remarks>Reference: Tibshirani et al., <i>Diagnosis of multiple cancer types by shrunken centroids of gene expression</i>, PNAS 99, 2002.</remarks>
public sealed class NearestCentroidTrainer : MulticlassTrainer<NearestCentroidModel>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    public NearestCentroidTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>T, by which squared distances are divided; above 0, default 1.</summary>
        public double Temperature { get; init; } = 1;

        /// <summary>Names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Temperature), "By which squared distances are divided.", o => o.Temperature, (o, v) => o with { Temperature = v }, minimum: 0, exclusive: true);
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => new(NeedsNormalization: true, SupportsWeights: true, GivesProbabilities: true);

    /// <inheritdoc/>
    public override string ToString() => $"NearestCentroid({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override NearestCentroidModel Train(TrainingData data, FitContext context)
    {
        int d = data.Features.Columns;
        var centroids = new double[data.ClassCount * d];
        var weights = new double[data.ClassCount];
        for (int i = 0; i < data.Rows; i++)
        {
            if (i % 1024 == 0)
                context.Checkpoint();
            var row = data.Features.Row(i);
            weights[data.Classes[i]] += data.Weight(i);
            for (int j = 0; j < d; j++)
                centroids[(data.Classes[i] * d) + j] += data.Weight(i) * row[j];
        }

        for (int c = 0; c < data.ClassCount; c++)
        {
            for (int j = 0; j < d; j++)
                centroids[(c * d) + j] /= weights[c] > 0 ? weights[c] : 1;
        }

        return new NearestCentroidModel(data.ClassCount, centroids, _options.Temperature);
    }
}

/// <summary>The k class means.</summary>
public sealed class NearestCentroidModel : ClassProbabilityModel
{
    private readonly double[] _centroids;
    private readonly double _temperature;

    internal NearestCentroidModel(int classes, double[] centroids, double temperature) =>
        (ClassCount, _centroids, _temperature) = (classes, centroids, temperature);

    /// <inheritdoc/>
    public override string ComponentId => "Acme.NearestCentroid";

    /// <inheritdoc/>
    public override int FeatureCount => _centroids.Length / ClassCount;

    /// <inheritdoc/>
    public override int ClassCount { get; }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Temperature", _temperature);
        context.WriteArray<double>("Centroids", _centroids, ClassCount, FeatureCount);
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int d = FeatureCount, k = ClassCount;
        Span<double> p = stackalloc double[Math.Min(k, 256)];
        p = k <= 256 ? p : new double[k];
        for (int i = 0; i < features.Rows; i++)
        {
            var x = features.Row(i);
            double greatest = double.NegativeInfinity, sum = 0;
            for (int c = 0; c < k; c++)
            {
                double distance = 0;
                for (int j = 0; j < d; j++)
                    distance += (x[j] - _centroids[(c * d) + j]) * (x[j] - _centroids[(c * d) + j]);
                p[c] = -distance / _temperature;
                greatest = Math.Max(greatest, p[c]);
            }

            for (int c = 0; c < k; c++)
                sum += p[c] = Math.Exp(p[c] - greatest);
            for (int c = 0; c < k; c++)
                scores[(i * k) + c] = (float)(p[c] / sum);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"NearestCentroid({ClassCount} classes)";

    internal static NearestCentroidModel Load(ModelLoadContext context)
    {
        int[] shape = context.ReadShape("Centroids");
        double temperature = context.ReadDouble("Temperature");
        return shape is [> 0, > 0] && temperature > 0
            ? new(shape[0], context.ReadArray<double>("Centroids", shape), temperature)
            : throw context.Invalid("it has no classes, no features, or no temperature");
    }
}

/// <summary>What a program registers: <c>ml.Components.Add(AcmeComponents.All)</c>.</summary>
public static class AcmeComponents
{
    /// <summary>The components.</summary>
    public static ComponentList All { get; } = new ComponentList("Acme.Learning")
        .AddClassModel("Acme.NearestCentroid", NearestCentroidModel.Load)
        .Add(GatedNetworkArchitecture.Id, GatedNetworkArchitecture.Load);

    /// <summary>The algorithm by name.</summary>
    public static Algorithm NearestCentroid { get; } = new("nearest-centroid", "Nearest centroid", "The class whose mean is nearest.",
        [TrainerFactory.Of(LearningTask.Multiclass, "NearestCentroid", NearestCentroidTrainer.Options.All, o => new NearestCentroidTrainer(o))]);
}

/// <summary>The trainer in the catalog, beside MLPath's own.</summary>
public static class AcmeCatalog
{
    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>The class whose mean is nearest.</summary>
        /// <param name="options">The options; the defaults when omitted.</param>
        public NearestCentroidTrainer NearestCentroid(NearestCentroidTrainer.Options? options = null) => new(options);
    }
}
