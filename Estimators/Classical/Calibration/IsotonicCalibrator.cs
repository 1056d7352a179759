using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Calibrators;

/// <summary>An isotonic calibrator: the probability never falls where the score rises.</summary>
public sealed class IsotonicCalibrator : ICalibrator
{
    internal const string Id = "MLPath.IsotonicCalibrator";

    /// <summary>Creates a calibrator.</summary>
    /// <param name="function">The probability as a function of the score, from 0 to 1.</param>
    /// <exception cref="ArgumentException">A value is no probability.</exception>
    public IsotonicCalibrator(IsotonicRegression function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.Y.ContainsAnyExceptInRange(0, 1))
            throw new ArgumentException("Probabilities lie between 0 and 1.", nameof(function));
        Function = function;
    }

    /// <summary>The probability as a function of the score.</summary>
    public IsotonicRegression Function { get; }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public float PredictProbability(float output) => (float)Function.Predict(output);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.WriteArray("Scores", Function.X);
        context.WriteArray("Probabilities", Function.Y);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Isotonic({Function.X.Length} corners)");

    internal static IsotonicCalibrator Load(ModelLoadContext context)
    {
        double[] x = context.ReadArray<double>("Scores"), y = context.ReadArray<double>("Probabilities", x.Length);
        if (IsotonicRegression.Problem(x, y) is { } problem)
            throw context.Invalid(problem);
        return y.AsSpan().ContainsAnyExceptInRange(0, 1) ? throw context.Invalid("probabilities lie between 0 and 1") : new(new(x, y));
    }
}

/// <summary>
/// Learns an isotonic calibrator: the monotone function of the score with the least squared error against the labels, by pooling adjacent
/// violators; linear between the scores it learned from.
/// </summary>
/// <remarks>
/// <para><b>Cost.</b> O(n log n) for sorting.</para>
/// <para><b>Use it</b> with a thousand rows or more that the model did not learn from; with fewer it repeats their accidents, and
/// <see cref="PlattCalibratorEstimator"/> is safer.</para>
/// <para><b>Reference.</b> Zadrozny, Elkan, <i>Transforming classifier scores into accurate multiclass probability estimates</i>, KDD 2002; see
/// <see cref="IsotonicRegression"/>.</para>
/// </remarks>
/// <param name="labelColumnName">The label, Boolean.</param>
/// <param name="scoreColumnName">The score.</param>
/// <param name="exampleWeightColumnName">The weights; null for none.</param>
public sealed class IsotonicCalibratorEstimator(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null)
    : CalibratorEstimatorBase<IsotonicCalibrator>(labelColumnName, scoreColumnName, exampleWeightColumnName)
{
    private protected override string Name => "Isotonic";

    internal override IsotonicCalibrator Learn(CalibrationSample sample, FitContext context)
    {
        double[] targets = Array.ConvertAll(sample.Positive, positive => positive ? 1.0 : 0.0);
        var fitted = IsotonicRegression.Fit(sample.Scores, targets, sample.Weights);
        // Means of zeros and ones with uneven weights can leave the range by a rounding.
        return new(new(fitted.X, [.. fitted.Y.ToArray().Select(p => Math.Clamp(p, 0, 1))]));
    }
}
