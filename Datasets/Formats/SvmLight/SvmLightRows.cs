using MLPath.Data;

namespace MLPath.Datasets.Formats.SvmLight;

/// <summary>The rows of SVMlight files in column buffers.</summary>
internal sealed class SvmLightRows : IRowReader
{
    private readonly IMultiStreamSource _source;
    private readonly SvmLightParser _parser;
    private readonly TextCells _texts = new();
    private readonly ColumnBuffer?[] _buffers;
    private readonly ScalarColumn<float>? _labels;
    private readonly ScalarColumn<float>? _weights;
    private readonly ScalarColumn<ulong>? _groups;
    private readonly ScalarColumn<ReadOnlyMemory<char>>? _comments;
    private readonly VectorColumn<float>? _features;
    private ByteLines? _lines;
    private int _file;

    public SvmLightRows(
        IMultiStreamSource source, SvmLightFeatures features, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        (_source, _parser) = (source, new SvmLightParser(features));
        _buffers = new ColumnBuffer?[schema.Count];
        foreach (var column in columnsNeeded) _buffers[column.Index] ??= ColumnBuffer.Create(column.Type);
        _labels = (ScalarColumn<float>?)_buffers[0];
        _weights = (ScalarColumn<float>?)_buffers[1];
        _groups = (ScalarColumn<ulong>?)_buffers[2];
        _comments = (ScalarColumn<ReadOnlyMemory<char>>?)_buffers[3];
        _features = (VectorColumn<float>?)_buffers[4];
    }

    public ColumnBuffer? Buffer(int column) => _buffers[column];

    public void BeginBatch()
    {
        foreach (var buffer in _buffers) buffer?.Clear();
        _features?.Begin(VectorLayout.Sparse);
    }

    public bool Read()
    {
        while (true)
        {
            if (_lines is null)
            {
                if (_file == _source.Count) return false;
                _lines = ByteLines.Open(_source, _file++);
            }
            if (_parser.TryRead(_lines, out var comment))
            {
                Add(comment);
                return true;
            }
            _lines.Dispose();
            _lines = null;
        }
    }

    public void Dispose() => _lines?.Dispose();

    private void Add(ReadOnlySpan<byte> comment)
    {
        _labels?.Add(_parser.Label);
        _weights?.Add(_parser.Weight);
        _groups?.Add(_parser.GroupId);
        _comments?.Add(_texts.Add(comment));
        _features?.AddRow(_parser.Slots, _parser.Values);
    }
}
