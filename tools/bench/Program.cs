using MLPath.Bench;

// dotnet run -c Release --project tools/bench -- data [--data DIR] [--only ID] [--threads N] [--json FILE] [--report FILE]
if (args is ["worker", var workload, var file, var threads])
    return Worker.Run(workload, file, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture));

if (BenchOptions.Parse(args, out string? mistake) is not { } options)
{
    Console.Error.WriteLine(mistake);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

var rows = DataSuite.Run(options, Console.Out);
Results.Write(rows, options);
return 0;
