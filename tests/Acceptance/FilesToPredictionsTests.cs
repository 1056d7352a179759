using System.Globalization;
using MLPath.Data;

namespace MLPath.Acceptance.Tests;

/// <summary>From public files to predictions by the command line alone: compare, train and predict, each in a process of its own.</summary>
[TestClass]
public sealed class FilesToPredictionsTests(TestContext test)
{
    private static readonly DelimitedFile Table = new();

    [TestMethod]
    public async Task Titanic()
    {
        string passengers = PublicData.Require("tabular/titanic/titanic.csv");
        using var folder = new TestFolder();
        var survived = Table.Without(passengers, column: 1, folder["new.csv"]);
        await Compare("logistic", "AreaUnderRocCurve", atLeast: 0.83, passengers, "--label", "Survived", "--algorithms", "logistic,tree,bayes,baseline", "--folds", "5");
        var predictions = await TrainAndPredict(folder, folder["new.csv"], passengers, "--label", "Survived", "--algorithm", "logistic");
        Assert.HasCount(891, survived);
        AssertAgreement(survived, Texts(predictions, "PredictedLabel"), atLeast: 0.8);
    }

    [TestMethod]
    public async Task Adult_without_a_header()
    {
        string census = PublicData.Require("tabular/adult/adult-train.csv"), later = PublicData.Require("tabular/adult/adult-test.csv");
        using var folder = new TestFolder();
        var incomes = (Table with { HasHeader = false }).Without(later, column: 14, folder["new.csv"]).ConvertAll(i => i.TrimEnd('.'));
        await Compare("logistic", "AreaUnderRocCurve", atLeast: 0.89, census, "--algorithms", "logistic,tree,bayes,baseline", "--folds", "3");
        var predictions = await TrainAndPredict(folder, folder["new.csv"], census, "--algorithm", "logistic");
        Assert.HasCount(16_281, incomes);
        AssertAgreement(incomes, Texts(predictions, "PredictedLabel"), atLeast: 0.84);
    }

    [TestMethod]
    public async Task Messages_with_tabs_and_literal_quotes()
    {
        string messages = PublicData.Require("text/sms-spam/sms.tsv");
        using var folder = new TestFolder();
        var kinds = new DelimitedFile('\t', HasHeader: false, HasQuotes: false).Without(messages, column: 0, folder["new.tsv"]);
        await Compare("logistic", "F1Score", atLeast: 0.85, messages, "--label", "Column1", "--algorithms", "logistic,baseline", "--folds", "3", "--metric", "f1");
        var predictions = await TrainAndPredict(folder, folder["new.tsv"], messages, "--label", "Column1", "--algorithm", "logistic");
        AssertAgreement(kinds, Texts(predictions, "PredictedLabel"), atLeast: 0.95);
    }

    [TestMethod]
    public async Task Bike_sharing()
    {
        string days = PublicData.Require("tabular/bike-sharing/day.csv");
        using var folder = new TestFolder();
        var counts = Table.Without(days, column: 15, folder["new.csv"]);
        await Compare("ols", "RSquared", atLeast: 0.9, days, "--label", "cnt", "--algorithms", "ols,tree,baseline", "--folds", "5");
        var predictions = await TrainAndPredict(folder, folder["new.csv"], days, "--label", "cnt", "--algorithm", "ols");
        float[] scores = [.. predictions.GetColumn<float>("Score")];
        Assert.HasCount(731, scores);

        // The count is the sum of two other columns, which least squares finds.
        for (int day = 0; day < scores.Length; day++)
            Assert.AreEqual(float.Parse(counts[day], CultureInfo.InvariantCulture), scores[day], 0.5f);
    }

    [TestMethod]
    public async Task Mnist()
    {
        string digits = PublicData.Require("images/mnist/train-images-idx3-ubyte.gz");
        string later = PublicData.Require("images/mnist/t10k-images-idx3-ubyte.gz"), answers = PublicData.Require("images/mnist/t10k-labels-idx1-ubyte.gz");
        using var folder = new TestFolder();
        string news = folder["new-images-idx3-ubyte.gz"]; // away from the labels, which are found by their name
        File.Copy(later, news);
        await Compare("bayes", "MicroAccuracy", atLeast: 0.5, digits, "--algorithms", "bayes,baseline", "--folds", "2");
        var predictions = await TrainAndPredict(folder, news, digits, "--algorithm", "bayes");
        var written = Texts(new MLContext().Data.LoadFromIdxFile(later, answers), "Label");
        Assert.HasCount(10_000, written);
        AssertAgreement(written, Texts(predictions, "PredictedLabel"), atLeast: 0.5);
    }

    /// <summary>Compares, and checks which algorithm is best and how good it is.</summary>
    private async Task Compare(string best, string metric, double atLeast, params string[] args)
    {
        var outcome = await Tool.Run(test.CancellationToken, ["compare", .. args, "--json"]);
        var first = outcome.Json["candidates"]![0]!;
        double mean = first["metrics"]![metric]!["mean"]!.GetValue<double>();
        test.WriteLine(FormattableString.Invariant($"compare: {outcome.Duration.TotalSeconds:F1} s, {metric} {mean:F4} of {first["name"]}"));
        Assert.AreEqual(best, first["name"]!.GetValue<string>());
        Assert.IsGreaterThanOrEqualTo(atLeast, mean);
    }

    /// <summary>Trains and predicts.</summary>
    /// <param name="folder">Where the model and the predictions go.</param>
    /// <param name="news">The rows to predict, without their answers.</param>
    /// <param name="args">What to train on, and how.</param>
    private async Task<IDataView> TrainAndPredict(TestFolder folder, string news, params string[] args)
    {
        string model = folder["model.mlpath"], predictions = folder["predictions.csv"];
        var training = await Tool.Run(test.CancellationToken, ["train", .. args, "--model", model]);
        var prediction = await Tool.Run(test.CancellationToken, "predict", "--model", model, "--data", news, "--output", predictions);
        test.WriteLine(FormattableString.Invariant($"train: {training.Duration.TotalSeconds:F1} s, predict: {prediction.Duration.TotalSeconds:F1} s"));
        return new MLContext().Data.LoadFromTextFile(predictions);
    }

    private static List<string> Texts(IDataView view, string column) => view.Schema[column].Type switch
    {
        TextDataViewType => [.. view.GetColumn<string>(column)],
        KeyDataViewType => Texts(new MLContext().Transforms.Conversion.MapKeyToValue(column).Fit(view).Transform(view), column),
        _ => [.. view.GetColumn<float>(column).Select(v => v.ToString(CultureInfo.InvariantCulture))],
    };

    /// <summary>Checks that there is a prediction for each row, and that most are right, which they are not when rows or classes are mixed up.</summary>
    private static void AssertAgreement(List<string> answers, List<string> predictions, double atLeast)
    {
        Assert.HasCount(answers.Count, predictions);
        Assert.IsGreaterThanOrEqualTo(atLeast, answers.Zip(predictions).Count(p => p.First == p.Second) / (double)answers.Count);
    }
}
