using System.Numerics;

namespace MLPath.Transforms.Expressions;

/// <summary>What an operator makes of two values.</summary>
/// <typeparam name="T">The operands' type.</typeparam>
/// <typeparam name="TResult">The result's type.</typeparam>
internal interface IOperator<T, TResult>
{
    static abstract TResult Apply(T left, T right);
}

/// <summary>An operator of two operands. Integer overflow and division by zero are errors that name the row, because integers have no missing value.</summary>
internal sealed class Binary<T, TResult, TOperator>(Evaluator<T> left, Evaluator<T> right, Frame frame, ExpressionSource source, TextRange range)
    : Evaluator<TResult>(left, right)
    where TOperator : struct, IOperator<T, TResult>
{
    public override ReadOnlySpan<TResult> Evaluate(Selection selection)
    {
        var a = left.Evaluate(selection);
        var b = right.Evaluate(selection);
        var results = Results(selection.Count);
        try
        {
            Apply(a, b, results);
        }
        catch (ArithmeticException)
        {
            throw Error(selection, a, b);
        }

        return results;
    }

    private static void Apply(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<TResult> results)
    {
        for (int i = 0; i < results.Length; i++)
            results[i] = TOperator.Apply(a[i], b[i]);
    }

    private DataException Error(Selection selection, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        int i = 0;
        try
        {
            for (; ; i++)
                _ = TOperator.Apply(a[i], b[i]);
        }
        catch (ArithmeticException e)
        {
            string problem = e is DivideByZeroException ? "an integer is divided by zero" : $"the result is too large for {typeof(TResult).Name}";
            return source.ValueError(range, FormattableString.Invariant(
                $"Row {frame.RowOf(selection.Place(i))}: {problem} (the operands are {a[i]} and {b[i]}). Exclude such values with '?:', or compute with double(…)."));
        }
    }
}

internal readonly struct Add<T> : IOperator<T, T> where T : INumber<T>
{
    public static T Apply(T left, T right) => checked(left + right);
}

internal readonly struct Subtract<T> : IOperator<T, T> where T : INumber<T>
{
    public static T Apply(T left, T right) => checked(left - right);
}

internal readonly struct Multiply<T> : IOperator<T, T> where T : INumber<T>
{
    public static T Apply(T left, T right) => checked(left * right);
}

internal readonly struct Divide<T> : IOperator<T, T> where T : INumber<T>
{
    public static T Apply(T left, T right) => left / right;
}

/// <summary>The remainder has the sign of the left operand. That of −1 is 0, which the machine's division of the least integer cannot say.</summary>
internal readonly struct Remainder<T> : IOperator<T, T> where T : INumber<T>
{
    public static T Apply(T left, T right) => right == -T.One ? left - left : left % right;
}

internal readonly struct PowerOfSingle : IOperator<float, float>
{
    public static float Apply(float left, float right) => (float)Math.Pow(left, right);
}

internal readonly struct PowerOfDouble : IOperator<double, double>
{
    public static double Apply(double left, double right) => Math.Pow(left, right);
}

/// <summary>An integer to the power of an integer, by squaring: x⁰ = 1, and x⁻ⁿ is 1/xⁿ without its fraction.</summary>
internal readonly struct PowerOfInteger<T> : IOperator<T, T> where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static T Apply(T left, T right)
    {
        T result = T.One;
        if (T.IsNegative(right))
        {
            if (left == -T.One)
                return T.IsEvenInteger(right) ? result : left;
            return left == T.One ? result : T.IsZero(left) ? throw new DivideByZeroException() : T.Zero;
        }

        while (true)
        {
            if (T.IsOddInteger(right))
                result = checked(result * left);
            right >>= 1;
            if (T.IsZero(right))
                return result;
            left = checked(left * left);
        }
    }
}

internal readonly struct EqualTo<T> : IOperator<T, bool> where T : IEqualityOperators<T, T, bool>
{
    public static bool Apply(T left, T right) => left == right;
}

internal readonly struct UnequalTo<T> : IOperator<T, bool> where T : IEqualityOperators<T, T, bool>
{
    public static bool Apply(T left, T right) => left != right;
}

internal readonly struct SameText : IOperator<ReadOnlyMemory<char>, bool>
{
    public static bool Apply(ReadOnlyMemory<char> left, ReadOnlyMemory<char> right) => left.Span.SequenceEqual(right.Span);
}

internal readonly struct OtherText : IOperator<ReadOnlyMemory<char>, bool>
{
    public static bool Apply(ReadOnlyMemory<char> left, ReadOnlyMemory<char> right) => !left.Span.SequenceEqual(right.Span);
}

internal readonly struct SameFlag : IOperator<bool, bool>
{
    public static bool Apply(bool left, bool right) => left == right;
}

internal readonly struct OtherFlag : IOperator<bool, bool>
{
    public static bool Apply(bool left, bool right) => left != right;
}

internal readonly struct Less<T> : IOperator<T, bool> where T : IComparisonOperators<T, T, bool>
{
    public static bool Apply(T left, T right) => left < right;
}

internal readonly struct LessOrEqual<T> : IOperator<T, bool> where T : IComparisonOperators<T, T, bool>
{
    public static bool Apply(T left, T right) => left <= right;
}

internal readonly struct Greater<T> : IOperator<T, bool> where T : IComparisonOperators<T, T, bool>
{
    public static bool Apply(T left, T right) => left > right;
}

internal readonly struct GreaterOrEqual<T> : IOperator<T, bool> where T : IComparisonOperators<T, T, bool>
{
    public static bool Apply(T left, T right) => left >= right;
}

/// <summary>A function of one value; what it cannot map is an error that names the row.</summary>
internal sealed class Unary<T, TResult>(
    Evaluator<T> operand, Func<T, TResult> function, Frame frame, ExpressionSource source, TextRange range) : Evaluator<TResult>(operand)
{
    public override ReadOnlySpan<TResult> Evaluate(Selection selection)
    {
        var values = operand.Evaluate(selection);
        var results = Results(selection.Count);
        int i = 0;
        try
        {
            for (; i < results.Length; i++)
                results[i] = function(values[i]);
        }
        catch (Exception e) when (e is ArithmeticException or FormatException)
        {
            string value = FormattableString.Invariant($"{values[i]}");
            throw source.ValueError(range, FormattableString.Invariant(
                $"Row {frame.RowOf(selection.Place(i))}: '{value}' cannot be {Type}. Exclude such values with '?:', or use double(…), where NaN stands for what is missing."));
        }

        return results;
    }
}

/// <summary>A number as one of a wider type.</summary>
internal sealed class Widen<T, TResult>(Evaluator<T> operand) : Evaluator<TResult>(operand)
    where T : INumberBase<T>
    where TResult : INumberBase<TResult>
{
    public override ReadOnlySpan<TResult> Evaluate(Selection selection)
    {
        var values = operand.Evaluate(selection);
        var results = Results(selection.Count);
        for (int i = 0; i < results.Length; i++)
            results[i] = TResult.CreateTruncating(values[i]);
        return results;
    }
}
