using System.CommandLine;
using MLPath.Data;
using MLPath.Datasets;
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
        var charts = CommonOptions.Charts();
        var require = CommonOptions.Require();
        var track = CommonOptions.Track();
        var experiment = CommonOptions.Experiment();
        var json = CommonOptions.Json();
        var holdOut = new Option<bool>("--hold-out")
        {
            Description = $"The rows are a hold-out: count in FILE{HoldOutSuffix} how often they were opened, and tell it. Counted without asking once that file is there.",
        };
        var silence = CommonOptions.Silence();
        var quiet = CommonOptions.Quiet();
        var command = new Command("evaluate", "Measure a model on a table whose answers are known.")
        {
            model, data, holdOut, silence, report, charts, require, track, experiment, json, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            return Run(host, new Request(
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetValue(holdOut),
                CommonOptions.DoctorOf(parsed.GetRequiredValue(silence)), new ReportFiles(parsed.GetRequiredValue(report), parsed.GetValue(charts)), parsed.GetValue(json),
                new QualityGates(parsed.GetRequiredValue(require)), new RunTracking(parsed.GetValue(track), parsed.GetValue(experiment)),
                CommandRecord.Of(parsed)));
        });
        return command;
    }

    // The count of a file's openings stands beside it.
    private const string HoldOutSuffix = ".holdout.json";

    /// <summary>What was asked for.</summary>
    private sealed record Request(
        string Model, string Data, bool IsHoldOut, DoctorOptions Doctor, ReportFiles Reports, bool Json, QualityGates Gates, RunTracking Tracking, CommandRecord Record);

    private static int Run(ToolHost host, Request request)
    {
        var (modelPath, data) = (request.Model, request.Data);
        if (request.IsHoldOut && !File.Exists(data))
            throw new UsageException($"--hold-out counts beside the file of the rows, and '{data}' is no file.");
        var ml = new MLContext();
        var model = SavedModel.Load(ml, modelPath);
        request.Gates.CheckMetrics(model.Task);
        if (model.LabelColumn is null && model.Task != LearningTask.Clustering)
        {
            throw new DataException(
                $"{modelPath} does not say which column its label is, so it cannot be measured: it makes no column {DefaultPipeline.Label} of one.");
        }

        string[] columns = [.. model.Needed, .. model.LabelColumn is { } name ? [name] : Array.Empty<string>()];
        var rows = model.LoadData(ml, data, columns, othersAsText: false, host.CancellationToken);
        if (rows.GetRowCount() == 0)
            throw new DataException($"{data} has a header and no rows.");

        if (request.IsHoldOut || File.Exists(data + HoldOutSuffix))
            rows = ml.Data.HoldOut(rows, rows, data + HoldOutSuffix).Open();
        var evaluation = Measure(ml, model, data, rows, request.Doctor, host.CancellationToken) with { Command = request.Record.ToArguments() };
        FindingLines.Say(host, evaluation.Findings);
        if (request.Json)
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

        request.Reports.Write(evaluation, host);
        request.Tracking.Write(evaluation, host);
        return request.Gates.Judge(evaluation, host);
    }

    // What the model learned from; where these are the rows themselves, their own lineage. A training reads all columns of a file, with the types that it finds there,
    // so that the two are known to be the same only by reading the file as a training does.
    private static DataLineage? LearnedFrom(MLContext ml, SavedModel model, string data, DataLineage rows, CancellationToken cancellationToken)
    {
        if (model.Model.FittedOn is not { } learned || learned.Source != rows.Source || !File.Exists(data))
            return model.Model.FittedOn;
        try
        {
            var table = InputData.Load(ml, data, BadRows.Error, cancellationToken);
            if (model is { LabelColumn: { } label, Task: not LearningTask.Regression })
                table = table.WithTruthsAsWritten(ml, label, cancellationToken);
            var view = model.LabelColumn is { } name ? LabelColumn.Inspect(table.View, name, cancellationToken).RowsWithLabel(table.View) : table.View;
            return view.Lineage.Fingerprint == learned.Fingerprint ? rows : learned;
        }
        catch (Exception error) when (error is DataException or SchemaException)
        {
            // A file that no training could read is another one.
            return learned;
        }
    }

    private static EvaluationReport Measure(
        MLContext ml, SavedModel model, string data, IDataView rows, DoctorOptions doctor, CancellationToken cancellationToken)
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
            ModelFingerprint = Files.Fingerprint(model.Path),
            TrainedOn = (model.Model as ITransformerChain)?.Provenance,
            Pipeline = $"{model.Model}",
            LabelColumn = model.LabelColumn is null ? null : DefaultPipeline.Label,
            LabelName = model.LabelColumn,
            FeatureColumn = model.HasFeatures ? DefaultPipeline.Features : null,
            BinaryClasses = model.BinaryClasses,
            FittedOn = LearnedFrom(ml, model, data, rows.Lineage, cancellationToken),
            Doctor = doctor,
        };
        return EvaluationReport.Run(model.Task, rows, scored, options, cancellationToken) with
        {
            Notes = notes,
            ModelSections = ReportSections.Of(model.Model),
        };
    }
}
