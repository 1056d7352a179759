namespace MLPath.Numerics;

/// <summary>
/// Derivatives by central finite differences, (f(x + h) - f(x - h)) / 2h, to test the ones that are derived by hand. With
/// double-precision functions they are right to about nine digits.
/// </summary>
public static class GradientCheck
{
    // Truncation h² and rounding ε / h balance at h ≈ ε^(1/3).
    private const double DefaultStep = 6e-6;

    /// <summary>Approximates the gradient of a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The point, n numbers.</param>
    /// <param name="step">The relative step; h = step · max(1, |xᵢ|). Positive.</param>
    /// <returns>n numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static double[] Gradient(Func<ReadOnlySpan<double>, double> function, ReadOnlySpan<double> x, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        double[] moved = x.ToArray();
        return Gradient(() => function(moved), moved.AsSpan(), step);
    }

    /// <summary>
    /// Approximates the gradient with respect to numbers that the function reads from where they lie, such as a model's weights.
    /// </summary>
    /// <param name="function">
    /// The function, of the parameters' current values. It must give the same value whenever they are the same.
    /// </param>
    /// <param name="parameters">The parameters, moved one at a time and put back exactly.</param>
    /// <param name="step">The relative step; h = step · max(1, |xᵢ|). Positive.</param>
    /// <returns>One derivative per parameter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static double[] Gradient(Func<double> function, Span<double> parameters, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        RequireStep(step);
        var gradient = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double kept = parameters[i];
            double h = step * Math.Max(1, Math.Abs(kept));

            // The distance between the two points as they are rounded, not as they were meant.
            double above = kept + h, below = kept - h;
            parameters[i] = above;
            double valueAbove = function();
            parameters[i] = below;
            double valueBelow = function();
            parameters[i] = kept;
            gradient[i] = (valueAbove - valueBelow) / (above - below);
        }

        return gradient;
    }

    /// <inheritdoc cref="Gradient(Func{double}, Span{double}, double)"/>
    /// <remarks>The default step suits functions that compute in single precision: derivatives are right to about three digits.</remarks>
    public static double[] Gradient(Func<double> function, Span<float> parameters, float step = 5e-3f)
    {
        ArgumentNullException.ThrowIfNull(function);
        RequireStep(step);
        var gradient = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            float kept = parameters[i];
            float h = step * Math.Max(1, Math.Abs(kept));
            float above = kept + h, below = kept - h;
            parameters[i] = above;
            double valueAbove = function();
            parameters[i] = below;
            double valueBelow = function();
            parameters[i] = kept;
            gradient[i] = (valueAbove - valueBelow) / ((double)above - below);
        }

        return gradient;
    }

    /// <summary>Compares a function's own gradient with finite differences.</summary>
    /// <param name="function">The function with its gradient.</param>
    /// <param name="x">The point, n numbers.</param>
    /// <param name="step">The relative step; h = step · max(1, |xᵢ|). Positive.</param>
    /// <returns>The variable with the largest error; error 0 and index -1 if there is no variable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static GradientError Compare(ValueAndGradient function, ReadOnlySpan<double> x, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        var analytic = new double[x.Length];
        function(x, analytic);
        var scratch = new double[x.Length];
        double[] numeric = Gradient(
            point =>
            {
                Array.Clear(scratch);
                return function(point, scratch);
            },
            x,
            step);
        return Compare(analytic, numeric);
    }

    /// <summary>Compares a gradient with another, such as one of <see cref="Gradient(Func{double}, Span{double}, double)"/>.</summary>
    /// <param name="analytic">The gradient to test.</param>
    /// <param name="numeric">The gradient to trust, of the same length.</param>
    /// <returns>The variable with the largest error; error 0 and index -1 if there is no variable.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static GradientError Compare(ReadOnlySpan<double> analytic, ReadOnlySpan<double> numeric)
    {
        if (analytic.Length != numeric.Length)
            throw new ArgumentException($"The gradients have {analytic.Length} and {numeric.Length} elements.", nameof(numeric));

        var worst = new GradientError(-1, 0, 0, 0);
        for (int i = 0; i < analytic.Length; i++)
        {
            double error = Math.Abs(analytic[i] - numeric[i]) / Math.Max(1, Math.Max(Math.Abs(analytic[i]), Math.Abs(numeric[i])));

            // NaN, whose comparisons are all false, is the worst error of all.
            if (worst.Index < 0 || !(error <= worst.Error)) worst = new GradientError(i, analytic[i], numeric[i], error);
            if (double.IsNaN(error)) break;
        }

        return worst;
    }

    private static void RequireStep(double step)
    {
        if (!(step > 0)) throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be positive.");
    }
}

/// <summary>The variable in which two gradients differ most.</summary>
/// <param name="Index">The variable, from 0.</param>
/// <param name="Analytic">The tested derivative.</param>
/// <param name="Numeric">The trusted derivative.</param>
/// <param name="Error">
/// |analytic - numeric| / max(1, |analytic|, |numeric|): relative for large derivatives, absolute for small ones.
/// </param>
public readonly record struct GradientError(int Index, double Analytic, double Numeric, double Error);
