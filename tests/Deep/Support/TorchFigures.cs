using System.Text.Json;
using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>The figures that PyTorch gave, in tests/Deep/Reference; README.md there says how.</summary>
internal static class TorchFigures
{
    /// <summary>The cases of a family: "layers", "recurrent", …</summary>
    public static IReadOnlyList<TorchCase> Of(string family, string section = "cases")
    {
        using var stream = typeof(TorchFigures).Assembly.GetManifestResourceStream(family + ".json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty(section).EnumerateArray().Select(e => new TorchCase(e.Clone()))];
    }
}

/// <summary>One case: what went in, and what PyTorch computed.</summary>
public sealed class TorchCase(JsonElement json)
{
    public JsonElement Json { get; } = json;

    public string Name => Json.GetProperty("name").GetString()!;

    public string this[string property] => Json.GetProperty(property).GetString()!;

    public JsonElement Options => Json.GetProperty("options");

    /// <summary>A whole number among the options.</summary>
    public int Integer(string option) => Options.GetProperty(option).GetInt32();

    /// <summary>A number among the options.</summary>
    public double Number(string option) => Options.GetProperty(option).GetDouble();

    /// <summary>A switch among the options.</summary>
    public bool Flag(string option) => Options.GetProperty(option).GetBoolean();

    public bool Has(string property) => Json.TryGetProperty(property, out _);

    /// <summary>A tensor by its path, "inputs.x" where names have no dots, or ("parameters", "0.weight").</summary>
    public TorchArray Array(params ReadOnlySpan<string> path)
    {
        var element = Json;
        foreach (string part in path) element = element.GetProperty(part);
        return new TorchArray(element);
    }

    /// <summary>The named tensors of a part, such as "parameters".</summary>
    public IEnumerable<(string Name, TorchArray Array)> Arrays(string part) =>
        Json.TryGetProperty(part, out var element) ? element.EnumerateObject().Select(p => (p.Name, new TorchArray(p.Value))) : [];

    public override string ToString() => Name;
}

/// <summary>Numbers and their shape.</summary>
public sealed class TorchArray(JsonElement json)
{
    public Shape Shape { get; } = Shape.Create([.. json.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())]);

    public float[] Values { get; } = [.. json.GetProperty("data").EnumerateArray().Select(e => e.GetSingle())];

    public Tensor On(Backend backend) => Tensor.From(backend, Values, Shape);

    public IndexTensor AsIndices() => new([.. Values.Select(v => (int)v)], Shape);

    /// <summary>Compares with what was computed: |difference| ≤ tolerance (1 + |figure|).</summary>
    public void AssertEqual(Tensor actual, string what, double tolerance = 1e-5)
    {
        Assert.AreEqual(Shape.Size, actual.Shape.Size, $"{what}: shape {actual.Shape}, PyTorch has {Shape}");
        AssertEqual(actual.ToArray(), what, tolerance);
    }

    public void AssertEqual(ReadOnlySpan<float> actual, string what, double tolerance = 1e-5)
    {
        Assert.AreEqual(Values.Length, actual.Length, what);
        for (int i = 0; i < Values.Length; i++) Assert.AreEqual(Values[i], actual[i], tolerance * (1 + Math.Abs(Values[i])), $"{what}, element {i}");
    }
}
