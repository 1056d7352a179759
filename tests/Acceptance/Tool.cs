using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MLPath.Acceptance.Tests;

/// <summary>What a run of the tool left behind.</summary>
/// <param name="Out">The standard output.</param>
/// <param name="Duration">The time from its start to its end.</param>
/// <param name="PeakBytes">The most physical memory that it held at once, as sampled; 0 where the system does not tell.</param>
internal sealed record Outcome(string Out, TimeSpan Duration, long PeakBytes)
{
    /// <summary>The standard output as the one JSON document that it must be.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;
}

/// <summary>Runs the tool as users do: each command in a process of its own.</summary>
internal static class Tool
{
    private static readonly TimeSpan SamplingInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs the tool to its end, which must be a success.</summary>
    /// <param name="cancellationToken">Ends the process early.</param>
    /// <param name="args">The command and its arguments.</param>
    public static async Task<Outcome> Run(CancellationToken cancellationToken, params string[] args)
    {
        using var process = Start(args);
        var clock = Stopwatch.StartNew();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            long peak = 0;
            while (!process.HasExited)
            {
                peak = Math.Max(peak, PeakBytes(process.Id));
                await Task.Delay(SamplingInterval, cancellationToken);
            }

            await process.WaitForExitAsync(cancellationToken);
            Assert.AreEqual(0, process.ExitCode, $"mlpath {string.Join(' ', args)}\n{await error}");
            return new Outcome(await output, clock.Elapsed, peak);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MLPath.Tool.dll"));
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    // Linux keeps the high-water mark of a process's resident memory itself, so that nothing is missed between two looks.
    private static long PeakBytes(int process)
    {
        const string HighWaterMark = "VmHWM:";
        if (!OperatingSystem.IsLinux())
            return 0;
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(HighWaterMark, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(HighWaterMark.Length).TrimEnd("kB"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }
}
