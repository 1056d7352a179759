using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>How the map of t-SNE begins.</summary>
public enum TSneInitialization
{
    /// <summary>As the first principal components, made small: far groups of rows begin apart, and the map keeps more of their arrangement.</summary>
    Pca,

    /// <summary>As random points near zero.</summary>
    Random,
}

/// <summary>How the forces between points of the map are computed.</summary>
public enum TSneMethod
{
    /// <summary>Exactly for up to 1000 rows, by Barnes and Hut for more.</summary>
    Auto,

    /// <summary>All pairs of points; the cost of an iteration grows with n².</summary>
    Exact,

    /// <summary>Points that are far are taken together, square by square; the cost of an iteration grows with n log n.</summary>
    BarnesHut,
}

/// <summary>
/// t-SNE, t-distributed stochastic neighbour embedding: draws rows of many features as a map in two or three dimensions in which rows that are
/// near each other stay near each other.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> KL(P ‖ Q) = Σi≠j pij ln(pij / qij). pij says how near rows i and j are, by a Gaussian around each row as wide as to take in
/// about <see cref="Options.Perplexity"/> others; qij = wij / Σ w says how near their points are, by Student's distribution
/// wij = (1 + ‖yi − yj‖²/ν)^(−(ν+1)/2), whose heavy tail leaves room for rows that are at a middling distance. It has many local minima.</para>
/// <para><b>How.</b> P over the 3 × perplexity nearest rows of each row, found exactly; gradient descent with momentum; repulsion by the
/// approximation of Barnes and Hut, for groups of points at a time. The same seed gives the same map on any number of threads.</para>
/// <para><b>Cost.</b> n² d products once, then for each iteration 3 n × perplexity for the attraction and n log n for the repulsion.</para>
/// <para><b>Use it</b> to look at data. Distances between clusters, and the sizes of clusters, mean little; try several perplexities. With
/// many features, or features that are mostly noise, take principal components first.</para>
/// <para><b>References.</b> L. van der Maaten, G. Hinton, <i>Visualizing Data using t-SNE</i>, JMLR 9 (2008). L. van der Maaten, <i>Accelerating
/// t-SNE using Tree-Based Algorithms</i>, JMLR 15 (2014). D. Kobak, P. Berens, <i>The art of using t-SNE for single-cell transcriptomics</i>,
/// Nature Communications 10 (2019), for the start and the learning rate.</para>
/// </remarks>
public static class TSne
{
    private const int MostExactRows = 1000;
    private const double FirstDeviation = 1e-4; // of the first coordinate of a map that begins

    /// <summary>Maps rows.</summary>
    /// <param name="rows">n × d, dense or sparse, finite.</param>
    /// <param name="options">The options; the defaults when null.</param>
    /// <param name="context">Progress, cancellation, threads, seed; the defaults when null.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="DataException">There are no more rows than the perplexity, or a value is missing or infinite.</exception>
    public static TSneEmbedding Embed(FeatureMatrix rows, Options? options = null, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        context ??= FitContext.Default;
        Options.All.Validate(options);
        context.Checkpoint();
        if (rows.Rows <= options.Perplexity)
        {
            throw new DataException(FormattableString.Invariant(
                $"There are {rows.Rows} rows; t-SNE needs more than its perplexity, {options.Perplexity}. Lower {nameof(Options.Perplexity)}: a third of the rows at most is sensible."));
        }

        var x = rows.ToDense();
        for (int i = 0; i < x.Rows; i++)
        {
            foreach (float value in x.Row(i))
            {
                if (!float.IsFinite(value))
                    throw new DataException(FormattableString.Invariant($"Row {i} has the value {value}; t-SNE needs every value, and finite."));
            }
        }

        var affinities = TSneAffinities.Compute(x, options.Perplexity, context);
        float[][] map = Start(x, options, context);
        var descent = new TSneDescent(affinities, map, options, context);
        var (iterations, converged, reason) = descent.Run();
        float[] coordinates = new float[x.Rows * options.Dimensions];
        for (int i = 0; i < x.Rows; i++)
        {
            for (int axis = 0; axis < map.Length; axis++)
                coordinates[(i * map.Length) + axis] = map[axis][i];
        }

        return new(x.Rows, options.Dimensions, coordinates, new(iterations, converged, reason, [.. descent.Losses]));
    }

    internal static bool IsExact(Options options, int rows) =>
        options.Method == TSneMethod.Exact || (options.Method == TSneMethod.Auto && rows <= MostExactRows);

    private static float[][] Start(FeatureMatrix x, Options options, FitContext context)
    {
        var random = context.CreateRandom("t-SNE", options.Seed);
        float[][] map = [.. Enumerable.Range(0, options.Dimensions).Select(_ => new float[x.Rows])];
        int rank = options.Initialization == TSneInitialization.Pca ? Math.Min(options.Dimensions, Math.Min(x.Rows, x.Columns)) : 0;
        var pca = rank == 0 ? null : PrincipalComponents.OfRows(x, rank, context);
        double first = pca is null ? 0 : Math.Sqrt(pca.Eigenvalues[0] / x.Rows);
        for (int axis = 0; axis < map.Length; axis++)
        {
            // A direction in which the rows do not differ would hold all points on a line for ever.
            bool isComponent = axis < rank && pca!.Eigenvalues[axis] > 0;
            for (int i = 0; i < x.Rows; i++)
            {
                map[axis][i] = (float)(FirstDeviation * (isComponent
                    ? pca!.Project(x.Row(i), axis) / first
                    : random.NextGaussian()));
            }
        }

        return map;
    }

    /// <summary>The options of t-SNE.</summary>
    public sealed record Options
    {
        /// <summary>The number of dimensions of the map: 1, 2 or 3. Default 2.</summary>
        public int Dimensions { get; init; } = 2;

        /// <summary>
        /// About how many neighbours of a row count as near: 1 or more, and below the number of rows. 5 to 50 is usual. Default 30.
        /// </summary>
        public double Perplexity { get; init; } = 30;

        /// <summary>What nearness of rows is multiplied by for the first 250 iterations, which draws clusters together. 1 or more; default 12.</summary>
        public double EarlyExaggeration { get; init; } = 12;

        /// <summary>The learning rate; 0 (the default) takes n / (4 × <see cref="EarlyExaggeration"/>), and at least 50.</summary>
        public double LearningRate { get; init; }

        /// <summary>The most iterations. 250 or more; default 1000.</summary>
        public int MaximumNumberOfIterations { get; init; } = 1000;

        /// <summary>How the map begins. Default <see cref="TSneInitialization.Pca"/>.</summary>
        public TSneInitialization Initialization { get; init; }

        /// <summary>How forces are computed. Default <see cref="TSneMethod.Auto"/>.</summary>
        public TSneMethod Method { get; init; }

        /// <summary>
        /// θ of Barnes and Hut: how wide a square may look, as width over distance, to be taken as one point. 0 (exact) to 1; default 0.5.
        /// </summary>
        public double Angle { get; init; } = 0.5;

        /// <summary>
        /// ν, the degrees of freedom of Student's distribution; 0 (the default) takes one less than the dimensions, and at least 1. Below 1 clusters
        /// come out tighter and finer.
        /// </summary>
        public double DegreesOfFreedom { get; init; }

        /// <summary>The seed of a random start; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Dimensions), "The number of dimensions of the map.", o => o.Dimensions, (o, v) => o with { Dimensions = v }, 1, 3)
            .Number(nameof(Perplexity), "About how many neighbours of a row count as near.", o => o.Perplexity, (o, v) => o with { Perplexity = v }, 1)
            .Number(nameof(EarlyExaggeration), "What nearness is multiplied by at first.",
                o => o.EarlyExaggeration, (o, v) => o with { EarlyExaggeration = v }, 1)
            .Number(nameof(LearningRate), "The learning rate; 0 takes one that fits the number of rows.", o => o.LearningRate, (o, v) => o with { LearningRate = v }, 0)
            .Integer(nameof(MaximumNumberOfIterations), "The most iterations.",
                o => o.MaximumNumberOfIterations, (o, v) => o with { MaximumNumberOfIterations = v }, 250)
            .Choice(nameof(Initialization), "How the map begins.", o => o.Initialization, (o, v) => o with { Initialization = v })
            .Choice(nameof(Method), "How forces are computed.", o => o.Method, (o, v) => o with { Method = v })
            .Number(nameof(Angle), "How wide a square may look to be taken as one point.", o => o.Angle, (o, v) => o with { Angle = v }, 0, 1)
            .Number(nameof(DegreesOfFreedom), "The degrees of freedom of Student's distribution; 0 takes one that fits the dimensions.",
                o => o.DegreesOfFreedom, (o, v) => o with { DegreesOfFreedom = v }, 0)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });

        internal double EffectiveDegreesOfFreedom => DegreesOfFreedom > 0 ? DegreesOfFreedom : Math.Max(1, Dimensions - 1);
    }
}
