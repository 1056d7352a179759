using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>A layer of a network's summary.</summary>
/// <param name="Path">Its path: "layers.0".</param>
/// <param name="Layer">What it is: "Linear(784, 128)".</param>
/// <param name="OutputShape">The shape of its output with "rows" in front, as in "[rows, 128]"; empty where it gives none by itself.</param>
/// <param name="ParameterCount">The learned numbers that are its own.</param>
public sealed record NetworkSummaryLayer(string Path, string Layer, string OutputShape, long ParameterCount);

/// <summary>What a network consists of: its layers in order, the shapes of their outputs, and their numbers.</summary>
/// <param name="Name">The network: "Mlp(784-128-10, ReLU)".</param>
/// <param name="Layers">The layers, those that hold others and nothing of their own left out.</param>
public sealed record NetworkSummary(string Name, IReadOnlyList<NetworkSummaryLayer> Layers)
{
    // Batch normalisation and the like are happier with more than one row.
    private const int ProbeRows = 2;

    /// <summary>The number of learned numbers.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Summarises the network of a description; runs an example of zeros through it.</summary>
    /// <param name="architecture">The description.</param>
    public static NetworkSummary Of(NetworkArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var backend = new CpuBackend();
        var network = architecture.Build();
        network.Initialize(backend, new RandomStream(0));
        return Of(architecture, network, backend);
    }

    /// <summary>Summarises a network that has numbers.</summary>
    internal static NetworkSummary Of(NetworkArchitecture architecture, Network network, Backend backend)
    {
        var shapes = new Dictionary<Layer, Shape>();
        using (TensorScope.Begin(records: false))
        {
            Shape shape = [ProbeRows, .. architecture.Input.Shape];
            var batch = architecture.Input.Kind == NetworkInputKind.Tokens
                ? new NetworkBatch(new IndexTensor(new int[shape.Size], shape))
                : new NetworkBatch(Tensor.Full(backend, shape, 0));
            network.Forward(batch, Pass.ScoringWith((layer, y) => shapes[layer] = y.Shape));
        }

        return new($"{architecture}", [.. Walk(network).Where(m => m.Module.Modules.Count == 0 || m.Module.OwnParameters.Count > 0).Select(m => new NetworkSummaryLayer(
            m.Path, $"{m.Module}", m.Module is Layer layer && shapes.TryGetValue(layer, out var shape) ? Describe(shape) : "",
            m.Module.OwnParameters.Where(p => p.IsLearned).Sum(p => (long)p.Shape.Size)))]);
    }

    /// <summary>The table, a layer a line, and the total.</summary>
    public override string ToString()
    {
        string[][] rows =
        [
            ["path", "layer", "output", "parameters"],
            .. Layers.Select(layer => (string[])[layer.Path, layer.Layer, layer.OutputShape, Count(layer.ParameterCount)]),
            ["", "", "", Count(ParameterCount)],
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', (string[])[Name, .. rows.Select(row => $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3].PadLeft(widths[3])}")]);
    }

    /// <summary>All parts of a module with their paths, each before its own parts.</summary>
    internal static IEnumerable<(string Path, Module Module)> Walk(Module module, string path = "")
    {
        foreach (var (name, part) in module.Modules)
        {
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            yield return (inner, part);
            foreach (var deeper in Walk(part, inner)) yield return deeper;
        }
    }

    private static string Describe(Shape shape) => shape.Rank == 0 ? "[]" : $"[{string.Join(", ", (string[])["rows", .. shape.Skip(1).Select(Number)])}]";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
