using MLPath.Data;
using MLPath.Tests.Transforms;
using MLPath.Transforms;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of conversions between types, and of hashes, with their documented results where not stated otherwise.</summary>
[TestClass]
public sealed class ConversionSampleTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static InMemoryDataView Sports => Tables.Of(
        ("Category", Tables.Texts("MLB", "NFL", "NFL", "MLB", "MLS")), ("Age", Tables.Scalars<uint>(NumberDataViewType.UInt32, 18, 14, 15, 18, 14)));

    [TestMethod]
    public void ConvertType()
    {
        var data = Tables.Of(("Survived", Tables.Scalars(BooleanDataViewType.Instance, true, false, true, false, false)));
        var made = _ml.Transforms.Conversion.ConvertType("SurvivedInt32", "Survived", DataKind.Int32).Fit(data).Transform(data);
        CollectionAssert.AreEqual((int[])[1, 0, 1, 0, 0], made.Column<int>("SurvivedInt32"));
        Assert.IsTrue(made.Schema["SurvivedInt32"].IsNormalized());
    }

    /// <summary>The documented dates are those of the day it was written; here they are given.</summary>
    [TestMethod]
    public void ConvertTypeMultiColumn()
    {
        var data = Tables.Of(
            ("Feature1", Tables.Scalars(BooleanDataViewType.Instance, true, false, false, false, true)),
            ("Feature2", Tables.Texts("0.4", "0.5", "14", "23", "8904")),
            ("Feature3", Tables.Scalars(DateTimeDataViewType.Instance, [.. Enumerable.Range(1, 5).Select(day => new DateTime(2019, 3, day, 0, 0, 0, DateTimeKind.Utc))])),
            ("Feature4", Tables.Doubles(0.145, 3.14, 0.2046, 0.1206, 8.09)));
        var made = _ml.Transforms.Conversion.ConvertType(
            [new("Converted1", "Feature1"), new("Converted2", "Feature2"), new("Converted3", "Feature3"), new("Converted4", "Feature4")], DataKind.Single)
            .Fit(data).Transform(data);
        CollectionAssert.AreEqual((float[])[1, 0, 0, 0, 1], made.Column<float>("Converted1"));
        CollectionAssert.AreEqual((float[])[0.4f, 0.5f, 14, 23, 8904], made.Column<float>("Converted2"));
        Assert.AreEqual((float)new DateTime(2019, 3, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, made.Column<float>("Converted3")[0]);
        CollectionAssert.AreEqual((float[])[0.145f, 3.14f, 0.2046f, 0.1206f, 8.09f], made.Column<float>("Converted4"));
    }

    /// <summary>
    /// The documented keys are those of a former hash function. These are MurmurHash3 as it is published, as scikit-learn computes it (see
    /// make_numbers.py), and what the keys stand for is told the same way.
    /// </summary>
    [TestMethod]
    public void Hash()
    {
        var estimator = _ml.Transforms.Conversion.Hash("CategoryHashed", "Category", numberOfBits: 16, maximumNumberOfInverts: -1)
            .Append(_ml.Transforms.Conversion.Hash("AgeHashed", "Age", numberOfBits: 8));
        IsHashed(estimator.Fit(Sports).Transform(Sports));
    }

    [TestMethod]
    public void HashWithOptions() => IsHashed(_ml.Transforms.Conversion.Hash(
        new HashingEstimator.ColumnOptions("CategoryHashed", "Category", 16, useOrderedHashing: false, maximumNumberOfInverts: -1),
        new HashingEstimator.ColumnOptions("AgeHashed", "Age", 8, useOrderedHashing: false)).Fit(Sports).Transform(Sports));

    /// <summary>The example's reviews, split into words already.</summary>
    [TestMethod]
    public void KeyToValueToKey()
    {
        string[] reviews = ["animals birds cats dogs fish horse", "horse birds house fish duck cats", "car truck driver bus pickup", "car truck driver bus pickup horse"];
        var words = new VectorColumn<ReadOnlyMemory<char>>(new VectorDataViewType(TextDataViewType.Instance));
        words.Begin(VectorLayout.Ragged);
        foreach (string review in reviews)
            words.AddRow(Tables.Words(review.Split(' ')));
        var data = Tables.Of(("TokenizedText", words));

        var byOccurrence = _ml.Transforms.Conversion.MapValueToKey("Keys", "TokenizedText");
        AreEqual<uint>([[1, 2, 3, 4, 5, 6], [6, 2, 7, 5, 8, 3], [9, 10, 11, 12, 13], [9, 10, 11, 12, 13, 6]], byOccurrence.Fit(data).Transform(data).Rows<uint>("Keys"));
        var byValue = _ml.Transforms.Conversion.MapValueToKey(
            "Keys", "TokenizedText", maximumNumberOfKeys: 10, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        AreEqual<uint>([[1, 2, 4, 5, 7, 8], [8, 2, 9, 7, 6, 4], [3, 10, 0, 0, 0], [3, 10, 0, 0, 0, 8]], byValue.Fit(data).Transform(data).Rows<uint>("Keys"));
        var back = byOccurrence.Append(_ml.Transforms.Conversion.MapKeyToValue("Keys")).Fit(data).Transform(data);
        CollectionAssert.AreEqual(reviews, back.Rows<ReadOnlyMemory<char>>("Keys").Select(row => string.Join(' ', row)).ToArray());
    }

    [TestMethod]
    public void MapKeyToBinaryVector()
    {
        // ML.NET writes a key with the number 9 to a field of key type as 10.
        var data = Tables.Of(("Timeframe", Tables.Keys(10, 10, 9, 9, 10, 3, 4)));
        AreEqual([[0, 1, 0, 0, 1], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1]],
            _ml.Transforms.Conversion.MapKeyToBinaryVector("TimeframeVector", "Timeframe").Fit(data).Transform(data).Rows<float>("TimeframeVector"));
    }

    /// <summary>The example's data with each class apart from the others, so that it does not depend on the trainer which is predicted.</summary>
    [TestMethod]
    public void MapKeyToValueMultiColumn()
    {
        string[] classes = ["AA", "BB", "CC", "DD"];
        var data = Tables.Of(
            ("Label", Tables.Texts([.. Enumerable.Range(0, 200).Select(i => classes[i % 4])])),
            ("Features", Tables.Dense([.. Enumerable.Range(0, 200).Select(i => Enumerable.Range(0, 4).Select(j => (i % 4 == j ? 3f : 0) + (i * (j + 7) % 11 / 11f)).ToArray())])));
        var scored = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(data).Transform(data);
        var made = _ml.Transforms.Conversion.MapKeyToValue([new("LabelOriginalValue", "Label"), new("PredictedLabelOriginalValue", "PredictedLabel")])
            .Fit(scored).Transform(scored);
        CollectionAssert.AreEqual(data.TextColumn("Label"), made.TextColumn("LabelOriginalValue"));
        CollectionAssert.AreEqual(data.TextColumn("Label"), made.TextColumn("PredictedLabelOriginalValue"));
    }

    [TestMethod]
    public void MapKeyToVector()
    {
        var data = Tables.Of(("Timeframe", Tables.Keys(9, 9, 8, 9, 4)), ("PartA", Tables.Singles(1, 2, 3, 3)), ("PartB", Tables.Singles(2, 1, 2, 3)));
        var t = _ml.Transforms;
        var made = t.Conversion.MapKeyToVector("TimeframeVector", "Timeframe")
            .Append(t.Concatenate("Parts", "PartA", "PartB"))
            .Append(t.Conversion.MapValueToKey("Parts"))
            .Append(t.Conversion.MapKeyToVector("PartsCount", "Parts", outputCountVector: true))
            .Append(t.Conversion.MapKeyToVector("PartsNoCount", "Parts"))
            .Fit(data).Transform(data);
        AreEqual([[0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 0, 0]], made.Rows<float>("TimeframeVector"));
        AreEqual([[1, 1, 0], [1, 1, 0], [0, 1, 1], [0, 0, 2]], made.Rows<float>("PartsCount"));
        AreEqual([[1, 0, 0, 0, 1, 0], [0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 1]], made.Rows<float>("PartsNoCount"));
    }

    /// <summary>The example counts five categories, one too few for its keys; with all six, key 6 has its slot.</summary>
    [TestMethod]
    public void MapKeyToVectorMultiColumn()
    {
        var data = Tables.Of(("Timeframe", Tables.Keys(10, 10, 9, 9, 10, 3, 4)), ("Category", Tables.Keys(6, 6, 5, 5, 4, 4, 6)));
        var made = _ml.Transforms.Conversion.MapKeyToVector([new("TimeframeVector", "Timeframe"), new("CategoryVector", "Category")]).Fit(data).Transform(data);
        AreEqual([[0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]], made.Rows<float>("TimeframeVector")[..2]);
        AreEqual([[0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 1]], made.Rows<float>("CategoryVector"));
    }

    [TestMethod]
    public void MapValue()
    {
        var data = Tables.Of(
            ("Timeframe", Tables.Texts("0-4yrs", "6-11yrs", "12-25yrs", "0-5yrs", "12-25yrs", "25+yrs")),
            ("Score", Tables.Scalars(NumberDataViewType.Int32, 1, 2, 3, 4, 5, 5)));
        Dictionary<string, string> timeframes = new() { ["0-4yrs"] = "Short", ["0-5yrs"] = "Short", ["6-11yrs"] = "Medium", ["12-25yrs"] = "Long", ["25+yrs"] = "Long" };
        Dictionary<string, uint> keys = new() { ["0-4yrs"] = 1, ["0-5yrs"] = 1, ["6-11yrs"] = 2, ["12-25yrs"] = 3, ["25+yrs"] = 3 };
        Dictionary<int, string> scores = new() { [1] = "Low", [2] = "Low", [3] = "Average", [4] = "High", [5] = "High" };
        var t = _ml.Transforms.Conversion;
        var made = t.MapValue("TimeframeCategory", timeframes, "Timeframe")
            .Append(t.MapValue("ScoreCategory", scores, "Score"))
            .Append(t.MapValue("Label", keys, "Timeframe", treatValuesAsKeyType: true))
            .Fit(data).Transform(data);
        CollectionAssert.AreEqual((string[])["Short", "Medium", "Long", "Short", "Long", "Long"], made.TextColumn("TimeframeCategory"));
        CollectionAssert.AreEqual((string[])["Low", "Low", "Average", "High", "High", "High"], made.TextColumn("ScoreCategory"));
        CollectionAssert.AreEqual((uint[])[1, 2, 3, 1, 3, 3], made.Column<uint>("Label"));
        Assert.AreEqual(new KeyDataViewType(3), made.Schema["Label"].Type);
    }

    [TestMethod]
    public void MapValueIdvLookup()
    {
        var data = Tables.Of(("Price", Tables.Singles(3.14f, 2000, 1.19f, 2.17f, 33.784f)));
        var lookup = Tables.Of(
            ("Value", Tables.Singles(3.14f, 1.19f, 2.17f, 33.784f, 2000)), ("Category", Tables.Texts("Low", "Low", "Low", "Medium", "High")));
        var estimator = _ml.Transforms.Conversion.MapValue("PriceCategory", lookup, lookup.Schema["Value"], lookup.Schema["Category"], "Price");
        CollectionAssert.AreEqual(
            (string[])["Low", "High", "Low", "Low", "Medium"], TransformContract.Check(estimator, data, learns: false).TextColumn("PriceCategory"));
    }

    [TestMethod]
    public void MapValueToArray()
    {
        var data = Tables.Of(("Timeframe", Tables.Texts("0-4yrs", "6-11yrs", "12-25yrs", "0-5yrs", "12-25yrs", "25+yrs")));
        Dictionary<string, int[]> map = new()
        {
            ["0-4yrs"] = [0, 5, 300],
            ["0-5yrs"] = [0, 5, 300],
            ["6-11yrs"] = [6, 11, 300],
            ["12-25yrs"] = [12, 50, 300],
            ["25+yrs"] = [12, 50, 300],
        };
        var made = TransformContract.Check(_ml.Transforms.Conversion.MapValue("Features", map, "Timeframe"), data, learns: false);
        AreEqual([[0, 5, 300], [6, 11, 300], [12, 50, 300], [0, 5, 300], [12, 50, 300], [12, 50, 300]], made.Rows<int>("Features"));
    }

    [TestMethod]
    public void MapValueToKeyMultiColumn()
    {
        var data = Tables.Of(("StudyTime", Tables.Texts("0-4yrs", "6-11yrs", "12-25yrs", "0-5yrs")), ("Course", Tables.Texts("CS", "CS", "LA", "DS")));
        InputOutputColumnPair[] columns = [new("StudyTimeCategory", "StudyTime"), new("CourseCategory", "Course")];
        var made = _ml.Transforms.Conversion.MapValueToKey(
            columns, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue, addKeyValueAnnotationsAsText: true).Fit(data).Transform(data);
        CollectionAssert.AreEqual((uint[])[1, 4, 3, 2], made.Column<uint>("StudyTimeCategory"));
        CollectionAssert.AreEqual((uint[])[1, 1, 3, 2], made.Column<uint>("CourseCategory"));

        var keyData = Tables.Of(("Key", Tables.Texts("0-4yrs", "6-11yrs", "25+yrs", "CS", "DS", "LA")));
        var shared = _ml.Transforms.Conversion.MapValueToKey(columns, keyData: keyData).Fit(data).Transform(data);
        CollectionAssert.AreEqual((uint[])[1, 2, 0, 0], shared.Column<uint>("StudyTimeCategory"));
        CollectionAssert.AreEqual((uint[])[4, 4, 6, 5], shared.Column<uint>("CourseCategory"));
    }

    private static void IsHashed(IDataView made)
    {
        CollectionAssert.AreEqual((uint[])[16967, 24263, 24263, 16967, 58334], made.Column<uint>("CategoryHashed"));
        CollectionAssert.AreEqual((uint[])[204, 31, 72, 204, 31], made.Column<uint>("AgeHashed"));
        VBuffer<ReadOnlyMemory<char>> values = default;
        made.Schema["CategoryHashed"].GetKeyValues(ref values);
        CollectionAssert.AreEqual((int[])[16966, 24262, 58333], values.GetIndices().ToArray());
        CollectionAssert.AreEqual((string[])["MLB", "NFL", "MLS"], values.GetValues().ToArray().Select(v => v.ToString()).ToArray());
        Assert.IsFalse(made.Schema["AgeHashed"].HasKeyValues());
    }

    private static void AreEqual<T>(T[][] expected, T[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
            CollectionAssert.AreEqual(expected[row], actual[row], $"row {row}: {string.Join(", ", actual[row])}");
    }
}
