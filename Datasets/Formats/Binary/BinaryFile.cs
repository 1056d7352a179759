using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>A binary file's schema and index, checked against the file's length; the rows are read block by block.</summary>
internal sealed class BinaryFile
{
    private readonly Func<RandomAccessSource> _open;

    private BinaryFile(Func<RandomAccessSource> open, DataViewSchema schema, string schemaJson, GroupEntry[] groups, long rows) =>
        (_open, Schema, SchemaText, Groups, Rows) = (open, schema, schemaJson, groups, rows);

    /// <summary>The columns.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The columns as the file writes them: equal texts are equal schemas.</summary>
    public string SchemaText { get; }

    /// <summary>The groups of rows, in order.</summary>
    public IReadOnlyList<GroupEntry> Groups { get; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>Reads header, schema and index.</summary>
    /// <param name="open">Opens the file; called again by each reading of blocks.</param>
    /// <exception cref="DataException">The file is not of this format, of a newer version, cut or damaged.</exception>
    public static BinaryFile Open(Func<RandomAccessSource> open)
    {
        using var source = open();
        long schemaEnd = ReadSchema(source, out var schema, out string json);
        var groups = ReadIndex(source, schemaEnd, schema.Count, out long rows);
        return new BinaryFile(open, schema, json, groups, rows);
    }

    /// <summary>Reads some columns of a group.</summary>
    /// <exception cref="DataException">A block is damaged; the message names file, column and group.</exception>
    public ColumnBuffer[] Read(int group, IReadOnlyList<int> columns, CancellationToken cancellationToken)
    {
        using var source = _open();
        var read = new ColumnBuffer[columns.Count];
        for (int i = 0; i < read.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read[i] = ReadBlock(source, group, columns[i]);
        }
        return read;
    }

    private ColumnBuffer ReadBlock(RandomAccessSource source, int group, int column)
    {
        var block = Groups[group].Blocks[column];
        string place = $"{source.Name}, column '{Schema[column].Name}', group {group} of rows";
        if (block.Offset + block.Stored > source.Length) throw FormatError.Of(place, "the file became shorter after it was loaded");
        var stored = new byte[block.Stored];
        source.Read(block.Offset, stored);
        if (BinaryFormat.Checksum(stored) != block.Checksum)
            throw FormatError.Of(place, "the checksum does not agree: the file is damaged, or was changed after it was loaded");
        var raw = Block.Decompress(stored, block.Compression, block.Raw) ?? throw FormatError.Of(place, "the compressed data are damaged");
        return ColumnCodec.Read(Schema[column].Type, raw, Groups[group].Rows, place);
    }

    private static long ReadSchema(RandomAccessSource source, out DataViewSchema schema, out string json)
    {
        Span<byte> header = stackalloc byte[BinaryFormat.HeaderLength];
        int present = (int)Math.Min(header.Length, source.Length);
        source.Read(0, header[..present]);
        if (present < 8 || !header.StartsWith(BinaryFormat.Magic))
            throw FormatError.Of(source.Name, "this is not a binary data file as SaveAsBinary writes it");
        if (present < header.Length) throw Cut(source);
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version != BinaryFormat.Version)
        {
            throw FormatError.Of(
                source.Name, $"the file has version {version} of the binary format; this version of MLPath reads version {BinaryFormat.Version}");
        }
        int storedLength = BinaryPrimitives.ReadInt32LittleEndian(header[13..]);
        int rawLength = BinaryPrimitives.ReadInt32LittleEndian(header[17..]);
        if (storedLength < 0 || rawLength < 0) throw Damaged(source, "header");
        if (header.Length + (long)storedLength > source.Length) throw Cut(source);
        var stored = new byte[storedLength];
        source.Read(header.Length, stored);
        uint crc = BinaryFormat.Checksum(stored, BinaryFormat.Checksum(header[..21]));
        if (crc != BinaryPrimitives.ReadUInt32LittleEndian(header[21..]) || header[12] > (byte)BlockCompression.Brotli)
            throw Damaged(source, "header");
        var text = Block.Decompress(stored, (BlockCompression)header[12], rawLength) ?? throw Damaged(source, "schema");
        try
        {
            schema = SchemaJson.Read(JsonNode.Parse(text) as JsonObject ?? throw Damaged(source, "schema"));
            json = System.Text.Encoding.UTF8.GetString(text);
        }
        catch (Exception e) when (e is JsonException or ModelFormatException or InvalidOperationException or ArgumentException)
        {
            throw FormatError.Of(source.Name, $"the schema is not valid, {e.Message}", e);
        }
        return header.Length + (long)storedLength;
    }

    private static GroupEntry[] ReadIndex(RandomAccessSource source, long start, int columns, out long rows)
    {
        if (source.Length - start < BinaryFormat.FooterLength) throw Cut(source);
        Span<byte> footer = stackalloc byte[BinaryFormat.FooterLength];
        long end = source.Length - footer.Length;
        source.Read(end, footer);
        if (!footer[28..].SequenceEqual(BinaryFormat.End)) throw Cut(source);
        long offset = BinaryPrimitives.ReadInt64LittleEndian(footer);
        long length = BinaryPrimitives.ReadInt64LittleEndian(footer[8..]);
        rows = BinaryPrimitives.ReadInt64LittleEndian(footer[16..]);
        if (offset < start || length < 8 || length > Array.MaxLength || offset != end - length) throw Damaged(source, "index");
        var index = new byte[length];
        source.Read(offset, index);
        if (BinaryFormat.Checksum(footer[..24], BinaryFormat.Checksum(index)) != BinaryPrimitives.ReadUInt32LittleEndian(footer[24..]))
            throw Damaged(source, "index");

        int count = BinaryPrimitives.ReadInt32LittleEndian(index);
        long entry = BinaryFormat.GroupEntryLength + ((long)columns * BinaryFormat.BlockEntryLength);
        if (count < 0 || length != 8 + (count * entry) || BinaryPrimitives.ReadInt32LittleEndian(index.AsSpan(4)) != columns)
            throw Damaged(source, "index");
        var groups = new GroupEntry[count];
        var at = index.AsSpan(8);
        long sum = 0;
        for (int g = 0; g < count; g++)
        {
            groups[g] = ReadGroup(source, ref at, columns, start, offset);
            sum += groups[g].Rows;
        }
        if (sum != rows) throw Damaged(source, "index");
        return groups;
    }

    private static GroupEntry ReadGroup(RandomAccessSource source, ref Span<byte> at, int columns, long start, long end)
    {
        int rows = BinaryPrimitives.ReadInt32LittleEndian(at);
        at = at[BinaryFormat.GroupEntryLength..];
        if (rows < 1 || rows > BinaryFormat.MaxGroupRows || columns == 0) throw Damaged(source, "index");
        var blocks = new BlockEntry[columns];
        for (int i = 0; i < columns; i++)
        {
            var block = new BlockEntry(
                BinaryPrimitives.ReadInt64LittleEndian(at), BinaryPrimitives.ReadInt32LittleEndian(at[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(at[12..]), (BlockCompression)at[16], BinaryPrimitives.ReadUInt32LittleEndian(at[17..]));
            // Every row has at least a byte in every block.
            if (block.Offset < start || block.Stored < 0 || block.Offset > end - block.Stored || block.Raw < rows
                || block.Compression > BlockCompression.Brotli)
            {
                throw Damaged(source, "index");
            }
            blocks[i] = block;
            at = at[BinaryFormat.BlockEntryLength..];
        }
        return new GroupEntry(rows, blocks);
    }

    private static DataException Cut(RandomAccessSource source) => FormatError.Of(source.Name, "the file is cut short; its end is missing");

    private static DataException Damaged(RandomAccessSource source, string part) =>
        FormatError.Of(source.Name, $"the {part} is damaged, its checksum or its lengths do not agree with the file");
}
