using MLPath.Data;
using MLPath.Runtime;
using MLPath.Tests.Models;
using MLPath.Tests.Transforms;
using Files = MLPath.Tests.Models.Models;

namespace MLPath.Tests.Data;

/// <summary>Lists of values in model files. That every type comes back is part of the tests of MapValueToKey.</summary>
[TestClass]
public sealed class ModelValuesTests
{
    [TestMethod]
    public void Texts_come_back_to_the_last_code_unit()
    {
        string[] texts = ["", "a", "☃\ud83d\ude00", "\udc00 alone", "a", new string('x', 10_000)];
        Files.Exchange(c => c.WriteValues<ReadOnlyMemory<char>>("V", TextDataViewType.Instance, Tables.Words(texts)), c =>
        {
            Assert.AreEqual(TextDataViewType.Instance, c.ReadValueType("V"));
            CollectionAssert.AreEqual(texts, c.ReadValues<ReadOnlyMemory<char>>("V").Select(t => t.ToString()).ToArray());
        });
    }

    [TestMethod]
    public void Dates_keep_their_kind_and_offset()
    {
        DateTime[] dates = [new(5, DateTimeKind.Local), new(5, DateTimeKind.Utc), DateTime.MaxValue];
        DateTimeOffset[] moments = [new(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(-14)), DateTimeOffset.MinValue, DateTimeOffset.MaxValue];
        Files.Exchange(c =>
        {
            c.WriteValues<DateTime>("D", DateTimeDataViewType.Instance, dates);
            c.WriteValues<DateTimeOffset>("M", DateTimeOffsetDataViewType.Instance, moments);
        }, c =>
        {
            var read = c.ReadValues<DateTime>("D");
            CollectionAssert.AreEqual(dates, read);
            CollectionAssert.AreEqual(dates.Select(d => d.Kind).ToArray(), read.Select(d => d.Kind).ToArray());
            Assert.IsTrue(moments.Zip(c.ReadValues<DateTimeOffset>("M"), (a, b) => a.EqualsExact(b)).All(equal => equal));
        });
    }

    [TestMethod]
    public void A_list_is_written_as_what_it_is()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Files.Save(new Probe("Test.Probe", c => c.WriteValues<uint>("V", new KeyDataViewType(3), [1]))));
        Assert.ThrowsExactly<ArgumentException>(() => Files.Save(new Probe("Test.Probe", c => c.WriteValues<int>("V", NumberDataViewType.Single, [1]))));
    }

    [TestMethod]
    public void Damaged_lists_are_refused()
    {
        Refuses(c => c.Write("V.Type", "Complex"), c => c.ReadValueType("V"), "'Complex' is not a type of values");
        Refuses(c => Texts(c, [3]), c => c.ReadValues<ReadOnlyMemory<char>>("V"), "text 0 of 'V'");
        Refuses(c => Texts(c, [1, 0]), c => c.ReadValues<ReadOnlyMemory<char>>("V"), "text 1 of 'V'");
        Refuses(c => Texts(c, [-1]), c => c.ReadValues<ReadOnlyMemory<char>>("V"), "text 0 of 'V'");
        Refuses(c => Dates(c, [-1], [0]), c => c.ReadValues<DateTime>("V"), "value 0 of 'V' is not a date");
        Refuses(c => Dates(c, [1, 1], [0, 3]), c => c.ReadValues<DateTime>("V"), "value 1 of 'V' is not a date");
        Refuses(c => Dates(c, [1], []), c => c.ReadValues<DateTime>("V"), "V.Kinds");
        Refuses(c => Moments(c, [long.MaxValue], [0]), c => c.ReadValues<DateTimeOffset>("V"), "is not a date");
        Refuses(c => Moments(c, [0], [60]), c => c.ReadValues<DateTimeOffset>("V"), "is not a date");
        Refuses(c => Moments(c, [0], [short.MinValue]), c => c.ReadValues<DateTimeOffset>("V"), "is not a date");
        Refuses(c => c.WriteArray<ulong>("V", [1, 2, 3]), c => c.ReadValues<DataViewRowId>("V"), "half a row identifier");
        Refuses(c => c.WriteArray<float>("V", [1]), c => c.ReadValues<double>("V"), "F64");
    }

    private static void Texts(ModelSaveContext context, int[] ends)
    {
        context.WriteArray<ushort>("V", [97, 98]);
        context.WriteArray<int>("V.Ends", ends);
    }

    private static void Dates(ModelSaveContext context, long[] ticks, byte[] kinds)
    {
        context.WriteArray<long>("V", ticks);
        context.WriteArray<byte>("V.Kinds", kinds);
    }

    private static void Moments(ModelSaveContext context, long[] ticks, short[] offsets)
    {
        context.WriteArray<long>("V", ticks);
        context.WriteArray<short>("V.OffsetMinutes", offsets);
    }

    private static void Refuses(Action<ModelSaveContext> save, Action<ModelLoadContext> load, string words) =>
        StringAssert.Contains(Files.Refusal(save, load), words);
}
