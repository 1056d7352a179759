using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Datasets.Text;

/// <summary>Plans tables: with the types that cells have, or with those of a schema.</summary>
internal static class FileTables
{
    /// <summary>All fields of the files as columns; those without a forced type are guessed from the first rows.</summary>
    /// <exception cref="SchemaException">A type is forced on a column that the file does not have.</exception>
    public static TextTable Inferred(IReadOnlyList<TextInput> inputs, TableLayout layout, TextFileOptions options)
    {
        var header = layout.Header;
        var unknown = options.Types.Keys.Where(name => header.IndexOf(name) < 0).ToList();
        if (unknown.Count > 0) throw MissingColumns(unknown, header);

        var columns = header.Names.Select((name, field) =>
        {
            bool forced = options.Types.TryGetValue(name, out var type);
            type ??= layout.Sample[field].ToColumnType();
            return new ColumnPlan(new DataViewSchema.DetachedColumn(name, type), [field])
            {
                IsInferred = !forced,
                IsGuess = !forced && type is not TextDataViewType,
            };
        });
        return Table(inputs, layout, options, [.. columns]);
    }

    /// <summary>The columns of a schema, with its types and annotations.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="layout">Their form.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="expected">The columns.</param>
    /// <param name="optional">The names of those that the file may lack; they are then not in the view.</param>
    /// <param name="othersAsText">Whether the file's other columns follow, as text.</param>
    public static TextTable Expected(
        IReadOnlyList<TextInput> inputs, TableLayout layout, TextFileOptions options, DataViewSchema expected,
        IReadOnlyCollection<string> optional, bool othersAsText)
    {
        var header = layout.Header;
        var columns = new List<ColumnPlan>();
        var lacking = new List<string>();
        var placeOf = layout.Preamble.HasHeader ? header.IndexOf : Places(header, expected, optional);
        foreach (var column in expected.Where(c => !c.IsHidden))
        {
            var names = FieldNames.Of(column);
            int[] fields = [.. names.Select(placeOf)];
            if (!fields.Contains(-1))
            {
                columns.Add(new ColumnPlan(column.Detach(), fields) { KeyTexts = column.Type.KeyCount > 0 ? column.KeyValueTexts() : null });
            }
            else if (!optional.Contains(column.Name))
            {
                lacking.AddRange(names.Where((_, i) => fields[i] < 0));
            }
        }
        if (lacking.Count > 0) throw MissingColumns(lacking, header);
        if (othersAsText)
        {
            var taken = columns.SelectMany(c => c.Fields).ToHashSet();
            columns.AddRange(header.Names.Select((name, field) => (name, field)).Where(f => !taken.Contains(f.field))
                .Select(f => new ColumnPlan(new DataViewSchema.DetachedColumn(f.name, TextDataViewType.Instance), [f.field])));
        }
        return Table(inputs, layout, options, columns);
    }

    /// <summary>
    /// Which field of a file without a header a name stands for. The file has all columns of the schema, in its order, or all but the optional ones.
    /// </summary>
    private static Func<string, int> Places(Header header, DataViewSchema expected, IReadOnlyCollection<string> optional)
    {
        var columns = expected.Where(c => !c.IsHidden).ToList();
        List<string> all = [.. columns.SelectMany(FieldNames.Of)];
        List<string> needed = [.. columns.Where(c => !optional.Contains(c.Name)).SelectMany(FieldNames.Of)];
        if (header.Names.Count == needed.Count)
            return needed.IndexOf;
        if (header.Names.Count >= all.Count)
            return all.IndexOf;
        string without = needed.Count < all.Count ? $", or {needed.Count} without {string.Join(", ", optional)}" : "";
        throw new SchemaException(
            $"{header.File} has no header and {header.Names.Count} fields in a row; {all.Count} are expected{without}. Give it a header with the columns' names, or all fields.");
    }

    private static TextTable Table(
        IReadOnlyList<TextInput> inputs, TableLayout layout, TextFileOptions options, IReadOnlyList<ColumnPlan> columns)
    {
        var plan = new TablePlan
        {
            Format = layout.Format,
            Columns = columns,
            Rules = layout.Rules,
            FieldCount = layout.Header.Names.Count,
            FieldNames = layout.Header.Names,
            HasHeader = layout.Preamble.HasHeader,
            BadRows = options.BadRows,
        };
        return new TextTable(inputs, layout.Preamble, plan)
        {
            Names = layout.Header.Names,
            MaxRows = options.MaxRows,
            Threads = options.Threads ?? Environment.ProcessorCount,
            ChunkSize = options.ChunkSize,
        };
    }

    private static SchemaException MissingColumns(List<string> names, Header header)
    {
        string hint = NearestName.Hint(names[0], header.Names);
        string lacking = NearestName.List($"{header.File} lacks {(names.Count == 1 ? "a column" : "columns")}", names);
        return new SchemaException($"{lacking}{hint} {NearestName.List("Its columns are", header.Names)}");
    }
}
