using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What a mixture of Gaussians learned: k normal distributions, and how well they explain the training rows.</summary>
/// <remarks>
/// Scores are −2 log (πc N(x | μc, Σc)): squared distances in units of the component's own spread, and what its size and rarity add. The least of a row names
/// its most probable component.
/// </remarks>
public sealed class GaussianMixtureModelParameters : IProbabilisticClusteringModel, ITrainingHistory
{
    internal const string Id = "MLPath.GaussianMixture";

    private readonly GaussianComponents _components;
    private readonly double _totalWeight;
    private readonly TrainingHistory _history;

    internal GaussianMixtureModelParameters(GaussianComponents components, double logLikelihood, double totalWeight, TrainingHistory history) =>
        (_components, LogLikelihood, _totalWeight, _history) = (components, logLikelihood, totalWeight, history);

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _components.Columns;

    /// <inheritdoc/>
    public int ClusterCount => _components.Count;

    /// <summary>The form of the covariance matrices.</summary>
    public GaussianCovariance Covariance => _components.Kind;

    /// <summary>k weights πc of the components, which add up to 1.</summary>
    public ReadOnlySpan<double> MixingWeights => _components.Mixing;

    /// <summary>k × d means μc, row-major.</summary>
    public ReadOnlySpan<double> Means => _components.Means;

    /// <summary>
    /// The covariances, row-major: k × d × d matrices (full), d × d (tied), k × d variances (diagonal) or k variances (spherical), the regularization
    /// included.
    /// </summary>
    public ReadOnlySpan<double> Covariances => _components.Covariances;

    /// <summary>Σi wi log Σc πc N(xi | μc, Σc) of the training rows.</summary>
    public double LogLikelihood { get; }

    /// <summary>The number of values that were learned freely.</summary>
    public long ParameterCount
    {
        get
        {
            long k = ClusterCount, d = FeatureCount;
            long covariances = Covariance switch
            {
                GaussianCovariance.Full => k * d * (d + 1) / 2,
                GaussianCovariance.Tied => d * (d + 1) / 2,
                GaussianCovariance.Diagonal => k * d,
                _ => k,
            };
            return covariances + (k * d) + k - 1;
        }
    }

    /// <summary>
    /// Schwarz's criterion p log n − 2 log L, p the <see cref="ParameterCount"/> and n the sum of weights: of models of the same rows the one with the
    /// least explains them best for its size.
    /// </summary>
    public double Bic => (ParameterCount * Math.Log(_totalWeight)) - (2 * LogLikelihood);

    /// <summary>Akaike's criterion 2 p − 2 log L; it allows more parameters than <see cref="Bic"/>.</summary>
    public double Aic => (2.0 * ParameterCount) - (2 * LogLikelihood);

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <summary>Minus the mean log-likelihood of a row before each iteration.</summary>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => Score(features, scores, default);

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities)
    {
        const int block = GaussianComponents.BlockRows;
        int k = ClusterCount, d = FeatureCount, most = Math.Min(block, features.Rows);
        var (rows, joint, scratch, evidence) = (new double[most * d], new double[most * k], new double[most * d], new double[most]);
        for (int first = 0; first < features.Rows; first += block)
        {
            int n = Math.Min(block, features.Rows - first);
            GaussianComponents.Widen(features, first, first + n, rows);
            _components.LogJoint(rows, n, joint, scratch);
            for (int i = 0; i < n; i++)
            {
                for (int c = 0; c < k; c++)
                    scores[((first + i) * k) + c] = (float)(-2 * joint[(c * n) + i]);
            }

            if (probabilities.IsEmpty)
                continue;
            _components.Normalize(joint, n, evidence);
            for (int i = 0; i < n; i++)
            {
                for (int c = 0; c < k; c++)
                    probabilities[((first + i) * k) + c] = (float)joint[(c * n) + i];
            }
        }
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(Covariance), Covariance.ToString());
        context.WriteArray<double>(nameof(MixingWeights), _components.Mixing);
        context.WriteArray<double>(nameof(Means), _components.Means, ClusterCount, FeatureCount);
        context.WriteArray<double>(nameof(Covariances), _components.Covariances);
        context.Write(nameof(LogLikelihood), LogLikelihood);
        context.Write("TotalWeight", _totalWeight);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"GaussianMixture({ClusterCount} components, {FeatureCount} features, covariance {Covariance})";

    internal static GaussianMixtureModelParameters Load(ModelLoadContext context)
    {
        if (!Enum.TryParse<GaussianCovariance>(context.ReadString(nameof(Covariance)), out var kind) || !Enum.IsDefined(kind))
            throw context.Invalid($"{nameof(Covariance)} is no form of covariance");
        double[] mixing = context.ReadFinite(nameof(MixingWeights), -1);
        double[] means = context.ReadFinite(nameof(Means), mixing.Length, -1);
        if (means.Length == 0)
            throw context.Invalid("it has no components or no features");
        if (!Array.TrueForAll(mixing, w => w > 0))
            throw context.Invalid("a mixing weight is not positive");
        int d = means.Length / mixing.Length;
        double[] covariances = context.ReadFinite(nameof(Covariances), -1);
        if (covariances.Length != GaussianComponents.CovarianceLength(kind, mixing.Length, d))
            throw context.Invalid($"it has {covariances.Length} covariances, not those of {mixing.Length} components of {d} features");
        try
        {
            return new(
                new GaussianComponents(kind, d, mixing, means, covariances),
                context.ReadFiniteNumber(nameof(LogLikelihood)), context.ReadFiniteNumber("TotalWeight"), TrainingHistory.Load(context));
        }
        catch (SingularMatrixException error)
        {
            throw context.Invalid(error.Message.TrimEnd('.'));
        }
    }
}
