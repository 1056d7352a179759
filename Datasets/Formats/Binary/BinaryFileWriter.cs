using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json.Nodes;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>Writes a view in the binary format, group of rows by group of rows, in one pass and forward only.</summary>
internal sealed class BinaryFileWriter
{
    /// <summary>A group ends when it has so many rows, or so many bytes at a multiple of <see cref="StepRows"/>.</summary>
    private const int GroupRows = 8 * RowBatch.DefaultSize;

    private const long GroupBytes = 8 << 20;

    /// <summary>Rows are added in steps of this many, so that where groups end follows from the rows and not from the source's batches.</summary>
    private const int StepRows = 64;

    private readonly Stream _stream;
    private readonly IReadOnlyList<DataViewSchema.Column> _columns;
    private readonly ColumnBuffer[] _group;
    private readonly ColumnBuffer[] _step;
    private readonly ArrayBufferWriter<byte> _raw = new();
    private readonly List<GroupEntry> _index = [];
    private byte[] _compressed = [];
    private long _position;
    private long _rows;
    private int _groupRows;
    private long _groupBytes;

    private BinaryFileWriter(Stream stream, IReadOnlyList<DataViewSchema.Column> columns)
    {
        (_stream, _columns) = (stream, columns);
        _group = [.. columns.Select(c => ColumnBuffer.Create(c.Type))];
        _step = [.. columns.Select(c => ColumnBuffer.Create(c.Type))];
    }

    /// <summary>Writes a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">The columns to write, in order; <see cref="SavableColumns"/> says which are possible.</param>
    /// <param name="stream">Where to; it need not seek, and stays open.</param>
    /// <param name="cancellationToken">Ends the writing early.</param>
    public static void Write(
        IDataView view, IReadOnlyList<DataViewSchema.Column> columns, Stream stream, CancellationToken cancellationToken)
    {
        var writer = new BinaryFileWriter(stream, columns);
        writer.WriteHeader();
        using (var cursor = view.GetBatchCursor(columns, cancellationToken))
        {
            while (cursor.MoveNext()) writer.Add(cursor.Current);
        }
        writer.EndGroup();
        writer.WriteIndex();
        stream.Flush();
    }

    private void WriteHeader()
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in _columns) schema.AddColumn(column.Detach());
        JsonNode json = SchemaJson.Write(schema.ToSchema());
        _raw.Write(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        var stored = Block.Compress(_raw.WrittenSpan, ref _compressed, out var compression);

        Span<byte> header = stackalloc byte[BinaryFormat.HeaderLength];
        BinaryFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], BinaryFormat.Version);
        header[12] = (byte)compression;
        BinaryPrimitives.WriteInt32LittleEndian(header[13..], stored.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[17..], _raw.WrittenCount);
        uint crc = BinaryFormat.Checksum(stored, BinaryFormat.Checksum(header[..21]));
        BinaryPrimitives.WriteUInt32LittleEndian(header[21..], crc);
        Put(header);
        Put(stored);
    }

    private void Add(RowBatch batch)
    {
        for (int row = 0; row < batch.Count;)
        {
            int rows = Math.Min(StepRows - (_groupRows % StepRows), batch.Count - row);
            for (int i = 0; i < _group.Length; i++)
            {
                _step[i].Slice(batch[_columns[i].Index], row, rows);
                _group[i].Append(_step[i]);
                _groupBytes += ColumnCodec.Size(_step[i]);
            }
            row += rows;
            _groupRows += rows;
            if (_groupRows == GroupRows || (_groupRows % StepRows == 0 && _groupBytes >= GroupBytes)) EndGroup();
        }
    }

    private void EndGroup()
    {
        if (_groupRows == 0) return;
        var blocks = new BlockEntry[_group.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            _raw.ResetWrittenCount();
            ColumnCodec.Write(_group[i], _raw);
            var stored = Block.Compress(_raw.WrittenSpan, ref _compressed, out var compression);
            blocks[i] = new BlockEntry(_position, stored.Length, _raw.WrittenCount, compression, BinaryFormat.Checksum(stored));
            Put(stored);
            _group[i].Clear();
        }
        _index.Add(new GroupEntry(_groupRows, blocks));
        _rows += _groupRows;
        (_groupRows, _groupBytes) = (0, 0);
    }

    private void WriteIndex()
    {
        long start = _position;
        var index = new byte[checked(8 + (_index.Count * (BinaryFormat.GroupEntryLength + (_group.Length * BinaryFormat.BlockEntryLength))))];
        BinaryPrimitives.WriteInt32LittleEndian(index, _index.Count);
        BinaryPrimitives.WriteInt32LittleEndian(index.AsSpan(4), _group.Length);
        var at = index.AsSpan(8);
        foreach (var group in _index)
        {
            BinaryPrimitives.WriteInt32LittleEndian(at, group.Rows);
            at = at[BinaryFormat.GroupEntryLength..];
            foreach (var block in group.Blocks)
            {
                BinaryPrimitives.WriteInt64LittleEndian(at, block.Offset);
                BinaryPrimitives.WriteInt32LittleEndian(at[8..], block.Stored);
                BinaryPrimitives.WriteInt32LittleEndian(at[12..], block.Raw);
                at[16] = (byte)block.Compression;
                BinaryPrimitives.WriteUInt32LittleEndian(at[17..], block.Checksum);
                at = at[BinaryFormat.BlockEntryLength..];
            }
        }
        Put(index);

        Span<byte> footer = stackalloc byte[BinaryFormat.FooterLength];
        BinaryPrimitives.WriteInt64LittleEndian(footer, start);
        BinaryPrimitives.WriteInt64LittleEndian(footer[8..], index.Length);
        BinaryPrimitives.WriteInt64LittleEndian(footer[16..], _rows);
        BinaryPrimitives.WriteUInt32LittleEndian(footer[24..], BinaryFormat.Checksum(footer[..24], BinaryFormat.Checksum(index)));
        BinaryFormat.End.CopyTo(footer[28..]);
        Put(footer);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _position += bytes.Length;
    }
}
