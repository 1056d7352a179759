using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What categorical naive Bayes learned: the logarithms of the classes' frequencies, and of each category's in each class.</summary>
public sealed class CategoricalNaiveBayesModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.CategoricalNaiveBayes";

    private readonly double[] _logPriors;
    private readonly int[] _categories;
    private readonly int[] _offsets;
    private readonly double[] _logProbabilities;

    /// <summary>Creates a model.</summary>
    /// <param name="logPriors">k logarithms of class frequencies; −∞ for a class that is never predicted, and not all −∞.</param>
    /// <param name="categories">d numbers of categories mj, each 1 or more.</param>
    /// <param name="logProbabilities">
    /// k × Σ mj logarithms of frequencies, finite, row-major: of a class those of the first feature's categories, then the second's, ….
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not allowed.</exception>
    public CategoricalNaiveBayesModelParameters(ReadOnlySpan<double> logPriors, ReadOnlySpan<int> categories, ReadOnlySpan<double> logProbabilities)
    {
        (_logPriors, _categories, _logProbabilities) = (logPriors.ToArray(), categories.ToArray(), logProbabilities.ToArray());
        if (Problem(_logPriors, _categories, _logProbabilities) is { } problem)
            throw new ArgumentException($"The parameters of naive Bayes do not fit: {problem}.", nameof(logPriors));
        _offsets = Offsets(_categories);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount => _categories.Length;

    /// <inheritdoc/>
    public override int ClassCount => _logPriors.Length;

    /// <summary>k logarithms of class frequencies.</summary>
    public ReadOnlySpan<double> LogPriors => _logPriors;

    /// <summary>d numbers of categories.</summary>
    public ReadOnlySpan<int> Categories => _categories;

    /// <summary>The logarithms of how often a feature takes each of its mj categories in a class.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <param name="feature">The feature, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or feature.</exception>
    public ReadOnlySpan<double> LogProbabilities(int classIndex, int feature)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, ClassCount);
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, FeatureCount);
        return _logProbabilities.AsSpan((classIndex * _offsets[^1]) + _offsets[feature], _categories[feature]);
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteArray<double>(nameof(LogPriors), _logPriors);
        context.WriteArray<int>(nameof(Categories), _categories);
        context.WriteArray<double>("LogProbabilities", _logProbabilities, ClassCount, _offsets[^1]);
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, width = _offsets[^1];
        double[] rented = ArrayPool<double>.Shared.Rent(k);
        var log = rented.AsSpan(0, k);
        for (int row = 0; row < features.Rows; row++)
        {
            _logPriors.CopyTo(log);
            var x = features.Row(row);
            for (int j = 0; j < x.Length; j++)
            {
                if (!(x[j] >= 0) || x[j] >= _categories[j] || x[j] != MathF.Truncate(x[j]))
                    continue;
                int at = _offsets[j] + (int)x[j];
                for (int c = 0; c < k; c++)
                    log[c] += _logProbabilities[(c * width) + at];
            }

            Dense.Softmax(log, log);
            TensorPrimitives.ConvertTruncating<double, float>(log, scores.Slice(row * k, k));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override string ToString() => $"CategoricalNaiveBayes({ClassCount} classes, {FeatureCount} features)";

    internal static CategoricalNaiveBayesModelParameters Load(ModelLoadContext context)
    {
        double[] priors = context.ReadArray<double>(nameof(LogPriors), -1);
        int[] categories = context.ReadArray<int>(nameof(Categories), -1);
        double[] probabilities = context.ReadArray<double>("LogProbabilities", priors.Length, -1);
        return Problem(priors, categories, probabilities) is { } problem ? throw context.Invalid(problem) : new(priors, categories, probabilities);
    }

    /// <summary>d + 1 numbers: where each feature's categories begin, and where the last ones end.</summary>
    internal static int[] Offsets(int[] categories)
    {
        var offsets = new int[categories.Length + 1];
        for (int j = 0; j < categories.Length; j++)
            offsets[j + 1] = checked(offsets[j] + categories[j]);
        return offsets;
    }

    private static string? Problem(double[] priors, int[] categories, double[] probabilities)
    {
        if (priors.Length == 0 || categories.Length == 0 || !Array.TrueForAll(categories, m => m >= 1))
            return "it needs a class, a feature, and a category of each feature";
        if (categories.Sum(m => (long)m) * priors.Length != probabilities.Length)
            return "there is one probability for each class and category";
        if (!Array.TrueForAll(probabilities, double.IsFinite))
            return "a logarithm of a probability is not finite";
        return Array.TrueForAll(priors, p => double.IsFinite(p) || double.IsNegativeInfinity(p)) && Array.Exists(priors, double.IsFinite)
            ? null
            : "logarithms of class frequencies are finite or −∞, and one at least is finite";
    }
}
