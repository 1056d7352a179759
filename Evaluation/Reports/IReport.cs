using System.Text;
using MLPath.Evaluation;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation
{
    /// <summary>
    /// Something that was found out and is worth showing: an <see cref="EvaluationReport"/>, a <see cref="ComparisonReport"/>, a
    /// <see cref="TrainingReport"/>, a <see cref="DataReport"/>. All are saved in the same way and have one look.
    /// </summary>
    public interface IReport
    {
        /// <summary>What was found out, in a sentence.</summary>
        string Answer { get; }

        /// <summary>The page: the answer first, then the evidence.</summary>
        Report ToReport();

        /// <summary>Writes the JSON document, whose schema and version stand in it.</summary>
        /// <param name="stream">Where to.</param>
        void WriteJson(Stream stream);
    }
}

namespace MLPath
{
    /// <summary>What every report can do.</summary>
    public static class ReportExtensions
    {
        extension(IReport report)
        {
            /// <summary>The JSON document as text.</summary>
            public string ToJson()
            {
                using var stream = new MemoryStream();
                report.WriteJson(stream);
                return Encoding.UTF8.GetString(stream.ToArray());
            }

            /// <summary>Writes the report, whole or not at all.</summary>
            /// <param name="path">The file: .html, .md or .json.</param>
            /// <exception cref="ArgumentException">The name ends otherwise.</exception>
            public void SaveReport(string path)
            {
                ArgumentNullException.ThrowIfNull(path);
                if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
                    AtomicFile.Write(path, report.WriteJson);
                else
                    ReportWriter.Save(report.ToReport(), path);
            }

            /// <summary>Writes every chart of the page as a file .svg, named after its section.</summary>
            /// <param name="folder">The folder, which is made where it is missing. Files of the same names are replaced, others stay.</param>
            /// <returns>The files, in reading order.</returns>
            /// <exception cref="IOException">A file cannot be written.</exception>
            public IReadOnlyList<string> SaveCharts(string folder) => ReportWriter.SaveCharts(report.ToReport(), folder);
        }
    }
}
