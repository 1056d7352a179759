using System.Collections;

namespace MLPath.Evaluation;

/// <summary>The pipelines to compare, by name, in the order in which they were added.</summary>
/// <example>
/// <code>
/// new CandidateSet
/// {
///     ["softmax"] = features.Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()),
///     ["forest"] = features.Append(ml.MulticlassClassification.Trainers.RandomForest()),
/// }
/// </code>
/// </example>
public sealed class CandidateSet : IEnumerable<KeyValuePair<string, IEstimator<ITransformer>>>
{
    private readonly List<KeyValuePair<string, IEstimator<ITransformer>>> _candidates = [];

    /// <summary>The number of candidates.</summary>
    public int Count => _candidates.Count;

    /// <summary>The candidate of a name.</summary>
    /// <param name="name">The name; setting one that exists is an error, because a comparison names each candidate once.</param>
    public IEstimator<ITransformer> this[string name]
    {
        get => _candidates.Find(c => c.Key == name).Value ?? throw new ArgumentException($"There is no candidate '{name}'.", nameof(name));
        set => Add(name, value);
    }

    /// <summary>Adds a candidate.</summary>
    /// <param name="name">Its name; its random streams derive from it.</param>
    /// <param name="pipeline">The pipeline, which reads the prepared column Label.</param>
    public void Add(string name, IEstimator<ITransformer> pipeline)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (_candidates.Exists(c => c.Key == name))
            throw new ArgumentException($"There is a candidate '{name}' already; names are unique.", nameof(name));
        _candidates.Add(new(name, pipeline));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IEstimator<ITransformer>>> GetEnumerator() => _candidates.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
