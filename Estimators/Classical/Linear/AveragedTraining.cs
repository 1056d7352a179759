namespace MLPath.Trainers;

/// <summary>Online learning with averaged weights, what the averaged perceptron and online gradient descent have in common.</summary>
internal static class AveragedTraining
{
    /// <summary>The loss of a row at a score, and its derivative by the score.</summary>
    public delegate (double Loss, double Slope) RowLoss(TrainingData block, int row, double score);

    /// <summary>Learns weights.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="loss">The loss of a row.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Progress, cancellation, randomness.</param>
    public static (double[] Weights, double Bias, TrainingHistory History) Train(
        TrainingStream rows, RowLoss loss, AveragedLinearOptions options, FitContext context)
    {
        var random = context.CreateRandom("order of rows", options.Seed);
        var weights = new ScaledWeights(rows.FeatureCount);
        if (options.InitialWeightsDiameter > 0)
            weights.Randomize(context.CreateRandom("start", options.Seed), options.InitialWeightsDiameter);
        double shrinking = 1 - (2 * options.L2Regularization);
        long seen = 0;

        double Learn(TrainingData block, int row)
        {
            var (value, slope) = loss(block, row, weights.Score(block.Features, row));
            slope *= block.Weight(row);
            seen++;
            double rate = options.DecreaseLearningRate ? options.LearningRate / Math.Sqrt(seen) : options.LearningRate;
            if (slope != 0)
                weights.Add(block.Features, row, -rate * slope);
            if (shrinking != 1)
                weights.Shrink(shrinking);
            if (!options.Averaged)
                return value;

            weights.Count();
            if (options.RecencyGain > 0)
                weights.RaiseGain(options.RecencyGain, options.RecencyGainMultiplicative);
            if (seen % (options.ResetWeightsAfterXExamples ?? long.MaxValue) == 0)
                weights.Reset();
            return value;
        }

        var passes = new OnlinePasses(rows, options.NumberOfIterations, options.Shuffle ? random : null, context);
        passes.Run(Learn, () => false);
        var (w, b) = options.Averaged ? weights.Mean() : weights.Current();
        LinearWeights.RequireUsable([.. w, b], "Normalize the features, or lower LearningRate.");
        return (w, b, passes.History(false));
    }
}
