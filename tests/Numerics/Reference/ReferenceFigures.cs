using System.Text.Json;

namespace MLPath.Tests.Numerics;

/// <summary>The figures of reference.json, which make_reference.py computed with NumPy and SciPy.</summary>
internal static class ReferenceFigures
{
    private static readonly JsonDocument Document =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "reference.json")));

    public static double Number(string name) => Document.RootElement.GetProperty(name).GetDouble();

    public static double[] Vector(string name) => Numbers(Document.RootElement.GetProperty(name));

    public static double[][] Rows(string name) => [.. Document.RootElement.GetProperty(name).EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
}
