using System.Text.Json;

namespace MLPath.Tests.Classical;

/// <summary>The figures of a file in tests/Classical/Reference, which the Python script of the same name computed.</summary>
internal sealed class ReferenceFigures
{
    private readonly JsonElement _root;

    private ReferenceFigures(JsonElement root) => _root = root;

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name without .json.</param>
    public static ReferenceFigures Load(string name)
    {
        using var stream = typeof(ReferenceFigures).Assembly.GetManifestResourceStream($"{name}.json")
            ?? throw new InvalidOperationException($"There is no Reference/{name}.json.");
        return new(JsonDocument.Parse(stream).RootElement);
    }

    public ReferenceFigures this[string name] => new(_root.GetProperty(name));

    public double Number(string name) => _root.GetProperty(name).GetDouble();

    public double[] Vector(string name) => Numbers(_root.GetProperty(name));

    public int[] Integers(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(e => e.GetInt32())];

    public double[][] Rows(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
}
