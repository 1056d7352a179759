using System.Globalization;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>The slots that are made of times of one type: their names, and how they are computed.</summary>
/// <typeparam name="TTime">The type.</typeparam>
/// <param name="Part">Of which part.</param>
/// <param name="Name">The slot's name.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct TimeSlot<TTime>(DateTimeParts Part, string Name, Func<TTime, double> Value);

/// <summary>What is made of times and of durations.</summary>
internal static class DateTimeSlots
{
    /// <summary>What is made of times unless something else is asked for.</summary>
    public const DateTimeParts DefaultOfTimes = DateTimeParts.Date | DateTimeParts.TimeOfDay;

    /// <summary>What times have.</summary>
    public const DateTimeParts OfTimes = DefaultOfTimes | DateTimeParts.SecondsSinceEpoch;

    /// <summary>The slots of times, a date without offset being one of offset 0. The parts are those of the time's own clock.</summary>
    public static TimeSlot<DateTimeOffset>[] Times(DateTimeParts parts, bool cyclic) => Choose(parts,
    [
        new(DateTimeParts.Year, "Year", t => t.Year),
        new(DateTimeParts.HalfYear, "HalfYear", t => ((t.Month - 1) / 6) + 1),
        new(DateTimeParts.Quarter, "Quarter", t => ((t.Month - 1) / 3) + 1),
        new(DateTimeParts.Month, "Month", t => t.Month),
        .. Circle<DateTimeOffset>(cyclic, DateTimeParts.Month, "Month", t => (t.Month - 1) / 12.0),
        new(DateTimeParts.WeekOfYear, "WeekOfYear", t => ISOWeek.GetWeekOfYear(t.DateTime)),
        new(DateTimeParts.DayOfYear, "DayOfYear", t => t.DayOfYear),
        .. Circle<DateTimeOffset>(cyclic, DateTimeParts.DayOfYear, "DayOfYear", t => (t.DayOfYear - 1.0) / (DateTime.IsLeapYear(t.Year) ? 366 : 365)),
        new(DateTimeParts.DaysInMonth, "DaysInMonth", t => DateTime.DaysInMonth(t.Year, t.Month)),
        new(DateTimeParts.Day, "Day", t => t.Day),
        new(DateTimeParts.DayOfWeek, "DayOfWeek", t => (int)t.DayOfWeek),
        .. Circle<DateTimeOffset>(cyclic, DateTimeParts.DayOfWeek, "DayOfWeek", t => (int)t.DayOfWeek / 7.0),
        new(DateTimeParts.IsWeekend, "IsWeekend", t => t.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0),
        new(DateTimeParts.Hour, "Hour", t => t.Hour),
        .. Circle<DateTimeOffset>(cyclic, DateTimeParts.Hour, "Hour", t => t.Hour / 24.0),
        new(DateTimeParts.Minute, "Minute", t => t.Minute),
        .. Circle<DateTimeOffset>(cyclic, DateTimeParts.Minute, "Minute", t => t.Minute / 60.0),
        new(DateTimeParts.Second, "Second", t => t.Second),
        .. Circle<DateTimeOffset>(cyclic, DateTimeParts.Second, "Second", t => t.Second / 60.0),
        new(DateTimeParts.SecondsSinceEpoch, "SecondsSinceEpoch", t => (double)(t.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond),
    ]);

    /// <summary>The slots of durations; those of a negative one are negative.</summary>
    public static TimeSlot<TimeSpan>[] Durations(DateTimeParts parts, bool cyclic) => Choose(parts,
    [
        new(DateTimeParts.Day, "Day", t => t.Days),
        new(DateTimeParts.Hour, "Hour", t => t.Hours),
        .. Circle<TimeSpan>(cyclic, DateTimeParts.Hour, "Hour", t => t.Hours / 24.0),
        new(DateTimeParts.Minute, "Minute", t => t.Minutes),
        .. Circle<TimeSpan>(cyclic, DateTimeParts.Minute, "Minute", t => t.Minutes / 60.0),
        new(DateTimeParts.Second, "Second", t => t.Seconds),
        .. Circle<TimeSpan>(cyclic, DateTimeParts.Second, "Second", t => t.Seconds / 60.0),
        new(DateTimeParts.TotalDays, "TotalDays", t => t.TotalDays),
        new(DateTimeParts.TotalHours, "TotalHours", t => t.TotalHours),
        new(DateTimeParts.TotalSeconds, "TotalSeconds", t => t.TotalSeconds),
    ]);

    /// <summary>The slots' names for a column of a type.</summary>
    public static string[] Names(DataViewType type, DateTimeParts parts, bool cyclic) => type is TimeSpanDataViewType
        ? [.. Durations(parts, cyclic).Select(s => s.Name)]
        : [.. Times(parts, cyclic).Select(s => s.Name)];

    // The point on a circle on which the part goes once around: so that 23 h lies beside 0 h.
    private static IEnumerable<TimeSlot<TTime>> Circle<TTime>(bool cyclic, DateTimeParts part, string name, Func<TTime, double> turn) => !cyclic ? [] :
    [
        new(part, $"{name}.Sin", t => Math.Sin(2 * Math.PI * turn(t))),
        new(part, $"{name}.Cos", t => Math.Cos(2 * Math.PI * turn(t))),
    ];

    private static TimeSlot<TTime>[] Choose<TTime>(DateTimeParts parts, TimeSlot<TTime>[] all) => Array.FindAll(all, s => (parts & s.Part) != 0);
}
