using System.CommandLine;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;
using static MLPath.Transforms.ValueToKeyMappingEstimator;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath evaluate</c>: how good a model's predictions are on a table with known answers.</summary>
internal static class EvaluateCommand
{
    public static Command Create(ToolHost host)
    {
        var model = CommonOptions.ModelFile("The model file, written by 'mlpath train' or by a program.");
        var data = CommonOptions.DataFile("The rows to measure on: a file with the columns that the model needs, and the label.");
        var report = CommonOptions.Report();
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("evaluate", "Measure a model on a table whose answers are known.") { model, data, report, json, quiet };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            var reports = new ReportFiles(parsed.GetRequiredValue(report));
            return Run(host, parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), reports, parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(ToolHost host, string modelPath, string data, ReportFiles reports, bool json)
    {
        var ml = new MLContext();
        var model = SavedModel.Load(ml, modelPath);
        if (model.LabelColumn is null && model.Task != LearningTask.Clustering)
        {
            throw new DataException(
                $"{modelPath} does not say which column its label is, so it cannot be measured: it makes no column {DefaultPipeline.Label} of one.");
        }

        string[] columns = [.. model.Needed, .. model.LabelColumn is { } name ? [name] : Array.Empty<string>()];
        var rows = model.LoadData(ml, data, columns, othersAsText: false, host.CancellationToken);
        if (rows.GetRowCount() == 0)
            throw new DataException($"{data} has a header and no rows.");

        var evaluation = Measure(ml, model, rows, host.CancellationToken);
        if (json)
        {
            host.Out.WriteLine(evaluation.ToJson());
        }
        else
        {
            foreach (string note in evaluation.Notes)
                host.Say(note);
            var metrics = new TextTable("Metric", "Value|");
            foreach (var metric in evaluation.Metrics.All.Where(m => m.IsDefined))
                metrics.Add(MetricCatalog.Find(model.Task, metric.Name).DisplayName, evaluation.ValueText(metric));
            metrics.Write(host);
            host.Out.WriteLine();
            host.Out.WriteLine(ToolHost.Plain(evaluation.Answer));
        }

        reports.Write(evaluation, host);
        return ExitCode.Success;
    }

    private static EvaluationReport Measure(MLContext ml, SavedModel model, IDataView rows, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var labelled = rows;
        if (model.LabelColumn is { } name)
        {
            var label = LabelColumn.Inspect(rows, name, cancellationToken);
            if (label.Rows == 0)
                throw new DataException($"The label '{name}' is missing in every row.");
            if (label.Missing > 0)
                notes.Add($"{NumberFormat.Integer(label.Missing)} rows have no {name} and were left out.");
            if (model.BinaryClasses.Count > 0 && label.Classes.Except(model.BinaryClasses).ToList() is [var unknown, ..])
            {
                string known = string.Join(" and ", model.BinaryClasses.Select(c => $"'{c}'"));
                throw new DataException($"The label '{name}' has the value '{unknown}', which the model does not know: it tells {known} apart.");
            }

            labelled = label.RowsWithLabel(rows);
        }

        var scored = model.Model.Transform(labelled);
        if (model.Task is LearningTask.Multiclass or LearningTask.Clustering && model.LabelColumn is { } classes)
        {
            // Keys made of these rows' own values: a class that the model has never seen counts as predicted wrong, not as missing.
            var step = ml.Transforms.Conversion.MapValueToKey(DefaultPipeline.Label, classes, keyOrdinality: KeyOrdinality.ByValue);
            scored = step.Fit(scored).Transform(scored);
        }

        var options = new EvaluationOptions
        {
            Model = Path.GetFileName(model.Path),
            Pipeline = $"{model.Model}",
            LabelColumn = model.LabelColumn is null ? null : DefaultPipeline.Label,
            LabelName = model.LabelColumn,
            FeatureColumn = model.HasFeatures ? DefaultPipeline.Features : null,
            BinaryClasses = model.BinaryClasses,
        };
        return EvaluationReport.Run(model.Task, rows, scored, options, cancellationToken) with
        {
            Notes = notes,
            ModelSections = ReportSections.Of(model.Model),
        };
    }
}
