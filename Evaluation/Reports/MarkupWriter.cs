using System.Globalization;
using System.Text;

namespace MLPath.Reports;

/// <summary>
/// Writes HTML and SVG elements. Every text and attribute goes through here and is escaped, and elements are closed in the order
/// they were opened: no column name can become markup.
/// </summary>
internal sealed class MarkupWriter(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>Whether what is written is a file of its own rather than a part of a page. Default false.</summary>
    public bool Standalone { get; init; }

    /// <summary>Opens an element; attributes without a value are left out.</summary>
    public void Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(tag, attributes);
        output.Write('>');
        _open.Push(tag);
    }

    /// <summary>Closes the element opened last.</summary>
    public void Close()
    {
        output.Write("</");
        output.Write(_open.Pop());
        output.Write('>');
    }

    /// <summary>Writes an element that holds only text.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(tag, attributes);
        Text(text);
        Close();
    }

    /// <summary>Writes an HTML element that has no content, such as <c>meta</c>.</summary>
    public void Void(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(tag, attributes);
        output.Write('>');
    }

    /// <summary>Writes an SVG element without content, such as <c>line</c>.</summary>
    public void Shape(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(tag, attributes);
        output.Write("/>");
    }

    /// <summary>Writes text.</summary>
    public void Text(string text) => Escape(text);

    /// <summary>Writes a new line, so that the file can be read and compared.</summary>
    public void Line() => output.Write('\n');

    /// <summary>
    /// Writes a style sheet or a script from the assets. Never anything that came with the report, since nothing is escaped.
    /// </summary>
    public void Asset(string tag, string content)
    {
        output.Write($"<{tag}>{content}</{tag}>");
    }

    /// <summary>Writes a coordinate with at most one decimal: a tenth of a pixel is finer than the eye.</summary>
    public static string Px(double value)
    {
        var rounded = Math.Round(value, 1);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    private void Tag(string tag, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
                continue;
            output.Write(' ');
            output.Write(name);
            output.Write("=\"");
            Escape(value);
            output.Write('"');
        }
    }

    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': output.Write("&amp;"); break;
                case '<': output.Write("&lt;"); break;
                case '>': output.Write("&gt;"); break;
                case '"': output.Write("&quot;"); break;
                case '\'': output.Write("&#39;"); break;
                case '\t' or '\n' or '\r': output.Write(' '); break;
                default: Write(PlainText.IsHarmless(rune) ? rune : Rune.ReplacementChar); break;
            }
        }
    }

    private void Write(Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        output.Write(chars[..rune.EncodeToUtf16(chars)]);
    }
}
