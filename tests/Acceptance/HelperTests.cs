namespace MLPath.Acceptance.Tests;

/// <summary>What the other tests stand on; needs no data and no time.</summary>
[TestClass]
public sealed class HelperTests
{
    [TestMethod]
    public void A_column_is_taken_out_and_the_rest_stays_as_written()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["a.csv"], "id,name,y\n1,\"Braund, \"\"Owen\"\"\", no\n\n2,,yes\n");
        CollectionAssert.AreEqual(new[] { "no", "yes" }, new DelimitedFile().Without(folder["a.csv"], column: 2, folder["b.csv"]));
        Assert.AreEqual("id,name\n1,\"Braund, \"\"Owen\"\"\"\n2,\n", File.ReadAllText(folder["b.csv"]));

        File.WriteAllText(folder["a.tsv"], "ham\t\"a\nspam\tb\"\n");
        CollectionAssert.AreEqual(new[] { "ham", "spam" }, new DelimitedFile('\t', HasHeader: false, HasQuotes: false).Without(folder["a.tsv"], 0, folder["b.tsv"]));
        Assert.AreEqual("\"a\nb\"\n", File.ReadAllText(folder["b.tsv"]));
    }

    [TestMethod]
    public void A_large_table_is_a_function_of_its_seed()
    {
        using var folder = new TestFolder();
        LargeTable.WriteAmounts(folder["short.csv"], rows: 10, seed: 1);
        LargeTable.WriteAmounts(folder["long.csv"], rows: 20_000, seed: 1);
        LargeTable.WriteAmounts(folder["other.csv"], rows: 10, seed: 2);
        string[] begin = File.ReadAllLines(folder["short.csv"]), all = File.ReadAllLines(folder["long.csv"]);
        Assert.HasCount(20_001, all);
        Assert.IsTrue(Array.TrueForAll(all, line => line.Split(',').Length == LargeTable.Columns));
        CollectionAssert.AreEqual(begin, all[..begin.Length]);
        CollectionAssert.AreNotEqual(begin, File.ReadAllLines(folder["other.csv"]));
    }
}
