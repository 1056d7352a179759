using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>Columns that know the answer.</summary>
internal sealed class LabelLeakCheck() : DoctorCheck(
    "label-leak", "A feature that gives the label away",
    "Columns that alone tell the label almost without a mistake: classes by the rows of like values with a balanced accuracy of 99 % (error: by as many values as "
    + "there are classes, without any mistake), numbers with an R² of 0.99 (error: 0.999999). From 50 rows on.",
    "Ask whether the value is known when the prediction is made; if it comes after the outcome or from it, leave the column out.")
{
    // Below, a perfect column may be chance.
    private const int FewestRows = 50;

    // An honest column is rarely so good: petal width tells the species of irises to 96 %.
    private const double BalancedAccuracy = 0.99;
    private const double RSquared = 0.99;

    // What arithmetic of single precision leaves of a copy in another unit.
    private const double CopyRSquared = 1 - 1e-6;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Label is not { } label || label.Rows < FewestRows || label is { HasClasses: true, ClassNames.Count: < 2 })
            yield break;
        var measured = subject.Features.Where(c => c.Distinct > 1 && !IsNameOfRow(c)).Select(c => (Column: c, Power: PowerOf(c, label))).ToList();
        var copies = measured.Where(m => m.Power == Power.Copy).Select(m => m.Column.Name).ToList();
        var strong = measured.Where(m => m.Power == Power.Strong).Select(m => m.Column.Name).ToList();
        if (copies.Count > 0)
            yield return Found(DiagnosisSeverity.Error, $"{Listed(copies)} {(copies.Count == 1 ? "is" : "are")} {label.Name} under another name: each value goes with one of it.", copies);
        if (strong.Count > 0)
        {
            yield return Found(DiagnosisSeverity.Warning,
                $"{Listed(strong)} alone {(strong.Count == 1 ? "tells" : "tell")} {label.Name} almost without a mistake, which is rarely honest.", strong);
        }
    }

    private enum Power
    {
        Honest,
        Strong,
        Copy,
    }

    // Identifiers are told of by a check of their own, and tell nothing to the rows beside them.
    private static bool IsNameOfRow(SampledColumn column) => column.Kind == SampledKind.Category && column.Distinct == column.Count;

    private static Power PowerOf(SampledColumn column, LabelSample label)
    {
        if (!label.HasClasses)
        {
            return ColumnPower.Variance(column, label.Targets) switch
            {
                >= CopyRSquared => Power.Copy,
                >= RSquared => Power.Strong,
                _ => Power.Honest,
            };
        }

        int classes = label.Counts.Count(c => c > 0);
        var (wrong, accuracy) = ColumnPower.Classes(column, label.Classes, label.ClassNames.Count);
        if (wrong == 0 && column.Distinct == classes && column.Missing == 0)
            return Power.Copy;
        return accuracy >= BalancedAccuracy ? Power.Strong : Power.Honest;
    }
}

/// <summary>Missing values that tell of the label.</summary>
internal sealed class InformativeMissingCheck() : DoctorCheck(
    "informative-missing", "Missing values that mean something",
    "Columns whose missing values go with the label: χ² for classes and Kolmogorov–Smirnov for numbers with p < 0.01 after Holm's adjustment for the number of "
    + "columns, and an effect of 0.1; a warning from 0.3 on.",
    "Keep a mark of what was missing beside the filled value (IndicateMissingValues), and ask why it is missing: when the reason is the outcome, the mark gives it away.")
{
    // Below, neither a share nor a test means much.
    private const int Fewest = 10;
    private const double Level = 0.01;

    // Cohen 1988 calls 0.1 a small effect and 0.3 a medium one.
    private const double SmallEffect = 0.1;
    private const double MediumEffect = 0.3;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Label is not { } label)
            yield break;
        var columns = subject.Features.Where(c => !c.IsSlot && c.Missing >= Fewest && c.Count >= Fewest).ToList();
        var tests = columns.ConvertAll(c => Test(c, label));
        double[] adjusted = Holm.Adjust([.. tests.Select(t => t.PValue)]);
        foreach (var severity in new[] { DiagnosisSeverity.Warning, DiagnosisSeverity.Info })
        {
            var told = Enumerable.Range(0, columns.Count).Where(i => adjusted[i] < Level && tests[i].Effect >= SmallEffect
                && tests[i].Effect >= MediumEffect == (severity == DiagnosisSeverity.Warning)).ToList();
            if (told.Count == 0)
                continue;
            string words = Listed([.. told.Select(i =>
                $"{columns[i].Name} ({Percent((double)columns[i].Missing / columns[i].Values.Length)} missing, effect {Number(tests[i].Effect, 2)})")]);
            yield return Found(severity, $"Whether a value is missing goes with {label.Name}: {words}.", told.Select(i => columns[i].Name));
        }
    }

    private static SampleDifference Test(SampledColumn column, LabelSample label)
    {
        if (label.HasClasses)
        {
            double[][] counts = [new double[label.ClassNames.Count], new double[label.ClassNames.Count]];
            for (int row = 0; row < column.Values.Length; row++)
            {
                if (label.Classes[row] >= 0)
                    counts[double.IsNaN(column.Values[row]) ? 1 : 0][label.Classes[row]]++;
            }

            return TwoSamples.Independence(counts);
        }

        double[] Targets(bool missing) =>
            [.. label.Targets.Where((t, row) => !double.IsNaN(t) && double.IsNaN(column.Values[row]) == missing).Order()];
        return TwoSamples.KolmogorovSmirnov(Targets(false), Targets(true));
    }
}

/// <summary>Classes of very different sizes.</summary>
internal sealed class ImbalancedClassesCheck() : DoctorCheck(
    "imbalanced-classes", "Classes so unequal that accuracy misleads",
    "A class that at least 80 % of the rows have: then that class, said of every row, is right as often. A warning where accuracy decides.",
    "Decide by balanced accuracy, macro F1, the area under the precision–recall curve or the cost of each error; weigh the classes (ClassWeights) or move the threshold.")
{
    // Four rows of one class for one of the others: an accuracy of 0.8 for nothing.
    private const double LargestShare = 0.8;

    private static readonly string[] Misleading = ["Accuracy", "MicroAccuracy"];

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Label is not { HasClasses: true } label || subject.Task is LearningTask.AnomalyDetection or LearningTask.Clustering)
            yield break;
        int largest = Array.IndexOf(label.Counts, label.Counts.Max());
        double share = (double)label.Counts[largest] / label.Rows;
        if (share < LargestShare || label.ClassNames.Count < 2)
            yield break;
        string? metric = subject.Comparison?.Metric.Name ?? subject.Evaluation?.Metrics.Primary.Name;
        yield return Found(
            metric is not null && Misleading.Contains(metric) ? DiagnosisSeverity.Warning : DiagnosisSeverity.Info,
            $"{Percent(share)} of the rows have {label.Name} '{label.ClassNames[largest]}'; to say so of every row is right as often, so that accuracy says little.", label.Name);
    }
}

/// <summary>Classes of a few rows.</summary>
internal sealed class SmallClassesCheck() : DoctorCheck(
    "small-classes", "Too few rows of a class",
    "Classes with fewer than 10 rows: there is little to learn them from, and their scores rest on a handful of rows.",
    "Collect more rows of these classes, or join them with others that are alike.")
{
    // One row for each of the usual ten folds.
    private const int FewestRows = 10;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Label is not { HasClasses: true } label || subject.Table.Rows > TableSample.MostRows || label.ClassNames.Count < 2)
            yield break;
        var small = Enumerable.Range(0, label.ClassNames.Count).Where(c => label.Counts[c] is > 0 and < FewestRows).ToList();
        if (small.Count == 0)
            yield break;
        string words = Listed([.. small.Select(c => $"'{label.ClassNames[c]}' ({Integer(label.Counts[c])})")]);
        string have = small.Count == 1 ? "one class has" : $"{Integer(small.Count)} classes have";
        yield return Found(DiagnosisSeverity.Warning, $"Of {label.Name} {have} fewer than {FewestRows} rows: {words}.", label.Name);
    }
}
