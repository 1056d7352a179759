using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Acceptance.Tests;

/// <summary>Networks of sequences: on messages of the SMS Spam Collection, and on a task that needs memory over more than 50 steps.</summary>
[TestClass]
public sealed class SequenceTests
{
    private static readonly MLContext ML = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>
    /// Four fifths to learn from, stratified, seed 1; words without case and punctuation that occur twice or more. F1 of spam on the other fifth.
    /// </summary>
    [TestMethod]
    public void Messages_are_told_apart_by_an_lstm_and_a_transformer_of_tokens()
    {
        string path = PublicData.Require(Path.Combine("text", "sms-spam", "sms.tsv"));
        var rows = File.ReadLines(path).Select(line => line.Split('\t', 2)).Select(c => new Message { Label = c[0] == "spam", Text = c[1] }).ToList();
        Assert.HasCount(5574, rows);
        var split = ML.Data.TrainTestSplit(ML.Data.LoadFromEnumerable(rows), testFraction: 0.2, stratifyColumn: "Label");
        var trainers = ML.BinaryClassification.Trainers;
        AssertF1(trainers.Lstm(new LstmTrainer.Options { Pooling = RecurrentPooling.Max, Units = 32, Epochs = 10 }));
        AssertF1(trainers.Transformer(new TransformerTrainer.Options { MaximalLength = 64, Epochs = 6 }));

        void AssertF1(IEstimator<ITransformer> trainer)
        {
            var pipeline = new EstimatorChain<ITransformer>()
                .Append<ITransformer>(ML.Transforms.Text.NormalizeText("Features", "Text", keepPunctuations: false))
                .Append<ITransformer>(ML.Transforms.Text.TokenizeIntoWords("Features"))
                .Append<ITransformer>(ML.Transforms.Text.ToTokenKeys("Features", minimumCount: 2))
                .Append(trainer);
            var model = pipeline.Fit(split.TrainSet, FitContext.Default with { CancellationToken = TestContext.CancellationToken });
            double f1 = ML.BinaryClassification.Evaluate(model.Transform(split.TestSet)).F1Score;
            TestContext.WriteLine($"{trainer}: F1 {f1:0.0000}");
            Assert.IsGreaterThanOrEqualTo(0.93, f1, $"{trainer}");
        }
    }

    /// <summary>
    /// Recall of the first of 55 tokens: all are drawn alike out of eight, and the row's class is the first of them, 54 steps before the end. Chance is
    /// 0.125. The LSTM's forget gates are open at first for about as many steps as the row has, e⁴ (C. Tallec, Y. Ollivier, ICLR 2018).
    /// </summary>
    [TestMethod]
    public void The_first_of_55_tokens_is_recalled_by_gates_and_attention_and_forgotten_by_the_plain_network()
    {
        PublicData.Require();
        var (train, test) = (Recall(4000, seed: 1), Recall(1000, seed: 2));
        var trainers = ML.MulticlassClassification.Trainers;
        Assert.IsGreaterThan(0.97, Accuracy(trainers.Lstm(new LstmTrainer.Options { Units = 32, ForgetBias = 4 })));
        Assert.IsGreaterThan(0.97, Accuracy(trainers.Transformer(new TransformerTrainer.Options { Epochs = 6, LearningRate = 0.003, Pooling = TransformerPooling.ClassToken })));
        Assert.IsLessThan(0.2, Accuracy(trainers.Rnn(new RnnTrainer.Options { Units = 32 })));

        double Accuracy(IEstimator<ITransformer> trainer)
        {
            var model = trainer.Fit(train, FitContext.Default with { CancellationToken = TestContext.CancellationToken });
            double accuracy = ML.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
            TestContext.WriteLine($"{trainer}: {accuracy:0.000}");
            return accuracy;
        }
    }

    private static InMemoryDataView Recall(int rows, ulong seed)
    {
        const int Length = 55, Tokens = 8;
        var random = new RandomStream(seed);
        var tokens = new VectorColumn<uint>(new VectorDataViewType(new KeyDataViewType(Tokens), Length));
        var labels = new ScalarColumn<uint>(new KeyDataViewType(Tokens));
        var row = new uint[Length];
        for (int i = 0; i < rows; i++)
        {
            for (int t = 0; t < Length; t++)
                row[t] = (uint)random.NextInt32(Tokens) + 1;
            tokens.AddRow(row);
            labels.Add(row[0]);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", tokens.Type);
        schema.AddColumn("Label", labels.Type);
        return new InMemoryDataView(schema.ToSchema(), [tokens, labels]);
    }

    private sealed class Message
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";
    }
}
