namespace MLPath.Evaluation;

/// <summary>Something that a fitted pipeline reads and that can be changed by itself: an input column, or one slot of a vector column.</summary>
/// <param name="Name">Its name for readers: the column's, or that of the slot.</param>
/// <param name="Column">The input column.</param>
/// <param name="Slot">The slot of a vector column, from 0; null for a whole column.</param>
public sealed record InputFeature(string Name, string Column, int? Slot = null)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
