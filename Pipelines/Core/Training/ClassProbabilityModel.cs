using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The base of models that give a probability for each class, whatever their number. With two classes they serve binary classification too:
/// the score is then the difference of the two probabilities, from −1 to 1.
/// </summary>
public abstract class ClassProbabilityModel : IBinaryModel, IMulticlassModel
{
    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <inheritdoc/>
    public abstract int FeatureCount { get; }

    /// <inheritdoc/>
    public virtual FeatureFormat InputFormat => FeatureFormat.Vector(FeatureCount);

    /// <inheritdoc/>
    public abstract int ClassCount { get; }

    /// <inheritdoc/>
    public bool IsCalibrated => true;

    /// <inheritdoc/>
    public virtual bool ScoresSparse => false;

    /// <inheritdoc/>
    public abstract void Save(ModelSaveContext context);

    /// <summary>Gives the probabilities of the classes.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="InputFormat"/>.</param>
    /// <param name="scores">Receives n × k probabilities, row-major; those of a row sum to 1.</param>
    public abstract void Score(FeatureMatrix features, Span<float> scores);

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities)
    {
        if (ClassCount != 2)
            throw new InvalidOperationException($"The model tells {ClassCount} classes apart; binary classification needs two.");
        float[] rented = ArrayPool<float>.Shared.Rent(2 * features.Rows);
        var both = rented.AsSpan(0, 2 * features.Rows);
        Score(features, both);
        for (int row = 0; row < features.Rows; row++)
        {
            scores[row] = both[(2 * row) + 1] - both[2 * row];
            probabilities[row] = both[(2 * row) + 1];
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
