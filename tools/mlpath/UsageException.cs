namespace MLPath.Tool;

/// <summary>The command line asks for something that does not exist or does not go together. The message says what would.</summary>
internal sealed class UsageException : Exception
{
    public UsageException() { }

    public UsageException(string message) : base(message) { }

    public UsageException(string message, Exception innerException) : base(message, innerException) { }
}
