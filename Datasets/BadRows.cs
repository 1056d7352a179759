namespace MLPath.Datasets;

/// <summary>What becomes of rows of a text file that do not fit: too few or many fields, a stray quotation mark, a cell that is not of its column's type.</summary>
public enum BadRows
{
    /// <summary>They are an error that gives file, line, column, the text found and what was expected.</summary>
    Error,

    /// <summary>They are left out and counted; see <see cref="Data.IReportsBadRows"/>.</summary>
    Skip,

    /// <summary>
    /// Cells that do not fit, and fields that a row lacks, become missing values (NaN, key 0, otherwise the type's default), and the rows are
    /// counted. Fields beyond the last column are passed over.
    /// </summary>
    Missing,
}
