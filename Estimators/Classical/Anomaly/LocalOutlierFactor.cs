namespace MLPath.Trainers;

/// <summary>The formulas of the local outlier factor, by the names of the paper.</summary>
internal static class LocalOutlierFactor
{
    /// <summary>Scores above it are anomalies where the part of anomalies is not known (scikit-learn's choice).</summary>
    public const double UsualThreshold = 1.5;

    /// <summary>Between blocks of so many rows a fit looks whether it was cancelled.</summary>
    public const int BlockRows = 4096;

    // Keeps the density of a row on the same spot as k others finite.
    private const double LeastReachability = 1e-10;

    /// <summary>lrd(x) = 1 / mean of max(‖x − o‖, kdist(o)) over the neighbours o (definition 6).</summary>
    /// <param name="neighbors">The k neighbours of x.</param>
    /// <param name="distances">Their distances from x.</param>
    /// <param name="reach">kdist of each training row.</param>
    public static double Density(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> distances, ReadOnlySpan<double> reach)
    {
        double sum = 0;
        for (int i = 0; i < neighbors.Length; i++)
            sum += Math.Max(distances[i], reach[neighbors[i]]);
        return 1 / ((sum / neighbors.Length) + LeastReachability);
    }

    /// <summary>LOF(x) = mean of lrd(o) / lrd(x) over the neighbours o (definition 7).</summary>
    /// <param name="neighbors">The k neighbours of x.</param>
    /// <param name="density">lrd(x).</param>
    /// <param name="densities">lrd of each training row.</param>
    public static double Score(ReadOnlySpan<int> neighbors, double density, ReadOnlySpan<double> densities)
    {
        double sum = 0;
        foreach (int o in neighbors)
            sum += densities[o] / density;
        return sum / neighbors.Length;
    }

    /// <summary>The value that a part of the values does not exceed, between two of them by a straight line.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="part">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> values, double part)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
