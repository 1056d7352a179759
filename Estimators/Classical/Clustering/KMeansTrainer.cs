using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// K-means: finds k points, the centroids, such that the rows lie near their nearest one, and so divides the rows into k clusters.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> The inertia Σi wi · minc ‖xi − μc‖², a local minimum of which is found by turns (Lloyd): each row goes to its
/// nearest centroid (the lowest c in a tie), then each centroid moves to the weighted mean of its rows. No turn raises the inertia. A cluster
/// that loses all its rows is placed on the row that lies farthest from its own centroid.</para>
/// <para><b>Start.</b> Greedy k-means++: each centroid is drawn from the rows with probability ∝ wi · D(xi)², D the distance to the nearest
/// centroid so far; of 2 + ⌊ln k⌋ such draws the one that lowers the inertia most is kept.</para>
/// <para><b>Cost.</b> n × k × d for each iteration, and about ln k times that for the start.</para>
/// <para><b>Use it</b> for compact clusters of similar size, on features of similar scale. Every start can end in another local minimum:
/// <see cref="Options.NumberOfRestarts"/> keeps the best of several.</para>
/// <para><b>References.</b> S. Lloyd, <i>Least Squares Quantization in PCM</i>, IEEE Trans. Information Theory 1982. D. Arthur,
/// S. Vassilvitskii, <i>k-means++: The Advantages of Careful Seeding</i>, SODA 2007; to draw several and keep the best is
/// from its conclusion.</para>
/// </remarks>
public sealed class KMeansTrainer : ClusteringTrainer<KMeansModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KMeansTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>How the first centroids are chosen.</summary>
    public enum InitializationAlgorithm
    {
        /// <summary>Rows drawn one after the other, preferring those far from the ones drawn before (Arthur and Vassilvitskii).</summary>
        KMeansPlusPlus = 0,

        /// <summary>Different rows drawn at random.</summary>
        Random = 1,
    }

    /// <summary>The options of k-means.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>k, the number of clusters: 1 or more, and at most the number of rows. Default 5.</summary>
        public int NumberOfClusters { get; init; } = 5;

        /// <summary>How the first centroids are chosen. Default <see cref="InitializationAlgorithm.KMeansPlusPlus"/>.</summary>
        public InitializationAlgorithm InitializationAlgorithm { get; init; }

        /// <summary>The most iterations of one start. 1 or more; default 1000.</summary>
        public int MaximumNumberOfIterations { get; init; } = 1000;

        /// <summary>A start ends when an iteration lowers the inertia by no more than this part of it. 0 or more; default 1e-7.</summary>
        public double OptimizationTolerance { get; init; } = 1e-7;

        /// <summary>From how many starts the result of least inertia is kept. 1 or more; default 1.</summary>
        public int NumberOfRestarts { get; init; } = 1;

        /// <summary>The seed of the starts; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(NumberOfClusters), "The number of clusters.",
                o => o.NumberOfClusters, (o, v) => o with { NumberOfClusters = v }, minimum: 1)
            .Choice(nameof(InitializationAlgorithm), "How the first centroids are chosen.",
                o => o.InitializationAlgorithm, (o, v) => o with { InitializationAlgorithm = v })
            .Integer(nameof(MaximumNumberOfIterations), "The most iterations of one start.",
                o => o.MaximumNumberOfIterations, (o, v) => o with { MaximumNumberOfIterations = v }, minimum: 1)
            .Number(nameof(OptimizationTolerance), "A start ends when an iteration lowers the inertia by no more than this part of it.",
                o => o.OptimizationTolerance, (o, v) => o with { OptimizationTolerance = v }, minimum: 0)
            .Integer(nameof(NumberOfRestarts), "From how many starts the result of least inertia is kept.",
                o => o.NumberOfRestarts, (o, v) => o with { NumberOfRestarts = v }, minimum: 1)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    /// <inheritdoc/>
    public override string ToString() => $"KMeans({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KMeansModelParameters Train(TrainingData data, FitContext context)
    {
        int k = _options.NumberOfClusters;
        if (data.Rows < k)
        {
            throw new DataException(
                $"There are {data.Rows} rows to put into {k} clusters; each cluster needs at least one. Lower {nameof(Options.NumberOfClusters)}.");
        }

        var random = context.CreateRandom("kmeans", _options.Seed);
        KMeansModelParameters? best = null;
        for (int restart = 0; restart < _options.NumberOfRestarts; restart++)
        {
            string? message = _options.NumberOfRestarts == 1 ? null : $"restart {restart + 1} of {_options.NumberOfRestarts}";
            var found = Lloyd(data, random.Derive(restart), context, message);
            if (best is null || found.Inertia < best.Inertia)
                best = found;
        }

        int empty = best!.ClusterWeights.Count(0.0);
        if (!best.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                $"K-means had not converged after {best.Iterations} iterations. Raise {nameof(Options.MaximumNumberOfIterations)}.");
        }
        else if (empty > 0)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "empty-clusters",
                $"Only {k - empty} rows are different from each other, so {empty} of the {k} clusters are empty. Lower {nameof(Options.NumberOfClusters)}.");
        }

        return best;
    }

    // One start and its way down to a local minimum.
    private KMeansModelParameters Lloyd(TrainingData data, RandomStream random, FitContext context, string? message)
    {
        int k = _options.NumberOfClusters, limit = _options.MaximumNumberOfIterations;
        double[] centroids = _options.InitializationAlgorithm == InitializationAlgorithm.Random
            ? KMeansStart.Random(data, k, random, context)
            : KMeansStart.PlusPlus(data, k, random, context);

        var clusters = new KMeansAssignment(data, k);
        clusters.Assign(centroids, context);
        double inertia = clusters.Inertia;
        var losses = new List<double>();
        string? reason = null;
        while (reason is null && losses.Count < limit)
        {
            clusters.MoveToMeans(centroids);
            int changed = clusters.Assign(centroids, context);
            losses.Add(clusters.Inertia);
            context.Report(losses.Count, limit, clusters.Inertia, message);
            if (changed == 0)
                reason = "No row changed its cluster.";
            else if (!clusters.HasEmpty && inertia - clusters.Inertia <= _options.OptimizationTolerance * inertia)
                reason = FormattableString.Invariant($"An iteration lowered the inertia by no more than {_options.OptimizationTolerance} of it.");
            inertia = clusters.Inertia;
        }

        var history = new TrainingHistory(losses.Count, reason is not null, reason ?? $"The limit of {limit} iterations was reached.", losses.AsReadOnly());
        return new KMeansModelParameters(centroids, clusters.Weights.ToArray(), inertia, history);
    }
}
