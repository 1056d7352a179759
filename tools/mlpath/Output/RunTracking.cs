using MLPath.Evaluation;

namespace MLPath.Tool.Output;

/// <summary>The folder of <c>--track</c>, checked before any work is done for it.</summary>
internal sealed class RunTracking
{
    private const string DefaultExperiment = "Default";

    private readonly string? _folder;
    private readonly string _experiment;

    /// <summary>Checks the names.</summary>
    /// <param name="folder">The folder; null to keep nothing.</param>
    /// <param name="experiment">The experiment's name; null for MLflow's own default.</param>
    /// <exception cref="UsageException">The folder is a file, or there is an experiment without a folder.</exception>
    public RunTracking(string? folder, string? experiment)
    {
        if (folder is null && experiment is not null)
            throw new UsageException("--experiment says where in a folder of runs a run belongs; name the folder with --track.");
        if (folder is not null && (string.IsNullOrWhiteSpace(folder) || File.Exists(folder)))
            throw new UsageException($"--track '{folder}' is no folder. Give the name of a folder, which is made if it is not there.");
        (_folder, _experiment) = (folder, experiment ?? DefaultExperiment);
    }

    /// <summary>Keeps a report as a run and says where it is.</summary>
    /// <param name="report">The report.</param>
    /// <param name="host">Where to say so.</param>
    public void Write(IReport report, ToolHost host)
    {
        if (_folder is not null)
            host.Say($"Run: {report.Track(_folder, _experiment)} in {_folder}, experiment {_experiment}");
    }
}
