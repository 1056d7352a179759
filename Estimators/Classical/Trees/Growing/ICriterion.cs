namespace MLPath.Trainers;

/// <summary>
/// What a split is to achieve: it knows how mixed the labels of a node are, and how good a split is while rows move, one by one, from its
/// right side to its left. A row of the node is known by its position among the node's rows.
/// </summary>
internal interface ICriterion
{
    /// <summary>The number of values that a node predicts with.</summary>
    int ValueCount { get; }

    /// <summary>w, the weight of the node.</summary>
    double Weight { get; }

    /// <summary>i, the impurity of the node's labels.</summary>
    double Impurity { get; }

    /// <summary>Whether all labels of the node are the same, so that nothing is left to split.</summary>
    bool IsPure { get; }

    /// <summary>What <see cref="Score"/> is for a split that achieves nothing.</summary>
    double Baseline { get; }

    /// <summary>Turns to a node.</summary>
    /// <param name="rows">The rows of the training set that are in it, at least one.</param>
    void Enter(ReadOnlySpan<int> rows);

    /// <summary>Puts all rows of the node on the right side.</summary>
    void Rewind();

    /// <summary>Moves a row from the right side to the left.</summary>
    /// <param name="position">Its position among the node's rows.</param>
    void MoveLeft(int position);

    /// <summary>
    /// How good the split is, greater being better: w i − wL iL − wR iR above <see cref="Baseline"/>; −∞ when a side weighs nothing.
    /// </summary>
    double Score();

    /// <summary>Appends what the node predicts.</summary>
    /// <param name="value">Receives those of the <see cref="ValueCount"/> numbers that are not 0, in order.</param>
    void WriteValue(List<NodeValue> value);
}
