using System.Globalization;

namespace MLPath.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        Usage: dotnet run -c Release --project tools/bench -- SUITE [options]
          SUITE           data: reading files; core: kernels, classical algorithms, metrics, scoring; deep: networks
          --data DIR      where the workloads' files are, or are made (default: a folder among the temporary files)
          --only ID       one workload, such as csv-load or kmeans-100k; of the core suite also exponents, or shapes of products
          --threads N     one number of threads (default: 1, then 2)
          --json FILE     writes the rows as JSON
          --report FILE   writes them as a Markdown table
        Peers that are not there have no ratio. They are looked for in:
          MLPATH_BENCH_NODE_MODULES   a folder node_modules with nodejs-polars (default: ./node_modules)
          MLPATH_BENCH_PYTHON         a Python with pandas, scikit-learn, PyTorch (default: python3, then /usr/bin/python3)
          MLPATH_BENCH_OPENBLAS       a folder with the OpenBLAS that they shall use (default: Debian's for OpenMP)
        """;

    public string Suite { get; init; } = "data";

    public string DataFolder { get; init; } = Path.Combine(Path.GetTempPath(), "mlpath-bench");

    public string? Only { get; init; }

    public IReadOnlyList<int> Threads { get; init; } = [1, 2];

    public string? JsonFile { get; init; }

    public string? ReportFile { get; init; }

    /// <summary>Reads the arguments; null and what is wrong where they cannot be understood.</summary>
    public static BenchOptions? Parse(string[] args, out string? mistake)
    {
        mistake = null;
        if (args is not ["data" or "core" or "deep", ..] || args.Length % 2 == 0)
        {
            mistake = "The suite is 'data', 'core' or 'deep', and every option has a value.";
            return null;
        }
        var options = new BenchOptions { Suite = args[0] };
        for (int i = 1; i < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--data": options = options with { DataFolder = value }; break;
                case "--only": options = options with { Only = value }; break;
                case "--json": options = options with { JsonFile = value }; break;
                case "--report": options = options with { ReportFile = value }; break;
                case "--threads" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0:
                    options = options with { Threads = [threads] };
                    break;
                default:
                    mistake = $"'{args[i]} {value}' is not understood.";
                    return null;
            }
        }
        if (options.Only is { } only && !Workloads(options.Suite).Contains(only))
        {
            mistake = $"There is no workload '{only}'. Those of '{options.Suite}' are: {string.Join(", ", Workloads(options.Suite))}.";
            return null;
        }
        return options;
    }

    private static IEnumerable<string> Workloads(string suite) => suite switch
    {
        "data" => DataSuite.Ids,
        "core" => CoreSuite.Ids,
        _ => DeepSuite.Ids,
    };
}
