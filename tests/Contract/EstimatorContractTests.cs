using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Contract.Tests;

/// <summary>What every estimator promises, whoever wrote it.</summary>
[TestClass]
public sealed class EstimatorContractTests
{
    public static IEnumerable<object[]> Cases => EstimatorCases.All.Select(c => new object[] { c });

    public static IEnumerable<object[]> TrainerCases => EstimatorCases.All.Where(c => c.Task is not null).Select(c => new object[] { c });

    [TestMethod]
    public void Every_public_estimator_is_held_to_the_contract()
    {
        var libraries = new[]
        {
            typeof(IDataView).Assembly, typeof(ClassicalComponents).Assembly, typeof(DeepComponents).Assembly,
            typeof(Datasets.EmbeddedDatasets).Assembly, typeof(Evaluation.MetricCatalog).Assembly, typeof(MLContext).Assembly,
            typeof(Acme.Learning.NearestCentroidTrainer).Assembly,
        };
        var estimators = libraries.SelectMany(l => l.GetExportedTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IEstimator<ITransformer>).IsAssignableFrom(Closed(t)));
        var tried = EstimatorCases.All.Select(c => Open(c.Create().GetType())).ToHashSet();
        // A custom mapping is made of a user's own types; its tests stand with the transforms.
        var missing = estimators.Select(Open).Where(t => !tried.Contains(t) && !t.Name.Contains("CustomMapping", StringComparison.Ordinal)).Select(t => t.Name).ToList();
        Assert.IsEmpty(missing, $"No contract case makes: {string.Join(", ", missing)}. Register the algorithm, or add a line to EstimatorCases.");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Schema_promise_is_kept(EstimatorCase @case)
    {
        var data = @case.Data();
        var estimator = @case.Create();
        var promised = estimator.GetOutputSchema(SchemaShape.Create(data.Schema));
        var model = estimator.Fit(data);
        var made = SchemaShape.Create(model.GetOutputSchema(data.Schema));
        Assert.AreEqual(
            string.Join(", ", promised.Select(c => c.Name).Order(StringComparer.Ordinal)), string.Join(", ", made.Select(c => c.Name).Order(StringComparer.Ordinal)));
        foreach (var column in made)
        {
            var promise = promised[column.Name];
            Assert.AreEqual(promise.Kind, column.Kind, column.Name);
            Assert.AreEqual(promise.IsKey, column.IsKey, column.Name);
            Assert.AreEqual(promise.ItemType, column.ItemType, column.Name);
            if (promise.Size is { } size)
                Assert.AreEqual(size, column.Size, column.Name);
            if (promise.KeyCount is { } count)
                Assert.AreEqual(count, column.KeyCount, column.Name);
            foreach (var annotation in promise.Annotations)
                Assert.IsTrue(column.Annotations.TryFindColumn(annotation.Name, out _), $"{column.Name} promised annotation {annotation.Name}.");
        }

        Assert.AreEqual(model.GetOutputSchema(data.Schema).ToString(), model.Transform(data).Schema.ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Saved_and_loaded_it_gives_the_same_bits(EstimatorCase @case)
    {
        var data = @case.Data();
        var model = @case.Create().Fit(data);
        using var file = new MemoryStream();
        ModelFile.Save(file, model, new ModelManifest());
        file.Position = 0;
        var ml = new MLContext();
        ml.Components.Add(Acme.Learning.AcmeComponents.All);
        var loaded = (ITransformer)ModelFile.Load(file, ml.Components).Root;
        Assert.AreEqual(Fingerprint(model, data), Fingerprint(loaded, data));
        Assert.AreEqual(model.GetOutputSchema(data.Schema).ToString(), loaded.GetOutputSchema(data.Schema).ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void One_row_at_a_time_gives_the_same_bits(EstimatorCase @case)
    {
        var data = (InMemoryDataView)@case.Data();
        var model = @case.Create().Fit(data);
        Assert.AreEqual(Fingerprint(model, data), Fingerprint(model, ContractData.RowByRow(data)));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fitting_again_or_with_other_threads_or_batches_gives_the_same_bits(EstimatorCase @case)
    {
        var data = (InMemoryDataView)@case.Data();
        var estimator = @case.Create();
        string once = Fingerprint(estimator.Fit(data, FitContext.Default with { Threads = 1 }), data);
        Assert.AreEqual(once, Fingerprint(estimator.Fit(data, FitContext.Default with { Threads = 3 }), data), "three threads");
        Assert.AreEqual(once, Fingerprint(estimator.Fit(ContractData.RowByRow(data)), data), "batches of one row");
        string[] together = new string[2];
        Parallel.For(0, 2, i => together[i] = Fingerprint(estimator.Fit(data), data));
        CollectionAssert.AreEqual(new[] { once, once }, together, "two fits at once");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Cancellation_is_observed_at_every_checkpoint(EstimatorCase @case)
    {
        var data = @case.Data();
        int all = 0;
        @case.Create().Fit(data, FitContext.Default with { OnCheckpoint = () => Interlocked.Increment(ref all) });
        Assert.IsGreaterThanOrEqualTo(1, all, "A fit looks at least once whether it was cancelled.");
        foreach (int stop in new[] { 1, (all + 1) / 2, all }.Distinct())
        {
            using var source = new CancellationTokenSource();
            int seen = 0;
            var context = FitContext.Default with
            {
                Threads = 1,
                CancellationToken = source.Token,
                OnCheckpoint = () =>
                {
                    if (++seen == stop)
                        source.Cancel();
                },
            };
            Assert.Throws<OperationCanceledException>(() => @case.Create().Fit(data, context), $"cancelled at checkpoint {stop} of {all}");
            Assert.AreEqual(stop, seen, "Nothing goes on after the checkpoint at which it was cancelled.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_says_what_it_is(EstimatorCase @case)
    {
        string text = @case.Create().ToString()!;
        Assert.IsFalse(string.IsNullOrWhiteSpace(text) || text.Contains("MLPath.", StringComparison.Ordinal) || text.Contains('`', StringComparison.Ordinal), text);
        string model = @case.Create().Fit(@case.Data()).ToString()!;
        Assert.IsFalse(string.IsNullOrWhiteSpace(model) || model.Contains("MLPath.", StringComparison.Ordinal) || model.Contains('`', StringComparison.Ordinal), model);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_missing_column_is_an_error_before_training(EstimatorCase @case)
    {
        var empty = new InMemoryDataView(DataViewSchema.Empty, []);
        var estimator = @case.Create();
        Assert.Throws<SchemaException>(() => estimator.GetOutputSchema(SchemaShape.Create(empty.Schema)));
        Assert.Throws<SchemaException>(() => estimator.Fit(empty));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCases))]
    public void Weights_count_as_repeated_rows_where_promised(EstimatorCase @case)
    {
        if (!@case.Info.SupportsWeights)
            return;
        var data = @case.Table();
        var weighted = @case.Factory!.Create(EstimatorCases.Needed(@case.Factory), weightColumnName: "Weight");
        var plain = @case.Factory.Create(EstimatorCases.Needed(@case.Factory));
        var expected = Scores(plain.Fit(ContractData.Duplicated(data)).Transform(data));
        var actual = Scores(weighted.Fit(data).Transform(data));
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-3f * Math.Max(1f, Math.Abs(expected[i])), $"score {i}");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCases))]
    public void Hostile_data_give_a_clear_error_or_a_finite_model(EstimatorCase @case)
    {
        var hostile = new Dictionary<string, InMemoryDataView>
        {
            ["NaN"] = @case.Table(feature: (row, j, v) => row == 5 && j == 1 ? float.NaN : v),
            ["infinity"] = @case.Table(feature: (row, j, v) => row == 5 && j == 1 ? float.PositiveInfinity : v),
            ["constant"] = @case.Table(feature: (_, _, _) => 2),
            ["huge"] = @case.Table(feature: (_, _, v) => v * 1e15f),
            ["one row"] = @case.Table(rows: 1),
            ["one class"] = @case.Table(classOf: _ => 1),
            ["no rows"] = @case.Table(rows: 0),
            ["two rows"] = @case.Table(rows: 2),
        };
        foreach (var (name, data) in hostile)
        {
            try
            {
                var model = @case.Create().Fit(data);
                // What was learned must score ordinary rows with numbers.
                foreach (float score in Scores(model.Transform(@case.Table())))
                    Assert.IsTrue(float.IsFinite(score), $"{name}: a score is {score}.");
                Assert.IsFalse(name is "no rows" or "infinity" || (name == "NaN" && !@case.Info.SupportsMissing), $"{name} must be an error.");
            }
            catch (Exception error) when (error is DataException or OptionException or SchemaException)
            {
                Assert.IsGreaterThan(25, error.Message.Length, $"{name}: {error.Message}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCases))]
    public void An_option_out_of_range_is_refused_by_name(EstimatorCase @case)
    {
        foreach (var option in @case.Factory!.Options)
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(option.Meaning) || string.IsNullOrWhiteSpace(option.Range), option.Name);
            if (option.Minimum is not { } minimum)
                continue;
            string low = (minimum - 1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            var error = Assert.Throws<OptionException>(() => @case.Factory.Create([new(option.Name, low)]));
            StringAssert.Contains(error.Message, option.Name);
        }

        Assert.Throws<OptionException>(() => @case.Factory.Create([new("NoSuchOption", "1")]));
    }

    private static string Fingerprint(ITransformer model, IDataView data) => DataFingerprint.Compute(model.Transform(data));

    private static float[] Scores(IDataView scored)
    {
        var column = scored.Schema["Score"];
        return column.Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>("Score").SelectMany(v => v)]
            : [.. scored.GetColumn<float>("Score")];
    }

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    // A generic estimator is tried with the base transformer as its argument.
    private static Type Closed(Type type)
    {
        if (!type.IsGenericTypeDefinition)
            return type;
        try
        {
            return type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(ITransformer))]);
        }
        catch (ArgumentException)
        {
            return typeof(object);
        }
    }
}
