using System.Reflection;
using MLPath.Data;
using MLPath.Runtime;
using FactoryAttribute = Microsoft.ML.Transforms.CustomMappingFactoryAttributeAttribute;

namespace MLPath.MicrosoftML.Tests;

/// <summary>The mappings that a saved model is made of, driven by hand as Microsoft.ML drives them.</summary>
[TestClass]
public sealed class CapsuleTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void A_model_gives_row_by_row_what_it_gave_before_it_was_kept()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 3));
        schema.AddColumn("Label", NumberDataViewType.Single);
        var features = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 3));
        var labels = new ScalarColumn<float>(NumberDataViewType.Single);
        for (int i = 0; i < 60; i++)
        {
            features.AddRow([MathF.Sin(i), MathF.Cos(2 * i), i % 5]);
            labels.Add(MathF.Sin(3 * i));
        }

        var data = new InMemoryDataView(schema.ToSchema(), [features, labels]);
        var transformer = Ml.Transforms.NormalizeMeanVariance("Features").Append(Ml.Regression.Trainers.Ridge()).Fit(data);
        var (plan, model) = Keep(transformer, data.Schema);
        CollectionAssert.AreEqual(new[] { "Features" }, plan.Inputs.Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "Features", "Score" }, plan.Outputs.Select(c => c.Name).ToArray());

        var expected = transformer.Transform(data).GetColumn<float>("Score").ToArray();
        CapsuleRow? begun = null;
        for (int i = 0; i < expected.Length; i++)
        {
            begun = CapsuleRow.Begin(begun, model.AsMemory());
            var row = TakeVector(begun, new MSData.VBuffer<float>(3, features.RowValues(i).ToArray()));
            row = GivePieces<float>(row, 3, out _);
            _ = Give<float>(row, out float score);
            Assert.AreEqual(BitConverter.SingleToInt32Bits(expected[i]), BitConverter.SingleToInt32Bits(score));
        }
    }

    [TestMethod]
    public void The_pieces_of_a_vector_joined_are_the_vector()
    {
        for (int size = 1; size <= 40; size++)
        {
            var type = new VectorDataViewType(NumberDataViewType.Single, size);
            string model = Copying(type);
            float[] dense = [.. Enumerable.Range(1, size).Select(slot => slot + 0.25f)];
            _ = GivePieces<float>(TakeVector(Begin(model), new MSData.VBuffer<float>(size, dense)), size, out float[] joined);
            CollectionAssert.AreEqual(dense, joined, $"{size} slots");

            // A sparse one, and after it a dense one through the same row: nothing of the former stays behind.
            var row = Begin(model);
            var made = new PieceColumns<float> { Row = TakeVector(row, new MSData.VBuffer<float>(size, 1, [7f], [size - 1])) };
            CollectionAssert.AreEqual(Enumerable.Range(0, size).Select(slot => slot == size - 1 ? 7f : 0).ToArray(), Join(made, size));
            row = CapsuleRow.Begin(row, model.AsMemory());
            made.Row = TakeVector(row, new MSData.VBuffer<float>(size, dense));
            CollectionAssert.AreEqual(dense, Join(made, size), $"{size} slots");
        }
    }

    [TestMethod]
    public void Values_of_every_type_are_taken_and_given()
    {
        TakesAndGives(BooleanDataViewType.Instance, true);
        TakesAndGives(NumberDataViewType.SByte, (sbyte)-5);
        TakesAndGives(NumberDataViewType.Byte, (byte)5);
        TakesAndGives(NumberDataViewType.Int16, (short)-500);
        TakesAndGives(NumberDataViewType.UInt16, (ushort)500);
        TakesAndGives(NumberDataViewType.Int32, -70000);
        TakesAndGives(NumberDataViewType.UInt32, 70000u);
        TakesAndGives(NumberDataViewType.Int64, long.MinValue);
        TakesAndGives(NumberDataViewType.UInt64, ulong.MaxValue);
        TakesAndGives(NumberDataViewType.Single, float.NaN);
        TakesAndGives(NumberDataViewType.Double, Math.PI);
        TakesAndGives(TextDataViewType.Instance, "text".AsMemory());
        TakesAndGives(DateTimeDataViewType.Instance, new DateTime(2020, 2, 29));
        TakesAndGives(DateTimeOffsetDataViewType.Instance, new DateTimeOffset(2020, 2, 29, 0, 0, 0, TimeSpan.FromHours(2)));
        TakesAndGives(TimeSpanDataViewType.Instance, TimeSpan.FromTicks(1));
        TakesAndGives(new KeyDataViewType(typeof(byte), 3), (byte)3);
    }

    [TestMethod]
    public void Vectors_of_each_rows_own_length_are_taken_and_given()
    {
        string model = Copying(new VectorDataViewType(NumberDataViewType.Int64));
        var row = Begin(model);
        var made = new GivenColumns<MSData.VBuffer<long>>();
        for (int length = 0; length < 5; length++)
        {
            row = CapsuleRow.Begin(row, model.AsMemory());
            long[] values = [.. Enumerable.Range(0, length).Select(i => 10L * i)];
            VectorMapping<long>.Give(new RowColumn { Row = TakeVector(row, new MSData.VBuffer<long>(length, values)) }, made);
            CollectionAssert.AreEqual(values, made.Value.DenseValues().ToArray());
        }
    }

    [TestMethod]
    public void Each_cursor_has_a_row_of_its_own_which_it_keeps()
    {
        string model = Copying(NumberDataViewType.Int32);
        var (one, other) = (Begin(model), Begin(model));
        Assert.AreNotSame(one, other);
        var (oneTaken, otherTaken) = (Take(one, 1), Take(other, 2));
        _ = Give(oneTaken, out int first);
        _ = Give(otherTaken, out int second);
        Assert.AreEqual((1, 2), (first, second));
        Assert.AreSame(one, CapsuleRow.Begin(one, model.AsMemory()));
        Assert.AreNotSame(one, CapsuleRow.Begin(one, Copying(NumberDataViewType.Int32).AsMemory()), "Another model begins another row.");
    }

    [TestMethod]
    public void A_model_that_is_damaged_says_so()
    {
        string model = Copying(NumberDataViewType.Int32);
        Assert.ThrowsExactly<ModelFormatException>(() => Begin("not base 64!"));
        Assert.ThrowsExactly<ModelFormatException>(() => Begin(Convert.ToBase64String("no model"u8)));
        Assert.ThrowsExactly<ModelFormatException>(() => Begin(model[..(model.Length / 8 * 4)]));
    }

    [TestMethod]
    public void What_cannot_be_kept_says_why()
    {
        var view = new HandMadeView(1).With("X", MSData.NumberDataViewType.Single, _ => 1f).AsMLPath();
        var filter = Ml.Transforms.FilterByCustomPredicate<OneNumber>(row => row.X < 2, null).Fit(view);
        var error = Assert.ThrowsExactly<NotSupportedException>(() => Capsule.Pack(filter, view.Schema));
        Assert.Contains("does not map row to row", error.Message);
    }

    [TestMethod]
    public void There_is_a_factory_for_every_mapping_of_every_type()
    {
        string[] types =
        [
            "Boolean", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Single", "Double", "Text", "DateTime", "DateTimeOffset", "TimeSpan",
        ];
        string[] mappings = ["Take", "TakeVector", "Give", "GiveVector", "GivePieces"];
        var expected = mappings.SelectMany(mapping => types.Select(type => $"MLPath.{mapping}{type}")).Concat(["MLPath.Constant", "MLPath.Open"]);
        var factories = typeof(Capsule).Assembly.GetTypes().Where(type => type.IsDefined(typeof(FactoryAttribute)))
            .ToDictionary(type => type.GetCustomAttribute<FactoryAttribute>()!.ContractName);
        CollectionAssert.AreEquivalent(expected.ToArray(), factories.Keys.ToArray());
        foreach (var (name, factory) in factories)
        {
            var mapping = (Delegate)factory.GetMethod("GetMapping")!.Invoke(Activator.CreateInstance(factory), null)!;
            if (mapping.Method.DeclaringType!.GetGenericArguments() is [var type])
                Assert.EndsWith(type == typeof(ReadOnlyMemory<char>) ? "Text" : type.Name, name);
        }
    }

    private static void TakesAndGives<T>(DataViewType type, T value)
    {
        _ = Give(Take(Begin(Copying(type)), value), out T given);
        Assert.AreEqual(value, given, $"{type}");
    }

    /// <summary>A model that copies its one column.</summary>
    private static string Copying(DataViewType type)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("X", type);
        var view = new InMemoryDataView(schema.ToSchema(), [ColumnBuffer.Create(type)]);
        return Keep(Ml.Transforms.CopyColumns("Copy", "X").Fit(view), view.Schema).Model;
    }

    private static (CapsulePlan Plan, string Model) Keep(ITransformer transformer, DataViewSchema schema)
    {
        var plan = CapsulePlan.Of(transformer.GetRowToRowMapper(schema));
        return (plan, CapsuleModel.Save(transformer, plan));
    }

    private static CapsuleRow Begin(string model) => CapsuleRow.Begin(null, model.AsMemory());

    private static CapsuleRow Take<T>(CapsuleRow row, T value)
    {
        var made = new RowColumn();
        ScalarMapping<T>.Take(new TakenColumns<T> { Row = row, Value = value }, made);
        return made.Row!;
    }

    private static CapsuleRow TakeVector<T>(CapsuleRow row, MSData.VBuffer<T> value)
    {
        var made = new RowColumn();
        VectorMapping<T>.Take(new TakenColumns<MSData.VBuffer<T>> { Row = row, Value = value }, made);
        return made.Row!;
    }

    private static CapsuleRow Give<T>(CapsuleRow row, out T value)
    {
        var made = new GivenColumns<T>();
        ScalarMapping<T>.Give(new RowColumn { Row = row }, made);
        value = made.Value;
        return made.Row!;
    }

    private static CapsuleRow GivePieces<T>(CapsuleRow row, int size, out T[] joined)
    {
        var made = new PieceColumns<T> { Row = row };
        joined = Join(made, size);
        return made.Row!;
    }

    // Gives the pieces of the row that stands in them, and joins them as Concatenate does: by the order of CapsuleBuilder.Pieces.
    private static T[] Join<T>(PieceColumns<T> made, int size)
    {
        VectorMapping<T>.GivePieces(new RowColumn { Row = made.Row }, made);
        var joined = new List<T>();
        foreach (int piece in CapsuleBuilder.Pieces(size))
        {
            Assert.AreEqual(1 << piece, made[piece].Length);
            joined.AddRange(made[piece].DenseValues());
        }

        return [.. joined];
    }

    private sealed class OneNumber
    {
        public float X { get; set; }
    }
}
