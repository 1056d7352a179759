using System.Text.Json;
using MLPath.Data;

namespace MLPath.Datasets.Formats.JsonLines;

/// <summary>The rows of a file of JSON lines, read anew in each pass.</summary>
internal sealed class JsonLinesDataView : BatchDataView
{
    private readonly MultiFileSource _file;

    private JsonLinesDataView(MultiFileSource file, DataViewSchema schema)
    {
        (_file, Schema) = (file, schema);
        Lineage = DataLineage.Of(SourceFile.Describe(SourceFile.Names(file)), () => DataFingerprint.Compute(this));
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override DataLineage Lineage { get; }

    /// <summary>Reads the file once, to check it and to find its columns.</summary>
    public static JsonLinesDataView Load(string path, JsonLinesOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        var file = new MultiFileSource(path);
        var inference = new JsonInference();
        using var walker = new JsonRowWalker(ByteLines.Open(file, 0));
        inference.Read(walker, cancellationToken);
        if (walker.Columns.Count == 0) throw FormatError.Of(path, "the file has no rows with properties; expected a JSON object on each line");
        foreach (string name in options.Types.Keys)
        {
            if (!walker.Columns.Contains(name)) throw SchemaException.MissingColumn(name, walker.Columns);
        }
        var schema = new DataViewSchema.Builder();
        for (int i = 0; i < walker.Columns.Count; i++)
        {
            string name = walker.Columns[i];
            schema.AddColumn(name, options.Types.TryGetValue(name, out var type) ? type : inference.TypeOf(i));
        }
        return new JsonLinesDataView(file, schema.ToSchema());
    }

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = new JsonColumn?[Schema.Count];
        foreach (var column in columnsNeeded) columns[column.Index] ??= JsonColumn.Create(column.Name, column.Type);
        var walker = new JsonRowWalker(ByteLines.Open(_file, 0), Schema.Select(c => c.Name));
        return new RowReaderCursor(Schema, new Rows(walker, columns), cancellationToken);
    }

    private sealed class Rows(JsonRowWalker walker, JsonColumn?[] columns) : IRowReader, IJsonValues
    {
        private int _row;

        public ColumnBuffer? Buffer(int column) => columns[column]?.Buffer;

        public void BeginBatch()
        {
            foreach (var column in columns) column?.Clear();
            _row = 0;
        }

        public bool Read()
        {
            if (!walker.TryRead(this)) return false;
            _row++;
            foreach (var column in columns)
            {
                if (column?.Buffer.Count < _row) column.AddMissing(walker);
            }
            return true;
        }

        public void Take(int column, ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row)
        {
            if (column >= columns.Length || columns[column] is not { } target || json.TokenType == JsonTokenType.Null)
            {
                json.Skip();
                return;
            }
            if (target.Buffer.Count > _row) throw row.Error($"property {FormatError.Quote(row.Columns[column])} occurs twice");
            target.Read(ref json, line, row);
        }

        public void Dispose() => walker.Dispose();
    }
}
