namespace MLPath.Transforms.Expressions;

/// <summary>A part of an expression's text: from one character up to another.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct TextRange(int Start, int End);

/// <summary>The text of an expression, which can point at its parts.</summary>
/// <param name="text">The text.</param>
internal sealed class ExpressionSource(string text)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>The error of a text that does not follow the grammar.</summary>
    public ArgumentException SyntaxError(TextRange range, string message) => new(Point(range, message));

    /// <summary>The error of a text that means nothing for the types of its columns.</summary>
    public SchemaException TypeError(TextRange range, string message) => new(Point(range, message));

    /// <summary>The error of a row whose values have no result.</summary>
    public DataException ValueError(TextRange range, string message) => new(Point(range, message));

    /// <summary>The message, then the line of the text with a mark under the part.</summary>
    private string Point(TextRange range, string message)
    {
        int start = Math.Min(range.Start, Text.Length);
        int lineStart = start == 0 ? 0 : Text.LastIndexOfAny(['\n', '\r'], start - 1) + 1;
        int lineEnd = Text.IndexOfAny(['\n', '\r'], start);
        if (lineEnd < 0)
            lineEnd = Text.Length;
        string line = Text[lineStart..lineEnd].Replace('\t', ' ');
        string mark = new string(' ', start - lineStart) + new string('^', Math.Max(1, Math.Min(range.End, lineEnd) - start));
        return $"{message}\n    {line}\n    {mark}";
    }
}
