using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// The weighted second moments of rows about their mean, S = Σ wi (xi − μ)(xi − μ)ᵀ, or about 0, in one pass.
/// </summary>
/// <remarks>
/// A block of rows is summed up about a point c near its mean μ, the mean of some of its rows, S = Σ wi (xi − c)(xi − c)ᵀ − W (μ − c)(μ − c)ᵀ; blocks are
/// joined by S = S_a + S_b + δδᵀ W_a W_b / (W_a + W_b) with δ = μ_b − μ_a (T. Chan, G. Golub, R. LeVeque, 1979). So nothing cancels, however
/// far from 0 the rows are. Rows of much work, n d² of 2²⁸ or more in the first block, are multiplied in single precision, 256 of them at a time,
/// and those sums are added in double: S is then exact to about 1e-6 of √(Sjj Skk), and to about 1e-15 otherwise.
/// </remarks>
internal sealed class CentredScatter
{
    private const long SinglePrecisionWork = 1L << 28;
    private const int SampledRows = 256;

    private readonly bool _centre;
    private readonly double[] _mean;
    private readonly double[] _gram;
    private bool? _single;

    private CentredScatter(int d, bool centre)
    {
        _centre = centre;
        _mean = new double[d];
        _gram = new double[d * d];
        Sum = new Matrix(d, d);
    }

    /// <summary>S, d × d.</summary>
    public Matrix Sum { get; }

    /// <summary>W = Σ wi.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>n.</summary>
    public long Rows { get; private set; }

    /// <summary>μ, d values; zeros about 0.</summary>
    public double[] Mean => _mean;

    /// <summary>The relative error of an element of S.</summary>
    public double Precision => _single == true ? 6e-8 : 2.220446049250313e-16;

    /// <summary>Sums up all rows.</summary>
    /// <param name="blocks">Dense rows.</param>
    /// <param name="d">The number of features.</param>
    /// <param name="centre">Whether about the mean; about 0 otherwise.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static CentredScatter Of(IEnumerable<TrainingData> blocks, int d, bool centre, FitContext context)
    {
        if ((long)d * d > Array.MaxLength)
            throw new DataException($"{d} features are too many for a matrix of all their products. Use the solver Randomized.");
        var all = new CentredScatter(d, centre);
        foreach (var block in blocks)
            all.Join(block, context);

        return all;
    }

    private void Join(TrainingData block, FitContext context)
    {
        int d = _mean.Length;
        _single ??= (long)block.Rows * d * d >= SinglePrecisionWork;
        double weight = WeightOf(block);
        context.Checkpoint();
        float[] near = _centre ? MeanOfSome(block) : [];
        double[] mean = new double[d], off = new double[d], apart = new double[d];
        Gemm.Gram(block.Features.Values, block.Rows, d, _gram, block.Weights, near, off, _single.Value, context.Threads);

        double joined = TotalWeight + weight, shared = TotalWeight * (weight / joined);
        for (int j = 0; j < d && _centre; j++)
        {
            off[j] /= weight;
            mean[j] = near[j] + off[j];
            apart[j] = mean[j] - _mean[j];
            _mean[j] += apart[j] * (weight / joined);
        }

        for (int i = 0; i < d; i++)
        {
            var row = Sum.Row(i);
            Dense.Axpy(1, _gram.AsSpan(i * d, d), row);
            if (!_centre)
                continue;
            Dense.Axpy(-weight * off[i], off, row);
            Dense.Axpy(shared * apart[i], apart, row);
        }

        (TotalWeight, Rows) = (joined, Rows + block.Rows);
    }

    // The mean of rows from all over the block.
    private static float[] MeanOfSome(TrainingData block)
    {
        int step = Math.Max(1, block.Rows / SampledRows), count = 0;
        var sum = new double[block.Features.Columns];
        for (int i = 0; i < block.Rows; i += step, count++)
            Dense.Axpy(1, block.Features.Row(i), sum);
        return Array.ConvertAll(sum, s => (float)(s / count));
    }

    private static double WeightOf(TrainingData block)
    {
        if (!block.HasWeights)
            return block.Rows;
        double sum = 0;
        foreach (float weight in block.Weights)
            sum += weight;
        return sum;
    }
}
