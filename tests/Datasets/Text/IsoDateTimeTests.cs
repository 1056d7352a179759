using System.Globalization;
using System.Text;
using MLPath.Datasets.Text;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class IsoDateTimeTests
{
    [TestMethod]
    [DataRow("2024-03-01", "2024-03-01T00:00:00.0000000")]
    [DataRow("2024-02-29T18:30", "2024-02-29T18:30:00.0000000")]
    [DataRow("2024-03-01 18:30:05", "2024-03-01T18:30:05.0000000")]
    [DataRow("2024-03-01T18:30:05.25", "2024-03-01T18:30:05.2500000")]
    [DataRow("2024-03-01T18:30:05.123456789", "2024-03-01T18:30:05.1234567")]
    [DataRow("2024-03-01T18:30:05Z", "2024-03-01T18:30:05.0000000Z")]
    [DataRow("2024-03-01T18:30:05+02:00", "2024-03-01T16:30:05.0000000Z")]
    [DataRow("2024-03-01T18:30:05-0530", "2024-03-02T00:00:05.0000000Z")]
    [DataRow("0001-01-01", "0001-01-01T00:00:00.0000000")]
    [DataRow("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999")]
    public void Dates_and_times_are_read(string text, string expected)
    {
        Assert.IsTrue(IsoDateTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTime value));
        Assert.AreEqual(expected, value.ToString("O", CultureInfo.InvariantCulture));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("2024")]
    [DataRow("2024-3-1")]
    [DataRow("01/03/2024")]
    [DataRow("2023-02-29")]
    [DataRow("2024-13-01")]
    [DataRow("2024-00-01")]
    [DataRow("0000-01-01")]
    [DataRow("2024-03-01T")]
    [DataRow("2024-03-01T24:00")]
    [DataRow("2024-03-01T18:60")]
    [DataRow("2024-03-01T18:30:")]
    [DataRow("2024-03-01T18:30:05.")]
    [DataRow("2024-03-01T18:30+15:00")]
    [DataRow("2024-03-01T18:30 UTC")]
    [DataRow("2024-03-01x")]
    [DataRow("0001-01-01T00:00+01:00")]
    [DataRow("9999-12-31T23:59-01:00")]
    public void Other_texts_are_not_dates(string text)
    {
        Assert.IsFalse(IsoDateTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTime _));
        Assert.IsFalse(IsoDateTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTimeOffset _));
    }

    [TestMethod]
    public void An_offset_is_kept_where_the_type_has_one()
    {
        Assert.IsTrue(IsoDateTime.TryParse("2024-03-01T18:30:05+02:00"u8, out DateTimeOffset value));
        Assert.AreEqual(new DateTimeOffset(2024, 3, 1, 18, 30, 5, TimeSpan.FromHours(2)), value);
        Assert.AreEqual(TimeSpan.FromHours(2), value.Offset);
    }
}
