using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Prediction;

[TestClass]
public sealed class PredictionEngineTests
{
    private static ModelOperationsCatalog Model => Flowers.ML.Model;

    private struct MeasureStruct
    {
        public float SepalLength { get; set; }
        public float SepalWidth { get; set; }
        public float PetalLength { get; set; }
        public float PetalWidth { get; set; }
    }

    private struct LabelStruct
    {
        public uint PredictedLabel { get; set; }
    }

    private sealed record NamedPrediction
    {
        public string? PredictedLabel { get; init; }

        [ColumnName("Score")]
        public VBuffer<float> Scores { get; init; }
    }

    private sealed record Narrow(float SepalLength, float SepalWidth, float PetalLength);

    private sealed record Misnamed(float SepalLength, float SepalWidth, float PetalLength, float PetalWith);

    private sealed record WronglyTyped(float SepalLength, float SepalWidth, float PetalLength, string PetalWidth);

    private sealed record WithUnneeded(float SepalLength, float SepalWidth, float PetalLength, float PetalWidth)
    {
        [VectorType(3)]
        public float[]? NotLookedAt { get; init; }

        public static WithUnneeded Of(Flower f) => new(f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth);
    }

    private sealed class PassThrough
    {
        public float SepalLength { get; set; } = -1;
        public float Other { get; set; } = -1;
    }

    private sealed class Nothing
    {
        public float Unrelated { get; set; }
    }

    private sealed class Numbers
    {
        [VectorType(3)]
        public float[]? Values { get; set; }
    }

    private sealed class NumbersAndCopy
    {
        public float[] Values { get; set; } = [];
        public float[] Copied { get; set; } = [];
    }

    [TestMethod]
    public void Arrays_are_read_anew_by_each_prediction_and_neither_written_nor_kept()
    {
        Numbers[] data = [new() { Values = [1, 2, 3] }, new() { Values = [3, 6, 9] }];
        var model = Flowers.ML.Transforms.CopyColumns("Copied", "Values").Append(Flowers.ML.Transforms.NormalizeMinMax("Values"))
            .Fit(Flowers.ML.Data.LoadFromEnumerable(data));
        using var engine = Model.CreatePredictionEngine<Numbers, NumbersAndCopy>(model);
        var row = new Numbers { Values = [3, 3, 3] };

        var first = engine.Predict(row);
        row.Values[0] = 1.5f;
        var second = engine.Predict(row);
        CollectionAssert.AreEqual(new float[] { 3, 3, 3 }, first.Copied);
        CollectionAssert.AreEqual(new float[] { 1.5f, 3, 3 }, second.Copied);
        CollectionAssert.AreEqual(new float[] { 1.5f, 3, 3 }, row.Values);
        Assert.AreEqual(first.Values[0] / 2, second.Values[0]);
        Assert.AreEqual(first.Values[2], second.Values[2]);

        foreach (float[]? wrong in new[] { null, new float[] { 1, 2 }, new float[4] })
        {
            var error = Assert.ThrowsExactly<DataException>(() => engine.Predict(new Numbers { Values = wrong }));
            StringAssert.Contains(error.Message, "needs 3");
        }

        CollectionAssert.AreEqual(second.Values, engine.Predict(row).Values);
    }

    [TestMethod]
    public void Predictions_allocate_nothing_in_the_long_run()
    {
        using var engine = Model.CreatePredictionEngine<Flower, FlowerPrediction>(Flowers.Model);
        var flowers = Flowers.Sample(100);
        var prediction = new FlowerPrediction();
        foreach (var flower in flowers)
            engine.Predict(flower, ref prediction);
        // What predictions allocate they allocate in every round; what the runtime does for itself, once.
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
                engine.Predict(flowers[i % 100], ref prediction);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.AreEqual(0, least);
    }

    [TestMethod]
    public void Structs_predict_without_allocation_too()
    {
        using var engine = Model.CreatePredictionEngine<MeasureStruct, LabelStruct>(Flowers.Model);
        var example = new MeasureStruct { SepalLength = 5, SepalWidth = 3.4f, PetalLength = 1.5f, PetalWidth = 0.2f };
        Assert.AreEqual(1u, engine.Predict(example).PredictedLabel);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            _ = engine.Predict(example);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Many_threads_get_what_one_gets()
    {
        using var engine = Model.CreatePredictionEngine<Flower, FlowerPrediction>(Flowers.Model);
        var flowers = Flowers.Sample(300);
        var expected = flowers.Select(f => FlowerPathTests.Text(engine.Predict(f))).ToArray();
        var threads = Enumerable.Range(0, 8).Select(t =>
        {
            string? wrong = null;
            var thread = new Thread(() =>
            {
                var prediction = new FlowerPrediction();
                for (int i = 0; i < 3000; i++)
                {
                    int at = (i * 7 + t) % flowers.Count;
                    engine.Predict(flowers[at], ref prediction);
                    if (FlowerPathTests.Text(prediction) != expected[at])
                        wrong ??= $"thread {t}, call {i}: {FlowerPathTests.Text(prediction)} instead of {expected[at]}";
                }
            });
            thread.Start();
            return (Join: (Action)thread.Join, Wrong: (Func<string?>)(() => wrong));
        }).ToList();
        foreach (var (join, wrong) in threads)
        {
            join();
            Assert.IsNull(wrong());
        }
    }

    [TestMethod]
    public void Keys_are_predicted_as_texts_and_columns_renamed()
    {
        using var engine = Model.CreatePredictionEngine<Flower, NamedPrediction>(Flowers.Model);
        var prediction = engine.Predict(Flowers.Sample(3)[1]);
        Assert.AreEqual("versicolor", prediction.PredictedLabel);
        Assert.AreEqual(3, prediction.Scores.Length);
        Assert.IsTrue(engine.OutputSchema["PredictedLabel"].HasKeyValues());
    }

    [TestMethod]
    public void Only_what_the_outputs_depend_on_is_read()
    {
        using var engine = Model.CreatePredictionEngine<WithUnneeded, FlowerPrediction>(Flowers.Model);
        Assert.AreEqual(1u, engine.Predict(WithUnneeded.Of(Flowers.Sample(1)[0])).PredictedLabel);
        using var passing = Model.CreatePredictionEngine<Flower, PassThrough>(Flowers.Model);
        var passed = passing.Predict(new Flower { SepalLength = 3 });
        Assert.AreEqual((3f, -1f), (passed.SepalLength, passed.Other));
    }

    [TestMethod]
    public void A_needed_column_that_is_missing_is_named_when_the_engine_is_made()
    {
        string message = Message<SchemaException>(() => Model.CreatePredictionEngine<Narrow, FlowerPrediction>(Flowers.Model));
        Assert.Contains("cannot predict from Narrow", message);
        Assert.Contains("'PetalWidth'", message);
        Assert.Contains("Did you mean 'PetalWith'?", Message<SchemaException>(() => Model.CreatePredictionEngine<Misnamed, FlowerPrediction>(Flowers.Model)));
        Assert.Contains("'PetalWidth' is Text", Message<SchemaException>(() => Model.CreatePredictionEngine<WronglyTyped, FlowerPrediction>(Flowers.Model)));
        Assert.Contains("'PetalWidth'", Message<SchemaException>(() => Model.CreatePredictionEngine<Narrow, FlowerPrediction>(Flowers.Model, Flowers.Data.Schema)));
        Assert.Contains("of type String, cannot be column 'PetalWidth' of type Single",
            Message<SchemaException>(() => Model.CreatePredictionEngine<WronglyTyped, FlowerPrediction>(Flowers.Model, Flowers.Data.Schema)));
    }

    [TestMethod]
    public void Outputs_that_are_not_there_are_errors_unless_ignored()
    {
        Assert.Contains("No member of Nothing has the name of a column",
            Message<SchemaException>(() => Model.CreatePredictionEngine<Flower, Nothing>(Flowers.Model)));
        Assert.Contains("Member 'Other' of PassThrough",
            Message<SchemaException>(() => Model.CreatePredictionEngine<Flower, PassThrough>(Flowers.Model, ignoreMissingColumns: false)));
        Assert.Contains("Member 'Other' of PassThrough",
            Message<SchemaException>(() => Model.CreatePredictionEngine<Flower, PassThrough>(Flowers.Model, Flowers.Data.Schema)));
    }

    [TestMethod]
    public void Definitions_bind_other_names()
    {
        var input = SchemaDefinition.Create(typeof(Misnamed));
        input["PetalWith"]!.ColumnName = "PetalWidth";
        using var engine = Model.CreatePredictionEngine<Misnamed, FlowerPrediction>(Flowers.Model, new PredictionEngineOptions { InputSchemaDefinition = input });
        Assert.AreEqual(1u, engine.Predict(new Misnamed(5, 3.4f, 1.5f, 0.2f)).PredictedLabel);
    }

    [TestMethod]
    public void Null_and_use_after_the_end_are_refused()
    {
        var engine = Model.CreatePredictionEngine<Flower, FlowerPrediction>(Flowers.Model);
        Assert.ThrowsExactly<ArgumentNullException>(() => engine.Predict(null!));
        FlowerPrediction? none = null;
        engine.Predict(new Flower(), ref none!);
        Assert.IsNotNull(none);
        engine.Dispose();
        engine.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Predict(new Flower()));
    }

    [TestMethod]
    public void A_model_that_needs_more_than_one_row_is_refused()
    {
        var model = new Stateful();
        Assert.Contains("does not map row to row", Message<InvalidOperationException>(() => Model.CreatePredictionEngine<Flower, FlowerPrediction>(model)));
        Assert.Contains("does not map row to row", Message<InvalidOperationException>(() => Model.CreateRowPredictionEngine(model, Flowers.Data.Schema)));
    }

    [TestMethod]
    public void The_engine_disposes_of_a_model_that_it_owns()
    {
        var model = new Stateful { Inner = Flowers.Model };
        Model.CreatePredictionEngine<Flower, FlowerPrediction>(model, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();
        Assert.IsFalse(model.Disposed);
        Model.CreatePredictionEngine<Flower, FlowerPrediction>(model).Dispose();
        Assert.IsTrue(model.Disposed);
    }

    [TestMethod]
    public void Dictionaries_name_what_is_missing_or_wrong()
    {
        var engine = Model.CreateRowPredictionEngine(Flowers.Model, Flowers.Data.Schema);
        var row = FlowerPathTests.Row(Flowers.Sample(1)[0]);
        row["PetalWidth"] = "wide";
        Assert.Contains("Row 1, column 'PetalWidth' of type Single: 'wide', a String, is given",
            Message<DataException>(() => engine.Predict([FlowerPathTests.Row(new Flower()), row])));
        row.Remove("PetalWidth");
        Assert.Contains("Row 0 has no value 'PetalWidth'", Message<DataException>(() => engine.Predict(row)));
        row["PetalWidth"] = null;
        row["Species"] = 12;
        var missing = engine.Predict(row);
        Assert.IsNull(missing["PredictedLabel"], "Scores of a missing feature are missing.");
        Assert.Contains("Row 1 is null", Message<DataException>(() => engine.Predict([row, null!])));
        Assert.IsEmpty(engine.Predict([]));
        Assert.Contains("Did you mean 'Score'?", Message<SchemaException>(() => Model.CreateRowPredictionEngine(Flowers.Model, Flowers.Data.Schema, "Scores")));
    }

    [TestMethod]
    public void Dictionaries_come_by_thousands_and_from_many_threads()
    {
        var engine = Model.CreateRowPredictionEngine(Flowers.Model, Flowers.Data.Schema, "Score", "SepalLength", "Features");
        var flowers = Flowers.Sample(2500);
        var rows = flowers.Select(FlowerPathTests.Row).ToList();
        string Text(IReadOnlyDictionary<string, object?> p) =>
            $"{p["SepalLength"]} {string.Join(' ', (float[])p["Score"]!)} {string.Join(' ', (float[])p["Features"]!)}";
        var all = engine.Predict(rows).Select(Text).ToList();
        Assert.HasCount(2500, all);
        Parallel.For(0, 2500, i => Assert.AreEqual(all[i], Text(engine.Predict(rows[i]))));
        CollectionAssert.AreEqual(new[] { "Score", "SepalLength", "Features" }, engine.OutputColumns.Select(c => c.Name).ToList());
    }

    [TestMethod]
    public void Without_predictions_a_dictionary_has_all_that_the_model_adds()
    {
        var model = Flowers.ML.Transforms.Concatenate("Both", "SepalLength", "SepalWidth").Fit(Flowers.Data);
        var engine = Model.CreateRowPredictionEngine(model, Flowers.Data.Schema);
        Assert.AreEqual("Both", engine.OutputColumns.Single().Name);
        CollectionAssert.AreEqual(
            new[] { 1f, 2 }, (float[])engine.Predict(new Dictionary<string, object?> { ["SepalLength"] = 1, ["SepalWidth"] = 2 })["Both"]!);
    }

    private static string Message<TException>(Action action) where TException : Exception => Assert.ThrowsExactly<TException>(
        action).Message;

    /// <summary>A transformer of a user's own: one that maps no single rows, or one that owns something.</summary>
    private sealed class Stateful : ITransformer, IDisposable
    {
        public TransformerChain<ITransformer>? Inner { get; init; }

        public bool Disposed { get; private set; }

        public bool IsRowToRowMapper => Inner is not null;

        public string ComponentId => "Test.Stateful";

        public void Dispose() => Disposed = true;

        public void Save(ModelSaveContext context)
        {
        }

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Inner?.GetOutputSchema(inputSchema) ?? inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
            Inner?.GetRowToRowMapper(inputSchema) ?? throw new InvalidOperationException();

        public IDataView Transform(IDataView input) => Inner?.Transform(input) ?? input;
    }
}
