using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>What was learned from all rows before they were divided.</summary>
internal sealed class FittedOutsideCheck() : DoctorCheck(
    "fitted-outside-folds", "A transform fitted outside the folds",
    "Steps in the lineage of the rows that learned from these rows before they were divided: means, categories, words, chosen features. An error where the step looked at "
    + "the label, or where a model is measured on rows that a step of it learned from; maps between values and keys are no leak.",
    "Put the step into the pipeline of each candidate, so that each fold learns it from its training rows alone.")
{
    // They give each value a number, and know nothing of other rows.
    private static readonly string[] Harmless = ["MapValueToKey", "MapKeyToValue", "MapValue", "MapKeyToVector", "MapKeyToBinaryVector", "Concatenate", "CopyColumns", "SelectColumns", "ConvertType", "Hash"];

    private static readonly string[] LookAtTheLabel = ["SelectFeaturesBasedOnMutualInformation", "TargetEncod", "NormalizeSupervisedBinning", "LinearDiscriminant"];

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Comparison is null && subject.Evaluation is null)
            yield break;
        var steps = FittedOnTheirInput(subject.Evaluation?.Scored.Lineage ?? subject.Data.Lineage).Reverse().ToList();
        // A model measured on all that it learned from is told of as such.
        if (steps.Count == 0 || DuplicateCheck.IsSame(subject.Evaluation?.FittedOn, subject.Data.Lineage))
            yield break;
        string words = Listed([.. steps.Select(s => s.Description.Split('\n')[0].Trim()).Distinct()]);
        bool isError = subject.Evaluation is not null || steps.Exists(s => Begins(s, LookAtTheLabel));
        yield return Found(isError ? DiagnosisSeverity.Error : DiagnosisSeverity.Warning, subject.Evaluation is null
            ? $"{words} learned from all rows before they were divided, those that are tested included."
            : $"{words} learned from the rows that the model is measured on.");
    }

    // The steps, last first, that learned from the very rows that they were then applied to.
    private static IEnumerable<LineageStep> FittedOnTheirInput(DataLineage lineage)
    {
        for (var after = lineage; after.Previous is { } before; after = before)
        {
            if (after.Steps[^1] is { FittedOn: { } on } step && !Begins(step, Harmless) && DuplicateCheck.IsSame(on, before))
                yield return step;
        }
    }

    private static bool Begins(LineageStep step, string[] names) => Array.Exists(names, n => step.Description.StartsWith(n, StringComparison.Ordinal));
}

/// <summary>Rows that belong together in different folds.</summary>
internal sealed class GroupsIgnoredCheck() : DoctorCheck(
    "groups-ignored", "Groups ignored in the split",
    "Columns of texts, keys or whole numbers that look like groups (a patient, a household): at least 20 values, at least two rows each on average, whose rows nearly all "
    + "have one label (95 % told by the other rows of the group, halving the mistakes without it; for numbers 90 % of the variance), while rows are divided one by one.",
    "Keep the rows of a group in one fold: --group COLUMN, or groupColumn; a model that is to serve new groups is otherwise measured on those it knows.")
{
    // Fewer values are categories, which are there to be learned.
    private const int FewestGroups = 20;
    private const double FewestRowsOfGroup = 2;
    private const double Told = 0.95;
    private const double Explained = 0.9;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Label is not { } label || subject.Comparison is { IsShuffled: false })
            yield break;
        var groups = subject.Table.Columns.Where(c => subject.IsFeature(c.Source) && IsGroup(c) && TellsLabel(c, label)).Select(c => c.Name).ToList();
        if (groups.Count > 0)
        {
            string what = subject.Comparison is null ? "rows with one value belong together when the data are divided" : "rows with one value are in training and in test";
            yield return Found(subject.Comparison is null ? DiagnosisSeverity.Info : DiagnosisSeverity.Warning,
                $"{Listed(groups)} {(groups.Count == 1 ? "looks" : "look")} like groups whose rows share their {label.Name}: {what}.", groups);
        }
    }

    private static bool IsGroup(SampledColumn column) =>
        !column.IsSlot && (column.Kind == SampledKind.Category || column.IsWhole)
        && column.Distinct >= FewestGroups && column.Count >= FewestRowsOfGroup * column.Distinct;

    private static bool TellsLabel(SampledColumn column, LabelSample label)
    {
        if (!label.HasClasses)
        {
            double mean = label.Targets.Where(t => !double.IsNaN(t)).Average();
            double total = label.Targets.Where(t => !double.IsNaN(t)).Sum(t => (t - mean) * (t - mean));
            return total > 0 && 1 - (ColumnPower.WithinGroups(column.Codes(), label.Targets) / total) >= Explained;
        }

        double told = 1 - ((double)ColumnPower.Classes(column with { Kind = SampledKind.Category }, label.Classes, label.ClassNames.Count).Wrong / label.Rows);
        double withoutIt = (double)label.Counts.Max() / label.Rows;
        return told >= Told && 1 - told <= (1 - withoutIt) / 2;
    }
}

/// <summary>The future in training.</summary>
internal sealed class TimeIgnoredCheck() : DoctorCheck(
    "time-ignored", "Time ignored in the split",
    "Columns of dates or times while rows are divided by chance: a note, and a warning where the label of the earlier half differs from that of the later one "
    + "(χ² or Kolmogorov–Smirnov with p < 0.01 and an effect of 0.1).",
    "If the model is to predict what comes, test it on later rows than it learned from: folds in order of time (--fold-column), or TrainTestSplit with timeColumn.")
{
    private const double Level = 0.01;
    private const double Effect = 0.1;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Comparison is not { IsShuffled: true } || subject.Label is not { } label)
            yield break;
        foreach (var column in subject.Table.Columns.Where(c => c.Kind == SampledKind.Time && subject.IsFeature(c.Source) && c.Distinct > 1))
        {
            double middle = column.Values[column.Order[column.Count / 2]];
            int[] early = [.. column.Order.Where(row => column.Values[row] < middle)], late = [.. column.Order.Where(row => column.Values[row] >= middle)];
            var change = label.HasClasses
                ? TwoSamples.Categories([.. early.Select(r => label.Classes[r]).Where(c => c >= 0)], [.. late.Select(r => label.Classes[r]).Where(c => c >= 0)])
                : TwoSamples.KolmogorovSmirnov(Targets(label, early), Targets(label, late));
            bool moves = change.PValue < Level && change.Effect >= Effect;
            yield return Found(moves ? DiagnosisSeverity.Warning : DiagnosisSeverity.Info,
                $"Rows have a time, {column.Name}, and are divided by chance, so that each fold learns from rows later than those it predicts"
                + (moves ? $"; {label.Name} changes over that time (effect {Number(change.Effect, 2)})." : "."), column.Name);
        }
    }

    private static double[] Targets(LabelSample label, int[] rows) => [.. rows.Select(r => label.Targets[r]).Where(t => !double.IsNaN(t)).Order()];
}

/// <summary>Training and test that differ.</summary>
internal sealed class DistributionShiftCheck() : DoctorCheck(
    "distribution-shift", "Training and test rows that differ",
    "Columns whose values differ between training and test rows: Kolmogorov–Smirnov for numbers, χ² for categories, p < 0.01 after Holm's adjustment for the number of columns "
    + "(and folds), and an effect (distance, Cramér's V) of at least 0.1. In comparisons only where the folds were not made by chance.",
    "Find out what differs: another time, place, device or selection. The score holds for rows like those tested; retrain on rows like those to come.")
{
    private const double Level = 0.01;

    // So that many rows do not raise an alarm over a difference that nobody would see.
    private const double Effect = 0.1;

    // More folds than these are looked at no further.
    private const int MostFolds = 10;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        var tests = subject switch
        {
            { Comparison: { IsShuffled: false } comparison } => BetweenFolds(subject, comparison),
            { TrainingData: { } training } => FromTraining(subject, training),
            _ => [],
        };
        var all = tests.ToList();
        double[] adjusted = Holm.Adjust([.. all.Select(t => t.Difference.PValue)]);
        var told = all.Where((t, i) => adjusted[i] < Level && t.Difference.Effect >= Effect)
            .GroupBy(t => t.Column).Select(g => (Column: g.Key, Effect: g.Max(t => t.Difference.Effect))).OrderByDescending(t => t.Effect).ToList();
        if (told.Count > 0)
        {
            string words = Listed([.. told.Select(t => $"{t.Column} (effect {Number(t.Effect, 2)})")]);
            yield return Found(DiagnosisSeverity.Warning, $"Test rows differ from training rows in {words}.", told.Select(t => t.Column));
        }
    }

    private static IEnumerable<(string Column, SampleDifference Difference)> BetweenFolds(DoctorSubject subject, ComparisonSubject comparison)
    {
        var places = new Dictionary<int, int>();
        for (int i = 0; i < subject.Table.Picked.Length; i++)
            places.Add(subject.Table.Picked[i], i);
        foreach (var split in comparison.Splits.Where(s => s.Repeat == 0).Take(MostFolds))
        {
            var isTest = new bool[subject.Table.Picked.Length];
            foreach (int row in split.Test)
            {
                if (places.TryGetValue(row, out int place))
                    isTest[place] = true;
            }

            foreach (var column in subject.Features)
                yield return (column.Name, column.Kind == SampledKind.Category
                    ? TwoSamples.Categories(Codes(column, row => !isTest[row]), Codes(column, row => isTest[row]))
                    : TwoSamples.KolmogorovSmirnov(column.Sorted(row => !isTest[row]), column.Sorted(row => isTest[row])));
        }
    }

    private static IEnumerable<(string Column, SampleDifference Difference)> FromTraining(DoctorSubject subject, IDataView training)
    {
        var learned = TableSample.Read(training, subject.CancellationToken);
        foreach (var column in subject.Features)
        {
            if (learned.Columns.FirstOrDefault(c => c.Name == column.Name && c.Kind == column.Kind) is not { } other)
                continue;
            yield return (column.Name, column.Kind == SampledKind.Category
                ? TwoSamples.Categories(Codes(other, _ => true), InCodesOf(other, column))
                : TwoSamples.KolmogorovSmirnov(other.Sorted(), column.Sorted()));
        }
    }

    private static int[] Codes(SampledColumn column, Func<int, bool> rows) => [.. column.Order.Where(rows).Select(row => (int)column.Values[row])];

    // Codes go with values in the order in which they came, so they are translated; what the other column lacks is one more category.
    private static int[] InCodesOf(SampledColumn learned, SampledColumn column)
    {
        if (learned.Texts.Count == 0 || column.Texts.Count == 0)
            return Codes(column, _ => true);
        var known = learned.Texts.Index().ToDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);
        return [.. column.Order.Select(row => known.GetValueOrDefault(column.Texts[(int)column.Values[row]], learned.Texts.Count))];
    }
}
