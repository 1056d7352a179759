using MLPath.Data;

namespace MLPath.MicrosoftML.Tests;

/// <summary>Transformers of MLPath in Microsoft.ML's hands: by view and row by row, their values are MLPath's own to the last bit.</summary>
[TestClass]
public sealed class TransformerTests
{
    private const int Rows = 1500;

    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Estimators =>
    [
        ["regression", Ml.Regression.Trainers.Ridge()],
        ["binary classification", Ml.BinaryClassification.Trainers.LbfgsLogisticRegression(labelColumnName: "IsLarge")],
        ["multiclass classification", Ml.MulticlassClassification.Trainers.NaiveBayes(labelColumnName: "Class")],
        ["clustering", Ml.Clustering.Trainers.KMeans(numberOfClusters: 3)],
        ["components", Ml.Transforms.ProjectToPrincipalComponents("Components", "Features", rank: 2)],
        ["network", Ml.Regression.Trainers.Mlp(new MLPath.Trainers.MlpTrainer.Options { HiddenUnits = [4], Epochs = 2 })],
        ["chain", Ml.Transforms.NormalizeMeanVariance("Features").Append(Ml.Regression.Trainers.Ridge())],
    ];

    [TestMethod]
    [DynamicData(nameof(Estimators))]
    public void A_view_has_the_values_of_MLPath(string task, IEstimator<ITransformer> estimator)
    {
        var data = Data();
        var expected = Expected(estimator, data);
        var actual = estimator.AsMicrosoftML(new MS.MLContext()).Fit(data).Transform(data);
        foreach (var column in expected.Schema)
        {
            Assert.AreEqual(column.Name, actual.Schema[column.Index].Name, task);
            CollectionAssert.AreEqual(
                Bits(column.Type, actual.Schema[column.Index], () => actual.GetRowCursor(actual.Schema)),
                Bits(column.Type, expected.AsMicrosoftML().Schema[column.Index], () => expected.AsMicrosoftML().GetRowCursor(expected.AsMicrosoftML().Schema)),
                $"{task}, {column}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Estimators))]
    public void Row_by_row_the_values_are_those_of_MLPath(string task, IEstimator<ITransformer> estimator)
    {
        var data = Data();
        var expected = Expected(estimator, data);
        var transformer = estimator.AsMicrosoftML(new MS.MLContext()).Fit(data);
        Assert.IsTrue(((MS.ITransformer)transformer).IsRowToRowMapper);
        var mapper = transformer.GetRowToRowMapper(data.Schema);
        Assert.AreSame(data.Schema, mapper.InputSchema);
        foreach (var column in expected.Schema)
        {
            CollectionAssert.AreEqual(
                Bits(column.Type, expected.AsMicrosoftML().Schema[column.Index], () => expected.AsMicrosoftML().GetRowCursor(expected.AsMicrosoftML().Schema)),
                Mapped(mapper, data, column),
                $"{task}, {column}");
        }
    }

    [TestMethod]
    public void Columns_that_are_not_touched_are_passed_on_with_all_that_was_known_of_them()
    {
        var data = Data();
        var transformer = Ml.Regression.Trainers.Ridge().AsMicrosoftML(new MS.MLContext()).Fit(data);
        var schemas = new[] { transformer.GetOutputSchema(data.Schema), transformer.Transform(data).Schema, transformer.GetRowToRowMapper(data.Schema).OutputSchema };
        foreach (var schema in schemas)
        {
            foreach (var column in data.Schema)
            {
                Assert.AreEqual(column.Name, schema[column.Index].Name);
                Assert.AreSame(column.Type, schema[column.Index].Type);
                Assert.AreSame(column.Annotations, schema[column.Index].Annotations);
            }

            Assert.AreEqual("Score", schema[data.Schema.Count].Name);
        }

        CollectionAssert.AreEqual(
            data.Values<Point>(data.Schema["Owner"].Index), transformer.Transform(data).Values<Point>(data.Schema["Owner"].Index));
    }

    [TestMethod]
    public void A_row_computes_nothing_until_it_is_read_and_then_once()
    {
        int reads = 0;
        var data = new HandMadeView(3).With("X", MSData.NumberDataViewType.Single, i =>
        {
            reads++;
            return (float)i;
        });
        var transformer = Ml.Transforms.Concatenate("Two", "X", "X").Fit(data.AsMLPath()).AsMicrosoftML(data.AsMLPath().Schema);
        var mapper = transformer.GetRowToRowMapper(data.Schema);
        var two = mapper.OutputSchema["Two"];
        CollectionAssert.AreEqual(new[] { "X" }, mapper.GetDependencies([two]).Select(c => c.Name).ToArray());
        using var cursor = data.GetRowCursor(data.Schema);
        using var row = mapper.GetRow(cursor, [two]);
        var getter = row.GetGetter<MSData.VBuffer<float>>(two);
        Assert.IsTrue(cursor.MoveNext() && cursor.MoveNext());
        Assert.AreEqual(0, reads);
        MSData.VBuffer<float> value = default;
        getter(ref value);
        getter(ref value);
        Assert.AreEqual(1, reads);
        CollectionAssert.AreEqual(new[] { 1f, 1 }, value.DenseValues().ToArray());
        Assert.AreEqual(1, row.Position);
        Assert.IsFalse(row.IsColumnActive(mapper.OutputSchema["X"]));
        Assert.Contains("'X'", Assert.ThrowsExactly<InvalidOperationException>(() => row.GetGetter<float>(mapper.OutputSchema["X"])).Message);
    }

    [TestMethod]
    public void Only_what_the_columns_that_are_asked_for_depend_on_is_read()
    {
        var data = Data();
        var transformer = Ml.Regression.Trainers.Ridge().AsMicrosoftML(new MS.MLContext()).Fit(data);
        data.Asked.Clear();
        var view = transformer.Transform(data);
        Assert.IsEmpty(data.Asked);
        view.Values<float>(view.Schema["Score"].Index);
        CollectionAssert.AreEqual(new[] { "Features" }, data.Asked);
    }

    [TestMethod]
    public void A_column_that_is_missing_is_named()
    {
        var data = Data();
        var trainer = Ml.Regression.Trainers.Ridge().AsMicrosoftML(new MS.MLContext());
        var transformer = trainer.Fit(data);
        var other = new HandMadeView(2).With("Label", MSData.NumberDataViewType.Single, i => (float)i);
        Action[] uses =
        [
            () => trainer.Fit(other),
            () => transformer.Transform(other),
            () => transformer.GetOutputSchema(other.Schema),
            () => transformer.GetRowToRowMapper(other.Schema),
        ];
        foreach (var use in uses)
            Assert.AreEqual("Features", Assert.ThrowsExactly<SchemaException>(use).MissingColumnName);
    }

    [TestMethod]
    public void A_fit_that_is_cancelled_ends()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var trainer = Ml.Regression.Trainers.Ridge().AsMicrosoftML(new MS.MLContext(), new FitContext { CancellationToken = cancellation.Token });
        Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Fit(Data()));
    }

    [TestMethod]
    public void A_transformer_that_filters_rows_is_no_row_mapper_but_works_on_views()
    {
        var data = new HandMadeView(5).With("X", MSData.NumberDataViewType.Single, i => (float)i);
        var filter = Ml.Transforms.FilterByCustomPredicate<OneNumber>(row => row.X < 2, null).Fit(data.AsMLPath());
        var transformer = filter.AsMicrosoftML(data.AsMLPath().Schema);
        Assert.IsFalse(transformer.IsRowToRowMapper);
        Assert.ThrowsExactly<InvalidOperationException>(() => transformer.GetRowToRowMapper(data.Schema));
        CollectionAssert.AreEqual(new[] { 2f, 3, 4 }, transformer.Transform(data).Values<float>(0));
    }

    [TestMethod]
    public void Transformers_and_estimators_say_what_they_are()
    {
        var estimator = Ml.Transforms.Concatenate("Two", "X", "X");
        Assert.AreEqual($"{estimator} (MLPath)", $"{estimator.AsMicrosoftML(new MS.MLContext())}");
        var view = new HandMadeView(1).With("X", MSData.NumberDataViewType.Single, _ => 1f).AsMLPath();
        var transformer = estimator.Fit(view);
        Assert.AreEqual($"{transformer} (MLPath)", $"{transformer.AsMicrosoftML(view.Schema)}");
    }

    [TestMethod]
    public void Every_catalog_takes_the_trainers_of_its_task()
    {
        var ml = new MS.MLContext(seed: 1);
        var ridge = Ml.Regression.Trainers.Ridge();
        var fit = new FitContext { Threads = 1 };
        (MLPathEstimator Estimator, object Trainer)[] made =
        [
            (ml.Regression.Trainers.MLPath(ridge, fit), ridge),
            (ml.Ranking.Trainers.MLPath(ridge, fit), ridge),
            (ml.Forecasting.Trainers.MLPath(ridge, fit), ridge),
            (ml.Transforms.MLPath(ridge, fit), ridge),
            Of(Ml.BinaryClassification.Trainers.LbfgsLogisticRegression(), trainer => ml.BinaryClassification.Trainers.MLPath(trainer, fit)),
            Of(Ml.MulticlassClassification.Trainers.NaiveBayes(), trainer => ml.MulticlassClassification.Trainers.MLPath(trainer, fit)),
            Of(Ml.Clustering.Trainers.KMeans(), trainer => ml.Clustering.Trainers.MLPath(trainer, fit)),
            Of(Ml.AnomalyDetection.Trainers.LocalOutlierFactor(), trainer => ml.AnomalyDetection.Trainers.MLPath(trainer, fit)),
        ];
        foreach (var (estimator, trainer) in made)
        {
            Assert.AreSame(trainer, estimator.Estimator);
            Assert.AreSame(fit, estimator.Context);
        }

        Assert.AreSame(FitContext.Default, ml.Regression.Trainers.MLPath(ridge).Context);
    }

    private static (MLPathEstimator Estimator, object Trainer) Of<T>(T trainer, Func<T, MLPathEstimator> wrap) where T : class => (wrap(trainer), trainer);

    private static IDataView Expected(IEstimator<ITransformer> estimator, HandMadeView data)
    {
        var own = data.AsMLPath().Loaded();
        return estimator.Fit(own, FitContext.Default).Transform(own);
    }

    private static HandMadeView Data()
    {
        var annotations = new MS.DataViewSchema.Annotations.Builder();
        annotations.Add("Unit", MSData.TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = "cm".AsMemory());
        return new HandMadeView(Rows)
            .With("Features", new MSData.VectorDataViewType(MSData.NumberDataViewType.Single, 4), i => new MSData.VBuffer<float>(4, Features(i)), annotations.ToAnnotations())
            .With("Label", MSData.NumberDataViewType.Single, Label)
            .With("IsLarge", MSData.BooleanDataViewType.Instance, i => Label(i) > 0)
            .With("Class", new MSData.KeyDataViewType(typeof(uint), 3), i => (uint)(i % 3) + 1)
            .With("Name", MSData.TextDataViewType.Instance, i => Reading.Text(i).AsMemory())
            .With("Owner", PointType.Instance, i => new Point(i, 0));
    }

    private static float[] Features(int row) => [.. Enumerable.Range(1, 4).Select(slot => MathF.Sin(row * slot) + (slot * (row % 3)))];

    private static float Label(int row) => Features(row) is [var a, var b, var c, var d] ? a - (2 * b) + (0.5f * c) - d + MathF.Cos(row) : 0;

    private static string[] Mapped(MSData.IRowToRowMapper mapper, HandMadeView data, DataViewSchema.Column column)
    {
        var output = mapper.OutputSchema[column.Index];
        return Bits(column.Type, output, () => new MappedCursor(mapper, data.GetRowCursor(mapper.GetDependencies([output])), output));
    }

    /// <summary>All values of a column as text that tells every bit.</summary>
    private static string[] Bits(DataViewType type, MS.DataViewSchema.Column column, Func<MS.DataViewRowCursor> open) =>
        type.Accept(new BitReader(type, column, open));

    private sealed class BitReader(DataViewType type, MS.DataViewSchema.Column column, Func<MS.DataViewRowCursor> open) : IRawTypeVisitor<string[]>
    {
        public string[] Visit<T>()
        {
            using var cursor = open();
            return type is VectorDataViewType
                ? Read<MSData.VBuffer<T>>(cursor, vector => string.Join(' ', vector.DenseValues().Select(Text)))
                : Read<T>(cursor, Text);
        }

        private string[] Read<TValue>(MS.DataViewRowCursor cursor, Func<TValue, string> text)
        {
            var getter = cursor.GetGetter<TValue>(column);
            TValue value = default!;
            var bits = new List<string>();
            while (cursor.MoveNext())
            {
                getter(ref value);
                bits.Add(text(value));
            }

            return [.. bits];
        }

        private static string Text<T>(T value) => value switch
        {
            float number => Reading.Text(BitConverter.SingleToInt32Bits(number)),
            double number => $"{BitConverter.DoubleToInt64Bits(number)}",
            _ => $"{value}",
        };
    }

    /// <summary>A cursor over a mapped row.</summary>
    private sealed class MappedCursor(MSData.IRowToRowMapper mapper, MS.DataViewRowCursor input, MS.DataViewSchema.Column column) : MS.DataViewRowCursor
    {
        private readonly MS.DataViewRow _row = mapper.GetRow(input, [column]);

        public override MS.DataViewSchema Schema => _row.Schema;

        public override long Position => _row.Position;

        public override long Batch => _row.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override bool IsColumnActive(MS.DataViewSchema.Column other) => _row.IsColumnActive(other);

        public override MS.ValueGetter<MSData.DataViewRowId> GetIdGetter() => _row.GetIdGetter();

        public override MS.ValueGetter<TValue> GetGetter<TValue>(MS.DataViewSchema.Column other) => _row.GetGetter<TValue>(other);
    }

    private sealed class OneNumber
    {
        public float X { get; set; }
    }
}
