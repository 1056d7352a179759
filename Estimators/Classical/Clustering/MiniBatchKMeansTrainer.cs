using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Mini-batch k-means: finds nearly the centroids of k-means from small random batches of rows, so that its cost hardly depends on how many rows there are.
/// </summary>
/// <remarks>
/// <para><b>Method.</b> A batch of b rows is drawn with probability ∝ wi; each row goes to its nearest centroid, and each centroid moves to the mean of all
/// rows it ever received: μc ← μc + (Σ x − m μc) / vc, with m rows of the batch and vc rows in all. Centroids that receive next to nothing are moved onto
/// rows of a batch drawn with probability ∝ their squared distance. It ends when the smoothed mean distance has not fallen for some batches.</para>
/// <para><b>Objective.</b> That of <see cref="KMeansTrainer"/>, whose inertia it comes within a few hundredths of.</para>
/// <para><b>Cost.</b> b × k × d for each batch, and one pass over all rows at the end.</para>
/// <para><b>Use it</b> where k-means takes too long: from some hundred thousand rows on.</para>
/// <para><b>Reference.</b> D. Sculley, <i>Web-Scale K-Means Clustering</i>, WWW 2010.</para>
/// </remarks>
public sealed class MiniBatchKMeansTrainer : ClusteringTrainer<KMeansModelParameters>
{
    private const int StartBatches = 3;    // so many batches of rows are enough to choose the first centroids from
    private const double LeastRows = 10;   // a centroid is not called starved before it could have received so many

    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public MiniBatchKMeansTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of mini-batch k-means.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>k, the number of clusters: 1 or more, and at most the number of rows. Default 5.</summary>
        public int NumberOfClusters { get; init; } = 5;

        /// <summary>How the first centroids are chosen. Default <see cref="KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus"/>.</summary>
        public KMeansTrainer.InitializationAlgorithm InitializationAlgorithm { get; init; }

        /// <summary>b, the number of rows of a batch. 1 or more; default 1024.</summary>
        public int BatchSize { get; init; } = 1024;

        /// <summary>The most batches. 1 or more; default 1000.</summary>
        public int MaximumNumberOfIterations { get; init; } = 1000;

        /// <summary>It ends when the smoothed mean squared distance has not fallen for so many batches. 1 or more; default 10.</summary>
        public int BatchesWithoutImprovement { get; init; } = 10;

        /// <summary>Centroids that received less than this part of what the largest did are moved elsewhere. 0 to 1; default 0.01.</summary>
        public double ReassignmentRatio { get; init; } = 0.01;

        /// <summary>From how many starts the one of least inertia is taken. 1 or more; default 3.</summary>
        public int NumberOfRestarts { get; init; } = 3;

        /// <summary>The seed of starts and batches; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(NumberOfClusters), "The number of clusters.",
                o => o.NumberOfClusters, (o, v) => o with { NumberOfClusters = v }, minimum: 1)
            .Choice(nameof(InitializationAlgorithm), "How the first centroids are chosen.",
                o => o.InitializationAlgorithm, (o, v) => o with { InitializationAlgorithm = v })
            .Integer(nameof(BatchSize), "The number of rows of a batch.",
                o => o.BatchSize, (o, v) => o with { BatchSize = v }, minimum: 1)
            .Integer(nameof(MaximumNumberOfIterations), "The most batches.",
                o => o.MaximumNumberOfIterations, (o, v) => o with { MaximumNumberOfIterations = v }, minimum: 1)
            .Integer(nameof(BatchesWithoutImprovement), "It ends when the smoothed mean squared distance has not fallen for so many batches.",
                o => o.BatchesWithoutImprovement, (o, v) => o with { BatchesWithoutImprovement = v }, minimum: 1)
            .Number(nameof(ReassignmentRatio), "Centroids that received less than this part of what the largest did are moved elsewhere.",
                o => o.ReassignmentRatio, (o, v) => o with { ReassignmentRatio = v }, minimum: 0, maximum: 1)
            .Integer(nameof(NumberOfRestarts), "From how many starts the one of least inertia is taken.",
                o => o.NumberOfRestarts, (o, v) => o with { NumberOfRestarts = v }, minimum: 1)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"MiniBatchKMeans({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KMeansModelParameters Train(TrainingData data, FitContext context)
    {
        int k = _options.NumberOfClusters, limit = _options.MaximumNumberOfIterations;
        data.RequireRowsForClusters(k, nameof(Options.NumberOfClusters));
        var random = context.CreateRandom("mini-batch-kmeans", _options.Seed);
        var draw = new RowDraw(data, random.Derive("batches"));
        double[] centroids = Start(data, random, context);
        double[] received = new double[k];
        var losses = new List<double>();
        double least = double.PositiveInfinity;
        int without = 0;
        string? reason = null;
        while (reason is null && losses.Count < limit)
        {
            int[] rows = draw.Next(_options.BatchSize);
            double[] distances = Learn(data, rows, centroids, received, context);
            double loss = distances.Average();
            double smoothing = Math.Min(1, 2.0 * rows.Length / (draw.TotalWeight + 1));
            losses.Add(losses.Count == 0 ? loss : losses[^1] + (smoothing * (loss - losses[^1])));
            context.Report(losses.Count, limit, losses[^1]);

            without = losses[^1] < least ? 0 : without + 1;
            least = Math.Min(least, losses[^1]);
            if (without >= _options.BatchesWithoutImprovement)
                reason = $"The smoothed mean squared distance had not fallen for {without} batches.";
            else
                Reassign(data, rows, distances, centroids, received, random.Derive("reassignment").Derive(losses.Count));
        }

        if (reason is null)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                $"Mini-batch k-means had not converged after {limit} batches. Raise {nameof(Options.MaximumNumberOfIterations)}.");
        }

        var clusters = new KMeansAssignment(data, k, bounded: false);
        clusters.Assign(centroids, context);
        var (inertia, weights) = clusters.Measure(centroids, context);
        var history = new TrainingHistory(losses.Count, reason is not null, reason ?? $"The limit of {limit} batches was reached.", losses.AsReadOnly());
        return new KMeansModelParameters(centroids, weights, inertia, history);
    }

    // The start of least inertia, each of them chosen from a few batches of rows and judged on them.
    private double[] Start(TrainingData data, RandomStream random, FitContext context)
    {
        int k = _options.NumberOfClusters, d = data.Features.Columns;
        int size = (int)Math.Min(int.MaxValue, StartBatches * Math.Max((long)_options.BatchSize, k));
        var sample = data;
        if (size < data.Rows)
        {
            int[] rows = new RowDraw(data, random.Derive("sample")).Next(size);
            sample = new TrainingData(data.Features.Gather(rows));
        }

        double[]? best = null;
        double least = double.PositiveInfinity;
        for (int restart = 0; restart < _options.NumberOfRestarts; restart++)
        {
            double[] centroids = KMeansStart.Of(_options.InitializationAlgorithm, sample, k, random.Derive(restart), context);
            var search = new NearestCentre(centroids, d);
            double inertia = new RowChunks(sample.Rows, 1).Sum(context, (from, to) =>
            {
                var (nearest, distances) = (new int[to - from], new double[to - from]);
                search.Find(sample.Features.RowSpan(from, to), nearest, distances);
                double sum = 0;
                for (int i = from; i < to; i++)
                    sum += sample.Weight(i) * distances[i - from];
                return sum;
            });
            if (best is null || inertia < least)
                (best, least) = (centroids, inertia);
        }

        return best!;
    }

    // Moves each centroid to the mean of all rows it received, those of this batch included; gives the rows' squared distances before.
    private static double[] Learn(TrainingData data, int[] rows, double[] centroids, double[] received, FitContext context)
    {
        int d = data.Features.Columns;
        var batch = data.Features.Gather(rows);
        var search = new NearestCentre(centroids, d);
        var (nearest, distances) = (new int[rows.Length], new double[rows.Length]);
        new RowChunks(rows.Length, 1).ForEach(context, (_, from, to) =>
            search.Find(batch.RowSpan(from, to), nearest.AsSpan(from, to - from), distances.AsSpan(from, to - from)));

        var (sums, counts) = (new double[centroids.Length], new int[received.Length]);
        for (int i = 0; i < rows.Length; i++)
        {
            Dense.Axpy(1, batch.Row(i), sums.AsSpan(nearest[i] * d, d));
            counts[nearest[i]]++;
        }

        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] == 0)
                continue;
            received[c] += counts[c];
            for (int j = c * d; j < (c + 1) * d; j++)
                centroids[j] += (sums[j] - (counts[c] * centroids[j])) / received[c];
        }

        return distances;
    }

    private void Reassign(TrainingData data, int[] rows, double[] distances, double[] centroids, double[] received, RandomStream random)
    {
        int d = data.Features.Columns;
        double bound = _options.ReassignmentRatio * received.Max();
        if (bound < LeastRows)
            return;
        double kept = received.Where(v => v >= bound).Min();
        for (int c = 0; c < received.Length; c++)
        {
            if (received[c] >= bound || !(distances.Sum() > 0))
                continue;
            int chosen = random.NextCategorical(distances);
            distances[chosen] = 0;
            data.CentresAt([rows[chosen]]).CopyTo(centroids, c * d);
            received[c] = kept;
        }
    }

    /// <summary>Draws rows with replacement, with probability ∝ wi.</summary>
    private sealed class RowDraw
    {
        private readonly double[] _upTo; // Σ w of a row and those before it
        private readonly RandomStream _random;

        public RowDraw(TrainingData data, RandomStream random)
        {
            _random = random;
            _upTo = data.WeightArray();
            for (int i = 1; i < _upTo.Length; i++)
                _upTo[i] += _upTo[i - 1];
        }

        public double TotalWeight => _upTo[^1];

        public int[] Next(int count)
        {
            int[] rows = new int[count];
            for (int i = 0; i < count; i++)
            {
                int at = Array.BinarySearch(_upTo, _random.NextDouble() * TotalWeight);
                rows[i] = Math.Min(at < 0 ? ~at : at + 1, _upTo.Length - 1);
            }

            return rows;
        }
    }
}
