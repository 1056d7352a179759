using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>What each feature adds to w · x: wⱼ xⱼ.</summary>
internal static class LinearContributions
{
    /// <summary>Computes wⱼ xᵢⱼ.</summary>
    /// <param name="features">n × d, dense or sparse.</param>
    /// <param name="weights">d weights.</param>
    /// <param name="contributions">Receives n × d products, row-major.</param>
    public static void Compute(FeatureMatrix features, ReadOnlySpan<double> weights, Span<double> contributions)
    {
        int d = weights.Length;
        contributions = contributions[..(features.Rows * d)];
        contributions.Clear();
        for (int row = 0; row < features.Rows; row++)
        {
            var sums = contributions.Slice(row * d, d);
            var values = features.StoredValues(row);
            var indices = features.IsDense ? [] : features.StoredIndices(row);
            for (int i = 0; i < values.Length; i++)
            {
                int feature = indices.IsEmpty ? i : indices[i];
                sums[feature] = weights[feature] * values[i];
            }
        }
    }
}
