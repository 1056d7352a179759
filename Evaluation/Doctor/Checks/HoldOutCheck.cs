namespace MLPath.Evaluation;

/// <summary>A test set that was looked at before.</summary>
internal sealed class HoldOutCheck() : DoctorCheck(
    "reused-test-set", "A test set used more than once",
    "Rows of a hold-out (ml.Data.HoldOut, --hold-out), which counts how often it was opened: a note the first time, a warning from the second time on.",
    "Choose between models by cross-validation on the other rows, and open the hold-out once, for the model that was chosen; after many openings take new rows.")
{
    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Data.Lineage.Steps.OfType<HoldOutStep>().LastOrDefault() is not { } opened)
            yield break;
        yield return opened.Opening == 1
            ? Found(DiagnosisSeverity.Info, "The hold-out was opened for the first time.")
            : Found(DiagnosisSeverity.Warning,
                $"The hold-out was opened {Count(opened.Opening, "time")}, this one included: what was chosen by earlier looks fits it, so that the score is likely too good.");
    }
}
