using System.Globalization;
using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Samples;

/// <summary>
/// Data before learning: a small table with gaps is read, its missing numbers are filled with the mean x̄ of the training rows, its categories become
/// one slot each, its numbers are standardised to (x − μ) / σ, all with what the training rows say and the test rows do not.
/// </summary>
internal static class Data
{
    // Weights of penguins: an island, a flipper's length in mm (two are missing), the sex.
    private const string Table = """
        island,flipper,sex,mass
        Torgersen,181,male,3750
        Torgersen,186,female,3800
        Biscoe,,female,3450
        Biscoe,193,male,3650
        Dream,190,female,3300
        Dream,197,male,4400
        Biscoe,210,female,4150
        Torgersen,,male,4675
        Dream,178,female,3250
        Biscoe,230,male,5700
        """;

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        string path = Path.Combine(Path.GetTempPath(), $"mlpath-penguins-{Environment.ProcessId}.csv");
        File.WriteAllText(path, Table);
        try
        {
            return Run(path, output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IReadOnlyList<SideBySide> Run(string path, TextWriter output)
    {
        // By hand: read, split (the first eight rows train), fill, encode, standardise.
        var rows = File.ReadAllLines(path).Skip(1).Select(line => line.Split(',')).ToList();
        var train = rows.Take(8).ToList();
        double[] known = [.. train.Where(r => r[1].Length > 0).Select(r => double.Parse(r[1], CultureInfo.InvariantCulture))];
        double mean = known.Average();
        double[] filled = [.. train.Select(r => r[1].Length > 0 ? double.Parse(r[1], CultureInfo.InvariantCulture) : mean)];
        double deviation = Math.Sqrt(filled.Average(x => (x - mean) * (x - mean)));
        double Flipper(string[] row) => (double.Parse(row[1], CultureInfo.InvariantCulture) - mean) / deviation;
        string[] islands = [.. train.Select(r => r[0]).Distinct()];
        output.WriteLine(FormattableString.Invariant(
            $"   8 rows train: {8 - known.Length} flippers are missing and become {mean:0.00} mm; the islands are {string.Join(", ", islands)}."));

        // Through MLPath: the types are found, Featurize decides and says why, the fit sees the training rows alone.
        var ml = new MLContext(seed: 1);
        IDataView table = ml.Data.LoadFromTextFile(path);
        IDataView training = ml.Data.TakeRows(table, 8), test = ml.Data.SkipRows(table, 8);
        var options = new FeaturizingOptions { LabelColumnName = "mass", IndicateMissing = false };
        var plan = ml.Data.PlanFeatures(training, options);
        foreach (string line in plan.Lines)
            output.WriteLine($"   {line}");
        var features = ml.Transforms.Featurize(plan).Fit(training).Transform(test);
        var column = features.Schema["Features"];
        string[] slots = [.. column.SlotNamesOrDefault()];
        float[][] made = [.. features.GetColumn<float[]>("Features")];
        output.WriteLine($"   Slots: {string.Join(", ", slots)}.");

        // TrainTestSplit shuffles by its seed: each row falls into exactly one part.
        var split = ml.Data.TrainTestSplit(table, testFraction: 0.3, seed: 1);
        var parts = split.TrainSet.GetColumn<float>("mass").Concat(split.TestSet.GetColumn<float>("mass"));
        return
        [
            new("flipper of test row 0", Flipper(rows[8]), made[0][Array.IndexOf(slots, "flipper")], 1e-5),
            new("flipper of test row 1", Flipper(rows[9]), made[1][Array.IndexOf(slots, "flipper")], 1e-5),
            new("island.Dream of test row 0", rows[8][0] == "Dream" ? 1 : 0, made[0][Array.IndexOf(slots, "island.Dream")], 0),
            new("island.Dream of test row 1", rows[9][0] == "Dream" ? 1 : 0, made[1][Array.IndexOf(slots, "island.Dream")], 0),
            new("sum of mass over both parts", rows.Sum(r => double.Parse(r[3], CultureInfo.InvariantCulture)), parts.Sum(), 1e-9),
        ];
    }
}
