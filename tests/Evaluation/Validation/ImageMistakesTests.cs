using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Validation;

[TestClass]
public sealed class ImageMistakesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_digits_of_which_a_model_was_surest_and_wrong_are_shown()
    {
        var digits = _ml.Data.LoadDataset("digits");
        var scored = _ml.Transforms.Conversion.MapValueToKey("Label", "Digit").Append(_ml.MulticlassClassification.Trainers.NaiveBayes("Label", "Pixels")).Fit(digits).Transform(digits);
        var found = EvaluationReport.Run(LearningTask.Multiclass, digits, scored, new EvaluationOptions { Model = "bayes" });
        Assert.IsNotNull(found.Mistakes);
        Assert.HasCount(12, found.Mistakes.Images);
        Assert.AreEqual(new ImageLayout(1, 8, 8), found.Mistakes.Layout);
        string[][] captions = [.. found.Mistakes.Images.Select(i => i.Caption.Split(' '))];
        Assert.IsTrue(captions.All(c => c[0] != c[3].TrimEnd(',')));
        CollectionAssert.AreEqual(captions.OrderByDescending(c => c[^1], StringComparer.Ordinal).Select(c => c[^1]).ToList(), captions.Select(c => c[^1]).ToList());
        Assert.Contains(found.Mistakes, found.ToReport().Sections);
    }

    [TestMethod]
    public void Rows_that_are_no_images_have_none()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var scored = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth").Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(iris).Transform(iris);
        Assert.IsNull(EvaluationReport.Run(LearningTask.Multiclass, iris, scored, new EvaluationOptions { Model = "bayes" }).Mistakes);
    }
}
