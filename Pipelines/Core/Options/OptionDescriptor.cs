namespace MLPath.Runtime;

/// <summary>The kind of an option's value.</summary>
public enum OptionKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of some names.</summary>
    Choice,

    /// <summary>Text, such as a column's name.</summary>
    Text,

    /// <summary>Whole numbers separated by commas, e.g. the sizes of layers.</summary>
    IntegerList,
}

/// <summary>What the command line, a search, a model file and the documentation need to know of one option.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="Meaning">What it does, in a sentence.</param>
/// <param name="Range">The values allowed, in words, e.g. "1 or more" or "0 to 1".</param>
/// <param name="Default">The default, as text.</param>
/// <param name="Minimum">The least number allowed; null where there is none.</param>
/// <param name="Maximum">The greatest number allowed; null where there is none.</param>
/// <param name="Choices">The names allowed of a choice; empty otherwise.</param>
public sealed record OptionDescriptor(
    string Name,
    OptionKind Kind,
    string Meaning,
    string Range,
    string Default,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string> Choices);

/// <summary>An option has a value that it must not have, or a name that does not exist. The message says what is allowed.</summary>
public sealed class OptionException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    public OptionException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The option, its value, and what is allowed.</param>
    public OptionException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The option, its value, and what is allowed.</param>
    /// <param name="innerException">The cause.</param>
    public OptionException(string message, Exception innerException) : base(message, innerException) { }
}
