using System.Numerics.Tensors;

namespace MLPath.Numerics;

/// <summary>The proximal operator of a penalty g: the point z that is the best compromise of near and cheap, argmin g(z) + ‖z − x‖² / 2s.</summary>
/// <param name="x">The point, n numbers.</param>
/// <param name="step">s, positive: how much the penalty counts.</param>
/// <param name="result">Receives z, n numbers; it is not the memory of x.</param>
public delegate void ProximalOperator(ReadOnlySpan<double> x, double step, Span<double> result);

/// <summary>
/// A convex function of n variables that need not be smooth, known by its values and its proximal operator: a penalty, or a set that a point
/// has to stay in (whose penalty is 0 within).
/// </summary>
/// <remarks>N. Parikh, S. Boyd, <i>Proximal algorithms</i>, Foundations and Trends in Optimization 1(3), 2014, chapter 6.</remarks>
/// <param name="value">g, called at points that the operator gave.</param>
/// <param name="operator">Its proximal operator.</param>
public sealed class Penalty(Func<ReadOnlySpan<double>, double> value, ProximalOperator @operator)
{
    /// <summary>g(x).</summary>
    /// <param name="x">A point, n numbers.</param>
    public double Value(ReadOnlySpan<double> x) => value(x);

    /// <summary>z ← argmin g(z) + ‖z − x‖² / 2s.</summary>
    /// <param name="x">The point, n numbers.</param>
    /// <param name="step">s, positive.</param>
    /// <param name="result">Receives z, n numbers.</param>
    public void Apply(ReadOnlySpan<double> x, double step, Span<double> result) => @operator(x, step, result);

    /// <summary>No penalty.</summary>
    public static Penalty None { get; } = new(_ => 0, (x, _, z) => x.CopyTo(z));

    /// <summary>x ≥ 0: negative numbers become 0.</summary>
    public static Penalty NonNegative { get; } = new(_ => 0, (x, _, z) => TensorPrimitives.Max(x, 0.0, z));

    /// <summary>λ ‖x‖₁: numbers are drawn towards 0 by s λ, and those nearer are 0.</summary>
    /// <param name="weight">λ, 0 or more.</param>
    public static Penalty L1(double weight) => ElasticNet(weight, 0);

    /// <summary>λ₁ ‖x‖₁ + ½ λ₂ ‖x‖².</summary>
    /// <param name="l1">λ₁, 0 or more.</param>
    /// <param name="l2">λ₂, 0 or more.</param>
    public static Penalty ElasticNet(double l1, double l2)
    {
        Stopping.RequireTolerance(l1, nameof(l1));
        Stopping.RequireTolerance(l2, nameof(l2));
        return new(
            x => l1 * TensorPrimitives.SumOfMagnitudes(x) + 0.5 * l2 * TensorPrimitives.SumOfSquares(x),
            (x, step, z) =>
            {
                for (int i = 0; i < x.Length; i++)
                    z[i] = Math.CopySign(Math.Max(Math.Abs(x[i]) - step * l1, 0) / (1 + step * l2), x[i]);
            });
    }

    /// <summary>lower ≤ x ≤ upper: numbers beyond a bound become the bound.</summary>
    /// <param name="lower">The lower bound of every variable; −∞ for none.</param>
    /// <param name="upper">The upper bound of every variable; ∞ for none.</param>
    /// <exception cref="ArgumentException">No number lies between the bounds.</exception>
    public static Penalty Box(double lower, double upper)
    {
        if (!(lower <= upper)) throw new ArgumentException(FormattableString.Invariant($"No number lies between {lower} and {upper}."), nameof(upper));
        return new(_ => 0, (x, _, z) =>
        {
            for (int i = 0; i < x.Length; i++) z[i] = Math.Clamp(x[i], lower, upper);
        });
    }

    /// <summary>
    /// λ Σ √|G| ‖x_G‖ over groups of neighbouring variables: a group is drawn towards 0 as a whole, so that all of it is 0 or none (the group
    /// lasso of Yuan and Lin, 2006).
    /// </summary>
    /// <param name="weight">λ, 0 or more.</param>
    /// <param name="sizes">The sizes of the groups in order, each 1 or more; what lies behind the last group has no penalty.</param>
    /// <exception cref="ArgumentException">λ or a size is out of range.</exception>
    public static Penalty Group(double weight, params ReadOnlySpan<int> sizes)
    {
        Stopping.RequireTolerance(weight, nameof(weight));
        foreach (int size in sizes) ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(sizes));
        int[] groups = sizes.ToArray();
        return new(
            x =>
            {
                double sum = 0;
                for (int g = 0, start = 0; g < groups.Length; start += groups[g++])
                    sum += weight * Math.Sqrt(groups[g]) * Dense.Norm(x.Slice(start, groups[g]));
                return sum;
            },
            (x, step, z) =>
            {
                x.CopyTo(z);
                for (int g = 0, start = 0; g < groups.Length; start += groups[g++])
                {
                    var group = z.Slice(start, groups[g]);
                    double norm = Dense.Norm(group), threshold = step * weight * Math.Sqrt(groups[g]);
                    if (norm <= threshold) group.Clear();
                    else Dense.Scale(1 - threshold / norm, group);
                }
            });
    }
}
