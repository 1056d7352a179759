using System.Text.Json;
using MLPath.Data;

namespace MLPath.Evaluation.Tests;

/// <summary>
/// The figures of Reference/metrics.json and Reference/statistics.json, which make_metrics.py and make_statistics.py made with scikit-learn, SciPy and NumPy.
/// </summary>
internal static class ReferenceFigures
{
    private const double Tolerance = 1e-9;

    private static readonly JsonDocument s_document = Load("metrics.json");
    private static readonly JsonDocument s_statistics = Load("statistics.json");

    public static IEnumerable<JsonElement> Cases(string section) => s_document.RootElement.GetProperty(section).EnumerateArray();

    public static IEnumerable<JsonElement> StatisticsOf(string section) => s_statistics.RootElement.GetProperty(section).EnumerateArray();

    public static double Number(this JsonElement one, string name) => one.GetProperty(name).GetDouble();

    public static string Name(this JsonElement one) => one.GetProperty("name").GetString()!;

    public static float[] Floats(this JsonElement one, string name) => [.. one.Doubles(name).Select(v => (float)v)];

    public static int[] Ints(this JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    public static bool[] Bools(this JsonElement one, string name) =>
        [.. one.GetProperty(name).EnumerateArray().Select(v => v.GetBoolean())];

    /// <summary>An array of numbers; empty where the file has null.</summary>
    public static double[] Doubles(this JsonElement one, string name)
    {
        var values = one.GetProperty(name);
        return values.ValueKind == JsonValueKind.Null ? [] : [.. values.EnumerateArray().Select(v => v.GetDouble())];
    }

    public static void AssertExpected(this JsonElement one, EvaluationMetrics metrics)
    {
        foreach (var expected in one.GetProperty("expected").EnumerateObject())
            AssertClose(expected.Value.GetDouble(), metrics[expected.Name].Value, $"{one.Name()}: {expected.Name}");
    }

    /// <summary>Equal to 1e-9, relative to the expected value where that is above 1.</summary>
    public static void AssertClose(double expected, double actual, string what) =>
        Assert.AreEqual(expected, actual, Tolerance * Math.Max(1, Math.Abs(expected)), what);

    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, string what)
    {
        Assert.HasCount(expected.Count, actual, what);
        for (int i = 0; i < expected.Count; i++)
            AssertClose(expected[i], actual[i], $"{what} [{i}]");
    }

    private static JsonDocument Load(string file)
    {
        using var stream = typeof(ReferenceFigures).Assembly.GetManifestResourceStream(file)!;
        return JsonDocument.Parse(stream);
    }
}
