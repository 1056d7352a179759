using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath train</c>: one algorithm on all rows of a table, kept in a model file.</summary>
internal static class TrainCommand
{
    /// <summary>What was asked for.</summary>
    private sealed record Request(
        string Data, BadRows BadRows, string? Label, LearningTask? Task, string Algorithm, IReadOnlyList<KeyValuePair<string, string>> Settings,
        string Model, ReportFiles Reports, RunTracking Tracking, int Seed, int? Threads, DoctorOptions Doctor,
        CommandRecord Record);

    public static Command Create(ToolHost host)
    {
        var data = CommonOptions.Data();
        var algorithm = CommonOptions.Required("--algorithm", "A", "The algorithm ('mlpath algorithms' lists them).");
        var set = new Option<string[]>("--set")
        {
            HelpName = "OPTION=VALUE",
            Description = "An option of the algorithm ('mlpath algorithms A' lists them). May be repeated.",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };
        var model = CommonOptions.ModelFile("The model file to write.");
        var report = CommonOptions.Report();
        var charts = CommonOptions.Charts();
        var track = CommonOptions.Track();
        var experiment = CommonOptions.Experiment();
        var label = CommonOptions.Label();
        var task = CommonOptions.Task();
        var badRows = CommonOptions.BadRows();
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var silence = CommonOptions.Silence();
        var quiet = CommonOptions.Quiet();
        var command = new Command("train", "Train one algorithm on all rows of a table, and keep the model in a file.")
        {
            data, algorithm, set, model, report, charts, track, experiment, label, task, badRows, silence, seed, threads, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            return Run(host, new Request(
                parsed.GetRequiredValue(data), CommonOptions.BadRowsOf(parsed.GetRequiredValue(badRows)), parsed.GetValue(label), TaskNames.Parse(parsed.GetRequiredValue(task)),
                parsed.GetRequiredValue(algorithm), [.. parsed.GetRequiredValue(set).Select(Setting)], parsed.GetRequiredValue(model),
                new ReportFiles(parsed.GetRequiredValue(report), parsed.GetValue(charts)), new RunTracking(parsed.GetValue(track), parsed.GetValue(experiment)),
                parsed.GetValue(seed) ?? CommonOptions.DefaultSeed, parsed.GetValue(threads),
                CommonOptions.DoctorOf(parsed.GetRequiredValue(silence)), CommandRecord.Of(parsed)));
        });
        return command;
    }

    private static KeyValuePair<string, string> Setting(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? KeyValuePair.Create(text[..equals].Trim(), text[(equals + 1)..])
            : throw new UsageException($"--set {text}: expected Option=value, as in --set NumberOfTrees=200.");
    }

    private static int Run(ToolHost host, Request request)
    {
        if (Directory.Exists(request.Model))
            throw new UsageException($"'{request.Model}' is a folder. Give the name of a file in it.");
        var ml = new MLContext(request.Seed);
        var algorithm = ml.Algorithms.Get(request.Algorithm);
        var loaded = InputData.Load(ml, request.Data, request.BadRows, host.CancellationToken);
        var problem = Problem.Infer(ml, loaded, request.Label, request.Task, [], host.CancellationToken);
        var data = problem.Data;
        var plan = DefaultPipeline.Plan(ml, problem, [], host.CancellationToken);
        var trainer = CommonOptions.TrainerOf(ml.Algorithms, algorithm, problem.Task);
        var pipeline = DefaultPipeline.Training(ml, plan, problem, trainer, request.Settings);
        var rows = problem.Label?.RowsWithLabel(data.View) ?? data.View;

        foreach (string line in (IEnumerable<string>)[.. problem.Lines, .. plan.Lines, .. DefaultPipeline.Remarks(plan, [(algorithm.Name, trainer)])])
            host.Say(line);
        if (data.BadRowsLine is { } badRows)
            host.Say(badRows);
        if (problem.Label is { Missing: > 0 and var missing })
            host.Say($"{NumberFormat.Integer(missing)} rows have no {problem.Label.Name} and are left out.");
        var diagnoses = new ConcurrentQueue<Diagnosis>();
        var model = ProgressView.Run(host, $"Training {algorithm.Name}", Describe, progress =>
            pipeline.Fit(rows, CommonOptions.Context(host, request.Seed, request.Threads) with
            {
                Progress = progress,
                DiagnosisSink = diagnoses.Enqueue,
            }));
        foreach (string message in diagnoses.Where(d => d.Severity > DiagnosisSeverity.Info).Select(d => d.Message).Distinct())
            host.Say(message);
        ml.Model.Save(model, InputSchema(data, [.. problem.HeldBack, .. plan.Columns]), request.Model);
        var findings = Doctor.ExamineTraining(rows, model, pipeline, problem.Label?.Name, problem.Task, request.Doctor, host.CancellationToken);
        FindingLines.Say(host, findings);
        var report = new TrainingReport
        {
            Algorithm = algorithm.Title,
            Model = model,
            DataSource = data.View.Lineage.Source,
            DataFingerprint = DataFingerprint.Compute(data.View, host.CancellationToken),
            Seed = request.Seed,
            Steps = PipelineStep.Of(pipeline),
            Command = request.Record
                .With("--label", problem.Label?.Name)
                .With("--task", TaskNames.Of(problem.Task))
                .With("--seed", request.Seed.ToString(CultureInfo.InvariantCulture))
                .ToArguments(),
            LabelName = problem.Label?.Name,
            Data = data.Summary,
            Diagnoses = [.. diagnoses],
            Findings = findings,
        };
        request.Reports.Write(report, host);
        request.Tracking.Write(report, host);
        host.Say($"Model: {request.Model} ({algorithm.Title}, learned from {NumberFormat.Integer(problem.Label?.Rows ?? data.Summary.Rows)} rows).");
        return ExitCode.Success;
    }

    // The columns that the model reads, and no others: what else a table has may be different when predicting. Columns without names are known by
    // their places, so all of them count.
    private static DataViewSchema InputSchema(InputData data, IReadOnlyCollection<string> columns)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(data.View.Schema.Where(c => !c.IsHidden && (columns.Contains(c.Name) || InputData.IsNameless(data.View.Schema))));
        return schema.ToSchema();
    }

    private static string Describe(FitProgress progress) =>
        progress.Loss is { } loss ? $"iteration {progress.Iteration}, loss {NumberFormat.Number(loss)}" : $"iteration {progress.Iteration}";
}
