using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Trainers;

[TestClass]
public sealed class MlpModelTests
{
    private static readonly MlpTrainer.Options Quick = new() { HiddenUnits = [9, 5], Epochs = 5, LearningRate = 0.02 };

    [TestMethod]
    public void A_file_gives_back_each_kind_of_model_and_its_history()
    {
        foreach (var (trainer, data) in Fitted())
        {
            var transformer = trainer.Fit(data);
            var loaded = Tables.RoundTrip(transformer);
            Assert.AreEqual(DataFingerprint.Compute(transformer.Transform(data)), DataFingerprint.Compute(loaded.Transform(data)));
            var (model, copy) = (Model(transformer), Model(loaded));
            Assert.AreEqual((model.ToString(), model.Iterations, model.Converged, model.StopReason), (copy.ToString(), copy.Iterations, copy.Converged, copy.StopReason));
            CollectionAssert.AreEqual(model.Losses.ToArray(), copy.Losses.ToArray());
        }
    }

    [TestMethod]
    public void A_row_is_scored_the_same_alone_and_among_others()
    {
        foreach (var (trainer, data) in Fitted())
        {
            var transformer = trainer.Fit(data);
            var mapper = transformer.GetRowToRowMapper(data.Schema);
            var worker = mapper.CreateWorker(mapper.OutputSchema);
            var rows = mapper.OutputSchema.Select(c => ColumnBuffer.Create(c.Type)).ToArray();
            var one = new RowBatch(data.Schema);
            for (int i = 0; i < data.Schema.Count; i++)
                one.Set(i, ColumnBuffer.Create(data.Schema[i].Type));
            for (int row = 0; row < data.RowCount; row++)
            {
                for (int i = 0; i < data.Schema.Count; i++)
                    one[i].Slice(data.GetColumn(i), row, 1);
                one.SetRows(row, 1);
                var scored = worker.Map(one);
                for (int i = 0; i < rows.Length; i++)
                    rows[i].Append(scored[i]);
            }

            Assert.AreEqual(DataFingerprint.Compute(transformer.Transform(data)), DataFingerprint.Compute(new InMemoryDataView(mapper.OutputSchema, rows)));
        }
    }

    [TestMethod]
    public void Threads_may_share_a_model()
    {
        var (trainer, data) = Fitted().First();
        var transformer = trainer.Fit(data);
        string expected = DataFingerprint.Compute(transformer.Transform(data));
        Parallel.For(0, 16, _ => Assert.AreEqual(expected, DataFingerprint.Compute(transformer.Transform(data))));
    }

    [TestMethod]
    public void Scores_mean_what_they_say()
    {
        var binary = new NetworkBinaryModelParameters(Linear(2, 1, LabelScale.None, [1, -2], [0.5f]));
        float[] scores = new float[2], probabilities = new float[2];
        binary.Score(Tables.Matrix([3, 1], [0, 4]), scores, probabilities);
        CollectionAssert.AreEqual(new[] { 1.5f, -7.5f }, scores);
        Assert.AreEqual(1 / (1 + Math.Exp(-1.5)), probabilities[0], 1e-6);
        Assert.AreEqual(1 / (1 + Math.Exp(7.5)), probabilities[1], 1e-9);

        var numbers = new NetworkRegressionModelParameters(Linear(1, 1, new LabelScale(100, 10), [2], [1]));
        numbers.Score(Tables.Matrix([3], [0]), scores);
        CollectionAssert.AreEqual(new[] { 170f, 110f }, scores);

        var classes = new NetworkMulticlassModelParameters(Linear(1, 2, LabelScale.None, [0, 0], [0, MathF.Log(3)]));
        classes.Score(Tables.Matrix([8f]), scores);
        Assert.AreEqual(0.25, scores[0], 1e-6);
        Assert.AreEqual(0.75, scores[1], 1e-6);
    }

    [TestMethod]
    public void Numbers_that_make_no_network_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new NetworkBinaryModelParameters(Linear(1, 2, LabelScale.None, [0, 0], [0, 0])));
        Assert.ThrowsExactly<ArgumentException>(() => new NetworkBinaryModelParameters(Linear(1, 1, LabelScale.None, [float.NaN], [0])));
        Assert.ThrowsExactly<ArgumentException>(() => new NetworkBinaryModelParameters(Linear(1, 1, LabelScale.None, [0, 1], [0])));
        Assert.ThrowsExactly<ArgumentException>(() => new MlpArchitecture(3, [0], 1));
        Assert.ThrowsExactly<ArgumentException>(() => new MlpArchitecture(0, [], 1));
    }

    [TestMethod]
    [DataRow("layers", "0 layers")]
    [DataRow("chain", "shape")]
    [DataRow("bias", "shape")]
    [DataRow("nan", "not finite")]
    [DataRow("outputs", "2 outputs")]
    [DataRow("activation", "ReLU, Tanh")]
    public void A_file_of_the_first_version_that_makes_no_network_is_refused(string fault, string expected)
    {
        var forged = new Forged(MlpBinaryModelId, context =>
        {
            int outputs = fault == "outputs" ? 2 : 1;
            context.Write("Activation", fault == "activation" ? "Step" : "ReLU");
            context.Write("Layers", fault == "layers" ? 0 : 2);
            context.WriteArray<float>("layers.1.weight", [1, 2, 3, fault == "nan" ? float.NaN : 4, 5, 6], 3, 2);
            context.WriteArray<float>("layers.1.bias", fault == "bias" ? [1, 2] : [1, 2, 3]);
            int inputs = fault == "chain" ? 4 : 3;
            context.WriteArray<float>("layers.2.weight", new float[outputs * inputs], outputs, inputs);
            context.WriteArray<float>("layers.2.bias", new float[outputs]);
            TrainingHistory.None.Save(context);
        });
        using var stream = new MemoryStream();
        ModelFile.Save(stream, forged, new ModelManifest());
        stream.Position = 0;
        var error = Assert.ThrowsExactly<ModelFormatException>(() => ModelFile.Load(stream, new MLContext().Components));
        StringAssert.Contains(error.Message, expected);
    }

    private static TrainedNetwork Linear(int features, int outputs, LabelScale scale, float[] weight, float[] bias) => new(
        new MlpArchitecture(features, [], outputs), new Dictionary<string, float[]> { ["layers.0.weight"] = weight, ["layers.0.bias"] = bias },
        scale, NetworkHistory.None, []);

    private const string MlpBinaryModelId = "MLPath.MlpBinary";

    private static IEnumerable<(IEstimator<ITransformer> Trainer, InMemoryDataView Data)> Fitted()
    {
        float[][] x = Tables.Cloud(150, 3, seed: 1);
        yield return (new MlpBinaryTrainer(Quick), Tables.Binary(x, [.. x.Select(r => r[0] > 0)]));
        yield return (new MlpMulticlassTrainer(Quick), Tables.Multiclass(x, [.. x.Select(r => r[0] > 0 ? 2 : r[1] > 0 ? 1 : 0)], "a", "b", "c"));
        yield return (new MlpRegressionTrainer(Quick), Tables.Regression(x, [.. x.Select(r => (10 * r[0]) + r[1])]));
    }

    private static NetworkModelParameters Model(ITransformer transformer) => ((IPredictionTransformer<NetworkModelParameters>)transformer).Model;

    private sealed class Forged(string id, Action<ModelSaveContext> save) : ICanSaveModel
    {
        public string ComponentId => id;

        public void Save(ModelSaveContext context) => save(context);
    }
}
