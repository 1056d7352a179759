using System.Numerics;

namespace MLPath.Numerics;

public static partial class Dense
{
    /// <summary>Computes the mean of every column, summed in double.</summary>
    /// <param name="x">The data, <paramref name="rows"/> × <paramref name="columns"/>. NaN in a column makes its mean NaN.</param>
    /// <param name="rows">The number of rows; at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="means">Receives one mean per column.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no row.</exception>
    public static void ColumnMeans(ReadOnlySpan<double> x, int rows, int columns, Span<double> means)
    {
        RequireColumns(x.Length, rows, columns, means.Length, nameof(means));
        means.Clear();
        for (int i = 0; i < rows; i++) Axpy(1, x.Slice(i * columns, columns), means);
        for (int j = 0; j < columns; j++) means[j] /= rows;
    }

    /// <inheritdoc cref="ColumnMeans(ReadOnlySpan{double}, int, int, Span{double})"/>
    public static void ColumnMeans(ReadOnlySpan<float> x, int rows, int columns, Span<double> means)
    {
        RequireColumns(x.Length, rows, columns, means.Length, nameof(means));
        means.Clear();
        for (int i = 0; i < rows; i++) Axpy(1, x.Slice(i * columns, columns), means);
        for (int j = 0; j < columns; j++) means[j] /= rows;
    }

    /// <summary>
    /// Computes the mean and the variance of every column in double, in two passes: the variance sums squared deviations from the mean, so
    /// a column far from zero loses no digits.
    /// </summary>
    /// <param name="x">The data, <paramref name="rows"/> × <paramref name="columns"/>. NaN in a column makes its results NaN.</param>
    /// <param name="rows">The number of rows; more than <paramref name="degreesOfFreedomLost"/>.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="means">Receives one mean per column.</param>
    /// <param name="variances">Receives one variance per column: Σ (x - mean)² / (rows - <paramref name="degreesOfFreedomLost"/>).</param>
    /// <param name="degreesOfFreedomLost">0 for the variance of the data, 1 for the unbiased estimate from a sample.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows.</exception>
    public static void ColumnVariances(
        ReadOnlySpan<double> x, int rows, int columns, Span<double> means, Span<double> variances, int degreesOfFreedomLost = 0)
    {
        RequireVariances(rows, columns, variances.Length, degreesOfFreedomLost);
        ColumnMeans(x, rows, columns, means);
        variances.Clear();
        for (int i = 0; i < rows; i++) AddSquaredDeviations(x.Slice(i * columns, columns), means, variances);
        for (int j = 0; j < columns; j++) variances[j] /= rows - degreesOfFreedomLost;
    }

    /// <inheritdoc cref="ColumnVariances(ReadOnlySpan{double}, int, int, Span{double}, Span{double}, int)"/>
    public static void ColumnVariances(
        ReadOnlySpan<float> x, int rows, int columns, Span<double> means, Span<double> variances, int degreesOfFreedomLost = 0)
    {
        RequireVariances(rows, columns, variances.Length, degreesOfFreedomLost);
        ColumnMeans(x, rows, columns, means);
        variances.Clear();
        for (int i = 0; i < rows; i++) AddSquaredDeviations(x.Slice(i * columns, columns), means, variances);
        for (int j = 0; j < columns; j++) variances[j] /= rows - degreesOfFreedomLost;
    }

    private static void AddSquaredDeviations<T>(ReadOnlySpan<T> row, ReadOnlySpan<double> means, Span<double> sums)
        where T : INumber<T>
    {
        for (int j = 0; j < row.Length; j++)
        {
            double deviation = double.CreateTruncating(row[j]) - means[j];
            sums[j] += deviation * deviation;
        }
    }

    private static void RequireColumns(int x, int rows, int columns, int results, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        RequireLength(x, rows, columns, nameof(x));
        RequireLength(results, columns, 1, parameter);
    }

    private static void RequireVariances(int rows, int columns, int variances, int degreesOfFreedomLost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(degreesOfFreedomLost);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rows, degreesOfFreedomLost);
        RequireLength(variances, columns, 1, nameof(variances));
    }
}
