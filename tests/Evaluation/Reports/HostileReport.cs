using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>A report with everything that could break a page: hostile names, extreme numbers, nothing at all, far too much.</summary>
internal static class HostileReport
{
    public const string Attack = "<script>document.title='owned'</script>\"' onload=\"x\" </title><!-- &amp; `|*_[a](b)";

    private const string LongName =
        "a candidate with a name so long that nobody could ever have wanted it to be printed in full on any page, ever";

    private static readonly string Unbroken = new('W', 300);

    private static readonly string[] Names =
        [Attack, LongName, Unbroken, "日本語の名前", "\u202Eright to left override", "line\nbreak\0nul", "", "👩‍👩‍👧‍👦"];

    private static readonly double[] Extremes =
    [
        0, -0.0, 1e-6, 1e6, -1e6, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, 1e300, -1e300,
        double.MaxValue, double.MinValue,
    ];

    public static Report Create()
    {
        var log = new ChartAxis(Attack) { Logarithmic = true };
        return new Report(Attack, Attack)
        {
            Subtitle = Unbroken,
            Sections =
            [
                Table(), .. Charts("plain", new(Attack), new(LongName)), .. Charts("log", log, log),
                .. Empty(), .. Matrices(), .. Ranges(), .. Diagrams(),
                new TextSection(Unbroken, [Attack, Unbroken, ""]) { Tone = TextTone.Warning, Explanation = Attack },
                new KeyValueSection(Attack, [new(Attack, Unbroken), new(Unbroken, Attack), new("", "")]),
                Nested(9),
            ],
            Facts = [new(Attack, Attack)],
        };
    }

    private static TableSection Table() => new(Attack,
        [
            new(Attack) { Description = Attack }, new(Unbroken, ValueKind.Number),
            .. Enumerable.Range(0, 20).Select(i => new TableColumn($"column {i}", ValueKind.Percent)),
        ],
        [
            .. Names.Select(name => new TableRow(name, 1e-6) { Badge = Attack, LinkTo = Attack, Emphasis = Emphasis.Best }),
            .. Extremes.Select(x => new TableRow(["x", .. Enumerable.Repeat(TableCell.Estimate(x, -x, x), 21)])),
            TableRow.Failed(Attack, Attack + Unbroken), new TableRow(),
        ])
    {
        Notes = [Attack, Unbroken],
        Sortable = true,
        Explanation = Attack,
        Id = Attack,
    };

    private static ReportSection[] Charts(string kind, ChartAxis x, ChartAxis y) =>
    [
        new LineChartSection($"Lines {kind}", x, y, [.. Enumerable.Range(0, 12).Select(Line)])
        {
            References =
                [ReferenceLine.Diagonal(Attack), ReferenceLine.Horizontal(double.NaN, "lost"), ReferenceLine.Vertical(1e300, LongName)],
        },
        new ScatterSection($"Points {kind}", x, y, [.. Names.Select(name => new ScatterSeries(name,
            [.. Enumerable.Range(0, 1000).Select(k => new ChartPoint(Math.Pow(10, (k % 13) - 6), Math.Pow(10, ((k * 7) % 13) - 6)))]))])
        {
            EqualAxes = true,
            References = [ReferenceLine.Diagonal()],
        },
        new DotPlotSection($"Dots {kind}", x, [.. Enumerable.Range(0, 12).Select(i => new DotPlotRow(Name(i), Extremes)
        {
            Mean = Extremes[i],
            Interval = new(Extremes[i], Extremes[(i + 5) % 13]),
            Emphasis = (Emphasis)(i % 4),
        })])
        {
            MeanLabel = Attack,
            DotLabel = LongName,
        },
        new BarChartSection($"Bars {kind}", x, [.. Extremes.Select((value, i) => new Bar(Name(i), value)
        {
            Interval = new(-1e6, 1e6),
            Emphasis = (Emphasis)(i % 4),
        })]),
        new HistogramSection($"Bins {kind}", x, [-1, 0, 1e-6, 1, 1e6],
            [new(Attack, [1, 2, double.NaN, 4]), new(LongName, [0, 0, 0, 0]), new("", [1e6, double.PositiveInfinity, -3, 2.5])]),
    ];

    private static string Name(int i) => Names[i % Names.Length];

    private static LineSeries Line(int i)
    {
        var ys = Extremes.Skip(i).Concat(Enumerable.Range(0, 40).Select(k => Math.Pow(10, (k / 3.0) - 6)));
        return new LineSeries(Name(i), [.. ys.Select((y, k) => new ChartPoint(k + 1e-6, y))])
        {
            Note = i % 2 == 0 ? Attack : "AUC 0.5",
            Step = i % 3 == 0,
            Band = [new(-1, 1), new(double.NaN, 3)],
        };
    }

    private static ReportSection[] Empty()
    {
        ChartAxis x = new("x"), y = new("y");
        return
        [
            new LineChartSection("No series", x, y, []),
            new LineChartSection("No points", x, y, [new("a", []), new("b", [])]),
            new LineChartSection("One point", x, y, [new("a", [new(1, 1)])]),
            new LineChartSection("Not finite", x, y, [new("a", [new(double.NaN, 1)])]),
            new LineChartSection("Constant", new("Epoch", ValueKind.Integer), y, [new("a", [new(3, 0.25), new(3, 0.25)])]),
            new ScatterSection("No points at all", x, y, []),
            new DotPlotSection("No rows", x, []),
            new DotPlotSection("Rows without values", x, [new("a", [])]),
            new BarChartSection("No bars", x, []),
            new BarChartSection("Zeros", x, [new("a", 0), new("b", 0)]),
            new HistogramSection("No distribution", x, [0, 1], []),
            new HeatMapSection("No cells", "r", "c", [], [], []),
            new HeatMapSection("No columns", "r", "c", ["a"], [], [[]]),
            new TableSection("No rows in the table", [new("a")], []),
            new GraphSection("No nodes", [], []),
            new KeyValueSection("No facts", []),
            new TextSection("No text", []),
            new GroupSection("No parts", []),
            new GroupSection("No parts, closed", []) { Collapsed = true, SideBySide = true },
        ];
    }

    private static ReportSection[] Matrices() =>
    [
        Matrix("Ten long names", 10, i => Name(i) + i),
        Matrix("Sixty classes", 60, i => $"class {i}"),
        Matrix("Two hundred classes", 200, i => $"{i}"),
        new HeatMapSection("Extremes", "r", "c",
            Names, [.. Extremes.Select(x => NumberFormat.Number(x))], [.. Names.Select(_ => Extremes)])
        { Kind = ValueKind.Number },
        new HeatMapSection("Row sums overflow", Attack, LongName, ["a"], ["b", "c"], [[double.MaxValue, double.MaxValue]])
        {
            Shading = HeatMapShading.Row,
            Kind = ValueKind.Percent,
        },
    ];

    private static HeatMapSection Matrix(string title, int size, Func<int, string> label)
    {
        string[] labels = [.. Enumerable.Range(0, size).Select(label)];
        var values = labels.Select((_, r) => labels.Select((_, c) => (double)((r * 7919 * (c + 3)) % 20011)).ToArray());
        return new(title, "Actual", "Predicted", labels, labels, [.. values])
        {
            DiagonalIsCorrect = true,
            Shading = HeatMapShading.Row,
        };
    }

    private static ReportSection[] Ranges()
    {
        (double Low, double High)[] ranges =
            [(1e-6, 1e6), (999_999, 1_000_001), (-1e-9, 1e-9), (123_456_789, 123_456_790), (0.999999, 1)];
        return
        [
            .. ranges.Select((range, i) => new LineChartSection($"Range {i}", new("x"), new("y"),
                [new("a", [new(range.Low, range.Low), new(range.High, range.High)])])),
            .. Enum.GetValues<ValueKind>().Select(kind => new ScatterSection($"Kind {kind}", new("x", kind), new("y", kind),
                [new("a", [new(0.001, 0.002), new(7200, 86400)])])),
        ];
    }

    private static ReportSection[] Diagrams()
    {
        var deep = new ReportTreeNode("leaf");
        for (var i = 0; i < 5000; i++)
            deep = new ReportTreeNode($"{Name(i)} {i}") { Children = [deep], Branch = Attack, Detail = LongName };
        var ring = Enumerable.Range(0, 30).Select(i => new ReportGraphEdge($"{i}", $"{(i + 1) % 30}"));
        return
        [
            new TreeSection("Deep", deep),
            new TreeSection("Wide", new("root") { Children = [.. Enumerable.Range(0, 500).Select(i => new ReportTreeNode($"{i}"))] }),
            new TreeSection("Full", Full(5)),
            new TreeSection("Alone", new(Attack)),
            new GraphSection("Ring with chords",
                [.. Enumerable.Range(0, 30).Select(i => new ReportGraphNode($"{i}", Name(i)) { Detail = i % 2 == 0 ? Attack : null })],
                [.. ring, new("0", "15"), new("3", "3"), new("20", "4"), new("0", "1")]),
            new GraphSection("Too large",
                [.. Enumerable.Range(0, 300).Select(i => new ReportGraphNode($"{i}", $"n{i}"))],
                [.. Enumerable.Range(1, 299).Select(i => new ReportGraphEdge($"{i - 1}", $"{i}"))]),
        ];
    }

    private static ReportTreeNode Full(int depth) => new($"x[{depth}] ≤ 0.5")
    {
        Branch = depth % 2 == 0 ? "yes" : "no",
        Children = depth == 0 ? [] : [Full(depth - 1), Full(depth - 1)],
    };

    private static GroupSection Nested(int depth) => new(Attack, depth == 0 ? [Table()] : [Nested(depth - 1)])
    {
        Collapsed = depth % 2 == 0,
        Summary = Unbroken,
        Explanation = Attack,
    };
}
