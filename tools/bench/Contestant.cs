using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace MLPath.Bench;

/// <summary>One timed repetition.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Quality">How good the result is, in a number that both sides compute alike.</param>
/// <param name="PeakBytes">The largest memory of the process so far; 0 where it is not known.</param>
/// <param name="Losses">The loss of the first steps of training, where both sides train one network from the same weights on the same batches.</param>
internal sealed record Repetition(double Seconds, double Quality, long PeakBytes, IReadOnlyList<double>? Losses = null);

/// <summary>
/// A process of its own that does the work once for each line it is sent, and answers with the time it took. So nobody pays for the other's
/// start, memory or threads, and the repetitions of both sides can alternate.
/// </summary>
internal sealed class Contestant : IDisposable
{
    // A peer's script ends with this code when the library it stands for is not there.
    private const int NotInstalled = 3;

    private readonly Process _process;
    private readonly StringBuilder _errors;

    private Contestant(Process process, StringBuilder errors) => (_process, _errors) = (process, errors);

    /// <summary>Starts MLPath's own worker.</summary>
    public static Contestant MLPath(string workload, string data, int threads) =>
        Start(Environment.ProcessPath!, [.. Host(), "worker", workload, data, $"{threads}"], [])
        ?? throw new InvalidOperationException("The worker does not start.");

    /// <summary>Starts a peer's script; null where the peer is not there.</summary>
    public static Contestant? Peer(string program, string script, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start(program, [Path.Combine(AppContext.BaseDirectory, "peers", script), .. arguments], environment);

    /// <summary>Starts a peer's script in the first Python that has the peer; null where none has.</summary>
    public static Contestant? Python(string script, IEnumerable<string> arguments, int threads)
    {
        IEnumerable<string> pythons = Environment.GetEnvironmentVariable("MLPATH_BENCH_PYTHON") is { } chosen ? [chosen] : ["python3", "/usr/bin/python3"];
        (string, string)[] environment = [("OMP_NUM_THREADS", $"{threads}"), ("OPENBLAS_NUM_THREADS", $"{threads}"), .. Libraries()];
        return pythons.Select(python => Peer(python, script, arguments, environment)).FirstOrDefault(contestant => contestant is not null);
    }

    /// <summary>Runs this program with one argument, in a process of its own, and returns what it writes.</summary>
    public static string Answer(string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), argument]) { RedirectStandardOutput = true })!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer : throw new InvalidOperationException($"'{argument}' has ended with code {process.ExitCode}.");
    }

    /// <summary>Does the work once.</summary>
    public Repetition Repeat()
    {
        _process.StandardInput.WriteLine("run");
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw Ended();
        return JsonSerializer.Deserialize<Repetition>(answer, Results.Json)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5_000)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // Debian's PyTorch has OpenMP threads of its own; an OpenBLAS with threads of another kind makes them wait for each other, five times slower.
    private static IEnumerable<(string, string)> Libraries()
    {
        const string Debian = "/usr/lib";
        string? folder = Environment.GetEnvironmentVariable("MLPATH_BENCH_OPENBLAS") ?? (Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian, "*-linux-gnu").Select(f => Path.Combine(f, "openblas-openmp")).FirstOrDefault(Directory.Exists)
            : null);
        if (folder is not null) yield return ("LD_LIBRARY_PATH", folder);
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

        // Settings of the caller's own could choose slow kernels or other numbers of threads: an exported OPENBLAS_CORETYPE halves a peer's speed.
        foreach (string name in start.Environment.Keys.Where(IsThreadOrKernelSetting).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            var errors = new StringBuilder();
            process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
            process.BeginErrorReadLine();
            var contestant = new Contestant(process, errors);
            if (process.StandardOutput.ReadLine() == "ready") return contestant;
            process.WaitForExit();
            if (process.ExitCode != NotInstalled) throw contestant.Ended();
            process.Dispose();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static bool IsThreadOrKernelSetting(string name) => new[] { "OPENBLAS", "OMP_", "GOMP_", "MKL_", "DNNL_" }.Any(name.StartsWith);

    private InvalidOperationException Ended() =>
        new($"'{string.Join(' ', _process.StartInfo.ArgumentList)}' has ended: {_errors}");
}
