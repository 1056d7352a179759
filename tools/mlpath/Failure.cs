using MLPath.Runtime;

namespace MLPath.Tool;

/// <summary>What went wrong, as one line and an exit code.</summary>
internal static class Failure
{
    /// <summary>Writes the line and returns the code.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="host">Where to write.</param>
    public static int Report(Exception error, ToolHost host)
    {
        var (code, line) = Of(error);
        host.Fail(host.ShowsDetails ? $"{error}" : OneLine(line));
        return code;
    }

    /// <summary>The words for the failure of a part, such as one candidate of a comparison.</summary>
    /// <param name="message">The message of an error.</param>
    public static string OneLine(string message)
    {
        string[] lines = message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ToolHost.Plain(string.Join(' ', lines));
    }

    private static (int Code, string Line) Of(Exception error) => error switch
    {
        OperationCanceledException => (ExitCode.Interrupted, "interrupted"),
        UsageException or OptionException or SchemaException => (ExitCode.Usage, error.Message),
        DataException or ModelFormatException => (ExitCode.BadData, error.Message),
        IOException or UnauthorizedAccessException => (ExitCode.Failure, error.Message),
        OutOfMemoryException => (ExitCode.Failure, "there is not enough memory for data of this size"),
        _ => (ExitCode.Failure,
            $"unexpected {error.GetType().Name}: {error.Message} Set {ToolHost.DetailsVariable}=1 to see where it arose."),
    };
}
