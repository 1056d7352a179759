using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MLPath.Runtime;
using MLPath.Tool.Commands;

namespace MLPath.Tool;

/// <summary>From arguments to an exit code: parses, runs a command, and turns what goes wrong into one line.</summary>
internal static class CommandLine
{
    private const string Name = "mlpath";
    private const string Description =
        "Compares machine learning algorithms on a table, trains models, predicts with them and measures them.\n"
        + "Try: mlpath compare iris --report iris.html";

    /// <summary>Runs the tool.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="host">Where it runs.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, ToolHost host)
    {
        try
        {
            var parsed = Root(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction || (parsed.Action is not { ClearsParseErrors: true } && (parsed.Errors.Count > 0 || Unknown(parsed).Any())))
                throw new UsageException(Explain(parsed));
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Out,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception error)
        {
            return Failure.Report(error, host);
        }
    }

    // A RootCommand would be named after the assembly.
    private static Command Root(ToolHost host) =>
        new(Name, Description)
        {
            new HelpOption(),
            new VersionOption(),
            CompareCommand.Create(host),
            TrainCommand.Create(host),
            PredictCommand.Create(host),
            EvaluateCommand.Create(host),
            ExplainCommand.Create(host),
            LearningCurveCommand.Create(host),
            ReproduceCommand.Create(host),
            RunsCommand.Create(host),
            InspectCommand.Create(host),
            DescribeCommand.Create(host),
            AlgorithmsCommand.Create(host),
            DatasetsCommand.Create(host),
        };

    // What the command has no place for. An argument that may be repeated would take a mistyped option for one more value.
    private static IEnumerable<string> Unknown(ParseResult parsed) => parsed.UnmatchedTokens.Concat(
        parsed.CommandResult.Command.Arguments.SelectMany(a => parsed.GetResult(a)?.Tokens ?? []).Select(t => t.Value).Where(v => v.StartsWith("--", StringComparison.Ordinal)));

    // The parser's own words, with the nearest name there is, and where to read on.
    private static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        bool isRoot = command.Name == Name;
        string path = command.Name;
        for (var parent = parsed.CommandResult.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
            path = $"{parent.Command.Name} {path}";
        string more = $"See '{path} --help'.";
        if (Unknown(parsed).FirstOrDefault() is { } token)
        {
            bool isOption = token.StartsWith('-');
            var names = isOption
                ? command.Options.Select(o => o.Name).ToList()
                : command.Subcommands.Select(c => c.Name).ToList();
            string hint = NearestName.Hint(token, names);
            string what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return $"There is no {what} '{token}'{(isRoot ? "" : $" of '{path}'")}.{hint} {more}";
        }

        return $"{parsed.Errors[0].Message.TrimEnd('.')}. {more}";
    }
}
