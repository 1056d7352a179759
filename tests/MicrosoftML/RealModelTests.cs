#if MICROSOFT_ML
using Microsoft.ML;
using MLPath.Data;
using MLPath.Trainers;
using Inputs = MLPath.MicrosoftML.Tests.RealData;

namespace MLPath.MicrosoftML.Tests;

/// <summary>MLPath's estimators in Microsoft.ML's pipelines: fitted, promised, evaluated, predicted with, saved, and loaded again.</summary>
[TestClass]
public sealed class RealModelTests
{
    private static readonly MLPath.MLContext Own = new(seed: 1);
    private readonly MS.MLContext _ml = new(seed: 1);

    public static IEnumerable<(string Name, Func<MS.MLContext, MS.IEstimator<MS.ITransformer>> Pipeline, Func<MS.IDataView> Data)> Pipelines =>
    [
        ("logistic", ml => Flowers(ml).Append(ml.Transforms.MapSetosa()).Append(
            ml.BinaryClassification.Trainers.MLPath(Own.BinaryClassification.Trainers.LbfgsLogisticRegression())), Inputs.Iris),
        ("softmax", ml => Flowers(ml).Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(
            ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.LbfgsMaximumEntropy())), Inputs.Iris),
        ("forest", ml => Flowers(ml).Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(
            ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.RandomForest())), Inputs.Iris),
        ("mlp", ml => Flowers(ml).Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(
            ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.Mlp(new MlpTrainer.Options
            {
                Epochs = 5,
            }))), Inputs.Iris),
        ("ridge", ml => ml.Transforms.Concatenate("Features", "SepalWidth", "PetalLength", "PetalWidth").Append(
            ml.Regression.Trainers.MLPath(Own.Regression.Trainers.Ridge(labelColumnName: "SepalLength"))), Inputs.Iris),
        ("ranked", ml => ml.Transforms.Concatenate("Features", "SepalWidth", "PetalLength", "PetalWidth").Append(
            ml.Ranking.Trainers.MLPath(Own.Regression.Trainers.Ols(labelColumnName: "SepalLength"))), Inputs.Iris),
        ("k-means", ml => Flowers(ml).Append(ml.Clustering.Trainers.MLPath(Own.Clustering.Trainers.KMeans(numberOfClusters: 3))), Inputs.Iris),
        ("outliers", ml => Flowers(ml).Append(
            ml.AnomalyDetection.Trainers.MLPath(Own.AnomalyDetection.Trainers.LocalOutlierFactor())), Inputs.Iris),
        ("pca", ml => Flowers(ml).Append(ml.Transforms.MLPath(Own.Transforms.ProjectToPrincipalComponents("Axes", "Features", rank: 3))), Inputs.Iris),
        ("lstm", ml => ml.Transforms.Conversion.MapValueToKey("Label", "Rises").Append(
            ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.Lstm(new LstmTrainer.Options
            {
                Units = 4,
                Epochs = 2,
                FeatureColumnName = "Series",
            }))), Inputs.Series),
        ("transformer", ml => ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Append(ml.Transforms.Conversion.MapValueToKey("Features", "Words")).Append(
            ml.BinaryClassification.Trainers.MLPath(Own.BinaryClassification.Trainers.Transformer(new TransformerTrainer.Options
            {
                Size = 8,
                Heads = 2,
                Blocks = 1,
                Epochs = 2,
            }))), Inputs.Sentences),
        ("chain", ml => Own.Transforms.Text.FeaturizeText("Features", "Text")
            .Append(Own.BinaryClassification.Trainers.LbfgsLogisticRegression()).AsMicrosoftML(ml), Inputs.Sentences),
    ];

    public static IEnumerable<object[]> Names => Pipelines.Select(p => new object[] { p.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_pipeline_promises_what_it_gives(string name)
    {
        var (_, pipeline, data) = Pipelines.Single(p => p.Name == name);
        var view = data();
        var estimator = pipeline(_ml);
        var promised = estimator.GetOutputSchema(Inputs.ShapeOf(_ml, view)).Select(Inputs.Describe).Order(StringComparer.Ordinal).ToList();

        var given = Inputs.ShapeOf(_ml, estimator.Fit(view).Transform(view)).Select(Inputs.Describe).Order(StringComparer.Ordinal).ToList();
        CollectionAssert.AreEqual(given, promised, $"given: {string.Join(", ", given)}; promised: {string.Join(", ", promised)}");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_saved_model_gives_the_same_to_the_last_bit(string name)
    {
        var (_, pipeline, data) = Pipelines.Single(p => p.Name == name);
        var view = data();
        var model = pipeline(_ml).Fit(view);
        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;

        var loaded = new MS.MLContext().Model.Load(file, out var schema);

        CollectionAssert.AreEqual(view.Schema.Select(c => c.ToString()).ToList(), schema.Select(c => c.ToString()).ToList());
        var (before, after) = (model.Transform(view), loaded.Transform(view));
        CollectionAssert.AreEqual(
            before.Schema.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}").ToList(),
            after.Schema.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}").ToList());
        Assert.AreEqual(Inputs.Fingerprint(before), Inputs.Fingerprint(after));
        CollectionAssert.AreEqual(Inputs.KeyValues(before), Inputs.KeyValues(after));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_loaded_model_can_be_saved_and_loaded_again(string name)
    {
        var (_, pipeline, data) = Pipelines.Single(p => p.Name == name);
        var view = data();
        var first = Inputs.Reloaded(_ml, pipeline(_ml).Fit(view), view.Schema);

        var second = Inputs.Reloaded(new MS.MLContext(), first, view.Schema);

        Assert.AreEqual(Inputs.Fingerprint(first.Transform(view)), Inputs.Fingerprint(second.Transform(view)));
    }

    [TestMethod]
    public void Scores_are_those_of_MLPath_alone()
    {
        // Both by MLPath alone, from data to scores, and with Microsoft.ML's preparation and passes around the same trainer.
        var iris = Own.Data.LoadDataset("iris");
        var trainer = Own.MulticlassClassification.Trainers.Mlp(new MlpTrainer.Options
        {
            Epochs = 10,
        });
        var prepared = Own.Transforms.Concatenate("Features", Inputs.Measures).Append(Own.Transforms.Conversion.MapValueToKey("Label", "Species")).Fit(iris).Transform(iris);
        var alone = trainer.Fit(prepared, FitContext.Default).Transform(prepared);

        var view = Inputs.Iris();
        var bridged = Flowers(_ml).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.MLPath(trainer)).Fit(view).Transform(view);

        CollectionAssert.AreEqual(alone.GetColumn<float[]>("Score").Select(Inputs.Bits).ToList(), Inputs.Scores(bridged).Select(Inputs.Bits).ToList());
    }

    [TestMethod]
    public void An_engine_predicts_what_a_view_gives_before_and_after_saving()
    {
        var view = Inputs.Iris();
        var pipeline = Flowers(_ml).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(
            _ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.LbfgsMaximumEntropy()))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(view);
        var expected = Inputs.Scores(model.Transform(view));
        var flowers = _ml.Data.CreateEnumerable<Inputs.Flower>(view, reuseRowObject: false).ToList();

        foreach (var used in new[] { model, Inputs.Reloaded(_ml, model, view.Schema) })
        {
            var engine = _ml.Model.CreatePredictionEngine<Inputs.Flower, Inputs.Species>(used);
            for (int i = 0; i < flowers.Count; i++)
            {
                var prediction = engine.Predict(flowers[i]);
                CollectionAssert.AreEqual(expected[i], prediction.Score);
                Assert.IsFalse(string.IsNullOrEmpty(prediction.PredictedLabel));
            }
        }
    }

    [TestMethod]
    public void Microsoft_ML_cross_validates_and_evaluates()
    {
        var pipeline = Flowers(_ml).Append(_ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.LbfgsMaximumEntropy()));
        var view = _ml.Transforms.Conversion.MapValueToKey("Label", "Species").Fit(Inputs.Iris()).Transform(Inputs.Iris());

        var folds = _ml.MulticlassClassification.CrossValidate(view, pipeline, numberOfFolds: 5);

        Assert.IsTrue(folds.All(fold => fold.Metrics.MicroAccuracy > 0.85), string.Join(" ", folds.Select(f => f.Metrics.MicroAccuracy)));
        var tumours = Inputs.Tumours(_ml);
        var binary = _ml.BinaryClassification.CrossValidate(
            tumours, _ml.Transforms.NormalizeMeanVariance("Features").Append(
                _ml.BinaryClassification.Trainers.MLPath(Own.BinaryClassification.Trainers.LbfgsLogisticRegression())), numberOfFolds: 3);
        Assert.IsTrue(binary.All(fold => fold.Metrics.AreaUnderRocCurve > 0.97), string.Join(" ", binary.Select(f => f.Metrics.AreaUnderRocCurve)));
    }

    [TestMethod]
    [DataRow(1), DataRow(2), DataRow(3), DataRow(17), DataRow(100)]
    public void Vectors_of_every_size_are_kept(int size)
    {
        var rows = Enumerable.Range(0, 20).Select(i => new Wide
        {
            Values = [.. Enumerable.Range(0, size).Select(j => (float)((i * 31) + j))],
        });
        var view = Own.Data.LoadFromEnumerable(rows, Sized(size)).AsMicrosoftML();
        var model = _ml.Transforms.MLPath(Own.Transforms.CopyColumns("Copied", "Values")).Fit(view);

        var again = Inputs.Reloaded(_ml, model, view.Schema).Transform(view);

        Assert.AreEqual(size, ((MSData.VectorDataViewType)again.Schema["Copied"].Type).Size);
        Assert.AreEqual(Inputs.Fingerprint(model.Transform(view)), Inputs.Fingerprint(again));
    }

    [TestMethod]
    public void Columns_of_every_type_are_kept()
    {
        var view = Own.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Everything(i))).AsMicrosoftML();
        var pairs = view.Schema.Select(c => new InputOutputColumnPair($"{c.Name} copied", c.Name)).ToArray();
        var model = _ml.Transforms.MLPath(Own.Transforms.CopyColumns(pairs)).Fit(view);

        var again = Inputs.Reloaded(_ml, model, view.Schema).Transform(view);

        // Of a vector's dimensions their product is kept.
        Assert.AreEqual(
            string.Join('\n', model.Transform(view).Schema.Select(c => $"{c.Name}: {c.Type}"))
                .Replace("Image copied: Vector<Single, 2, 2>", "Image copied: Vector<Single, 4>", StringComparison.Ordinal),
            string.Join('\n', again.Schema.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}")));
        Assert.AreEqual(Inputs.Fingerprint(model.Transform(view)), Inputs.Fingerprint(again));
    }

    [TestMethod]
    public void What_cannot_be_kept_says_so()
    {
        var view = Inputs.Iris();
        var filter = Own.Transforms.StatefulCustomMapping<Inputs.Flower, Inputs.Counted, Inputs.Counter>(
            (flower, counted, counter) => counted.Row = ++counter.Rows, counter => counter.Rows = 0, null);
        var model = _ml.Transforms.MLPath(filter).Fit(view);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => _ml.Model.Save(model, view.Schema, new MemoryStream()));
        StringAssert.Contains(error.Message, "does not map row to row");
        StringAssert.Contains(error.Message, "Model.Save");
    }

    [TestMethod]
    public void A_missing_column_is_named()
    {
        var view = Inputs.Iris();
        var trainer = Own.Regression.Trainers.Ols(labelColumnName: "SepalLength", featureColumnName: "Featuers");

        var error = Assert.ThrowsExactly<SchemaException>(() => Flowers(_ml).Append(_ml.Regression.Trainers.MLPath(trainer)).Fit(view));
        StringAssert.Contains(error.Message, "Featuers");
        StringAssert.Contains(error.Message, "Features");
    }

    [TestMethod]
    public void Another_process_loads_a_model_with_nothing_but_Microsoft_ML()
    {
        var view = Inputs.Iris();
        var model = Flowers(_ml).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(
            _ml.MulticlassClassification.Trainers.MLPath(Own.MulticlassClassification.Trainers.Mlp(new MlpTrainer.Options
            {
                Epochs = 5,
            }))).Fit(view);
        string folder = Directory.CreateTempSubdirectory("mlpath-bridge-").FullName;
        try
        {
            _ml.Model.Save(model, view.Schema, Path.Combine(folder, "model.zip"));
            File.WriteAllLines(Path.Combine(folder, "iris.csv"), _ml.Data.CreateEnumerable<Inputs.Flower>(view, reuseRowObject: false).Select(f => f.ToCsv()));

            string[] lines = Inputs.RunScorer(Path.Combine(folder, "model.zip"), Path.Combine(folder, "iris.csv"));

            CollectionAssert.AreEqual(Inputs.Scores(model.Transform(view)).Select(Inputs.Bits).ToList(), lines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static MSData.EstimatorChain<MSData.ColumnConcatenatingTransformer> Flowers(MS.MLContext ml) =>
        new MSData.EstimatorChain<MS.ITransformer>().Append(ml.Transforms.Concatenate("Features", Inputs.Measures));

    private static SchemaDefinition Sized(int size)
    {
        var definition = SchemaDefinition.Create(typeof(Wide));
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        return definition;
    }

    private sealed class Wide
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class Everything(int i)
    {
        public bool Boolean { get; set; } = i % 2 == 1;

        public sbyte SByte { get; set; } = (sbyte)(i - 2);

        public byte Byte { get; set; } = (byte)i;

        public short Int16 { get; set; } = (short)(i - 2);

        public ushort UInt16 { get; set; } = (ushort)i;

        public int Int32 { get; set; } = i - 2;

        public uint UInt32 { get; set; } = (uint)i;

        public long Int64 { get; set; } = i - 2;

        public ulong UInt64 { get; set; } = (ulong)i;

        public float Single { get; set; } = i == 0 ? float.NaN : i / 3f;

        public double Double { get; set; } = i / 3.0;

        public string Text { get; set; } = i == 0 ? "" : $"text {i}";

        public DateTime DateTime { get; set; } = new DateTime(2020, 1, 1).AddDays(i);

        public DateTimeOffset DateTimeOffset { get; set; } = new(2020, 1, 1 + i, 0, 0, 0, TimeSpan.FromHours(i));

        public TimeSpan TimeSpan { get; set; } = TimeSpan.FromMinutes(i);

        [KeyType(3)]
        public uint Key { get; set; } = (uint)(i % 4);

        [KeyType(3)]
        public byte ByteKey { get; set; } = (byte)(i % 4);

        [VectorType(2), KeyType(9)]
        public uint[] Keys { get; set; } = [(uint)i, 9];

        [VectorType(3)]
        public double[] Doubles { get; set; } = [i, 0, -i];

        public string[] Texts { get; set; } = [.. Enumerable.Repeat("word", i)];

        [VectorType(2, 2)]
        public float[] Image { get; set; } = [i, 1, 2, 3];
    }
}
#endif
