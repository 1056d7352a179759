using MLPath.Data;

namespace MLPath.Transforms.Text;

/// <summary>What the transforms of text ask of the columns that they read, and how they read them.</summary>
internal static class TextColumns
{
    /// <summary>The texts of one row: one of a scalar column, those that are stored of a vector's (what is not stored is empty).</summary>
    public static ReadOnlySpan<ReadOnlyMemory<char>> Row(RowBatch batch, int column, int row) =>
        batch[column] is VectorColumn<ReadOnlyMemory<char>> vectors
            ? vectors.RowValues(row)
            : batch.Scalars<ReadOnlyMemory<char>>(column).Slice(row, 1);

    public static void Require(DataViewSchema.Column column)
    {
        if (column.Type.ItemTypeOrSelf is not TextDataViewType)
            throw Wrong(column.Name, $"{column.Type}");
    }

    public static void Require(SchemaShape.Column column)
    {
        if (column.IsKey || column.ItemType is not TextDataViewType)
            throw Wrong(column.Name, column.TypeText);
    }

    public static void RequireVector(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { ItemType: TextDataViewType })
            throw NoTokens(column.Name, $"{column.Type}");
    }

    public static void RequireVector(SchemaShape.Column column)
    {
        if (column.IsKey || column.ItemType is not TextDataViewType || column.Kind == SchemaShape.Column.VectorKind.Scalar)
            throw NoTokens(column.Name, column.TypeText);
    }

    /// <summary>The shape of a column of vectors of each row's own length.</summary>
    public static SchemaShape.Column Ragged(string name) =>
        new(name, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false);

    /// <summary>The shape of a column of features with named slots.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">The number of slots where it is known.</param>
    public static SchemaShape.Column Features(string name, int? size = null) => new(
        name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
        new SchemaShape([PredictionColumns.Text(AnnotationKinds.SlotNames)]), size is { } known ? [known] : []);

    /// <summary>A list of columns to read, at least one.</summary>
    public static string[] CheckNames(string outputColumnName, IReadOnlyList<string>? inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnNames is null || inputColumnNames.Count == 0)
            return [outputColumnName];
        foreach (string name in inputColumnNames)
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(inputColumnNames));
        return [.. inputColumnNames];
    }

    /// <summary>"Features ← Title, Text", or "Text" for a column that replaces the one it is made of.</summary>
    public static string Describe(string outputColumnName, IReadOnlyList<string> inputColumnNames) =>
        inputColumnNames is [var only] && only == outputColumnName ? only : $"{outputColumnName} ← {string.Join(", ", inputColumnNames)}";

    /// <summary>Reads some columns of a view, batch by batch.</summary>
    public static void ReadAll(IDataView view, IEnumerable<DataViewSchema.Column> columns, FitContext context, Action<RowBatch> read)
    {
        using var cursor = view.GetBatchCursor(columns, context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            read(cursor.Current);
        }
    }

    private static SchemaException Wrong(string name, string found) => SchemaException.WrongType(name, "text, or a vector of texts,", found);

    private static SchemaException NoTokens(string name, string found) => SchemaException.WrongType(
        name, "a vector of texts", found, "Split the text with Transforms.Text.TokenizeIntoWords first.");
}
