using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Keeps reports as runs that can be listed and compared later, by MLPath and by MLflow.</summary>
public static class TrackExtensions
{
    extension(IReport report)
    {
        /// <summary>
        /// Keeps the report in a folder in the layout of MLflow's file store, so that <c>mlflow ui --backend-store-uri FOLDER</c> shows it. A comparison
        /// becomes a run with one run for each candidate within it; the report itself is kept as JSON and HTML. A run appears whole or not at all.
        /// </summary>
        /// <param name="folder">The folder, the <c>mlruns</c> of MLflow; made if it is not there.</param>
        /// <param name="experiment">The experiment's name, 1 to 500 characters; made if it is not there.</param>
        /// <returns>The run's identifier, 32 hexadecimal digits.</returns>
        /// <exception cref="OptionException">The experiment's name is empty or too long.</exception>
        /// <exception cref="IOException">The folder cannot be written.</exception>
        public string Track(string folder, string experiment = RunWriter.DefaultExperiment)
        {
            ArgumentNullException.ThrowIfNull(report);
            return RunWriter.Write(folder, experiment, RunRecords.Of(report), TimeProvider.System);
        }
    }
}
