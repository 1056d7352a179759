using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The rows of a least-squares problem, centred, scaled and weighted: row i is √wᵢ ((xᵢⱼ − mⱼ) / sⱼ for each feature, then yᵢ − ȳ).
/// Centring takes the intercept out of the problem: it is b = ȳ − m · w afterwards. With sⱼ the length of the centred column, all columns
/// have length 1.
/// </summary>
internal sealed class CentredDesign
{
    private readonly TrainingData _data;
    private readonly double[] _factors; // 1 / sⱼ; 0 for a constant feature, whose column is 0

    private CentredDesign(TrainingData data, ColumnMoments moments, double targetMean)
    {
        (_data, Moments, TargetMean) = (data, moments, targetMean);
        double length = Math.Sqrt(moments.TotalWeight);
        _factors = [.. moments.Deviations.ToArray().Select(s => s > 0 ? 1 / (s * length) : 0)];
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows => _data.Rows;

    /// <summary>d, the number of features.</summary>
    public int Features => _factors.Length;

    /// <summary>The features' weighted means and deviations.</summary>
    public ColumnMoments Moments { get; }

    /// <summary>ȳ, the weighted mean of the targets.</summary>
    public double TargetMean { get; }

    /// <summary>d factors 1 / sⱼ: a weight of the problem times its factor is the weight of the feature itself.</summary>
    public ReadOnlySpan<double> Factors => _factors;

    /// <summary>Looks at the data.</summary>
    /// <param name="data">Rows with targets, dense.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <exception cref="DataException">There are too many features for matrices of this size.</exception>
    public static CentredDesign Of(TrainingData data, FitContext context)
    {
        CheckSize(data.Rows, data.Features.Columns);
        var moments = ColumnMoments.Of(data, context);
        double sum = 0;
        for (int i = 0; i < data.Rows; i++)
            sum += (double)data.Weight(i) * data.Targets[i];
        return new(data, moments, sum / moments.TotalWeight);
    }

    /// <summary>Writes some rows.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="rows">Receives (end − start) × (d + 1) numbers.</param>
    /// <param name="scaled">Whether columns are divided by their lengths.</param>
    public void CopyRows(int start, int end, Span<double> rows, bool scaled = true)
    {
        int d = Features;
        var means = Moments.Means;
        for (int i = start; i < end; i++)
        {
            var x = _data.Features.Row(i);
            var row = rows.Slice((i - start) * (d + 1), d + 1);
            double root = Math.Sqrt(_data.Weight(i));
            for (int j = 0; j < d; j++)
                row[j] = root * (x[j] - means[j]) * (scaled || _factors[j] == 0 ? _factors[j] : 1);
            row[d] = root * (_data.Targets[i] - TargetMean);
        }
    }

    /// <summary>
    /// The triangular factor of all rows, which has their Gram matrix and is all that least squares needs to know of them: chunks of rows
    /// are decomposed in parallel, and their factors stacked and decomposed in order (Demmel, Grigori, Hoemmen, Langou 2012, "TSQR").
    /// </summary>
    /// <returns>min(n, d + 1) × (d + 1), upper triangular.</returns>
    public Matrix TriangularFactor(FitContext context)
    {
        int columns = Features + 1;
        int chunkRows = Math.Max(RowSum.BlockRows, 4 * columns);
        return ParallelLoop.Reduce(Rows, chunkRows, context.Threads, context.CancellationToken, Decompose, Stack, null)!;

        Matrix? Decompose(int start, int end)
        {
            var rows = new Matrix(end - start, columns);
            CopyRows(start, end, rows.AsSpan());
            return Qr.Factor(rows).R;
        }

        Matrix? Stack(Matrix? above, Matrix? below)
        {
            context.Checkpoint();
            return above is null ? below : Qr.Factor(Stacked(above, below!)).R;
        }
    }

    private static void CheckSize(int n, int d)
    {
        long columns = d + 1L;
        if (Math.Min(n + columns, 4 * columns) * columns > Array.MaxLength)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{d} features are too many for least squares on {n} rows, whose matrices would have more than {Array.MaxLength} numbers. " +
                $"Choose fewer features, or a trainer that takes its rows one by one."));
        }
    }

    /// <summary>One matrix above another of as many columns.</summary>
    public static Matrix Stacked(Matrix above, Matrix below)
    {
        var both = new Matrix(above.Rows + below.Rows, above.Columns);
        above.AsSpan().CopyTo(both.AsSpan());
        below.AsSpan().CopyTo(both.AsSpan()[above.AsSpan().Length..]);
        return both;
    }
}
