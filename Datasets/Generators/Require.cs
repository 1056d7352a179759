using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLPath.Datasets;

/// <summary>Checks of arguments, whose errors name the argument, its value and what it may be.</summary>
internal static class Require
{
    public static void AtLeast(int least, int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value >= least, value, string.Create(CultureInfo.InvariantCulture, $"at least {least}"), name);

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value > 0 && double.IsFinite(value), value, "a finite number above 0", name);

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value >= 0 && double.IsFinite(value), value, "a finite number, at least 0", name);

    public static void That<T>(
        bool holds, T value, string expected, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumberBase<T>
    {
        if (holds) return;
        string message = string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {expected}.");
        throw new ArgumentOutOfRangeException(name, value, message);
    }
}
