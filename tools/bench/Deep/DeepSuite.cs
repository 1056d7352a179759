namespace MLPath.Bench;

/// <summary>Networks, trained and asked, beside PyTorch.</summary>
internal static class DeepSuite
{
    public static IEnumerable<string> Ids => NetworkWorkloads.All.Select(w => w.Id);

    public static CoreWorkload? Find(string id) => NetworkWorkloads.All.FirstOrDefault(w => w.Id == id);

    public static IReadOnlyList<BenchRow> Run(BenchOptions options, TextWriter log)
    {
        var rows = new List<BenchRow>();
        CoreSets.Ensure(options.DataFolder, NetworkSets.Networks, log);
        foreach (var workload in NetworkWorkloads.All.Where(w => options.Only is null || options.Only == w.Id))
        {
            CoreSets.Ensure(options.DataFolder, workload.Set, log);
            foreach (int threads in options.Threads)
            {
                foreach (string peer in workload.Peers)
                {
                    var row = CoreSuite.Compare("deep", workload, options.DataFolder, threads, peer);
                    rows.Add(row);
                    log.WriteLine(row);
                }
            }
        }

        return rows;
    }
}
