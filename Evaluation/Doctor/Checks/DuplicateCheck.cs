using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>Rows that are learned from and tested on.</summary>
internal sealed class DuplicateCheck() : DoctorCheck(
    "train-test-duplicates", "Rows in training and test",
    "Rows whose features are equal, value by value, to those of a row that the model learned from: a note, and a warning from 5 % of the tested rows on, unless the "
    + "columns have so few different values that equal rows are to be expected. An error where a model is measured on the very rows that it learned from.",
    "Drop rows that are there twice before dividing the data, or keep them in one fold by a group; measure a model on rows that it has never seen.")
{
    // Below, a score hardly moves: by at most the share itself.
    private const double NotableShare = 0.05;

    // With fewer different rows possible than this many times the rows there are, equal ones meet by chance (as birthdays do).
    private const double RoomForRows = 10;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject) => subject switch
    {
        { Comparison: { } comparison } => InFolds(subject, comparison),
        { Evaluation: null, TrainingData: null } => InTable(subject),
        _ => InTest(subject),
    };

    private IEnumerable<Finding> InFolds(DoctorSubject subject, ComparisonSubject comparison)
    {
        if (Hashes(subject, subject.Data) is not { } features)
            yield break;
        var foldOf = new int[features.Length];
        Array.Fill(foldOf, -1);
        foreach (var split in comparison.Splits.Where(s => s.Repeat == 0))
        {
            foreach (int row in split.Test)
                foldOf[row] = split.Fold;
        }

        // A row has a twin in training when a row with the same features is tested in another fold, or in none.
        var one = new Dictionary<UInt128, (int Fold, bool Several)>();
        for (int row = 0; row < features.Length; row++)
            one[features[row]] = one.TryGetValue(features[row], out var seen) ? (seen.Fold, seen.Several || seen.Fold != foldOf[row]) : (foldOf[row], false);
        int twins = Enumerable.Range(0, features.Length).Count(row => foldOf[row] >= 0 && one[features[row]].Several);
        int tested = foldOf.Count(f => f >= 0);
        if (twins == 0)
            yield break;
        string others = Contradictions(subject, features) is > 0 and var n ? $" {Count(n, "row")} with equal features {(n == 1 ? "has" : "have")} another {subject.Label!.Name}." : "";
        yield return Found(SeverityOf(subject, (double)twins / tested),
            $"{Count(twins, "row")} ({Percent((double)twins / tested)}) {(twins == 1 ? "is" : "are")} tested after learning from a row with the same features.{others}");
    }

    private IEnumerable<Finding> InTest(DoctorSubject subject)
    {
        if (IsSame(subject.Evaluation?.FittedOn, subject.Data.Lineage))
        {
            yield return Found(DiagnosisSeverity.Error, "The model is measured on the very rows that it learned from, so that the score says nothing of new ones.");
            yield break;
        }

        if (subject.TrainingData is not { } training || Hashes(subject, training) is not { } learned || Hashes(subject, subject.Data) is not { Length: > 0 } tested)
            yield break;
        var known = learned.ToHashSet();
        int twins = tested.Count(known.Contains);
        double share = (double)twins / tested.Length;
        if (twins > 0)
        {
            yield return Found(share >= 1 ? DiagnosisSeverity.Error : SeverityOf(subject, share),
                $"{Count(twins, "tested row")} ({Percent(share)}) {(twins == 1 ? "has" : "have")} the same features as a row that the model learned from.");
        }
    }

    // Without a division there is no leak yet, but there would be one.
    private IEnumerable<Finding> InTable(DoctorSubject subject)
    {
        if (Hashes(subject, subject.Data) is not { Length: > 1 } features)
            yield break;
        int repeated = features.Length - features.Distinct().Count();
        if (repeated > 0 && SeverityOf(subject, (double)repeated / features.Length) == DiagnosisSeverity.Warning)
        {
            yield return Found(DiagnosisSeverity.Info,
                $"{Count(repeated, "row")} ({Percent((double)repeated / features.Length)}) {(repeated == 1 ? "repeats" : "repeat")} the features of an earlier one: "
                + "divided by chance, such rows are learned from and tested on.");
        }
    }

    private static DiagnosisSeverity SeverityOf(DoctorSubject subject, double share)
    {
        double room = 1;
        foreach (var column in subject.Features)
            room = Math.Min(room * Math.Max(1, column.Distinct), double.MaxValue / TableSample.MostRows);
        return share >= NotableShare && room >= RoomForRows * subject.Table.Rows ? DiagnosisSeverity.Warning : DiagnosisSeverity.Info;
    }

    // Rows whose features are those of an earlier row with another label.
    private static int Contradictions(DoctorSubject subject, UInt128[] features)
    {
        if (subject.Label is not { HasClasses: true } label || RowHashes.Of(subject.Data, [label.Name], subject.CancellationToken) is not { } labels)
            return 0;
        var first = new Dictionary<UInt128, UInt128>();
        int different = 0;
        for (int row = 0; row < features.Length; row++)
        {
            if (!first.TryAdd(features[row], labels[row]) && first[features[row]] != labels[row])
                different++;
        }

        return different;
    }

    private static UInt128[]? Hashes(DoctorSubject subject, IDataView view)
    {
        var columns = subject.Data.Schema.Where(c => !c.IsHidden && subject.IsFeature(c.Name) && subject.Read?.Contains(c.Name) != false).Select(c => c.Name).ToList();
        return columns.TrueForAll(c => view.Schema.GetColumnOrNull(c) is not null) ? RowHashes.Of(view, columns, subject.CancellationToken) : null;
    }

    // What is unknown is equal to nothing.
    internal static bool IsSame(DataLineage? learned, DataLineage tested) => learned is not null && learned.Source != DataLineage.Unknown.Source
        && (ReferenceEquals(learned, tested) || (learned.Source == tested.Source && learned.Fingerprint == tested.Fingerprint));
}
