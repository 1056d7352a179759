using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Provenance;

/// <summary>Small reports of real data.</summary>
internal static class Samples
{
    private static readonly string[] Lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    /// <summary>Iris: naive Bayes, the majority, and a candidate that cannot be measured.</summary>
    public static ComparisonReport Iris(int seed = 1, int folds = 3)
    {
        var ml = new MLContext(seed: 1);
        var features = ml.Transforms.Concatenate("Features", Lengths);
        return ml.MulticlassClassification.Compare(ml.Data.LoadDataset("iris"), "Species", new()
        {
            ["bayes"] = features.Append(ml.MulticlassClassification.Trainers.NaiveBayes()),
            ["baseline"] = features.Append(ml.MulticlassClassification.Trainers.Prior()),
            ["broken"] = ml.Transforms.Concatenate("Features", "Petal").Append(ml.MulticlassClassification.Trainers.NaiveBayes()),
        }, folds: folds, seed: seed);
    }

    /// <summary>Predictions of a number, right to the last digit or not at all.</summary>
    public static EvaluationReport Numbers(params (float Label, float Score)[] rows)
    {
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable(rows.Select(r => new Scored { Label = r.Label, Score = r.Score }));
        return EvaluationReport.Run(LearningTask.Regression, data, data, new EvaluationOptions { Model = "m" });
    }

    private sealed class Scored
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }
}
