using System.Text.Json;

namespace MLPath.Tests.Numerics;

/// <summary>The figures of reference.json, which make_reference.py computed with NumPy and SciPy, and those of other files beside it.</summary>
internal static class ReferenceFigures
{
    private static readonly JsonElement Root = Read("reference.json");

    public static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file))).RootElement;

    public static double Number(string name) => Root.GetProperty(name).GetDouble();

    public static double[] Vector(string name) => Numbers(Root.GetProperty(name));

    public static double[][] Rows(string name) => [.. Root.GetProperty(name).EnumerateArray().Select(Numbers)];

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
}
