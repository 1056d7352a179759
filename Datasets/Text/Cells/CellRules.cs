namespace MLPath.Datasets.Text;

/// <summary>What cells mean that hold no plain value.</summary>
internal sealed record CellRules
{
    /// <summary>The cells that mean missing in columns of real numbers and of keys.</summary>
    public required MissingCells Missing { get; init; }

    /// <summary>
    /// Whether an empty cell, or one that the row lacks, is the type's default in every column, as for ML.NET's loader; otherwise it is missing
    /// where the type has a missing value, and an error elsewhere.
    /// </summary>
    public bool EmptyIsDefault { get; init; }

    /// <summary>Whether empty cells of real numbers are NaN all the same.</summary>
    public bool EmptyRealIsNaN { get; init; }

    /// <summary>What stands between whole and fraction.</summary>
    public byte Point { get; init; } = (byte)'.';
}
