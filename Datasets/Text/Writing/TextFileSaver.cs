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
        var table = new Table(data, columns);
        Write(path, stream => table.Write(stream, separator, cancellationToken));
    }

    /// <summary>Writes a file whole or not at all; gzip where the name ends in <c>.gz</c>.</summary>
    public static void Write(string path, Action<Stream> write) => AtomicFile.Write(path, file =>
    {
        bool compress = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using var stream = compress ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
        write(stream ?? file);
    });

    /// <summary>Writes to a stream, which stays open.</summary>
    public static void Save(
        IDataView data, Stream stream, IReadOnlyList<string>? columns, char separator, CancellationToken cancellationToken) =>
        new Table(data, columns).Write(stream, separator, cancellationToken);

    /// <summary>The columns to write, checked.</summary>
    private sealed class Table
    {
        private readonly IDataView _data;
        private readonly List<DataViewSchema.Column> _columns;
        private readonly List<string> _header;
        private readonly List<CellWriter> _cells;

        public Table(IDataView data, IReadOnlyList<string>? columns)
        {
            _data = data;
            _columns = [.. (columns ?? [.. data.Schema.VisibleNames]).Select(name => data.Schema[name])];
            _header = [.. _columns.SelectMany(FieldNames.Of)];
            if (_header.Count == 0) throw new ArgumentException("There are no columns to save.", nameof(columns));
            if (_header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
                throw new SchemaException($"Two fields of the file would be named '{repeated.Key}'; rename a column, or leave one out.");
            _cells = _columns.ConvertAll(CellWriter.Create);
        }

        public void Write(Stream stream, char separator, CancellationToken cancellationToken)
        {
            var writer = new DelimitedWriter(stream, separator);
            foreach (string name in _header) writer.Write(name);
            writer.EndRecord();

            using var batches = _data.GetBatchCursor(_columns, cancellationToken);
            while (batches.MoveNext())
            {
                for (int row = 0; row < batches.Current.Count; row++)
                {
                    foreach (var cell in _cells) cell.Write(batches.Current, row, writer);
                    writer.EndRecord();
                }
            }
            writer.Flush();
        }
    }
}
