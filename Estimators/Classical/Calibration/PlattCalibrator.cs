using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Calibrators;

/// <summary>Platt's calibrator: the probability is a sigmoid of the score, p = 1 / (1 + exp(a s + b)).</summary>
public sealed class PlattCalibrator : ICalibrator
{
    internal const string Id = "MLPath.PlattCalibrator";

    /// <summary>Creates a calibrator.</summary>
    /// <param name="slope">a, finite; negative where greater scores speak for the positive class.</param>
    /// <param name="offset">b, finite.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public PlattCalibrator(double slope, double offset)
    {
        if (!double.IsFinite(slope) || !double.IsFinite(offset))
            throw new ArgumentException(FormattableString.Invariant($"Slope and offset are finite; {slope} and {offset} were given."), nameof(slope));
        (Slope, Offset) = (slope, offset);
    }

    /// <summary>a, the factor of the score.</summary>
    public double Slope { get; }

    /// <summary>b, what is added.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public float PredictProbability(float output) => (float)Dense.Sigmoid(-((Slope * output) + Offset));

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(Slope), Slope);
        context.Write(nameof(Offset), Offset);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Platt(slope {Slope:G4}, offset {Offset:G4})");

    internal static PlattCalibrator Load(ModelLoadContext context)
    {
        var (slope, offset) = (context.ReadDouble(nameof(Slope)), context.ReadDouble(nameof(Offset)));
        return double.IsFinite(slope) && double.IsFinite(offset) ? new(slope, offset) : throw context.Invalid("slope or offset is not finite");
    }
}

/// <summary>
/// Learns Platt's calibrator: the sigmoid of the score with the greatest likelihood, of targets drawn a little inwards so that few rows do not
/// give certainty.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Least Σi wi [ti zi + log(1 + exp(−zi))] with zi = a si + b, where positive rows have the target t = (N₊ + 1)/(N₊ + 2)
/// and negative ones t = 1/(N₋ + 2), with N₊ and N₋ the weights of the two classes.</para>
/// <para><b>Cost.</b> About ten passes of Newton's method with backtracking over n scores.</para>
/// <para><b>Use it</b> where scores are distorted like a sigmoid, as margins are, and with few rows; <see cref="IsotonicCalibratorEstimator"/>
/// corrects any monotone distortion, and needs more of them. Fit it on rows that the model did not learn from.</para>
/// <para><b>Reference.</b> Platt, <i>Probabilistic Outputs for Support Vector Machines</i>, 1999; Lin, Lin, Weng, <i>A note on Platt's
/// probabilistic outputs for support vector machines</i>, Machine Learning 68, 2007.</para>
/// </remarks>
/// <param name="labelColumnName">The label, Boolean.</param>
/// <param name="scoreColumnName">The score.</param>
/// <param name="exampleWeightColumnName">The weights; null for none.</param>
public sealed class PlattCalibratorEstimator(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null)
    : CalibratorEstimatorBase<PlattCalibrator>(labelColumnName, scoreColumnName, exampleWeightColumnName)
{
    private const int MaximumIterations = 100;

    // Newton's method converges quadratically: a gradient of this part of the weights leaves a and b exact to about ten digits.
    private const double GradientTolerance = 1e-10;
    private const double LeastStep = 1e-10;

    private protected override string Name => "Platt";

    internal override PlattCalibrator Learn(CalibrationSample sample, FitContext context)
    {
        double positive = 0, total = 0, centre = 0, spread = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            total += sample.Weights[i];
            positive += sample.Positive[i] ? sample.Weights[i] : 0;
            centre += sample.Weights[i] * sample.Scores[i];
        }

        centre /= total;
        for (int i = 0; i < sample.Count; i++)
            spread += sample.Weights[i] * (sample.Scores[i] - centre) * (sample.Scores[i] - centre);
        spread = Math.Sqrt(spread / total);
        // Standardised scores make the two unknowns alike; equal scores tell nothing, and leave a slope of 0.
        double[] s = Array.ConvertAll(sample.Scores, score => spread > 0 ? (score - centre) / spread : 0);
        var (high, low) = ((positive + 1) / (positive + 2), 1 / (total - positive + 2));
        var (a, b) = Minimize(s, sample, high, low, Math.Log((total - positive + 1) / (positive + 1)), total, context);
        return spread > 0 ? new(a / spread, b - (a * centre / spread)) : new(0, b);
    }

    private static (double A, double B) Minimize(double[] s, CalibrationSample sample, double high, double low, double b, double total, FitContext context)
    {
        double a = 0, loss = Loss(s, sample, high, low, a, b);
        for (int iteration = 1; iteration <= MaximumIterations; iteration++)
        {
            context.Report(iteration, MaximumIterations, loss / total);
            double ga = 0, gb = 0, haa = 1e-12 * total, hab = 0, hbb = 1e-12 * total;
            for (int i = 0; i < s.Length; i++)
            {
                double p = Dense.Sigmoid(-((a * s[i]) + b)), w = sample.Weights[i];
                double g = w * ((sample.Positive[i] ? high : low) - p), h = w * p * (1 - p);
                ga += g * s[i];
                gb += g;
                haa += h * s[i] * s[i];
                hab += h * s[i];
                hbb += h;
            }

            if (Math.Max(Math.Abs(ga), Math.Abs(gb)) <= GradientTolerance * total)
                break;
            double determinant = (haa * hbb) - (hab * hab);
            double da = -((hbb * ga) - (hab * gb)) / determinant, db = -((haa * gb) - (hab * ga)) / determinant;
            double slope = (ga * da) + (gb * db), step = 1, next = double.NaN;
            for (; step >= LeastStep; step /= 2)
            {
                next = Loss(s, sample, high, low, a + (step * da), b + (step * db));
                if (next < loss + (1e-4 * step * slope))
                    break;
            }

            if (step < LeastStep)
                break; // The loss cannot fall further in this precision.
            (a, b, loss) = (a + (step * da), b + (step * db), next);
        }

        return (a, b);
    }

    // Σ w [t z + log(1 + e^−z)]
    private static double Loss(double[] s, CalibrationSample sample, double high, double low, double a, double b)
    {
        double sum = 0;
        for (int i = 0; i < s.Length; i++)
        {
            double z = (a * s[i]) + b;
            sum += sample.Weights[i] * (((sample.Positive[i] ? high : low) * z) - Dense.LogSigmoid(z));
        }

        return sum;
    }
}

/// <summary>Gives Platt's calibrator with a known slope and offset; it learns nothing.</summary>
/// <param name="slope">a of p = 1 / (1 + exp(a s + b)), finite.</param>
/// <param name="offset">b, finite.</param>
/// <param name="scoreColumnName">The score.</param>
public sealed class FixedPlattCalibratorEstimator(double slope = 1, double offset = 0, string scoreColumnName = "Score")
    : CalibratorEstimatorBase<PlattCalibrator>(null, scoreColumnName, null)
{
    private readonly PlattCalibrator _calibrator = new(slope, offset);

    private protected override string Name => _calibrator.ToString();

    internal override PlattCalibrator Learn(CalibrationSample sample, FitContext context) => _calibrator;
}
