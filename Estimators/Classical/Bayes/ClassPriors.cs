namespace MLPath.Trainers;

/// <summary>Where Bayes' rule takes the probabilities of the classes from before a row is seen.</summary>
public enum ClassPriors
{
    /// <summary>Each class's part of the training rows' weight.</summary>
    Frequency,

    /// <summary>The same for every class that has rows; for training rows that were not drawn as the ones to predict will be.</summary>
    Uniform,
}

/// <summary>The numbers that <see cref="ClassPriors"/> stands for.</summary>
internal static class ClassPriorsOf
{
    extension(ClassPriors priors)
    {
        /// <summary>k probabilities that sum to 1; 0 for a class without rows.</summary>
        /// <param name="weights">k sums of the weights of each class's rows.</param>
        public double[] Of(double[] weights)
        {
            double total = weights.Sum();
            int present = weights.Count(w => w > 0);
            return [.. weights.Select(w => priors == ClassPriors.Frequency ? w / total : w > 0 ? 1.0 / present : 0)];
        }
    }
}
