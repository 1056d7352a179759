namespace MLPath;

/// <summary>Data and pipeline do not fit: a column is missing, or has another type than a step needs. The message says what to do.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SchemaException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit, and what to do.</param>
    public SchemaException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public SchemaException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The column that is not there, where that is the problem; null otherwise.</summary>
    public string? MissingColumnName { get; private init; }

    /// <summary>The error of a column that is not there; proposes the nearest name.</summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="available">The names there are.</param>
    /// <param name="role">What the column is for, e.g. "feature column"; "column" when omitted.</param>
    public static SchemaException MissingColumn(string name, IEnumerable<string> available, string role = "column")
    {
        var names = available.ToList();
        string hint = Runtime.NearestName.Hint(name, names);
        return new($"There is no {role} '{name}'.{hint} {Runtime.NearestName.List("The columns are", names)}") { MissingColumnName = name };
    }

    /// <summary>The same error, which says in which step of a pipeline it arose.</summary>
    /// <param name="step">The step, in words.</param>
    public SchemaException In(string step) => new($"{step}: {Message}", this) { MissingColumnName = MissingColumnName };

    /// <summary>The same error, preceded by those of the steps that were left out for lack of a column.</summary>
    internal SchemaException After(IReadOnlyList<SchemaException> lacks) => lacks.Count == 0
        ? this
        : new($"{string.Join(" ", lacks.Select(e => e.Message))} Without that: {Message}", this)
        {
            MissingColumnName = MissingColumnName is null ? null : lacks[0].MissingColumnName,
        };

    /// <summary>The error of a column of the wrong type.</summary>
    /// <param name="name">The column.</param>
    /// <param name="expected">The type that is needed, in words.</param>
    /// <param name="found">The type it has.</param>
    /// <param name="remedy">What to do about it; nothing when omitted.</param>
    public static SchemaException WrongType(string name, string expected, string found, string? remedy = null) =>
        new($"Column '{name}' is {found}; {expected} is needed.{(remedy is null ? "" : " " + remedy)}");
}

/// <summary>The data themselves cannot be used: no rows, one class only, an infinite feature, a cell that does not parse, …</summary>
public sealed class DataException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DataException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which row and column, what was expected, what to do.</param>
    public DataException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which row and column, what was expected, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DataException(string message, Exception innerException) : base(message, innerException) { }
}
