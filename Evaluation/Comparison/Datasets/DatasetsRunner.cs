using System.Diagnostics;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Runs the same candidates on several data sets, one set after the other. A set is compared exactly as it would be by itself, with the same folds and
/// the same random streams, so that neither the other sets nor their order show in its result.
/// </summary>
internal static class DatasetsRunner
{
    public static DatasetsReport Run(IReadOnlyList<ComparedDataset> datasets, ComparisonOptions options, string? baseline, FitContext context)
    {
        if (datasets.Count == 0)
            throw new OptionException("There are no data sets to compare on. Add at least one.");
        var metrics = CommonMetric.Of(datasets, options.Metric);
        Validate(datasets, options, baseline);
        if (options.Design == ComparisonDesign.FiveByTwo)
            options = options with { Folds = 2, Repeats = 5 };
        var clock = Stopwatch.StartNew();
        var finished = new List<DatasetResult>();
        try
        {
            for (int i = 0; i < datasets.Count; i++)
                finished.Add(Compare(datasets[i], OptionsOf(datasets[i], options) with { Metric = metrics[i].Name }, context));
            return Collect(complete: true);
        }
        catch (OperationCanceledException)
        {
            throw new DatasetsCanceledException(finished.Count == 0 ? null : Collect(complete: false), context.CancellationToken);
        }

        DatasetsReport Collect(bool complete)
        {
            var report = DatasetsRanking.Rank(metrics[0], options, [.. datasets[0].Candidates.Select(c => c.Key)], finished, baseline);
            return complete
                ? report with { Duration = clock.Elapsed }
                : report with
                {
                    IsComplete = false,
                    Duration = clock.Elapsed,
                    Notes = [$"The comparison was interrupted; these data sets were not finished: {Names(datasets.Skip(finished.Count).Select(d => d.Name))}.", .. report.Notes],
                };
        }
    }

    private static ComparisonOptions OptionsOf(ComparedDataset dataset, ComparisonOptions options) =>
        options with { LabelColumn = dataset.LabelColumn, PositiveLabel = dataset.PositiveLabel };

    // A set whose comparison fails as a whole, say because a class has fewer rows than there are folds, is no reason to lose the others.
    private static DatasetResult Compare(ComparedDataset dataset, ComparisonOptions options, FitContext context)
    {
        try
        {
            var own = context with { Progress = context.Progress is { } progress ? new SetProgress(progress, dataset.Name) : null };
            return new DatasetResult(dataset.Name, dataset.Task) { Comparison = Comparison.Run(dataset.Task, dataset.Data, dataset.Candidates, options, own) };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new DatasetResult(dataset.Name, dataset.Task) { Error = error.Message };
        }
    }

    private static void Validate(IReadOnlyList<ComparedDataset> datasets, ComparisonOptions options, string? baseline)
    {
        if (options.LabelColumn is not null || options.PositiveLabel is not null)
            throw new OptionException("Each data set names its own label; leave LabelColumn and PositiveLabel out of the options.");
        var names = datasets[0].Candidates.Select(c => c.Key).Order(StringComparer.Ordinal).ToList();
        foreach (var dataset in datasets)
        {
            if (datasets.Count(d => d.Name == dataset.Name) > 1)
                throw new OptionException($"Data set '{dataset.Name}' is there more than once; names are unique.");
            OptionsOf(dataset, options).Validate(dataset.Task, dataset.Candidates);
            var own = dataset.Candidates.Select(c => c.Key).Order(StringComparer.Ordinal).ToList();
            if (names.Except(own).Concat(own.Except(names)).FirstOrDefault() is { } odd)
                throw new OptionException($"Candidate '{odd}' is not there for both {datasets[0].Name} and {dataset.Name}; every data set needs the same candidates.");
            if (dataset.LabelColumn is { } label && dataset.Data.Schema.GetColumnOrNull(label) is null)
                throw new SchemaException($"{dataset.Name}: {SchemaException.MissingColumn(label, dataset.Data.Schema.VisibleNames, "label column").Message}");
        }

        if (baseline is not null && !names.Contains(baseline))
            throw new OptionException($"The baseline '{baseline}' is none of the candidates.{NearestName.Hint(baseline, names)} {NearestName.List("They are", names)}");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    /// <summary>Progress with the set's name before the rest.</summary>
    private sealed class SetProgress(IProgress<FitProgress> inner, string name) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => inner.Report(value with { Path = [name, .. value.Path] });
    }
}
