namespace MLPath.Evaluation;

/// <summary>Too few rows to learn from.</summary>
internal sealed class FewRowsCheck() : DoctorCheck(
    "few-rows", "Too few rows for the features",
    "Fits with fewer than 5 rows for each feature; those that mostly have one value, such as words and categories, do not count.",
    "Collect more rows, leave out features, or choose an algorithm with strong regularisation, and look at the intervals.")
{
    // E. Vittinghoff and C. McCulloch, Relaxing the rule of ten events per variable, American Journal of Epidemiology 165, 2007: five to nine are mostly enough.
    private const double FewestRowsOfFeature = 5;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Evaluation is not null)
            yield break;
        var (rows, features) = subject.Fits.Where(f => f.Fit.Scale is not null).Select(f => ((double)f.Fit.TrainRows, f.Fit.Scale!.Slots))
            .OrderBy(f => f.Item1 / Math.Max(1, f.Slots)).FirstOrDefault((subject.Table.Rows, subject.Features.Count));
        if (features > 0 && rows > 0 && rows < FewestRowsOfFeature * features)
            yield return Found(DiagnosisSeverity.Warning, $"There {(rows == 1 ? "is" : "are")} {Count(rows, "row")} to learn from for {Count(features, "feature")}.");
    }
}

/// <summary>Features on different scales where that harms.</summary>
internal sealed class UnscaledInputCheck() : DoctorCheck(
    "unscaled-input", "Unscaled input to an algorithm that minds",
    "Algorithms that say of themselves that scales harm them, while the standard deviations of the features that they read lie more than a factor of 100 apart.",
    "Put a normaliser before the trainer (NormalizeMeanVariance, NormalizeMinMax), fitted with it in each fold.")
{
    // Two orders of magnitude: one feature then decides every distance, and sets the step of every gradient.
    private const double LargestRatio = 100;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        var cases = subject.Fits.Where(f => f.Fit is { Trainer.NeedsNormalization: true, Scale.Ratio: > LargestRatio })
            .Select(f => (f.Candidate, $"{f.Fit.Scale!.Widest} ({Number(f.Fit.Scale.WidestDeviation, 2)}) beside {f.Fit.Scale.Narrowest} ({Number(f.Fit.Scale.NarrowestDeviation, 2)})")).ToList();
        return OfCandidates(DiagnosisSeverity.Warning, cases, words => $"Features have very different standard deviations, which the algorithm takes for their importance: {words}.");
    }
}

/// <summary>Models that know the training rows by heart.</summary>
internal sealed class OverfittingCheck() : DoctorCheck(
    "overfitting", "Overfitting",
    "Candidates that are far better on rows they learned from than on others: by more than a quarter of the way from the baseline to perfection. A warning where it is worse "
    + "than the best candidate by more than chance explains, a note otherwise: some algorithms, such as forests and nearest neighbours, know their rows by heart without harm.",
    "Take more rows, fewer features, a smaller or more regularised model, or stop the training earlier; tune such options by cross-validation.")
{
    private const double LargestGap = 0.25;
    private const double Level = 0.05;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Comparison is not { } comparison)
            return [];
        var skills = Skill.Of(comparison);
        var worse = comparison.Candidates.Where(c => c.Result.AdjustedPValue < Level).Select(c => c.Result.Name).ToHashSet();
        var harmful = skills.Where(s => s.Gap > LargestGap && worse.Contains(s.Candidate)).ToList();
        var harmless = skills.Where(s => s.Gap > LargestGap).Except(harmful).ToList();
        string name = comparison.Metric.DisplayName;
        string Message(string words) => $"{name} on rows that were learned from, and on others: {words}.";
        return OfCandidates(DiagnosisSeverity.Warning, Cases(harmful), Message).Concat(OfCandidates(DiagnosisSeverity.Info, Cases(harmless), Message));

        static List<(string?, string)> Cases(List<Skill> skills) => skills.ConvertAll(s => ((string?)s.Candidate, $"{Number(s.TrainScore)} and {Number(s.Score)}"));
    }
}

/// <summary>Models too simple for the data.</summary>
internal sealed class UnderfittingCheck() : DoctorCheck(
    "underfitting", "Underfitting",
    "Candidates that are hardly better than the baseline even on rows they learned from (less than a tenth of the way to perfection), while another candidate is better by two tenths.",
    "Take a more flexible model, weaker regularisation, more iterations or a larger step, or features from which the answer follows more simply.")
{
    private const double Least = 0.1;
    private const double Possible = 0.2;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Comparison is not { } comparison)
            return [];
        var skills = Skill.Of(comparison);
        var poor = skills.Where(s => s.Train < Least && skills.Exists(o => o.HeldOut >= s.Train + Possible)).ToList();
        return OfCandidates(DiagnosisSeverity.Warning, poor.ConvertAll(s => ((string?)s.Candidate, Number(s.TrainScore))),
            words => $"{comparison.Metric.DisplayName} even on rows that were learned from is hardly better than without features: {words}.");
    }
}

/// <summary>Nothing learned.</summary>
internal sealed class BaselineCheck() : DoctorCheck(
    "no-better-than-baseline", "No better than the baseline",
    "Models whose score is not better than that of a prediction without features (the frequencies of the classes, the mean), by the corrected resampled t-test at 0.05.",
    "Look whether the features can tell the answer at all, whether the label is right, and whether the metric asks for something else.")
{
    private const double Level = 0.05;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Comparison is { Baseline.Length: > 1, Best: { } best } comparison)
        {
            double baseline = comparison.Baseline.Average();
            string name = comparison.Metric.DisplayName;
            if (!IsBetter(best, comparison))
            {
                return [Found(DiagnosisSeverity.Warning,
                    $"No candidate is better than a prediction without features: {name} {Number(baseline)}, and {Number(best.Score!.Value)} of the best.")];
            }

            // A baseline among the candidates is there to be no better.
            var poor = comparison.Candidates.Where(c => c.Score is { } score && double.IsFinite(score) && c.Fit is not { IsConstant: true } && !IsBetter(c, comparison));
            return OfCandidates(DiagnosisSeverity.Warning, [.. poor.Select(c => ((string?)c.Result.Name, Number(c.Score!.Value)))],
                words => $"Not better than a prediction without features ({name} {Number(baseline)}): {words}.");
        }

        return subject.Evaluation is { } evaluation ? Measured(subject, evaluation) : [];
    }

    private static bool IsBetter(CandidateSubject candidate, ComparisonSubject comparison)
    {
        double[] scores = [.. candidate.Result.Folds.Take(comparison.Baseline.Length).Select(f => f.Metrics[comparison.Metric.Name].Value)];
        var test = CorrectedResampledTTest.Compare(scores, comparison.Baseline.AsSpan(0, scores.Length), comparison.TestToTrainRatio);
        // Without a test, after an undefined score, nothing is said.
        return !test.IsDefined || (test.MeanDifference > 0 == comparison.Metric.HigherIsBetter && test.MeanDifference != 0 && test.PValue < Level);
    }

    private IEnumerable<Finding> Measured(DoctorSubject subject, EvaluationSubject evaluation)
    {
        var primary = evaluation.Metrics.Primary;
        var about = MetricCatalog.Find(evaluation.Metrics.Task, primary.Name);
        double baseline = BaselineScores.Of(subject.Label, evaluation.Metrics.Task, about);
        if (primary.IsDefined && double.IsFinite(baseline) && (about.HigherIsBetter ? primary.Value <= baseline : primary.Value >= baseline))
        {
            yield return Found(DiagnosisSeverity.Warning,
                $"The model is no better than a prediction without features: {about.DisplayName} {Number(primary.Value)}, and {Number(baseline)} without.");
        }
    }
}

/// <summary>A lead that chance explains.</summary>
internal sealed class NoiseCheck() : DoctorCheck(
    "difference-within-noise", "A difference smaller than the noise",
    "The lead of the best candidate over the second, where chance explains it: an adjusted p-value of 0.05 or more. Equal scores are not told.",
    "Choose between them by something else, such as speed, size or simplicity, or compare with more repeats and more rows.")
{
    private const double Level = 0.05;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        if (subject.Comparison is not { } comparison
            || comparison.Candidates.Where(c => c.Score is { } score && double.IsFinite(score)).Take(2).ToList() is not [var best, var second])
        {
            yield break;
        }

        double lead = Math.Abs(best.Score!.Value - second.Score!.Value), p = second.Result.AdjustedPValue;
        if (lead > 0 && p >= Level)
        {
            yield return Found(DiagnosisSeverity.Info,
                $"{best.Result.Name} leads {second.Result.Name} by {Number(lead, 2)} in {comparison.Metric.DisplayName}, which chance explains (p = {Number(p, 2)}).");
        }
    }
}

/// <summary>Probabilities that do not mean what they say.</summary>
internal sealed class CalibrationCheck() : DoctorCheck(
    "uncalibrated-probabilities", "Uncalibrated probabilities",
    "Probabilities of the predicted class that are off by 0.05 or more on average (the expected calibration error over ten parts), where Spiegelhalter's test refutes them with "
    + "p < 0.01 after Holm's adjustment for the number of candidates; a warning from 0.1 on where the model is surer than right. From 100 rows on.",
    "Calibrate them on rows that the model did not learn from (Calibrators.Platt, .Isotonic), or use the order of the scores alone.")
{
    // C. Guo et al. 2017 find 0.02 to 0.16 in networks as they are trained, and below 0.02 in calibrated ones.
    private const double NotableError = 0.05;
    private const double LargeError = 0.1;
    private const double Level = 0.01;

    internal override IEnumerable<Finding> Examine(DoctorSubject subject)
    {
        List<(string? Candidate, CalibrationTest Test)> tests = subject switch
        {
            // A baseline's probabilities are frequencies, and those who ask for one know what it is.
            { Comparison: { } comparison } => [.. comparison.Candidates.Where(c => c is { Calibration: not null, Fit: not { IsConstant: true } })
                .Select(c => ((string?)c.Result.Name, c.Calibration!))],
            { Evaluation.Calibration: { } test } => [(null, test)],
            _ => [],
        };
        double[] adjusted = Holm.Adjust([.. tests.Select(t => t.Test.PValue)]);
        var bad = tests.Where((t, i) => adjusted[i] < Level && t.Test.ExpectedError >= NotableError).ToList();
        return Told(DiagnosisSeverity.Warning, bad.Where(t => IsHarmful(t.Test))).Concat(Told(DiagnosisSeverity.Info, bad.Where(t => !IsHarmful(t.Test))));
    }

    // Too careful a model misleads nobody into trusting a wrong answer.
    private static bool IsHarmful(CalibrationTest test) => test.ExpectedError >= LargeError && test.Confidence > test.Accuracy;

    private IEnumerable<Finding> Told(DiagnosisSeverity severity, IEnumerable<(string? Candidate, CalibrationTest Test)> cases) => OfCandidates(
        severity, [.. cases.Select(t => (t.Candidate, $"{Percent(t.Test.Confidence)} sure, {Percent(t.Test.Accuracy)} right (error {Number(t.Test.ExpectedError, 2)})"))],
        words => $"Probabilities are not the frequencies that they announce: {words}.");
}
