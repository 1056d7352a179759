#if MICROSOFT_ML
using Microsoft.ML;
using MLPath.Data;
using MLPath.Runtime;
using Inputs = MLPath.MicrosoftML.Tests.RealData;
using ModelSaveContext = MLPath.Runtime.ModelSaveContext;

namespace MLPath.MicrosoftML.Tests;

/// <summary>Microsoft.ML's estimators in MLPath's pipelines, comparisons and model files.</summary>
[TestClass]
public sealed class RealEstimatorTests
{
    private static readonly MLPath.MLContext Own = new(seed: 1);
    private readonly MS.MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Trees_of_one_and_a_network_of_the_other_are_compared_on_the_same_folds()
    {
        var tumours = Inputs.Tumours(_ml);
        var data = _ml.Transforms.DropColumns("Label").Fit(tumours).Transform(tumours).AsMLPath();
        var normalized = _ml.Transforms.NormalizeMeanVariance("Features");

        var report = Own.BinaryClassification.Compare(data, labelColumn: "Diagnosis", folds: 3, candidates: new()
        {
            ["trees"] = normalized.Append(_ml.BinaryClassification.Trainers.FastTree()).AsMLPath(),
            ["logistic of Microsoft.ML"] = normalized.Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).AsMLPath(),
            ["logistic of MLPath"] = normalized.Append(
                _ml.BinaryClassification.Trainers.MLPath(Own.BinaryClassification.Trainers.LbfgsLogisticRegression())).AsMLPath(),
        });

        Assert.IsTrue(report["trees"].Score!.Mean > 0.97, report.Answer);
        // The same objective, minimised by both: the same ranking of rows but for ties in the last digits.
        Assert.AreEqual(report["logistic of Microsoft.ML"].Score!.Mean, report["logistic of MLPath"].Score!.Mean, 1e-3, report.Answer);
        StringAssert.Contains(report.ToJson(), "logistic of Microsoft.ML");
    }

    [TestMethod]
    public void Several_classes_and_numbers_are_compared_too()
    {
        var iris = Inputs.Iris().AsMLPath();
        var features = _ml.Transforms.Concatenate("Features", Inputs.Measures);
        var classes = Own.MulticlassClassification.Compare(iris, labelColumn: "Species", folds: 3, candidates: new()
        {
            ["maximum entropy"] = features.Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).AsMLPath(),
        });
        Assert.IsTrue(classes["maximum entropy"].Score!.Mean > 0.9, classes.Answer);

        var numbers = Own.Regression.Compare(iris, labelColumn: "SepalLength", folds: 3, candidates: new()
        {
            ["trees"] = _ml.Transforms.Concatenate("Features", "SepalWidth", "PetalLength", "PetalWidth").Append(_ml.Regression.Trainers.FastTree()).AsMLPath(),
        });
        Assert.IsTrue(numbers["trees"].Score!.Mean > 0.5, numbers.Answer);
    }

    [TestMethod]
    public void A_view_and_an_engine_give_what_Microsoft_ML_gives()
    {
        var view = Inputs.Iris();
        var estimator = _ml.Transforms.Concatenate("Features", Inputs.Measures).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var expected = Inputs.Scores(estimator.Fit(view).Transform(view));

        var model = estimator.AsMLPath().Fit(view.AsMLPath());

        var scored = model.Transform(view.AsMLPath());
        CollectionAssert.AreEqual(expected.Select(Inputs.Bits).ToList(), scored.GetColumn<float[]>("Score").Select(Inputs.Bits).ToList());
        var engine = Own.Model.CreatePredictionEngine<Inputs.Flower, Scored>(model, view.AsMLPath().Schema);
        var flowers = _ml.Data.CreateEnumerable<Inputs.Flower>(view, reuseRowObject: false).ToList();
        for (int i = 0; i < flowers.Count; i++)
            CollectionAssert.AreEqual(expected[i], engine.Predict(flowers[i]).Score);
    }

    [TestMethod]
    public void It_promises_what_it_gives()
    {
        var iris = Inputs.Iris().AsMLPath();
        var estimator = _ml.Transforms.Concatenate("Features", Inputs.Measures).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).AsMLPath();

        var promised = estimator.GetOutputSchema(SchemaShape.Create(iris.Schema));
        var given = estimator.Fit(iris).GetOutputSchema(iris.Schema);

        foreach (var column in given.Where(c => !c.IsHidden))
        {
            Assert.IsTrue(promised.TryFindColumn(column.Name, out var promise), column.Name);
            var made = SchemaShape.Column.Create(column);
            Assert.AreEqual((made.Kind, made.ItemType, made.IsKey), (promise.Kind, promise.ItemType, promise.IsKey), column.Name);
        }
    }

    [TestMethod]
    public void It_is_a_step_between_steps_of_MLPath_and_kept_in_its_files()
    {
        var iris = Own.Data.LoadDataset("iris");
        var pipeline = Own.Transforms.Concatenate("Raw", Inputs.Measures)
            .Append(_ml.Transforms.NormalizeMinMax("Features", "Raw").AsMLPath())
            .Append(Own.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(Own.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var model = pipeline.Fit(iris);
        using var file = new MemoryStream();
        Own.Model.Save(model, iris.Schema, file);

        file.Position = 0;
        var unknown = Assert.ThrowsExactly<ModelFormatException>(() => new MLPath.MLContext().Model.Load(file, out _));
        StringAssert.Contains(unknown.Message, "MLPath.MicrosoftML.Transformer");
        var context = new MLPath.MLContext();
        context.Components.Add(MicrosoftMLComponents.All);
        file.Position = 0;
        var loaded = context.Model.Load(file, out _);

        CollectionAssert.AreEqual(
            model.Transform(iris).GetColumn<float[]>("Score").Select(Inputs.Bits).ToList(), loaded.Transform(iris).GetColumn<float[]>("Score").Select(Inputs.Bits).ToList());
    }

    [TestMethod]
    public void A_damaged_model_is_refused()
    {
        var iris = Own.Data.LoadDataset("iris");
        var fitted = _ml.Transforms.Concatenate("Features", Inputs.Measures).AsMLPath().Fit(iris);
        using var file = new MemoryStream();
        Own.Model.Save(new Damaged(fitted), iris.Schema, file);
        var context = new MLPath.MLContext();
        context.Components.Add(MicrosoftMLComponents.All);
        file.Position = 0;

        var error = Assert.ThrowsExactly<ModelFormatException>(() => context.Model.Load(file, out _));
        StringAssert.Contains(error.Message, "Microsoft.ML");
    }

    [TestMethod]
    public void Steps_that_leave_rows_out_transform_views()
    {
        var iris = Own.Data.LoadDataset("iris");
        var model = new FirstRows(_ml, 10).AsMLPath().Fit(iris);

        Assert.IsFalse(model.IsRowToRowMapper);
        CollectionAssert.AreEqual(iris.GetColumn<float>("PetalWidth").Take(10).ToList(), model.Transform(iris).GetColumn<float>("PetalWidth").ToList());
        Assert.ThrowsExactly<InvalidOperationException>(() => model.GetRowToRowMapper(iris.Schema));
    }

    [TestMethod]
    public void A_fit_that_is_cancelled_ends_at_the_next_rows()
    {
        using var source = new CancellationTokenSource();
        var rows = Own.Data.LoadFromEnumerable(Enumerable.Range(0, 100_000).Select(i =>
        {
            if (i == 5000)
                source.Cancel();
            return new Point(i % 7, i % 2 == 0);
        }));
        var trainer = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().AsMLPath();

        Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Fit(rows, new FitContext
        {
            CancellationToken = source.Token,
        }));
    }

    [TestMethod]
    public void What_does_not_fit_is_told_as_MLPath_tells_it()
    {
        var iris = Own.Data.LoadDataset("iris");
        var trainer = _ml.Regression.Trainers.FastTree(labelColumnName: "SepalLength", featureColumnName: "Nothing").AsMLPath();

        var early = Assert.ThrowsExactly<SchemaException>(() => trainer.GetOutputSchema(SchemaShape.Create(iris.Schema)));
        StringAssert.Contains(early.Message, "Nothing");
        var late = Assert.ThrowsExactly<SchemaException>(() => trainer.Fit(iris));
        StringAssert.Contains(late.Message, "Nothing");
        var model = _ml.Transforms.Concatenate("Features", Inputs.Measures).AsMLPath().Fit(iris);
        var without = Own.Transforms.DropColumns("PetalWidth").Fit(iris).Transform(iris);
        var missing = Assert.ThrowsExactly<SchemaException>(() => model.Transform(without));
        Assert.AreEqual("PetalWidth", missing.MissingColumnName);
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    private sealed record Point(float X, bool Label)
    {
        [VectorType(2)]
        public float[] Features { get; } = [X, 1 - X];
    }

    /// <summary>A step of a user's own, which keeps the first rows.</summary>
    private sealed class FirstRows(MS.MLContext ml, long count) : MS.IEstimator<FirstRows>, MS.ITransformer
    {
        public bool IsRowToRowMapper => false;

        public FirstRows Fit(MS.IDataView input) => this;

        public MS.SchemaShape GetOutputSchema(MS.SchemaShape inputSchema) => inputSchema;

        public MS.DataViewSchema GetOutputSchema(MS.DataViewSchema inputSchema) => inputSchema;

        public MSData.IRowToRowMapper GetRowToRowMapper(MS.DataViewSchema inputSchema) => throw new NotSupportedException();

        public MS.IDataView Transform(MS.IDataView input) => ml.Data.TakeRows(input, count);

        public void Save(MS.ModelSaveContext ctx) => throw new NotSupportedException();
    }

    /// <summary>Saves another's model with some of its bytes changed.</summary>
    private sealed class Damaged(ITransformer transformer) : ITransformer
    {
        public bool IsRowToRowMapper => transformer.IsRowToRowMapper;

        public string ComponentId => transformer.ComponentId;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => transformer.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => transformer.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => transformer.Transform(input);

        public void Save(ModelSaveContext context) => context.WriteArray("Model", new byte[] { 80, 75, 3, 4, 9, 9, 9, 9 });
    }
}
#endif
