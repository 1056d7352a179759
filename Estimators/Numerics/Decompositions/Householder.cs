namespace MLPath.Numerics;

/// <summary>
/// Householder reflections H = I - τ v vᵀ with v[0] = 1 (Golub and Van Loan, section 5.1), shared by the QR and eigendecompositions.
/// </summary>
internal static class Householder
{
    /// <summary>
    /// Replaces x by the v of the reflection with H x = β e₀ (algorithm 5.1.1, with LAPACK's sign: β and x[0] have opposite signs, so that
    /// nothing cancels). If x is a multiple of e₀ already, τ is 0 and H the identity.
    /// </summary>
    public static (double Beta, double Tau) MakeReflection(Span<double> x)
    {
        double first = x[0];
        double rest = Dense.Norm(x[1..]);
        x[0] = 1;
        if (rest == 0) return (first, 0);

        double beta = -Math.CopySign(double.Hypot(first, rest), first);
        double scale = first - beta;
        for (int i = 1; i < x.Length; i++) x[i] /= scale;
        return (beta, (beta - first) / beta);
    }

    /// <summary>x ← H x.</summary>
    public static void Reflect(ReadOnlySpan<double> v, double tau, Span<double> x)
    {
        if (tau != 0) Dense.Axpy(-tau * Dense.Dot(v, x), v, x);
    }
}
