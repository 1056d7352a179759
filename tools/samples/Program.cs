using MLPath.Samples;

// dotnet run --project tools/samples            lists the steps
// dotnet run --project tools/samples -- 12      runs one
// dotnet run --project tools/samples -- all     runs all
if (args is ["all"])
{
    foreach (var sample in Samples.All)
        sample.Run(Console.Out);
    return 0;
}

if (args is [var number] && Samples.All.FirstOrDefault(s => s.Number == number) is { } chosen)
{
    chosen.Run(Console.Out);
    return 0;
}

Console.WriteLine("The path, step by step. Run one with: dotnet run --project tools/samples -- NUMBER");
foreach (var sample in Samples.All)
    Console.WriteLine($"  {sample.Number}  {sample.Title}");
return args.Length == 0 ? 0 : 2;
