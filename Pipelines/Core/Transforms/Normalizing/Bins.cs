namespace MLPath.Transforms;

/// <summary>
/// Divides the numbers into bins, each up to and with its upper bound; the last bound is ∞. Bounds stand half way between neighbouring values.
/// </summary>
internal static class Bins
{
    private const int ValuesPerCheckpoint = 1024;

    /// <summary>The bin that a number falls into: the first whose bound is not below it.</summary>
    /// <param name="bounds">Upper bounds, increasing, the last one ∞.</param>
    /// <param name="x">Any number but NaN.</param>
    public static int IndexOf(ReadOnlySpan<double> bounds, double x)
    {
        int low = 0, high = bounds.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (bounds[middle] < x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>
    /// Bins that hold about as many values each: a bin for each different value when there are no more than <paramref name="maximum"/> of them;
    /// otherwise as many bins as allowed, from the left, where each takes the values that bring it closest to its share, the number of the
    /// values left over the number of the bins left. A value that occurs often so gets a bin of its own, and costs no other bin its share.
    /// </summary>
    /// <param name="values">The different values, increasing.</param>
    /// <param name="counts">How often each occurs.</param>
    /// <param name="maximum">The most bins; at least 2.</param>
    /// <returns>The upper bounds.</returns>
    public static double[] EqualFrequency(ReadOnlySpan<double> values, ReadOnlySpan<long> counts, int maximum)
    {
        List<int> ends = [];
        if (values.Length <= maximum)
        {
            for (int end = 1; end < values.Length; end++)
                ends.Add(end);
            return Bounds(values, ends);
        }

        long left = 0;
        foreach (long count in counts)
            left += count;
        for (int bin = 0, next = 0; bin < maximum - 1; bin++)
        {
            int binsLeft = maximum - bin;
            double share = (double)left / binsLeft;
            // Every bin has a value, and leaves one for each bin behind it.
            long size = counts[next++];
            while (next < values.Length - (binsLeft - 1) && Math.Abs(size + counts[next] - share) < Math.Abs(size - share))
                size += counts[next++];
            left -= size;
            ends.Add(next);
        }

        return Bounds(values, ends);
    }

    /// <summary>
    /// Bins that tell of a class: beginning with one, the bin whose best cut gains most is cut in two, while a cut gains more than it costs. With
    /// N examples and entropy H (in nats) before the cut, N₁, H₁ and N₂, H₂ in its two parts, m different values and k classes, the gain is
    /// N H − N₁ H₁ − N₂ H₂ − (ln m − k (H − H₁ − H₂)): the minimum description length criterion of Fayyad and Irani, "Multi-interval
    /// discretization of continuous-valued attributes", IJCAI 1993, with the code book's cost simplified.
    /// </summary>
    /// <param name="values">The different values, increasing.</param>
    /// <param name="counts">For each value, how many examples of each class have it: [value, class], row-major.</param>
    /// <param name="classes">The number of classes k.</param>
    /// <param name="maximum">The most bins; at least 2.</param>
    /// <param name="minimumExamples">A bin of fewer examples is not cut.</param>
    /// <param name="checkpoint">Called now and then, so that a long search can be ended.</param>
    /// <returns>The upper bounds.</returns>
    public static double[] Supervised(
        ReadOnlySpan<double> values, ReadOnlySpan<int> counts, int classes, int maximum, int minimumExamples, Action checkpoint)
    {
        List<Cut> bins = [BestCut(0, values.Length, counts, classes, minimumExamples, checkpoint)];
        while (bins.Count < maximum)
        {
            // The leftmost of equal gains.
            int best = 0;
            for (int i = 1; i < bins.Count; i++)
            {
                if (bins[i].Gain > bins[best].Gain)
                    best = i;
            }

            if (!(bins[best].Gain > 0))
                break;
            var (start, end, at, _) = bins[best];
            bins[best] = BestCut(start, at, counts, classes, minimumExamples, checkpoint);
            bins.Insert(best + 1, BestCut(at, end, counts, classes, minimumExamples, checkpoint));
        }

        return Bounds(values, [.. bins.Skip(1).Select(b => b.Start)]);
    }

    private static Cut BestCut(int start, int end, ReadOnlySpan<int> counts, int classes, int minimumExamples, Action checkpoint)
    {
        var best = new Cut(start, end, 0, 0);
        int[] left = new int[classes], right = new int[classes];
        for (int i = start; i < end; i++)
        {
            for (int c = 0; c < classes; c++)
                right[c] += counts[(i * classes) + c];
        }

        var (n, h) = Entropy(right);
        if (n < minimumExamples || h == 0)
            return best;
        double codeBook = Math.Log(end - start);
        for (int at = start + 1; at < end; at++)
        {
            if ((at - start) % ValuesPerCheckpoint == 0)
                checkpoint();
            for (int c = 0; c < classes; c++)
            {
                int moved = counts[((at - 1) * classes) + c];
                left[c] += moved;
                right[c] -= moved;
            }

            var (n1, h1) = Entropy(left);
            var (n2, h2) = Entropy(right);
            double gain = (n * h) - (n1 * h1) - (n2 * h2) - (codeBook - (classes * (h - h1 - h2)));
            if (gain > best.Gain)
                best = new Cut(start, end, at, gain);
        }

        return best;
    }

    // N and −Σ p ln p.
    private static (long Count, double Entropy) Entropy(int[] counts)
    {
        long n = 0;
        foreach (int count in counts)
            n += count;
        double entropy = 0;
        foreach (int count in counts)
        {
            if (count > 0 && count < n)
                entropy -= (double)count / n * Math.Log((double)count / n);
        }

        return (n, entropy);
    }

    private static double[] Bounds(ReadOnlySpan<double> values, List<int> ends)
    {
        var bounds = new double[ends.Count + 1];
        for (int i = 0; i < ends.Count; i++)
            bounds[i] = Between(values[ends[i] - 1], values[ends[i]]);
        bounds[^1] = double.PositiveInfinity;
        return bounds;
    }

    // Half way between; the lower of two values with no number between them, or one of which is infinite.
    private static double Between(double low, double high)
    {
        double middle = (low / 2) + (high / 2);
        return middle > low && middle < high ? middle : low;
    }

    /// <summary>A bin, values [Start, End), and its best cut, before value At.</summary>
    private readonly record struct Cut(int Start, int End, int At, double Gain);
}
