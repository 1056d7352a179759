using MLPath.Data;

namespace MLPath.Tests.Classical;

/// <summary>An embedded data set as arrays: all columns of numbers, and the last column as a number or as classes.</summary>
internal sealed record EmbeddedSet(double[][] Features, double[] Targets, int[] Classes, string[] ClassNames)
{
    /// <summary>Loads a set: "iris", "wine", "breast-cancer", "digits", "diabetes".</summary>
    public static EmbeddedSet Load(string name)
    {
        var view = InMemoryDataView.Load(new MLContext().Data.LoadDataset(name));
        int label = view.Schema.Count - 1, n = view.RowCount;
        var rows = new List<double>[n];
        for (int i = 0; i < n; i++)
            rows[i] = [];
        for (int column = 0; column < label; column++)
        {
            for (int i = 0; i < n; i++)
                rows[i].AddRange(Numbers(view.GetColumn(column), i));
        }

        double[][] features = [.. rows.Select(r => r.ToArray())];
        if (view.GetColumn(label) is ScalarColumn<float> targets && name == "diabetes")
            return new(features, [.. targets.Values.ToArray().Select(v => (double)v)], [], []);
        string[] texts = [.. Enumerable.Range(0, n).Select(i => Text(view.GetColumn(label), i))];
        string[] names = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        return new(features, [], [.. texts.Select(t => Array.IndexOf(names, t))], names);
    }

    /// <summary>
    /// Ten folds: the i-th row of each class, or of all rows without classes, is tested in fold i mod 10. Features are standardised by the
    /// training rows' means and deviations where asked.
    /// </summary>
    public IEnumerable<(EmbeddedSet Train, EmbeddedSet Test)> TenFolds(bool standardised)
    {
        var seen = new int[Math.Max(1, ClassNames.Length)];
        int[] fold = [.. Enumerable.Range(0, Features.Length).Select(i => seen[Classes.Length == 0 ? 0 : Classes[i]]++ % 10)];
        for (int f = 0; f < 10; f++)
        {
            int[] train = [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] != f)];
            int[] test = [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] == f)];
            var (trainSet, testSet) = (Select(train), Select(test));
            yield return standardised ? (trainSet.Standardised(trainSet), testSet.Standardised(trainSet)) : (trainSet, testSet);
        }
    }

    private EmbeddedSet Select(int[] rows) => this with
    {
        Features = [.. rows.Select(i => Features[i])],
        Targets = Targets.Length == 0 ? [] : [.. rows.Select(i => Targets[i])],
        Classes = Classes.Length == 0 ? [] : [.. rows.Select(i => Classes[i])],
    };

    private EmbeddedSet Standardised(EmbeddedSet by)
    {
        int d = Features[0].Length;
        double[] means = [.. Enumerable.Range(0, d).Select(j => by.Features.Average(x => x[j]))];
        double[] deviations = [.. means.Select((m, j) => Math.Sqrt(by.Features.Average(x => (x[j] - m) * (x[j] - m))))];
        return this with { Features = [.. Features.Select(x => x.Select((v, j) => deviations[j] > 0 ? (v - means[j]) / deviations[j] : 0).ToArray())] };
    }

    private static IEnumerable<double> Numbers(ColumnBuffer column, int row) => column switch
    {
        ScalarColumn<float> scalar => [scalar.Values[row]],
        VectorColumn<float> vector => [.. vector.RowValues(row).ToArray().Select(v => (double)v)],
        _ => throw new InvalidOperationException($"A column of {column.Type} is not a feature."),
    };

    private static string Text(ColumnBuffer column, int row) => column switch
    {
        ScalarColumn<ReadOnlyMemory<char>> text => text.Values[row].ToString(),
        ScalarColumn<float> number => number.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        ScalarColumn<bool> truth => truth.Values[row].ToString(),
        _ => throw new InvalidOperationException($"A column of {column.Type} is not a class."),
    };
}
