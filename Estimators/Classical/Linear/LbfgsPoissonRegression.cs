using System.Globalization;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Poisson regression: predicts a count, or a rate, whose logarithm is a linear function of the features.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> The target follows a Poisson distribution with the mean λ(x) = exp(w · x + b), so that each feature multiplies the
/// count by a factor.</para>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ (λ(xᵢ) − yᵢ log λ(xᵢ)) + L2 ½ ‖w‖² + L1 ‖w‖₁, the negative logarithm of the likelihood without what
/// does not depend on the model, with wᵢ the rows' weights. The penalties stand beside the sum of losses, and spare b, as in ML.NET. With
/// L1 = 0 it is scikit-learn's PoissonRegressor with alpha = L2 / Σ wᵢ. The objective is convex.</para>
/// <para><b>Cost.</b> About 2 n d for each of the iterations of L-BFGS, some dozens as a rule, each a pass over rows that need not fit in
/// memory; scoring d a row.</para>
/// <para><b>Use it</b> for counts and rates: visits, claims, defects. Targets are 0 or more, whole or not; where counts vary more than
/// a Poisson distribution's do, the predictions stay right in the mean. Bring features to one scale first, because the penalties treat all
/// weights alike.</para>
/// <para><b>Reference.</b> McCullagh, Nelder, <i>Generalized Linear Models</i>, 2nd ed., chapter 6; Andrew, Gao, <i>Scalable training of
/// L1-regularized log-linear models</i>, ICML 2007.</para>
/// </remarks>
public sealed class LbfgsPoissonRegressionTrainer : RegressionTrainer<PoissonRegressionModelParameters>, IStreamingTrainer<PoissonRegressionModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LbfgsPoissonRegressionTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="LbfgsPoissonRegressionTrainer"/>.</summary>
    public sealed record Options : LbfgsOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true, SupportsSparse: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LbfgsPoissonRegression({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    /// <exception cref="DataException">A target is negative, or all are 0, for which no rate is the best.</exception>
    public PoissonRegressionModelParameters Train(TrainingStream rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        CheckTargets(rows, context);
        var moments = ColumnMoments.Of(rows, context);
        if (_options.L1Regularization > 0 || _options.L2Regularization > 0)
            moments.WarnAboutScales(rows.FeatureNames, context);

        // Without features the best rate is the mean, which is also the loss's second derivative there.
        double mean = moments.TargetMean, total = moments.TotalWeight;
        var objective = new ScoreObjective(new PoissonLoss(), rows, moments, mean, _options.L2Regularization / total, context);
        double[] l1 = [];
        bool[] bound = [];
        if (_options.L1Regularization > 0)
            l1 = [.. objective.Scales.ToArray().Select(scale => _options.L1Regularization / (total * scale)), 0];
        if (_options.EnforceNonNegativity)
            bound = [.. Enumerable.Repeat(true, rows.FeatureCount), false];
        var result = ScoreTraining.Minimize(objective, objective.Start(Math.Log(mean)), _options, l1, bound, context);
        var (weights, bias) = objective.Restore(result.Solution);
        return new(weights, bias, ScoreTraining.History(result));
    }

    /// <inheritdoc/>
    protected override PoissonRegressionModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);

    private void CheckTargets(TrainingStream rows, FitContext context)
    {
        bool any = false;
        foreach (var block in rows.Blocks(context))
        {
            foreach (float target in block.Targets)
            {
                if (target < 0)
                {
                    throw new DataException(string.Create(CultureInfo.InvariantCulture,
                        $"Label '{_options.LabelColumnName}' is {target} in a row; Poisson regression predicts counts and rates, which are " +
                        $"0 or more. Remove such rows, or choose another trainer, such as Ridge."));
                }

                any |= target > 0;
            }
        }

        if (!any)
        {
            throw new DataException(
                $"Label '{_options.LabelColumnName}' is 0 in every row, for which no positive rate is the best. Take rows in which something is counted.");
        }
    }

    // λ − y log λ with λ = exp(s): its derivative by s is λ − y.
    private sealed class PoissonLoss : IScoreLoss
    {
        public int Parameters => 0;

        public double Differentiate(TrainingData block, int start, ReadOnlySpan<double> parameters, Span<double> scores, Span<double> gradient)
        {
            Span<double> rates = stackalloc double[scores.Length];
            Dense.Exp(scores, rates);
            double loss = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double weight = block.Weight(start + i), y = block.Targets[start + i];
                loss += weight * (rates[i] - (y * scores[i]));
                scores[i] = weight * (rates[i] - y);
            }

            return loss;
        }
    }
}

/// <summary>What Poisson regression learned: ŷ = exp(w · x + b).</summary>
public sealed class PoissonRegressionModelParameters : LinearModelParameters, IRegressionModel, ITrainingHistory
{
    internal const string Id = "MLPath.PoissonRegression";

    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="weights">d weights, finite; 1 or more.</param>
    /// <param name="bias">The bias, finite: the logarithm of the rate where all features are 0.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite.</exception>
    public PoissonRegressionModelParameters(IReadOnlyList<double> weights, double bias, TrainingHistory? history = null) : base(weights, bias) =>
        _history = history ?? TrainingHistory.None;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        Span<double> block = stackalloc double[BlockRows];
        for (int start = 0; start < features.Rows; start += BlockRows)
        {
            block = block[..Math.Min(BlockRows, features.Rows - start)];
            ScoreBlock(features, start, block);
            for (int i = 0; i < block.Length; i++)
                scores[start + i] = (float)Math.Exp(block[i]);
        }
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"PoissonRegression({FeatureCount} features)";

    internal static PoissonRegressionModelParameters Load(ModelLoadContext context)
    {
        var (weights, bias) = Read(context);
        return new(weights, bias, TrainingHistory.Load(context));
    }
}
