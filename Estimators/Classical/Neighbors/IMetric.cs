using System.Numerics;

namespace MLPath.Trainers;

/// <summary>A distance that is a sum over the features; a structure, so that the inner loop is compiled for it.</summary>
internal interface IMetric
{
    /// <summary>Adds what one feature contributes.</summary>
    /// <param name="sum">The sums so far, of several rows.</param>
    /// <param name="difference">The differences of the feature.</param>
    static abstract Vector<float> Add(Vector<float> sum, Vector<float> difference);
}

/// <summary>Σ (x − y)², the square of the Euclidean distance, whose order is the same.</summary>
internal readonly struct EuclideanMetric : IMetric
{
    public static Vector<float> Add(Vector<float> sum, Vector<float> difference) => sum + (difference * difference);
}

/// <summary>Σ |x − y|.</summary>
internal readonly struct ManhattanMetric : IMetric
{
    public static Vector<float> Add(Vector<float> sum, Vector<float> difference) => sum + Vector.Abs(difference);
}
