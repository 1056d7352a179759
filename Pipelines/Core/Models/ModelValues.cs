using System.Runtime.InteropServices;
using System.Text;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>Lists of values of any primitive type in model files: what keys stand for, most often. They are read back exactly, with their type.</summary>
public static class ModelValues
{
    extension(ModelSaveContext context)
    {
        /// <summary>Writes values with their type, as arrays whose names begin with <paramref name="name"/>.</summary>
        /// <typeparam name="T">The raw type.</typeparam>
        /// <param name="name">The list's name.</param>
        /// <param name="type">The type of the values; any but a key type, whose numbers are written as numbers.</param>
        /// <param name="values">The values. They are copied.</param>
        /// <exception cref="ArgumentException">The type is a key type, or its raw type is not <typeparamref name="T"/>.</exception>
        public void WriteValues<T>(string name, PrimitiveDataViewType type, ReadOnlySpan<T> values)
        {
            if (type is KeyDataViewType || type.RawType != typeof(T))
                throw new ArgumentException($"{type} is not the type of values that are stored as {typeof(T).Name}.", nameof(type));
            context.Write($"{name}.Type", type.ToString());
            object array = values.ToArray();
            switch (type.RawType)
            {
                case var t when t == typeof(float): context.WriteArray<float>(name, (float[])array); break;
                case var t when t == typeof(double): context.WriteArray<double>(name, (double[])array); break;
                case var t when t == typeof(sbyte): context.WriteArray<sbyte>(name, (sbyte[])array); break;
                case var t when t == typeof(byte): context.WriteArray<byte>(name, (byte[])array); break;
                case var t when t == typeof(short): context.WriteArray<short>(name, (short[])array); break;
                case var t when t == typeof(ushort): context.WriteArray<ushort>(name, (ushort[])array); break;
                case var t when t == typeof(int): context.WriteArray<int>(name, (int[])array); break;
                case var t when t == typeof(uint): context.WriteArray<uint>(name, (uint[])array); break;
                case var t when t == typeof(long): context.WriteArray<long>(name, (long[])array); break;
                case var t when t == typeof(ulong): context.WriteArray<ulong>(name, (ulong[])array); break;
                case var t when t == typeof(bool): context.WriteArray<bool>(name, (bool[])array); break;
                case var t when t == typeof(ReadOnlyMemory<char>): WriteTexts(context, name, (ReadOnlyMemory<char>[])array); break;
                case var t when t == typeof(TimeSpan):
                    context.WriteArray<long>(name, [.. ((TimeSpan[])array).Select(v => v.Ticks)]);
                    break;
                case var t when t == typeof(DateTime):
                    context.WriteArray<long>(name, [.. ((DateTime[])array).Select(v => v.Ticks)]);
                    context.WriteArray<byte>($"{name}.Kinds", [.. ((DateTime[])array).Select(v => (byte)v.Kind)]);
                    break;
                case var t when t == typeof(DateTimeOffset):
                    context.WriteArray<long>(name, [.. ((DateTimeOffset[])array).Select(v => v.Ticks)]);
                    context.WriteArray<short>($"{name}.OffsetMinutes", [.. ((DateTimeOffset[])array).Select(v => (short)v.TotalOffsetMinutes)]);
                    break;
                default:
                    context.WriteArray<ulong>(name, [.. ((DataViewRowId[])array).SelectMany(v => (ulong[])[v.Low, v.High])]);
                    break;
            }
        }
    }

    extension(ModelLoadContext context)
    {
        /// <summary>The type of the values that <c>WriteValues</c> wrote.</summary>
        /// <param name="name">The list's name.</param>
        /// <exception cref="ModelFormatException">There is no such list, or its type is unknown.</exception>
        public PrimitiveDataViewType ReadValueType(string name)
        {
            string text = context.ReadString($"{name}.Type");
            return Array.Find(SchemaJson.SimpleTypes, t => t.ToString() == text) ?? throw context.Invalid($"'{text}' is not a type of values");
        }

        /// <summary>Reads the values that <c>WriteValues</c> wrote.</summary>
        /// <typeparam name="T">The raw type of <c>ReadValueType</c>.</typeparam>
        /// <param name="name">The list's name.</param>
        /// <exception cref="ModelFormatException">There is no such list, it is of another type, or damaged.</exception>
        public T[] ReadValues<T>(string name)
        {
            object values = typeof(T) switch
            {
                var t when t == typeof(float) => context.ReadArray<float>(name),
                var t when t == typeof(double) => context.ReadArray<double>(name),
                var t when t == typeof(sbyte) => context.ReadArray<sbyte>(name),
                var t when t == typeof(byte) => context.ReadArray<byte>(name),
                var t when t == typeof(short) => context.ReadArray<short>(name),
                var t when t == typeof(ushort) => context.ReadArray<ushort>(name),
                var t when t == typeof(int) => context.ReadArray<int>(name),
                var t when t == typeof(uint) => context.ReadArray<uint>(name),
                var t when t == typeof(long) => context.ReadArray<long>(name),
                var t when t == typeof(ulong) => context.ReadArray<ulong>(name),
                var t when t == typeof(bool) => context.ReadArray<bool>(name),
                var t when t == typeof(ReadOnlyMemory<char>) => ReadTexts(context, name),
                var t when t == typeof(TimeSpan) => context.ReadArray<long>(name).Select(TimeSpan.FromTicks).ToArray(),
                var t when t == typeof(DateTime) => ReadDates(context, name),
                var t when t == typeof(DateTimeOffset) => ReadDatesWithOffset(context, name),
                var t when t == typeof(DataViewRowId) => ReadRowIds(context, name),
                var t => throw new ArgumentException($"{t.Name} is not the raw type of a value."),
            };
            return (T[])values;
        }
    }

    // Code units and where each text ends, so that any text is read back exactly and a million of them take little space.
    private static void WriteTexts(ModelSaveContext context, string name, ReadOnlyMemory<char>[] texts)
    {
        var all = new StringBuilder();
        var ends = new int[texts.Length];
        for (int i = 0; i < texts.Length; i++)
            ends[i] = all.Append(texts[i]).Length;
        context.WriteArray<ushort>(name, [.. all.ToString().Select(c => (ushort)c)]);
        context.WriteArray<int>($"{name}.Ends", ends);
    }

    private static ReadOnlyMemory<char>[] ReadTexts(ModelLoadContext context, string name)
    {
        string all = new(MemoryMarshal.Cast<ushort, char>(context.ReadArray<ushort>(name)));
        int[] ends = context.ReadArray<int>($"{name}.Ends");
        var texts = new ReadOnlyMemory<char>[ends.Length];
        for (int i = 0, start = 0; i < ends.Length; start = ends[i++])
        {
            if (ends[i] < start || ends[i] > all.Length)
                throw context.Invalid($"text {i} of '{name}' does not lie within the texts");
            texts[i] = all.AsMemory(start, ends[i] - start);
        }

        return texts;
    }

    private static DateTime[] ReadDates(ModelLoadContext context, string name)
    {
        long[] ticks = context.ReadArray<long>(name);
        byte[] kinds = context.ReadArray<byte>($"{name}.Kinds", ticks.Length);
        return [.. ticks.Select((t, i) => IsTime(t) && kinds[i] <= (byte)DateTimeKind.Local
            ? new DateTime(t, (DateTimeKind)kinds[i])
            : throw context.Invalid($"value {i} of '{name}' is not a date"))];
    }

    private static DateTimeOffset[] ReadDatesWithOffset(ModelLoadContext context, string name)
    {
        long[] ticks = context.ReadArray<long>(name);
        short[] offsets = context.ReadArray<short>($"{name}.OffsetMinutes", ticks.Length);
        return [.. ticks.Select((t, i) => IsTime(t) && Math.Abs((int)offsets[i]) <= 14 * 60 && IsTime(t - TimeSpan.FromMinutes(offsets[i]).Ticks)
            ? new DateTimeOffset(t, TimeSpan.FromMinutes(offsets[i]))
            : throw context.Invalid($"value {i} of '{name}' is not a date"))];
    }

    private static DataViewRowId[] ReadRowIds(ModelLoadContext context, string name)
    {
        ulong[] halves = context.ReadArray<ulong>(name);
        return halves.Length % 2 == 0
            ? [.. halves.Chunk(2).Select(pair => new DataViewRowId(pair[0], pair[1]))]
            : throw context.Invalid($"'{name}' holds half a row identifier");
    }

    private static bool IsTime(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
}
