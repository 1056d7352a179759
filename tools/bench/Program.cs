using System.Globalization;
using MLPath.Bench;

// dotnet run -c Release --project tools/bench -- data|core|deep [--data DIR] [--only ID] [--threads N] [--json FILE] [--report FILE]
if (args is ["worker", var workload, var data, var threads])
    return Worker.Run(workload, data, int.Parse(threads, CultureInfo.InvariantCulture));

if (args is [GemmShapes.Command])
{
    GemmShapes.Measure(Console.Out);
    return 0;
}

if (BenchOptions.Parse(args, out string? mistake) is not { } options)
{
    Console.Error.WriteLine(mistake);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

var rows = options.Suite switch
{
    "data" => DataSuite.Run(options, Console.Out),
    "core" => CoreSuite.Run(options, Console.Out),
    _ => DeepSuite.Run(options, Console.Out),
};
Results.Write(rows, options);
return 0;
