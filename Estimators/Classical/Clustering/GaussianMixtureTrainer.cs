using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The form of a Gaussian's covariance matrix.</summary>
public enum GaussianCovariance
{
    /// <summary>A matrix of its own for each component: ellipsoids of any shape and direction; k d² / 2 numbers to learn.</summary>
    Full = 0,

    /// <summary>One matrix for all components.</summary>
    Tied = 1,

    /// <summary>Variances alone, of its own for each component: ellipsoids along the axes.</summary>
    Diagonal = 2,

    /// <summary>One variance for each component: balls.</summary>
    Spherical = 3,
}

/// <summary>
/// A mixture of Gaussians: finds k normal distributions from which the rows may have been drawn, and for each row how probable each of them is.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> The log-likelihood Σi wi log Σc πc N(xi | μc, Σc), a local maximum of which is found by turns (expectation-maximisation): with
/// the responsibilities ric = πc N(xi | μc, Σc) / Σc′ πc′ N(xi | μc′, Σc′), each πc, μc and Σc becomes the weight, mean and covariance of the rows as
/// far as they belong to c. No turn lowers it, but for the regularization added to the variances.</para>
/// <para><b>Start.</b> The clusters of k-means. Densities are kept as logarithms; both steps are one pass, of products of matrices.</para>
/// <para><b>Cost.</b> n k d² for each iteration with full covariances, n d² + n k d with a tied one, n k d otherwise.</para>
/// <para><b>Use it</b> for clusters of different size, shape and density that may overlap, and to compare numbers of clusters by
/// <see cref="GaussianMixtureModelParameters.Bic"/>. Full covariances need many more rows than features.</para>
/// <para><b>References.</b> A. Dempster, N. Laird, D. Rubin, <i>Maximum Likelihood from Incomplete Data via the EM Algorithm</i>, J. Royal Statistical
/// Society B 1977. C. Bishop, <i>Pattern Recognition and Machine Learning</i>, 2006, section 9.2.</para>
/// </remarks>
public sealed class GaussianMixtureTrainer : ClusteringTrainer<GaussianMixtureModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public GaussianMixtureTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of a mixture of Gaussians.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>k, the number of components: 1 or more, and at most the number of rows. Default 5.</summary>
        public int NumberOfClusters { get; init; } = 5;

        /// <summary>The form of the covariance matrices. Default <see cref="GaussianCovariance.Full"/>.</summary>
        public GaussianCovariance Covariance { get; init; }

        /// <summary>What is added to every variance, so that no component closes in on a single row. 0 or more; default 1e-6.</summary>
        public double Regularization { get; init; } = 1e-6;

        /// <summary>The most iterations of one start. 1 or more; default 100.</summary>
        public int MaximumNumberOfIterations { get; init; } = 100;

        /// <summary>A start ends when an iteration changes the mean log-likelihood of a row by less. 0 or more; default 1e-3.</summary>
        public double OptimizationTolerance { get; init; } = 1e-3;

        /// <summary>From how many starts the result of greatest likelihood is kept. 1 or more; default 1.</summary>
        public int NumberOfRestarts { get; init; } = 1;

        /// <summary>The seed of the starts; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(NumberOfClusters), "The number of components.",
                o => o.NumberOfClusters, (o, v) => o with { NumberOfClusters = v }, minimum: 1)
            .Choice(nameof(Covariance), "The form of the covariance matrices.",
                o => o.Covariance, (o, v) => o with { Covariance = v })
            .Number(nameof(Regularization), "What is added to every variance.",
                o => o.Regularization, (o, v) => o with { Regularization = v }, minimum: 0)
            .Integer(nameof(MaximumNumberOfIterations), "The most iterations of one start.",
                o => o.MaximumNumberOfIterations, (o, v) => o with { MaximumNumberOfIterations = v }, minimum: 1)
            .Number(nameof(OptimizationTolerance), "A start ends when an iteration changes the mean log-likelihood of a row by less.",
                o => o.OptimizationTolerance, (o, v) => o with { OptimizationTolerance = v }, minimum: 0)
            .Integer(nameof(NumberOfRestarts), "From how many starts the result of greatest likelihood is kept.",
                o => o.NumberOfRestarts, (o, v) => o with { NumberOfRestarts = v }, minimum: 1)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"GaussianMixture({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override GaussianMixtureModelParameters Train(TrainingData data, FitContext context)
    {
        data.RequireRowsForClusters(_options.NumberOfClusters, nameof(Options.NumberOfClusters));
        var random = context.CreateRandom("gaussian-mixture", _options.Seed);
        var total = Total(data, context);
        GaussianMixtureModelParameters? best = null;
        for (int restart = 0; restart < _options.NumberOfRestarts; restart++)
        {
            string? message = _options.NumberOfRestarts == 1 ? null : $"restart {restart + 1} of {_options.NumberOfRestarts}";
            var found = Ascend(data, total, random.Derive(restart), context, message);
            if (best is null || found.LogLikelihood > best.LogLikelihood)
                best = found;
        }

        if (!best!.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                $"The mixture had not converged after {best.Iterations} iterations. Raise {nameof(Options.MaximumNumberOfIterations)}.");
        }

        return best;
    }

    // One start and its way up to a local maximum.
    private GaussianMixtureModelParameters Ascend(
        TrainingData data, (double Weight, double[] Mean, double[] Covariance) total, RandomStream random, FitContext context, string? message)
    {
        int limit = _options.MaximumNumberOfIterations;
        var components = Start(data, total, random, context);
        var losses = new List<double>();
        double before = double.NegativeInfinity;
        string? reason = null;
        while (reason is null && losses.Count < limit)
        {
            var moments = GaussianMoments.Of(data, components.Means, _options.Covariance, Expectation(components), context);
            components = Maximize(moments, components.Means, total);
            double bound = moments.LogLikelihood / total.Weight;
            losses.Add(-bound);
            context.Report(losses.Count, limit, -bound, message);
            if (Math.Abs(bound - before) < _options.OptimizationTolerance || bound == before)
                reason = FormattableString.Invariant($"An iteration changed the mean log-likelihood of a row by less than {_options.OptimizationTolerance}.");
            before = bound;
        }

        double logLikelihood = LogLikelihood(components, data, context);
        var history = new TrainingHistory(losses.Count, reason is not null, reason ?? $"The limit of {limit} iterations was reached.", losses.AsReadOnly());
        return new GaussianMixtureModelParameters(components, logLikelihood, total.Weight, history);
    }

    private GaussianComponents Start(
        TrainingData data, (double Weight, double[] Mean, double[] Covariance) total, RandomStream random, FitContext context)
    {
        var kmeans = new KMeansTrainer(new() { NumberOfClusters = _options.NumberOfClusters })
            .Cluster(data, random, context with { Progress = null });
        double[] means = kmeans.Centroids.ToArray();
        var search = new NearestCentre(means, data.Features.Columns);
        var moments = GaussianMoments.Of(data, means, _options.Covariance, (first, n, _, responsibilities, evidence) =>
        {
            var nearest = new int[n];
            search.Find(data.Features.RowSpan(first, first + n), nearest);
            responsibilities.Clear();
            evidence.Clear();
            for (int i = 0; i < n; i++)
                responsibilities[(nearest[i] * n) + i] = 1;
        }, context);
        return Maximize(moments, means, total);
    }

    private static GaussianMoments.Responsibilities Expectation(GaussianComponents components) => (_, n, rows, responsibilities, evidence) =>
    {
        components.LogJoint(rows, n, responsibilities, new double[n * components.Columns]);
        components.Normalize(responsibilities, n, evidence);
    };

    private GaussianComponents Maximize(GaussianMoments moments, double[] means, (double Weight, double[] Mean, double[] Covariance) total)
    {
        try
        {
            return moments.Maximize(means, total, _options.Regularization);
        }
        catch (SingularMatrixException error)
        {
            throw new DataException(
                $"{error.Message} Rows that coincide or constant features lead to this: raise {nameof(Options.Regularization)}, or lower {nameof(Options.NumberOfClusters)}.", error);
        }
    }

    private static double LogLikelihood(GaussianComponents components, TrainingData data, FitContext context)
    {
        int d = components.Columns;
        return new RowChunks(data.Rows, 1).Sum(context, (from, to) =>
        {
            const int block = GaussianComponents.BlockRows;
            var (rows, joint, scratch, evidence) = (new double[block * d], new double[block * components.Count], new double[block * d], new double[block]);
            double sum = 0;
            for (int first = from; first < to; first += block)
            {
                int n = Math.Min(block, to - first);
                GaussianComponents.Widen(data.Features, first, first + n, rows.AsSpan(0, n * d));
                components.LogJoint(rows, n, joint, scratch);
                components.Normalize(joint, n, evidence);
                for (int i = 0; i < n; i++)
                    sum += data.Weight(first + i) * evidence[i];
            }

            return sum;
        });
    }

    // Σ w, the mean of all rows, and their covariance where the components share one.
    private (double Weight, double[] Mean, double[] Covariance) Total(TrainingData data, FitContext context)
    {
        int d = data.Features.Columns;
        var moments = ColumnMoments.Of(data, context);
        double[] mean = moments.Means.ToArray();
        if (_options.Covariance != GaussianCovariance.Tied)
            return (moments.TotalWeight, mean, []);
        var chunks = new RowChunks(data.Rows, (long)d * d);
        var parts = new double[chunks.Count][];
        chunks.ForEach(context, (chunk, from, to) =>
        {
            var (rows, weights, gram) = (new double[(to - from) * d], new double[to - from], new double[d * d]);
            GaussianComponents.Widen(data.Features, from, to, rows);
            for (int i = from; i < to; i++)
                weights[i - from] = data.Weight(i) / moments.TotalWeight;
            Gemm.Gram(rows, to - from, d, gram, weights, mean);
            Dense.Axpy(1, gram, parts[chunk] ??= new double[d * d]);
        });
        double[] covariance = new double[d * d];
        foreach (double[] part in parts)
            Dense.Axpy(1, part, covariance);
        return (moments.TotalWeight, mean, covariance);
    }
}
