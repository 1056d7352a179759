using System.Globalization;

namespace MLPath.Bench;

/// <summary>Kernels, classical algorithms, metrics and scoring, beside the fastest tools that do the same.</summary>
internal static class CoreSuite
{
    private const string ExponentsId = "exponents";
    private const string ShapesId = "shapes";

    private static readonly IReadOnlyList<CoreWorkload> s_workloads =
    [
        .. GemmWorkloads.All, .. ClusteringWorkloads.All, .. DecompositionWorkloads.All, .. LinearWorkloads.All,
        .. SvmWorkloads.All, .. NeighborsWorkloads.All, .. BayesWorkloads.All, .. MetricsWorkloads.All, .. ScoringWorkloads.All,
    ];

    public static IEnumerable<string> Ids => [.. s_workloads.Select(w => w.Id), ExponentsId, ShapesId];

    public static CoreWorkload? Find(string id) => s_workloads.FirstOrDefault(w => w.Id == id);

    public static IReadOnlyList<BenchRow> Run(BenchOptions options, TextWriter log)
    {
        var rows = new List<BenchRow>();
        foreach (var workload in s_workloads.Where(w => options.Only is null || options.Only == w.Id))
        {
            CoreSets.Ensure(options.DataFolder, workload.Set, log);
            foreach (int threads in options.Threads)
            {
                foreach (string peer in workload.Peers)
                {
                    var row = Compare("core", workload, options.DataFolder, threads, peer);
                    rows.Add(row);
                    log.WriteLine(row);
                }
            }
        }

        if (options.Only is null or ExponentsId) Exponents.Print(options.Threads[0], log);
        if (options.Only is ShapesId) GemmShapes.Print(log);
        return rows;
    }

    /// <summary>Lets MLPath and one peer do a workload in turn.</summary>
    public static BenchRow Compare(string suite, CoreWorkload workload, string folder, int threads, string peer)
    {
        using var own = Contestant.MLPath(workload.Id, folder, threads);
        string times = workload.PeerTimes.ToString(CultureInfo.InvariantCulture);
        using var other = peer == CoreWorkload.NotInstallable
            ? null
            : Contestant.Python(workload.Script, [workload.Id, peer, folder, $"{threads}", times], threads);
        var (mine, theirs) = Contest.Hold(own, other);
        return BenchRow.Of(suite, workload.Id, threads, peer, mine, theirs, workload.Quality);
    }
}
