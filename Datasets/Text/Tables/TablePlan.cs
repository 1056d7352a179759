namespace MLPath.Datasets.Text;

/// <summary>How a text file becomes the columns of a view. Immutable; every pass over the file has parsers of its own made from it.</summary>
internal sealed record TablePlan
{
    /// <summary>How the text is cut.</summary>
    public required DelimitedFormat Format { get; init; }

    /// <summary>The columns, in the order of the schema.</summary>
    public required IReadOnlyList<ColumnPlan> Columns { get; init; }

    /// <summary>What cells mean that hold no plain value.</summary>
    public required CellRules Rules { get; init; }

    /// <summary>How many fields every row must have; null where shorter and longer ones are possible.</summary>
    public int? FieldCount { get; init; }

    /// <summary>The names of the fields, for errors; empty where they have none.</summary>
    public IReadOnlyList<string> FieldNames { get; init; } = [];

    /// <summary>Whether these names are in the files, so that errors may point there.</summary>
    public bool HasHeader { get; init; }

    /// <summary>What becomes of rows and cells that do not fit.</summary>
    public BadRows BadRows { get; init; }

    /// <summary>Whether rows may be sparse.</summary>
    public bool Sparse { get; init; }

    /// <summary>The number of fields that sparse rows stand for; null where they state it.</summary>
    public int? InputSize { get; init; }

    /// <summary>Whether fields are found by index: rows may be sparse, or a column takes the fields up to each row's end.</summary>
    public bool IsIndexed => Sparse || Columns.Any(c => c.VariableStart is not null);

    /// <summary>The schema of the columns.</summary>
    public DataViewSchema Schema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(Columns.Select(c => c.Column));
        return builder.ToSchema();
    }

    /// <summary>A field in words.</summary>
    public string FieldName(ColumnPlan column, int field) => field < FieldNames.Count ? FieldNames[field] : column.Column.Name;
}
