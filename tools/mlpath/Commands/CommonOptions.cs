using System.CommandLine;
using System.Globalization;
using MLPath.Datasets;
using MLPath.Evaluation;
using MLPath.Runtime;
using MLPath.Tool.Data;
using MLPath.Tool.Output;

namespace MLPath.Tool.Commands;

/// <summary>The options that several commands have, declared once.</summary>
internal static class CommonOptions
{
    /// <summary>The seed where none is given.</summary>
    public const int DefaultSeed = 1;

    public static Argument<string> Data() => new("DATA")
    {
        Description = $"The name of a public set ('mlpath datasets' lists them), or a file: {TableFile.Formats}.",
    };

    public static Argument<string[]> DataSets() => new("DATA")
    {
        Description = $"One or more, each the name of a public set ('mlpath datasets' lists them), or a file: {TableFile.Formats}. "
            + "Several are compared on by ranks.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string?> Label() => new("--label")
    {
        HelpName = "COLUMN",
        Description = "The column to predict. Without it: the set's own, or one named label, target, class, y or outcome, or the last one.",
    };

    public static Option<string> Task() => new("--task")
    {
        HelpName = "TASK",
        Description = $"auto, {string.Join(", ", TaskNames.All)}. auto follows from the label.",
        DefaultValueFactory = _ => "auto",
    };

    public static Option<string> BadRows()
    {
        var option = new Option<string>("--bad-rows")
        {
            HelpName = "RULE",
            Description = "What becomes of rows of a text file that do not fit: error, skip, or missing (what does not fit becomes missing).",
            DefaultValueFactory = _ => "error",
        };
        option.AcceptOnlyFromAmong("error", "skip", "missing");
        return option;
    }

    /// <summary>The rule that <see cref="BadRows()"/> names.</summary>
    public static BadRows BadRowsOf(string rule) => Enum.Parse<BadRows>(rule, ignoreCase: true);

    public static Option<int?> Seed() =>
        Whole("--seed", "N", "The seed of everything random. The same seed gives the same result, bit for bit. [default: 1]");

    public static Option<int?> Threads() =>
        Whole("--threads", "N", "How many threads to use; all processors without it. The result does not depend on it.", minimum: 1);

    public static Option<string[]> Silence() => new("--silence")
    {
        HelpName = "NAME,…",
        Description = "Findings not to tell, by the names of their checks, such as groups-ignored. May be repeated.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>What <see cref="Silence"/> leaves.</summary>
    public static DoctorOptions DoctorOf(string[] silenced)
    {
        string[] names = [.. silenced.SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        return names.Length == 0 ? DoctorOptions.Default : DoctorOptions.Default with { Silenced = names };
    }

    public static Option<bool> Quiet() => new("--quiet") { Description = "Write results and errors only." };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Write one JSON document to the standard output, and nothing else there.",
    };

    public static Option<string[]> Report() => new("--report")
    {
        HelpName = "FILE",
        Description = "Also write a report: .html, .md or .json. May be repeated.",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Charts() =>
        Optional("--charts", "FOLDER", "Also write every chart of the report as a file .svg into this folder.");

    public static Option<string[]> Require() => new("--require")
    {
        HelpName = "DEMAND",
        Description = "What a metric has to reach, such as 'MacroF1>=0.8' (>=, >, <= or <); otherwise the exit code is 4, after all reports are written. May be repeated.",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Track() => Optional(
        "--track", "FOLDER", "Also keep the run in this folder, in the layout of MLflow's file store ('mlpath runs FOLDER' lists them).");

    public static Option<string?> Experiment() => Optional(
        "--experiment", "NAME", "With --track: the experiment that the run belongs to. [default: Default]");

    public static Option<string> ModelFile(string description) => Required("--model", "FILE", description);

    public static Option<string> DataFile(string description) => Required("--data", "FILE", description);

    /// <summary>An option that has to be there.</summary>
    public static Option<string> Required(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Required = true };

    /// <summary>An option that may be left out.</summary>
    public static Option<string?> Optional(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    /// <summary>An option that is a whole number; null when it is not given.</summary>
    public static Option<int?> Whole(string name, string helpName, string description, int minimum = int.MinValue) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum)
                return value;
            string least = minimum == int.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $", {minimum} or more");
            result.AddError($"{name} is '{text}'; expected a whole number{least}");
            return null;
        },
    };

    /// <summary>An option that is a share above 0 and below 1; null when it is not given.</summary>
    public static Option<double?> Fraction(string name, string helpName, string description) =>
        Number(name, helpName, description, value => value is > 0 and < 1, "a share above 0 and below 1");

    /// <summary>An option that is a number of 0 or more; null when it is not given.</summary>
    public static Option<double?> Number(string name, string helpName, string description) =>
        Number(name, helpName, description, value => value >= 0 && double.IsFinite(value), "a number of 0 or more");

    private static Option<double?> Number(string name, string helpName, string description, Func<double, bool> fits, string expected) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && fits(value))
                return value;
            result.AddError($"{name} is '{text}'; expected {expected}");
            return null;
        },
    };

    /// <summary>What a fit is given by the command line.</summary>
    public static FitContext Context(ToolHost host, int seed, int? threads) => FitContext.Default with
    {
        Seed = seed,
        Threads = threads ?? Environment.ProcessorCount,
        CancellationToken = host.CancellationToken,
    };

    /// <summary>The trainer of an algorithm for a task.</summary>
    /// <exception cref="UsageException">The algorithm cannot do the task.</exception>
    public static TrainerFactory TrainerOf(AlgorithmCatalog algorithms, Algorithm algorithm, LearningTask task)
    {
        if (algorithm.For(task) is { } trainer)
            return trainer;
        var able = algorithms.All.Where(a => a.For(task) is not null).Select(a => a.Name).ToList();
        throw new UsageException(
            $"Algorithm '{algorithm.Name}' does not do {TaskNames.InWords(task)}. {NearestName.List("Those that do are", able)} "
            + "Or choose another --task.");
    }
}
