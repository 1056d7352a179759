using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPath.Runtime;

/// <summary>A named array with a shape and an element type, as the safetensors format knows them.</summary>
internal abstract class SafeTensor(string name, int[] shape)
{
    internal const string SupportedTypes = "float, double, sbyte, short, int, long, byte, ushort, uint, ulong and bool";

    /// <summary>The most dimensions an array may have.</summary>
    internal const int MaxRank = 32;

    internal string Name { get; } = name;

    internal int[] Shape { get; } = shape;

    /// <summary>The format's name of the element type, such as <c>F32</c>.</summary>
    internal abstract string DType { get; }

    /// <summary>The size of an element in bytes.</summary>
    internal abstract int ElementSize { get; }

    internal abstract long ByteLength { get; }

    /// <summary>Writes the elements, row-major and little-endian.</summary>
    internal abstract void WriteTo(Stream stream, CancellationToken cancellationToken);

    /// <summary>Fills the elements from a stream.</summary>
    /// <exception cref="ModelFormatException">The stream ends early, or holds truth values that are neither 0 nor 1.</exception>
    internal abstract void ReadFrom(Stream stream);

    /// <summary>The format's name of an element type, or <see langword="null"/> for a type that it does not have.</summary>
    internal static string? TypeName<T>() where T : unmanaged =>
        typeof(T) == typeof(double) ? "F64"
        : typeof(T) == typeof(float) ? "F32"
        : typeof(T) == typeof(long) ? "I64"
        : typeof(T) == typeof(int) ? "I32"
        : typeof(T) == typeof(short) ? "I16"
        : typeof(T) == typeof(sbyte) ? "I8"
        : typeof(T) == typeof(ulong) ? "U64"
        : typeof(T) == typeof(uint) ? "U32"
        : typeof(T) == typeof(ushort) ? "U16"
        : typeof(T) == typeof(byte) ? "U8"
        : typeof(T) == typeof(bool) ? "BOOL"
        : null;

    /// <summary>The size in bytes of an element of the named type, or 0 for a type that is not read.</summary>
    internal static int SizeOf(string? dtype) => dtype switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" => 1,
        _ => 0,
    };

    /// <summary>An array of zeros. The caller has checked that the file is large enough to fill it.</summary>
    internal static SafeTensor Allocate(string name, string dtype, int[] shape) => dtype switch
    {
        "F64" => Zeros<double>(name, shape),
        "F32" => Zeros<float>(name, shape),
        "I64" => Zeros<long>(name, shape),
        "I32" => Zeros<int>(name, shape),
        "I16" => Zeros<short>(name, shape),
        "I8" => Zeros<sbyte>(name, shape),
        "U64" => Zeros<ulong>(name, shape),
        "U32" => Zeros<uint>(name, shape),
        "U16" => Zeros<ushort>(name, shape),
        "U8" => Zeros<byte>(name, shape),
        "BOOL" => Zeros<bool>(name, shape),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not a supported element type."),
    };

    /// <summary>The product of the dimensions, or -1 where one is negative or the product is more than an array can hold.</summary>
    internal static int ElementCount(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (var dimension in shape)
        {
            if (dimension < 0) return -1;
            count *= dimension;
            if (count > Array.MaxLength) return -1;
        }
        return (int)count;
    }

    /// <summary>A shape for an error message; <c>*</c> stands for any length.</summary>
    internal static string Show(ReadOnlySpan<int> shape)
    {
        var parts = new List<string>();
        foreach (var dimension in shape)
            parts.Add(dimension == -1 ? "*" : dimension.ToString(CultureInfo.InvariantCulture));
        return "[" + string.Join(" × ", parts) + "]";
    }

    private static SafeTensor<T> Zeros<T>(string name, int[] shape) where T : unmanaged =>
        new(name, shape, new T[ElementCount(shape)]);
}

/// <summary>An array of one of the eleven element types.</summary>
internal sealed class SafeTensor<T>(string name, int[] shape, T[] values) : SafeTensor(name, shape) where T : unmanaged
{
    private const int ChunkElements = 1 << 14;

    internal T[] Values { get; } = values;

    internal override string DType => TypeName<T>()!;

    internal override int ElementSize => Unsafe.SizeOf<T>();

    internal override long ByteLength => (long)Values.Length * Unsafe.SizeOf<T>();

    // In chunks, because the bytes of a large array are more than a span can count.
    internal override void WriteTo(Stream stream, CancellationToken cancellationToken)
    {
        var swapped = BitConverter.IsLittleEndian ? [] : new T[Math.Min(ChunkElements, Values.Length)];
        for (var start = 0; start < Values.Length; start += ChunkElements)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<T> chunk = Values.AsSpan(start, Math.Min(ChunkElements, Values.Length - start));
            if (!BitConverter.IsLittleEndian)
            {
                chunk.CopyTo(swapped);
                SwapBytes(swapped.AsSpan(0, chunk.Length));
                chunk = swapped.AsSpan(0, chunk.Length);
            }
            stream.Write(MemoryMarshal.AsBytes(chunk));
        }
    }

    internal override void ReadFrom(Stream stream)
    {
        for (var start = 0; start < Values.Length; start += ChunkElements)
        {
            var chunk = Values.AsSpan(start, Math.Min(ChunkElements, Values.Length - start));
            var bytes = MemoryMarshal.AsBytes(chunk);
            stream.ReadExactly(bytes);
            if (!BitConverter.IsLittleEndian) SwapBytes(chunk);
            if (typeof(T) == typeof(bool) && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
                throw new ModelFormatException($"The array '{Name}' holds truth values that are neither 0 nor 1.");
        }
    }

    private static void SwapBytes(Span<T> values)
    {
        var bytes = MemoryMarshal.AsBytes(values);
        for (var i = 0; i < bytes.Length; i += Unsafe.SizeOf<T>()) bytes.Slice(i, Unsafe.SizeOf<T>()).Reverse();
    }
}
