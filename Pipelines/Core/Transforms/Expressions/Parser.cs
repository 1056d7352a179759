namespace MLPath.Transforms.Expressions;

/// <summary>
/// Makes the tree of an expression, by recursive descent: one method for each level of precedence, the loosest first.
/// </summary>
internal sealed class Parser
{
    /// <summary>How deep expressions may be nested, and how long sums may be. Trees are walked by recursion, so that the stack bounds them.</summary>
    public const int MaximumDepth = 500;

    private static readonly string[][] s_comparisons = [["==", "="], ["!=", "<>"], ["<", "<="], [">", ">="]];

    private readonly ExpressionSource _source;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Parser(ExpressionSource source) => (_source, _tokens) = (source, new Lexer(source).Read());

    private Token Current => _tokens[_at];

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ArgumentException">The text does not follow the grammar; the message points at the place.</exception>
    public static LambdaSyntax Parse(string expression)
    {
        var parser = new Parser(new ExpressionSource(expression));
        var parameters = parser.Parameters();
        if (!parser.Take("=>") && !parser.Take(":"))
            throw parser.Expected("'=>' after the parameters");
        var body = parser.Conditional();
        return parser.Current.Kind == TokenKind.End ? new LambdaSyntax(parser._source, parameters, body) : throw parser.Expected("an operator or the end");
    }

    private bool Is(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private bool Take(string symbol)
    {
        if (!Is(symbol))
            return false;
        _at++;
        return true;
    }

    private void Expect(string symbol, string after)
    {
        if (!Take(symbol))
            throw Expected($"'{symbol}' {after}");
    }

    private ArgumentException Expected(string what) => _source.SyntaxError(
        Current.Range, $"{(what[0] == '\'' ? what : char.ToUpperInvariant(what[0]) + what[1..])} was expected; {Found()} was found.");

    private string Found() => Current.Kind == TokenKind.End ? "the end" : $"'{_source.Text[Current.Range.Start..Current.Range.End]}'";

    private TextRange From(int start) => new(start, _tokens[_at - 1].Range.End);

    private Syntax Nested(Func<Syntax> parse)
    {
        if (++_depth > MaximumDepth)
            throw TooDeep(Current.Range);
        var result = Shallow(parse());
        _depth--;
        return result;
    }

    private Syntax Shallow(Syntax made) => made.Depth <= MaximumDepth ? made : throw TooDeep(made.Range);

    private ArgumentException TooDeep(TextRange range) => _source.SyntaxError(
        range, $"This is nested more than {MaximumDepth} deep. Compute parts of it in columns of their own.");

    private List<NameSyntax> Parameters()
    {
        if (Current.Kind == TokenKind.Name)
            return [Name("a parameter")];
        if (!Take("("))
            throw Expected("a parameter, or '(' and the names of several,");
        var names = new List<NameSyntax>();
        do
        {
            names.Add(Name("the name of a parameter"));
            if (names.FindIndex(n => n.Name == names[^1].Name) < names.Count - 1)
                throw _source.SyntaxError(names[^1].Range, $"There is a parameter '{names[^1].Name}' already.");
        }
        while (Take(","));
        Expect(")", "after the parameters");
        return names;
    }

    private NameSyntax Name(string what)
    {
        if (Current.Kind != TokenKind.Name)
            throw Expected(what);
        var token = _tokens[_at++];
        return new NameSyntax(token.Range, token.Text);
    }

    private Syntax Conditional() => Nested(() =>
    {
        int start = Current.Range.Start;
        var condition = Coalesce();
        if (!Take("?"))
            return condition;
        var then = Conditional();
        Expect(":", "between the two values of '?'");
        var otherwise = Conditional();
        return new ConditionalSyntax(From(start), condition, then, otherwise);
    });

    private Syntax Coalesce() => Nested(() =>
    {
        int start = Current.Range.Start;
        var left = Binary(0);
        if (!Take("??"))
            return left;
        var right = Coalesce();
        return new BinarySyntax(From(start), "??", left, right);
    });

    // The left-associative levels: or, and, comparisons, sums, products.
    private Syntax Binary(int level)
    {
        if (level == 2)
            return Comparison();
        string[] operators = level switch { 0 => ["||"], 1 => ["&&"], 3 => ["+", "-"], _ => ["*", "/", "%"] };
        int start = Current.Range.Start;
        var left = level == 4 ? Unary() : Binary(level + 1);
        while (Array.Find(operators, Take) is { } found)
        {
            var right = level == 4 ? Unary() : Binary(level + 1);
            left = Shallow(new BinarySyntax(From(start), found, left, right));
        }

        return left;
    }

    private Syntax Comparison()
    {
        int start = Current.Range.Start;
        var operands = new List<Syntax> { Binary(3) };
        var operators = new List<string>();
        while (Array.Find(s_comparisons, set => Array.Exists(set, Is)) is { } set)
        {
            if (operators.Count > 0 && !set.Contains(operators[0]))
            {
                throw _source.SyntaxError(
                    Current.Range, $"'{operators[^1]}' and '{Current.Text}' cannot stand in one chain of comparisons; use parentheses, or 'and'.");
            }

            operators.Add(_tokens[_at++].Text);
            operands.Add(Binary(3));
        }

        return operators.Count == 0 ? operands[0] : new ComparisonSyntax(From(start), operators, operands);
    }

    private Syntax Unary() => Nested(() =>
    {
        int start = Current.Range.Start;
        foreach (string sign in (string[])["-", "!"])
        {
            if (Take(sign))
            {
                var operand = Unary();
                return new UnarySyntax(From(start), sign, operand);
            }
        }

        var left = Primary();
        if (!Take("^"))
            return left;
        var right = Unary();
        return new BinarySyntax(From(start), "^", left, right);
    });

    private Syntax Primary()
    {
        int start = Current.Range.Start;
        if (Current.Kind == TokenKind.Literal)
            return new LiteralSyntax(Current.Range, _tokens[_at++].Value!);
        if (Is("with"))
            return With();
        if (Take("("))
        {
            var inner = Conditional();
            Expect(")", "to close the parenthesis");
            return inner with { Range = From(start) };
        }

        var name = Name("a value (a name, a number, a text, a function, or '(')");
        if (!Take("("))
            return name;
        var arguments = new List<Syntax>();
        if (!Is(")"))
        {
            do
                arguments.Add(Conditional());
            while (Take(","));
        }

        Expect(")", $"after the arguments of '{name.Name}'");
        return new CallSyntax(From(start), name, arguments);
    }

    private WithSyntax With()
    {
        int start = _tokens[_at++].Range.Start;
        Expect("(", "after 'with'");
        var assignments = new List<(NameSyntax, Syntax)>();
        do
        {
            var name = Name("a name to give a value");
            Expect("=", $"after '{name.Name}'");
            assignments.Add((name, Conditional()));
        }
        while (Take(","));
        Expect(";", "between the names of 'with' and what is computed with them");
        var body = Conditional();
        Expect(")", "to close 'with('");
        return new WithSyntax(From(start), assignments, body);
    }
}
