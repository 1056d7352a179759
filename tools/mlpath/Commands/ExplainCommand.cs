using System.CommandLine;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;
using static MLPath.Transforms.ValueToKeyMappingEstimator;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath explain</c>: why a model predicts what it predicts, and where it is wrong.</summary>
internal static class ExplainCommand
{
    // The label of several classes is made of these rows' own values, beside the one that the model makes of those it knows.
    private const string Truth = "Label (truth)";

    /// <summary>What was asked for.</summary>
    private sealed record Request(string Model, string Data, bool Unlabelled, ExplanationOptions Options, int Seed, int? Threads, ReportFiles Reports, bool Json);

    public static Command Create(ToolHost host)
    {
        var model = CommonOptions.ModelFile("The model file, written by 'mlpath train' or by a program.");
        var data = CommonOptions.DataFile("The rows to explain it on: a file with the columns that the model needs, and the label.");
        var unlabelled = new Option<bool>("--unlabelled") { Description = "The data have no label: show only what needs none." };
        var column = Several("--column", "COLUMN", "A column whose effect on predictions is shown, instead of the most important ones. May be repeated.");
        var row = CommonOptions.Whole("--row", "N", "The row whose prediction is taken apart, counted from 0; the one that is most wrong without it.", minimum: 0);
        var falsePositive = CommonOptions.Optional("--cost-fp", "COST", "What deciding for the positive class costs where the negative one is true. [default: 1]");
        var falseNegative = CommonOptions.Optional("--cost-fn", "COST", "What deciding for the negative class costs where the positive one is true. [default: 1]");
        var segments = Several("--segments", "COLUMN", "A column by whose values quality is measured. May be repeated.");
        var metric = CommonOptions.Optional("--metric", "METRIC", "The metric: accuracy, auc, macro-f1, rmse, …; the task's own without it.");
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var report = CommonOptions.Report();
        var charts = CommonOptions.Charts();
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("explain", "Show what a model's predictions depend on, how one comes about, and where the model is wrong.")
        {
            model, data, unlabelled, column, row, falsePositive, falseNegative, segments, metric, seed, threads, report, charts, json, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            return Run(host, new Request(
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetValue(unlabelled),
                new ExplanationOptions
                {
                    Columns = parsed.GetRequiredValue(column),
                    Row = parsed.GetValue(row),
                    Costs = new DecisionCosts
                    {
                        FalsePositive = Cost("--cost-fp", parsed.GetValue(falsePositive)),
                        FalseNegative = Cost("--cost-fn", parsed.GetValue(falseNegative)),
                    },
                    Segments = parsed.GetRequiredValue(segments),
                    Metric = parsed.GetValue(metric),
                },
                parsed.GetValue(seed) ?? CommonOptions.DefaultSeed, parsed.GetValue(threads), new ReportFiles(parsed.GetRequiredValue(report), parsed.GetValue(charts)), parsed.GetValue(json)));
        });
        return command;
    }

    private static Option<string[]> Several(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    private static double Cost(string option, string? text) =>
        text is null ? 1
        : double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double cost) && cost >= 0 && double.IsFinite(cost)
            ? cost
            : throw new UsageException($"{option} is '{text}'; expected a number of 0 or more.");

    private static int Run(ToolHost host, Request request)
    {
        var ml = new MLContext(request.Seed);
        var model = SavedModel.Load(ml, request.Model);
        if (request.Options.Metric is { } metric)
            _ = MetricCatalog.Find(model.Task, metric);
        string? labelColumn = request.Unlabelled ? null : model.LabelColumn;
        if (labelColumn is null && request.Options.Segments.Count > 0)
            throw new UsageException("Quality by segment needs the label of each row.");
        string[] columns = [.. model.Needed, .. labelColumn is null ? [] : new[] { labelColumn }, .. request.Options.Segments];
        bool others = request.Options.Segments.Any(c => model.InputSchema.GetColumnOrNull(c) is null);
        var rows = model.LoadData(ml, request.Data, columns, othersAsText: others, host.CancellationToken);
        if (rows.GetRowCount() == 0)
            throw new DataException($"{request.Data} has a header and no rows.");
        foreach (string segment in request.Options.Segments.Where(c => rows.Schema.GetColumnOrNull(c) is null))
            throw SchemaException.MissingColumn(segment, rows.Schema.VisibleNames);
        string? truth = null;
        if (labelColumn is not null)
            (rows, truth) = WithTruth(host, ml, model, rows, labelColumn);
        else
            host.Say("Without a label only what needs none is shown.");

        var options = request.Options with
        {
            Model = Path.GetFileName(model.Path),
            LabelColumn = truth,
            LabelName = labelColumn,
            BinaryClasses = model.BinaryClasses,
        };
        var explanation = ProgressView.Run(host, "Explaining", Describe, progress => TaskNames.CatalogOf(ml, model.Task).Explain(
            model.Model, rows, options, CommonOptions.Context(host, request.Seed, request.Threads) with { Progress = progress }));
        Show(host, request, explanation);
        request.Reports.Write(explanation, host);
        return ExitCode.Success;
    }

    private static string Describe(FitProgress progress) => $"{string.Join(", ", progress.Path)} {progress.Iteration}/{progress.Total}";

    // The rows that have a label, and the column that it is measured by.
    private static (IDataView Rows, string? Truth) WithTruth(ToolHost host, MLContext ml, SavedModel model, IDataView rows, string name)
    {
        var label = LabelColumn.Inspect(rows, name, host.CancellationToken);
        if (label.Rows == 0)
            throw new DataException($"The label '{name}' is missing in every row. Add --unlabelled to show only what needs none.");
        if (label.Missing > 0)
            host.Say($"{NumberFormat.Integer(label.Missing)} rows have no {name} and were left out.");
        if (model.BinaryClasses.Count > 0 && label.Classes.Except(model.BinaryClasses).ToList() is [var unknown, ..])
        {
            string known = string.Join(" and ", model.BinaryClasses.Select(c => $"'{c}'"));
            throw new DataException($"The label '{name}' has the value '{unknown}', which the model does not know: it tells {known} apart.");
        }

        rows = label.RowsWithLabel(rows);
        if (model.Task is not (LearningTask.Multiclass or LearningTask.Clustering))
            return (rows, DefaultPipeline.Label);
        var step = ml.Transforms.Conversion.MapValueToKey(Truth, name, keyOrdinality: KeyOrdinality.ByValue);
        return (step.Fit(rows).Transform(rows), Truth);
    }

    private static void Show(ToolHost host, Request request, ExplanationReport explanation)
    {
        if (request.Json)
        {
            host.Out.WriteLine(explanation.ToJson());
            return;
        }

        if (explanation.Importance is { } importance)
        {
            var table = new TextTable("Column", $"{importance.Metric.DisplayName} {(importance.Metric.HigherIsBetter ? "loss" : "rise")} when shuffled|", "from|", "to|");
            foreach (var feature in importance.Features)
            {
                table.Add(feature.Feature.Name, NumberFormat.Number(feature.Mean),
                    feature.Interval is { } i ? NumberFormat.Number(i.Low) : "", feature.Interval is { } j ? NumberFormat.Number(j.High) : "");
            }

            table.Write(host);
        }
        else
        {
            var table = new TextTable("Column", $"Mean |share| in {explanation.Shares.Outputs[0]}|");
            foreach (var (feature, mean, _) in explanation.Shares.Summary())
                table.Add(feature.Name, NumberFormat.Number(mean));
            table.Write(host);
        }

        host.Out.WriteLine();
        host.Out.WriteLine(ToolHost.Plain(explanation.Answer));
        if (explanation.Threshold is { } threshold)
            host.Out.WriteLine(ToolHost.Plain(threshold.Answer));
        if (explanation.Reliability is { } reliability)
        {
            host.Out.WriteLine($"Probabilities are off by {NumberFormat.Percent(reliability.Overall.ExpectedCalibrationError)} on average (ECE), "
                + $"at most by {NumberFormat.Percent(reliability.Overall.MaximumCalibrationError)} (MCE).");
        }

        foreach (var segment in explanation.Segments)
            host.Out.WriteLine(ToolHost.Plain(segment.Answer));
    }
}
