using MLPath.Data;

namespace MLPath.Tests.Samples;

/// <summary>
/// ML.NET's samples of data operations: their data and their documented results. Where a result hangs on ML.NET's random generator, what the sample
/// says of it in words is held instead.
/// </summary>
[TestClass]
public sealed class DataOperationSampleTests
{
    private readonly MLContext _ml = new();

    private static IEnumerable<Temperature> Temperatures =>
        ((float[])[36, 36, 34, 35, 35, 39, 40, 35, 30, 29]).Select((t, i) => new Temperature { Date = new DateTime(2012, 1, 2).AddDays(i), Value = t });

    /// <summary>
    /// ML.NET draws each row by a Poisson variable, so that its samples have any number of rows; ours have as many as the data, as Efron's bootstrap has.
    /// </summary>
    [TestMethod]
    public void BootstrapSample_draws_with_replacement()
    {
        float[] features = [1.017325f, 0.6326591f, 0.0326252f, 0.8426974f, 0.9947656f, 1.017325f];
        var data = _ml.Data.LoadFromEnumerable(features.Select((f, i) => new Point { Group = i, Features = f }));
        for (int seed = 0; seed < 3; seed++)
        {
            var drawn = Rows<Point>(_ml.Data.BootstrapSample(data, seed));
            var left = Rows<Point>(_ml.Data.BootstrapSample(data, seed, complement: true));
            Assert.HasCount(6, drawn);
            CollectionAssert.AreEqual(drawn.Select(p => p.Group).Order().ToArray(), drawn.Select(p => p.Group).ToArray(), "the order of the data");
            CollectionAssert.AreEquivalent(
                Enumerable.Range(0, 6).Select(i => (float)i).Except(drawn.Select(p => p.Group)).ToArray(), left.Select(p => p.Group).ToArray());
        }
    }

    [TestMethod]
    public void Cache_reads_the_source_once()
    {
        int enumerations = 0;
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Counted()));
        for (int pass = 0; pass < 3; pass++)
            Assert.AreEqual(34.9f, Rows<Temperature>(cached).Average(t => t.Value), 1e-5f);
        Assert.AreEqual(1, enumerations);

        IEnumerable<Temperature> Counted()
        {
            enumerations++;
            foreach (var temperature in Temperatures)
                yield return temperature;
        }
    }

    [TestMethod]
    public void CrossValidationSplit_keeps_groups_together_and_tests_every_row_once()
    {
        var data = _ml.Data.LoadFromEnumerable(Points(10, groups: 3));
        var folds = _ml.Data.CrossValidationSplit(data, numberOfFolds: 3, samplingKeyColumnName: "Group");
        CollectionAssert.AreEquivalent(
            (int[])[4, 3, 3], folds.Select(f => Rows<Point>(f.TestSet).Count).ToArray());
        foreach (var fold in folds)
        {
            var tested = Rows<Point>(fold.TestSet);
            Assert.HasCount(1, tested.DistinctBy(p => p.Group));
            Assert.IsFalse(Rows<Point>(fold.TrainSet).Exists(p => p.Group == tested[0].Group));
        }

        folds = _ml.Data.CrossValidationSplit(data, numberOfFolds: 3);
        CollectionAssert.AreEquivalent(
            Points(10, groups: 3).Select(p => p.Features).ToArray(), folds.SelectMany(f => Rows<Point>(f.TestSet)).Select(p => p.Features).ToArray());
        Assert.IsTrue(folds.All(f => Rows<Point>(f.TrainSet).Count + Rows<Point>(f.TestSet).Count == 10));
    }

    [TestMethod]
    public void DataViewEnumerable_leaves_members_without_a_column_at_their_default()
    {
        var data = _ml.Data.LoadFromEnumerable(Temperatures.Take(5));
        CollectionAssert.AreEqual((float[])[36, 36, 34, 35, 35], Rows<Temperature>(data).Select(t => t.Value).ToArray());
        var placed = _ml.Data.CreateEnumerable<PlacedTemperature>(data, reuseRowObject: true, ignoreMissingColumns: true);
        CollectionAssert.AreEqual(
            (string[])["1/2/2012 36 0", "1/3/2012 36 0", "1/4/2012 34 0", "1/5/2012 35 0", "1/6/2012 35 0"],
            placed.Select(t => FormattableString.Invariant($"{t.Date:M/d/yyyy} {t.Value} {t.Latitude}")).ToArray());
    }

    [TestMethod]
    public void FilterRowsByColumn_keeps_a_range_without_its_upper_bound()
    {
        var kept = _ml.Data.FilterRowsByColumn(_ml.Data.LoadFromEnumerable(Temperatures), "Value", lowerBound: 34, upperBound: 37);
        CollectionAssert.AreEqual((int[])[2, 3, 4, 5, 6, 9], Rows<Temperature>(kept).Select(t => t.Date.Day).ToArray());
    }

    [TestMethod]
    public void FilterByCustomPredicate_drops_names_with_R()
    {
        string[] names = ["Joey", "Chandler", "Ross", "Monica", "Rachel", "Phoebe"];
        var data = _ml.Data.LoadFromEnumerable(names.Select(n => new Friend { Name = n }));
        var kept = _ml.Data.FilterByCustomPredicate<Friend>(data, f => f.Name.StartsWith("r", StringComparison.OrdinalIgnoreCase));
        CollectionAssert.AreEqual((string[])["Joey", "Chandler", "Monica", "Phoebe"], Rows<Friend>(kept).Select(f => f.Name).ToArray());
    }

    [TestMethod]
    public void FilterByStatefulCustomPredicate_drops_a_name_with_R_that_the_row_before_marks()
    {
        (string, bool)[] friends = [("Joey", false), ("Chandler", false), ("Ross", false), ("Monica", true), ("Rachel", true), ("Phoebe", false)];
        var data = _ml.Data.LoadFromEnumerable(friends.Select(f => new Friend { Name = f.Item1, FilterNext = f.Item2 }));
        var kept = _ml.Data.FilterByStatefulCustomPredicate<Friend, Marked>(
            data,
            (friend, state) =>
            {
                bool marked = state.Value;
                state.Value = friend.FilterNext;
                return marked && friend.Name.StartsWith("r", StringComparison.OrdinalIgnoreCase);
            },
            state => state.Value = false);
        CollectionAssert.AreEqual((string[])["Joey", "Chandler", "Ross", "Monica", "Phoebe"], Rows<Friend>(kept).Select(f => f.Name).ToArray());
    }

    [TestMethod]
    public void FilterRowsByKeyColumnFraction_keeps_a_part_of_the_keys()
    {
        var data = _ml.Data.LoadFromEnumerable(((uint[])[21, 40, 38, 22, 40, 40, 22, 21]).Select(a => new Person { Age = a }));
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Age").Fit(data).Transform(data);
        CollectionAssert.AreEqual((uint[])[1, 2, 3, 4, 2, 2, 4, 1], Rows<Person>(keyed).Select(p => p.Age).ToArray());
        CollectionAssert.AreEqual(
            (uint[])[1, 2, 2, 2, 1], Rows<Person>(_ml.Data.FilterRowsByKeyColumnFraction(keyed, "Age", 0, 0.5)).Select(p => p.Age).ToArray());
        CollectionAssert.AreEqual(
            (uint[])[2, 2, 2], Rows<Person>(_ml.Data.FilterRowsByKeyColumnFraction(keyed, "Age", 0.3, 0.6)).Select(p => p.Age).ToArray());
    }

    [TestMethod]
    public void FilterRowsByMissingValues_drops_rows_with_NaN_in_any_column()
    {
        var data = _ml.Data.LoadFromEnumerable<TwoFeatures>(
        [
            new() { Feature1 = 21, Feature2 = [1, 2, float.NaN] }, new() { Feature1 = 40, Feature2 = [1, 2, 3] }, new() { Feature1 = float.NaN, Feature2 = [1, 2, float.NaN] },
        ]);
        var kept = Rows<TwoFeatures>(_ml.Data.FilterRowsByMissingValues(data, "Feature1", "Feature2")).Single();
        Assert.AreEqual(40, kept.Feature1);
        CollectionAssert.AreEqual((float[])[1, 2, 3], kept.Feature2);
    }

    [TestMethod]
    public void LoadFromEnumerable_takes_the_size_of_vectors_from_the_type_or_from_a_definition()
    {
        var known = (VectorDataViewType)_ml.Data.LoadFromEnumerable<FiveFeatures>([new() { Features = [1.2f, 3.4f, 4.5f, 3.2f, 7.5f] }]).Schema["Features"].Type;
        Assert.IsTrue(known.IsKnownSize);
        Assert.AreEqual(5, known.Size);
        var definition = SchemaDefinition.Create(typeof(AnyFeatures));
        var unknown = (VectorDataViewType)definition["Features"]!.ColumnType;
        Assert.IsFalse(unknown.IsKnownSize);
        Assert.AreEqual(0, unknown.Size);
        definition[0].ColumnType = new VectorDataViewType(unknown.ItemType, 3);
        var data = _ml.Data.LoadFromEnumerable<AnyFeatures>([new() { Features = [1.2f, 3.4f, 4.5f] }, new() { Features = [4.2f, 3.4f, 1.6f] }], definition);
        Assert.AreEqual(3, ((VectorDataViewType)data.Schema["Features"].Type).Size);
        CollectionAssert.AreEqual((float[])[4.2f, 3.4f, 1.6f], Rows<AnyFeatures>(data)[1].Features);
    }

    [TestMethod]
    public void ShuffleRows_changes_the_order_alone()
    {
        var data = _ml.Data.LoadFromEnumerable(Temperatures);
        int[] days = [.. Rows<Temperature>(_ml.Data.ShuffleRows(data, seed: 123)).Select(t => t.Date.Day)];
        CollectionAssert.AreNotEqual(Enumerable.Range(2, 10).ToArray(), days);
        CollectionAssert.AreEquivalent(Enumerable.Range(2, 10).ToArray(), days);
        CollectionAssert.AreEqual(days, Rows<Temperature>(_ml.Data.ShuffleRows(data, seed: 123)).Select(t => t.Date.Day).ToArray());
    }

    [TestMethod]
    public void SkipRows_and_TakeRows_divide_the_rows()
    {
        var data = _ml.Data.LoadFromEnumerable(Temperatures);
        CollectionAssert.AreEqual((float[])[39, 40, 35, 30, 29], Rows<Temperature>(_ml.Data.SkipRows(data, 5)).Select(t => t.Value).ToArray());
        CollectionAssert.AreEqual((float[])[36, 36, 34, 35, 35], Rows<Temperature>(_ml.Data.TakeRows(data, 5)).Select(t => t.Value).ToArray());
    }

    [TestMethod]
    public void TrainTestSplit_keeps_groups_together_or_gives_the_fraction()
    {
        var data = _ml.Data.LoadFromEnumerable(Points(10, groups: 2));
        var byGroup = _ml.Data.TrainTestSplit(data, testFraction: 0.1, samplingKeyColumnName: "Group");
        Assert.HasCount(1, Rows<Point>(byGroup.TrainSet).DistinctBy(p => p.Group));
        Assert.HasCount(5, Rows<Point>(byGroup.TrainSet));
        Assert.HasCount(5, Rows<Point>(byGroup.TestSet));
        var byRow = _ml.Data.TrainTestSplit(data, testFraction: 0.2);
        Assert.HasCount(8, Rows<Point>(byRow.TrainSet));
        Assert.HasCount(2, Rows<Point>(byRow.TestSet));
    }

    private List<T> Rows<T>(IDataView view) where T : new() =>
        [.. _ml.Data.CreateEnumerable<T>(view, reuseRowObject: false)];

    private static IEnumerable<Point> Points(int count, int groups)
    {
        float[] features = [0.7262433f, 0.8173254f, 0.7680227f, 0.5581612f, 0.2060332f, 0.5588848f, 0.9060271f, 0.4421779f, 0.9775497f, 0.2737045f];
        return features.Take(count).Select((f, i) => new Point { Group = i % groups, Features = f });
    }

    private sealed class Point
    {
        public float Group { get; set; }

        public float Features { get; set; }
    }

    private class Temperature
    {
        public DateTime Date { get; set; }

        public float Value { get; set; }
    }

    private sealed class PlacedTemperature : Temperature
    {
        public float Latitude { get; set; }
    }

    private sealed class Friend
    {
        public string Name { get; set; } = "";

        public bool FilterNext { get; set; }
    }

    private sealed class Marked
    {
        public bool Value { get; set; }
    }

    private sealed class Person
    {
        public uint Age { get; set; }
    }

    private sealed class TwoFeatures
    {
        public float Feature1 { get; set; }

        public float[] Feature2 { get; set; } = [];
    }

    private sealed class FiveFeatures
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    private sealed class AnyFeatures
    {
        public float[] Features { get; set; } = [];
    }
}
