using System.Diagnostics;
using System.Text.Json;
using MLPath.Datasets;

namespace MLPath.Bench;

/// <summary>MLPath's side: does a workload once for each line of the input.</summary>
internal static class Worker
{
    public static int Run(string workload, string data, int threads)
    {
        var job = (CoreSuite.Find(workload) ?? DeepSuite.Find(workload))?.Open(new CoreData(data), threads) ?? LoadCsv(workload, data, threads);
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            var (seconds, quality, losses) = job.Run();
            GC.Collect();
            Console.WriteLine(JsonSerializer.Serialize(
                new Repetition(seconds, quality, Process.GetCurrentProcess().PeakWorkingSet64, losses), Results.Json));
        }
        return 0;
    }

    private static Job LoadCsv(string workload, string file, int threads) => workload == "csv-load"
        ? Job.Of(() => new MLContext(seed: 0).Data.LoadFromTextFile(file, new TextFileOptions { Threads = threads, InMemoryLimit = long.MaxValue }), Sum)
        : throw new ArgumentException($"There is no workload '{workload}'.", nameof(workload));

    /// <summary>The sum of the first column and the number of rows: both sides have read the same table.</summary>
    private static double Sum(IDataView view)
    {
        double sum = 0, rows = 0;
        using var cursor = view.GetBatchCursor([view.Schema[0]]);
        while (cursor.MoveNext())
        {
            rows += cursor.Current.Count;
            foreach (float value in cursor.Current.Scalars<float>(0)) sum += value;
        }
        return Math.Round(sum + rows, 1);
    }
}
