using System.Globalization;
using System.Text;
using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath.Acceptance.Tests;

/// <summary>A pipeline's predictions in memory, and those of its saved model in a new process, which never saw the labels: the same, bit for bit.</summary>
[TestClass]
public sealed class SavedModelTests(TestContext test)
{
    // The algorithm that learns from images alone.
    private const string Images = "cnn";

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public async Task Titanic_with_every_algorithm()
    {
        string passengers = PublicData.Require("tabular/titanic/titanic.csv");
        using var folder = new TestFolder();
        new DelimitedFile().Without(passengers, column: 1, folder["new.csv"]);
        await AssertSame(folder, folder["new.csv"], _ml.Data.LoadFromTextFile(passengers), "Survived", LearningTask.Binary);
        await AssertSame(folder, folder["new.csv"], _ml.Data.LoadFromTextFile(passengers), "Survived", LearningTask.Multiclass);
    }

    [TestMethod]
    public async Task Bike_sharing_with_every_algorithm()
    {
        string days = PublicData.Require("tabular/bike-sharing/day.csv");
        using var folder = new TestFolder();
        new DelimitedFile().Without(days, column: 15, folder["new.csv"]);
        await AssertSame(folder, folder["new.csv"], _ml.Data.LoadFromTextFile(days), "cnt", LearningTask.Regression);
    }

    [TestMethod]
    public async Task Adult_without_a_header()
    {
        string census = PublicData.Require("tabular/adult/adult-train.csv");
        using var folder = new TestFolder();
        new DelimitedFile(HasHeader: false).Without(census, column: 14, folder["new.csv"]);
        await AssertSame(folder, folder["new.csv"], _ml.Data.LoadFromTextFile(census), "Column15", LearningTask.Binary, "logistic", "forest");
    }

    [TestMethod]
    public async Task Messages_with_tabs_and_literal_quotes()
    {
        string messages = PublicData.Require("text/sms-spam/sms.tsv");
        using var folder = new TestFolder();
        new DelimitedFile('\t', HasHeader: false, HasQuotes: false).Without(messages, column: 0, folder["new.tsv"]);
        await AssertSame(folder, folder["new.tsv"], _ml.Data.LoadFromTextFile(messages), "Column1", LearningTask.Binary, "logistic", "bayes");
    }

    [TestMethod]
    public async Task Mnist()
    {
        string digits = PublicData.Require("images/mnist/t10k-images-idx3-ubyte.gz"), labels = PublicData.Require("images/mnist/t10k-labels-idx1-ubyte.gz");
        using var folder = new TestFolder();
        string news = folder["new-images-idx3-ubyte.gz"];
        File.Copy(digits, news);
        await AssertSame(folder, news, _ml.Data.LoadFromIdxFile(digits, labels), "Label", LearningTask.Multiclass, "bayes", "tree");
    }

    /// <summary>Fits pipelines on a table, and compares what they predict for its rows with what their saved models predict elsewhere.</summary>
    /// <param name="folder">Where models and predictions go.</param>
    /// <param name="news">The same rows without the label.</param>
    /// <param name="data">The table.</param>
    /// <param name="label">The column to predict.</param>
    /// <param name="task">The task.</param>
    /// <param name="algorithms">The algorithms; all that can do the task when there are none.</param>
    private async Task AssertSame(TestFolder folder, string news, IDataView data, string label, LearningTask task, params string[] algorithms)
    {
        foreach (var algorithm in _ml.Algorithms.All.Where(a => a.For(task) is not null && (algorithms.Length == 0 ? a.Name != Images : algorithms.Contains(a.Name))))
        {
            var model = Pipeline(data, label, algorithm.For(task)!).Fit(data);
            var predictions = model.Transform(data);
            string[] here = Lines(predictions);
            AssertExact(predictions, here);

            string saved = folder[$"{algorithm.Name}.mlpath"];
            _ml.Model.Save(model, data.Schema, saved);
            var elsewhere = await Tool.Run(test.CancellationToken, "predict", "--model", saved, "--data", news);
            string[] there = elsewhere.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.HasCount(here.Length, there, algorithm.Name);
            for (int line = 0; line < here.Length; line++)
                Assert.AreEqual(here[line], Last(there[line], here[line].Length), $"{algorithm.Name}, line {line + 1}");
        }
    }

    private EstimatorChain<ITransformer> Pipeline(IDataView data, string label, TrainerFactory trainer)
    {
        var column = LabelColumn.Inspect(data, label);
        var labels = trainer.Task switch
        {
            LearningTask.Binary => column.ToBoolean("Label"),
            LearningTask.Multiclass => column.ToKey("Label"),
            _ => column.ToSingle("Label"),
        };
        return labels.Append(_ml.Transforms.Featurize("Features", label)).Append(trainer.Create([]));
    }

    // The tool's lines begin with the columns that the model does not use.
    private static string Last(string line, int length) => line.Length > length && line[^(length + 1)] == ',' ? line[^length..] : line;

    private string[] Lines(IDataView predictions)
    {
        string[] columns = [.. ((string[])["PredictedLabel", "Score", "Probability"]).Where(c => predictions.Schema.GetColumnOrNull(c) is not null)];
        using var stream = new MemoryStream();
        _ml.Data.SaveAsCsv(predictions, stream, columns);
        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Checks that the texts of scores give the scores themselves, so that equal texts are equal bits.</summary>
    private static void AssertExact(IDataView predictions, string[] lines)
    {
        if (predictions.Schema["Score"].Type is VectorDataViewType)
            return; // slots are written as scalars are
        int place = lines[0].Split(',').IndexOf("Score");
        int row = 0;
        foreach (float score in predictions.GetColumn<float>("Score"))
        {
            float written = float.Parse(lines[++row].Split(',')[place], CultureInfo.InvariantCulture);
            Assert.AreEqual(BitConverter.SingleToUInt32Bits(score), BitConverter.SingleToUInt32Bits(written), $"row {row}");
        }
    }
}
