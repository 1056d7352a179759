using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>Reading a CSV file of 430,000 rows of 50 numbers and a label, 205 MB.</summary>
internal static class DataSuite
{
    private const string File = "table_430000x50.csv";

    private static readonly (string Id, string[] Peers)[] Workloads = [("csv-load", ["polars", "pandas"])];

    public static IEnumerable<string> Ids => Workloads.Select(w => w.Id);

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
        var (mine, theirs) = Contest.Hold(own, other);
        return BenchRow.Of("data", workload, threads, peer, mine, theirs, Quality.Same(1e-6));
    }

    private static Contestant? Start(string peer, string file, int threads) => peer switch
    {
        "polars" => Contestant.Peer("node", "polars.js", [file], ("NODE_PATH", Path.GetFullPath(
            Environment.GetEnvironmentVariable("MLPATH_BENCH_NODE_MODULES") ?? "node_modules")), ("POLARS_MAX_THREADS", $"{threads}")),
        _ => Contestant.Python("pandas_csv.py", [file], threads),
    };

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
