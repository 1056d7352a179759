namespace MLPath.Trainers;

/// <summary>A check that trainers share whose steps have no bound.</summary>
internal static class LinearWeights
{
    /// <summary>Checks that learned numbers are finite also in single precision, in which scores are given.</summary>
    /// <param name="weights">Weights and biases.</param>
    /// <param name="advice">What to do if they are not.</param>
    /// <exception cref="DataException">A number is not finite.</exception>
    public static void RequireUsable(ReadOnlySpan<double> weights, string advice)
    {
        foreach (double weight in weights)
        {
            if (!float.IsFinite((float)weight))
                throw new DataException($"The weights grew without bounds. {advice}");
        }
    }
}
