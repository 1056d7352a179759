using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Trainers;

/// <summary>
/// The weighted mean and standard deviation of every feature, with which linear trainers centre and scale their problems.
/// </summary>
internal sealed class ColumnMoments
{
    // Features are 32-bit, whose digits end at 6e-8 of the value: a spread below this part of the mean is rounding of the mean.
    private const double ConstantSpread = 1e-10;

    // Beyond this ratio of spreads a penalty on the weights means something else for one feature than for another.
    private const double MaxScaleRatio = 1000;

    private readonly double[] _means;
    private readonly double[] _deviations;

    private ColumnMoments(long rows, double totalWeight, double targetMean, double[] means, double[] deviations) =>
        (Rows, TotalWeight, TargetMean, _means, _deviations) = (rows, totalWeight, targetMean, means, deviations);

    /// <summary>W = Σ wᵢ, the sum of weights; n where all are 1.</summary>
    public double TotalWeight { get; }

    /// <summary>d means mⱼ = Σ wᵢ xᵢⱼ / W.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>d standard deviations √(Σ wᵢ (xᵢⱼ − mⱼ)² / W); exactly 0 for a constant feature.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>n, the number of rows.</summary>
    public long Rows { get; }

    /// <summary>ȳ = Σ wᵢ yᵢ / W, the weighted mean of the targets; NaN without targets.</summary>
    public double TargetMean { get; }

    /// <summary>Computes the moments of rows that are in memory.</summary>
    /// <param name="data">n rows of d features, dense or sparse.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static ColumnMoments Of(TrainingData data, FitContext context) => Of(TrainingStream.Of(data), context);

    /// <summary>
    /// Computes the moments in one pass: of each block by itself, then joined by Chan, Golub and LeVeque's formula for two groups (1979),
    /// with δ = m_b − m_a: m = m_a + δ W_b / W, M₂ = M₂a + M₂b + δ² W_a W_b / W.
    /// </summary>
    /// <param name="rows">n rows of d features, dense or sparse.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static ColumnMoments Of(TrainingStream rows, FitContext context)
    {
        int d = rows.FeatureCount;
        long n = 0;
        double total = 0, targets = 0;
        var means = new double[d];
        var squares = new double[d];
        foreach (var block in rows.Blocks(context))
        {
            var (weight, blockMeans, blockSquares) = OfBlock(block, context);
            for (int i = 0; i < block.Targets.Length; i++)
                targets += (double)block.Weight(i) * block.Targets[i];
            double joined = total + weight;
            for (int j = 0; j < d; j++)
            {
                double δ = blockMeans[j] - means[j];
                means[j] += δ * (weight / joined);
                squares[j] += blockSquares[j] + (δ * δ * (total * (weight / joined)));
            }

            (n, total) = (n + block.Rows, joined);
        }

        return new(n, total, targets / total, means, Spreads(means, squares, total));
    }

    /// <summary>The moments that a scatter matrix holds.</summary>
    /// <param name="scatter">Second moments of d features and the target.</param>
    public static ColumnMoments Of(ScatterMatrix scatter)
    {
        int d = scatter.Means.Length - 1;
        double[] means = scatter.Means[..d].ToArray(), squares = [.. Enumerable.Range(0, d).Select(scatter.Squares)];
        return new(scatter.Rows, scatter.TotalWeight, scatter.Means[d], means, Spreads(means, squares, scatter.TotalWeight));
    }

    /// <summary>Tells when features differ so much in scale that a penalty on the weights treats them unequally.</summary>
    /// <param name="names">The d names.</param>
    /// <param name="context">Where to tell.</param>
    public void WarnAboutScales(IReadOnlyList<string> names, FitContext context)
    {
        int least = -1, greatest = -1;
        for (int j = 0; j < _deviations.Length; j++)
        {
            if (_deviations[j] == 0)
                continue;
            least = least < 0 || _deviations[j] < _deviations[least] ? j : least;
            greatest = greatest < 0 || _deviations[j] > _deviations[greatest] ? j : greatest;
        }

        if (greatest >= 0 && _deviations[greatest] > MaxScaleRatio * _deviations[least])
        {
            context.Diagnose(DiagnosisSeverity.Warning, "feature-scales", string.Create(CultureInfo.InvariantCulture,
                $"The features differ much in scale: '{names[greatest]}' has a standard deviation of {_deviations[greatest]:G3}, " +
                $"'{names[least]}' of {_deviations[least]:G3}. The penalty then weighs on some more than on others; scale them first, " +
                $"with Transforms.NormalizeMeanVariance."));
        }
    }

    private static double[] Spreads(double[] means, double[] squares, double total) =>
        [.. squares.Select((m2, j) => Math.Sqrt(m2 / total) is var s && s > ConstantSpread * Math.Abs(means[j]) ? s : 0)];

    // W, the means, and M₂ⱼ = Σ wᵢ (xᵢⱼ − mⱼ)².
    private static (double Weight, double[] Means, double[] Squares) OfBlock(TrainingData block, FitContext context)
    {
        double total = block.Rows;
        if (block.HasWeights)
        {
            total = 0;
            foreach (float weight in block.Weights)
                total += weight;
        }

        var (means, squares) = block.Features.IsDense ? OfDense(block, total, context) : OfSparse(block, total, context);
        return (total, means, squares);
    }

    // With the sums of v = x − s and of its squares, m = s + Σ w v / W and M₂ = Σ w v² − (Σ w v)² / W. The mean s of the first n₀ of n rows is
    // near enough to m that the subtraction costs no more than the digits of n / n₀ (see ScatterMatrix).
    private static (double[] Means, double[] Squares) OfDense(TrainingData block, double total, FitContext context)
    {
        var x = block.Features;
        int d = x.Columns;
        double[] shift = ScatterMatrix.MeanOfFirst(x);
        var sum = new RowSum(x.Rows, 2 * d, ScatterMatrix.MostChunks).Compute(context, (start, end, part) =>
        {
            for (int i = start; i < end; i++)
                AddShifted(x.Row(i), shift, block.Weight(i), part[..d], part[d..]);
        });
        double[] means = new double[d], squares = new double[d];
        for (int j = 0; j < d; j++)
        {
            double distance = sum[j] / total;
            means[j] = shift[j] + distance;
            squares[j] = Math.Max(0, sum[d + j] - (distance * sum[j]));
        }

        return (means, squares);
    }

    private static void AddShifted(ReadOnlySpan<float> x, ReadOnlySpan<double> shift, double weight, Span<double> sums, Span<double> squares)
    {
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double ps = ref MemoryMarshal.GetReference(shift[..x.Length]);
        ref double pa = ref MemoryMarshal.GetReference(sums[..x.Length]);
        ref double pb = ref MemoryMarshal.GetReference(squares[..x.Length]);
        int j = 0;
        for (; j <= x.Length - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref px, (nuint)j));
            Add(low, (nuint)j, ref ps, ref pa, ref pb);
            Add(high, (nuint)(j + Vector256<double>.Count), ref ps, ref pa, ref pb);
        }

        for (; j < x.Length; j++)
        {
            double v = x[j] - shift[j];
            sums[j] += weight * v;
            squares[j] += weight * v * v;
        }

        void Add(Vector256<double> values, nuint at, ref double s, ref double a, ref double b)
        {
            var v = values - Vector256.LoadUnsafe(ref s, at);
            var weighted = v * weight;
            (Vector256.LoadUnsafe(ref a, at) + weighted).StoreUnsafe(ref a, at);
            (Vector256.LoadUnsafe(ref b, at) + (weighted * v)).StoreUnsafe(ref b, at);
        }
    }

    // In two passes over the stored values.
    private static (double[] Means, double[] Squares) OfSparse(TrainingData block, double total, FitContext context)
    {
        var x = block.Features;
        int d = x.Columns;
        var sums = new RowSum(x.Rows, 2 * d);
        double[] means = sums.Compute(context, (start, end, sum) =>
        {
            for (int i = start; i < end; i++)
                x.AddTo(i, block.Weight(i), sum[..d]);
        })[..d].ToArray();
        for (int j = 0; j < d; j++)
            means[j] /= total;

        // The second half of the sum counts the weight of the stored values; what is not stored is 0, and lies −mⱼ from the mean.
        var both = sums.Compute(context, (start, end, sum) => AddSquares(block, means, start, end, sum[..d], sum[d..]));
        double[] squares = both[..d].ToArray();
        for (int j = 0; j < d; j++)
            squares[j] += Math.Max(0, total - both[d + j]) * means[j] * means[j];
        return (means, squares);
    }

    private static void AddSquares(TrainingData data, double[] means, int start, int end, Span<double> squares, Span<double> stored)
    {
        var x = data.Features;
        for (int i = start; i < end; i++)
        {
            var values = x.StoredValues(i);
            var slots = x.StoredIndices(i);
            double w = data.Weight(i);
            for (int s = 0; s < values.Length; s++)
            {
                int j = slots[s];
                squares[j] += w * (values[s] - means[j]) * (values[s] - means[j]);
                stored[j] += w;
            }
        }
    }
}
