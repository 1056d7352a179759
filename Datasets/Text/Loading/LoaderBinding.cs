using MLPath.Datasets.Formats;
using MLPath.Datasets.Text;

namespace MLPath.Data;

/// <summary>What a loader's options and a look at a sample file say of the columns: their fields, types and slot names.</summary>
internal sealed class LoaderBinding
{
    private const int RowsCompared = 100;

    private readonly TextLoader.Options _options;
    private readonly int? _inputSize;

    public LoaderBinding(TextLoader.Options options, DelimitedFormat format, IReadOnlyList<TextInput> sample)
    {
        _options = options;
        var columns = options.Columns!;
        foreach (var column in columns) Check(column);
        bool needsSize = columns.Any(c => c.Source.Any(r => r is { Max: null, AutoEnd: true }));
        _inputSize = options.InputSize ?? (needsSize ? CountFields(sample, format) : null);
        FieldNames = ReadNames(sample, format);
        Columns = [.. columns.Select(Plan)];
        if (_inputSize is { } size && Columns.SelectMany(c => c.Fields).Append(0).Max() is var last && last >= size)
            throw new ArgumentException($"A column is read from field {last}, but rows have fields 0 to {size - 1}.");
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The names in the header; empty where there is none.</summary>
    public IReadOnlyList<string> FieldNames { get; }

    private static void Check(TextLoader.Column column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column.Name);
        if (column.Source.Length == 0) throw new ArgumentException($"Column '{column.Name}' has no fields; give it a source.");
        foreach (var range in column.Source)
        {
            if (range.Min < 0 || range.Max < range.Min)
                throw new ArgumentException($"Column '{column.Name}' has a range from {range.Min} to {range.Max}; fields count from 0, upwards.");
        }
        if (column.Source.Count(r => r is { Max: null, AutoEnd: false, VariableEnd: true }) > 1)
            throw new ArgumentException($"Column '{column.Name}' has two ranges to the end of each row; one is possible.");
        var sorted = column.Source.Where(r => !r.AllOther).OrderBy(r => r.Min).ToList();
        for (int i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Min <= (sorted[i - 1].Max ?? (IsOpen(sorted[i - 1]) ? int.MaxValue : sorted[i - 1].Min)))
                throw new ArgumentException($"The ranges of column '{column.Name}' overlap at field {sorted[i].Min}.");
        }
    }

    private static bool IsOpen(TextLoader.Range range) => range.AutoEnd || range.VariableEnd;

    private ColumnPlan Plan(TextLoader.Column column)
    {
        var fields = new List<int>();
        int? variableStart = null;
        foreach (var range in column.Source)
        {
            if (range is { Max: null, AutoEnd: false, VariableEnd: true })
            {
                variableStart = range.Min;
                continue;
            }
            int last = range.Max ?? (range.AutoEnd ? _inputSize!.Value - 1 : range.Min);
            if (last < range.Min) throw new ArgumentException($"Column '{column.Name}' starts at field {range.Min}; rows have {_inputSize} fields.");
            var taken = range.AllOther ? Others(range) : [];
            fields.AddRange(Enumerable.Range(range.Min, last - range.Min + 1).Where(field => !taken.Contains(field)));
        }
        if (fields.Count == 0 && variableStart is null) throw new ArgumentException($"Other columns take all fields of column '{column.Name}'.");

        return Plan(column.Name, ItemType(column), column.Source[0].ForceVector, fields, variableStart, FieldNames);
    }

    /// <summary>A column of fields that are known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="item">The type of its items.</param>
    /// <param name="forceVector">Whether one field makes a vector too.</param>
    /// <param name="fields">The fields, before those of the variable part.</param>
    /// <param name="variableStart">The first field of the part that goes to the end of each row; null where there is none.</param>
    /// <param name="fieldNames">The names of all fields, which become slot names; empty where they have none.</param>
    public static ColumnPlan Plan(
        string name, PrimitiveDataViewType item, bool forceVector, IReadOnlyList<int> fields, int? variableStart, IReadOnlyList<string> fieldNames)
    {
        DataViewType type = variableStart is not null ? new VectorDataViewType(item)
            : forceVector || fields.Count > 1 ? new VectorDataViewType(item, fields.Count)
            : item;
        return new ColumnPlan(new DataViewSchema.DetachedColumn(name, type, SlotNames(type, fields, fieldNames)), fields)
        {
            VariableStart = variableStart,
        };
    }

    /// <summary>The fields that ranges other than this one take.</summary>
    private HashSet<int> Others(TextLoader.Range range) => [.. _options.Columns!.SelectMany(c => c.Source)
        .Where(other => !ReferenceEquals(other, range) && !other.AllOther)
        .SelectMany(other => Enumerable.Range(other.Min, (other.Max ?? (IsOpen(other) ? (_inputSize ?? other.Min + 1) - 1 : other.Min)) - other.Min + 1))];

    private static PrimitiveDataViewType ItemType(TextLoader.Column column)
    {
        var type = column.DataKind.ToDataViewType();
        return column.KeyCount is { } keys ? keys.TypeOf(type.RawType) : type;
    }

    private static DataViewSchema.Annotations? SlotNames(DataViewType type, IReadOnlyList<int> fields, IReadOnlyList<string> fieldNames)
    {
        if (type is not VectorDataViewType { IsKnownSize: true }) return null;
        string[] names = [.. fields.Select(field => field < fieldNames.Count ? fieldNames[field] : "")];
        return names.All(name => name.Length == 0) ? null : new DataViewSchema.Annotations.Builder().AddSlotNames(names).ToAnnotations();
    }

    /// <summary>The number of fields that the first rows stand for.</summary>
    private int CountFields(IReadOnlyList<TextInput> sample, DelimitedFormat format)
    {
        if (sample.Count == 0)
            throw new ArgumentException("A column goes to the end of the rows, whose length is unknown; give a data sample, or state InputSize.");
        using var reader = new TableReader(sample, format, new Preamble(0, _options.HasHeader), names: null);
        var chunk = new TextChunk();
        var tokenizer = new Tokenizer(format);
        var block = new RowBlock(format);
        if (reader.Read(chunk)) tokenizer.Begin(chunk);
        if (!tokenizer.Read(block, RowsCompared, int.MaxValue))
            throw FormatError.Of(sample[0].Name, "there are no rows to count the fields of; give another data sample, or state InputSize");

        var indexed = new IndexedRows(_options.AllowSparse, inputSize: null);
        indexed.Read(block);
        for (int row = 1; row < block.RowCount; row++)
        {
            if (indexed.Size(row) == indexed.Size(0)) continue;
            throw FormatError.AtLine(sample[0].Name, chunk.LineOf(block.Rows[row].Start),
                $"the row has {indexed.Size(row)} fields, the first one {indexed.Size(0)}; a column that goes to the end of the rows needs "
                + "rows of one length: state InputSize, or let the column vary (VariableEnd)");
        }
        return indexed.Size(0);
    }

    private IReadOnlyList<string> ReadNames(IReadOnlyList<TextInput> sample, DelimitedFormat format)
    {
        var input = _options.HeaderFile is { } file ? TextInput.OfFile(file) : _options.HasHeader && sample.Count > 0 ? sample[0] : null;
        if (input is null) return [];
        using var reader = new ChunkReader(input, format, ChunkReader.DefaultSize);
        var chunk = new TextChunk();
        while (reader.Read(chunk))
        {
            if (Header.TryTake(chunk, format) is { } header) return header.RawNames;
        }
        return [];
    }
}
