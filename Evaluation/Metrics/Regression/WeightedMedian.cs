namespace MLPath.Evaluation;

/// <summary>
/// The median of weighted values, such that a whole weight w equals w copies of the row; by radix selection, in O(n).
/// </summary>
internal static class WeightedMedian
{
    // Wide digits take fewer passes over the values, narrow ones have a short histogram, which counts where values are few.
    private const int WideBits = 16;
    private const int NarrowBits = 8;

    /// <summary>
    /// The smallest value with more than half of the weight at or below it; when exactly half lies at or below a value, the midpoint
    /// between it and the next one. With equal weights this is the ordinary median.
    /// </summary>
    /// <param name="values">n values that are not negative, n at least 1.</param>
    /// <param name="weights">n weights above 0.</param>
    public static double Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        double half = total / 2, below = 0;

        // Doubles that are not negative order like their bits. Digit by digit from the top, keep the values that share the digit at which
        // half of the weight is reached; what remains in the end is one value.
        var bits = new ulong[values.Length];
        var kept = weights.ToArray();
        for (int i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.DoubleToUInt64Bits(values[i]);
        int count = bits.Length;
        int digitBits = count < 1 << WideBits ? NarrowBits : WideBits;
        var histogram = new double[1 << digitBits];
        for (int shift = 64 - digitBits; shift >= 0; shift -= digitBits)
        {
            Array.Clear(histogram);
            for (int i = 0; i < count; i++)
                histogram[Digit(bits[i], shift, histogram.Length)] += kept[i];
            int digit = DigitAtHalf(histogram, half, ref below);
            int remaining = 0;
            for (int i = 0; i < count; i++)
            {
                if (Digit(bits[i], shift, histogram.Length) != digit)
                    continue;
                bits[remaining] = bits[i];
                kept[remaining++] = kept[i];
            }
            count = remaining;
        }
        double median = BitConverter.UInt64BitsToDouble(bits[0]);
        double atOrBelow = below;
        for (int i = 0; i < count; i++)
            atOrBelow += kept[i];
        return atOrBelow == half ? median + (NextAbove(values, median) - median) / 2 : median;
    }

    /// <summary>
    /// The digit at which the weight reaches half, or the last that occurs; adds the weight before it to <paramref name="below"/>.
    /// </summary>
    private static int DigitAtHalf(double[] histogram, double half, ref double below)
    {
        int last = Array.FindLastIndex(histogram, weight => weight > 0);
        for (int digit = 0; digit < last; digit++)
        {
            if (histogram[digit] > 0 && below + histogram[digit] >= half)
                return digit;
            below += histogram[digit];
        }
        return last;
    }

    private static double NextAbove(ReadOnlySpan<double> values, double median)
    {
        double next = double.PositiveInfinity;
        foreach (double value in values)
        {
            if (value > median)
                next = Math.Min(next, value);
        }
        return double.IsPositiveInfinity(next) ? median : next;
    }

    private static int Digit(ulong bits, int shift, int radix) => (int)(bits >> shift) & (radix - 1);
}
