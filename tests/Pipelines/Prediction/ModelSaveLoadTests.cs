using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Prediction;

[TestClass]
public sealed class ModelSaveLoadTests
{
    private static ModelOperationsCatalog Model => Flowers.ML.Model;

    [TestMethod]
    public void The_manifest_says_what_the_model_was_made_of_and_a_loaded_model_says_it_again()
    {
        byte[] saved = Save(Flowers.Model, Flowers.Data.Schema);
        var provenance = Manifest(saved).Provenance;
        Assert.AreEqual("objects of type Flower", (string?)provenance["data"]!["source"]);
        Assert.AreEqual(DataFingerprint.Compute(Flowers.Data), (string?)provenance["data"]!["fingerprint"]);
        Assert.AreEqual(150, (int?)provenance["data"]!["rows"]);
        Assert.HasCount(3, provenance["steps"]!.AsArray());
        Assert.StartsWith("Concatenate(Features ← SepalLength", (string?)provenance["steps"]![0]!["description"]);
        Assert.IsGreaterThanOrEqualTo(0, (double)provenance["fitSeconds"]!);

        var loaded = Load(saved, out var schema);
        Assert.AreEqual(Manifest(saved).Provenance.ToJsonString(), Manifest(Save(loaded, schema)).Provenance.ToJsonString());
        CollectionAssert.AreEqual(saved, Save(loaded, schema), "Saved again, it is the same file.");
        Assert.AreEqual(Flowers.Model.Provenance!.Data.Fingerprint, loaded.FittedOn!.Fingerprint);
    }

    [TestMethod]
    [DataRow(0L)]
    [DataRow(1L)]
    [DataRow(3_333_337L)]
    [DataRow(98_765_432_109_871L)]
    public void A_duration_survives_to_the_tick(long ticks)
    {
        var model = new TransformerChain<ITransformer>(
            [.. Flowers.Model.Transformers], [.. Flowers.Model.Transformers.Select(_ => TransformerScope.Everything)], [.. Flowers.Model.Names])
        {
            Provenance = Flowers.Model.Provenance! with { Duration = TimeSpan.FromTicks(ticks) },
        };
        Assert.AreEqual(ticks, ((ITransformerChain)Load(Save(model, null), out _)).Provenance!.Duration.Ticks);
    }

    [TestMethod]
    public void What_was_done_to_the_rows_is_said()
    {
        var split = Flowers.ML.Data.TrainTestSplit(Flowers.Data, 0.2, seed: 4);
        var provenance = Manifest(Save(Flowers.Pipeline.Fit(split.TrainSet), null)).Provenance;
        Assert.AreEqual("TrainTest(0.2 for test, seed 4): train, 120 rows", (string?)provenance["data"]!["steps"]![0]);
        Assert.AreEqual(split.TrainSet.Lineage.Fingerprint, (string?)provenance["data"]!["fingerprint"]);
    }

    [TestMethod]
    public void A_model_without_schema_or_provenance_is_saved_too()
    {
        var transformer = Flowers.ML.Transforms.Concatenate("Both", "SepalLength", "SepalWidth").Fit(Flowers.Data);
        byte[] saved = Save(transformer, null);
        Assert.HasCount(0, Manifest(saved).Provenance);
        var loaded = Load(saved, out var schema);
        Assert.IsNull(schema);
        Assert.AreEqual(transformer.ToString(), loaded.ToString());
    }

    [TestMethod]
    public void Data_that_are_gone_do_not_keep_a_model_from_being_saved()
    {
        bool gone = false;
        IEnumerable<Flower> Rows() => gone ? throw new IOException("The data are gone.") : Flowers.Sample(30);
        var model = Flowers.Pipeline.Fit(Flowers.ML.Data.LoadFromEnumerable(new Late(Rows)));
        gone = true;
        byte[] saved = Save(model, null);
        Assert.IsNull(Manifest(saved).Provenance["data"]!["fingerprint"]);
        Assert.AreEqual("unknown", Load(saved, out _).FittedOn!.Fingerprint);
    }

    [TestMethod]
    [DataRow("""{"data": 5}""")]
    [DataRow("""{"data": {"source": 1}, "fitSeconds": "long"}""")]
    [DataRow("""{"data": {"source": "x", "rows": -4, "steps": {"a": 1}}, "steps": [1, {"name": []}], "fitSeconds": 1e300}""")]
    [DataRow("""{"steps": "none"}""")]
    public void Strange_provenance_does_not_keep_a_model_from_being_loaded(string provenance)
    {
        using var stream = new MemoryStream();
        ModelFile.Save(stream, Flowers.Model, new ModelManifest { Provenance = System.Text.Json.Nodes.JsonNode.Parse(provenance)!.AsObject() });
        var loaded = Load(stream.ToArray(), out _);
        CollectionAssert.AreEqual(
            FlowerPathTests.Predictions(Flowers.Model.Transform(Flowers.Data)), FlowerPathTests.Predictions(loaded.Transform(Flowers.Data)));
    }

    [TestMethod]
    public void What_is_no_model_is_refused()
    {
        Assert.ThrowsExactly<ModelFormatException>(() => Load([1, 2, 3], out _));
        Assert.ThrowsExactly<ModelFormatException>(() => Load([], out _));
        byte[] saved = Save(Flowers.Model, Flowers.Data.Schema);
        Assert.ThrowsExactly<ModelFormatException>(() => Load(saved[..(saved.Length / 2)], out _));
        Assert.ThrowsExactly<FileNotFoundException>(() => Model.Load("no-such-file.mlpath", out _));
        using var stream = new MemoryStream();
        ModelFile.Save(stream, ((IPredictionTransformer<NaiveBayesModelParameters>)Flowers.Model.LastTransformer).Model, new ModelManifest());
        Assert.Contains("a part of a model", Assert.ThrowsExactly<ModelFormatException>(() => Load(stream.ToArray(), out _)).Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => Model.Save(null!, null, new MemoryStream()));
    }

    private static byte[] Save(ITransformer model, DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    private static ITransformer Load(byte[] saved, out DataViewSchema? schema) => Model.Load(new MemoryStream(saved), out schema);

    private static ModelManifest Manifest(byte[] saved) => ModelFile.ReadManifest(new MemoryStream(saved));

    private sealed class Late(Func<IEnumerable<Flower>> rows) : IEnumerable<Flower>
    {
        public IEnumerator<Flower> GetEnumerator() => rows().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
