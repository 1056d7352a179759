using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Local outlier factor: a row is an anomaly where the training rows lie much less densely around it than around its own neighbours.
/// </summary>
/// <remarks>
/// <para><b>Score.</b> With N(x) the k training rows nearest to x and kdist(o) the distance of o from its own k-th neighbour, the reachability
/// of x from o is r(x, o) = max(‖x − o‖, kdist(o)); the local density is lrd(x) = 1 / mean of r(x, o) over o ∈ N(x); and the score is
/// LOF(x) = mean of lrd(o) / lrd(x) over o ∈ N(x). It is about 1 inside a cluster, dense or sparse, and greater outside.</para>
/// <para><b>Threshold.</b> 1.5, or the score that the part <see cref="Options.Contamination"/> of the training rows exceed.</para>
/// <para><b>Cost.</b> Training finds the k neighbours of each of the n rows; scoring those of the new row. A training row is not its own neighbour in
/// training; where training rows are scored again, as if new, each is its own nearest neighbour, and so looks more ordinary than it is:
/// <see cref="LocalOutlierFactorModelParameters.TrainingScores"/> are the scores to find anomalies among the training rows by.</para>
/// <para><b>Use it</b> where normal rows form clusters of different densities. Scale the features first.</para>
/// <para><b>Reference.</b> Breunig, Kriegel, Ng, Sander, <i>LOF: Identifying Density-Based Local Outliers</i>, SIGMOD 2000. As in scikit-learn, N(x)
/// has k rows also where more are at the same distance, and a density is kept finite by 1e-10 added to the mean reachability.</para>
/// </remarks>
public sealed class LocalOutlierFactorTrainer : AnomalyTrainer<LocalOutlierFactorModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LocalOutlierFactorTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of the local outlier factor.</summary>
    public sealed record Options : TrainerInputBase
    {
        /// <summary>k, how many neighbours tell the density around a row; 1 or more, and no more than the other rows are taken. Default 20.</summary>
        public int NumberOfNeighbors { get; init; } = 20;

        /// <summary>How far two rows are apart. Default <see cref="NeighborDistance.Euclidean"/>.</summary>
        public NeighborDistance Distance { get; init; }

        /// <summary>How neighbours are searched for; all ways give the same scores. Default <see cref="NeighborAlgorithm.Auto"/>.</summary>
        public NeighborAlgorithm Algorithm { get; init; }

        /// <summary>
        /// The part of the training rows that is taken for anomalies, which sets the threshold: 0 to 0.5. Default 0: not known, and the threshold is 1.5.
        /// </summary>
        public double Contamination { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(NumberOfNeighbors), "How many neighbours tell the density around a row.",
                o => o.NumberOfNeighbors, (o, v) => o with { NumberOfNeighbors = v }, minimum: 1)
            .Choice(nameof(Distance), "How far two rows are apart.", o => o.Distance, (o, v) => o with { Distance = v })
            .Choice(nameof(Algorithm), "How neighbours are searched for.", o => o.Algorithm, (o, v) => o with { Algorithm = v })
            .Number(nameof(Contamination), "The part of the training rows that is taken for anomalies; 0 for a threshold of 1.5.",
                o => o.Contamination, (o, v) => o with { Contamination = v }, minimum: 0, maximum: 0.5);
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LocalOutlierFactor({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override LocalOutlierFactorModelParameters Train(TrainingData data, FitContext context)
    {
        int n = data.Rows;
        if (n < 2)
            throw new DataException("There is one row, and the local outlier factor compares a row with others. Give it at least two rows.");
        int k = Math.Min(_options.NumberOfNeighbors, n - 1);
        var search = NeighborSearch.Create(data.Features, _options.Distance, _options.Algorithm, context.Checkpoint);
        var (neighbors, distances) = OtherNeighbors(search, k, context);

        // kdist(o), the distance of the last neighbour.
        var reach = new double[n];
        for (int row = 0; row < n; row++)
            reach[row] = distances[(row * k) + k - 1];
        var densities = new double[n];
        for (int row = 0; row < n; row++)
            densities[row] = LocalOutlierFactor.Density(neighbors.AsSpan(row * k, k), distances.AsSpan(row * k, k), reach);
        var scores = new double[n];
        for (int row = 0; row < n; row++)
            scores[row] = LocalOutlierFactor.Score(neighbors.AsSpan(row * k, k), densities[row], densities);
        double threshold = _options.Contamination > 0 ? LocalOutlierFactor.Quantile(scores, 1 - _options.Contamination) : LocalOutlierFactor.UsualThreshold;
        return new LocalOutlierFactorModelParameters(search, k, reach, densities, scores, (float)threshold);
    }

    // The k nearest other rows of each row: of k + 1, the row itself is one, unless k + 1 others lie on the same spot and come first.
    private static (int[] Rows, double[] Distances) OtherNeighbors(NeighborSearch search, int k, FitContext context)
    {
        int n = search.Count, d = search.Features;
        var rows = new int[checked(n * k)];
        var distances = new double[n * k];
        for (int block = 0; block < n; block += LocalOutlierFactor.BlockRows)
        {
            context.Checkpoint();
            int first = block, count = Math.Min(LocalOutlierFactor.BlockRows, n - block);
            ParallelLoop.For(count, NeighborSearch.BlockQueries, context.Threads, context.CancellationToken, (_, start, end) =>
            {
                int queries = end - start;
                var foundRows = new int[queries * (k + 1)];
                var foundDistances = new double[foundRows.Length];
                search.Nearest(search.Points.Values.Slice((first + start) * d, queries * d), k + 1, foundRows, foundDistances);
                for (int query = 0; query < queries; query++)
                {
                    int row = first + start + query;
                    var found = foundRows.AsSpan(query * (k + 1), k + 1);
                    int own = found.IndexOf(row);
                    for (int i = 0, to = row * k; i <= k && to < (row + 1) * k; i++)
                    {
                        if (i != own)
                            (rows[to], distances[to++]) = (found[i], foundDistances[(query * (k + 1)) + i]);
                    }
                }
            });
        }

        return (rows, distances);
    }
}
