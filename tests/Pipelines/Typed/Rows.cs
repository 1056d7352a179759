using System.Globalization;
using MLPath.Data;

namespace MLPath.Tests.Typed;

/// <summary>Every type that a member of a row may have.</summary>
public sealed class AllTypes
{
    public sbyte SByte { get; set; }
    public byte Byte { get; set; }
    public short Int16 { get; set; }
    public ushort UInt16 { get; set; }
    public int Int32 { get; set; }
    public uint UInt32 { get; set; }
    public long Int64 { get; set; }
    public ulong UInt64 { get; set; }
    public float Single { get; set; }
    public double Double { get; set; }
    public bool Boolean { get; set; }
    public string Text { get; set; } = "";
    public ReadOnlyMemory<char> Memory { get; set; }
    public DateTime Time { get; set; }
    public DateTimeOffset Instant { get; set; }
    public TimeSpan Duration { get; set; }
    public DataViewRowId Id { get; set; }
    public float? MaybeSingle { get; set; }
    public double? MaybeDouble { get; set; }

    [KeyType(5)]
    public uint Key { get; set; }

    [VectorType(3)]
    public float[] Fixed { get; set; } = [];

    public double[] Ragged { get; set; } = [];

    [VectorType(2, 2)]
    public VBuffer<float> Image { get; set; }

    public VBuffer<int> RaggedBuffer { get; set; }

    [VectorType(2)]
    public string[] Words { get; set; } = [];

    [KeyType(4), VectorType(2)]
    public byte[] Keys { get; set; } = [];

    public static AllTypes Sample(int i) => new()
    {
        SByte = (sbyte)-i,
        Byte = (byte)i,
        Int16 = (short)(-i * 100),
        UInt16 = (ushort)(i * 100),
        Int32 = -i,
        UInt32 = (uint)i,
        Int64 = long.MinValue + i,
        UInt64 = ulong.MaxValue - (ulong)i,
        Single = i / 3f,
        Double = i / 3.0,
        Boolean = i % 2 == 1,
        Text = string.Create(CultureInfo.InvariantCulture, $"text {i}"),
        Memory = string.Create(CultureInfo.InvariantCulture, $"memory {i}").AsMemory(2),
        Time = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc).AddDays(i),
        Instant = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2)).AddDays(i),
        Duration = TimeSpan.FromMilliseconds(i),
        Id = new DataViewRowId((ulong)i, 7),
        MaybeSingle = i % 2 == 0 ? null : i,
        MaybeDouble = i % 3 == 0 ? null : i,
        Key = (uint)(i % 6),
        Fixed = [i, i + 1, i + 2],
        Ragged = [.. Enumerable.Range(0, i % 4).Select(j => j + 0.5)],
        Image = i % 2 == 0 ? new VBuffer<float>(4, 1, [i], [2]) : new VBuffer<float>(4, [i, 0, 1, 2]),
        RaggedBuffer = new VBuffer<int>(i % 3, [i, i + 1, i + 2]),
        Words = [$"a{i}", $"b{i}"],
        Keys = [(byte)(i % 5), 4],
    };

    /// <summary>All members as texts, for comparison.</summary>
    public override string ToString() => string.Join("; ",
    [
        $"{SByte} {Byte} {Int16} {UInt16} {Int32} {UInt32} {Int64} {UInt64} {Single:R} {Double:R} {Boolean} {Text} {Memory} {Time:o} {Instant:o} {Duration} {Id}",
        $"{MaybeSingle} {MaybeDouble} {Key}", string.Join(' ', Fixed), string.Join(' ', Ragged), string.Join(' ', Image.DenseValues()),
        string.Join(' ', RaggedBuffer.DenseValues()), string.Join(' ', Words), string.Join(' ', Keys),
    ]);
}

public sealed class FieldRow
{
#pragma warning disable CA1051 // Rows with public fields, as in many ML.NET programs.
    public float X;
    public string Name = "";
    [NoColumn]
    public object? Ignored;
    public const int Constant = 3;
#pragma warning restore CA1051
}

public record struct PointRow(float X, float Y);

public sealed record PositionalRow(string Name, float Age, [property: ColumnName("Target")] bool Label);

public sealed record InitRow
{
    public float X { get; init; }
    public string? Name { get; init; }
}

public class BaseRow
{
    public float X { get; set; }
    public virtual float Y { get; set; }
}

public class DerivedRow : BaseRow
{
    public new double X { get; set; }
    public override float Y { get; set; }
    public float Area => 2 * Y;
}
