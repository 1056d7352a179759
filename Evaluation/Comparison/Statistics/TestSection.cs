using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>The tests of a comparison as a report shows them.</summary>
internal static class TestSection
{
    /// <summary>How each candidate differs from the best one; nothing where there is only one.</summary>
    public static IEnumerable<ReportSection> Of(ComparisonReport result)
    {
        var tested = result.Candidates.Where(c => c.Test is not null).ToList();
        if (result.Best is not { } best || tested.Count == 0)
            yield break;
        bool believed = tested.Exists(c => c.Bayesian?.Probabilities is not null);
        var columns = new List<TableColumn>
        {
            new("Candidate"),
            new($"{best.Name} less candidate", ValueKind.Number) { Description = $"The difference of {result.Metric.DisplayName} with its interval." },
            new("p", ValueKind.PValue) { Description = $"{tested[0].Test!.Name}, of this pair alone." },
            new("p (Holm)", ValueKind.PValue) { Description = "Adjusted by Holm's method for the number of candidates." },
        };
        if (believed)
        {
            columns.Add(new("Best better", ValueKind.Percent) { Description = "Probability that the best candidate is better by more than the region of practical equivalence." });
            columns.Add(new("Equal", ValueKind.Percent) { Description = "Probability that the difference lies within the region of practical equivalence." });
            columns.Add(new("Best worse", ValueKind.Percent) { Description = "Probability that this candidate is better by more than the region of practical equivalence." });
        }

        yield return new TableSection("How candidates differ from the best", columns, [.. tested.Select(c => Row(c, believed))])
        {
            Explanation = tested[0].Test!.Reason,
            Notes = [.. Notes(tested)],
            Sortable = true,
        };
    }

    private static TableRow Row(CandidateResult candidate, bool believed)
    {
        var test = candidate.Test!;
        var cells = new List<TableCell>
        {
            candidate.Name,
            test.Effect is not { } effect ? TableCell.Empty
                : double.IsFinite(effect.Lower) && double.IsFinite(effect.Upper) ? TableCell.Estimate(effect.Estimate, effect.Lower, effect.Upper)
                : effect.Estimate,
            test.PValue,
            candidate.AdjustedPValue,
        };
        if (believed)
        {
            var probabilities = candidate.Bayesian?.Probabilities;
            cells.Add(TableCell.FromDouble(probabilities?.FirstBetter ?? double.NaN));
            cells.Add(TableCell.FromDouble(probabilities?.Equivalent ?? double.NaN));
            cells.Add(TableCell.FromDouble(probabilities?.SecondBetter ?? double.NaN));
        }

        return new TableRow(cells);
    }

    private static IEnumerable<string> Notes(List<CandidateResult> tested)
    {
        yield return $"Test: {string.Join(" or ", tested.Where(c => c.Test!.IsDefined).Select(c => c.Test!.Name).DefaultIfEmpty("none").Distinct())}.";
        if (tested.Select(c => c.Bayesian).FirstOrDefault(t => t?.Probabilities is not null) is { } bayesian)
            yield return $"Beside it: {bayesian.Name}; differences within ±{NumberFormat.Number(bayesian.Probabilities!.Rope)} count as equal. {bayesian.Reason}";

        foreach (var candidate in tested.Where(c => c.Test!.Note is not null))
            yield return $"{candidate.Name}: {candidate.Test!.Note}.";
    }
}
