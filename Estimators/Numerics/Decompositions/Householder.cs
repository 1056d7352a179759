using System.Numerics.Tensors;

namespace MLPath.Numerics;

/// <summary>
/// Householder reflections H = I - τ v vᵀ (Golub and Van Loan, section 5.1), shared by the QR, eigenvalue and singular value decompositions.
/// </summary>
internal static class Householder
{
    private static readonly double Up = Math.ScaleB(1, 600);

    /// <summary>
    /// Replaces x by the v of the reflection with H x = β eₚ, where p is <paramref name="at"/> and v[p] = 1 (algorithm 5.1.1, with LAPACK's
    /// sign: β and x[p] have opposite signs, so that nothing cancels). If x is a multiple of eₚ already, τ is 0 and H the identity.
    /// </summary>
    public static (double Beta, double Tau) MakeReflection(Span<double> x, int at = 0)
    {
        double first = x[at];
        x[at] = 0;
        double rest = Dense.Norm(x);
        if (rest == 0)
        {
            x[at] = 1;
            return (first, 0);
        }

        // A vector of so small numbers that they have few digits makes as good a reflection, if it is multiplied up first.
        if (Math.Abs(first) + rest < 1 / Up)
        {
            x[at] = first;
            TensorPrimitives.Multiply(x, Up, x);
            var (large, factor) = MakeReflection(x, at);
            return (large / Up, factor);
        }

        double beta = -Math.CopySign(double.Hypot(first, rest), first);
        TensorPrimitives.Divide(x, first - beta, x);
        x[at] = 1;
        return (beta, (beta - first) / beta);
    }

    /// <summary>x ← H x.</summary>
    public static void Reflect(ReadOnlySpan<double> v, double tau, Span<double> x)
    {
        if (tau != 0) Dense.Axpy(-tau * Dense.Dot(v, x), v, x);
    }
}
