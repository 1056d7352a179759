using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Trainers;

[TestClass]
public sealed class SequenceTrainerTests
{
    private const int Vocabulary = 6;

    private static readonly MLContext ML = new(seed: 1);

    public static IEnumerable<object[]> Multiclass => Networks().Select(t => new object[] { t });

    /// <summary>However long the rows are that stand beside it, a row scores the same, bit for bit; saved and loaded too.</summary>
    [TestMethod]
    [DynamicData(nameof(Multiclass))]
    public void Padding_means_nothing(IEstimator<ITransformer> trainer)
    {
        int[][] rows = SequenceTables.Ragged(40, Vocabulary, seed: 3);
        int[] classes = [.. rows.Select(r => r.Length % 3)];
        foreach (var data in new[]
        {
            SequenceTables.Tokens(Vocabulary, rows, classes, 3),
            SequenceTables.Steps([.. rows.Select(r => r.SelectMany(v => new[] { v - 2.5f, v * 0.3f }).ToArray())], classes, 3),
        })
        {
            var model = trainer.Fit(data);
            float[][] together = [.. Scores(model, data)];
            Assert.IsTrue(together.All(s => s.All(float.IsFinite)));
            for (int row = 0; row < rows.Length; row++)
                CollectionAssert.AreEqual(together[row], Scores(model, Slice(data, row, 1)).Single(), $"row {row}");
            Assert.AreEqual(DataFingerprint.Compute(model.Transform(data)), DataFingerprint.Compute(Tables.RoundTrip(model).Transform(data)));
        }
    }

    [TestMethod]
    public void What_follows_the_maximal_length_is_left_out()
    {
        int[][] rows = SequenceTables.Ragged(30, Vocabulary, seed: 4);
        int[] classes = [.. rows.Select((_, i) => i % 2)];
        var trainer = ML.MulticlassClassification.Trainers.Gru(new GruTrainer.Options { MaximalLength = 4, Units = 4, Epochs = 2 });
        var model = trainer.Fit(SequenceTables.Tokens(Vocabulary, rows, classes, 2));
        var whole = Scores(model, SequenceTables.Tokens(Vocabulary, rows, classes, 2)).ToList();
        var cut = Scores(model, SequenceTables.Tokens(Vocabulary, [.. rows.Select(r => r[..Math.Min(4, r.Length)])], classes, 2)).ToList();
        for (int i = 0; i < whole.Count; i++)
            CollectionAssert.AreEqual(whole[i], cut[i]);
    }

    /// <summary>Recall of the first of 20 tokens.</summary>
    [TestMethod]
    public void Gates_remember_what_the_plain_network_forgets()
    {
        var (train, test) = (SequenceTables.Recall(500, 20, 4, seed: 1), SequenceTables.Recall(300, 20, 4, seed: 2));
        double Accuracy(IEstimator<ITransformer> trainer) => ML.MulticlassClassification.Evaluate(trainer.Fit(train).Transform(test)).MicroAccuracy;
        double gated = Accuracy(ML.MulticlassClassification.Trainers.Lstm(new LstmTrainer.Options { Units = 16, Epochs = 15, LearningRate = 0.01, ForgetBias = 3 }));
        double plain = Accuracy(ML.MulticlassClassification.Trainers.Rnn(new RnnTrainer.Options { Units = 16, Epochs = 15, LearningRate = 0.01 }));
        Assert.IsGreaterThan(0.97, gated);
        Assert.IsLessThan(0.5, plain, "Chance is 0.25.");
    }

    /// <summary>Whether 0 comes before 1 in a row of five tokens, of which the others mean nothing.</summary>
    [TestMethod]
    [DataRow(SequencePositions.Sinusoidal, TransformerPooling.Mean)]
    [DataRow(SequencePositions.Rotary, TransformerPooling.Max)]
    [DataRow(SequencePositions.Learned, TransformerPooling.ClassToken)]
    public void A_transformer_knows_the_order_of_tokens(SequencePositions positions, TransformerPooling pooling)
    {
        var random = new RandomStream(5);
        int[][] rows = [.. Enumerable.Range(0, 460).Select(i =>
        {
            int[] row = [.. Enumerable.Range(0, 5).Select(_ => 2 + random.NextInt32(4))];
            int first = random.NextInt32(4), second = first + 1 + random.NextInt32(4 - first);
            (row[first], row[second]) = (i % 2, 1 - (i % 2));
            return row;
        })];
        var data = SequenceTables.Tokens(Vocabulary, rows, [.. rows.Select((_, i) => i % 2)], 2);
        double Accuracy(SequencePositions known) => ML.MulticlassClassification.Evaluate(ML.MulticlassClassification.Trainers
            .Transformer(new TransformerTrainer.Options { Size = 16, Blocks = 1, Positions = known, Pooling = pooling, Epochs = 20, LearningRate = 0.01, Dropout = 0 })
            .Fit(Slice(data, 0, 400)).Transform(Slice(data, 400, 60))).MicroAccuracy;
        Assert.IsGreaterThan(0.9, Accuracy(positions));
        if (positions == SequencePositions.Sinusoidal)
            Assert.IsLessThan(0.7, Accuracy(SequencePositions.None), "Without positions a row is a bag.");
    }

    [TestMethod]
    public void A_transformer_reads_a_table_feature_by_feature()
    {
        var (rows, classes) = Tables.Moons(300, seed: 7);
        var data = Tables.Multiclass(rows, classes, "upper", "lower");
        var model = ML.MulticlassClassification.Trainers.Transformer(new TransformerTrainer.Options { Blocks = 1, Epochs = 40, LearningRate = 0.005, Dropout = 0 }).Fit(Slice(data, 0, 200));
        Assert.IsGreaterThan(0.95, ML.MulticlassClassification.Evaluate(model.Transform(Slice(data, 200, 100))).MicroAccuracy);
        Assert.IsTrue(((TransformerArchitecture)model.Model.Architecture).ReadsFeatures);
        CollectionAssert.Contains(model.Model.Parameters.Select(p => p.Path).ToList(), "features.weight");
    }

    /// <summary>The next value of a sum of two waves with noise, from the 16 values before: a window as a plain vector.</summary>
    [TestMethod]
    public void Recurrent_networks_forecast_a_time_series_from_a_window()
    {
        const int Window = 16;
        var random = new RandomStream(2);
        float[] series = [.. Enumerable.Range(0, 400).Select(t => (float)(Math.Sin(t * 0.5) + (0.5 * Math.Sin(t * 0.17)) + (0.05 * random.NextGaussian())))];
        float[][] windows = [.. Enumerable.Range(0, series.Length - Window).Select(t => series[t..(t + Window)])];
        var data = Tables.Regression(windows, series[Window..]);
        var (past, future) = (Slice(data, 0, 300), Slice(data, 300, windows.Length - 300));
        double persistence = Math.Sqrt(Enumerable.Range(300, windows.Length - 300).Average(t => Math.Pow(series[t + Window] - series[t + Window - 1], 2)));
        foreach (var trainer in new IEstimator<ITransformer>[]
        {
            ML.Regression.Trainers.Rnn(new RnnTrainer.Options { Units = 16 }),
            ML.Regression.Trainers.Lstm(new LstmTrainer.Options { Units = 16, LearningRate = 0.01, Epochs = 30 }),
            ML.Regression.Trainers.Gru(new GruTrainer.Options { Units = 16, LearningRate = 0.01 }),
        })
        {
            double error = ML.Regression.Evaluate(trainer.Fit(past).Transform(future)).RootMeanSquaredError;
            Assert.IsLessThan(0.12, error, $"{trainer}; the last value as forecast has {persistence}.");
        }
    }

    [TestMethod]
    public void Trainers_made_of_others_read_tokens_as_their_members_do()
    {
        int[][] rows = SequenceTables.Ragged(60, Vocabulary, seed: 9);
        var keys = SequenceTables.Tokens(Vocabulary, rows, [.. rows.Select(r => r.Contains(0) ? 1 : 0)], 2);
        var label = new ScalarColumn<bool>(BooleanDataViewType.Instance);
        foreach (int[] row in rows)
            label.Add(row.Contains(0));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", keys.Schema["Features"].Type);
        schema.AddColumn("Label", label.Type);
        var data = new InMemoryDataView(schema.ToSchema(), [keys.GetColumn(0), label]);
        var trainers = ML.BinaryClassification.Trainers;
        var small = trainers.Gru(new GruTrainer.Options { Units = 4, Epochs = 3 });
        foreach (var trainer in new IEstimator<ITransformer>[] { trainers.Calibrated(small), trainers.Voting(small, trainers.Lstm(new LstmTrainer.Options { Units = 4, Epochs = 3 })), trainers.Bagging(small, numberOfMembers: 2) })
        {
            var model = trainer.Fit(data);
            Assert.AreEqual(DataFingerprint.Compute(model.Transform(data)), DataFingerprint.Compute(Tables.RoundTrip(model).Transform(data)));
        }
    }

    [TestMethod]
    public void Sizes_that_do_not_go_together_are_named()
    {
        StringAssert.Contains(
            Assert.ThrowsExactly<OptionException>(() => ML.Regression.Trainers.Transformer(new TransformerTrainer.Options { Size = 30 })).Message,
            "Option Size is 30, which 4 heads cannot share");
        StringAssert.Contains(
            Assert.ThrowsExactly<OptionException>(() => ML.Regression.Trainers.Transformer(new TransformerTrainer.Options { Size = 12, Positions = SequencePositions.Rotary })).Message,
            "which is odd");
        var data = Tables.Regression(Tables.Cloud(20, 5, seed: 1), new float[20]);
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => ML.Regression.Trainers.Lstm(new LstmTrainer.Options { StepSize = 2 }).Fit(data)).Message,
            "5 features are no whole time steps of 2 numbers. Set StepSize");
    }

    [TestMethod]
    public void Models_that_make_no_sense_are_refused()
    {
        foreach (var architecture in new NetworkArchitecture[]
        {
            new RecurrentArchitecture(NetworkInput.Tokens(5, 9), 1, RecurrentCell.Gru) { Units = 0 },
            new RecurrentArchitecture(NetworkInput.Tokens(5, 9), 1, RecurrentCell.Gru) { Dropout = 1 },
            new RecurrentArchitecture(NetworkInput.Flat(3), 1, RecurrentCell.Gru),
            new RecurrentArchitecture(NetworkInput.Tokens(5, 9), 1, RecurrentCell.Lstm) { Layers = int.MaxValue },
            new TransformerArchitecture(NetworkInput.Tokens(5, 9), 1) { Heads = 5 },
            new TransformerArchitecture(NetworkInput.Tokens(5, 9), 0),
        })
        {
            using var file = new MemoryStream();
            ModelFile.Save(file, architecture, new ModelManifest());
            file.Position = 0;
            var error = Assert.ThrowsExactly<ModelFormatException>(() => ModelFile.Load(file, new MLContext().Components));
            StringAssert.Contains(error.Message, "make no sense");
        }
    }

    private static IEnumerable<IEstimator<ITransformer>> Networks()
    {
        var trainers = ML.MulticlassClassification.Trainers;
        yield return trainers.Rnn(new RnnTrainer.Options { Units = 5, Epochs = 1, Pooling = RecurrentPooling.Max, StepSize = 2, Dropout = 0.2 });
        yield return trainers.Lstm(new LstmTrainer.Options { Units = 5, Epochs = 1, Bidirectional = true, Layers = 2, StepSize = 2, Dropout = 0.2 });
        yield return trainers.Gru(new GruTrainer.Options { Units = 5, Epochs = 1, Pooling = RecurrentPooling.Mean, Bidirectional = true, StepSize = 2 });
        foreach (var positions in Enum.GetValues<SequencePositions>())
        {
            foreach (var pooling in Enum.GetValues<TransformerPooling>())
            {
                yield return trainers.Transformer(new TransformerTrainer.Options
                {
                    Size = 8,
                    Heads = 2,
                    Epochs = 1,
                    Positions = positions,
                    Pooling = pooling,
                    PreNorm = pooling != TransformerPooling.Max,
                    StepSize = 2,
                });
            }
        }
    }

    private static IEnumerable<float[]> Scores(ITransformer model, IDataView data) => model.Transform(data).GetColumn<float[]>("Score");

    private static InMemoryDataView Slice(InMemoryDataView data, int start, int count) => new(data.Schema, [.. data.Schema.Select(c =>
    {
        var part = ColumnBuffer.Create(c.Type);
        part.Slice(data.GetColumn(c.Index), start, count);
        return part;
    })]);
}
