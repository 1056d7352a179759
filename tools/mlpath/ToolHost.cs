using MLPath.Datasets;
using Spectre.Console;

namespace MLPath.Tool;

/// <summary>
/// The tool's surroundings: where results and messages go, whether somebody watches, and the request to stop. Results go to the standard
/// output; everything about how they come about (what was inferred, progress, errors) to the standard error.
/// </summary>
internal sealed class ToolHost
{
    /// <summary>The environment variable that shows where an error arose.</summary>
    public const string DetailsVariable = "MLPATH_DEBUG";

    // Nothing says how wide a line of a file may be.
    private const int Unlimited = 10_000;

    private readonly Func<string, string?> _environment;
    private readonly TextWriter _error;

    /// <summary>Creates a host.</summary>
    /// <param name="output">The standard output as bytes.</param>
    /// <param name="outputText">The standard output as text.</param>
    /// <param name="error">The standard error as text.</param>
    /// <param name="environment">Gets environment variables.</param>
    /// <param name="outputIsTerminal">Whether somebody watches the output.</param>
    /// <param name="errorIsTerminal">Whether somebody watches the messages.</param>
    /// <param name="cancellationToken">The request to stop.</param>
    public ToolHost(
        Stream output, TextWriter outputText, TextWriter error, Func<string, string?> environment,
        bool outputIsTerminal, bool errorIsTerminal, CancellationToken cancellationToken)
    {
        _environment = environment;
        _error = error;
        (Output, Out) = (output, outputText);
        OutConsole = Console(Out, outputIsTerminal, moves: false);
        ErrorConsole = Console(_error, errorIsTerminal, moves: true);
        OutWidth = outputIsTerminal ? OutConsole.Profile.Width : Unlimited;
        OutConsole.Profile.Width = Unlimited; // what is written there is wrapped by its writer, or not at all
        CancellationToken = cancellationToken;
    }

    /// <summary>The standard output as bytes, for what is written as a file elsewhere.</summary>
    public Stream Output { get; }

    /// <summary>The standard output as text.</summary>
    public TextWriter Out { get; }

    /// <summary>The standard output for styled lines, which are written as they are.</summary>
    public IAnsiConsole OutConsole { get; }

    /// <summary>How wide a line of the standard output may be.</summary>
    public int OutWidth { get; }

    /// <summary>The standard error for live progress.</summary>
    public IAnsiConsole ErrorConsole { get; }

    /// <summary>The request to stop.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The time between lines of progress.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where public data sets are kept.</summary>
    public DatasetStore Datasets { get; init; } = DatasetStore.FromEnvironment();

    /// <summary>Whether only results and errors are written.</summary>
    public bool Quiet { get; set; }

    /// <summary>Whether an error shows where it arose.</summary>
    public bool ShowsDetails => !string.IsNullOrEmpty(_environment(DetailsVariable));

    /// <summary>The host of this process.</summary>
    /// <param name="cancellationToken">The request to stop.</param>
    public static ToolHost OfProcess(CancellationToken cancellationToken) => new(
        System.Console.OpenStandardOutput(), System.Console.Out, System.Console.Error, Environment.GetEnvironmentVariable,
        !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected, cancellationToken);

    /// <summary>Tells something about the work, unless all is to be quiet.</summary>
    /// <param name="line">A line.</param>
    public void Say(string line)
    {
        if (!Quiet)
            _error.WriteLine(Plain(line));
    }

    /// <summary>Tells of a failure.</summary>
    /// <param name="words">What went wrong.</param>
    public void Fail(string words) => _error.WriteLine($"mlpath: {words}");

    /// <summary>A text of the user's data as it may be shown: on one line, and without anything that a terminal would obey.</summary>
    /// <param name="text">The text.</param>
    public static string Plain(string text) =>
        !text.Any(char.IsControl) ? text : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    // Without colours nothing is emphasised either; only live progress still moves the cursor.
    private IAnsiConsole Console(TextWriter writer, bool isTerminal, bool moves)
    {
        bool understandsAnsi = isTerminal && _environment("TERM") != "dumb";
        bool colours = understandsAnsi && string.IsNullOrEmpty(_environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours || (understandsAnsi && moves) ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = understandsAnsi ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
