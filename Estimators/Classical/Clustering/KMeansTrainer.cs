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
/// <para><b>Cost.</b> n × k × d for each iteration, less what bounds of the distances save (<see cref="Algorithm.Hamerly"/>), and about ln k times
/// that for the start. The search for the nearest centroid is <see cref="NearestCentre"/>, exact at the speed of a matrix product.</para>
/// <para><b>Use it</b> for compact clusters of similar size, on features of similar scale. Every start can end in another local minimum:
/// <see cref="Options.NumberOfRestarts"/> keeps the best of several.</para>
/// <para><b>References.</b> S. Lloyd, <i>Least Squares Quantization in PCM</i>, IEEE Trans. Information Theory 1982. D. Arthur,
/// S. Vassilvitskii, <i>k-means++: The Advantages of Careful Seeding</i>, SODA 2007; to draw several and keep the best is
/// from its conclusion. B. Bahmani, B. Moseley, A. Vattani, R. Kumar, S. Vassilvitskii, <i>Scalable K-Means++</i>, PVLDB 2012. G. Hamerly,
/// <i>Making k-means even faster</i>, SDM 2010.</para>
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
        RequireCentroids(options);
        _options = options;
    }

    /// <summary>How the first centroids are chosen.</summary>
    public enum InitializationAlgorithm
    {
        /// <summary>Rows drawn one after the other, preferring those far from the ones drawn before (Arthur and Vassilvitskii).</summary>
        KMeansPlusPlus = 0,

        /// <summary>Different rows drawn at random.</summary>
        Random = 1,

        /// <summary>k-means‖ (Bahmani and others; ML.NET's name for it): like k-means++ in a few passes, for many clusters of many rows.</summary>
        KMeansYinyang = 2,
    }

    /// <summary>How the nearest centroid of each row is found again in every iteration. All give the same clusters.</summary>
    public enum Algorithm
    {
        /// <summary>The one that is likely the fastest.</summary>
        Auto = 0,

        /// <summary>Every row is compared with every centroid (Lloyd).</summary>
        Lloyd = 1,

        /// <summary>Rows whose centroid cannot have changed are left out (Hamerly).</summary>
        Hamerly = 2,
    }

    /// <summary>The options of k-means.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>k, the number of clusters: 1 or more, and at most the number of rows. Default 5.</summary>
        public int NumberOfClusters { get; init; } = 5;

        /// <summary>How the first centroids are chosen. Default <see cref="InitializationAlgorithm.KMeansPlusPlus"/>.</summary>
        public InitializationAlgorithm InitializationAlgorithm { get; init; }

        /// <summary>
        /// The first centroids, where they are known: as many as <see cref="NumberOfClusters"/>, each of d finite values. Null (the default) chooses them by
        /// <see cref="InitializationAlgorithm"/>.
        /// </summary>
        public IReadOnlyList<float[]>? InitialCentroids { get; init; }

        /// <summary>How the nearest centroid of each row is found again in every iteration. Default <see cref="Algorithm.Auto"/>.</summary>
        public Algorithm Algorithm { get; init; }

        /// <summary>The most iterations of one start. 1 or more; default 1000.</summary>
        public int MaximumNumberOfIterations { get; init; } = 1000;

        /// <summary>A start ends when an iteration lowers the inertia by no more than this part of it. 0 or more; default 1e-7.</summary>
        public double OptimizationTolerance { get; init; } = 1e-7;

        /// <summary>
        /// A start also ends when Σc ‖Δμc‖², by which an iteration moves the centroids, is no more than this part of the mean of the features' variances
        /// (scikit-learn's criterion). 0 or more; default 0.
        /// </summary>
        public double CentroidTolerance { get; init; }

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
            .Choice(nameof(Algorithm), "How the nearest centroid of each row is found again in every iteration.",
                o => o.Algorithm, (o, v) => o with { Algorithm = v })
            .Integer(nameof(MaximumNumberOfIterations), "The most iterations of one start.",
                o => o.MaximumNumberOfIterations, (o, v) => o with { MaximumNumberOfIterations = v }, minimum: 1)
            .Number(nameof(OptimizationTolerance), "A start ends when an iteration lowers the inertia by no more than this part of it.",
                o => o.OptimizationTolerance, (o, v) => o with { OptimizationTolerance = v }, minimum: 0)
            .Number(nameof(CentroidTolerance), "A start also ends when the centroids' squared ways add up to no more than this part of the features' mean variance.",
                o => o.CentroidTolerance, (o, v) => o with { CentroidTolerance = v }, minimum: 0)
            .Integer(nameof(NumberOfRestarts), "From how many starts the result of least inertia is kept.",
                o => o.NumberOfRestarts, (o, v) => o with { NumberOfRestarts = v }, minimum: 1)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KMeans({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KMeansModelParameters Train(TrainingData data, FitContext context)
    {
        int k = _options.NumberOfClusters;
        var best = Cluster(data, context.CreateRandom("kmeans", _options.Seed), context);
        int empty = best.ClusterWeights.Count(0.0);
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

    /// <summary>Finds the best of the restarts' clusters.</summary>
    /// <param name="data">n rows.</param>
    /// <param name="random">Decides the starts.</param>
    /// <param name="context">Progress, cancellation, threads.</param>
    internal KMeansModelParameters Cluster(TrainingData data, RandomStream random, FitContext context)
    {
        data.RequireRowsForClusters(_options.NumberOfClusters, nameof(Options.NumberOfClusters));
        if (_options.InitialCentroids?[0].Length is { } given && given != data.Features.Columns)
            throw new OptionException($"Option {nameof(Options.InitialCentroids)} has {given} values for each centroid; there are {data.Features.Columns} features.");

        KMeansModelParameters? best = null;
        for (int restart = 0; restart < _options.NumberOfRestarts; restart++)
        {
            string? message = _options.NumberOfRestarts == 1 ? null : $"restart {restart + 1} of {_options.NumberOfRestarts}";
            var found = Descend(data, Start(data, random.Derive(restart), context), context, message);
            if (best is null || found.Inertia < best.Inertia)
                best = found;
        }

        return best!;
    }

    private static void RequireCentroids(Options options)
    {
        if (options.InitialCentroids is not { } given)
            return;
        string? fault = given.Count != options.NumberOfClusters ? $"{given.Count} centroids; expected {options.NumberOfClusters}, one for each cluster"
            : given.Any(c => c.Length == 0 || c.Length != given[0].Length) ? "centroids of different or no length"
            : given.Any(c => !Array.TrueForAll(c, float.IsFinite)) ? "a value that is not finite"
            : options.NumberOfRestarts > 1 ? $"one start, and {nameof(Options.NumberOfRestarts)} asks for {options.NumberOfRestarts}"
            : null;
        if (fault is not null)
            throw new OptionException($"Option {nameof(Options.InitialCentroids)} has {fault}.");
    }

    private double[] Start(TrainingData data, RandomStream random, FitContext context) =>
        _options.InitialCentroids is { } given
            ? [.. given.SelectMany(c => c).Select(v => (double)v)]
            : KMeansStart.Of(_options.InitializationAlgorithm, data, _options.NumberOfClusters, random, context);

    // The way from first centroids down to a local minimum.
    private KMeansModelParameters Descend(TrainingData data, double[] centroids, FitContext context, string? message)
    {
        int k = _options.NumberOfClusters, limit = _options.MaximumNumberOfIterations;
        double leastShift = _options.CentroidTolerance == 0 ? 0 : _options.CentroidTolerance * data.MeanVariance(context);
        var clusters = new KMeansAssignment(data, k, IsBounded(data));
        double inertia = -clusters.Assign(centroids, context).Decrease;
        var losses = new List<double>();
        string? reason = null;
        while (reason is null && losses.Count < limit)
        {
            double before = inertia;
            var (shift, decreaseByMoving) = clusters.MoveToMeans(centroids, context);
            var (changed, decreaseByAssigning) = clusters.Assign(centroids, context);
            double decrease = decreaseByMoving + decreaseByAssigning;
            inertia -= decrease;
            losses.Add(inertia);
            context.Report(losses.Count, limit, inertia, message);
            if (changed == 0)
                reason = "No row changed its cluster.";
            else if (!clusters.HasEmpty && decrease <= _options.OptimizationTolerance * before)
                reason = FormattableString.Invariant($"An iteration lowered the inertia by no more than {_options.OptimizationTolerance} of it.");
            else if (shift <= leastShift)
                reason = FormattableString.Invariant($"The centroids moved by no more than {_options.CentroidTolerance} of the features' mean variance.");
        }

        // What each iteration took off is exact to the last digits, the sum it was taken off is not where a first centroid lay far out: the end is measured anew.
        var (least, weights) = clusters.Measure(centroids, context);
        double[] curve = [.. losses.Select(l => least + (l - inertia))];
        var history = new TrainingHistory(losses.Count, reason is not null, reason ?? $"The limit of {limit} iterations was reached.", curve.AsReadOnly());
        return new KMeansModelParameters(centroids, weights, least, history);
    }

    private bool IsBounded(TrainingData data) => _options.Algorithm switch
    {
        Algorithm.Lloyd => false,
        Algorithm.Hamerly => true,
        _ => _options.NumberOfClusters > 1,
    };
}
