using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLPath.Bench;

/// <summary>One comparison. A ratio above 1 says that MLPath took less time.</summary>
internal sealed record BenchRow(
    string Suite, string Workload, int Threads, string Peer, double MlpathSeconds, double? PeerSeconds, double? Ratio,
    double MlpathQuality, double? PeerQuality, long MlpathPeakBytes)
{
    /// <summary>The row in a line: <c>csv-load, 2 threads: MLPath 0.308 s, polars 0.370 s, ratio 1.20</c>.</summary>
    public override string ToString()
    {
        string peer = PeerSeconds is { } seconds && Ratio is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{Peer} {seconds:F3} s, ratio {ratio:F2}")
            : $"{Peer} is not installed";
        return string.Create(CultureInfo.InvariantCulture, $"{Workload}, {Threads} {(Threads == 1 ? "thread" : "threads")}: MLPath {MlpathSeconds:F3} s, {peer}");
    }
}

/// <summary>Writes what was measured.</summary>
internal static class Results
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static void Write(IReadOnlyList<BenchRow> rows, BenchOptions options)
    {
        if (options.JsonFile is { } json) File.WriteAllText(json, JsonSerializer.Serialize(rows, Json) + "\n");
        if (options.ReportFile is { } report) File.WriteAllText(report, Table(rows));
    }

    private static string Table(IReadOnlyList<BenchRow> rows)
    {
        var text = new StringBuilder("| Workload | Threads | MLPath (s) | Peer | Peer (s) | Ratio | Peak memory (MB) |\n|---|---:|---:|---|---:|---:|---:|\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Workload} | {row.Threads} | {row.MlpathSeconds:F3} | {row.Peer} | {row.PeerSeconds:F3} | {row.Ratio:F2} | {row.MlpathPeakBytes / 1e6:F0} |\n");
        }
        return text.ToString();
    }
}
