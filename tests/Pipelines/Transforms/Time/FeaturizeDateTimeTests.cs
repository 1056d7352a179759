using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Transforms.Time;

[TestClass]
public sealed class FeaturizeDateTimeTests
{
    private const DateTimeParts AllOfTimes = DateTimeParts.Date | DateTimeParts.TimeOfDay | DateTimeParts.SecondsSinceEpoch;

    private readonly MLContext _ml = new();

    private static InMemoryDataView Times => Tables.Of(
        ("D", Tables.Scalars(DateTimeDataViewType.Instance,
            new DateTime(2024, 2, 29, 23, 59, 58), default, new DateTime(1969, 12, 31, 23, 59, 59, 500), DateTime.MaxValue)),
        ("O", Tables.Scalars(DateTimeOffsetDataViewType.Instance,
            new DateTimeOffset(2021, 1, 3, 1, 30, 0, TimeSpan.FromHours(2)), default, new DateTimeOffset(2020, 12, 31, 0, 0, 0, TimeSpan.FromHours(-5)), DateTimeOffset.MinValue.AddTicks(1))),
        ("S", Tables.Scalars(TimeSpanDataViewType.Instance, new TimeSpan(2, 3, 4, 5), TimeSpan.Zero, -new TimeSpan(1, 12, 0, 0), TimeSpan.MaxValue)));

    [TestMethod]
    [DataRow("D", false)]
    [DataRow("D", true)]
    [DataRow("O", true)]
    [DataRow("S", true)]
    public void It_keeps_the_contract_of_transforms(string column, bool cyclic) =>
        TransformContract.Check(_ml.Transforms.FeaturizeDateTime("Out", column, cyclic: cyclic), Times, learns: false);

    [TestMethod]
    public void A_date_gives_its_parts_in_their_order()
    {
        var made = TransformContract.Check(_ml.Transforms.FeaturizeDateTime("Out", "D", AllOfTimes), Times, learns: false);
        CollectionAssert.AreEqual(
            (string[])["Year", "HalfYear", "Quarter", "Month", "WeekOfYear", "DayOfYear", "DaysInMonth", "Day", "DayOfWeek", "IsWeekend", "Hour", "Minute", "Second", "SecondsSinceEpoch"],
            made.SlotNames("Out"));
        var rows = made.Rows<float>("Out");
        CollectionAssert.AreEqual((float[])[2024, 1, 1, 2, 9, 60, 29, 29, 4, 0, 23, 59, 58, 1709251198], rows[0]);
        Assert.IsTrue(Array.TrueForAll(rows[1], float.IsNaN));
        CollectionAssert.AreEqual((float[])[1969, 2, 4, 12, 1, 365, 31, 31, 3, 0, 23, 59, 59, -0.5f], rows[2]);
        Assert.AreEqual(9999, rows[3][0]);
    }

    [TestMethod]
    public void The_clock_of_an_offset_counts_but_instants_are_the_same_everywhere()
    {
        var parts = DateTimeParts.Year | DateTimeParts.WeekOfYear | DateTimeParts.Day | DateTimeParts.IsWeekend | DateTimeParts.Hour | DateTimeParts.SecondsSinceEpoch;
        var rows = _ml.Transforms.FeaturizeDateTime("O", parts: parts).Fit(Times).Transform(Times).Rows<float>("O");
        // Sunday, 3 January 2021, belongs to week 53 of the year before.
        CollectionAssert.AreEqual((float[])[2021, 53, 3, 1, 1, 1609630200], rows[0]);
        CollectionAssert.AreEqual((float[])[2020, 53, 31, 0, 0, 1609390800], rows[2]);
        Assert.IsTrue(Array.TrueForAll(rows[1], float.IsNaN));
    }

    [TestMethod]
    public void A_duration_gives_its_parts_and_totals()
    {
        var made = _ml.Transforms.FeaturizeDateTime("Out", "S").Fit(Times).Transform(Times);
        CollectionAssert.AreEqual((string[])["Day", "Hour", "Minute", "Second", "TotalDays", "TotalHours", "TotalSeconds"], made.SlotNames("Out"));
        var rows = made.Rows<float>("Out");
        CollectionAssert.AreEqual((float[])[2, 3, 4, 5, (float)(183845 / 86400.0), (float)(183845 / 3600.0), 183845], rows[0]);
        CollectionAssert.AreEqual((float[])[0, 0, 0, 0, 0, 0, 0], rows[1]);
        CollectionAssert.AreEqual((float[])[-1, -12, 0, 0, -1.5f, -36, -129600], rows[2]);
    }

    [TestMethod]
    public void Cyclic_parts_lie_on_a_circle_where_the_end_meets_the_beginning()
    {
        var hours = Tables.Of(("T", Tables.Scalars(
            DateTimeDataViewType.Instance, [.. Enumerable.Range(0, 48).Select(h => new DateTime(2025, 12, 31).AddHours(h))])));
        var made = _ml.Transforms.FeaturizeDateTime("T", parts: DateTimeParts.Hour | DateTimeParts.Month | DateTimeParts.DayOfYear, cyclic: true).Fit(hours).Transform(hours);
        CollectionAssert.AreEqual(
            (string[])["Month", "Month.Sin", "Month.Cos", "DayOfYear", "DayOfYear.Sin", "DayOfYear.Cos", "Hour", "Hour.Sin", "Hour.Cos"], made.SlotNames("T"));
        var rows = made.Rows<float>("T");
        double step = Distance(rows[0], rows[1], 7);
        for (int h = 1; h < 48; h++)
        {
            Assert.AreEqual(step, Distance(rows[h - 1], rows[h], 7), 1e-6);
            Assert.AreEqual(1, Math.Pow(rows[h][7], 2) + Math.Pow(rows[h][8], 2), 1e-6);
        }

        // From 31 December to 1 January is a step as any other.
        Assert.AreEqual(2 * Math.Sin(Math.PI / 12), Distance(rows[0], rows[24], 1), 1e-6);
        Assert.AreEqual(2 * Math.Sin(Math.PI / 365), Distance(rows[0], rows[24], 4), 1e-6);
        CollectionAssert.AreEqual((float[])[6, 1, 0], rows[6][6..9].Select(v => MathF.Round(v, 6)).ToArray());
    }

    [TestMethod]
    public void Weeks_follow_ISO_8601()
    {
        // Python 3.11: [datetime.date(y, 1, 1).isocalendar()[1] for y in range(2015, 2030)]
        int[] expected = [1, 53, 52, 1, 1, 1, 53, 52, 52, 1, 1, 1, 53, 52, 1];
        var firsts = Tables.Of(("T", Tables.Scalars(DateTimeDataViewType.Instance, [.. Enumerable.Range(2015, 15).Select(y => new DateTime(y, 1, 1))])));
        var made = _ml.Transforms.FeaturizeDateTime("T", parts: DateTimeParts.WeekOfYear).Fit(firsts).Transform(firsts).Rows<float>("T");
        CollectionAssert.AreEqual(expected, made.Select(r => (int)r[0]).ToArray());
    }

    [TestMethod]
    public void Wrong_parts_columns_and_files_are_errors()
    {
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(
            () => _ml.Transforms.FeaturizeDateTime("S", parts: DateTimeParts.Year | DateTimeParts.Hour).Fit(Times)).Message, "'S' is TimeSpan, which has no Year");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(
            () => _ml.Transforms.FeaturizeDateTime("D", parts: DateTimeParts.TotalDays).Fit(Times)).Message, "has no TotalDays");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(
            () => _ml.Transforms.FeaturizeDateTime("N").Fit(Tables.Of(("N", Tables.Singles(1))))).Message, "DateTime, DateTimeOffset or TimeSpan is needed");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.FeaturizeDateTime("D", parts: DateTimeParts.None));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.FeaturizeDateTime("D", parts: (DateTimeParts)(1 << 20)));
        foreach (string parts in (string[])["Century", "0", "1048576"])
        {
            StringAssert.Contains(Assert.ThrowsExactly<ModelFormatException>(() => Models.Models.Load(
                Models.Models.Save(new Models.Probe("MLPath.FeaturizeDateTime", c =>
                {
                    c.Write("Outputs", ["Z"]);
                    c.Write("Inputs", ["X"]);
                    c.Write("Parts", parts);
                    c.Write("Cyclic", false);
                })), _ml.Components)).Message, "no parts of times");
        }
    }

    private static double Distance(float[] a, float[] b, int slot) =>
        Math.Sqrt(Math.Pow((double)a[slot] - b[slot], 2) + Math.Pow((double)a[slot + 1] - b[slot + 1], 2));
}
