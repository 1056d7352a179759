using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLPath.Tool.Commands;

/// <summary>
/// The arguments that bring a result about again, as a report keeps them: what was given and decides the result, and what was inferred, in one form
/// whatever the order in which they were given. Options that only say where results go, or how fast, are left out.
/// </summary>
internal sealed record CommandRecord
{
    /// <summary>Options that do not change a result, and that a document which somebody else wrote may not ask for.</summary>
    public static readonly IReadOnlyList<string> WithoutEffect =
        ["--report", "--charts", "--json", "--quiet", "--threads", "--require", "--track", "--experiment", "--help"];

    private CommandRecord(string name, IReadOnlyList<string> data, IReadOnlyList<KeyValuePair<string, string>> options) =>
        (Name, Data, Options) = (name, data, options);

    private string Name { get; }

    private IReadOnlyList<string> Data { get; }

    private IReadOnlyList<KeyValuePair<string, string>> Options { get; }

    /// <summary>Keeps what was given.</summary>
    /// <param name="parsed">The command line, parsed.</param>
    public static CommandRecord Of(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        return new CommandRecord(
            command.Command.Name,
            [.. command.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value)],
            [.. Given(parsed).Where(o => !WithoutEffect.Contains(o.Option.Name)).SelectMany(o => o.Tokens.Select(t => KeyValuePair.Create(o.Option.Name, t.Value)))]);
    }

    /// <summary>An option that a document must not ask for, because it would write files or the like; null when there is none.</summary>
    /// <param name="parsed">The command of a document, parsed.</param>
    public static string? Forbidden(ParseResult parsed) => Given(parsed).Select(o => o.Option.Name).FirstOrDefault(WithoutEffect.Contains);

    /// <summary>The same with an option as it was inferred or chosen by default; left out where the value is null.</summary>
    /// <param name="option">The option: "--label".</param>
    /// <param name="value">Its value.</param>
    public CommandRecord With(string option, string? value)
    {
        var others = Options.Where(o => o.Key != option);
        return new CommandRecord(Name, Data, [.. value is null ? others : others.Append(new(option, value))]);
    }

    /// <summary>The same for one of several data sets alone.</summary>
    /// <param name="data">The data set.</param>
    public CommandRecord For(string data) => new(Name, [data], Options);

    /// <summary>The arguments: the command's name, the data, then the options by name.</summary>
    public IReadOnlyList<string> ToArguments() =>
        [Name, .. Data, .. Options.OrderBy(o => o.Key, StringComparer.Ordinal).SelectMany(o => new[] { o.Key, o.Value })];

    private static IEnumerable<OptionResult> Given(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit);
}
