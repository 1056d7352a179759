namespace MLPath.Numerics;

/// <summary>
/// The rotations of one implicit QR step on the components start … start + length: rotation k acts on the components start + k and
/// start + k + 1 as (x, y) ← (c x + s y, c y - s x).
/// </summary>
internal readonly struct RotationSweep(int start, (double Cosine, double Sine)[] rotations)
{
    // Below this a sum of squares has lost digits to underflow, and x and y may have few themselves; multiplied up they are as good as any.
    private const double SafeSquare = 1e-250;
    private static readonly double Up = Math.ScaleB(1, 600);

    /// <summary>The first component.</summary>
    public int Start { get; } = start;

    /// <summary>The rotations, in the order in which they were applied.</summary>
    public (double Cosine, double Sine)[] Rotations { get; } = rotations;

    /// <summary>The c, s and r with c x + s y = r and c y - s x = 0.</summary>
    public static (double C, double S, double R) Rotation(double x, double y)
    {
        double square = x * x + y * y;
        if (!(square > SafeSquare))
        {
            if (x == 0 && y == 0) return (1, 0, 0);
            if (Math.Abs(x) + Math.Abs(y) < 1 / Up)
            {
                var (c, s, large) = Rotation(x * Up, y * Up);
                return (c, s, large / Up);
            }

            double hypotenuse = double.Hypot(x, y);
            return (x / hypotenuse, y / hypotenuse, hypotenuse);
        }

        double r = Math.Sqrt(square);
        return (x / r, y / r, r);
    }
}
