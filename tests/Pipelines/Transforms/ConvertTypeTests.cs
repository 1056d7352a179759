using MLPath.Data;
using MLPath.Transforms;
using static MLPath.Transforms.TypeConvertingEstimator;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class ConvertTypeTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    public void Every_conversion_that_there_is_keeps_the_contract()
    {
        ColumnBuffer[] inputs =
        [
            .. NumberDataViewType.All.Select(Numbers),
            Tables.Texts("1", "-2.5", "", "yes", "2020-02-03"),
            Tables.Scalars(BooleanDataViewType.Instance, true, false, true, true, false),
            Tables.Scalars(DateTimeDataViewType.Instance, [.. Enumerable.Range(1, 5).Select(d => new DateTime(2020, 1, d, 0, 0, 0, DateTimeKind.Unspecified))]),
            Tables.Scalars(DateTimeOffsetDataViewType.Instance, [.. Enumerable.Range(1, 5).Select(d => new DateTimeOffset(2020, 1, d, 0, 0, 0, TimeSpan.FromHours(d)))]),
            Tables.Scalars(TimeSpanDataViewType.Instance, [.. Enumerable.Range(1, 5).Select(d => TimeSpan.FromHours(d))]),
            Tables.Keys(3, 1, 0, 3, 2, 1),
        ];
        int made = 0;
        foreach (var input in inputs)
        {
            foreach (var kind in Enum.GetValues<DataKind>())
            {
                var data = Tables.Of(("X", input));
                var estimator = _ml.Transforms.Conversion.ConvertType("Y", "X", kind);
                bool promised = Succeeds(() => estimator.GetOutputSchema(SchemaShape.Create(data.Schema)));
                Assert.AreEqual(promised, Succeeds(() => new TypeConvertingTransformer(new ColumnOptions("Y", kind, "X")).Transform(data)), $"{input.Type} → {kind}");
                if (!promised)
                    continue;
                Assert.AreEqual(kind.ToDataViewType(), TransformContract.Check(estimator, data, learns: false, allocates: kind == DataKind.String).Schema["Y"].Type);
                made++;
            }
        }

        // 10 number types to 12 kinds, text to all 15, Booleans to 12, dates and durations to 3 numbers, text and themselves, keys to 10 numbers.
        Assert.AreEqual((10 * 12) + 15 + 12 + (3 * 5) + 10, made);

        static bool Succeeds(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (SchemaException)
            {
                return false;
            }
        }
    }

    [TestMethod]
    public void Vectors_are_converted_item_by_item_and_sparse_rows_stay_sparse_where_zero_stays_zero()
    {
        var data = Tables.Annotated(
            ("S", Tables.Sparse([0, 2.9f, 0], [-1, 0, 0]), Tables.SlotNames("a", "b", "c")),
            ("R", Tables.Ragged<ReadOnlyMemory<char>>(TextDataViewType.Instance, Tables.Words("1.5", "x"), []), DataViewSchema.Annotations.Empty));
        var made = TransformContract.Check(
            _ml.Transforms.Conversion.ConvertType(
            [new ColumnOptions("I", DataKind.Int32, "S"), new ColumnOptions("T", DataKind.String, "S"), new ColumnOptions("F", DataKind.Single, "R")]), data, learns: false, allocates: true);
        CollectionAssert.AreEqual((int[])[0, 2, 0], made.Rows<int>("I")[0]);
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<int>("I"));
        CollectionAssert.AreEqual((string[])["a", "b", "c"], made.SlotNames("I"));
        Assert.AreEqual("0", made.Rows<ReadOnlyMemory<char>>("T")[0][0].ToString());
        CollectionAssert.AreEqual((float[])[1.5f, float.NaN], made.Rows<float>("F")[0]);
    }

    [TestMethod]
    public void Numbers_out_of_range_become_the_nearest_there_is()
    {
        var data = Tables.Of(("X", Tables.Doubles(300, -300, 1.9, -1.9, double.NaN, double.PositiveInfinity)));
        CollectionAssert.AreEqual((sbyte[])[127, -128, 1, -1, 0, 127], Convert<sbyte>(data, DataKind.SByte));
        CollectionAssert.AreEqual((byte[])[255, 0, 1, 0, 0, 255], Convert<byte>(data, DataKind.Byte));
        CollectionAssert.AreEqual((bool[])[true, true, true, true, false, true], Convert<bool>(data, DataKind.Boolean));
        var large = Tables.Of(("X", Tables.Scalars(NumberDataViewType.UInt64, ulong.MaxValue, (1UL << 53) + 1)));
        CollectionAssert.AreEqual((long[])[long.MaxValue, (1L << 53) + 1], Convert<long>(large, DataKind.Int64));
    }

    [TestMethod]
    public void Text_is_parsed_the_same_in_every_culture_and_what_does_not_parse_is_missing()
    {
        var data = Tables.Of(("X", Tables.Texts("1.5", " 2 ", "1e3", "1,5", "", "abc", "-7")));
        CollectionAssert.AreEqual((float[])[1.5f, 2, 1000, float.NaN, float.NaN, float.NaN, -7], Convert<float>(data, DataKind.Single));
        CollectionAssert.AreEqual((int[])[0, 2, 1000, 0, 0, 0, -7], Convert<int>(data, DataKind.Int32));
        var words = Tables.Of(("X", Tables.Texts("TRUE", "t", "Yes", "y", "1", "+1", "+", "false", "no", "0", "", "maybe")));
        CollectionAssert.AreEqual(
            (bool[])[true, true, true, true, true, true, true, false, false, false, false, false], Convert<bool>(words, DataKind.Boolean));
    }

    [TestMethod]
    public void Dates_are_parsed_without_the_clock_or_the_time_zone_of_the_machine()
    {
        var data = Tables.Of(("X", Tables.Texts("2021-03-04", "2021-03-04T05:06:07", "2021-03-04T05:06:07+02:00", "10:30", "nonsense")));
        var dates = Convert<DateTime>(data, DataKind.DateTime);
        CollectionAssert.AreEqual((DateTime[])[new(2021, 3, 4), new(2021, 3, 4, 5, 6, 7), new(2021, 3, 4, 3, 6, 7), new(1, 1, 1, 10, 30, 0), default], dates);
        Assert.IsTrue(dates.All(d => d.Kind == DateTimeKind.Unspecified));
        var offsets = Convert<DateTimeOffset>(data, DataKind.DateTimeOffset);
        Assert.AreEqual(new DateTimeOffset(2021, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)), offsets[2]);
        Assert.AreEqual(TimeSpan.FromHours(2), offsets[2].Offset);
        Assert.AreEqual((TimeSpan.Zero, default(DateTimeOffset), default(DateTimeOffset)), (offsets[0].Offset, offsets[3], offsets[4]));
        Assert.AreEqual(new TimeSpan(1, 2, 3, 4), Convert<TimeSpan>(Tables.Of(("X", Tables.Texts("1.02:03:04"))), DataKind.TimeSpan)[0]);
    }

    [TestMethod]
    public void What_becomes_text_reads_back()
    {
        double[] numbers = [0.1, -1e-300, 12345678.9, double.NaN, double.PositiveInfinity];
        var texts = _ml.Transforms.Conversion.ConvertType("X", outputKind: DataKind.String).Fit(Tables.Of(("X", Tables.Doubles(numbers)))).Transform(Tables.Of(("X", Tables.Doubles(numbers))));
        CollectionAssert.AreEqual((string[])["0.1", "-1E-300", "12345678.9", "", "Infinity"], texts.TextColumn("X"));
        CollectionAssert.AreEqual(numbers, Convert<double>(texts, DataKind.Double));
        CollectionAssert.AreEqual((string[])["1", "0"],
            _ml.Transforms.Conversion.ConvertType("X", outputKind: DataKind.String).Fit(Flags).Transform(Flags).TextColumn("X"));
    }

    [TestMethod]
    public void Keys_become_numbers_and_numbers_keys()
    {
        var keys = Tables.Of(("X", Tables.Keys(3, 0, 3, 1)));
        CollectionAssert.AreEqual((float[])[float.NaN, 3, 1], Convert<float>(keys, DataKind.Single));
        CollectionAssert.AreEqual((int[])[0, 3, 1], Convert<int>(keys, DataKind.Int32));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Convert<bool>(keys, DataKind.String)).Message, "MapKeyToValue");

        var numbers = Tables.Of(("X", Tables.Singles(0, 1, 3, 4, -1, 1.5f, float.NaN)));
        var made = TransformContract.Check(_ml.Transforms.Conversion.ConvertType(new ColumnOptions("K", DataKind.Byte, "X", 3)), numbers, learns: false);
        CollectionAssert.AreEqual((byte[])[0, 1, 3, 0, 0, 0, 0], made.Column<byte>("K"));
        Assert.AreEqual(new KeyDataViewType(typeof(byte), 3), made.Schema["K"].Type);
        Assert.ThrowsExactly<ArgumentException>(() => new ColumnOptions("K", DataKind.Single, outputKeyCount: 3));
        Assert.ThrowsExactly<ArgumentException>(() => new ColumnOptions("K", DataKind.Byte, outputKeyCount: 256));
    }

    private static InMemoryDataView Flags => Tables.Of(("X", Tables.Scalars(BooleanDataViewType.Instance, true, false)));

    private T[] Convert<T>(IDataView data, DataKind kind) => _ml.Transforms.Conversion.ConvertType("Y", "X", kind).Fit(data).Transform(data).Column<T>("Y");

    private ColumnBuffer Numbers(NumberDataViewType type)
    {
        var kind = Enum.GetValues<DataKind>().First(k => k.ToDataViewType().Equals(type));
        var data = Tables.Of(("X", Tables.Doubles(0, 1, 2, 100, 3)));
        return ((InMemoryDataView)InMemoryDataView.Load(_ml.Transforms.SelectColumns("X").Fit(data).Transform(_ml.Transforms.Conversion.ConvertType("X", outputKind: kind).Fit(data).Transform(data)))).GetColumn(0);
    }
}
