namespace MLPath.Numerics;

/// <summary>What the optimisers agree on: when to stop, and which arguments are bad.</summary>
internal static class Stopping
{
    /// <summary>Whether an iteration lowered the value by less than a part of it; never with a tolerance of 0.</summary>
    public static bool IsStalled(double before, double after, double tolerance) =>
        tolerance > 0 && before - after < tolerance * Math.Abs(after);

    /// <summary>
    /// Why a line search found no lower point: the gradient is as small as the rounding of the value lets it become, or something is wrong.
    /// </summary>
    public static StopReason WithoutLowerPoint(double norm, double firstNorm, double value) =>
        norm <= Math.Sqrt(Triangular.Epsilon) * Math.Max(firstNorm, Math.Abs(value)) ? StopReason.PrecisionLimit : StopReason.LineSearchFailed;

    /// <summary>Checks a tolerance.</summary>
    public static void RequireTolerance(double value, string name)
    {
        if (!(value >= 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, 0 or more.");
    }

    /// <summary>Checks the point to start from.</summary>
    public static void RequireFinite(ReadOnlySpan<double> start)
    {
        for (int i = 0; i < start.Length; i++)
        {
            if (!double.IsFinite(start[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Element {i} of the start is {start[i]}; it must be finite."), nameof(start));
            }
        }
    }

    /// <summary>The error of a function that has no finite value or gradient where the search is to begin.</summary>
    public static ArgumentException NotFiniteAtStart() =>
        new("The function or its gradient is not finite at the start; start elsewhere.", "start");
}
