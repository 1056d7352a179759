namespace MLPath.Transforms;

/// <summary>What <see cref="DateTimeFeaturizingEstimator"/> makes of a time; the slots stand in this order.</summary>
[Flags]
public enum DateTimeParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The year: 2026.</summary>
    Year = 1 << 0,

    /// <summary>The half of the year: 1 or 2.</summary>
    HalfYear = 1 << 1,

    /// <summary>The quarter of the year: 1 to 4.</summary>
    Quarter = 1 << 2,

    /// <summary>The month: 1 to 12.</summary>
    Month = 1 << 3,

    /// <summary>The week of the year by ISO 8601: 1 to 53; week 1 is the one with the year's first Thursday.</summary>
    WeekOfYear = 1 << 4,

    /// <summary>The day of the year: 1 to 366.</summary>
    DayOfYear = 1 << 5,

    /// <summary>The number of days of the month: 28 to 31.</summary>
    DaysInMonth = 1 << 6,

    /// <summary>The day of the month, 1 to 31; of a duration, its whole days.</summary>
    Day = 1 << 7,

    /// <summary>The day of the week: 0 (Sunday) to 6 (Saturday).</summary>
    DayOfWeek = 1 << 8,

    /// <summary>1 on Saturday and Sunday, 0 on other days.</summary>
    IsWeekend = 1 << 9,

    /// <summary>The hour: 0 to 23; of a duration, the hours beyond its whole days.</summary>
    Hour = 1 << 10,

    /// <summary>The minute: 0 to 59; of a duration, the minutes beyond its whole hours.</summary>
    Minute = 1 << 11,

    /// <summary>The second without its fraction: 0 to 59; of a duration, the seconds beyond its whole minutes.</summary>
    Second = 1 << 12,

    /// <summary>
    /// The seconds since 1970-01-01T00:00Z, with fraction. A feature is a Single, so that today's times are rounded to about two minutes: good for
    /// trends over months, not for order within minutes.
    /// </summary>
    SecondsSinceEpoch = 1 << 13,

    /// <summary>Of a duration, all of it in days, with fraction.</summary>
    TotalDays = 1 << 14,

    /// <summary>Of a duration, all of it in hours, with fraction.</summary>
    TotalHours = 1 << 15,

    /// <summary>Of a duration, all of it in seconds, with fraction.</summary>
    TotalSeconds = 1 << 16,

    /// <summary>What a date gives.</summary>
    Date = Year | HalfYear | Quarter | Month | WeekOfYear | DayOfYear | DaysInMonth | Day | DayOfWeek | IsWeekend,

    /// <summary>What a time of day gives.</summary>
    TimeOfDay = Hour | Minute | Second,

    /// <summary>All that durations have: <see cref="Day"/>, the parts of <see cref="TimeOfDay"/>, and the totals.</summary>
    Duration = Day | TimeOfDay | TotalDays | TotalHours | TotalSeconds,
}
