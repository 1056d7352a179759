using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How much a neighbour counts.</summary>
public enum NeighborWeighting
{
    /// <summary>All k neighbours count alike.</summary>
    Uniform,

    /// <summary>A neighbour counts by the inverse of its distance; where some are at distance 0, they alone count.</summary>
    Distance,
}

/// <summary>How far two rows are apart.</summary>
public enum NeighborDistance
{
    /// <summary>√Σ (x − y)².</summary>
    Euclidean,

    /// <summary>Σ |x − y|.</summary>
    Manhattan,
}

/// <summary>
/// k nearest neighbours: keeps the training rows, and lets the k that are nearest to a new row vote on its class, or takes the mean of
/// their numbers.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) = Σ ai [ci = c] / Σ ai over the k nearest rows i, and ŷ = Σ ai yi / Σ ai; ai is 1, or the inverse distance.
/// Rows at the same distance are taken in the order of training. A row of weight 2 counts like two rows; the last neighbour counts by the
/// part of its weight that makes up k.</para>
/// <para><b>Cost.</b> Training copies the rows, or builds a tree over them in O(n log² n). A prediction computes all n distances of d features, as matrix
/// products, in time O(n d); or it visits a tree, in O(log n) for few features. Either way the neighbours are exact.</para>
/// <para><b>Use it</b> where similar rows have similar labels, as a yardstick, and with not too many rows. Scale the features first: the
/// one with the greatest spread decides otherwise. When there are fewer than k rows, all of them vote, whatever their distance.</para>
/// <para><b>Reference.</b> Cover, Hart, <i>Nearest Neighbor Pattern Classification</i>, IEEE Transactions on Information Theory 13, 1967;
/// Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §13.3.</para>
/// </remarks>
public static class KNearestNeighborsTrainer
{
    /// <summary>The options of the trainers by nearest neighbours.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>k, how many neighbours vote, 1 or more. Default 5.</summary>
        public int NumberOfNeighbors { get; init; } = 5;

        /// <summary>How much a neighbour counts. Default <see cref="NeighborWeighting.Uniform"/>.</summary>
        public NeighborWeighting Weighting { get; init; }

        /// <summary>How far two rows are apart. Default <see cref="NeighborDistance.Euclidean"/>.</summary>
        public NeighborDistance Distance { get; init; }

        /// <summary>How neighbours are searched for; all ways give the same predictions. Default <see cref="NeighborAlgorithm.Auto"/>.</summary>
        public NeighborAlgorithm Algorithm { get; init; }

        /// <summary>The options for classes: their names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = ForAny().ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        /// <summary>The options for regression.</summary>
        public static OptionSet<Options> ForRegression { get; } = ForAny();

        private static OptionSet<Options> ForAny() => new OptionSet<Options>(new())
            .Integer(nameof(NumberOfNeighbors), "How many neighbours vote.",
                o => o.NumberOfNeighbors, (o, v) => o with { NumberOfNeighbors = v }, minimum: 1)
            .Choice(nameof(Weighting), "How much a neighbour counts.", o => o.Weighting, (o, v) => o with { Weighting = v })
            .Choice(nameof(Distance), "How far two rows are apart.", o => o.Distance, (o, v) => o with { Distance = v })
            .Choice(nameof(Algorithm), "How neighbours are searched for.", o => o.Algorithm, (o, v) => o with { Algorithm = v });
    }

    internal static TrainerInfo ClassInfo { get; } = new(NeedsNormalization: true, SupportsWeights: true, GivesProbabilities: true);

    internal static TrainerInfo RegressionInfo { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    internal static NeighborVotes Train(TrainingData data, Options options, FitContext context)
    {
        if (data.ClassCount > 0)
            TrainerChecks.CheckClasses(data, options.LabelColumnName, minimum: 1);
        var search = NeighborSearch.Create(data.Features, options.Distance, options.Algorithm, context.Checkpoint);
        var votes = new NeighborVotes(search, data.Weights.ToArray(), options.NumberOfNeighbors, options.Weighting);
        if (votes.TotalWeight < options.NumberOfNeighbors)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "fewer-rows-than-neighbors",
                $"There are {data.Rows} rows and {options.NumberOfNeighbors} neighbours to vote: every row votes on every prediction. "
                + "Lower NumberOfNeighbors.");
        }

        return votes;
    }
}

/// <summary>The k nearest neighbours vote, for two classes; see <see cref="KNearestNeighborsTrainer"/>.</summary>
public sealed class KNearestNeighborsBinaryTrainer : BinaryTrainer<KNearestNeighborsModelParameters>
{
    private readonly KNearestNeighborsTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KNearestNeighborsBinaryTrainer(KNearestNeighborsTrainer.Options? options = null) : base(options ??= new())
    {
        KNearestNeighborsTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KNearestNeighborsTrainer.ClassInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => KNearestNeighborsTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KNearestNeighbors({KNearestNeighborsTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KNearestNeighborsModelParameters Train(TrainingData data, FitContext context) =>
        new(KNearestNeighborsTrainer.Train(data, _options, context), data.Classes.ToArray(), data.ClassCount);
}

/// <summary>The k nearest neighbours vote, for several classes; see <see cref="KNearestNeighborsTrainer"/>.</summary>
public sealed class KNearestNeighborsMulticlassTrainer : MulticlassTrainer<KNearestNeighborsModelParameters>
{
    private readonly KNearestNeighborsTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KNearestNeighborsMulticlassTrainer(KNearestNeighborsTrainer.Options? options = null) : base(options ??= new())
    {
        KNearestNeighborsTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KNearestNeighborsTrainer.ClassInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => KNearestNeighborsTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KNearestNeighbors({KNearestNeighborsTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KNearestNeighborsModelParameters Train(TrainingData data, FitContext context) =>
        new(KNearestNeighborsTrainer.Train(data, _options, context), data.Classes.ToArray(), data.ClassCount);
}

/// <summary>The k nearest neighbours predict a number; see <see cref="KNearestNeighborsTrainer"/>.</summary>
public sealed class KNearestNeighborsRegressionTrainer : RegressionTrainer<KNearestNeighborsRegressionModelParameters>
{
    private readonly KNearestNeighborsTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KNearestNeighborsRegressionTrainer(KNearestNeighborsTrainer.Options? options = null) : base(options ??= new())
    {
        KNearestNeighborsTrainer.Options.ForRegression.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KNearestNeighborsTrainer.RegressionInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => KNearestNeighborsTrainer.Options.ForRegression.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KNearestNeighbors({KNearestNeighborsTrainer.Options.ForRegression.Changes(_options)})";

    /// <inheritdoc/>
    protected override KNearestNeighborsRegressionModelParameters Train(TrainingData data, FitContext context) =>
        new(KNearestNeighborsTrainer.Train(data, _options, context), data.Targets.ToArray());
}
