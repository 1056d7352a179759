using System.CommandLine;
using MLPath.Data;
using MLPath.Reports;
using MLPath.Tool.Data;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath predict</c>: a model's predictions for the rows of a table.</summary>
internal static class PredictCommand
{
    public static Command Create(ToolHost host)
    {
        var model = CommonOptions.ModelFile("The model file, written by 'mlpath train' or by a program.");
        var data = CommonOptions.DataFile("The rows to predict, with the columns that the model needs; the label is not one of them.");
        var output = CommonOptions.Optional("--output", "FILE", "The CSV file to write; the standard output without it.");
        var quiet = CommonOptions.Quiet();
        var command = new Command(
            "predict",
            "Predict the rows of a table. For each row: the columns that the model does not use, so that rows keep their names, then the predictions.")
        {
            model, data, output, quiet,
        };
        command.SetAction(parsed =>
        {
            host.Quiet = parsed.GetValue(quiet);
            return Run(host, parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetValue(output));
        });
        return command;
    }

    private static int Run(ToolHost host, string modelPath, string data, string? output)
    {
        if (Directory.Exists(output))
            throw new UsageException($"'{output}' is a folder. Give the name of a file in it.");
        var ml = new MLContext();
        var model = SavedModel.Load(ml, modelPath);
        var rows = model.LoadData(ml, data, model.Needed, othersAsText: true, host.CancellationToken);
        var (predictions, columns) = Predict(ml, model, rows);
        if (output is null)
        {
            // Whole or not at all, as a file is.
            using var text = new MemoryStream();
            ml.Data.SaveAsCsv(predictions, text, columns, cancellationToken: host.CancellationToken);
            text.WriteTo(host.Output);
            host.Output.Flush();
        }
        else
        {
            ml.Data.SaveAsCsv(predictions, output, columns, cancellationToken: host.CancellationToken);
            host.Say($"Predictions: {output} ({NumberFormat.Integer(rows.GetRowCount() ?? 0)} rows).");
        }

        return ExitCode.Success;
    }

    // The columns that the model does not use go around it under names of their own: whatever they are called, and whatever type they have
    // here, they must not be taken for a label or a prediction.
    private static (IDataView Predictions, IReadOnlyList<string> Columns) Predict(MLContext ml, SavedModel model, IDataView rows)
    {
        var others = rows.Schema.VisibleNames.Except(model.Needed).ToList();
        static string Aside(string name) => $"given {name}";
        var aside = others.ConvertAll(name => new InputOutputColumnPair(Aside(name), name));
        var back = others.ConvertAll(name => new InputOutputColumnPair(model.Outputs.Contains(name) ? Aside(name) : name, Aside(name)));
        var outputs = model.Outputs.ToList();
        if (model.BinaryClasses is [_, var positive] && outputs.Remove(PredictionColumns.Probability))
        {
            outputs.Add($"{PredictionColumns.Probability}.{positive}");
            back.Add(new InputOutputColumnPair(outputs[^1], PredictionColumns.Probability));
        }

        if (others.Count > 0)
            rows = Apply(ml.Transforms.DropColumns([.. others]), Apply(ml.Transforms.CopyColumns([.. aside]), rows));
        rows = model.Model.Transform(rows);
        if (back.Count > 0)
            rows = Apply(ml.Transforms.CopyColumns([.. back]), rows);
        return (rows, [.. back.Take(others.Count).Select(c => c.OutputColumnName), .. outputs]);
    }

    private static IDataView Apply(IEstimator<ITransformer> step, IDataView rows) => step.Fit(rows).Transform(rows);
}
