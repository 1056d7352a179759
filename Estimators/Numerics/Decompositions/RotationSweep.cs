namespace MLPath.Numerics;

/// <summary>
/// The rotations of one implicit QR step on the components start … start + length: rotation k acts on the components start + k and
/// start + k + 1 as (x, y) ← (c x + s y, c y - s x).
/// </summary>
internal readonly struct RotationSweep(int start, (double Cosine, double Sine)[] rotations)
{
    // Below this a sum of squares may have lost digits to underflow, and the slow way is taken.
    private const double SafeSquare = 1e-250;

    /// <summary>The first component.</summary>
    public int Start { get; } = start;

    /// <summary>The rotations, in the order in which they were applied.</summary>
    public (double Cosine, double Sine)[] Rotations { get; } = rotations;

    /// <summary>The c, s and r with c x + s y = r and c y - s x = 0.</summary>
    public static (double C, double S, double R) Rotation(double x, double y)
    {
        double square = x * x + y * y;
        double r = square > SafeSquare ? Math.Sqrt(square) : double.Hypot(x, y);
        return r == 0 ? (1, 0, 0) : (x / r, y / r, r);
    }
}
