using System.Globalization;
using System.Text;

namespace MLPath.Data;

/// <summary>
/// How often each actual class was predicted as each class. Rows are actual classes, columns predicted ones. With weights, a count is
/// the summed weight of its rows.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly double[][] _counts;

    /// <summary>Makes a matrix from its counts.</summary>
    /// <param name="classNames">The K class names, in the order of rows and columns.</param>
    /// <param name="counts">K rows of K counts; <c>counts[actual][predicted]</c>, finite and not negative. The values are copied.</param>
    /// <exception cref="ArgumentException">The counts are not K by K, or one is negative or not finite.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classNames, IReadOnlyList<IReadOnlyList<double>> counts)
    {
        int k = classNames.Count;
        if (counts.Count != k || counts.Any(row => row.Count != k))
            throw new ArgumentException($"A confusion matrix of {k} classes needs {k} rows of {k} counts.", nameof(counts));
        if (counts.Any(row => row.Any(c => !(c >= 0 && double.IsFinite(c)))))
            throw new ArgumentException("The counts of a confusion matrix must be finite and not negative.", nameof(counts));
        ClassNames = [.. classNames];
        _counts = [.. counts.Select(row => row.ToArray())];

        var precision = new double[k];
        var recall = new double[k];
        for (int c = 0; c < k; c++)
        {
            double actual = _counts[c].Sum();
            double predicted = 0;
            for (int row = 0; row < k; row++)
                predicted += _counts[row][c];
            precision[c] = predicted > 0 ? _counts[c][c] / predicted : actual > 0 ? 0 : double.NaN;
            recall[c] = actual > 0 ? _counts[c][c] / actual : double.NaN;
        }
        PerClassPrecision = precision;
        PerClassRecall = recall;
    }

    /// <summary>The class names, in the order of rows and columns. For binary problems the positive class comes first.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of classes K.</summary>
    public int NumberOfClasses => _counts.Length;

    /// <summary>The counts, <c>Counts[actual][predicted]</c>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts => _counts;

    /// <summary>
    /// For each class, the share of its predictions that are right. A class that has rows but is never predicted has precision 0; one
    /// that neither occurs nor is predicted has none (NaN).
    /// </summary>
    public IReadOnlyList<double> PerClassPrecision { get; }

    /// <summary>For each class, the share of its rows that are predicted right; NaN for a class without rows.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>The count of one pair of classes.</summary>
    /// <param name="predictedClassIndicatorIndex">The predicted class, 0 to K - 1.</param>
    /// <param name="actualClassIndicatorIndex">The actual class, 0 to K - 1.</param>
    /// <returns>The count, or summed weight, of the rows of this pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a class.</exception>
    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        RequireClass(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        RequireClass(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return _counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    /// <summary>The matrix as text: a line per actual class with its recall, and a last line with the precision of each column.</summary>
    /// <returns>Lines separated by line feeds, in invariant culture; "-" where a value is undefined.</returns>
    public string GetFormattedConfusionTable()
    {
        const string corner = "Actual \\ predicted";
        const string precisionTitle = "Precision";
        int k = NumberOfClasses;
        var cells = _counts.Select(row => row.Select(c => c.ToString("0.##", CultureInfo.InvariantCulture)).ToArray()).ToArray();
        int nameWidth = ClassNames.Aggregate(corner.Length, (width, name) => Math.Max(width, name.Length));
        var widths = new int[k];
        for (int c = 0; c < k; c++)
            widths[c] = Math.Max(Math.Max(ClassNames[c].Length, Share(0).Length), cells.Max(row => row[c].Length));

        var text = new StringBuilder();
        AppendLine(corner, c => ClassNames[c], "Recall");
        string rule = new string('-', nameWidth + 1) + "+" + new string('-', widths.Sum() + 2 * k + 1) + "+" + new string('-', 7);
        text.Append(rule).Append('\n');
        for (int actual = 0; actual < k; actual++)
            AppendLine(ClassNames[actual], c => cells[actual][c], Share(PerClassRecall[actual]));
        text.Append(rule).Append('\n');
        AppendLine(precisionTitle, c => Share(PerClassPrecision[c]), "");
        return text.ToString();

        void AppendLine(string name, Func<int, string> cell, string last)
        {
            text.Append(name.PadRight(nameWidth)).Append(" |");
            for (int c = 0; c < k; c++)
                text.Append("  ").Append(cell(c).PadLeft(widths[c]));
            text.Append(" | ").Append(last.PadLeft(6));
            while (text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }
    }

    /// <summary>Adds matrices of the same classes, such as those of the folds of a cross-validation.</summary>
    /// <param name="matrices">At least one matrix; all with the same class names in the same order.</param>
    /// <returns>The sum of the counts.</returns>
    /// <exception cref="ArgumentException">There is no matrix, or the classes differ.</exception>
    public static ConfusionMatrix Sum(IReadOnlyList<ConfusionMatrix> matrices)
    {
        if (matrices.Count == 0)
            throw new ArgumentException("There is no confusion matrix to add.", nameof(matrices));
        var names = matrices[0].ClassNames;
        var sum = matrices[0]._counts.Select(row => new double[row.Length]).ToArray();
        foreach (var matrix in matrices)
        {
            if (!matrix.ClassNames.SequenceEqual(names))
            {
                throw new ArgumentException($"Confusion matrices of different classes cannot be added: [{string.Join(", ", names)}] and " +
                    $"[{string.Join(", ", matrix.ClassNames)}].", nameof(matrices));
            }
            for (int actual = 0; actual < sum.Length; actual++)
            {
                for (int predicted = 0; predicted < sum.Length; predicted++)
                    sum[actual][predicted] += matrix._counts[actual][predicted];
            }
        }
        return new ConfusionMatrix(names, sum);
    }

    /// <inheritdoc cref="GetFormattedConfusionTable"/>
    public override string ToString() => GetFormattedConfusionTable();

    private static string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private void RequireClass(int index, string name)
    {
        if ((uint)index >= (uint)NumberOfClasses)
            throw new ArgumentOutOfRangeException(name, index, $"There are {NumberOfClasses} classes, from 0 to {NumberOfClasses - 1}.");
    }
}
