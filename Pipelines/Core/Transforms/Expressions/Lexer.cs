using System.Globalization;
using System.Text;

namespace MLPath.Transforms.Expressions;

/// <summary>What a word of the text is.</summary>
internal enum TokenKind
{
    End,
    Name,
    Literal,
    Symbol,
}

/// <summary>A word of the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Range">Where it stands.</param>
/// <param name="Text">The name or the symbol.</param>
/// <param name="Value">A literal's value.</param>
internal readonly record struct Token(TokenKind Kind, TextRange Range, string Text, object? Value = null);

/// <summary>Cuts the text of an expression into words. Blanks, <c>// …</c> and <c>/* … */</c> separate words.</summary>
internal sealed class Lexer(ExpressionSource source)
{
    // The longer symbols first, because the first that fits is taken.
    private static readonly string[] s_symbols =
        ["=>", "==", "!=", "<>", "<=", ">=", "&&", "||", "??", "=", "<", ">", "+", "-", "*", "/", "%", "^", "!", "?", ":", "(", ")", ",", ";"];

    private readonly string _text = source.Text;
    private int _at;

    /// <summary>All words, the end last.</summary>
    public List<Token> Read()
    {
        var tokens = new List<Token>();
        do
        {
            SkipBlanks();
            tokens.Add(Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private TextRange From(int start) => new(start, _at);

    private ArgumentException Error(int start, string message) => source.SyntaxError(From(start), message);

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            int start = _at;
            if (char.IsWhiteSpace(Peek()))
            {
                _at++;
            }
            else if (Peek() == '/' && Peek(1) == '/')
            {
                int end = _text.AsSpan(_at).IndexOfAny('\n', '\r');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (Peek() == '/' && Peek(1) == '*')
            {
                int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? _at + 2 : end + 2;
                if (end < 0)
                    throw Error(start, "This comment does not end: '*/' was expected.");
            }
            else
            {
                return;
            }
        }
    }

    private Token Next()
    {
        int start = _at;
        char c = Peek();
        if (_at >= _text.Length)
            return new Token(TokenKind.End, new TextRange(start, start), "the end");
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            return Number(start);
        if (c == '"')
            return TextLiteral(start);
        if (char.IsLetter(c) || c == '_')
        {
            while (char.IsLetterOrDigit(Peek()) || Peek() == '_')
                _at++;
            string name = _text[start.._at];
            return name switch
            {
                "true" or "false" => new Token(TokenKind.Literal, From(start), name, name == "true"),
                "and" => new Token(TokenKind.Symbol, From(start), "&&"),
                "or" => new Token(TokenKind.Symbol, From(start), "||"),
                "not" => new Token(TokenKind.Symbol, From(start), "!"),
                "with" => new Token(TokenKind.Symbol, From(start), "with"),
                _ => new Token(TokenKind.Name, From(start), name),
            };
        }

        foreach (string symbol in s_symbols)
        {
            if (!_text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
                continue;
            _at += symbol.Length;
            return new Token(TokenKind.Symbol, From(start), symbol);
        }

        _at++;
        throw Error(start, c == '\'' ? "Text stands in double quotes, \"like this\"." : $"'{c}' has no meaning in an expression.");
    }

    private Token Number(int start)
    {
        if (Peek() == '0' && Peek(1) is 'x' or 'X')
            return Hexadecimal(start);
        bool floating = false;
        Digits();
        if (Peek() == '.')
        {
            floating = true;
            _at++;
            Digits();
        }

        if (Peek() is 'e' or 'E')
        {
            floating = true;
            _at++;
            if (Peek() is '+' or '-')
                _at++;
            if (!char.IsAsciiDigit(Peek()))
                throw Error(start, "The exponent of this number has no digits.");
            Digits();
        }

        string digits = _text[start.._at];
        string suffix = Suffix(start);
        if (suffix is "d")
            return Literal(start, double.Parse(digits, CultureInfo.InvariantCulture));
        if (suffix is "f" || (floating && suffix.Length == 0))
            return Literal(start, float.Parse(digits, CultureInfo.InvariantCulture));
        if (floating)
            throw Error(start, "A number with a fraction or an exponent ends with f (single precision), d (double precision), or nothing.");
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            throw Error(start, "This integer is above 9223372036854775807, the largest. Write it as a floating-point number, e.g. with .0d behind it.");
        bool isLong = suffix.Contains('l', StringComparison.Ordinal) || value > int.MaxValue;
        return isLong ? Literal(start, value) : Literal(start, (int)value);
    }

    // 0xFFFFFFFF is the Int32 of these bits, −1; with u, the positive Int64.
    private Token Hexadecimal(int start)
    {
        _at += 2;
        int first = _at;
        while (char.IsAsciiHexDigit(Peek()))
            _at++;
        string digits = _text[first.._at];
        string suffix = Suffix(start);
        if (digits.Length == 0 || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits))
            throw Error(start, "A hexadecimal integer has from 1 to 16 digits, 0 to 9 and A to F.");
        bool isLong = suffix.Contains('l', StringComparison.Ordinal), isUnsigned = suffix.Contains('u', StringComparison.Ordinal);
        if (isUnsigned && bits > long.MaxValue)
            throw Error(start, "This unsigned integer is above 0x7FFFFFFFFFFFFFFF, the largest.");
        return isLong || bits > uint.MaxValue || (isUnsigned && bits > int.MaxValue)
            ? Literal(start, unchecked((long)bits))
            : Literal(start, unchecked((int)(uint)bits));
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek()))
            _at++;
    }

    private string Suffix(int start)
    {
        int first = _at;
        while (char.IsLetterOrDigit(Peek()) || Peek() == '_')
            _at++;
        string suffix = _text[first.._at].ToLowerInvariant();
        return suffix is "" or "l" or "u" or "ul" or "lu" or "f" or "d"
            ? suffix
            : throw Error(start, $"A number ends with l (Int64), u (unsigned), f (single precision) or d (double precision), not with '{_text[first.._at]}'.");
    }

    private Token TextLiteral(int start)
    {
        _at++;
        var value = new StringBuilder();
        while (Peek() != '"')
        {
            if (_at >= _text.Length || Peek() is '\n' or '\r')
                throw Error(start, "This text does not end: '\"' was expected.");
            char c = _text[_at++];
            value.Append(c == '\\' ? Escaped() : c);
        }

        _at++;
        return Literal(start, value.ToString());
    }

    private char Escaped()
    {
        int start = _at - 1;
        char c = Peek();
        _at = Math.Min(_at + 1, _text.Length);
        switch (c)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'v': return '\v';
            case 'a': return '\a';
            case '0': return '\0';
            case '\\' or '"' or '\'': return c;
            case 'u' when _at + 4 <= _text.Length
                && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default:
                throw Error(start, "After '\\' stands one of n, r, t, b, f, v, a, 0, \\, \", ', or u and four hexadecimal digits.");
        }
    }

    private Token Literal(int start, object value) => new(TokenKind.Literal, From(start), _text[start.._at], value);
}
