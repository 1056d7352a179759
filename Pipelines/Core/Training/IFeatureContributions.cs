using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>
/// A model whose raw scores are sums over its features, s_c(x) = b_c + Σⱼ a_cj(x), so that what each feature contributes is exact. The raw score of
/// a linear model is w · x + b: the score itself, the logarithm of odds, or what a link function is applied to.
/// </summary>
public interface IFeatureContributions : IModelParameters
{
    /// <summary>The number of raw scores of a row: 1, or one for each class.</summary>
    int RawScoreCount { get; }

    /// <summary>b_c, the raw score where no feature contributes.</summary>
    /// <param name="score">c, the number of the raw score from 0.</param>
    double GetBias(int score);

    /// <summary>Computes the contributions to one raw score.</summary>
    /// <param name="features">n × d, dense or sparse.</param>
    /// <param name="score">c, the number of the raw score from 0.</param>
    /// <param name="contributions">Receives n × d numbers, row-major; those of a row and the bias sum to its raw score.</param>
    void GetContributions(FeatureMatrix features, int score, Span<double> contributions);
}
