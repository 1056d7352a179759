using MLPath.Evaluation.Tests.Comparison;
using MLPath.Evaluation.Tests.Comparison.Datasets;
using MLPath.Reports;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>Reports of every kind, by name, each made once: a new kind joins all tests of pages with a line here.</summary>
internal static class NamedReports
{
    private static readonly MLContext ML = new(seed: 1);

    private static readonly Dictionary<string, Lazy<Report>> Made = new(StringComparer.Ordinal)
    {
        ["demo"] = new(DemoReport.Create),
        ["hostile"] = new(HostileReport.Create),
        ["binary"] = new(() => RealReports.Of(LearningTask.Binary)),
        ["multiclass"] = new(() => RealReports.Of(LearningTask.Multiclass)),
        ["regression"] = new(() => RealReports.Of(LearningTask.Regression)),
        ["clustering"] = new(() => RealReports.Of(LearningTask.Clustering)),
        ["many-candidates"] = new(() => SyntheticComparison.Binary(candidates: 100, rows: 2_000, folds: 5, repeats: 1).ToReport()),
        ["many-classes"] = new(() => SyntheticComparison.Multiclass(candidates: 2, classes: 120, rows: 3_000).ToReport()),
        ["tiny"] = new(Tiny),
        ["evaluation"] = new(() => EvaluationOfDigits().ToReport()),
        ["evaluation-regression"] = new(EvaluationOfDiabetes),
        ["training"] = new(() => TrainingOfNetwork().ToReport()),
        ["explanation"] = new(Explanation),
        ["learning-curve"] = new(LearningCurve),
        ["datasets"] = new(() => Fabricated.Of(Fabricated.Demsar, Fabricated.DemsarScores, baseline: "C4.5").ToReport()),
        ["data-classes"] = new(() => DataReport.Of(ML.Data.LoadDataset("iris"), "Species").ToReport()),
        ["data-numbers"] = new(() => DataReport.Of(ML.Data.LoadDataset("diabetes"), "Progression").ToReport()),
        ["data-hostile"] = new(() => DataReport.Of(HostileTable(), "Label").ToReport()),
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => Made.Keys;

    /// <summary>A report.</summary>
    public static Report Get(string name) => Made[name].Value;

    /// <summary>A model of handwritten digits with the images that it was surest of, and wrong.</summary>
    public static EvaluationReport EvaluationOfDigits()
    {
        var digits = ML.Data.LoadDataset("digits");
        var model = ML.Transforms.Conversion.MapValueToKey("Label", "Digit").Append(ML.MulticlassClassification.Trainers.NaiveBayes("Label", "Pixels")).Fit(digits);
        return EvaluationReport.Run(LearningTask.Multiclass, digits, model.Transform(digits),
            new EvaluationOptions { Model = "bayes.mlpath", LabelName = "Digit", Pipeline = $"{model}" });
    }

    /// <summary>A network's training, with its curves.</summary>
    public static TrainingReport TrainingOfNetwork()
    {
        var iris = ML.Data.LoadDataset("iris");
        var pipeline = ML.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(ML.Transforms.NormalizeMeanVariance("Features")).Append(ML.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(ML.MulticlassClassification.Trainers.Mlp(new MlpTrainer.Options { HiddenUnits = [16], Epochs = 30 }));
        var diagnoses = new List<Diagnosis>();
        var model = pipeline.Fit(iris, FitContext.Default with { Seed = 1, DiagnosisSink = diagnoses.Add });
        return new TrainingReport
        {
            Algorithm = "Multilayer perceptron",
            Model = model,
            DataSource = "iris",
            LabelName = "Species",
            Data = DataSummary.Of(iris),
            Diagnoses = diagnoses,
        };
    }

    private static Report Explanation()
    {
        var data = ML.Data.LoadDataset("breast-cancer");
        var model = ML.Transforms.Concatenate("Features", "WorstRadius", "WorstTexture", "MeanConcavity").Append(ML.Transforms.NormalizeMeanVariance("Features"))
            .Append(ML.Transforms.Conversion.MapValue<string, bool>("Label", [KeyValuePair.Create("benign", false), KeyValuePair.Create("malignant", true)], "Diagnosis"))
            .Append(ML.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(data);
        var options = new ExplanationOptions { Model = "clinic", BinaryClasses = ["benign", "malignant"], Repeats = 2, Costs = new DecisionCosts { FalseNegative = 5 } };
        return ML.BinaryClassification.Explain(model, data, options).ToReport();
    }

    private static Report LearningCurve() => ML.MulticlassClassification.LearningCurve(ML.Data.LoadDataset("iris"), "Species", new()
    {
        ["bayes"] = ML.Transforms.Concatenate("Features", "SepalLength", "SepalWidth").Append(ML.MulticlassClassification.Trainers.NaiveBayes()),
        ["baseline"] = ML.Transforms.Concatenate("Features", "SepalLength", "SepalWidth").Append(ML.MulticlassClassification.Trainers.Prior()),
    }, new CurveOptions { Fractions = [0.1, 0.3, 1], Folds = 3 }).ToReport();

    private static Report EvaluationOfDiabetes()
    {
        var data = ML.Data.LoadDataset("diabetes");
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n != "Progression")];
        var model = ML.Transforms.Concatenate("Features", features).Append(ML.Transforms.CopyColumns("Label", "Progression")).Append(ML.Regression.Trainers.Ols()).Fit(data);
        return EvaluationReport.Run(LearningTask.Regression, data, model.Transform(data), new EvaluationOptions { Model = "ols", LabelName = "Progression" }).ToReport();
    }

    // Six rows, two folds, and a candidate that fails.
    private static Report Tiny()
    {
        var rows = ML.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(i => new TinyRow { X = i, Y = i % 2 == 0 ? "a" : "b" }));
        return ML.MulticlassClassification.Compare(rows, "Y", new()
        {
            ["bayes"] = ML.Transforms.Concatenate("Features", "X").Append(ML.MulticlassClassification.Trainers.NaiveBayes()),
            ["lost"] = ML.Transforms.Concatenate("Features", "Z").Append(ML.MulticlassClassification.Trainers.NaiveBayes()),
        }, folds: 2).ToReport();
    }

    private static IDataView HostileTable() => ML.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new HostileRow
    {
        Constant = 1,
        Missing = float.NaN,
        Gaps = i % 3 == 0 ? float.NaN : i,
        Extreme = i == 7 ? double.MaxValue : i == 8 ? double.MinValue : i == 9 ? double.PositiveInfinity : i,
        Identifier = $"{HostileReport.Attack} {i}",
        Category = i % 5 == 0 ? "" : i % 5 == 1 ? HostileReport.Attack : new string('W', 60 + (i % 5)),
        Truth = i % 2 == 0,
        Label = i % 7 == 0 ? "" : i % 2 == 0 ? "yes" : HostileReport.Attack,
    }));

    private sealed class TinyRow
    {
        public float X { get; set; }

        public string Y { get; set; } = "";
    }

    private sealed class HostileRow
    {
        public float Constant { get; set; }

        public float Missing { get; set; }

        public float Gaps { get; set; }

        public double Extreme { get; set; }

        public string Identifier { get; set; } = "";

        public string Category { get; set; } = "";

        public bool Truth { get; set; }

        public string Label { get; set; } = "";
    }
}
