using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>A column of a view, and the fields of the file that fill it.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="Fields">The field of each slot of a scalar or a vector of known size, from 0; those before the variable part otherwise.</param>
internal sealed record ColumnPlan(DataViewSchema.DetachedColumn Column, IReadOnlyList<int> Fields)
{
    /// <summary>The first of the fields, up to the end of the row, that follow <see cref="Fields"/>; null for columns of known size.</summary>
    public int? VariableStart { get; init; }

    /// <summary>The texts of keys 1, 2, …, where keys are written as such; otherwise keys are written as their places.</summary>
    public IReadOnlyList<string>? KeyTexts { get; init; }

    /// <summary>Whether the type was guessed, so that a cell that does not fit makes the column text.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Whether the type was read from the file's cells, so that only the Boolean words are Booleans, not digits.</summary>
    public bool IsInferred { get; init; }

    public DataViewType Type => Column.Type;

    public ColumnPlan WithType(DataViewType type) => this with { Column = new DataViewSchema.DetachedColumn(Column.Name, type, Column.Annotations) };
}
