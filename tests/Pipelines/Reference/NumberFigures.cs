using System.Text.Json;

namespace MLPath.Tests.Transforms;

/// <summary>The figures of numbers.json, which make_numbers.py computed with scikit-learn and NumPy. NaN is null there.</summary>
internal static class NumberFigures
{
    private static readonly JsonElement s_figures =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "numbers.json"))).RootElement;

    public static double[] Numbers(string name) => Numbers(s_figures.GetProperty(name));

    public static double[][] Rows(string name) => [.. s_figures.GetProperty(name).EnumerateArray().Select(Numbers)];

    public static string[] Texts(string name) => [.. s_figures.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];

    private static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];
}
