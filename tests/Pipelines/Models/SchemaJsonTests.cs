using System.Text.Json.Nodes;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

[TestClass]
public sealed class SchemaJsonTests
{
    [TestMethod]
    public void Every_type_comes_back()
    {
        DataViewType[] types =
        [
            .. NumberDataViewType.All,
            TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
            TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
            new KeyDataViewType(3), new KeyDataViewType(typeof(byte), 255), new KeyDataViewType(typeof(ushort), 1), new KeyDataViewType(typeof(ulong), ulong.MaxValue),
            new VectorDataViewType(NumberDataViewType.Single), new VectorDataViewType(NumberDataViewType.Single, 4),
            new VectorDataViewType(NumberDataViewType.Byte, 3, 32, 32), new VectorDataViewType(new KeyDataViewType(7), 2),
            new VectorDataViewType(TextDataViewType.Instance),
        ];
        var schema = new DataViewSchema.Builder();
        foreach (var type in types) schema.AddColumn($"column '{type}'", type);

        var read = SchemaJson.Read(SchemaJson.Write(schema.ToSchema()));

        Assert.HasCount(types.Length, read);
        for (var i = 0; i < types.Length; i++)
        {
            Assert.AreEqual($"column '{types[i]}'", read[i].Name);
            Assert.AreEqual(types[i], read[i].Type);
            Assert.IsEmpty(read[i].Annotations.Schema);
        }
    }

    [TestMethod]
    public void Hidden_columns_stay_where_they_were()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("x", NumberDataViewType.Single);
        schema.AddColumn("y", TextDataViewType.Instance);
        schema.AddColumn("x", NumberDataViewType.Double);

        var read = SchemaJson.Read(SchemaJson.Write(schema.ToSchema()));
        CollectionAssert.AreEqual(new[] { true, false, false }, read.Select(column => column.IsHidden).ToArray());
        Assert.AreEqual(NumberDataViewType.Double, read["x"].Type);
    }

    [TestMethod]
    public void An_empty_schema_comes_back() => Assert.IsEmpty(SchemaJson.Read(SchemaJson.Write(DataViewSchema.Empty)));

    [TestMethod]
    public void Slot_names_and_key_values_come_back()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2),
            new DataViewSchema.Annotations.Builder().AddSlotNames(["length", "größe \"cm\""]).ToAnnotations());
        schema.AddColumn("Label", new KeyDataViewType(3),
            new DataViewSchema.Annotations.Builder().AddKeyValues(["setosa", "", "virginica"]).ToAnnotations());
        schema.AddColumn("Grade", new KeyDataViewType(2),
            new DataViewSchema.Annotations.Builder().AddKeyValues<double>(NumberDataViewType.Double, [0.1, double.NaN]).ToAnnotations());

        var read = SchemaJson.Read(SchemaJson.Write(schema.ToSchema()));
        CollectionAssert.AreEqual(new[] { "length", "größe \"cm\"" }, read["Features"].SlotNamesOrDefault().ToArray());
        CollectionAssert.AreEqual(new[] { "setosa", "", "virginica" }, read["Label"].KeyValueTexts().ToArray());
        VBuffer<double> grades = default;
        read["Grade"].GetKeyValues(ref grades);
        CollectionAssert.AreEqual(new[] { 0.1, double.NaN }, grades.DenseValues());
    }

    [TestMethod]
    public void Annotations_of_every_type_keep_their_values()
    {
        Keeps(NumberDataViewType.SByte, sbyte.MinValue);
        Keeps(NumberDataViewType.Byte, byte.MaxValue);
        Keeps(NumberDataViewType.Int16, short.MinValue);
        Keeps(NumberDataViewType.UInt16, ushort.MaxValue);
        Keeps(NumberDataViewType.Int32, int.MinValue);
        Keeps(NumberDataViewType.UInt32, uint.MaxValue);
        Keeps(NumberDataViewType.Int64, long.MinValue);
        Keeps(NumberDataViewType.UInt64, ulong.MaxValue);
        Keeps(NumberDataViewType.Single, float.Epsilon);
        Keeps(NumberDataViewType.Single, float.NegativeInfinity);
        Keeps(NumberDataViewType.Double, Math.PI);
        Keeps(NumberDataViewType.Double, double.NaN);
        Keeps(BooleanDataViewType.Instance, true);
        Keeps(BooleanDataViewType.Instance, false);
        Keeps(DateTimeDataViewType.Instance, new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddTicks(1));
        Keeps(DateTimeOffsetDataViewType.Instance, new DateTimeOffset(1999, 12, 31, 1, 2, 3, TimeSpan.FromMinutes(-90)));
        Keeps(TimeSpanDataViewType.Instance, TimeSpan.FromTicks(-123456789012345));
        Keeps(RowIdDataViewType.Instance, new DataViewRowId(ulong.MaxValue, 5));
        Keeps(new KeyDataViewType(9), 7u);
    }

    private static void Keeps<T>(PrimitiveDataViewType type, T value) where T : struct
    {
        var annotations = new DataViewSchema.Annotations.Builder()
            .Add("scalar", type, value)
            .Add("dense", new VectorDataViewType(type, 2), new VBuffer<T>(2, [default, value]))
            .Add("sparse", new VectorDataViewType(type, 9), new VBuffer<T>(9, 2, [value, default], [3, 7]))
            .Add("ragged", new VectorDataViewType(type), new VBuffer<T>(0, []));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("c", NumberDataViewType.Single, annotations.ToAnnotations());

        var read = SchemaJson.Read(SchemaJson.Write(schema.ToSchema()))["c"].Annotations;
        T scalar = default;
        read.GetValue("scalar", ref scalar);
        Assert.AreEqual(value, scalar);
        VBuffer<T> vector = default;
        read.GetValue("dense", ref vector);
        CollectionAssert.AreEqual(new[] { default, value }, vector.DenseValues());
        read.GetValue("sparse", ref vector);
        Assert.IsFalse(vector.IsDense);
        Assert.AreEqual(9, vector.Length);
        CollectionAssert.AreEqual(new[] { 3, 7 }, vector.GetIndices().ToArray());
        CollectionAssert.AreEqual(new[] { value, default }, vector.GetValues().ToArray());
        read.GetValue("ragged", ref vector);
        Assert.AreEqual(0, vector.Length);
    }

    [TestMethod]
    public void Text_that_is_not_Unicode_does_not_prevent_saving()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label\ud800", new KeyDataViewType(2), new DataViewSchema.Annotations.Builder().AddKeyValues(["a\udc00<", "\ud800"]).ToAnnotations());
        var read = SchemaJson.Read(SchemaJson.Write(schema.ToSchema()))[0];
        Assert.AreEqual("Label\ufffd", read.Name);
        CollectionAssert.AreEqual(new[] { "a\ufffd<", "\ufffd" }, read.KeyValueTexts().ToArray());
    }

    [TestMethod]
    public void A_schema_travels_in_the_manifest()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", new KeyDataViewType(2), new DataViewSchema.Annotations.Builder().AddKeyValues(["no", "yes"]).ToAnnotations());
        var json = SchemaJson.Write(schema.ToSchema());
        var file = Models.Save(Models.Small(), new ModelManifest { Schema = json });

        var (root, manifest) = Models.Load(file);
        Assert.IsTrue(JsonNode.DeepEquals(json, manifest.Schema));
        CollectionAssert.AreEqual(new[] { "no", "yes" }, SchemaJson.Read(manifest.Schema!)["Label"].KeyValueTexts().ToArray());
        CollectionAssert.AreEqual(file, Models.Save(root, manifest with { Schema = SchemaJson.Write(SchemaJson.Read(manifest.Schema!)) }));
    }

    [TestMethod]
    [DataRow("""{}""", "no list of columns")]
    [DataRow("""{"columns":[7]}""", "Column 0 of the schema is not valid: 'name' is missing")]
    [DataRow("""{"columns":[{"name":"a","type":"Text"},{"name":"","type":"Text"}]}""", "Column 1")]
    [DataRow("""{"columns":[{"name":"a"}]}""", "'type' is missing")]
    [DataRow("""{"columns":[{"name":"a","type":"System.String"}]}""", "no type 'System.String'; the types are SByte, Byte")]
    [DataRow("""{"columns":[{"name":"a","type":{"key":"UInt32","count":0}}]}""", "Column 0")]
    [DataRow("""{"columns":[{"name":"a","type":{"key":"Byte","count":256}}]}""", "from 1 to 255")]
    [DataRow("""{"columns":[{"name":"a","type":{"key":"Single","count":2}}]}""", "not as Single")]
    [DataRow("""{"columns":[{"name":"a","type":{"key":"UInt32","count":-1}}]}""", "Column 0")]
    [DataRow("""{"columns":[{"name":"a","type":{"vector":"Single","dimensions":[2,0]}}]}""", "at least 1")]
    [DataRow("""{"columns":[{"name":"a","type":{"vector":"Single","dimensions":[2000000000,2]}}]}""", "Column 0")]
    [DataRow("""{"columns":[{"name":"a","type":{"vector":{"vector":"Single"}}}]}""", "'key' is missing")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":"Single"}]}]}""", "'k' has no value")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":"Single","value":"x"}]}]}""", "holds text, which is not of type Single")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":"Byte","value":256}]}]}""", "holds the number '256'")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":{"vector":"Byte","dimensions":[2]},"value":[1]}]}]}""", "has 1 values, not 2")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":{"vector":"Byte"},"value":1}]}]}""", "is not a list")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":{"vector":"Byte"},"value":{"length":3,"indices":[1,1],"values":[1,2]}}]}]}""", "do not increase")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":{"vector":"Byte"},"value":{"length":3,"indices":[3],"values":[1]}}]}]}""", "do not increase")]
    [DataRow("""{"columns":[{"name":"a","type":"Text","annotations":[{"kind":"k","type":{"vector":"Byte"},"value":{"length":3,"indices":[0,1],"values":[1]}}]}]}""", "as many values as indices")]
    public void A_schema_that_makes_no_sense_is_refused(string json, string expected) => Assert.Contains(
        expected, Assert.ThrowsExactly<ModelFormatException>(() => SchemaJson.Read(JsonNode.Parse(json)!.AsObject())).Message);
}
