namespace MLPath;

/// <summary>A column to make, and the column it is made of. ML.NET's shape: the output comes first.</summary>
public sealed class InputOutputColumnPair
{
    /// <summary>Names a pair.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column it is made of; the one it replaces, of the same name, when null.</param>
    public InputOutputColumnPair(string outputColumnName, string? inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnName is not null)
            ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        (OutputColumnName, InputColumnName) = (outputColumnName, inputColumnName ?? outputColumnName);
    }

    /// <summary>The column to make.</summary>
    public string OutputColumnName { get; }

    /// <summary>The column it is made of.</summary>
    public string InputColumnName { get; }

    /// <summary>"Label ← Species", or "Features" for a column that replaces the one it is made of.</summary>
    public override string ToString() =>
        OutputColumnName == InputColumnName ? OutputColumnName : $"{OutputColumnName} ← {InputColumnName}";

    /// <summary>A list of pairs, at least one, that makes every column once.</summary>
    internal static InputOutputColumnPair[] Check(IEnumerable<InputOutputColumnPair> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        InputOutputColumnPair[] pairs = [.. columns];
        if (pairs.Length == 0)
            throw new ArgumentException("Give at least one column to make.", nameof(columns));
        if (Array.Exists(pairs, p => p is null))
            throw new ArgumentException("A pair of columns is null.", nameof(columns));
        if (pairs.GroupBy(p => p.OutputColumnName).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' would be made twice. Give each output a name of its own.", nameof(columns));
        return pairs;
    }

    /// <summary>A step in words: "MapValueToKey(Label ← Species; ByValue)"; long lists are shortened.</summary>
    internal static string Describe(string step, IReadOnlyList<InputOutputColumnPair> columns, string details = "")
    {
        string list = columns.Count <= 6
            ? string.Join(", ", columns)
            : $"{string.Join(", ", columns.Take(4))}, … {columns[^1]}: {columns.Count} columns";
        return details.Length == 0 ? $"{step}({list})" : $"{step}({list}; {details})";
    }
}
