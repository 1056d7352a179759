namespace MLPath.Data;

/// <summary>A view of a source with rows that could not be read as they are, and were left out or had values replaced by missing ones.</summary>
public interface IReportsBadRows
{
    /// <summary>The number of such rows; null as long as no pass has seen all rows.</summary>
    long? BadRowCount { get; }
}
