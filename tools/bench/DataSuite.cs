using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>Reading a CSV file of 430,000 rows of 50 numbers and a label, 205 MB.</summary>
internal static class DataSuite
{
    private const int Repetitions = 7;
    private const string File = "table_430000x50.csv";

    private static readonly (string Id, string[] Peers)[] Workloads = [("csv-load", ["polars", "pandas"])];

    public static IReadOnlyList<BenchRow> Run(BenchOptions options, TextWriter log)
    {
        string file = Path.Combine(options.DataFolder, File);
        if (!System.IO.File.Exists(file)) Make(file);
        var rows = new List<BenchRow>();
        foreach (var (id, peers) in Workloads.Where(w => options.Only is null || options.Only == w.Id))
        {
            foreach (int threads in options.Threads)
            {
                foreach (string peer in peers.Where(p => threads == 1 || p != "pandas"))
                {
                    var row = Compare(id, file, threads, peer);
                    rows.Add(row);
                    log.WriteLine(row);
                }
            }
        }
        return rows;
    }

    private static BenchRow Compare(string workload, string file, int threads, string peer)
    {
        using var own = Contestant.MLPath(workload, file, threads);
        using var other = Start(peer, file, threads);
        var (mine, theirs) = (new List<Repetition>(), new List<Repetition>());
        // In turn, so that whatever else the machine does falls on both. The first time is a rehearsal.
        for (int i = 0; i <= Repetitions; i++)
        {
            var a = own.Repeat();
            var b = other?.Repeat();
            if (i == 0) continue;
            mine.Add(a);
            if (b is not null) theirs.Add(b);
        }
        double? peerSeconds = theirs.Count == 0 ? null : Median(theirs);
        return new BenchRow("data", workload, threads, peer, Median(mine), peerSeconds, peerSeconds / Median(mine),
            mine[^1].Quality, theirs.Count == 0 ? null : theirs[^1].Quality, mine.Max(r => r.PeakBytes));
    }

    private static Contestant? Start(string peer, string file, int threads) => peer switch
    {
        "polars" => Contestant.Peer("node", "polars.js", file, threads, ("NODE_PATH", Path.GetFullPath(
            Environment.GetEnvironmentVariable("MLPATH_BENCH_NODE_MODULES") ?? "node_modules")), ("POLARS_MAX_THREADS", $"{threads}")),
        _ => Contestant.Peer(Environment.GetEnvironmentVariable("MLPATH_BENCH_PYTHON") ?? "python3", "pandas_csv.py", file, threads),
    };

    private static double Median(List<Repetition> repetitions)
    {
        var sorted = repetitions.Select(r => r.Seconds).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Normal numbers with six decimals, and whether the first five sum to more than zero.</summary>
    private static void Make(string file)
    {
        const int Rows = 430_000, Columns = 50;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var random = new RandomStream(9);
        using var writer = new StreamWriter(file);
        writer.Write(string.Join(',', Enumerable.Range(0, Columns).Select(i => $"f{i}")) + ",label\n");
        for (int row = 0; row < Rows; row++)
        {
            double sum = 0;
            for (int column = 0; column < Columns; column++)
            {
                double value = random.NextGaussian();
                if (column < 5) sum += value;
                writer.Write(value.ToString("F6", CultureInfo.InvariantCulture));
                writer.Write(',');
            }
            writer.Write(sum > 0 ? "1\n" : "0\n");
        }
    }
}
