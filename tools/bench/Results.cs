using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLPath.Bench;

/// <summary>One comparison. A ratio above 1 says that MLPath took less time; it is null where the peer is not installed.</summary>
internal sealed record BenchRow(
    string Suite, string Workload, int Threads, string Peer, double MlpathSeconds, double? PeerSeconds, double? Ratio,
    double MlpathQuality, double? PeerQuality, long MlpathPeakBytes)
{
    /// <summary>Whether MLPath's quality is not worse than the peer's, so that the ratio counts.</summary>
    [JsonIgnore]
    public bool Counts { get; private init; }

    /// <summary>Whether the qualities are those of a training: how far MLPath's losses are from the peer's, 0.</summary>
    [JsonIgnore]
    public bool IsTraining { get; private init; }

    /// <summary>The row of a contest.</summary>
    public static BenchRow Of(
        string suite, string workload, int threads, string peer, IReadOnlyList<Repetition> own, IReadOnlyList<Repetition> peers, Quality quality)
    {
        double seconds = Contest.Median(own.Select(r => r.Seconds));
        double? peerSeconds = peers.Count == 0 ? null : Contest.Median(peers.Select(r => r.Seconds));
        double? peerQuality = peers.Count == 0 ? null : peers[^1].Quality;
        double ownQuality = own[^1].Quality;
        bool isTraining = peers.Count > 0 && own[^1].Losses is not null;
        if (isTraining) (ownQuality, peerQuality) = (LargestDifference(own[^1].Losses!, peers[^1].Losses!), 0);
        return new BenchRow(suite, workload, threads, peer, seconds, peerSeconds, peerSeconds / seconds, ownQuality, peerQuality, own.Max(r => r.PeakBytes))
        {
            Counts = peerQuality is { } other && quality.Holds(ownQuality, other),
            IsTraining = isTraining,
        };
    }

    /// <summary>The row in a line: <c>csv-load, 2 threads: MLPath 308 ms, polars 370 ms, ratio 1.20</c>.</summary>
    public override string ToString()
    {
        string peer = PeerSeconds is { } seconds && Ratio is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{Peer} {Results.Time(seconds)}, ratio {ratio:F2}")
            : $"{Peer} is not installed";
        string quality = PeerQuality is null || Counts ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; the ratio does not count, because MLPath's quality {MlpathQuality:G6} is worse than {PeerQuality:G6}");
        string losses = IsTraining ? string.Create(CultureInfo.InvariantCulture, $"; losses differ by at most {MlpathQuality:G2}") : "";
        return $"{Workload}, {Threads} {(Threads == 1 ? "thread" : "threads")}: MLPath {Results.Time(MlpathSeconds)}, {peer}{losses}{quality}";
    }

    private static double LargestDifference(IReadOnlyList<double> own, IReadOnlyList<double> peer) => own.Count == peer.Count
        ? own.Zip(peer, (a, b) => Math.Abs(a - b)).Max()
        : throw new InvalidOperationException($"MLPath gave the losses of {own.Count} steps, the peer of {peer.Count}.");
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

    /// <summary>A time with three digits and its unit.</summary>
    public static string Time(double seconds)
    {
        var (scale, unit) = seconds switch { >= 1 => (1.0, "s"), >= 1e-3 => (1e3, "ms"), >= 1e-6 => (1e6, "µs"), _ => (1e9, "ns") };
        double value = seconds * scale;
        return value.ToString(value < 10 ? "F2" : value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture) + " " + unit;
    }

    private static string Table(IReadOnlyList<BenchRow> rows)
    {
        var text = new StringBuilder(
            "| Workload | Threads | MLPath | Peer | Its time | Ratio | MLPath's quality | Its quality | Peak memory (MB) |\n|---|---:|---:|---|---:|---:|---:|---:|---:|\n");
        foreach (var row in rows)
        {
            string ratio = row.Ratio is not { } value ? "" : value.ToString("F2", CultureInfo.InvariantCulture) + (row.Counts ? "" : " (worse quality)");
            text.Append(CultureInfo.InvariantCulture, $"| {row.Workload} | {row.Threads} | {Time(row.MlpathSeconds)} | {row.Peer} ");
            text.Append(CultureInfo.InvariantCulture, $"| {(row.PeerSeconds is { } seconds ? Time(seconds) : "not installed")} | {ratio} ");
            text.Append(CultureInfo.InvariantCulture, $"| {row.MlpathQuality:G6} | {row.PeerQuality:G6} | {row.MlpathPeakBytes / 1e6:F0} |\n");
        }
        return text.ToString();
    }
}
