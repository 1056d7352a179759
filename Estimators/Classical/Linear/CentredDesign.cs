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
    // Up to as many features the first pass, which counts the rows, sums up their products too.
    private const int FewFeatures = 1024;

    private readonly TrainingStream _rows;
    private readonly ScatterMatrix? _scatter;
    private readonly double[] _factors; // 1 / sⱼ; 0 for a constant feature, whose column is 0

    private CentredDesign(TrainingStream rows, ColumnMoments moments, ScatterMatrix? scatter)
    {
        (_rows, Moments, _scatter) = (rows, moments, scatter);
        double length = Math.Sqrt(moments.TotalWeight);
        _factors = [.. moments.Deviations.ToArray().Select(s => s > 0 ? 1 / (s * length) : 0)];
    }

    /// <summary>n, the number of rows.</summary>
    public long Rows => Moments.Rows;

    /// <summary>d, the number of features.</summary>
    public int Features => _factors.Length;

    /// <summary>The features' weighted means and deviations.</summary>
    public ColumnMoments Moments { get; }

    /// <summary>ȳ, the weighted mean of the targets.</summary>
    public double TargetMean => Moments.TargetMean;

    /// <summary>d factors 1 / sⱼ: a weight of the problem times its factor is the weight of the feature itself.</summary>
    public ReadOnlySpan<double> Factors => _factors;

    /// <summary>Looks at the rows, in one pass.</summary>
    /// <param name="rows">Rows with targets, dense.</param>
    /// <param name="withGram">Whether <see cref="Gram"/> will be asked for, which the same pass may then compute.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <exception cref="DataException">There are too many features for matrices of this size.</exception>
    public static CentredDesign Of(TrainingStream rows, bool withGram, FitContext context)
    {
        var scatter = withGram && rows.FeatureCount <= FewFeatures ? ScatterMatrix.Of(rows, context) : null;
        var moments = scatter is null ? ColumnMoments.Of(rows, context) : ColumnMoments.Of(scatter);
        CheckSize(moments.Rows, rows.FeatureCount);
        return new(rows, moments, scatter);
    }

    /// <summary>Whether the second moments are there already, so that <see cref="Scatter"/> takes no pass.</summary>
    public bool HasScatter => _scatter is not null;

    /// <summary>The blocks of rows, in a new pass.</summary>
    public IEnumerable<TrainingData> Blocks(FitContext context) => _rows.Blocks(context);

    /// <summary>Writes some rows of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="rows">Receives (end − start) × (d + 1) numbers.</param>
    /// <param name="scaled">Whether columns are divided by their lengths.</param>
    public void CopyRows(TrainingData block, int start, int end, Span<double> rows, bool scaled = true)
    {
        int d = Features;
        var means = Moments.Means;
        for (int i = start; i < end; i++)
        {
            var x = block.Features.Row(i);
            var row = rows.Slice((i - start) * (d + 1), d + 1);
            double root = Math.Sqrt(block.Weight(i));
            for (int j = 0; j < d; j++)
                row[j] = root * (x[j] - means[j]) * (scaled || _factors[j] == 0 ? _factors[j] : 1);
            row[d] = root * (block.Targets[i] - TargetMean);
        }
    }

    /// <summary>The second moments of all rows, in one pass at most: the Gram matrix of the columns before they are scaled.</summary>
    public ScatterMatrix Scatter(FitContext context) => _scatter ?? ScatterMatrix.Of(_rows, context);

    /// <summary>The Gram matrix of all rows, (d + 1) × (d + 1), in one pass at most.</summary>
    public double[] Gram(FitContext context)
    {
        int columns = Features + 1;
        double[] gram = Scatter(context).Products.ToArray();
        double[] factors = [.. _factors, 1];
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
                gram[(i * columns) + j] *= factors[i] * factors[j];
        }

        return gram;
    }

    /// <summary>
    /// The triangular factor of all rows, which has their Gram matrix and is all that least squares needs to know of them: chunks of rows
    /// are decomposed in parallel, and their factors stacked and decomposed in order (Demmel, Grigori, Hoemmen, Langou 2012, "TSQR"). One
    /// pass.
    /// </summary>
    /// <returns>min(n, d + 1) × (d + 1), upper triangular.</returns>
    public Matrix TriangularFactor(FitContext context)
    {
        int columns = Features + 1;
        int chunkRows = Math.Max(RowSum.BlockRows, 4 * columns);
        Matrix? factor = null;
        foreach (var block in Blocks(context))
        {
            factor = Stack(factor, ParallelLoop.Reduce(
                block.Rows, chunkRows, context.Threads, context.CancellationToken, (start, end) => Decompose(block, start, end), Stack, (Matrix?)null));
        }

        return factor!;

        Matrix? Decompose(TrainingData block, int start, int end)
        {
            var rows = new Matrix(end - start, columns);
            CopyRows(block, start, end, rows.AsSpan());
            return Qr.Factor(rows).R;
        }

        Matrix? Stack(Matrix? above, Matrix? below)
        {
            context.Checkpoint();
            return above is null ? below : Qr.Factor(Stacked(above, below!)).R;
        }
    }

    private static void CheckSize(long n, int d)
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
