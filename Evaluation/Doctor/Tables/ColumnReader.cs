using System.Globalization;
using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>Collects the values of a column.</summary>
/// <param name="column">The column.</param>
internal abstract class ColumnReader(DataViewSchema.Column column)
{
    protected DataViewSchema.Column Column { get; } = column;

    /// <summary>Adds the rows of a batch.</summary>
    public abstract void Add(ColumnBuffer buffer);

    /// <summary>What was collected.</summary>
    public abstract IEnumerable<SampledColumn> Columns();
}

/// <summary>Collects one value a row.</summary>
/// <param name="column">The column.</param>
/// <param name="rows">The number of rows to come.</param>
internal abstract class ScalarReader<T>(DataViewSchema.Column column, int rows) : ColumnReader(column)
{
    private int _next;

    protected double[] Values { get; } = new double[rows];

    public sealed override void Add(ColumnBuffer buffer)
    {
        foreach (ref readonly T value in ((ScalarColumn<T>)buffer).Values)
            Values[_next++] = Convert(value);
    }

    protected abstract double Convert(T value);
}

/// <summary>Numbers; infinite ones count as missing here, because they are told of elsewhere and would spoil every sum.</summary>
internal sealed class NumberReader<T>(DataViewSchema.Column column, int rows) : ScalarReader<T>(column, rows)
{
    private readonly Func<T, double> _toDouble = NumberConversion.Of<T, double>();

    public override IEnumerable<SampledColumn> Columns() => [new(Column.Name, Column.Name, SampledKind.Number, Values)];

    protected override double Convert(T value) => _toDouble(value) is var number && double.IsFinite(number) ? number : double.NaN;
}

/// <summary>Moments and durations.</summary>
internal sealed class TimeReader<T>(DataViewSchema.Column column, int rows) : ScalarReader<T>(column, rows)
{
    public override IEnumerable<SampledColumn> Columns() => [new(Column.Name, Column.Name, SampledKind.Time, Values)];

    // The least moment stands for a missing one, as everywhere.
    protected override double Convert(T value) => value switch
    {
        DateTime time => time == default ? double.NaN : time.Ticks,
        DateTimeOffset time => time == default ? double.NaN : time.UtcTicks,
        TimeSpan span => span.Ticks,
        _ => double.NaN,
    };
}

/// <summary>Truths and keys.</summary>
internal sealed class CodeReader<T>(DataViewSchema.Column column, int rows) : ScalarReader<T>(column, rows)
{
    // More values than this are not named in sentences.
    private const int MostNames = 1000;

    private readonly bool _isKey = column.Type is KeyDataViewType;

    public override IEnumerable<SampledColumn> Columns() =>
        [new(Column.Name, Column.Name, SampledKind.Category, Values) { Texts = _isKey ? KeyNames() : ["false", "true"] }];

    // Key 0 is missing.
    protected override double Convert(T value) => value is bool truth
        ? truth ? 1 : 0
        : System.Convert.ToDouble(value, CultureInfo.InvariantCulture) is var key and > 0 ? key - 1 : double.NaN;

    private IReadOnlyList<string> KeyNames() => Column.Type.KeyCount is > 0 and <= MostNames ? Column.KeyValueTexts() : [];
}

/// <summary>Texts, by codes in the order of first occurrence.</summary>
internal sealed class TextReader(DataViewSchema.Column column, int rows) : ScalarReader<ReadOnlyMemory<char>>(column, rows)
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private long _words;
    private long _count;

    public override IEnumerable<SampledColumn> Columns() =>
    [
        new(Column.Name, Column.Name, SampledKind.Category, Values) { Texts = _texts, Words = _count == 0 ? 0 : (double)_words / _count },
    ];

    protected override double Convert(ReadOnlyMemory<char> value)
    {
        var text = value.Span;
        if (text.IsEmpty)
            return double.NaN;
        _count++;
        _words += 1 + text.Count(' ');
        if (!_codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int code))
        {
            code = _texts.Count;
            string name = text.ToString();
            _codes.Add(name, code);
            _texts.Add(name);
        }

        return code;
    }
}

/// <summary>The slots of vectors of numbers.</summary>
internal sealed class SlotReader<T> : ColumnReader
{
    private readonly Func<T, double> _toDouble = NumberConversion.Of<T, double>();
    private readonly double[][] _slots;
    private readonly T[] _row;
    private int _next;

    public SlotReader(DataViewSchema.Column column, int rows) : base(column) =>
        (_slots, _row) = ([.. Enumerable.Range(0, column.Type.ValueCount).Select(_ => new double[rows])], new T[column.Type.ValueCount]);

    public override void Add(ColumnBuffer buffer)
    {
        var vectors = (VectorColumn<T>)buffer;
        for (int row = 0; row < vectors.Count; row++, _next++)
        {
            vectors.CopyRowTo(row, _row);
            for (int slot = 0; slot < _slots.Length; slot++)
                _slots[slot][_next] = _toDouble(_row[slot]) is var number && double.IsFinite(number) ? number : double.NaN;
        }
    }

    public override IEnumerable<SampledColumn> Columns()
    {
        var names = Column.SlotNamesOrDefault();
        return _slots.Select((values, slot) => new SampledColumn($"{Column.Name}.{names[slot]}", Column.Name, SampledKind.Number, values) { IsSlot = true });
    }
}
