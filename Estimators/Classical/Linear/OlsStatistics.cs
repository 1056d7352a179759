using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The statistics of a least-squares fit (Hastie, Tibshirani, Friedman, §3.2). Weights of rows count as repetitions.</summary>
/// <param name="RSquared">1 − Σ wᵢ eᵢ² / Σ wᵢ (yᵢ − ȳ)².</param>
/// <param name="RSquaredAdjusted">R² adjusted for the number of parameters.</param>
/// <param name="StandardErrors">Of the bias and the d weights; null when they cannot be told.</param>
/// <param name="TValues">The parameters divided by their standard errors; null likewise.</param>
/// <param name="PValues">The two-sided probabilities of the t-values; null likewise.</param>
internal sealed record OlsStatistics(
    double RSquared, double RSquaredAdjusted, double[]? StandardErrors, double[]? TValues, double[]? PValues)
{
    /// <summary>No statistics.</summary>
    public static OlsStatistics None { get; } = new(double.NaN, double.NaN, null, null, null);

    /// <summary>Computes the statistics.</summary>
    /// <param name="solution">The fit.</param>
    /// <param name="factor">The triangular factor of the design.</param>
    /// <param name="penalty">λ of the fit; 0 for none.</param>
    /// <param name="ofParameters">Whether those of the parameters are wanted.</param>
    /// <param name="context">Cancellation.</param>
    public static OlsStatistics Of(LeastSquares.Solution solution, Matrix factor, double penalty, bool ofParameters, FitContext context)
    {
        var (design, weights, bias) = solution;
        double residual = 0, total = 0;
        foreach (var block in design.Blocks(context))
        {
            for (int i = 0; i < block.Rows; i++)
            {
                double error = block.Targets[i] - block.Features.Dot(i, weights) - bias;
                double deviation = block.Targets[i] - design.TargetMean;
                residual += block.Weight(i) * error * error;
                total += block.Weight(i) * deviation * deviation;
            }
        }

        double n = design.Moments.TotalWeight, freedom = n - design.Features - 1;
        double r2 = total > 0 ? Math.Clamp(1 - (residual / total), 0, 1) : double.NaN;
        double adjusted = freedom > 0 ? Math.Clamp(1 - ((1 - r2) * (n - 1) / freedom), 0, 1) : double.NaN;
        var errors = ofParameters && freedom > 0 && residual > 0 && factor.Rows >= design.Features
            ? Errors(design, factor, penalty, residual / freedom)
            : null;
        if (errors is null)
            return new(r2, adjusted, null, null, null);
        double[] t = [.. weights.Prepend(bias).Zip(errors, (value, error) => value / error)];
        var distribution = new StudentTDistribution(freedom);
        return new(r2, adjusted, errors, t, [.. t.Select(distribution.TwoSidedTail)]);
    }

    /// <summary>Writes the statistics beside a model's own settings.</summary>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(RSquared), RSquared);
        context.Write(nameof(RSquaredAdjusted), RSquaredAdjusted);
        if (StandardErrors is null)
            return;
        context.WriteArray<double>(nameof(StandardErrors), StandardErrors);
        context.WriteArray<double>(nameof(TValues), TValues);
        context.WriteArray<double>(nameof(PValues), PValues);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static OlsStatistics Load(ModelLoadContext context, int parameters)
    {
        double r2 = context.ReadDouble(nameof(RSquared)), adjusted = context.ReadDouble(nameof(RSquaredAdjusted));
        return !context.Has(nameof(StandardErrors))
            ? new(r2, adjusted, null, null, null)
            : new(
                r2,
                adjusted,
                context.ReadFinite(nameof(StandardErrors), parameters),
                context.ReadFinite(nameof(TValues), parameters),
                context.ReadFinite(nameof(PValues), parameters));
    }

    // The estimate is linear in y: its covariance is s² A⁻¹ XᵀX A⁻¹ with A = XᵀX + λS⁻² and s² the variance of an error. With XᵀX = RᵀR and
    // A = TᵀT, where T is the factor of R above the rows √λ S⁻¹, that is s² CᵀC with C = R T⁻¹ T⁻ᵀ, which is T⁻ᵀ without a penalty.
    private static double[]? Errors(CentredDesign design, Matrix factor, double penalty, double variance)
    {
        int d = design.Features;
        var (r, _) = LeastSquares.Split(factor);
        if (Qr.Factor(r, pivot: true).Rank < d)
            return null;
        double root = Math.Sqrt(penalty);
        var stacked = CentredDesign.Stacked(r, Matrix.Diagonal([.. design.Factors.ToArray().Select(f => root * f)]));
        var inverse = Qr.Factor(stacked).R.Inverse();
        var c = penalty > 0 ? r * inverse * inverse.Transpose() : inverse.Transpose();

        // In the units of the features; the bias is ȳ − m · w, and ȳ does not vary with w.
        var errors = new double[d + 1];
        var shift = new double[c.Rows];
        for (int j = 0; j < d; j++)
        {
            double[] column = c.Column(j);
            Dense.Scale(design.Factors[j], column);
            errors[j + 1] = Math.Sqrt(variance) * Dense.Norm(column);
            Dense.Axpy(design.Moments.Means[j], column, shift);
        }

        double length = Dense.Norm(shift);
        errors[0] = Math.Sqrt(variance * ((1 / design.Moments.TotalWeight) + (length * length)));
        return errors;
    }
}
