namespace MLPath.Numerics;

/// <summary>The symmetric QR algorithm for a tridiagonal matrix (Golub and Van Loan, section 8.3).</summary>
internal static class TridiagonalQr
{
    // Wilkinson's shift converges cubically: two steps per eigenvalue are usual, and no case is known that needs ten.
    private const int MaxStepsPerEigenvalue = 50;

    // An eigenvalue that takes more is one of those that rounding errors of ε‖T‖ make up from nothing, beside which no element is ever negligible.
    private const int StepsPerTellableEigenvalue = 10;

    /// <summary>Turns a tridiagonal matrix into a diagonal one by implicit QR steps (algorithm 8.3.3).</summary>
    /// <param name="d">The diagonal; becomes the eigenvalues, in no order.</param>
    /// <param name="e">The off-diagonal, e[i] between rows i and i + 1; becomes negligible.</param>
    /// <param name="checkpoint">Called before every step.</param>
    /// <returns>The rotations of every step.</returns>
    public static List<RotationSweep> Diagonalise(double[] d, double[] e, Action? checkpoint)
    {
        var sweeps = new List<RotationSweep>();
        int end = d.Length - 1;
        int steps = 0;
        double norm = 0;
        for (int i = 0; i < d.Length; i++) norm = Math.Max(norm, Math.Abs(d[i]) + (i < end ? Math.Abs(e[i]) : 0));
        while (end > 0)
        {
            // Cut where an off-diagonal element is negligible, and work on the last block [start, end] that is not cut.
            double floor = steps > StepsPerTellableEigenvalue ? Triangular.Epsilon * norm : 1e-300;
            int start = end;
            while (start > 0 && !Negligible(e[start - 1], d[start - 1], d[start], floor)) start--;
            if (start > 0) e[start - 1] = 0;

            if (start == end)
            {
                end--;
                steps = 0;
                continue;
            }

            if (++steps > MaxStepsPerEigenvalue) throw new ArithmeticException("The QR iteration for eigenvalues did not converge.");
            checkpoint?.Invoke();
            sweeps.Add(ImplicitStep(d, e, start, end));
        }

        return sweeps;
    }

    private static bool Negligible(double offDiagonal, double above, double below, double floor) =>
        Math.Abs(offDiagonal) <= Triangular.Epsilon * (Math.Abs(above) + Math.Abs(below)) || Math.Abs(offDiagonal) <= floor;

    /// <summary>One step of algorithm 8.3.2 on the block [start, end]: T - μI = QR, T ← Qᵀ T Q, without forming T - μI.</summary>
    private static RotationSweep ImplicitStep(double[] d, double[] e, int start, int end)
    {
        // Wilkinson's shift μ: the eigenvalue of the last 2 × 2 block that is nearer to its last element.
        double half = (d[end - 1] - d[end]) / 2;
        double last = e[end - 1];
        double shift = d[end] - last * (last / (half + Math.CopySign(double.Hypot(half, last), half)));

        var rotations = new (double, double)[end - start];
        double x = d[start] - shift;
        double bulge = e[start];
        for (int k = start; k < end; k++)
        {
            // The rotation of rows and columns k, k + 1 that removes the bulge below x.
            var (c, s, r) = RotationSweep.Rotation(x, bulge);
            rotations[k - start] = (c, s);
            if (k > start) e[k - 1] = r;

            var (upper, lower, off) = (d[k], d[k + 1], e[k]);
            double difference = s * (lower - upper) + 2 * c * off;
            d[k] = upper + s * difference;
            d[k + 1] = lower - s * difference;
            e[k] = c * difference - off;

            if (k + 1 < end)
            {
                x = e[k];
                bulge = s * e[k + 1];
                e[k + 1] *= c;
            }
        }

        return new RotationSweep(start, rotations);
    }
}
