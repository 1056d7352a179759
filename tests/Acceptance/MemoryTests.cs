using System.Text.Json.Nodes;

namespace MLPath.Acceptance.Tests;

/// <summary>Large tables in little memory.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class MemoryTests(TestContext test)
{
    /// <summary>Asks for the table of 5 GB, which takes disk space and minutes.</summary>
    private const string LargeVariable = "MLPATH_ACCEPTANCE_LARGE";

    private const long Limit = 1_000_000_000;
    private const long LargeBytes = 5_000_000_000;

    [TestMethod]
    public async Task A_million_rows_are_described_and_compared_within_a_gigabyte()
    {
        PublicData.Require();
        const int Rows = 1_000_000;
        using var folder = new TestFolder();
        string table = folder["purchases.csv"];
        LargeTable.WritePurchases(table, Rows, seed: 1);

        var description = await Measured("describe", table, "--json");
        Assert.AreEqual(Rows, description.Json["rows"]!.GetValue<int>());
        Assert.HasCount(LargeTable.Columns, description.Json["columns"]!.AsArray());

        var comparison = await Measured("compare", table, "--label", "bought", "--algorithms", "logistic", "--folds", "3", "--json");
        var candidate = comparison.Json["candidates"]!.AsArray().Single()!;
        Assert.IsGreaterThan(0.95, Mean(candidate, "AreaUnderRocCurve"));
    }

    [TestMethod]
    public async Task A_table_of_5_gigabytes_is_learned_from_within_one()
    {
        PublicData.Require();
        if (Environment.GetEnvironmentVariable(LargeVariable) != "1")
            Assert.Inconclusive($"{LargeVariable} is not 1; it asks for a table of 5 GB.");
        using var folder = new TestFolder();
        if (folder.FreeBytes < 2 * LargeBytes)
            Assert.Inconclusive("There is not enough free space for a table of 5 GB in the folder for temporary files.");
        string table = folder["amounts.csv"], few = folder["few.csv"];
        LargeTable.WriteAmounts(table, rows: 28_000_000, seed: 1);
        LargeTable.WriteAmounts(few, rows: 10_000, seed: 2);
        Assert.IsGreaterThan(LargeBytes, new FileInfo(table).Length);

        foreach (string algorithm in (string[])["ridge", "ols"])
        {
            string model = folder[$"{algorithm}.mlpath"];
            await Measured("train", table, "--label", "amount", "--algorithm", algorithm, "--model", model);
            var evaluation = await Tool.Run(test.CancellationToken, "evaluate", "--model", model, "--data", few, "--json");
            Assert.IsGreaterThan(0.95, evaluation.Json["metrics"]!["RSquared"]!.GetValue<double>(), algorithm);
        }
    }

    private static double Mean(JsonNode candidate, string metric) => candidate["metrics"]![metric]!["mean"]!.GetValue<double>();

    private async Task<Outcome> Measured(params string[] args)
    {
        var outcome = await Tool.Run(test.CancellationToken, args);
        test.WriteLine(FormattableString.Invariant($"{args[0]}: {outcome.Duration.TotalSeconds:F1} s, at most {outcome.PeakBytes / 1e6:F0} MB"));
        Assert.IsGreaterThan(0, outcome.PeakBytes);
        Assert.IsLessThan(Limit, outcome.PeakBytes, $"mlpath {args[0]} held {outcome.PeakBytes:N0} bytes at once.");
        return outcome;
    }
}
