using System.Diagnostics;

namespace MLPath.Tests.Datasets.Formats.Database;

/// <summary>A PostgreSQL server of its own in a temporary folder, reachable by a socket in it only.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _folder;
    private readonly string _binaries;

    private PostgresServer(string folder, string binaries) => (_folder, _binaries) = (folder, binaries);

    public string ConnectionString => $"Host={_folder};Username=mlpath;Database=postgres;Pooling=false";

    /// <summary>Starts a server; ends the test as inconclusive where there is no PostgreSQL to start.</summary>
    public static PostgresServer Start()
    {
        string? binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
                .LastOrDefault(b => File.Exists(Path.Combine(b, "initdb")))
            : null;
        if (binaries is null) Assert.Inconclusive("There is no PostgreSQL server in /usr/lib/postgresql to test with.");
        var server = new PostgresServer(Directory.CreateTempSubdirectory("mlpg").FullName, binaries);
        try
        {
            // PostgreSQL refuses to run as root.
            if (Environment.IsPrivilegedProcess) Run("chown", "postgres", server._folder);
            server.RunAsUser("initdb", "-D", server.Data, "-U", "mlpath", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
            server.RunAsUser("pg_ctl", "-D", server.Data, "-s", "-w", "-l", Path.Combine(server._folder, "log"), "-o", $"-k {server._folder} -c listen_addresses= -c fsync=off", "start");
        }
        catch (InvalidOperationException problem)
        {
            server.Dispose();
            Assert.Inconclusive($"PostgreSQL could not be started: {problem.Message}");
        }
        return server;
    }

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) RunAsUser("pg_ctl", "-D", Data, "-s", "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private void RunAsUser(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries, program);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what is redirected, so only errors of the start are seen: in the exit code.
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetTempPath() };
        if (program.EndsWith("initdb", StringComparison.Ordinal) || Array.Exists(arguments, a => a.EndsWith("initdb", StringComparison.Ordinal)))
            start.RedirectStandardOutput = true;
        try
        {
            using var process = Process.Start(start)!;
            if (start.RedirectStandardOutput) process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new InvalidOperationException($"{program}: {problem.Message}", problem);
        }
    }
}
