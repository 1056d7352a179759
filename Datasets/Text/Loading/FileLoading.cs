using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Loads tables from paths: of one file, of several, or with wildcards.</summary>
internal static class FileLoading
{
    /// <summary>Loads all columns, with the types that their cells have.</summary>
    public static IDataView Inferred(IReadOnlyList<string> paths, TextFileOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        var inputs = Open(paths);
        // A file that says how it is to be loaded is loaded so.
        var further = new TextLoader.Options { MaxRows = options.MaxRows, BadRows = options.BadRows };
        if (SchemaComment.Read(inputs[0], further) is { } stated)
        {
            var source = new MultiFileSource([.. paths]);
            return new TextLoader(stated, source).Load(source);
        }
        var table = FileTables.Inferred(inputs, TableLayout.Inspect(inputs[0], options), options);
        return new TableCollector(table, options.InMemoryLimit, Describe(inputs), cancellationToken).Collect();
    }

    /// <summary>Says how files would be loaded.</summary>
    public static ColumnInference Infer(
        IReadOnlyList<string> paths, TextFileOptions options, string? labelColumnName, CancellationToken cancellationToken)
    {
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        var inputs = Open(paths);
        var layout = TableLayout.Inspect(inputs[0], options);
        var table = FileTables.Inferred(inputs, layout, options);
        var plan = new TableCollector(table, options.InMemoryLimit, Describe(inputs), cancellationToken).InferTypes();
        return ColumnInference.Of(layout, plan, options, labelColumnName);
    }

    /// <summary>Loads the columns of a schema.</summary>
    public static IDataView Expected(
        IReadOnlyList<string> paths, DataViewSchema expected, TextFileOptions options, IReadOnlyCollection<string> optionalColumns,
        bool otherColumnsAsText, CancellationToken cancellationToken)
    {
        options.Validate();
        if (options.Types.Count > 0) throw new ArgumentException("The schema gives the types; the options must not.", nameof(options));
        foreach (string name in optionalColumns)
        {
            if (expected.GetColumnOrNull(name) is null)
                throw new ArgumentException($"The optional column '{name}' is not one of the expected.", nameof(optionalColumns));
        }
        cancellationToken.ThrowIfCancellationRequested();
        var inputs = Open(paths);
        // Columns that are called after their places come from a file without a header, unless the first line has such names.
        var names = expected.Where(c => !c.IsHidden).SelectMany(FieldNames.Of).ToHashSet();
        bool places = names.Count > 0 && names.All(name => Header.PlaceOf(name) >= 0);
        var layout = TableLayout.Inspect(inputs[0], options, first => !places || first.Any(names.Contains));
        var table = FileTables.Expected(inputs, layout, options, expected, optionalColumns, otherColumnsAsText);
        return new TableCollector(table, options.InMemoryLimit, Describe(inputs), cancellationToken).Collect();
    }

    /// <summary>The files of some paths.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<TextInput> Open(IReadOnlyList<string> paths) =>
        Open(new MultiFileSource([.. paths]));

    /// <summary>The texts of a source.</summary>
    public static IReadOnlyList<TextInput> Open(IMultiStreamSource source) => [.. Enumerable.Range(0, source.Count).Select(i =>
        source is MultiFileSource files ? TextInput.OfFile(files.GetPathOrNull(i))
            : new TextInput(source.GetPathOrNull(i) ?? $"stream {i + 1}", () => source.Open(i)))];

    /// <summary>Files in words, for lineages.</summary>
    public static string Describe(IReadOnlyList<TextInput> inputs) => inputs.Count == 1
        ? $"file {Path.GetFileName(inputs[0].Name)}"
        : $"{inputs.Count} files, {Path.GetFileName(inputs[0].Name)} to {Path.GetFileName(inputs[^1].Name)}";
}
