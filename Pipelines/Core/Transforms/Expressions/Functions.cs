using System.Globalization;
using System.Numerics;

namespace MLPath.Transforms.Expressions;

/// <summary>Where a call stands, for the errors of its rows.</summary>
internal sealed record CallSite(Frame Frame, ExpressionSource Source, TextRange Range)
{
    public Evaluator Unary<T, TResult>(Evaluator operand, Func<T, TResult> function) =>
        new Unary<T, TResult>((Evaluator<T>)operand, function, Frame, Source, Range);

    public Evaluator Binary<T, TResult, TOperator>(Evaluator left, Evaluator right) where TOperator : struct, IOperator<T, TResult> =>
        new Binary<T, TResult, TOperator>((Evaluator<T>)left, (Evaluator<T>)right, Frame, Source, Range);
}

/// <summary>A function for arguments of certain types.</summary>
/// <param name="Parameters">The types; the last one any number of times where it is variadic.</param>
/// <param name="Create">Makes the evaluator of a call whose arguments have these types.</param>
/// <param name="IsVariadic">Whether it takes any number of arguments of its one type.</param>
internal sealed record Overload(ExpressionType[] Parameters, Func<CallSite, Evaluator[], Evaluator> Create, bool IsVariadic = false)
{
    public ExpressionType Parameter(int index) => Parameters[IsVariadic ? 0 : index];

    public bool TakesCount(int count) => IsVariadic || count == Parameters.Length;

    public bool Takes(IReadOnlyList<Evaluator> arguments) =>
        TakesCount(arguments.Count) && !arguments.Where((a, i) => !ExpressionTypes.Widens(a.Type, Parameter(i))).Any();
}

/// <summary>
/// The functions of expressions, by name. Of a function's overloads, in the order Int32, Int64, Single, Double, the first that takes the
/// arguments is meant.
/// </summary>
internal static class Functions
{
    private const double DegreesPerRadian = 180 / Math.PI;
    private const double RadiansPerDegree = Math.PI / 180;

    private static readonly Dictionary<string, Overload[]> s_all = Make();

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The overloads of a function; none where there is no such function.</summary>
    public static IReadOnlyList<Overload> Find(string name) => s_all.GetValueOrDefault(name, []);

    private static Dictionary<string, Overload[]> Make()
    {
        var all = new Dictionary<string, Overload[]>
        {
            ["pi"] = [new([], (_, _) => new Constant<double>(Math.PI))],
            ["na"] = [Fixed<float>(float.NaN), Fixed<double>(double.NaN)],
            ["default"] = [Fixed<int>(0), Fixed<long>(0), Fixed<float>(0), Fixed<double>(0), Fixed<bool>(false), Fixed<ReadOnlyMemory<char>>(default)],
            ["isna"] =
            [
                Of((int _) => false), Of((long _) => false), Of<float, bool>(float.IsNaN), Of<double, bool>(double.IsNaN),
                Of((bool _) => false), Of((ReadOnlyMemory<char> _) => false),
            ],
            ["abs"] = [Of<int, int>(Math.Abs), Of<long, long>(Math.Abs), Of<float, float>(Math.Abs), Of<double, double>(Math.Abs)],
            // The sign of NaN is NaN.
            ["sign"] =
            [
                Of<int, int>(Math.Sign), Of((long v) => (long)Math.Sign(v)),
                Of((float v) => v > 0 ? 1 : v < 0 ? -1 : v), Of((double v) => v > 0 ? 1 : v < 0 ? -1 : v),
            ],
            ["min"] = [Two<int, Least<int>>(), Two<long, Least<long>>(), Two<float, Least<float>>(), Two<double, Least<double>>()],
            ["max"] = [Two<int, Greatest<int>>(), Two<long, Greatest<long>>(), Two<float, Greatest<float>>(), Two<double, Greatest<double>>()],
            ["log"] = [.. Real(Math.Log), Two<float, LogarithmOfSingle>(), Two<double, LogarithmOfDouble>()],
            ["ln"] = Real(Math.Log),
            ["atan2"] = [Two<float, AngleOfSingle>(), Two<double, AngleOfDouble>()],
            ["bool"] = [Of((bool v) => v), Of<ReadOnlyMemory<char>, bool>(Conversions.ToBoolean)],
            ["int"] =
            [
                Of((int v) => v), Of((long v) => checked((int)v)), Of((float v) => checked((int)v)), Of((double v) => checked((int)v)),
                Of((bool v) => v ? 1 : 0), Of((ReadOnlyMemory<char> v) => int.Parse(v.Span, NumberStyles.Integer, CultureInfo.InvariantCulture)),
            ],
            ["long"] =
            [
                Of((int v) => (long)v), Of((long v) => v), Of((float v) => checked((long)v)), Of((double v) => checked((long)v)),
                Of((bool v) => v ? 1L : 0L), Of((ReadOnlyMemory<char> v) => long.Parse(v.Span, NumberStyles.Integer, CultureInfo.InvariantCulture)),
            ],
            ["float"] =
            [
                Of((int v) => (float)v), Of((long v) => (float)v), Of((float v) => v), Of((double v) => (float)v),
                Of((bool v) => v ? 1f : 0f), Of<ReadOnlyMemory<char>, float>(Conversions.ToSingle),
            ],
            ["double"] =
            [
                Of((int v) => (double)v), Of((long v) => (double)v), Of((float v) => (double)v), Of((double v) => v),
                Of((bool v) => v ? 1d : 0d), Of<ReadOnlyMemory<char>, double>(Conversions.ToDouble),
            ],
            ["text"] =
            [
                Of<int, ReadOnlyMemory<char>>(Conversions.ToText), Of<long, ReadOnlyMemory<char>>(Conversions.ToText),
                Of<float, ReadOnlyMemory<char>>(Conversions.ToText), Of<double, ReadOnlyMemory<char>>(Conversions.ToText),
                Of((bool v) => (v ? "1" : "0").AsMemory()), Of((ReadOnlyMemory<char> v) => v),
            ],
            ["len"] = [Of((ReadOnlyMemory<char> v) => v.Length)],
            ["lower"] = [Of((ReadOnlyMemory<char> v) => v.ToString().ToLowerInvariant().AsMemory())],
            ["upper"] = [Of((ReadOnlyMemory<char> v) => v.ToString().ToUpperInvariant().AsMemory())],
            ["left"] = [Cut((text, at) => text[..Index(at, text.Length)])],
            ["right"] = [Cut((text, at) => text[Index(at, text.Length)..])],
            ["mid"] =
            [
                new([ExpressionType.Text, ExpressionType.Int32, ExpressionType.Int32], (_, a) =>
                    new Middle((Evaluator<ReadOnlyMemory<char>>)a[0], (Evaluator<int>)a[1], (Evaluator<int>)a[2])),
            ],
            ["concat"] = [new([ExpressionType.Text], (_, a) => new Concatenation([.. a.Cast<Evaluator<ReadOnlyMemory<char>>>()]), IsVariadic: true)],
        };

        foreach (var (name, function) in (IEnumerable<(string, Func<double, double>)>)
        [
            ("sqrt", Math.Sqrt), ("exp", Math.Exp), ("floor", Math.Floor), ("ceil", Math.Ceiling), ("round", Math.Round), ("trunc", Math.Truncate),
            ("deg", v => v * DegreesPerRadian), ("rad", v => v * RadiansPerDegree),
            ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan),
            ("sind", v => Math.Sin(v * RadiansPerDegree)), ("cosd", v => Math.Cos(v * RadiansPerDegree)), ("tand", v => Math.Tan(v * RadiansPerDegree)),
            ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh), ("asin", Math.Asin), ("acos", Math.Acos), ("atan", Math.Atan),
        ])
        {
            all[name] = Real(function);
        }

        foreach (var (name, other) in (IEnumerable<(string, string)>)
            [("single", "float"), ("ceiling", "ceil"), ("truncate", "trunc"), ("degrees", "deg"), ("radians", "rad"), ("atanyx", "atan2")])
        {
            all[name] = all[other];
        }

        return all;
    }

    private static ExpressionType TypeOf<T>() => new Constant<T>(default!).Type;

    /// <summary>A constant of the argument's type; the argument is not computed.</summary>
    private static Overload Fixed<T>(T value) => new([TypeOf<T>()], (_, _) => new Constant<T>(value));

    private static Overload Of<T, TResult>(Func<T, TResult> function) => new([TypeOf<T>()], (site, a) => site.Unary(a[0], function));

    /// <summary>A function of real numbers: of Single too, computed in Double and then rounded.</summary>
    private static Overload[] Real(Func<double, double> function) => [Of((float v) => (float)function(v)), Of(function)];

    private static Overload Two<T, TOperator>() where TOperator : struct, IOperator<T, T> =>
        new([TypeOf<T>(), TypeOf<T>()], (site, a) => site.Binary<T, T, TOperator>(a[0], a[1]));

    private static Overload Cut(Func<ReadOnlyMemory<char>, int, ReadOnlyMemory<char>> cut) => new(
        [ExpressionType.Text, ExpressionType.Int32],
        (_, a) => new Cutting((Evaluator<ReadOnlyMemory<char>>)a[0], (Evaluator<int>)a[1], cut));

    /// <summary>An index into a text: counted from its end where it is negative, and kept within it.</summary>
    private static int Index(int index, int length) => Math.Clamp(index < 0 ? index + length : index, 0, length);

    private sealed class Cutting(Evaluator<ReadOnlyMemory<char>> text, Evaluator<int> at, Func<ReadOnlyMemory<char>, int, ReadOnlyMemory<char>> cut)
        : Evaluator<ReadOnlyMemory<char>>(text, at)
    {
        public override ReadOnlySpan<ReadOnlyMemory<char>> Evaluate(Selection selection)
        {
            var texts = text.Evaluate(selection);
            var places = at.Evaluate(selection);
            var results = Results(selection.Count);
            for (int i = 0; i < results.Length; i++)
                results[i] = cut(texts[i], places[i]);
            return results;
        }
    }

    private sealed class Middle(Evaluator<ReadOnlyMemory<char>> text, Evaluator<int> from, Evaluator<int> to)
        : Evaluator<ReadOnlyMemory<char>>(text, from, to)
    {
        public override ReadOnlySpan<ReadOnlyMemory<char>> Evaluate(Selection selection)
        {
            var texts = text.Evaluate(selection);
            var starts = from.Evaluate(selection);
            var ends = to.Evaluate(selection);
            var results = Results(selection.Count);
            for (int i = 0; i < results.Length; i++)
            {
                int start = Index(starts[i], texts[i].Length), end = Index(ends[i], texts[i].Length);
                results[i] = end > start ? texts[i][start..end] : default;
            }

            return results;
        }
    }

    private readonly struct Least<T> : IOperator<T, T> where T : INumber<T>
    {
        public static T Apply(T left, T right) => T.Min(left, right);
    }

    private readonly struct Greatest<T> : IOperator<T, T> where T : INumber<T>
    {
        public static T Apply(T left, T right) => T.Max(left, right);
    }

    private readonly struct LogarithmOfSingle : IOperator<float, float>
    {
        public static float Apply(float left, float right) => (float)Math.Log(left, right);
    }

    private readonly struct LogarithmOfDouble : IOperator<double, double>
    {
        public static double Apply(double left, double right) => Math.Log(left, right);
    }

    private readonly struct AngleOfSingle : IOperator<float, float>
    {
        public static float Apply(float left, float right) => (float)AngleOfDouble.Apply(left, right);
    }

    /// <summary>The angle of the point (x, y), y being the left operand. Two infinities have none.</summary>
    private readonly struct AngleOfDouble : IOperator<double, double>
    {
        public static double Apply(double left, double right) =>
            double.IsInfinity(left) && double.IsInfinity(right) ? double.NaN : Math.Atan2(left, right);
    }
}

/// <summary>Conversions from and to text, the same in every culture.</summary>
internal static class Conversions
{
    public static bool ToBoolean(ReadOnlyMemory<char> text) => text.ToString().Trim().ToLowerInvariant() switch
    {
        "true" or "t" or "yes" or "y" or "1" or "+1" or "+" => true,
        "false" or "f" or "no" or "n" or "0" or "-1" or "-" => false,
        _ => throw new FormatException(),
    };

    /// <summary>The number that a text is; NaN, missing, where it is none.</summary>
    public static float ToSingle(ReadOnlyMemory<char> text) =>
        float.TryParse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN;

    /// <summary>The number that a text is; NaN, missing, where it is none.</summary>
    public static double ToDouble(ReadOnlyMemory<char> text) =>
        double.TryParse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    public static ReadOnlyMemory<char> ToText<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture).AsMemory();
}
