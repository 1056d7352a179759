namespace MLPath.Evaluation;

/// <summary>How well one column alone tells the label: a floor for what any model reaches with it.</summary>
internal static class ColumnPower
{
    /// <summary>
    /// How many rows of each class are told rightly by the rows beside them: for categories, by most of the other rows of the same value; for numbers, by
    /// the rows before and after it in the order of the values (a row that lies between two classes is told wrong). Rows without a value stand together.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="classes">The class of each row, from 0; −1 for none.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <returns>The number of wrong rows, and the share of right rows of a class, on average over the classes.</returns>
    public static (int Wrong, double BalancedAccuracy) Classes(SampledColumn column, int[] classes, int classCount)
    {
        double[] right = new double[classCount], all = new double[classCount];
        void Tell(int row, int told)
        {
            all[classes[row]]++;
            if (told == classes[row])
                right[classes[row]]++;
        }

        foreach (var rows in Alike(column, classes))
        {
            var counts = new int[classCount];
            foreach (int row in rows)
                counts[classes[row]]++;
            foreach (int row in rows)
            {
                counts[classes[row]]--;
                int told = Array.IndexOf(counts, counts.Max());
                Tell(row, counts[told] == 0 ? -1 : told);
                counts[classes[row]]++;
            }
        }

        double[] shares = [.. Enumerable.Range(0, classCount).Where(c => all[c] > 0).Select(c => right[c] / all[c])];
        return ((int)(all.Sum() - right.Sum()), shares.Length == 0 ? 0 : shares.Average());
    }

    /// <summary>The share of a number's variance that the column explains: by its mean in each category, leaving the row itself out, or along a line.</summary>
    /// <param name="column">The column.</param>
    /// <param name="targets">The number of each row; NaN for none.</param>
    public static double Variance(SampledColumn column, double[] targets)
    {
        int[] rows = [.. column.Order.Where(row => !double.IsNaN(targets[row]))];
        if (rows.Length < 3)
            return 0;
        double mean = rows.Average(row => targets[row]);
        double total = rows.Sum(row => Square(targets[row] - mean));
        if (total == 0)
            return 0;
        if (column.Kind == SampledKind.Category)
            return 1 - (WithinGroups(column.Codes(), targets) / total);
        double center = rows.Average(row => column.Values[row]);
        double spread = rows.Sum(row => Square(column.Values[row] - center));
        double together = rows.Sum(row => (column.Values[row] - center) * (targets[row] - mean));
        return spread == 0 ? 0 : together * together / (spread * total);
    }

    /// <summary>Σ (y − the mean of the other rows of its group)², rows that are alone in theirs measured against the mean of all.</summary>
    /// <param name="groups">The group of each row; −1 for none, which is left out.</param>
    /// <param name="targets">The number of each row; NaN for none, which is left out.</param>
    public static double WithinGroups(int[] groups, double[] targets)
    {
        int count = groups.DefaultIfEmpty(-1).Max() + 1;
        double[] sums = new double[count], sizes = new double[count];
        double all = 0, rows = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] < 0 || double.IsNaN(targets[row]))
                continue;
            (sums[groups[row]], sizes[groups[row]]) = (sums[groups[row]] + targets[row], sizes[groups[row]] + 1);
            (all, rows) = (all + targets[row], rows + 1);
        }

        double within = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] < 0 || double.IsNaN(targets[row]))
                continue;
            double others = sizes[groups[row]] > 1 ? (sums[groups[row]] - targets[row]) / (sizes[groups[row]] - 1) : all / rows;
            within += Square(targets[row] - others);
        }

        return within;
    }

    // Rows that would be told alike: those of a value, or for numbers that repeat little, runs of rows that follow each other in the order of the values.
    private static IEnumerable<List<int>> Alike(SampledColumn column, int[] classes)
    {
        var missing = new List<int>();
        for (int row = 0; row < column.Values.Length; row++)
        {
            if (double.IsNaN(column.Values[row]) && classes[row] >= 0)
                missing.Add(row);
        }

        if (missing.Count > 0)
            yield return missing;
        bool isCategory = column.Kind == SampledKind.Category;
        var run = new List<int>();
        double last = double.NaN;
        foreach (int row in column.Order)
        {
            if (classes[row] < 0)
                continue;
            // Equal numbers stay together; others follow until the run is long enough to tell a class.
            if (run.Count > 0 && column.Values[row] != last && (isCategory || run.Count >= RunLength))
            {
                yield return run;
                run = [];
            }

            last = column.Values[row];
            run.Add(row);
        }

        if (run.Count > 0)
            yield return run;
    }

    // Long enough for most of it to tell a class, short enough that few runs lie across the border of two.
    private const int RunLength = 5;

    private static double Square(double x) => x * x;
}
