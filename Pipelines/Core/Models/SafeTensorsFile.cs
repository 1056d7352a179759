using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>
/// The arrays of one component in the safetensors format, by its published layout
/// (https://huggingface.co/docs/safetensors): eight bytes with the length N of the header, little-endian; N bytes of JSON that give each
/// array's <c>dtype</c>, <c>shape</c> and <c>data_offsets</c> (begin and end, from the end of the header); the arrays' bytes, row-major and
/// little-endian, without holes.
/// </summary>
/// <remarks>
/// Arrays are laid out by element size, largest first, then by name, and the header is padded with spaces to a multiple of eight, so that
/// every array begins at a multiple of its element size.
/// </remarks>
internal sealed class SafeTensorsFile
{
    private const int Alignment = 8;
    private readonly SafeTensor[] _tensors;
    private readonly byte[] _header;

    internal SafeTensorsFile(IEnumerable<SafeTensor> tensors)
    {
        _tensors = [.. tensors.OrderByDescending(tensor => tensor.ElementSize).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        _header = Header(_tensors);
        Length = sizeof(ulong) + _header.Length + _tensors.Sum(tensor => tensor.ByteLength);
    }

    /// <summary>The number of bytes that <see cref="WriteTo"/> writes.</summary>
    internal long Length { get; }

    internal void WriteTo(Stream stream, CancellationToken cancellationToken)
    {
        Span<byte> headerLength = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(headerLength, (ulong)_header.Length);
        stream.Write(headerLength);
        stream.Write(_header);
        foreach (var tensor in _tensors) tensor.WriteTo(stream, cancellationToken);
    }

    /// <summary>Reads all arrays of a stream of known length. Nothing is allocated that the stream's length does not cover.</summary>
    /// <exception cref="ModelFormatException">The bytes do not follow the layout, or an array has an element type that is not read.</exception>
    internal static Dictionary<string, SafeTensor> Read(Stream stream, long length, int maxHeaderBytes)
    {
        var layout = ReadLayout(stream, length, maxHeaderBytes);
        var tensors = new Dictionary<string, SafeTensor>(layout.Count, StringComparer.Ordinal);
        foreach (var entry in layout)
        {
            var tensor = SafeTensor.Allocate(entry.Name, entry.DType, entry.Shape);
            tensor.ReadFrom(stream);
            tensors.Add(entry.Name, tensor);
        }
        return tensors;
    }

    /// <summary>Reads the header: the arrays in the order of their bytes, which follow it and stay to be read.</summary>
    /// <exception cref="ModelFormatException">The bytes do not follow the layout, or an array has an element type that is not read.</exception>
    internal static List<Extent> ReadLayout(Stream stream, long length, int maxHeaderBytes)
    {
        if (length < sizeof(ulong)) throw new ModelFormatException($"It has {length} bytes, fewer than the eight of the header's length.");
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var rest = length - sizeof(ulong);
        if (headerLength > (ulong)rest || headerLength > (ulong)maxHeaderBytes)
            throw new ModelFormatException(
                $"It declares a header of {headerLength} bytes, of which {rest} can follow and {maxHeaderBytes} are admitted.");

        var header = new byte[headerLength];
        stream.ReadExactly(header);
        var layout = ParseHeader(header);
        CheckTiling(layout, rest - header.Length);
        return layout;
    }

    private static byte[] Header(SafeTensor[] tensors)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.DType);
                json.WriteStartArray("shape");
                foreach (var dimension in tensor.Shape) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.ByteLength);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        var padding = -bytes.WrittenCount & (Alignment - 1);
        bytes.GetSpan(padding)[..padding].Fill((byte)' ');
        bytes.Advance(padding);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The header's arrays in the order of their bytes.</summary>
    private static List<Extent> ParseHeader(byte[] header)
    {
        if (header is not [(byte)'{', ..]) throw new ModelFormatException("Its header does not begin with '{'.");
        using var document = JsonDocument.Parse(header, ModelJson.Strict);
        var layout = new List<Extent>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__") continue;
            if (!ModelPath.IsName(property.Name))
                throw new ModelFormatException($"{ModelJson.Quote(property.Name)} cannot name an array. {ModelPath.NameRule}");
            layout.Add(ParseExtent(property.Name, property.Value));
        }
        layout.Sort(static (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        return layout;
    }

    private static Extent ParseExtent(string name, JsonElement element)
    {
        var dtype = Member(element, "dtype") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        var size = SafeTensor.SizeOf(dtype);
        if (size == 0)
            throw new ModelFormatException(
                $"The array '{name}' has the element type {ModelJson.Quote(dtype)}; {SafeTensor.SupportedTypes} are read.");

        var shape = ParseIntegers(Member(element, "shape"));
        if (shape is null || shape.Count > SafeTensor.MaxRank || shape.Exists(dimension => dimension is < 0 or > int.MaxValue))
            throw new ModelFormatException($"The array '{name}' has no shape of at most {SafeTensor.MaxRank} non-negative integers.");
        int[] dimensions = [.. shape.Select(dimension => (int)dimension)];
        var count = SafeTensor.ElementCount(dimensions);
        if (count < 0) throw new ModelFormatException($"The array '{name}' has the shape {SafeTensor.Show(dimensions)}, which is too large.");

        if (ParseIntegers(Member(element, "data_offsets")) is not [var begin, var end])
            throw new ModelFormatException($"The array '{name}' has no pair of data offsets.");
        if (begin < 0 || end < begin || end - begin != (long)count * size)
            throw new ModelFormatException(
                $"The array '{name}' of shape {SafeTensor.Show(dimensions)} and type {dtype} takes {(long)count * size} bytes, " +
                $"but its data offsets are {begin} and {end}.");
        return new(name, dtype, dimensions, begin, end);
    }

    /// <summary>The arrays must cover the data exactly: no overlap, no hole, nothing behind the last.</summary>
    private static void CheckTiling(List<Extent> layout, long dataLength)
    {
        long position = 0;
        foreach (var extent in layout)
        {
            if (extent.Begin != position)
                throw new ModelFormatException($"The array '{extent.Name}' begins at {extent.Begin}, but the one before it ends at {position}.");
            position = extent.End;
        }
        if (position != dataLength) throw new ModelFormatException($"Its arrays take {position} bytes, but {dataLength} follow the header.");
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static List<long>? ParseIntegers(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.Array } list) return null;
        var values = new List<long>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var value)) return null;
            values.Add(value);
        }
        return values;
    }

    /// <summary>An array's name, type and shape, and the bytes that are its own, counted from the end of the header.</summary>
    internal readonly record struct Extent(string Name, string DType, int[] Shape, long Begin, long End);
}
