using MLPath.Data;
using MLPath.Runtime;
using static MLPath.Evaluation.Tests.Examinations.Made;
using Fitted = MLPath.Data.TransformerChain<MLPath.Data.BinaryPredictionTransformer<MLPath.Trainers.NaiveBayesModelParameters>>;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>What the doctor sees when a model is trained, or measured on rows of its own; and the hold-out that counts.</summary>
[TestClass]
public sealed class EvaluationCheckTests
{
    private const int N = 200;

    private static InMemoryDataView Rows(int rows, int seed, float distance = 2) => Table(
        ("X", Normal(rows, seed, (row, x) => x + (row % 2 * distance))), ("Y", Normal(rows, seed + 1)), ("Truth", Each(rows, row => row % 2 * 1f)));

    private static Fitted Model(IDataView train, params string[] features) => new EstimatorChain<ITransformer>()
        .Append(Ml.Transforms.Concatenate("Features", features)).Append(Ml.Transforms.NormalizeMeanVariance("Features"))
        .Append(Ml.Transforms.Conversion.ConvertType("Label", "Truth", DataKind.Boolean)).Append(Ml.BinaryClassification.Trainers.NaiveBayes()).Fit(train, FitContext.Default);

    private static EvaluationReport Measured(Fitted model, IDataView test, EvaluationOptions? options = null) => EvaluationReport.Run(
        LearningTask.Binary, test, model.Transform(test), (options ?? new EvaluationOptions { Model = "bayes" }) with { LabelName = "Truth" });

    [TestMethod]
    public void A_model_measured_on_its_training_rows_is_an_error_and_on_others_it_is_not()
    {
        var train = Rows(N, 1);
        var model = Model(train, "X", "Y");
        var options = new EvaluationOptions { Model = "bayes", FittedOn = model.FittedOn };
        Assert.AreEqual(DiagnosisSeverity.Error, Measured(model, train, options).Findings.One("train-test-duplicates").Severity);
        var other = Measured(model, Rows(N, 11), options).Findings;
        other.None("train-test-duplicates");
        other.None("fitted-outside-folds");
    }

    [TestMethod]
    public void A_step_that_learned_from_the_tested_rows_is_an_error()
    {
        var train = Rows(N, 1);
        Assert.AreEqual(DiagnosisSeverity.Error, Measured(Model(train, "X"), train).Findings.One("fitted-outside-folds").Severity);
    }

    [TestMethod]
    public void Training_rows_at_hand_show_twins_and_shifts()
    {
        var train = Rows(N, 1);
        var model = Model(train, "X", "Y");
        var moved = Table(("X", Normal(N, 21, (row, x) => x + 4 + (row % 2 * 2))), ("Y", Normal(N, 2)), ("Truth", Each(N, row => row % 2 * 1f)));
        var found = Measured(model, moved, new EvaluationOptions { Model = "bayes", TrainingData = train }).Findings;
        CollectionAssert.Contains(found.One("distribution-shift").Columns.ToList(), "X");
        Measured(model, Rows(N, 31), new EvaluationOptions { Model = "bayes", TrainingData = train }).Findings.None("distribution-shift");
    }

    [TestMethod]
    public void A_model_of_noise_is_no_better_than_the_baseline()
    {
        var backwards = Table(("X", Normal(N, 5, (row, x) => x - (row % 2 * 2))), ("Y", Normal(N, 6)), ("Truth", Each(N, row => row % 2 * 1f)));
        Measured(Model(Rows(N, 1), "X"), backwards).Findings.One("no-better-than-baseline");
        Measured(Model(Rows(N, 1), "X"), Rows(N, 7)).Findings.None("no-better-than-baseline");
    }

    [TestMethod]
    public void A_training_shows_what_the_data_and_the_scale_of_the_features_show()
    {
        var data = Table(("X", Normal(N, 1)), ("Wide", Normal(N, 2, (_, x) => 10_000 * x)), ("Truth", Each(N, row => row % 2 * 1f)), ("Id", Each(N, row => row)));
        var pipeline = new EstimatorChain<ITransformer>().Append(Ml.Transforms.Concatenate("Features", "X", "Wide"))
            .Append(Ml.Transforms.Conversion.ConvertType("Label", "Truth", DataKind.Boolean)).Append(Ml.BinaryClassification.Trainers.KNearestNeighbors());
        var findings = Doctor.ExamineTraining(data, pipeline.Fit(data, FitContext.Default), pipeline, "Truth", LearningTask.Binary);
        StringAssert.Contains(findings.One("unscaled-input").Message, "Wide");
        findings.None("identifier-feature");
        var tree = new EstimatorChain<ITransformer>().Append(Ml.Transforms.Concatenate("Features", "X", "Wide"))
            .Append(Ml.Transforms.Conversion.ConvertType("Label", "Truth", DataKind.Boolean)).Append(Ml.BinaryClassification.Trainers.DecisionTree());
        Doctor.ExamineTraining(data, tree.Fit(data, FitContext.Default), tree, "Truth", LearningTask.Binary).None("unscaled-input");
    }

    [TestMethod]
    public void A_hold_out_counts_its_openings_and_the_reports_tell()
    {
        var holdOut = Ml.Data.HoldOut(Rows(N, 1), fraction: 0.25);
        var model = Model(holdOut.TrainSet, "X");
        Assert.AreEqual(0, holdOut.Openings);
        Assert.AreEqual(DiagnosisSeverity.Info, Measured(model, holdOut.Open()).Findings.One("reused-test-set").Severity);
        var second = Measured(model, holdOut.Open()).Findings.One("reused-test-set");
        Assert.AreEqual(DiagnosisSeverity.Warning, second.Severity);
        StringAssert.Contains(second.Message, "2 times");
        Assert.AreEqual(2, holdOut.Openings);
        Measured(model, Rows(N, 9)).Findings.None("reused-test-set");
    }

    [TestMethod]
    public void The_count_outlives_the_program_where_there_is_a_file()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("mlpath-holdout-").FullName, "rows.holdout.json");
        try
        {
            HoldOut Again() => Ml.Data.HoldOut(Rows(N, 1), seed: 3, countFile: file);
            _ = Again().Open();
            _ = Again().Open();
            Assert.AreEqual(2, Again().Openings);
            Assert.AreEqual(0, Ml.Data.HoldOut(Rows(N, 2), seed: 3, countFile: file).Openings, "Other rows are counted apart.");
            var findings = Doctor.Examine(Again().Open());
            StringAssert.Contains(findings.One("reused-test-set").Message, "3 times");
            File.WriteAllText(file, "{ \"openings\": 3 }");
            StringAssert.Contains(Assert.Throws<DataException>(() => Again().Open()).Message, "does not hold the openings");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [TestMethod]
    public void The_count_is_no_part_of_the_identity_of_the_rows()
    {
        var holdOut = Ml.Data.HoldOut(Rows(N, 1));
        Assert.AreEqual(holdOut.Open().Lineage.Fingerprint, holdOut.Open().Lineage.Fingerprint);
    }
}
