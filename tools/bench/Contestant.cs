using System.Diagnostics;
using System.Text.Json;

namespace MLPath.Bench;

/// <summary>One timed repetition.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Quality">What was computed, in a number that both sides must agree on.</param>
/// <param name="PeakBytes">The largest memory of the process so far; 0 where it is not known.</param>
internal sealed record Repetition(double Seconds, double Quality, long PeakBytes);

/// <summary>
/// A process of its own that does the work once for each line it is sent, and answers with the time it took. So nobody pays for the other's
/// start, memory or threads, and the repetitions of both sides can alternate.
/// </summary>
internal sealed class Contestant : IDisposable
{
    private readonly Process _process;

    private Contestant(Process process) => _process = process;

    /// <summary>Starts MLPath's own worker.</summary>
    public static Contestant MLPath(string workload, string file, int threads) =>
        Start(Environment.ProcessPath!, [.. Host(), "worker", workload, file, $"{threads}"], [])
        ?? throw new InvalidOperationException("The worker does not start.");

    /// <summary>Starts a peer's script; null where the peer is not there.</summary>
    public static Contestant? Peer(string program, string script, string file, int threads, params (string Name, string Value)[] environment) =>
        Start(program, [Path.Combine(AppContext.BaseDirectory, "peers", script), file, $"{threads}"], environment);

    /// <summary>Does the work once.</summary>
    public Repetition Repeat()
    {
        _process.StandardInput.WriteLine("run");
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The process has ended.");
        return JsonSerializer.Deserialize<Repetition>(answer, Results.Json)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5_000)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>The assembly, where the program is the general host.</summary>
    private static IEnumerable<string> Host() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [typeof(Contestant).Assembly.Location]
        : [];

    private static Contestant? Start(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            // Its first words are that it is ready; a peer that cannot load its library ends instead.
            if (process.StandardOutput.ReadLine() == "ready") return new Contestant(process);
            process.Dispose();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
