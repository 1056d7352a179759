using System.Text;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Datasets.Text;

/// <summary>Reads a text file with a header into memory, with inferred types or with those of a schema.</summary>
internal sealed class TextFileLoader(TextSource source, TextFileOptions options, CancellationToken cancellationToken)
{
    private const int RowsBetweenCancellationChecks = 1024;

    private readonly MissingCells _missing = new(options.MissingValues);
    private readonly byte _separator = options.Separator is { } given ? (byte)given : Header.InferSeparator(source.Head.Span);

    /// <summary>Reads all columns; those without a forced type get the type that all their cells have.</summary>
    public InMemoryDataView LoadInferred(string lineage)
    {
        Field[] fields = [];
        int rows = ReadRows(header => fields = PlanInferred(header));
        var mixed = fields.Where(f => f.Reader is InferredColumn { MustReread: true }).ToArray();
        foreach (var field in mixed) ((InferredColumn)field.Reader).BecomeText();
        if (mixed.Length > 0 && ReadRows(_ => mixed) != rows) throw TextFileError.Of(source.Name, "the file changed while it was read");

        var stores = fields.Select(f => f.Reader is InferredColumn column ? column.Complete(rows) : f.Store!).ToArray();
        var schema = new DataViewSchema.Builder();
        for (int i = 0; i < fields.Length; i++) schema.AddColumn(fields[i].Name, stores[i].Type);
        return View(schema.ToSchema(), stores, rows, lineage);
    }

    /// <summary>Reads the columns of a schema, with its types and annotations.</summary>
    /// <param name="expected">The columns.</param>
    /// <param name="optional">The names of those that the file may lack; they are then not in the view.</param>
    /// <param name="othersAsText">Whether the file's other columns follow, as text.</param>
    /// <param name="lineage">Where the rows come from, in words.</param>
    public InMemoryDataView Load(DataViewSchema expected, IReadOnlyCollection<string> optional, bool othersAsText, string lineage)
    {
        var plan = new Plan(_missing);
        int rows = ReadRows(header =>
        {
            AddExpected(plan, header, expected, optional);
            if (othersAsText) AddOthersAsText(plan, header);
            return plan.Fields;
        });
        return View(plan.Schema.ToSchema(), plan.Stores, rows, lineage);
    }

    /// <summary>Reads the file once, each row's cells into the fields that <paramref name="plan"/> makes of the header.</summary>
    /// <returns>The number of rows.</returns>
    private int ReadRows(Func<Header, IReadOnlyList<Field>> plan)
    {
        var reader = new DelimitedReader(source.Rewind(), source.Name, _separator, options.TrimWhitespace);
        var header = Header.Read(reader, source.Name);
        var fields = plan(header);
        int row = 0;
        for (; reader.Read(); row++)
        {
            if (row % RowsBetweenCancellationChecks == 0) cancellationToken.ThrowIfCancellationRequested();
            if (reader.FieldCount != header.Names.Count) throw WrongFieldCount(reader, header);
            foreach (var field in fields) ReadCell(reader, field, row);
        }
        return row;
    }

    private void ReadCell(DelimitedReader reader, Field field, int row)
    {
        try
        {
            if (field.Reader.TryRead(reader[field.Place], row)) return;
        }
        catch (DecoderFallbackException)
        {
            throw TextFileError.AtCell(source.Name, reader.Line, field.Name,
                $"the text {TextFileError.Quote(reader[field.Place])} is not valid UTF-8; save the file as UTF-8");
        }
        throw TextFileError.AtCell(source.Name, reader.Line, field.Name,
            $"found {TextFileError.Quote(reader[field.Place])}, expected {CellText.Expected(field.Store!.Type)}");
    }

    private Field[] PlanInferred(Header header)
    {
        var unknown = options.Types.Keys.Where(name => header.IndexOf(name) < 0).ToList();
        if (unknown.Count > 0) throw MissingColumns(unknown, header);
        return [.. header.Names.Select((name, place) =>
        {
            if (!options.Types.TryGetValue(name, out var type)) return new Field(place, name, new InferredColumn(_missing));
            var store = ColumnStore.Create(type);
            return new Field(place, name, CellText.Reader(store, slot: 0, _missing), store);
        })];
    }

    private void AddExpected(Plan plan, Header header, DataViewSchema expected, IReadOnlyCollection<string> optional)
    {
        var lacking = new List<string>();
        foreach (var column in expected.Where(c => !c.IsHidden))
        {
            var names = FieldNames.Of(column);
            var absent = names.Where(name => header.IndexOf(name) < 0).ToList();
            if (absent.Count == 0) plan.Add(column.Detach(), names, header, column.Type.KeyCount > 0 ? column.KeyValueTexts() : null);
            else if (!optional.Contains(column.Name)) lacking.AddRange(absent);
        }
        if (lacking.Count > 0) throw MissingColumns(lacking, header);
    }

    private static void AddOthersAsText(Plan plan, Header header)
    {
        var taken = plan.Fields.Select(f => f.Place).ToHashSet();
        foreach (string name in header.Names.Where((_, place) => !taken.Contains(place)))
            plan.Add(new DataViewSchema.DetachedColumn(name, TextDataViewType.Instance), [name], header, keyValues: null);
    }

    private DataException WrongFieldCount(DelimitedReader reader, Header header) =>
        TextFileError.At(source.Name, reader.Line, $"expected {header.Names.Count} fields as in the header, found {reader.FieldCount}; "
            + $"fields are separated by {(_separator == '\t' ? "tabs" : $"'{(char)_separator}'")}, and a value that contains the separator "
            + "is written in double quotes");

    private SchemaException MissingColumns(List<string> names, Header header)
    {
        string hint = NearestName.Hint(names[0], header.Names);
        string lacking = NearestName.List($"{source.Name} lacks {(names.Count == 1 ? "a column" : "columns")}", names);
        return new SchemaException($"{lacking}{hint} {NearestName.List("Its columns are", header.Names)}");
    }

    private static InMemoryDataView View(DataViewSchema schema, IReadOnlyList<ColumnStore> stores, int rows, string lineage)
    {
        InMemoryDataView? view = null;
        var origin = DataLineage.Of(lineage, () => DataFingerprint.Compute(view!));
        view = new InMemoryDataView(schema, [.. stores.Select(s => s.ToColumn(rows))], origin);
        return view;
    }

    /// <summary>A field of the file and what becomes of its cells.</summary>
    private sealed record Field(int Place, string Name, CellReader Reader, ColumnStore? Store = null);

    /// <summary>The columns of a view of known types, and the fields of the file that fill them.</summary>
    private sealed class Plan(MissingCells missing)
    {
        public List<Field> Fields { get; } = [];

        public List<ColumnStore> Stores { get; } = [];

        public DataViewSchema.Builder Schema { get; } = new();

        public void Add(DataViewSchema.DetachedColumn column, IReadOnlyList<string> names, Header header, IReadOnlyList<string>? keyValues)
        {
            var store = ColumnStore.Create(column.Type);
            for (int slot = 0; slot < names.Count; slot++)
            {
                var reader = CellText.Reader(store, slot, missing, keyValues);
                Fields.Add(new Field(header.IndexOf(names[slot]), names[slot], reader, store));
            }
            Stores.Add(store);
            Schema.AddColumn(column);
        }
    }
}
