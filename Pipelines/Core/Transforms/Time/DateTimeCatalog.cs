using MLPath.Transforms;

namespace MLPath;

/// <summary>Features from times in <c>ml.Transforms</c>.</summary>
public static class DateTimeCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Makes numbers of times: the year, the month, the day of the week, the hour, … as one vector with named slots.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it is made of, DateTime, DateTimeOffset or TimeSpan; the one of the output's name when null.</param>
        /// <param name="parts">What is made of a time; when null, the date and the time of day, or for durations all they have.</param>
        /// <param name="cyclic">
        /// Whether sine and cosine of the parts that come round again (month, day of the year, day of the week, hour, minute, second) are added, so that
        /// 23 h lies beside 0 h.
        /// </param>
        public DateTimeFeaturizingEstimator FeaturizeDateTime(
            string outputColumnName, string? inputColumnName = null, DateTimeParts? parts = null, bool cyclic = false) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName), parts, cyclic);
    }
}
