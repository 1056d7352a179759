using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>How the values of a type are laid out in a block, and read again with every check.</summary>
/// <typeparam name="T">The raw type.</typeparam>
internal abstract class ValueCodec<T>
{
    /// <summary>Writes values one after the other.</summary>
    public abstract void Write(ReadOnlySpan<T> values, IBufferWriter<byte> to);

    /// <summary>Reads as many values.</summary>
    public abstract T[] Read(ref BlockReader from, int count);

    /// <summary>The codec of a type whose raw type is <typeparamref name="T"/>.</summary>
    public static ValueCodec<T> For(DataViewType type)
    {
        object codec = type switch
        {
            KeyDataViewType key => KeyCodec(key),
            TextDataViewType => new TextCodec(),
            BooleanDataViewType => new BooleanCodec(),
            DateTimeDataViewType => new DateTimeCodec(),
            DateTimeOffsetDataViewType => new DateTimeOffsetCodec(),
            TimeSpanDataViewType => new TimeSpanCodec(),
            RowIdDataViewType => new RowIdCodec(),
            _ => NumberCodec(),
        };
        return (ValueCodec<T>)codec;
    }

    private static object NumberCodec() =>
        typeof(T) == typeof(float) ? new NumberCodec<float>()
        : typeof(T) == typeof(double) ? new NumberCodec<double>()
        : typeof(T) == typeof(sbyte) ? new NumberCodec<sbyte>()
        : typeof(T) == typeof(byte) ? new NumberCodec<byte>()
        : typeof(T) == typeof(short) ? new NumberCodec<short>()
        : typeof(T) == typeof(ushort) ? new NumberCodec<ushort>()
        : typeof(T) == typeof(int) ? new NumberCodec<int>()
        : typeof(T) == typeof(uint) ? new NumberCodec<uint>()
        : typeof(T) == typeof(long) ? new NumberCodec<long>()
        : typeof(T) == typeof(ulong) ? new NumberCodec<ulong>()
        : throw new NotSupportedException($"{typeof(T).Name} is not the raw type of a number.");

    private static object KeyCodec(KeyDataViewType key) =>
        typeof(T) == typeof(uint) ? new KeyCodec<uint>((uint)key.Count)
        : typeof(T) == typeof(byte) ? new KeyCodec<byte>((byte)key.Count)
        : typeof(T) == typeof(ushort) ? new KeyCodec<ushort>((ushort)key.Count)
        : new KeyCodec<ulong>(key.Count);
}

/// <summary>Numbers: their bytes, least significant first.</summary>
internal sealed class NumberCodec<T> : ValueCodec<T> where T : unmanaged
{
    public static readonly NumberCodec<T> Instance = new();

    public override void Write(ReadOnlySpan<T> values, IBufferWriter<byte> to)
    {
        if (BitConverter.IsLittleEndian)
        {
            to.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        var reversed = values.ToArray();
        LittleEndian.Reverse<T>(reversed);
        to.Write(MemoryMarshal.AsBytes<T>(reversed));
    }

    public override T[] Read(ref BlockReader from, int count) => from.TakeArray<T>(count);
}

/// <summary>Keys: numbers from 0 to the key's count.</summary>
internal sealed class KeyCodec<T>(T count) : ValueCodec<T> where T : unmanaged, IBinaryInteger<T>
{
    public override void Write(ReadOnlySpan<T> values, IBufferWriter<byte> to) => NumberCodec<T>.Instance.Write(values, to);

    public override T[] Read(ref BlockReader from, int rows)
    {
        var values = from.TakeArray<T>(rows);
        foreach (var value in values)
        {
            if (value > count) throw from.Error($"it holds key {value}, and there are {count}");
        }
        return values;
    }
}

/// <summary>Booleans: a byte each, 0 or 1.</summary>
internal sealed class BooleanCodec : ValueCodec<bool>
{
    public override void Write(ReadOnlySpan<bool> values, IBufferWriter<byte> to)
    {
        var bytes = to.GetSpan(values.Length);
        for (int i = 0; i < values.Length; i++) bytes[i] = values[i] ? (byte)1 : (byte)0;
        to.Advance(values.Length);
    }

    public override bool[] Read(ref BlockReader from, int count)
    {
        var bytes = from.Take(count);
        var values = new bool[count];
        for (int i = 0; i < count; i++)
            values[i] = bytes[i] switch { 0 => false, 1 => true, var other => throw from.Error($"it holds {other} for a Boolean") };
        return values;
    }
}

/// <summary>Dates and times: ticks since year 1 in the low 62 bits, what the clock was (unspecified, UTC, local) in the high 2.</summary>
internal sealed class DateTimeCodec : ValueCodec<DateTime>
{
    private const int KindShift = 62;

    public override void Write(ReadOnlySpan<DateTime> values, IBufferWriter<byte> to)
    {
        var bits = new ulong[values.Length];
        for (int i = 0; i < bits.Length; i++) bits[i] = (ulong)values[i].Ticks | ((ulong)values[i].Kind << KindShift);
        NumberCodec<ulong>.Instance.Write(bits, to);
    }

    public override DateTime[] Read(ref BlockReader from, int count)
    {
        var bits = from.TakeArray<ulong>(count);
        var values = new DateTime[count];
        for (int i = 0; i < count; i++)
        {
            long ticks = (long)(bits[i] & ((1UL << KindShift) - 1));
            var kind = (DateTimeKind)(bits[i] >> KindShift);
            if (ticks > DateTime.MaxValue.Ticks || kind > DateTimeKind.Local) throw from.Error("it holds a date beyond the year 9999");
            values[i] = new DateTime(ticks, kind);
        }
        return values;
    }
}

/// <summary>Dates and times with offset: all local ticks, then all offsets in minutes as 16-bit numbers.</summary>
internal sealed class DateTimeOffsetCodec : ValueCodec<DateTimeOffset>
{
    private const int MaxOffsetMinutes = 14 * 60;

    public override void Write(ReadOnlySpan<DateTimeOffset> values, IBufferWriter<byte> to)
    {
        var ticks = new long[values.Length];
        var minutes = new short[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            ticks[i] = values[i].Ticks;
            minutes[i] = (short)values[i].TotalOffsetMinutes;
        }
        NumberCodec<long>.Instance.Write(ticks, to);
        NumberCodec<short>.Instance.Write(minutes, to);
    }

    public override DateTimeOffset[] Read(ref BlockReader from, int count)
    {
        var ticks = from.TakeArray<long>(count);
        var minutes = from.TakeArray<short>(count);
        var values = new DateTimeOffset[count];
        for (int i = 0; i < count; i++)
        {
            long utc = ticks[i] - (minutes[i] * TimeSpan.TicksPerMinute);
            if ((ulong)ticks[i] > (ulong)DateTime.MaxValue.Ticks || (ulong)utc > (ulong)DateTime.MaxValue.Ticks
                || Math.Abs((int)minutes[i]) > MaxOffsetMinutes)
            {
                throw from.Error("it holds a date and offset that cannot be");
            }
            values[i] = new DateTimeOffset(ticks[i], TimeSpan.FromMinutes(minutes[i]));
        }
        return values;
    }
}

/// <summary>Durations: their ticks.</summary>
internal sealed class TimeSpanCodec : ValueCodec<TimeSpan>
{
    public override void Write(ReadOnlySpan<TimeSpan> values, IBufferWriter<byte> to)
    {
        var ticks = new long[values.Length];
        for (int i = 0; i < ticks.Length; i++) ticks[i] = values[i].Ticks;
        NumberCodec<long>.Instance.Write(ticks, to);
    }

    public override TimeSpan[] Read(ref BlockReader from, int count) =>
        Array.ConvertAll(from.TakeArray<long>(count), ticks => new TimeSpan(ticks));
}

/// <summary>Row identifiers: the low 64 bits of all, then the high 64 bits of all.</summary>
internal sealed class RowIdCodec : ValueCodec<DataViewRowId>
{
    public override void Write(ReadOnlySpan<DataViewRowId> values, IBufferWriter<byte> to)
    {
        var halves = new ulong[2 * values.Length];
        for (int i = 0; i < values.Length; i++) (halves[i], halves[values.Length + i]) = (values[i].Low, values[i].High);
        NumberCodec<ulong>.Instance.Write(halves, to);
    }

    public override DataViewRowId[] Read(ref BlockReader from, int count)
    {
        var halves = from.TakeArray<ulong>(2L * count);
        var values = new DataViewRowId[count];
        for (int i = 0; i < count; i++) values[i] = new DataViewRowId(halves[i], halves[count + i]);
        return values;
    }
}
