using System.IO.Compression;
using MLPath.Runtime;

namespace MLPath.Datasets.Text;

/// <summary>Writes columns of a view as a text file with a header, whole or not at all.</summary>
internal static class TextFileSaver
{
    /// <summary>Writes the file; gzip where the name ends in <c>.gz</c>.</summary>
    public static void Save(
        IDataView data, string path, IReadOnlyList<string>? columns, char separator, CancellationToken cancellationToken)
    {
        var chosen = (columns ?? [.. data.Schema.VisibleNames]).Select(name => data.Schema[name]).ToList();
        var header = chosen.SelectMany(FieldNames.Of).ToList();
        if (header.Count == 0) throw new ArgumentException("There are no columns to save.", nameof(columns));
        if (header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new SchemaException($"Two fields of the file would be named '{repeated.Key}'; rename a column, or leave one out.");
        var cells = chosen.Select(CellWriter.Create).ToList();

        AtomicFile.Write(path, file =>
        {
            bool compress = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            using var stream = compress ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
            var writer = new DelimitedWriter(stream ?? file, separator);
            foreach (string name in header) writer.Write(name);
            writer.EndRecord();

            using var batches = data.GetBatchCursor(chosen, cancellationToken);
            while (batches.MoveNext())
            {
                for (int row = 0; row < batches.Current.Count; row++)
                {
                    foreach (var cell in cells) cell.Write(batches.Current, row, writer);
                    writer.EndRecord();
                }
            }
            writer.Flush();
        });
    }
}
