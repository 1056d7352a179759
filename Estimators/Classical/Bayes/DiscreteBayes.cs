using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options that naive Bayes of counted features has in common, whatever the distribution of a feature.</summary>
public abstract record DiscreteNaiveBayesOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>
    /// α, which is added to every count, so that what a class has never shown is not impossible (Laplace's or Lidstone's smoothing). Above 0;
    /// default 1.
    /// </summary>
    public double Alpha { get; init; } = 1;

    /// <summary>What the classes' probabilities before a row is seen are. Default <see cref="ClassPriors.Frequency"/>.</summary>
    public ClassPriors Priors { get; init; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : DiscreteNaiveBayesOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(DiscreteNaiveBayesOptionsBase options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .Number(nameof(Alpha), "Added to every count, so that nothing is impossible.",
                o => o.Alpha, (o, v) => As((DiscreteNaiveBayesOptionsBase)o with { Alpha = v }), minimum: 0, exclusive: true)
            .Choice(nameof(Priors), "The classes' probabilities before a row is seen.",
                o => o.Priors, (o, v) => As((DiscreteNaiveBayesOptionsBase)o with { Priors = v }))
            .ClassWeights(o => o.ClassWeights, (o, v) => As((DiscreteNaiveBayesOptionsBase)o with { ClassWeights = v }));
    }
}

/// <summary>What naive Bayes of counted features needs of its rows, and the counts themselves.</summary>
internal static class DiscreteBayes
{
    public static TrainerInfo Info { get; } = new(SupportsWeights: true, SupportsSparse: true, GivesProbabilities: true);

    /// <summary>log πc of k classes; −∞ for a class without rows, which is never predicted.</summary>
    public static double[] LogPriors(this DiscreteNaiveBayesOptionsBase options, double[] weights) => [.. options.Priors.Of(weights).Select(p => Math.Log(p))];

    /// <summary>k × d sums N_cj = Σ wᵢ f(xᵢⱼ) over the rows of each class, in one pass.</summary>
    /// <param name="rows">Rows with classes, dense or sparse.</param>
    /// <param name="value">f, with f(0) = 0.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static double[] Sums(TrainingStream rows, Func<float, float> value, FitContext context)
    {
        int k = rows.ClassNames.Count, d = rows.FeatureCount;
        var total = new double[k * d];
        foreach (var block in rows.Blocks(context))
        {
            var sums = new RowSum(block.Rows, total.Length, mostChunks: 16).Compute(context, (start, end, sum) =>
            {
                for (int i = start; i < end; i++)
                    AddRow(block, i, value, sum.Slice(block.Classes[i] * d, d));
            });
            Numerics.Dense.Axpy(1, sums, total);
        }

        return total;
    }

    private static void AddRow(TrainingData block, int row, Func<float, float> value, Span<double> sum)
    {
        var values = block.Features.StoredValues(row);
        var slots = block.Features.StoredIndices(row);
        double weight = block.Weight(row);
        for (int s = 0; s < values.Length; s++)
            sum[slots.IsEmpty ? s : slots[s]] += weight * value(values[s]);
    }

    /// <summary>Checks that no feature is negative.</summary>
    /// <param name="rows">Rows, dense or sparse.</param>
    /// <param name="trainer">Which distribution counts them, for the message.</param>
    /// <param name="context">Cancellation.</param>
    /// <exception cref="DataException">A feature is negative.</exception>
    public static void CheckCounts(TrainingStream rows, string trainer, FitContext context)
    {
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            for (int i = 0; i < block.Rows; i++)
            {
                var values = block.Features.StoredValues(i);
                int wrong = values.IndexOfAnyInRange(float.MinValue, -float.Epsilon);
                if (wrong < 0)
                    continue;
                var slots = block.Features.StoredIndices(i);
                throw new DataException(FormattableString.Invariant(
                    $"Feature '{rows.FeatureNames[slots.IsEmpty ? wrong : slots[wrong]]}' is {values[wrong]} in a row; {trainer} naive Bayes counts, ") +
                    "and needs features that are 0 or more. Give it counts, such as those of words, or use Gaussian naive Bayes.");
            }
        }
    }
}
