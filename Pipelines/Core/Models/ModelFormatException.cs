namespace MLPath.Runtime;

/// <summary>
/// A model file is not what it should be: damaged, cut, of a newer version, or with content that a component cannot accept.
/// The message names the entry of the file, or the component and its setting or array, and says what was expected and what was found.
/// </summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Creates the exception with a general message.</summary>
    public ModelFormatException() : base("The model file is not valid.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Where in the file the problem lies, what was expected and what was found.</param>
    public ModelFormatException(string message) : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Where in the file the problem lies, what was expected and what was found.</param>
    /// <param name="innerException">The cause.</param>
    public ModelFormatException(string message, Exception? innerException) : base(message, innerException) { }
}
