using System.Globalization;
using System.Numerics;
using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Writes one value as one field.</summary>
internal delegate void CellFormat<in T>(T value, DelimitedWriter writer);

/// <summary>The formats of the raw types: invariant, and such that reading the text gives the same value again.</summary>
internal static class CellFormat
{
    private const string MomentFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz";

    private static readonly Dictionary<Type, Delegate> Formats = new()
    {
        [typeof(ReadOnlyMemory<char>)] = new CellFormat<ReadOnlyMemory<char>>((value, writer) => writer.Write(value.Span)),
        [typeof(bool)] = new CellFormat<bool>((value, writer) => writer.Write(value ? "true" : "false")),
        [typeof(DateTime)] = new CellFormat<DateTime>((value, writer) => writer.Write(value, DateFormat(value))),
        [typeof(DateTimeOffset)] = new CellFormat<DateTimeOffset>((value, writer) => writer.Write(value, MomentFormat)),
        [typeof(TimeSpan)] = new CellFormat<TimeSpan>((value, writer) => writer.Write(value, "c")),
        [typeof(float)] = new CellFormat<float>(WriteReal),
        [typeof(double)] = new CellFormat<double>(WriteReal),
        [typeof(sbyte)] = new CellFormat<sbyte>(WriteInteger),
        [typeof(byte)] = new CellFormat<byte>(WriteInteger),
        [typeof(short)] = new CellFormat<short>(WriteInteger),
        [typeof(ushort)] = new CellFormat<ushort>(WriteInteger),
        [typeof(int)] = new CellFormat<int>(WriteInteger),
        [typeof(uint)] = new CellFormat<uint>(WriteInteger),
        [typeof(long)] = new CellFormat<long>(WriteInteger),
        [typeof(ulong)] = new CellFormat<ulong>(WriteInteger),
    };

    /// <summary>The format of a raw type that text files can hold.</summary>
    public static CellFormat<T> Of<T>() => (CellFormat<T>)Formats[typeof(T)];

    /// <summary>
    /// The format for <see cref="TextLoader"/>. It takes an empty number for 0, so that NaN is a question mark, and digits before a colon for
    /// the index of a sparse value, so that times are texts, which are quoted where need be.
    /// </summary>
    public static CellFormat<T> OfLoader<T>()
    {
        var format = Of<T>();
        return (value, writer) =>
        {
            if (value is float.NaN or double.NaN) writer.Write("?");
            else if (value is DateTime time) writer.Write(time.ToString(DateFormat(time), CultureInfo.InvariantCulture));
            else if (value is DateTimeOffset moment) writer.Write(moment.ToString(MomentFormat, CultureInfo.InvariantCulture));
            else if (value is TimeSpan span) writer.Write(span.ToString("c", CultureInfo.InvariantCulture));
            else format(value, writer);
        };
    }

    /// <summary>A date without a zone stays without one; UTC is marked by Z.</summary>
    private static string DateFormat(DateTime value) =>
        value.Kind == DateTimeKind.Utc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF";

    /// <summary>The shortest digits that read back to the same number; nothing for NaN.</summary>
    private static void WriteReal<T>(T value, DelimitedWriter writer) where T : IFloatingPointIeee754<T>
    {
        if (T.IsNaN(value)) writer.Write("");
        else writer.Write(value, default);
    }

    private static void WriteInteger<T>(T value, DelimitedWriter writer) where T : IBinaryInteger<T> => writer.Write(value, default);
}
