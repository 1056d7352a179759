using System.Globalization;

namespace MLPath.Samples.Tests;

/// <summary>Every program of the path runs, and what it does by hand agrees with MLPath.</summary>
[TestClass]
public sealed class SampleTests
{
    public static IEnumerable<object[]> All => Samples.All.Select(s => new object[] { s.Number });

    [TestMethod]
    [DynamicData(nameof(All))]
    public void By_hand_and_through_MLPath_agree(string number)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var (name, hand, library, tolerance) in Samples.All.Single(s => s.Number == number).Run(output))
            Assert.AreEqual(hand, library, tolerance, $"{number}: {name}");
        StringAssert.Contains(output.ToString(), number);
    }

    [TestMethod]
    public void Steps_are_in_order() =>
        CollectionAssert.AreEqual(Samples.All.Select(s => s.Number).Order(StringComparer.Ordinal).ToList(), Samples.All.Select(s => s.Number).ToList());
}
