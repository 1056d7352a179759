using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Transforms.Expressions;

[TestClass]
public sealed class ExpressionTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Numbers => Tables.Of(
        ("I", Tables.Scalars(NumberDataViewType.Int32, 3, -7, 0)),
        ("L", Tables.Scalars(NumberDataViewType.Int64, 5L, 4_000_000_000L, -1L)),
        ("F", Tables.Singles(0.5f, float.NaN, -2.5f)),
        ("D", Tables.Doubles(0.25, 8, double.NaN)),
        ("B", Tables.Scalars(BooleanDataViewType.Instance, true, false, true)),
        ("T", Tables.Texts("Hello", "", "Zoë")));

    [TestMethod]
    // Numbers and their types.
    [DataRow("3", "Int32:3")]
    [DataRow("3L", "Int64:3")]
    [DataRow("9000000000", "Int64:9000000000")]
    [DataRow("0x7F", "Int32:127")]
    [DataRow("0xFFFFFFFF", "Int32:-1")]
    [DataRow("0xFFFFFFFFu", "Int64:4294967295")]
    [DataRow("1.5", "Single:1.5")]
    [DataRow("1.5d", "Double:1.5")]
    [DataRow("2f", "Single:2")]
    [DataRow(".5e1d", "Double:5")]
    [DataRow("1 + 2L", "Int64:3")]
    [DataRow("1 + 2f", "Single:3")]
    [DataRow("1L + 2f", "Double:3")]
    [DataRow("1f + 2d", "Double:3")]
    // Precedence and associativity.
    [DataRow("1 + 2 * 3 - 4 / 2", "Int32:5")]
    [DataRow("10 - 4 - 3", "Int32:3")]
    [DataRow("2 ^ 3 ^ 2", "Int32:512")]
    [DataRow("-2 ^ 2", "Int32:-4")]
    [DataRow("2d ^ -1", "Double:0.5")]
    [DataRow("7 % 4 * 2", "Int32:6")]
    [DataRow("-37 % 5", "Int32:-2")]
    [DataRow("not 1 > 2", "error")]
    [DataRow("not (1 > 2)", "Boolean:True")]
    [DataRow("true or true and false", "Boolean:True")]
    [DataRow("false ? 1 : true ? 2 : 3", "Int32:2")]
    [DataRow("0.0/0 ?? 0.0/0 ?? 4", "Single:4")]
    [DataRow("1 ? 2 : 3", "error")]
    // Integers.
    [DataRow("0 ^ 0", "Int32:1")]
    [DataRow("-1 ^ 3", "Int32:-1")]
    [DataRow("(-1) ^ -3", "Int32:-1")]
    [DataRow("2 ^ -3", "Int32:0")]
    [DataRow("2 ^ 30", "Int32:1073741824")]
    [DataRow("2L ^ 62", "Int64:4611686018427387904")]
    [DataRow("7 / -2", "Int32:-3")]
    [DataRow("(-2147483647 - 1) % -1", "Int32:0")]
    [DataRow("-9223372036854775807", "Int64:-9223372036854775807")]
    // Comparisons and chains.
    [DataRow("0 <= 3 < 10", "Boolean:True")]
    [DataRow("0 <= 3 < 3", "Boolean:False")]
    [DataRow("1 != 2 != 1", "Boolean:False")]
    [DataRow("1 <> 2 <> 3", "Boolean:True")]
    [DataRow("3 = 3 == 3.0", "Boolean:True")]
    [DataRow("123456789 == 123456792f", "Boolean:False")]
    [DataRow("\"a\" == \"a\" == \"b\"", "Boolean:False")]
    [DataRow("true != false", "Boolean:True")]
    [DataRow("0.0/0 == 0.0/0", "Boolean:False")]
    [DataRow("0.0/0 != 0.0/0", "Boolean:True")]
    [DataRow("3 < 0.0/0", "Boolean:False")]
    // Missing values.
    [DataRow("isna(0.0/0) and isna(na(1d)) and not isna(3) and not isna(\"\")", "Boolean:True")]
    [DataRow("na(1) ?? 5", "Single:5")]
    [DataRow("sign(-0.0/0) ?? 2", "Single:2")]
    [DataRow("float(\"x\") ?? -1", "Single:-1")]
    [DataRow("sqrt(-1d) ?? 7", "Double:7")]
    [DataRow("log(0)", "Single:-∞")]
    // Functions.
    [DataRow("abs(-3) + abs(-4L)", "Int64:7")]
    [DataRow("sign(-3.5) + sign(2)", "Single:0")]
    [DataRow("min(3, 6L) + max(7f, 5)", "Double:10")]
    [DataRow("log(9d, 3)", "Double:2")]
    [DataRow("ln(exp(2d))", "Double:2")]
    [DataRow("sind(30d) + cosd(60d) + tand(45d)", "Double:2")]
    [DataRow("round(2.5) + round(3.5) + round(-0.5d)", "Double:6")]
    [DataRow("floor(-1.2) + ceil(-1.2) + trunc(-1.9) + truncate(1.9) + ceiling(0.1)", "Single:-2")]
    [DataRow("deg(pi()) - degrees(rad(180d)) + radians(0)", "Double:0")]
    [DataRow("atan2(1d, 1) == atanyx(1d, 1) == pi() / 4", "Boolean:True")]
    [DataRow("tanh(0d) + sinh(0) + cosh(0) + asin(0) + acos(1) + atan(0) + sin(0) + cos(0) + tan(0)", "Double:2")]
    [DataRow("int(3.9) + int(-3.9d) + int(7L) + int(true) + int(\" 12 \")", "Int32:20")]
    [DataRow("long(4e9) + long(\"-1\")", "Int64:3999999999")]
    [DataRow("double(0.5f) + double(\"1e3\") + single(1) + float(false)", "Double:1001.5")]
    [DataRow("bool(\"yes\") and not bool(\"F\") and bool(true)", "Boolean:True")]
    [DataRow("default(3) + default(1L)", "Int64:0")]
    [DataRow("concat(text(true), \"|\", text(-3), \"|\", text(2.5f), \"|\", text(-3.25d), default(\"x\"))", "Text:1|-3|2.5|-3.25")]
    [DataRow("concat()", "Text:")]
    [DataRow("concat(right(\"hello\", 2), \"|\", left(\"hello\", -3), \"|\", mid(\"hello\", -4, 3), \"|\", mid(\"hello\", 3, 1))", "Text:llo|he|el|")]
    [DataRow("concat(right(\"hello\", 99), left(\"hello\", 99), right(\"hello\", -99))", "Text:hellohello")]
    [DataRow("len(concat(upper(\"hé\"), lower(\"İX\")))", "Int32:4")]
    [DataRow("\"a\\t\\\"\\u00E9\\\\\"", "Text:a\t\"é\\")]
    // Names.
    [DataRow("with(a = 2, b = a * a; b + a)", "Int32:6")]
    [DataRow("with(i = i * i, i = i * i; i)", "Int32:81")]
    [DataRow("with(x = 1; with(x = 2; x) + x)", "Int32:3")]
    [DataRow("/* one */ 1 + // two\n 2", "Int32:3")]
    public void An_expression_has_the_value_and_type_of_its_grammar(string body, string expected)
    {
        string found;
        try
        {
            var view = _ml.Transforms.Expression("Out", $"i => {body}", "I").Fit(Numbers).Transform(Numbers);
            found = $"{view.Schema["Out"].Type}:{Value(view)}";
        }
        catch (SchemaException)
        {
            found = "error";
        }

        Assert.AreEqual(expected, found);
    }

    [TestMethod]
    [DataRow("(i,l,f,d,b,t) => i + l", 8.0, 3999999993, -1)]
    [DataRow("(i,l,f,d,b,t) => f ?? d", 0.5, 8, -2.5)]
    [DataRow("(i,l,f,d,b,t) => b ? len(t) : i", 5, -7, 3)]
    [DataRow("(i,l,f,d,b,t) => i == 0 ? -1 : 6 / i", 2, 0, -1)]
    [DataRow("(i,l,f,d,b,t) => i != 0 and 6 / i > 0 ? 1 : 0", 1, 0, 0)]
    [DataRow("(i,l,f,d,b,t) => i == 0 or 6 / i > 0 ? 1 : 0", 1, 0, 1)]
    [DataRow("(i,l,f,d,b,t) => with(q = 6 / i; i == 0 ? 9 : q + q)", 4, 0, 9)]
    [DataRow("(i,l,f,d,b,t) => i + (b ? i : 100) + i", 9, 86, 0)]
    [DataRow("(i,l,f,d,b,t) => b ? (i > 0 ? i : -1) + (i > 0 ? 1 : i) : 7", 4, 7, -1)]
    public void Rows_are_computed_each_for_itself_and_only_where_needed(string expression, double first, double second, double third)
    {
        var estimator = _ml.Transforms.Expression("Out", expression, "I", "L", "F", "D", "B", "T");
        var made = TransformContract.Check(estimator, Numbers, learns: false);
        CollectionAssert.AreEqual((double[])[first, second, third], AsDoubles(made));
    }

    [TestMethod]
    public void Vectors_are_computed_item_by_item_and_scalars_stand_for_every_item()
    {
        var data = Tables.Annotated(
            ("V", Tables.Sparse([1f, 0, 4], [0f, 9, 0]), Tables.SlotNames("a", "b", "c")),
            ("W", Tables.Dense(NumberDataViewType.Double, [1d, 2, 3], [4d, 5, 6]), DataViewSchema.Annotations.Empty),
            ("R", Tables.Ragged(TextDataViewType.Instance, Tables.Words("x", "yy"), []), DataViewSchema.Annotations.Empty),
            ("S", Tables.Scalars<byte>(NumberDataViewType.Byte, 10, 20), DataViewSchema.Annotations.Empty));
        var one = TransformContract.Check(_ml.Transforms.Expression("Out", "(v, s) => sqrt(v) + s", "V", "S"), data, learns: false);
        CollectionAssert.AreEqual((float[])[11, 10, 12], one.Rows<float>("Out")[0]);
        CollectionAssert.AreEqual((float[])[20, 23, 20], one.Rows<float>("Out")[1]);
        CollectionAssert.AreEqual((string[])["a", "b", "c"], one.SlotNames("Out"));
        var two = TransformContract.Check(_ml.Transforms.Expression("Out", "(v, w) => v > 0 ? v * w : -w", "V", "W"), data, learns: false);
        CollectionAssert.AreEqual((double[])[1, -2, 12], two.Rows<double>("Out")[0]);
        var ragged = TransformContract.Check(_ml.Transforms.Expression("Out", "(r, s) => len(r) + s", "R", "S"), data, learns: false);
        CollectionAssert.AreEqual((int[])[11, 12], ragged.Rows<int>("Out")[0]);
        Assert.IsEmpty(ragged.Rows<int>("Out")[1]);
        var text = TransformContract.Check(_ml.Transforms.Expression("Out", "(r, s) => concat(r, text(s))", "R", "S"), data, learns: false, allocates: true);
        Assert.AreEqual("yy10", text.Rows<ReadOnlyMemory<char>>("Out")[0][1].ToString());
    }

    [TestMethod]
    public void Long_vectors_and_many_rows_cross_frames()
    {
        var rows = Enumerable.Range(0, 700).Select(r => Enumerable.Range(0, 5).Select(s => (float)((r * 5) + s)).ToArray()).ToArray();
        var data = Tables.Of(("V", Tables.Dense(rows)), ("W", Tables.Dense([.. rows.Select(r => r.Concat(r).ToArray())])));
        var made = _ml.Transforms.Expression("Out", "v => with(h = v / 2; h > 1000 ? h : v)", "V").Fit(data).Transform(data).Rows<float>("Out");
        for (int r = 0; r < rows.Length; r++)
            CollectionAssert.AreEqual(rows[r].Select(v => v / 2 > 1000 ? v / 2 : v).ToArray(), made[r]);
        var wide = Tables.Of(("V", Tables.Dense([.. Enumerable.Range(0, 3).Select(r => Enumerable.Repeat((float)r, 5000).ToArray())])));
        var long5000 = _ml.Transforms.Expression("Out", "v => v + 1", "V").Fit(wide).Transform(wide).Rows<float>("Out");
        for (int r = 0; r < 3; r++)
            Assert.IsTrue(Array.TrueForAll(long5000[r], v => v == r + 1));
        float[] few = new float[5000];
        (few[0], few[2047], few[2048], few[4999]) = (1, 2, 3, 4);
        var sparse = Tables.Of(("V", Tables.Sparse(few, few)));
        CollectionAssert.AreEqual(few.Select(v => v + 1).ToArray(), _ml.Transforms.Expression("Out", "v => v + 1", "V").Fit(sparse).Transform(sparse).Rows<float>("Out")[1]);
    }

    [TestMethod]
    public void Vectors_of_different_lengths_are_errors()
    {
        var data = Tables.Of(("A", Tables.Dense([1f, 2])), ("B", Tables.Dense([1f, 2, 3])), ("R", Tables.Ragged(NumberDataViewType.Single, [1f])));
        var fixedSizes = _ml.Transforms.Expression("Out", "(a, b) => a + b", "A", "B");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => fixedSizes.GetOutputSchema(SchemaShape.Create(data.Schema))).Message, "'A' and 'B'");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => fixedSizes.Fit(data)).Message, "different sizes");
        var ragged = _ml.Transforms.Expression("Out", "(a, r) => a + r", "A", "R");
        string message = Assert.ThrowsExactly<DataException>(() => ragged.Fit(data).Transform(data).Rows<float>("Out")).Message;
        StringAssert.StartsWith(message, "Row 0: column 'A' has 2 items and column 'R' 1");
    }

    [TestMethod]
    [DataRow("x => x + 1 foo", "An operator or the end was expected; 'foo' was found.", 11, 3)]
    [DataRow("x => \"hello", "This text does not end", 5, 6)]
    [DataRow("x => 3 /* never", "This comment does not end", 7, 2)]
    [DataRow("x => 1 < x >= -7", "'<' and '>=' cannot stand in one chain", 11, 2)]
    [DataRow("x : abs(-x", "')' after the arguments of 'abs' was expected; the end was found.", 10, 1)]
    [DataRow("() => 123", "The name of a parameter was expected; ')' was found.", 1, 1)]
    [DataRow("x 123", "'=>' after the parameters was expected; '123' was found.", 2, 3)]
    [DataRow("x => 9223372036854775808", "above 9223372036854775807", 5, 19)]
    [DataRow("x => 3 * + x", "A value", 9, 1)]
    [DataRow("x => x == 'x'", "double quotes", 10, 1)]
    [DataRow("x => with(y = x y)", "';' between", 16, 1)]
    [DataRow("x => 3q", "not with 'q'", 5, 2)]
    [DataRow("x => 1.5L", "ends with f", 5, 4)]
    [DataRow("x => \"\\q\"", "After '\\' stands", 6, 2)]
    [DataRow("x => $", "'$' has no meaning", 5, 1)]
    [DataRow("(x, x) => 1", "There is a parameter 'x' already", 4, 1)]
    [DataRow("(x, y) => 1", "A parameter for each of the 1 input columns (A) was expected; there are 2.", 1, 4)]
    public void Errors_of_grammar_show_the_place(string expression, string words, int column, int length)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.Expression("Out", expression, "A")).Message;
        StringAssert.Contains(message, words);
        string[] lines = message.Split('\n');
        Assert.AreEqual($"    {expression}", lines[^2]);
        Assert.AreEqual(new string(' ', 4 + column) + new string('^', length), lines[^1]);
    }

    [TestMethod]
    [DataRow("(i, t) => i + t", "This is Text; '+' needs a number.", 14, 1)]
    [DataRow("(i, t) => j", "There is no name 'j'. The names are: i, t.", 10, 1)]
    [DataRow("(i, t) => sqr(i)", "There is no function 'sqr'. Did you mean 'sqrt'?", 10, 3)]
    [DataRow("(i, t) => sqrt(t)", "'sqrt' does not take (Text); it takes (Single), (Double).", 10, 7)]
    [DataRow("(i, t) => log(i, i, i)", "'log' takes 1 or 2 arguments; 3 are given.", 10, 12)]
    [DataRow("(i, t) => i and true", "This is Int32; '&&' (and) needs true or false.", 10, 1)]
    [DataRow("(i, t) => i ?? 3", "only these can be missing", 10, 1)]
    [DataRow("(i, t) => i == t", "This is Text, which cannot be compared with Int32.", 15, 1)]
    [DataRow("(i, t) => t < \"a\"", "This is Text; '<' needs a number.", 10, 1)]
    [DataRow("(i, t) => i > 0 ? i : t", "This is Text, and the other value of '?:' is Int32", 22, 1)]
    [DataRow("(i, t) => sqrt + 1", "'sqrt' is a function; its arguments in parentheses were expected.", 10, 4)]
    [DataRow("(i, t) => -t", "This is Text; '-' needs a number.", 11, 1)]
    public void Errors_of_type_show_the_place(string expression, string words, int column, int length)
    {
        var estimator = _ml.Transforms.Expression("Out", expression, "I", "T");
        foreach (Action use in (Action[])[() => estimator.GetOutputSchema(SchemaShape.Create(Numbers.Schema)), () => estimator.Fit(Numbers)])
        {
            string message = Assert.ThrowsExactly<SchemaException>(use).Message;
            StringAssert.Contains(message, words);
            StringAssert.Contains(message, "column 'Out'");
            Assert.AreEqual(new string(' ', 4 + column) + new string('^', length), message.Split('\n')[^1]);
        }
    }

    [TestMethod]
    [DataRow("i => 6 / (i - 3)", "Row 0: an integer is divided by zero (the operands are 6 and 0).")]
    [DataRow("i => 6 % (i + 7)", "Row 1: an integer is divided by zero")]
    [DataRow("i => i * 1000000000", "Row 0: the result is too large for Int32 (the operands are 3 and 1000000000).")]
    [DataRow("i => (i + 8) ^ 12", "Row 0: the result is too large for Int32 (the operands are 11 and 12).")]
    [DataRow("i => i ^ -1", "Row 2: an integer is divided by zero (the operands are 0 and -1).")]
    [DataRow("i => int(1e10f * i)", "Row 0: '3E+10' cannot be Int32.")]
    [DataRow("i => int(0.0 / i)", "Row 2: 'NaN' cannot be Int32.")]
    [DataRow("i => long(\"x\")", "Row 0: 'x' cannot be Int64.")]
    [DataRow("i => bool(\"maybe\")", "Row 0: 'maybe' cannot be Boolean.")]
    public void Integers_without_a_result_are_errors_that_name_the_row(string expression, string words)
    {
        var view = _ml.Transforms.Expression("Out", expression, "I").Fit(Numbers).Transform(Numbers);
        string message = Assert.ThrowsExactly<DataException>(() => DataFingerprint.Compute(view)).Message;
        StringAssert.StartsWith(message, words);
        StringAssert.Contains(message, "^");
        message = Assert.ThrowsExactly<DataException>(() => DataFingerprint.Compute(new Rebatched(view, 1))).Message;
        StringAssert.StartsWith(message, words);
    }

    [TestMethod]
    public void Deep_nesting_is_an_error_and_not_a_crash()
    {
        foreach (string body in (string[])
        [
            new string('(', 5000) + "x" + new string(')', 5000),
            new string('-', 5000) + "x",
            string.Join('+', Enumerable.Repeat("x", 5000)),
            string.Concat(Enumerable.Repeat("x ? x : ", 3000)) + "x",
            string.Concat(Enumerable.Repeat("x ^ ", 3000)) + "x",
            string.Concat(Enumerable.Repeat("abs(", 3000)),
        ])
        {
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.Expression("Out", $"x => {body}", "I")).Message, "nested more than 500 deep");
        }

        string chain = string.Join(", ", Enumerable.Range(1, 2000).Select(i => $"a{i} = a{i - 1} + 1"));
        var estimator = _ml.Transforms.Expression("Out", $"a0 => with({chain}; a2000)", "I");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => estimator.Fit(Numbers)).Message, "nested more than 500 deep");
    }

    [TestMethod]
    public void Names_are_computed_once()
    {
        // Without sharing, this would take 2^40 additions.
        string chain = string.Join(", ", Enumerable.Range(1, 40).Select(i => $"a{i} = (a{i - 1} + a{i - 1}) / 2"));
        var made = _ml.Transforms.Expression("Out", $"a0 => with({chain}; a40)", "D").Fit(Numbers).Transform(Numbers);
        CollectionAssert.AreEqual((double[])[0.25, 8, double.NaN], made.Column<double>("Out"));
    }

    [TestMethod]
    public void Columns_that_expressions_cannot_read_are_errors()
    {
        var data = Tables.Of(("K", Tables.Keys(3, 1)), ("U", Tables.Scalars(NumberDataViewType.UInt64, 1UL)));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.Expression("Out", "x => x", "K").Fit(data)).Message, "MapKeyToValue");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.Expression("Out", "x => x", "U").Fit(data)).Message, "'U' is UInt64");
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.Expression("Out", "x => x"));
    }

    [TestMethod]
    public void A_file_with_a_broken_expression_is_refused()
    {
        string message = Assert.ThrowsExactly<ModelFormatException>(() => Models.Models.Load(
            Models.Models.Save(new Models.Probe("MLPath.Expression", c =>
            {
                c.Write("Output", "Out");
                c.Write("Expression", "x => x +");
                c.Write("Inputs", ["A"]);
            })), _ml.Components)).Message;
        StringAssert.Contains(message, "its expression cannot be read");
    }

    private static string Value(IDataView view) => view.Schema["Out"].Type.Accept(new FirstValue(view));

    private static double[] AsDoubles(IDataView view) => view.Schema["Out"].Type.Accept(new Values(view));

    private sealed class FirstValue(IDataView view) : IRawTypeVisitor<string>
    {
        public string Visit<T>() => FormattableString.Invariant($"{view.Column<T>("Out")[0]}").Replace("Infinity", "∞", StringComparison.Ordinal);
    }

    private sealed class Values(IDataView view) : IRawTypeVisitor<double[]>
    {
        public double[] Visit<T>() => [.. view.Column<T>("Out").Select(NumberConversion.Of<T, double>())];
    }
}
