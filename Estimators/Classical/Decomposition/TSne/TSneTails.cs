using System.Runtime.Intrinsics;

namespace MLPath.Transforms;

/// <summary>
/// Student's distribution with ν degrees of freedom, which says how near points of the map are to each other: with u = 1 / (1 + d²/ν) the
/// affinity of two points is w = u^((ν+1)/2), and w u times their difference is the force between them.
/// </summary>
internal interface ITSneTail
{
    /// <summary>Gives u and w of squared distances d².</summary>
    (Vector512<float> U, Vector512<float> W) Of(Vector512<float> squaredDistance);
}

/// <summary>ν = 1, Cauchy's distribution: w = u.</summary>
internal readonly struct CauchyTail : ITSneTail
{
    /// <inheritdoc/>
    public (Vector512<float> U, Vector512<float> W) Of(Vector512<float> squaredDistance)
    {
        var u = Vector512<float>.One / (Vector512<float>.One + squaredDistance);
        return (u, u);
    }
}

/// <summary>Any ν.</summary>
/// <param name="degreesOfFreedom">ν, above 0.</param>
internal readonly struct StudentTail(double degreesOfFreedom) : ITSneTail
{
    private readonly float _inverse = (float)(1 / degreesOfFreedom);
    private readonly float _power = (float)((degreesOfFreedom + 1) / 2);

    /// <inheritdoc/>
    public (Vector512<float> U, Vector512<float> W) Of(Vector512<float> squaredDistance)
    {
        var base1 = Vector512<float>.One + (squaredDistance * _inverse);
        return (Vector512<float>.One / base1, Vector512.Exp(Vector512.Log(base1) * -_power));
    }
}
