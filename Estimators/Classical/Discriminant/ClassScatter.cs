using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The scatter of rows about the means of their classes, S_c = Σ wᵢ (xᵢ − m_c)(xᵢ − m_c)ᵀ, with what the choice of a shrinkage needs beside it.
/// </summary>
/// <remarks>
/// One pass after that of <see cref="ClassMoments"/>, by products of matrices of a block of rows, in double. Rows are centred before they are
/// multiplied, so that means far from 0 cost no digits.
/// </remarks>
internal sealed class ClassScatter
{
    // 2²⁷ numbers are 1 GiB.
    private const long MostNumbers = 1L << 27;

    private readonly int _d;
    private readonly double[] _scatters;
    private readonly double[] _fourths;

    private ClassScatter(int groups, int d, double[] sum) =>
        (_d, _scatters, _fourths) = (d, sum[..(groups * d * d)], sum[(groups * d * d)..]);

    /// <summary>The d × d scatter of one class, both triangles; of all classes, with index 0, where they were pooled.</summary>
    /// <param name="c">The class.</param>
    public Matrix Of(int c)
    {
        var scatter = new Matrix(_d, _d, _scatters.AsSpan(c * _d * _d, _d * _d));
        Syrk.Mirror(scatter.AsSpan(), _d, _d);
        return scatter;
    }

    /// <summary>Σ wᵢ ‖D⁻¹ (xᵢ − m_c)‖⁴ of one class, with D as given.</summary>
    /// <param name="c">The class.</param>
    public double Fourth(int c) => _fourths[c];

    /// <summary>Reads all rows once.</summary>
    /// <param name="rows">Dense rows with classes.</param>
    /// <param name="means">k × d means m_c.</param>
    /// <param name="factors">k factors, by which the weights of each class's rows are multiplied.</param>
    /// <param name="pooled">Whether the classes' scatters are added up, or kept apart.</param>
    /// <param name="scales">k × d numbers D; empty where <see cref="Fourth"/> is not needed.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <exception cref="DataException">The matrices are too large.</exception>
    public static ClassScatter Of(
        TrainingStream rows, double[] means, double[] factors, bool pooled, double[] scales, FitContext context)
    {
        int d = rows.FeatureCount, groups = pooled ? 1 : factors.Length;
        if ((long)d * d * groups > MostNumbers)
        {
            throw new DataException(FormattableString.Invariant(
                $"{d} features{(pooled ? "" : $" and {groups} classes")} make covariances of {(double)d * d * groups:G3} numbers, which are too many. ") +
                "Choose fewer features, or project them with Transforms.ProjectToPrincipalComponents.");
        }

        var sum = new double[(groups * d * d) + groups];
        foreach (var block in rows.Blocks(context))
        {
            var sums = new RowSum(block.Rows, sum.Length, mostChunks: 8).Compute(context, (start, end, part) =>
            {
                if (pooled)
                    AddRows(block, start, end, -1, means, factors, scales, part[..(d * d)], ref part[^1]);
                for (int c = 0; c < groups && !pooled; c++)
                    AddRows(block, start, end, c, means, factors, scales, part.Slice(c * d * d, d * d), ref part[(groups * d * d) + c]);
            });
            Dense.Axpy(1, sums, sum);
        }

        return new(groups, d, sum);
    }

    // Adds the rows of one class, or with class −1 of all, to the upper triangle of a scatter.
    private static void AddRows(
        TrainingData block, int start, int end, int group, double[] means, double[] factors, double[] scales, Span<double> scatter, ref double fourth)
    {
        int d = block.Features.Columns, count = 0;
        double[] rented = ArrayPool<double>.Shared.Rent((end - start) * d);
        for (int i = start; i < end; i++)
        {
            int c = block.Classes[i];
            if (group >= 0 && c != group)
                continue;
            var z = rented.AsSpan(count++ * d, d);
            TensorPrimitives.ConvertTruncating(block.Features.Row(i), z);
            TensorPrimitives.Subtract(z, means.AsSpan(c * d, d), z);
            double weight = factors[c] * block.Weight(i);
            if (scales.Length > 0)
                fourth += weight * FourthPower(z, scales.AsSpan(c * d, d));
            Dense.Scale(Math.Sqrt(weight), z);
        }

        Syrk.AddUpper(count, d, rented, d, scatter, d);
        ArrayPool<double>.Shared.Return(rented);
    }

    private static double FourthPower(ReadOnlySpan<double> z, ReadOnlySpan<double> scales)
    {
        double squares = 0;
        for (int j = 0; j < z.Length; j++)
            squares += z[j] / scales[j] * (z[j] / scales[j]);
        return squares * squares;
    }
}
