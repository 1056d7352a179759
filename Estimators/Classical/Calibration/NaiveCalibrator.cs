using MLPath.Runtime;

namespace MLPath.Calibrators;

/// <summary>A naive calibrator: the share of positive rows among those whose score fell into the same of many equally wide bins.</summary>
public sealed class NaiveCalibrator : ICalibrator
{
    internal const string Id = "MLPath.NaiveCalibrator";

    private readonly float[] _probabilities;

    /// <summary>Creates a calibrator.</summary>
    /// <param name="min">Where the first bin begins, finite; lower scores fall into it.</param>
    /// <param name="binSize">How wide a bin is, finite, 0 or more; 0 puts all scores that are not above <paramref name="min"/> into the first bin.</param>
    /// <param name="binProbabilities">The probability of each bin, at least one; scores beyond the last bin fall into it.</param>
    /// <exception cref="ArgumentException">A number is not allowed.</exception>
    public NaiveCalibrator(double min, double binSize, ReadOnlySpan<float> binProbabilities)
    {
        (Min, BinSize, _probabilities) = (min, binSize, binProbabilities.ToArray());
        if (Problem(min, binSize, _probabilities) is { } problem)
            throw new ArgumentException($"The bins do not fit: {problem}.", nameof(binProbabilities));
    }

    /// <summary>Where the first bin begins.</summary>
    public double Min { get; }

    /// <summary>How wide a bin is.</summary>
    public double BinSize { get; }

    /// <summary>The probability of each bin.</summary>
    public IReadOnlyList<float> BinProbs => _probabilities;

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public float PredictProbability(float output) =>
        float.IsNaN(output) ? output : _probabilities[Bin(output, Min, BinSize, _probabilities.Length)];

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(Min), Min);
        context.Write(nameof(BinSize), BinSize);
        context.WriteArray(nameof(BinProbs), _probabilities);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Naive({_probabilities.Length} bins)");

    internal static NaiveCalibrator Load(ModelLoadContext context)
    {
        var (min, size, bins) = (context.ReadDouble(nameof(Min)), context.ReadDouble(nameof(BinSize)), context.ReadArray<float>(nameof(BinProbs)));
        return Problem(min, size, bins) is { } problem ? throw context.Invalid(problem) : new(min, size, bins);
    }

    /// <summary>The bin of a score.</summary>
    internal static int Bin(double score, double min, double size, int bins) =>
        size > 0 ? (int)Math.Clamp((score - min) / size, 0, bins - 1) : score > min ? bins - 1 : 0;

    private static string? Problem(double min, double size, float[] probabilities)
    {
        if (!double.IsFinite(min) || !double.IsFinite(size) || size < 0)
            return "bins begin at a finite score and are of a finite width";
        return probabilities.Length > 0 && Array.TrueForAll(probabilities, p => p is >= 0 and <= 1)
            ? null
            : "there is at least one bin, and probabilities lie between 0 and 1";
    }
}

/// <summary>Learns a naive calibrator: counts the positive rows in each of 200 equally wide bins between the least and the greatest score.</summary>
/// <remarks>
/// A bin without rows has probability 0, as in ML.NET. One pass over n scores. Use it to look at how scores and frequencies go together, with many
/// rows; <see cref="IsotonicCalibratorEstimator"/> chooses its bins itself and is nearly always better. Reference: Zadrozny, Elkan, <i>Obtaining
/// calibrated probability estimates from decision trees and naive Bayesian classifiers</i>, ICML 2001 (histogram binning).
/// </remarks>
/// <param name="labelColumnName">The label, Boolean.</param>
/// <param name="scoreColumnName">The score.</param>
/// <param name="exampleWeightColumnName">The weights; null for none.</param>
public sealed class NaiveCalibratorEstimator(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null)
    : CalibratorEstimatorBase<NaiveCalibrator>(labelColumnName, scoreColumnName, exampleWeightColumnName)
{
    private const int Bins = 200;

    private protected override string Name => "Naive";

    internal override NaiveCalibrator Learn(CalibrationSample sample, FitContext context)
    {
        double min = sample.Scores.Min(), size = (sample.Scores.Max() - min) / Bins;
        var (positive, total) = (new double[Bins], new double[Bins]);
        for (int i = 0; i < sample.Count; i++)
        {
            int bin = NaiveCalibrator.Bin(sample.Scores[i], min, size, Bins);
            total[bin] += sample.Weights[i];
            positive[bin] += sample.Positive[i] ? sample.Weights[i] : 0;
        }

        return new(min, size, [.. positive.Select((p, bin) => total[bin] > 0 ? (float)(p / total[bin]) : 0)]);
    }
}
