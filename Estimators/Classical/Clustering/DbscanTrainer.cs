using System.Globalization;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// DBSCAN: finds clusters of any form, and how many, as regions where rows lie densely; rows in between are noise and belong to none.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> A row is a core row when the weights of the rows within ε of it, its own included, make up the minimum. Core rows within ε of
/// each other are of one cluster, and so are those that a chain of such steps connects. A row that is no core, within ε of one, lies at the border:
/// it belongs to the first cluster that reaches it. All other rows are noise. Clusters are numbered in the order of their first core rows, as in
/// scikit-learn.</para>
/// <para><b>Noise.</b> In <see cref="DbscanModelParameters.TrainingLabels"/> it is −1; in column PredictedLabel it is a missing key, 0.</para>
/// <para><b>New rows</b> belong to the cluster of their nearest core row, when that is within ε; the scores are the squared distances to the nearest
/// core row of each cluster. A training row at the border of two clusters may so get the other one, when scored.</para>
/// <para><b>Cost.</b> The rows within ε of each of n rows: n²/2 distances, by matrix products, or a tree for many rows of few features. Memory of four bytes for
/// each pair of rows within ε. Scoring computes the distances to all core rows.</para>
/// <para><b>Use it</b> where clusters are not round, their number is not known, and there is noise; all of about the same density. Scale the features first.
/// Choose ε where the sorted distances to the k-th neighbour, k the minimum, bend upwards.</para>
/// <para><b>Reference.</b> Ester, Kriegel, Sander, Xu, <i>A Density-Based Algorithm for Discovering Clusters in Large Spatial Databases with Noise</i>,
/// KDD 1996.</para>
/// </remarks>
public sealed class DbscanTrainer : ClusteringTrainer<DbscanModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public DbscanTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        if (!(options.Epsilon > 0))
            throw new OptionException("Option Epsilon is 0; expected a number above 0: the distance within which rows are neighbours.");
        _options = options;
    }

    /// <summary>The options of DBSCAN.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>ε, the distance within which rows are neighbours, above 0. Default 0.5, which suits few data: choose it.</summary>
        public double Epsilon { get; init; } = 0.5;

        /// <summary>The weights, that is numbers, of the rows within ε that make a row a core row, itself included: 1 or more. Default 5.</summary>
        public int MinimumNumberOfRows { get; init; } = 5;

        /// <summary>How far two rows are apart. Default <see cref="NeighborDistance.Euclidean"/>.</summary>
        public NeighborDistance Distance { get; init; }

        /// <summary>How neighbours are searched for; all ways give the same clusters. Default <see cref="NeighborAlgorithm.Auto"/>.</summary>
        public NeighborAlgorithm Algorithm { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Epsilon), "The distance within which rows are neighbours; above 0.", o => o.Epsilon, (o, v) => o with { Epsilon = v }, minimum: 0)
            .Integer(nameof(MinimumNumberOfRows), "How many rows within Epsilon make a row a core row, itself included.",
                o => o.MinimumNumberOfRows, (o, v) => o with { MinimumNumberOfRows = v }, minimum: 1)
            .Choice(nameof(Distance), "How far two rows are apart.", o => o.Distance, (o, v) => o with { Distance = v })
            .Choice(nameof(Algorithm), "How neighbours are searched for.", o => o.Algorithm, (o, v) => o with { Algorithm = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Dbscan({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override DbscanModelParameters Train(TrainingData data, FitContext context)
    {
        var search = NeighborSearch.Create(data.Features, _options.Distance, _options.Algorithm, context.Checkpoint);
        var neighbors = NearPairs.Find(search, _options.Epsilon, context);
        bool[] isCore = neighbors.Cores(data, _options.MinimumNumberOfRows);
        int[] labels = neighbors.Clusters(isCore);
        int[] cores = [.. Enumerable.Range(0, data.Rows).Where(row => isCore[row])];
        if (cores.Length == 0)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"No row has {_options.MinimumNumberOfRows} rows within {_options.Epsilon} of it, so all {data.Rows} rows are noise. Raise {nameof(Options.Epsilon)}, or lower {nameof(Options.MinimumNumberOfRows)}."));
        }

        return new DbscanModelParameters(data.Features.Gather(cores), cores, labels, _options.Epsilon, _options.Distance, _options.Algorithm);
    }
}
