using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>A report with every kind of section and content as a comparison on the iris flowers would give.</summary>
internal static class DemoReport
{
    private static readonly (string Name, double Mean, double Width, double Fit, int Parameters)[] Candidates =
    [
        ("mlp", 0.9711, 0.0118, 0.212, 867),
        ("svm (rbf)", 0.9689, 0.0121, 0.0041, 135),
        ("softmax", 0.9667, 0.0124, 0.0113, 15),
        ("lda", 0.9644, 0.0131, 0.00062, 27),
        ("knn", 0.9622, 0.0140, 0.00018, 600),
        ("random forest", 0.9533, 0.0149, 0.094, 4812),
        ("gradient boosting", 0.9511, 0.0160, 0.351, 8920),
        ("naive bayes", 0.9489, 0.0158, 0.00031, 27),
        ("majority class", 0.3333, 0, 0.00004, 3),
    ];

    private static readonly string[] Species = ["setosa", "versicolor", "virginica"];

    public static Report Create() => new(
        "Iris: nine classifiers compared",
        "The neural network scores highest, at 97.1% of flowers named correctly, but four simpler models cannot be told apart from it; "
        + "of these, linear discriminant analysis trains 300 times faster.")
    {
        Subtitle = "150 rows · 3 classes · 10-fold cross-validation repeated 3 times · accuracy, higher is better",
        Sections =
        [
            Leaderboard(), Folds(),
            new GroupSection("Ranking quality", [Roc(), PrecisionRecall()])
            {
                SideBySide = true,
                Explanation = "One class against the others, averaged over classes, on the rows that each fold held out.",
            },
            Confusion(), Importance(), Pairwise(),
            new GroupSection("Each candidate", [.. Candidates.Select((c, i) => Candidate(c.Name, i))]),
            new GroupSection("The data", [Data(), Pca(), Histogram(), Digits()]),
            new GroupSection("Regression, for the sake of completeness", [Predicted(), Calibration()]) { SideBySide = true },
            new TextSection("Two rows are the same",
                ["Rows 102 and 143 agree in every column. One may stand in a training fold while the other is scored, which makes every "
                    + "candidate look a little better than it is."])
            { Tone = TextTone.Warning },
            new TextSection("How to read this report",
            [
                "Every candidate saw the same folds. An interval covers the mean of a candidate in 95 of 100 repetitions.",
                "Candidates that share the best's badge are not told apart from it by a corrected resampled t-test at the 5% level.",
            ]),
        ],
        Facts =
        [
            new("MLPath", "0.1.0"), new("Seed", "42"), new("Data", "iris, sha256 3f2a…91bc"), new("Threads", "2"),
            new("Wall time", "38.2 s"), new("Command", "mlpath compare iris --report iris.html"),
        ],
    };

    private static TableSection Leaderboard() => new("Leaderboard",
        [
            new("Candidate"),
            new("Accuracy", ValueKind.Percent) { Description = "Share of rows named correctly, with its 95% interval." },
            new("Log loss", ValueKind.Number),
            new("p vs best", ValueKind.PValue) { Description = "Corrected resampled t-test against the best." },
            new("Fit time", ValueKind.Seconds),
            new("Parameters", ValueKind.Integer),
        ],
        [
            .. Candidates.Select((c, i) => new TableRow(
                c.Name, c.Width > 0 ? TableCell.Estimate(c.Mean, c.Mean - c.Width, Math.Min(1, c.Mean + c.Width)) : c.Mean,
                i == 8 ? 1.0986 : 0.081 + (i * 0.0173), i == 0 ? TableCell.Empty : i == 8 ? 1e-9 : 0.61 / i, c.Fit, c.Parameters)
            {
                Emphasis = i == 0 ? Emphasis.Best : i == 8 ? Emphasis.Muted : Emphasis.None,
                Badge = i == 0 ? "best" : i < 5 ? "tied" : i == 8 ? "baseline" : null,
                LinkTo = "candidate-" + c.Name,
            }),
            TableRow.Failed("quadratic discriminant",
                "Class 'setosa' has fewer rows (4) than features (5) in fold 3: its covariance cannot be inverted. Use Shrinkage > 0."),
        ])
    {
        Explanation = "Mean over 30 held-out folds, with a 95% interval.",
        Notes = ["Tied: no evidence at the 5% level that the candidate is worse than the best."],
        Sortable = true,
    };

    private static DotPlotSection Folds() => new("Fold by fold", ChartAxis.Share("Accuracy on a held-out fold"),
        [.. Candidates.Select((c, k) => new DotPlotRow(c.Name, FoldScores(c.Mean, k))
        {
            Mean = c.Mean,
            Interval = c.Width > 0 ? new ReportInterval(c.Mean - c.Width, c.Mean + c.Width) : null,
            Emphasis = k == 0 ? Emphasis.Best : k == 8 ? Emphasis.Muted : Emphasis.None,
        })])
    {
        Explanation = "A dot is the score on one fold of 15 rows: a single flower moves it by 6.7 points.",
    };

    private static double[] FoldScores(double mean, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 30).Select(_ => Math.Clamp(Math.Round((mean + (0.045 * Normal(random))) * 15) / 15, 0, 1))];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static LineChartSection Roc() => new("ROC curve", ChartAxis.Unit("False positive rate"), ChartAxis.Unit("True positive rate"),
        [.. Candidates.Take(4).Select((c, k) => new LineSeries(c.Name,
            [.. Enumerable.Range(0, 101).Select(i => new ChartPoint(i / 100.0, Math.Pow(i / 100.0, 0.02 + (0.03 * k))))])
        { Note = $"AUC 0.9{98 - (8 * k):00}" })])
    {
        References = [ReferenceLine.Diagonal("chance")],
        Square = true,
    };

    private static LineChartSection PrecisionRecall() => new("Precision and recall", ChartAxis.Unit("Recall"), ChartAxis.Unit("Precision"),
        [.. Candidates.Take(4).Select((c, k) => new LineSeries(c.Name,
            [.. Enumerable.Range(0, 31).Select(i => new ChartPoint(i / 30.0, 1 - (0.5 * Math.Pow(i / 30.0, 14 - (3 * k)))))])
        { Step = true })])
    {
        Square = true,
    };

    private static HeatMapSection Confusion() => new("Confusion of the best candidate", "Actual", "Predicted",
        ["Iris-setosa", "Iris-versicolor", "Iris-virginica"], ["Iris-setosa", "Iris-versicolor", "Iris-virginica"],
        [[150, 0, 0], [0, 142, 8], [0, 5, 145]])
    {
        Shading = HeatMapShading.Row,
        DiagonalIsCorrect = true,
        Explanation = "Rows are what a flower is, columns what the model called it.",
    };

    private static BarChartSection Importance() => new(
        "What the models look at", new ChartAxis("Loss of accuracy when the feature is shuffled", ValueKind.Percent),
        [
            new("PetalWidth", 0.312) { Interval = new(0.281, 0.343), Emphasis = Emphasis.Best },
            new("PetalLength", 0.227) { Interval = new(0.2, 0.254) },
            new("SepalLength", 0.021) { Interval = new(0.008, 0.034) },
            new("SepalWidth", -0.004) { Interval = new(-0.013, 0.005) },
        ]);

    private static HeatMapSection Pairwise() => new("Pairwise differences", "Candidate", "minus",
        [.. Candidates.Take(6).Select(c => c.Name)], [.. Candidates.Take(6).Select(c => c.Name)],
        [.. Candidates.Take(6).Select(a => Candidates.Take(6).Select(b => Math.Round(100 * (a.Mean - b.Mean), 2)).ToArray())])
    {
        Kind = ValueKind.Number,
        Explanation = "Mean accuracy of the row minus that of the column, in percentage points.",
    };

    private static GroupSection Candidate(string name, int k) => new(name, [Loss(k), Options(k), k == 2 ? Graph() : Tree()])
    {
        Id = "candidate-" + name,
        Collapsed = true,
        Summary = $"accuracy {NumberFormat.Percent(Candidates[k].Mean)}, fitted in {NumberFormat.Seconds(Candidates[k].Fit)}",
    };

    private static LineChartSection Loss(int k) => new(
        "Loss while training", new ChartAxis("Epoch", ValueKind.Integer), new ChartAxis("Cross-entropy") { Logarithmic = true },
        [
            new("training",
                [.. Enumerable.Range(1, 60).Select(e => new ChartPoint(e, (1.1 * Math.Exp(-e / (9.0 + k))) + 0.02))]),
            new("validation",
                [.. Enumerable.Range(1, 60).Select(e => new ChartPoint(e, (1.1 * Math.Exp(-e / 10.0)) + 0.05 + (0.0004 * e)))]),
        ])
    {
        References = [ReferenceLine.Vertical(41, "epoch kept")],
    };

    private static KeyValueSection Options(int k) => new("Options",
        [
            new("HiddenUnits", "32, 16"), new("LearningRate", "0.001"), new("Epochs", "60"), new("BatchSize", "32"),
            new("Seed", $"{42 + k}"), new("WeightDecay", "0.0001"),
        ]);

    private static TreeSection Tree() => new("A surrogate tree", new ReportTreeNode("PetalLength ≤ 2.45")
    {
        Detail = "150 rows",
        Children =
        [
            new("setosa") { Branch = "yes", Detail = "50 rows, 100%" },
            new("PetalWidth ≤ 1.75")
            {
                Branch = "no",
                Detail = "100 rows",
                Children =
                [
                    new("versicolor") { Branch = "yes", Detail = "54 rows, 91%" },
                    new("virginica") { Branch = "no", Detail = "46 rows, 98%" },
                ],
            },
        ],
    });

    private static GraphSection Graph() => new("Pipeline",
        [
            new("a", "Concatenate") { Detail = "SepalLength, SepalWidth, PetalLength, PetalWidth → Features" },
            new("b", "NormalizeMeanVariance") { Detail = "Features[4]" },
            new("c", "MapValueToKey") { Detail = "Species → Label" },
            new("d", "LbfgsMaximumEntropy") { Detail = "4 × 3 weights" },
            new("e", "MapKeyToValue"),
        ],
        [new("a", "b"), new("b", "d"), new("c", "d"), new("d", "e"), new("c", "e")]);

    private static KeyValueSection Data() => new("Summary",
        [
            new("Rows", "150"), new("Features", "4 numbers"), new("Label", "Species, 3 classes of 50"), new("Missing", "none"),
            new("Duplicates", "1 pair"), new("Fingerprint", "3f2a8c41d0e791bc"),
        ]);

    private static ScatterSection Pca()
    {
        var random = new Random(7);
        ChartPoint Flower(int k) => new((k * 1.7) - 2.2 + (0.45 * Normal(random)), (k == 1 ? -0.3 : 0.2) + (0.8 * Normal(random)));
        return new("First two principal components", new ChartAxis("Component 1 (72.9% of variance)"), new ChartAxis("Component 2 (22.9%)"),
            [.. Species.Select((s, k) => new ScatterSeries(s, [.. Enumerable.Range(0, 50).Select(_ => Flower(k))]))]);
    }

    private static HistogramSection Histogram() => new(
        "Petal length", new ChartAxis("PetalLength (cm)"), [.. Enumerable.Range(0, 25).Select(i => 1 + (i * 0.25))],
        [.. Species.Select((s, k) => new HistogramSeries(s,
            [.. Enumerable.Range(0, 24).Select(i => Math.Round(18 * Math.Exp(-Math.Pow(i - 2 - (7.5 * k), 2) / (2 + (6 * k)))))]))]);

    private static HeatMapSection Digits()
    {
        var random = new Random(3);
        var labels = "0123456789".Select(digit => digit.ToString()).ToArray();
        double Count(int r, int c) => r == c ? 170 + random.Next(12) : Math.Max(0, random.Next(14) - 9);
        return new("Ten classes", "Actual", "Predicted", labels, labels,
            [.. Enumerable.Range(0, 10).Select(r => Enumerable.Range(0, 10).Select(c => Count(r, c)).ToArray())])
        {
            Shading = HeatMapShading.Row,
            DiagonalIsCorrect = true,
        };
    }

    private static ScatterSection Predicted()
    {
        var random = new Random(5);
        ChartPoint House()
        {
            var price = 50_000 + (450_000 * Math.Pow(random.NextDouble(), 2));
            return new(price, price * (1 + (0.12 * Normal(random))));
        }
        return new("Predicted against actual", new ChartAxis("Actual price"), new ChartAxis("Predicted price"),
            [new("test rows", [.. Enumerable.Range(0, 1000).Select(_ => House())])])
        {
            EqualAxes = true,
            References = [ReferenceLine.Diagonal("perfect")],
        };
    }

    private static LineChartSection Calibration()
    {
        ChartPoint[] points =
            [.. Enumerable.Range(0, 10).Select(i => (i + 0.5) / 10).Select(p => new ChartPoint(p, p + (0.09 * Math.Sin(6 * p))))];
        var band = points.Select(p => new ReportInterval(Math.Max(0, p.Y - 0.07), Math.Min(1, p.Y + 0.07)));
        return new("Calibration", ChartAxis.Unit("Predicted probability"), ChartAxis.Unit("Share that came true"),
            [new("mlp", points) { Band = [.. band] }])
        {
            Square = true,
            References = [ReferenceLine.Diagonal("perfect")],
        };
    }
}
