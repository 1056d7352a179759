using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Idx;

/// <summary>
/// An array of numbers in the IDX format of the MNIST database: two bytes 0, the type of a number, the number of dimensions, each dimension
/// as a 32-bit number, then the numbers, the last dimension running fastest. Everything has its most significant byte first.
/// </summary>
internal sealed class IdxFile
{
    private readonly byte[] _bytes;
    private readonly IdxNumber _number;

    private IdxFile(string name, IdxNumber number, int[] dimensions, byte[] bytes) =>
        (Name, _number, Dimensions, _bytes) = (name, number, dimensions, bytes);

    /// <summary>The name to use in messages.</summary>
    public string Name { get; }

    /// <summary>The dimensions; the first is the number of rows.</summary>
    public int[] Dimensions { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Dimensions[0];

    /// <summary>The type of a column of rows: a scalar for one dimension, otherwise a vector with the other dimensions.</summary>
    public DataViewType Type
    {
        get
        {
            var item = _number is IdxNumber.Int32 or IdxNumber.Double ? NumberDataViewType.Double : NumberDataViewType.Single;
            return Dimensions.Length == 1 ? item : new VectorDataViewType(item, Dimensions.AsSpan(1));
        }
    }

    private int Size => Dimensions.Skip(1).Aggregate(1, (a, b) => a * b);

    /// <summary>Reads a file, plain or gzip. What the header states is checked against the file before memory is taken for it.</summary>
    public static IdxFile Read(string path, CancellationToken cancellationToken)
    {
        using var content = SourceFile.OpenContent(path, out long? length);
        Span<byte> head = stackalloc byte[4];
        int present = content.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        if (present < 4 || head[0] != 0 || head[1] != 0)
            throw FormatError.Of(path, $"this is not an IDX file, which begins with two bytes 0; it begins with {Convert.ToHexString(head[..present])}");
        var number = (IdxNumber)head[2];
        if (!Enum.IsDefined(number))
            throw FormatError.Of(path, $"number type 0x{head[2]:X2} is unknown; IDX has 08, 09, 0B, 0C, 0D and 0E");
        if (head[3] == 0) throw FormatError.Of(path, "the header states no dimension; at least one was expected");

        var stated = new byte[4 * head[3]];
        if (content.ReadAtLeast(stated, stated.Length, throwOnEndOfStream: false) < stated.Length)
            throw FormatError.Of(path, $"the file ends within its header of {4 + stated.Length} bytes");
        var dimensions = ReadDimensions(path, stated, WidthOf(number), out long expected);
        var bytes = ContentBytes.Read(content, expected, length - 4 - stated.Length, cancellationToken);
        if (bytes.Length < expected || content.Read(new byte[1], 0, 1) > 0)
        {
            string found = bytes.Length < expected ? $"{bytes.Length} follow" : "more follow";
            throw FormatError.Of(path, $"the header states {string.Join(" × ", dimensions)} numbers of {WidthOf(number)} bytes, {expected} bytes; {found}");
        }
        return new IdxFile(path, number, dimensions, bytes);
    }

    /// <summary>The numbers of one dimension as texts, which must be whole.</summary>
    public ReadOnlyMemory<char>[] Labels()
    {
        if (Dimensions.Length != 1)
            throw FormatError.Of(Name, $"labels have one dimension; this file has {Dimensions.Length}, {string.Join(" × ", Dimensions)}");
        if (_number is IdxNumber.Single or IdxNumber.Double) throw FormatError.Of(Name, "labels are whole numbers; this file has floating-point ones");
        var numbers = new double[Rows];
        CopyTo(numbers, 0, Rows);
        var texts = new Dictionary<double, ReadOnlyMemory<char>>();
        var labels = new ReadOnlyMemory<char>[Rows];
        for (int i = 0; i < labels.Length; i++)
        {
            if (!texts.TryGetValue(numbers[i], out var text))
                texts.Add(numbers[i], text = numbers[i].ToString(CultureInfo.InvariantCulture).AsMemory());
            labels[i] = text;
        }
        return labels;
    }

    /// <summary>Puts rows into a buffer of a column of <see cref="Type"/>.</summary>
    public void Fill(ColumnBuffer buffer, int start, int count)
    {
        int first = start * Size;
        switch (buffer)
        {
            case VectorColumn<float> vectors:
                CopyTo(vectors.AllocateDense(count), first, count * Size);
                break;
            case VectorColumn<double> vectors:
                CopyTo(vectors.AllocateDense(count), first, count * Size);
                break;
            case ScalarColumn<float> scalars:
                CopyTo(scalars.Allocate(count), first, count);
                break;
            case ScalarColumn<double> scalars:
                CopyTo(scalars.Allocate(count), first, count);
                break;
        }
    }

    private static int[] ReadDimensions(string path, ReadOnlySpan<byte> stated, int width, out long bytes)
    {
        var dimensions = new int[stated.Length / 4];
        bytes = width;
        long size = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(stated[(4 * i)..]);
            if (i > 0 && dimension == 0) throw FormatError.Of(path, $"dimension {i + 1} of {dimensions.Length} is 0");
            // Both stay below 2⁶³: each factor is below 2³², and the loop ends once a product exceeds 2³¹.
            if (i > 0) size *= dimension;
            bytes *= dimension;
            if (dimension > int.MaxValue || size > int.MaxValue || bytes > Array.MaxLength)
                throw FormatError.Of(path, $"the header states dimension {i + 1} of {dimensions.Length} as {dimension}, more than the 2 GB that can be read");
            dimensions[i] = (int)dimension;
        }
        return dimensions;
    }

    private static int WidthOf(IdxNumber number) => number switch
    {
        IdxNumber.Byte or IdxNumber.SByte => 1,
        IdxNumber.Int16 => 2,
        IdxNumber.Double => 8,
        _ => 4,
    };

    private void CopyTo(Span<float> to, int first, int count)
    {
        int width = WidthOf(_number);
        var from = _bytes.AsSpan(first * width, count * width);
        switch (_number)
        {
            case IdxNumber.Byte:
                TensorPrimitives.ConvertTruncating<byte, float>(from, to);
                break;
            case IdxNumber.SByte:
                TensorPrimitives.ConvertTruncating<sbyte, float>(MemoryMarshal.Cast<byte, sbyte>(from), to);
                break;
            case IdxNumber.Int16:
                for (int i = 0; i < count; i++) to[i] = BinaryPrimitives.ReadInt16BigEndian(from[(2 * i)..]);
                break;
            default:
                for (int i = 0; i < count; i++) to[i] = BinaryPrimitives.ReadSingleBigEndian(from[(4 * i)..]);
                break;
        }
    }

    private void CopyTo(Span<double> to, int first, int count)
    {
        int width = WidthOf(_number);
        var from = _bytes.AsSpan(first * width, count * width);
        for (int i = 0; i < count; i++)
        {
            to[i] = _number switch
            {
                IdxNumber.Byte => from[i],
                IdxNumber.SByte => (sbyte)from[i],
                IdxNumber.Int16 => BinaryPrimitives.ReadInt16BigEndian(from[(2 * i)..]),
                IdxNumber.Int32 => BinaryPrimitives.ReadInt32BigEndian(from[(4 * i)..]),
                IdxNumber.Single => BinaryPrimitives.ReadSingleBigEndian(from[(4 * i)..]),
                _ => BinaryPrimitives.ReadDoubleBigEndian(from[(8 * i)..]),
            };
        }
    }
}

/// <summary>The number types of IDX, by their codes.</summary>
internal enum IdxNumber : byte
{
    Byte = 0x08,
    SByte = 0x09,
    Int16 = 0x0B,
    Int32 = 0x0C,
    Single = 0x0D,
    Double = 0x0E,
}
