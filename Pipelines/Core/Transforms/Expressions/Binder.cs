using System.Numerics;
using MLPath.Runtime;

namespace MLPath.Transforms.Expressions;

/// <summary>Gives every node of an expression its type, and makes what computes it.</summary>
internal sealed class Binder
{
    private readonly ExpressionSource _source;
    private readonly Frame _frame;
    private readonly List<(string Name, Func<Evaluator> Use)> _names = [];

    private Binder(ExpressionSource source, Frame frame) => (_source, _frame) = (source, frame);

    /// <summary>Binds an expression to its parameters.</summary>
    /// <exception cref="SchemaException">The expression means nothing for these types; the message points at the place.</exception>
    public static Evaluator Bind(LambdaSyntax lambda, IReadOnlyList<Input> inputs, Frame frame)
    {
        var binder = new Binder(lambda.Source, frame);
        binder._names.AddRange(lambda.Parameters.Zip(inputs, (p, input) => (p.Name, (Func<Evaluator>)input.Use)));
        return binder.Bind(lambda.Body);
    }

    /// <summary>Gives values a name: what makes a place where they are used.</summary>
    private Func<Evaluator> Share(Evaluator value)
    {
        return value switch
        {
            Evaluator<int> v => Shared(v),
            Evaluator<long> v => Shared(v),
            Evaluator<float> v => Shared(v),
            Evaluator<double> v => Shared(v),
            Evaluator<bool> v => Shared(v),
            _ => Shared((Evaluator<ReadOnlyMemory<char>>)value),
        };

        Func<Evaluator> Shared<T>(Evaluator<T> values)
        {
            var local = new Local<T>(_frame, values);
            return () => new LocalUse<T>(local);
        }
    }

    private CallSite At(Syntax syntax) => new(_frame, _source, syntax.Range);

    private SchemaException Error(Syntax syntax, string message) => _source.TypeError(syntax.Range, message);

    private Evaluator Bind(Syntax syntax)
    {
        var made = syntax switch
        {
            LiteralSyntax literal => Literal(literal.Value),
            NameSyntax name => Find(name),
            UnarySyntax unary => Unary(unary),
            BinarySyntax binary => Binary(binary),
            ComparisonSyntax comparison => Comparison(comparison),
            ConditionalSyntax conditional => Conditional(conditional),
            CallSyntax call => Call(call),
            WithSyntax with => With(with),
            _ => throw new ArgumentException($"{syntax.GetType().Name} is not known.", nameof(syntax)),
        };
        return made.Depth <= Parser.MaximumDepth
            ? made
            : throw Error(syntax, $"This is nested more than {Parser.MaximumDepth} deep. Compute parts of it in columns of their own.");
    }

    private static Evaluator Literal(object value) => value switch
    {
        int v => new Constant<int>(v),
        long v => new Constant<long>(v),
        float v => new Constant<float>(v),
        double v => new Constant<double>(v),
        bool v => new Constant<bool>(v),
        _ => new Constant<ReadOnlyMemory<char>>(((string)value).AsMemory()),
    };

    private Evaluator Find(NameSyntax name)
    {
        int at = _names.FindLastIndex(n => n.Name == name.Name);
        if (at >= 0)
            return _names[at].Use();
        string[] names = [.. _names.Select(n => n.Name).Distinct()];
        throw Error(name, Functions.Find(name.Name).Count > 0
            ? $"'{name.Name}' is a function; its arguments in parentheses were expected."
            : $"There is no name '{name.Name}'.{NearestName.Hint(name.Name, names)} {NearestName.List("The names are", names)}");
    }

    private Evaluator Unary(UnarySyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        if (syntax.Operator == "!")
        {
            return operand is Evaluator<bool> flag
                ? At(syntax).Unary(flag, (bool v) => !v)
                : throw WrongOperand(syntax.Operand, operand, "'!' (not)", "true or false");
        }

        return operand switch
        {
            Evaluator<int> => At(syntax).Unary(operand, (int v) => checked(-v)),
            Evaluator<long> => At(syntax).Unary(operand, (long v) => checked(-v)),
            Evaluator<float> => At(syntax).Unary(operand, (float v) => -v),
            Evaluator<double> => At(syntax).Unary(operand, (double v) => -v),
            _ => throw WrongOperand(syntax.Operand, operand, "'-'", "a number"),
        };
    }

    private Evaluator Binary(BinarySyntax syntax)
    {
        var left = Bind(syntax.Left);
        var right = Bind(syntax.Right);
        if (syntax.Operator is "&&" or "||")
        {
            string words = syntax.Operator == "&&" ? "'&&' (and)" : "'||' (or)";
            var first = left as Evaluator<bool> ?? throw WrongOperand(syntax.Left, left, words, "true or false");
            var second = right as Evaluator<bool> ?? throw WrongOperand(syntax.Right, right, words, "true or false");
            return new Logical(first, second, decisive: syntax.Operator == "||");
        }

        if (syntax.Operator == "??" && !left.Type.IsFloating())
            throw WrongOperand(syntax.Left, left, "'??'", "a Single or Double (only these can be missing)");
        if (!left.Type.IsNumber())
            throw WrongOperand(syntax.Left, left, $"'{syntax.Operator}'", "a number");
        if (!right.Type.IsNumber())
            throw WrongOperand(syntax.Right, right, $"'{syntax.Operator}'", "a number");
        var type = ExpressionTypes.Common(left.Type, right.Type)!.Value;
        (left, right) = (Convert(left, type), Convert(right, type));
        return type switch
        {
            ExpressionType.Int32 => Arithmetic<int, PowerOfInteger<int>>(syntax, left, right),
            ExpressionType.Int64 => Arithmetic<long, PowerOfInteger<long>>(syntax, left, right),
            ExpressionType.Single => Arithmetic<float, PowerOfSingle>(syntax, left, right),
            _ => Arithmetic<double, PowerOfDouble>(syntax, left, right),
        };
    }

    private Evaluator Arithmetic<T, TPower>(BinarySyntax syntax, Evaluator left, Evaluator right)
        where T : INumber<T>
        where TPower : struct, IOperator<T, T> => syntax.Operator switch
        {
            "+" => At(syntax).Binary<T, T, Add<T>>(left, right),
            "-" => At(syntax).Binary<T, T, Subtract<T>>(left, right),
            "*" => At(syntax).Binary<T, T, Multiply<T>>(left, right),
            "/" => At(syntax).Binary<T, T, Divide<T>>(left, right),
            "%" => At(syntax).Binary<T, T, Remainder<T>>(left, right),
            "^" => At(syntax).Binary<T, T, TPower>(left, right),
            _ => new Coalesce<T>((Evaluator<T>)left, (Evaluator<T>)right),
        };

    private Evaluator Comparison(ComparisonSyntax syntax)
    {
        var operands = syntax.Operands.Select(Bind).ToArray();
        bool equality = syntax.Operators[0] is "==" or "=" or "!=" or "<>";
        var type = operands[0].Type;
        for (int i = 0; i < operands.Length; i++)
        {
            if (!equality && !operands[i].Type.IsNumber())
                throw WrongOperand(syntax.Operands[i], operands[i], $"'{syntax.Operators[0]}'", "a number");
            type = ExpressionTypes.Common(type, operands[i].Type, exactly: true) ?? throw Error(
                syntax.Operands[i], $"This is {operands[i].Type}, which cannot be compared with {type}.");
        }

        var values = operands.Select(o => Convert(o, type));
        // What takes part in several comparisons is computed once.
        Func<Evaluator>[] uses = [.. values.Select(v => operands.Length == 2 ? () => v : Share(v))];
        // a != b != c: all of them differ. Any other chain holds between neighbours.
        bool distinct = syntax.Operators[0] is "!=" or "<>";
        var pairs = new List<Evaluator<bool>>();
        for (int i = 0; i + 1 < uses.Length; i++)
        {
            for (int j = i + 1; j < (distinct ? uses.Length : i + 2); j++)
                pairs.Add((Evaluator<bool>)Compare(At(syntax), syntax.Operators[i], type, uses[i](), uses[j]()));
        }

        return pairs.Count == 1 ? pairs[0] : new All([.. pairs]);
    }

    private static Evaluator Compare(CallSite site, string comparison, ExpressionType type, Evaluator left, Evaluator right) => type switch
    {
        ExpressionType.Int32 => Numbers<int>(site, comparison, left, right),
        ExpressionType.Int64 => Numbers<long>(site, comparison, left, right),
        ExpressionType.Single => Numbers<float>(site, comparison, left, right),
        ExpressionType.Double => Numbers<double>(site, comparison, left, right),
        ExpressionType.Boolean => comparison is "==" or "="
            ? site.Binary<bool, bool, SameFlag>(left, right)
            : site.Binary<bool, bool, OtherFlag>(left, right),
        _ => comparison is "==" or "="
            ? site.Binary<ReadOnlyMemory<char>, bool, SameText>(left, right)
            : site.Binary<ReadOnlyMemory<char>, bool, OtherText>(left, right),
    };

    private static Evaluator Numbers<T>(CallSite site, string comparison, Evaluator left, Evaluator right) where T : INumber<T> => comparison switch
    {
        "==" or "=" => site.Binary<T, bool, EqualTo<T>>(left, right),
        "!=" or "<>" => site.Binary<T, bool, UnequalTo<T>>(left, right),
        "<" => site.Binary<T, bool, Less<T>>(left, right),
        "<=" => site.Binary<T, bool, LessOrEqual<T>>(left, right),
        ">" => site.Binary<T, bool, Greater<T>>(left, right),
        _ => site.Binary<T, bool, GreaterOrEqual<T>>(left, right),
    };

    private Evaluator Conditional(ConditionalSyntax syntax)
    {
        var condition = Bind(syntax.Condition);
        if (condition is not Evaluator<bool> flag)
            throw WrongOperand(syntax.Condition, condition, "the condition of '?:'", "true or false");
        var then = Bind(syntax.Then);
        var otherwise = Bind(syntax.Else);
        var type = ExpressionTypes.Common(then.Type, otherwise.Type)
            ?? throw Error(syntax.Else, $"This is {otherwise.Type}, and the other value of '?:' is {then.Type}; both must be numbers, or of one type.");
        (then, otherwise) = (Convert(then, type), Convert(otherwise, type));
        return type switch
        {
            ExpressionType.Int32 => Choose<int>(flag, then, otherwise),
            ExpressionType.Int64 => Choose<long>(flag, then, otherwise),
            ExpressionType.Single => Choose<float>(flag, then, otherwise),
            ExpressionType.Double => Choose<double>(flag, then, otherwise),
            ExpressionType.Boolean => Choose<bool>(flag, then, otherwise),
            _ => Choose<ReadOnlyMemory<char>>(flag, then, otherwise),
        };
    }

    private static Conditional<T> Choose<T>(Evaluator<bool> condition, Evaluator then, Evaluator otherwise) =>
        new(condition, (Evaluator<T>)then, (Evaluator<T>)otherwise);

    private Evaluator Call(CallSyntax syntax)
    {
        string name = syntax.Function.Name;
        var overloads = Functions.Find(name);
        if (overloads.Count == 0)
        {
            throw Error(syntax.Function, $"There is no function '{name}'.{NearestName.Hint(name, Functions.Names)} {NearestName.List("The functions are", Functions.Names)}");
        }

        var arguments = syntax.Arguments.Select(Bind).ToArray();
        if (!overloads.Any(o => o.TakesCount(arguments.Length)))
        {
            string counts = string.Join(" or ", overloads.Select(o => o.Parameters.Length).Distinct().Order());
            throw Error(syntax, $"'{name}' takes {counts} argument{(counts == "1" ? "" : "s")}; {arguments.Length} {(arguments.Length == 1 ? "is" : "are")} given.");
        }

        if (overloads.FirstOrDefault(o => o.Takes(arguments)) is not { } overload)
        {
            string lists = string.Join(", ", overloads.Where(o => o.TakesCount(arguments.Length)).Select(o => $"({string.Join(", ", o.Parameters)})"));
            throw Error(syntax, $"'{name}' does not take ({string.Join(", ", arguments.Select(a => a.Type))}); it takes {lists}.");
        }

        return overload.Create(At(syntax), [.. arguments.Select((a, i) => Convert(a, overload.Parameter(i)))]);
    }

    private Evaluator With(WithSyntax syntax)
    {
        int outer = _names.Count;
        foreach (var (name, value) in syntax.Assignments)
            _names.Add((name.Name, Share(Bind(value))));
        var body = Bind(syntax.Body);
        _names.RemoveRange(outer, _names.Count - outer);
        return body;
    }

    private SchemaException WrongOperand(Syntax syntax, Evaluator found, string user, string expected) =>
        Error(syntax, $"This is {found.Type}; {user} needs {expected}.");

    /// <summary>The same values as a wider type.</summary>
    private static Evaluator Convert(Evaluator value, ExpressionType type) => (value, type) switch
    {
        _ when value.Type == type => value,
        (Constant<int> v, ExpressionType.Int64) => new Constant<long>(v.Value),
        (Constant<int> v, ExpressionType.Single) => new Constant<float>(v.Value),
        (Constant<int> v, _) => new Constant<double>(v.Value),
        (Constant<long> v, _) => new Constant<double>(v.Value),
        (Constant<float> v, _) => new Constant<double>(v.Value),
        (Evaluator<int> v, ExpressionType.Int64) => new Widen<int, long>(v),
        (Evaluator<int> v, ExpressionType.Single) => new Widen<int, float>(v),
        (Evaluator<int> v, _) => new Widen<int, double>(v),
        (Evaluator<long> v, _) => new Widen<long, double>(v),
        _ => new Widen<float, double>((Evaluator<float>)value),
    };
}
