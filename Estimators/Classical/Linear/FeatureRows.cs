using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>The two products of linear models with one row of a dense or sparse feature matrix, summed in double.</summary>
internal static class FeatureRows
{
    extension(FeatureMatrix x)
    {
        /// <summary>w · xᵢ.</summary>
        /// <param name="row">i.</param>
        /// <param name="w">d weights.</param>
        public double Dot(int row, ReadOnlySpan<double> w)
        {
            if (x.IsDense)
                return Dense.Dot(x.Row(row), w);
            var values = x.StoredValues(row);
            var slots = x.StoredIndices(row);
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
                sum += values[i] * w[slots[i]];
            return sum;
        }

        /// <summary>sum ← sum + a xᵢ.</summary>
        /// <param name="row">i.</param>
        /// <param name="a">The factor.</param>
        /// <param name="sum">d numbers.</param>
        public void AddTo(int row, double a, Span<double> sum)
        {
            if (x.IsDense)
            {
                Dense.Axpy(a, x.Row(row), sum);
                return;
            }

            var values = x.StoredValues(row);
            var slots = x.StoredIndices(row);
            for (int i = 0; i < values.Length; i++)
                sum[slots[i]] += a * values[i];
        }
    }
}
