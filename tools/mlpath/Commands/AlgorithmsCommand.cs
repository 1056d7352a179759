using System.CommandLine;
using MLPath.Runtime;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary><c>mlpath algorithms</c>: what can be chosen by name, and the options of one of them.</summary>
internal static class AlgorithmsCommand
{
    public static Command Create(ToolHost host)
    {
        var name = new Argument<string?>("NAME")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "An algorithm, to read what it learns and which options it has.",
        };
        var command = new Command("algorithms", "List the algorithms, or describe one with all its options.") { name };
        command.SetAction(parsed =>
        {
            var algorithms = new MLContext().Algorithms;
            if (parsed.GetValue(name) is not { } one)
                List(algorithms, host);
            else if (algorithms.FindStep(one) is { } step)
                Describe(step, host);
            else
                Describe(algorithms.Get(one), host);
            return ExitCode.Success;
        });
        return command;
    }

    private static void List(AlgorithmCatalog algorithms, ToolHost host)
    {
        var table = new TextTable(["Name", .. TaskNames.All, "What it is"]);
        foreach (var algorithm in algorithms.All)
        {
            var tasks = TaskNames.All.Select((_, task) => algorithm.For((LearningTask)task) is null ? "" : "yes");
            table.Add([algorithm.IsUsual ? $"{algorithm.Name} *" : algorithm.Name, .. tasks, algorithm.Title]);
        }

        table.Write(host);
        host.Out.WriteLine("* A comparison takes these where --algorithms does not name others.");
        host.Out.WriteLine();
        var steps = new TextTable("Step of a pipeline", "Method of the context", "In ML.NET", "What it is");
        foreach (var step in algorithms.Steps)
            steps.Add(step.Name, step.Method, step.MicrosoftName ?? "-", step.Title);
        steps.Write(host);
        host.Out.WriteLine("mlpath algorithms NAME describes one with all its options.");
    }

    private static void Describe(Algorithm algorithm, ToolHost host)
    {
        host.Out.WriteLine($"{algorithm.Name}: {algorithm.Title}");
        host.Out.WriteLine(algorithm.Summary);
        host.Out.WriteLine();
        var table = new TextTable("Task", "Method of the catalog", "In ML.NET", "Needs and gives");
        foreach (var trainer in algorithm.Trainers)
        {
            string method = $"{CatalogOf(trainer.Task)}.{trainer.Trainer}";
            table.Add(TaskNames.Of(trainer.Task), method, trainer.MicrosoftName ?? "-", Traits(trainer));
        }

        table.Write(host);

        // The tasks of one algorithm share their options most often: equal lists are shown once.
        foreach (var group in algorithm.Trainers.GroupBy(t => string.Join('\n', t.Options)))
        {
            string tasks = string.Join(", ", group.Select(t => TaskNames.Of(t.Task)));
            Describe(group.First().Options, $"Options ({tasks}), given as --set Name=value:", host);
        }
    }

    private static void Describe(AlgorithmStep step, ToolHost host)
    {
        host.Out.WriteLine($"{step.Name}: {step.Title}");
        host.Out.WriteLine(step.Summary);
        host.Out.WriteLine();
        var table = new TextTable("Method of the context", "In ML.NET");
        table.Add(step.Method, step.MicrosoftName ?? "-");
        table.Write(host);
        if (step.Options.Count > 0)
            Describe(step.Options, "Options of the method:", host);
    }

    private static void Describe(IReadOnlyList<OptionDescriptor> all, string heading, ToolHost host)
    {
        host.Out.WriteLine();
        host.Out.WriteLine(heading);
        if (all.Count == 0)
        {
            host.Out.WriteLine("none");
            return;
        }

        var options = new TextTable("Name", "Default", "Values", "Meaning");
        foreach (var option in all)
            options.Add(option.Name, option.Default, option.Range, option.Meaning);
        options.Write(host);
    }

    private static string CatalogOf(LearningTask task) => task switch
    {
        LearningTask.Binary => "BinaryClassification.Trainers",
        LearningTask.Multiclass => "MulticlassClassification.Trainers",
        LearningTask.Regression => "Regression.Trainers",
        LearningTask.AnomalyDetection => "AnomalyDetection.Trainers",
        _ => "Clustering.Trainers",
    };

    private static string Traits(TrainerFactory trainer)
    {
        var info = trainer.Info;
        var traits = new List<string>();
        if (info.NeedsNormalization)
            traits.Add("features of one scale");
        if (info.SupportsWeights)
            traits.Add("takes weights");
        if (info.SupportsMissing)
            traits.Add("takes missing values");
        if (info.GivesProbabilities)
            traits.Add("gives probabilities");
        return traits.Count == 0 ? "-" : string.Join(", ", traits);
    }
}
