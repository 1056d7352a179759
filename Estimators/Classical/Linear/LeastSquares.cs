using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Solves min over w and b of Σ wᵢ (yᵢ − w · xᵢ − b)² + λ ‖w‖², the heart of ordinary least squares, where λ = 0, and of ridge regression.
/// </summary>
/// <remarks>
/// Without a penalty by QR with column pivoting, which keeps twice the digits of the normal equations and shows the rank. With one by
/// Cholesky's decomposition of the normal equations, d × d, or of their dual, n × n, when there are fewer rows than features. Where these
/// are not positive definite in double precision, the penalty is lost in rounding, and the problem is solved as one without.
/// </remarks>
internal static class LeastSquares
{
    /// <summary>A solution, in the units of the features.</summary>
    /// <param name="Design">The problem.</param>
    /// <param name="Weights">d weights.</param>
    /// <param name="Bias">The intercept.</param>
    public sealed record Solution(CentredDesign Design, double[] Weights, double Bias);

    /// <summary>Solves the problem without a penalty.</summary>
    /// <param name="design">The problem.</param>
    /// <param name="factor">Its triangular factor.</param>
    /// <param name="names">The features' names, for the diagnosis.</param>
    /// <param name="context">Where to tell of dependent features.</param>
    public static Solution Ordinary(CentredDesign design, Matrix factor, IReadOnlyList<string> names, FitContext context)
    {
        var (columns, target) = Split(factor);
        var qr = Qr.Factor(columns, pivot: true);
        if (qr.Rank < design.Features)
            TellDependent(design, qr, names, context);
        return Unscaled(design, qr.LeastSquares(target));
    }

    /// <summary>Solves the problem with a penalty.</summary>
    /// <param name="design">The problem.</param>
    /// <param name="penalty">λ, positive.</param>
    /// <param name="names">The features' names, for the diagnosis.</param>
    /// <param name="context">Threads, cancellation, and where to tell of dependent features.</param>
    public static Solution Penalised(CentredDesign design, double penalty, IReadOnlyList<string> names, FitContext context) =>
        (design.Features <= design.Rows ? Primal(design, penalty, context) : Dual(design, penalty, context))
        ?? Ordinary(design, design.TriangularFactor(context), names, context);

    /// <summary>The features' columns of a triangular factor, and its last column, the target's.</summary>
    public static (Matrix Columns, double[] Target) Split(Matrix factor)
    {
        int d = factor.Columns - 1;
        var columns = new Matrix(factor.Rows, d);
        for (int i = 0; i < factor.Rows; i++)
            factor.Row(i)[..d].CopyTo(columns.Row(i));
        return (columns, factor.Column(d));
    }

    // (XᵀX + λ S⁻²) u = Xᵀy, with the scaled columns X and their lengths S. A constant feature has neither a column nor a penalty: u = 0.
    private static Solution? Primal(CentredDesign design, double penalty, FitContext context)
    {
        int d = design.Features, columns = d + 1;
        double[] gram = design.Gram(context);
        var matrix = new Matrix(d, d);
        var target = new double[d];
        for (int j = 0; j < d; j++)
        {
            var row = matrix.Row(j);
            gram.AsSpan(j * columns, d).CopyTo(row);
            double factor = design.Factors[j];
            row[j] = factor == 0 ? 1 : row[j] + (penalty * factor * factor);
            target[j] = gram[(j * columns) + d];
        }

        return Cholesky.TryFactor(matrix, out var cholesky) ? Unscaled(design, cholesky.Solve(target)) : null;
    }

    // (X Xᵀ + λ I) a = y and w = Xᵀ a, with the unscaled columns X (Saunders, Gammerman, Vovk 1998, equation 5).
    private static Solution? Dual(CentredDesign design, double penalty, FitContext context)
    {
        int n = (int)design.Rows, d = design.Features, columns = d + 1;
        var rows = new Matrix(n, columns);
        int filled = 0;
        foreach (var block in design.Blocks(context))
        {
            design.CopyRows(block, 0, block.Rows, rows.AsSpan()[(filled * columns)..], scaled: false);
            filled += block.Rows;
        }

        double[] target = rows.Column(d);
        for (int i = 0; i < n; i++)
            rows[i, d] = 0; // the target takes no part in the products

        var products = new Matrix(n, n);
        ParallelLoop.For(n, chunkSize: 32, context.Threads, context.CancellationToken, (_, start, end) => Dense.MatMul(
            rows.AsSpan()[(start * columns)..(end * columns)], rows.AsSpan(), products.AsSpan()[(start * n)..(end * n)],
            end - start, columns, n, transposeB: true));
        for (int i = 0; i < n; i++)
            products[i, i] += penalty;
        if (!Cholesky.TryFactor(products, out var cholesky))
            return null;

        var weights = new double[columns];
        Dense.MatTVec(rows.AsSpan(), n, columns, cholesky.Solve(target), weights);
        return Intercepted(design, weights[..d]);
    }

    private static Solution Unscaled(CentredDesign design, double[] u)
    {
        for (int j = 0; j < u.Length; j++)
            u[j] *= design.Factors[j];
        return Intercepted(design, u);
    }

    private static Solution Intercepted(CentredDesign design, double[] weights) =>
        new(design, weights, design.TargetMean - Dense.Dot(weights, design.Moments.Means));

    private static void TellDependent(CentredDesign design, Qr qr, IReadOnlyList<string> names, FitContext context)
    {
        const int shown = 5;
        int[] dependent = [.. qr.Permutation[qr.Rank..].ToArray().Order()];
        string list = string.Join(", ", dependent.Take(shown).Select(j => $"'{names[j]}'")) + (dependent.Length > shown ? ", …" : "");
        context.Diagnose(DiagnosisSeverity.Warning, "rank-deficient", string.Create(CultureInfo.InvariantCulture,
            $"{design.Rows} rows tell only {qr.Rank} of {design.Features} features apart; the others are constant or combinations of these: " +
            $"{list}. Of the many equally good weights those of smallest norm were taken. Drop these features, or penalise large weights " +
            $"(Ridge)."));
    }
}
