namespace MLPath.Datasets;

/// <summary>One of the parts in which a data set is published.</summary>
public enum DatasetPart
{
    /// <summary>The rows to learn from; all rows of a set that is published as a whole.</summary>
    Train,

    /// <summary>The rows that its publishers keep for the final measurement.</summary>
    Test,
}
