namespace MLPath.Transforms.Expressions;

/// <summary>A part of an expression as it is written.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Depth">The levels of the tree that it is the root of.</param>
internal abstract record Syntax(TextRange Range, int Depth)
{
    /// <summary>The levels of a tree with some subtrees below its root.</summary>
    protected static int Above(params IEnumerable<Syntax> parts) => 1 + parts.Max(p => p.Depth);
}

/// <summary>A constant.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Value">An int, long, float, double, bool, or string.</param>
internal sealed record LiteralSyntax(TextRange Range, object Value) : Syntax(Range, 1);

/// <summary>A parameter, or a name that a with-expression gives.</summary>
internal sealed record NameSyntax(TextRange Range, string Name) : Syntax(Range, 1);

/// <summary><c>-x</c> or <c>!x</c>.</summary>
internal sealed record UnarySyntax(TextRange Range, string Operator, Syntax Operand) : Syntax(Range, Above(Operand));

/// <summary>Two operands and what stands between them.</summary>
internal sealed record BinarySyntax(TextRange Range, string Operator, Syntax Left, Syntax Right) : Syntax(Range, Above(Left, Right));

/// <summary>A chain of comparisons: <c>0 &lt;= x &lt; 10</c>.</summary>
internal sealed record ComparisonSyntax(TextRange Range, IReadOnlyList<string> Operators, IReadOnlyList<Syntax> Operands)
    : Syntax(Range, Above(Operands));

/// <summary><c>condition ? then : else</c>.</summary>
internal sealed record ConditionalSyntax(TextRange Range, Syntax Condition, Syntax Then, Syntax Else) : Syntax(Range, Above(Condition, Then, Else));

/// <summary>A function with its arguments.</summary>
internal sealed record CallSyntax(TextRange Range, NameSyntax Function, IReadOnlyList<Syntax> Arguments)
    : Syntax(Range, Above([Function, .. Arguments]));

/// <summary><c>with(a = …, b = …; body)</c>: each value may use the names before it.</summary>
internal sealed record WithSyntax(TextRange Range, IReadOnlyList<(NameSyntax Name, Syntax Value)> Assignments, Syntax Body)
    : Syntax(Range, Above([Body, .. Assignments.Select(a => a.Value)]));

/// <summary>The whole: parameters, and what is computed of them.</summary>
internal sealed record LambdaSyntax(ExpressionSource Source, IReadOnlyList<NameSyntax> Parameters, Syntax Body);
