namespace MLPath.Numerics;

/// <summary>The implicit QR algorithm for the singular values of an upper bidiagonal matrix.</summary>
/// <remarks>
/// G. Golub, C. Van Loan, <i>Matrix Computations</i>, 4th edition, section 8.6; where the shift would be lost in rounding or a diagonal
/// element is negligible, the step without a shift of J. Demmel, W. Kahan, <i>Accurate singular values of bidiagonal matrices</i>, SIAM
/// Journal on Scientific and Statistical Computing 11 (1990), which finds small singular values to full relative accuracy, and a singular
/// value of 0 in one step.
/// </remarks>
internal sealed class BidiagonalQr
{
    private const int MaxStepsPerValue = 100;

    private readonly double[] _d;
    private readonly double[] _e;

    private BidiagonalQr(double[] d, double[] e) => (_d, _e) = (d, e);

    /// <summary>The rotations of the rows, B ← Gᵀ B.</summary>
    public List<RotationSweep> Left { get; } = [];

    /// <summary>The rotations of the columns.</summary>
    public List<RotationSweep> Right { get; } = [];

    /// <summary>Turns a bidiagonal matrix into a diagonal one.</summary>
    /// <param name="d">The diagonal; becomes the singular values, in no order and of any sign.</param>
    /// <param name="e">The off-diagonal, e[i] right of d[i]; becomes negligible.</param>
    /// <param name="checkpoint">Called before every step.</param>
    public static BidiagonalQr Diagonalise(double[] d, double[] e, Action? checkpoint)
    {
        var qr = new BidiagonalQr(d, e);
        double largest = Math.Max(Dense.NormInfinity(d), Dense.NormInfinity(e));
        int end = d.Length - 1;
        int steps = 0;
        while (end > 0)
        {
            int start = end;
            while (start > 0 && !Negligible(e[start - 1], d[start - 1], d[start], largest)) start--;
            if (start > 0) e[start - 1] = 0;

            if (start == end)
            {
                end--;
                steps = 0;
                continue;
            }

            if (++steps > MaxStepsPerValue) throw new ArithmeticException("The QR iteration for singular values did not converge.");
            checkpoint?.Invoke();
            double shift = SmallestSingularValue(d[end - 1], e[end - 1], d[end]);

            // Without a shift, a zero on the diagonal moves to the end of the block; but a block whose large elements come last is slow to
            // settle so, and wants shifts in between.
            bool withoutShift = d[start] == 0 || IsLost(shift / d[start]) || (steps % 4 == 1 && IsNearlySingular(d.AsSpan(start..(end + 1)), largest));
            if (withoutShift) qr.StepWithoutShift(start, end);
            else qr.StepWithShift(start, end, shift);
        }

        return qr;
    }

    private static bool Negligible(double offDiagonal, double left, double below, double largest)
    {
        double magnitude = Math.Abs(offDiagonal);
        return magnitude <= Triangular.Epsilon * (Math.Abs(left) + Math.Abs(below)) || magnitude <= Triangular.Epsilon * Triangular.Epsilon * largest;
    }

    /// <summary>Whether a block has a singular value that is 0 to rounding, because it has such an element on its diagonal.</summary>
    private static bool IsNearlySingular(ReadOnlySpan<double> diagonal, double largest)
    {
        foreach (double value in diagonal)
        {
            if (!(Math.Abs(value) > Triangular.Epsilon * largest)) return true;
        }

        return false;
    }

    /// <summary>Whether 1 - ratio² is 1, so that a shift of that part of the first element changes nothing.</summary>
    private static bool IsLost(double ratio) => !(ratio * ratio > Triangular.Epsilon);

    /// <summary>That of [f g; 0 h]: the two have product |f h|, and sum and difference of squares (|f| ± |h|)² + g².</summary>
    private static double SmallestSingularValue(double f, double g, double h)
    {
        (f, h) = (Math.Abs(f), Math.Abs(h));
        double largest = (double.Hypot(f + h, g) + double.Hypot(f - h, g)) / 2;
        return largest == 0 ? 0 : Math.Max(f, h) / largest * Math.Min(f, h);
    }

    private void StepWithShift(int start, int end, double shift)
    {
        var left = new (double, double)[end - start];
        var right = new (double, double)[end - start];

        // The first column of BᵀB - σ²I, divided by d.
        double x = (Math.Abs(_d[start]) - shift) * (Math.CopySign(1, _d[start]) + shift / _d[start]);
        double bulge = _e[start];
        for (int k = start; k < end; k++)
        {
            // From the right: columns k, k + 1; removes the bulge right of e[k - 1] and makes one below d[k].
            var (c, s, r) = RotationSweep.Rotation(x, bulge);
            right[k - start] = (c, s);
            if (k > start) _e[k - 1] = r;
            double diagonal = c * _d[k] + s * _e[k];
            double off = c * _e[k] - s * _d[k];
            double below = s * _d[k + 1];
            double next = c * _d[k + 1];

            // From the left: rows k, k + 1; removes the bulge below d[k] and makes one right of e[k].
            (c, s, _d[k]) = RotationSweep.Rotation(diagonal, below);
            left[k - start] = (c, s);
            _e[k] = x = c * off + s * next;
            _d[k + 1] = c * next - s * off;
            if (k + 1 < end)
            {
                bulge = s * _e[k + 1];
                _e[k + 1] *= c;
            }
        }

        Left.Add(new RotationSweep(start, left));
        Right.Add(new RotationSweep(start, right));
    }

    /// <summary>Demmel and Kahan's step: every number it makes comes from products and quotients alone, so that no digits cancel.</summary>
    private void StepWithoutShift(int start, int end)
    {
        var left = new (double, double)[end - start];
        var right = new (double, double)[end - start];
        double c = 1, leftCosine = 1, leftSine = 0;
        for (int k = start; k < end; k++)
        {
            (c, double s, double r) = RotationSweep.Rotation(_d[k] * c, _e[k]);
            right[k - start] = (c, s);
            if (k > start) _e[k - 1] = leftSine * r;
            (leftCosine, leftSine, _d[k]) = RotationSweep.Rotation(leftCosine * r, _d[k + 1] * s);
            left[k - start] = (leftCosine, leftSine);
        }

        double last = _d[end] * c;
        _d[end] = last * leftCosine;
        _e[end - 1] = last * leftSine;
        Left.Add(new RotationSweep(start, left));
        Right.Add(new RotationSweep(start, right));
    }
}
