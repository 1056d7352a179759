using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Reads one column of a chunk: the cells of some fields, block by block, into memory that serves one chunk after the other.</summary>
internal abstract class ColumnReader
{
    /// <summary>The rows that were read, after <see cref="Complete"/>.</summary>
    public abstract ColumnBuffer Values { get; }

    /// <summary>The bytes that the values of the chunk take when they are kept.</summary>
    public abstract long Bytes { get; }

    /// <summary>Forgets the chunk before.</summary>
    public abstract void Begin();

    /// <summary>Reads the column's cells of a block.</summary>
    /// <param name="block">The records.</param>
    /// <param name="indexed">The records' fields by index, where rows may be sparse or vary in length.</param>
    /// <param name="firstRow">How many rows of the chunk came before.</param>
    /// <param name="failures">Receives the cells that do not fit; their values become missing.</param>
    public abstract void Read(RowBlock block, IndexedRows? indexed, int firstRow, CellFailures failures);

    /// <summary>Ends the chunk.</summary>
    /// <param name="rows">The rows that were read.</param>
    /// <param name="kept">Those of them to keep, increasing; null for all.</param>
    public abstract void Complete(int rows, int[]? kept);

    /// <summary>A reader of a column.</summary>
    /// <exception cref="SchemaException">A text file cannot hold the type.</exception>
    public static ColumnReader Create(ColumnPlan plan, CellRules rules, bool isIndexed)
    {
        return plan.Type.ItemTypeOrSelf switch
        {
            KeyDataViewType key when key.RawType == typeof(byte) => Key<byte>(),
            KeyDataViewType key when key.RawType == typeof(ushort) => Key<ushort>(),
            KeyDataViewType key when key.RawType == typeof(uint) => Key<uint>(),
            KeyDataViewType => Key<ulong>(),
            TextDataViewType => Of<ReadOnlyMemory<char>, TextParser>(new TextParser(), default, default, hasMissing: false),
            BooleanDataViewType => Of<bool, BooleanParser>(new BooleanParser(digits: !plan.IsInferred), false, false, hasMissing: false),
            DateTimeDataViewType => Of<DateTime, DateTimeParser>(default, default, default, hasMissing: false),
            DateTimeOffsetDataViewType => Of<DateTimeOffset, DateTimeOffsetParser>(default, default, default, hasMissing: false),
            TimeSpanDataViewType => Of<TimeSpan, TimeSpanParser>(default, default, default, hasMissing: false),
            var t when t.RawType == typeof(float) => Real<float, SingleParser>(new SingleParser(rules.Point), 0, float.NaN),
            var t when t.RawType == typeof(double) => Real<double, DoubleParser>(new DoubleParser(rules.Point), 0, double.NaN),
            var t when t.RawType == typeof(sbyte) => Of<sbyte, IntegerParser<sbyte>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(short) => Of<short, IntegerParser<short>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(int) => Of<int, IntegerParser<int>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(long) => Of<long, IntegerParser<long>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(byte) => Of<byte, IntegerParser<byte>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(ushort) => Of<ushort, IntegerParser<ushort>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(uint) => Of<uint, IntegerParser<uint>>(default, 0, 0, hasMissing: false),
            var t when t.RawType == typeof(ulong) => Of<ulong, IntegerParser<ulong>>(default, 0, 0, hasMissing: false),
            _ => throw new SchemaException($"Column '{plan.Column.Name}' is {plan.Type}, which a text file cannot hold; leave the column out."),
        };

        ColumnReader Of<T, TParser>(TParser parser, T empty, T missing, bool hasMissing) where TParser : struct, ICellParser<T>
        {
            var cells = new CellValues<T, TParser>(parser, rules, empty, missing, hasMissing);
            if (!isIndexed) return new FieldReader<T, TParser>(plan, cells);
            return plan.Type is VectorDataViewType
                ? new IndexedVectorReader<T, TParser>(plan, cells)
                : new IndexedScalarReader<T, TParser>(plan, cells);
        }

        ColumnReader Real<T, TParser>(TParser parser, T zero, T missing) where T : struct where TParser : struct, ICellParser<T>
        {
            var empty = rules.EmptyIsDefault && !rules.EmptyRealIsNaN ? zero : missing;
            return isIndexed
                ? Of(parser, empty, missing, hasMissing: true)
                : new RealReader<T, TParser>(plan, new CellValues<T, TParser>(parser, rules, empty, missing, hasMissing: true), rules);
        }

        ColumnReader Key<T>() where T : struct, System.Numerics.INumberBase<T> => plan.KeyTexts is { } texts
            ? Of<T, KeyTextParser<T>>(new KeyTextParser<T>(texts), default, default, hasMissing: true)
            : Of<T, KeyPlaceParser<T>>(new KeyPlaceParser<T>(plan.Type.KeyCount), default, default, hasMissing: true);
    }
}

/// <summary>From the text of a cell to a value: a missing one, or what the parser reads.</summary>
internal readonly struct CellValues<T, TParser>(TParser parser, CellRules rules, T empty, T missing, bool hasMissing)
    where TParser : struct, ICellParser<T>
{
    private readonly TParser _parser = parser;
    private readonly MissingCells? _missing = hasMissing ? rules.Missing : null;
    private readonly bool _emptyIsDefault = rules.EmptyIsDefault;

    /// <summary>The value of a cell that the row lacks.</summary>
    public T Empty { get; } = empty;

    /// <summary>The value of a cell that does not fit.</summary>
    public T Missing { get; } = missing;

    public bool TryRead(ReadOnlySpan<byte> cell, out T value)
    {
        value = Empty;
        if (_emptyIsDefault && typeof(T) != typeof(ReadOnlyMemory<char>)) cell = cell.Trim(" \t"u8);
        if (_emptyIsDefault && cell.IsEmpty) return true;
        if (_missing is not null && _missing.Contains(cell))
        {
            value = Missing;
            return true;
        }
        if (_parser.TryParse(cell, out value)) return true;
        value = Missing;
        return false;
    }
}
