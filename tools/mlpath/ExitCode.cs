namespace MLPath.Tool;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Anything that has no code of its own, such as a comparison that is not reproduced.</summary>
    public const int Failure = 1;

    /// <summary>The command line asks for what does not exist: an unknown column, algorithm, option or file extension.</summary>
    public const int Usage = 2;

    /// <summary>The data or the model file cannot be used: missing, empty, unreadable, one class, …</summary>
    public const int BadData = 3;

    /// <summary>The result is there, and does not meet what <c>--require</c> demands.</summary>
    public const int QualityGate = 4;

    /// <summary>Interrupted by Ctrl-C or a request to terminate.</summary>
    public const int Interrupted = 130;
}
