using MLPath.Numerics;

namespace MLPath.Tests.Samples;

/// <summary>From messages to a classifier: featurised and told apart in five folds.</summary>
[TestClass]
public sealed class TextSpamTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Made_up_messages_are_told_apart()
    {
        string[] ham = ["see you at home", "are you coming to lunch", "sorry i am late", "call me when you are there", "ok good night"];
        string[] spam = ["win a FREE prize now", "claim your cash prize", "urgent! call 0800 to win", "free entry in a draw", "txt WIN to 80800"];
        var random = new RandomStream(5);
        var rows = Enumerable.Range(0, 200).Select(i =>
        {
            var words = (i % 4 == 0 ? spam : ham)[random.NextInt32(5)].Split(' ').Concat(ham[random.NextInt32(5)].Split(' ')).ToArray();
            random.Shuffle<string>(words);
            return new Message { Label = i % 4 == 0, Text = string.Join(' ', words) };
        });
        Assert.IsGreaterThanOrEqualTo(0.9, F1(_ml.Data.LoadFromEnumerable(rows.ToList())));
    }

    /// <summary>The SMS Spam Collection, where MLPATH_DATA names a folder that has it.</summary>
    [TestMethod]
    public void The_sms_spam_collection_is_told_apart()
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("MLPATH_DATA") ?? "", "text", "sms-spam", "sms.tsv");
        if (!File.Exists(path))
            Assert.Inconclusive("Needs MLPATH_DATA, a folder with text/sms-spam/sms.tsv.");
        var rows = File.ReadLines(path).Select(line => line.Split('\t', 2)).Select(c => new Message { Label = c[0] == "spam", Text = c[1] }).ToList();
        Assert.HasCount(5574, rows);
        Assert.IsGreaterThanOrEqualTo(0.9, F1(_ml.Data.LoadFromEnumerable(rows)));
    }

    // Without the L1 penalty, whose default is strong for rows of norm 1.
    private double F1(IDataView data)
    {
        var pipeline = _ml.Transforms.Text.FeaturizeText("Features", "Text").Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0));
        var folds = _ml.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 5, stratifyColumn: "Label");
        return folds.Average(f => f.Metrics.F1Score);
    }

    private sealed class Message
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";
    }
}
