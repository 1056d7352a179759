using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Collects a <see cref="ColumnProfile"/> batch by batch.</summary>
internal abstract class ColumnProfiler(DataViewSchema.Column column)
{
    // Below this many rows two columns may go together by chance, and where values hardly repeat they do.
    private const int FewestRowsToCompare = 30;
    private const int FewestRowsPerValue = 3;

    private readonly List<int> _labelOfCode = [];
    private readonly List<int> _codeOfLabel = [];
    private bool _oneToOne = true;
    private bool _sameNumbers = true;
    private bool _compared;
    private int[] _codes = [];
    private int _rows;

    protected DataViewSchema.Column Column { get; } = column;

    protected long Count { get; set; }

    protected long Missing { get; set; }

    /// <summary>The value of each row of the last batch as a number from 0 in order of appearance; −1 missing; −2 one too many.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, _rows);

    /// <summary>The number of each row of the last batch, NaN where missing; empty when the column holds no numbers.</summary>
    public virtual ReadOnlySpan<double> Numbers => default;

    /// <summary>The number of different values so far.</summary>
    protected abstract int Distinct { get; }

    /// <summary>Takes the next rows.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="label">The label's profiler, which has taken them already; null without a label.</param>
    public void Add(RowBatch batch, ColumnProfiler? label)
    {
        if (_codes.Length < batch.Count)
            _codes = new int[batch.Count];
        _rows = batch.Count;
        if (Column.Type is VectorDataViewType)
        {
            AddVectors(batch[Column.Index]);
            return;
        }

        AddScalars(batch, _codes);
        if (label is not null)
            Compare(label);
    }

    /// <summary>What was seen.</summary>
    public virtual ColumnProfile Result(long rows) => new(Column)
    {
        Count = Count,
        Missing = Missing,
        Distinct = Distinct > ColumnProfile.MostValues ? null : Distinct,
        EqualsLabel = rows >= FewestRowsToCompare
            && ((_oneToOne && _labelOfCode.Count > 1 && rows >= FewestRowsPerValue * Distinct) || (_sameNumbers && Count > 0 && _compared)),
    };

    protected abstract void AddScalars(RowBatch batch, Span<int> codes);

    protected abstract void AddVectors(ColumnBuffer vectors);

    // The two columns say the same as long as neither a value nor a label has met a second partner, or all their numbers are equal.
    private void Compare(ColumnProfiler label)
    {
        _compared = true;
        var labels = label.Codes;
        for (int row = 0; row < labels.Length && _oneToOne; row++)
        {
            var (code, other) = (_codes[row], labels[row]);
            _oneToOne = (code == -1 && other == -1) || (code >= 0 && other >= 0 && Meet(_labelOfCode, code, other) && Meet(_codeOfLabel, other, code));
        }

        _sameNumbers = _sameNumbers && _rows > 0 && Numbers.Length == _rows && Numbers.SequenceEqual(label.Numbers);
    }

    // Codes are numbered as they appear, so a new one is at most some rows without a partner ahead.
    private static bool Meet(List<int> partners, int own, int other)
    {
        while (partners.Count <= own)
            partners.Add(-1);
        if (partners[own] == -1)
            partners[own] = other;
        return partners[own] == other;
    }
}

/// <summary>Profiles numbers, truth values and keys.</summary>
internal sealed class NumberProfiler<T>(DataViewSchema.Column column) : ColumnProfiler(column)
{
    private readonly Func<T, double> _number = NumberConversion.Of<T, double>();
    private readonly bool _isKey = column.Type.KeyCount > 0;
    private readonly Dictionary<double, int> _values = [];
    private long _infinite;
    private double[] _numbers = [];
    private double _previous = double.NaN;
    private bool _numbersTheRows = true;

    public override ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, Codes.Length);

    protected override int Distinct => _values.Count;

    public override ColumnProfile Result(long rows) => base.Result(rows) with
    {
        Infinite = _infinite,
        NumbersTheRows = _numbersTheRows && rows > 2 && Column.Type is NumberDataViewType,
    };

    protected override void AddScalars(RowBatch batch, Span<int> codes)
    {
        var values = batch.Scalars<T>(Column.Index);
        if (_numbers.Length < values.Length)
            _numbers = new double[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            double value = _numbers[row] = _number(values[row]);
            codes[row] = Code(value);
            _numbersTheRows &= double.IsInteger(value) && (double.IsNaN(_previous) || value == _previous + 1);
            _previous = value;
        }
    }

    protected override void AddVectors(ColumnBuffer vectors)
    {
        _numbersTheRows = false;
        foreach (T value in ((VectorColumn<T>)vectors).Values)
            Code(_number(value));
    }

    private int Code(double value)
    {
        if (double.IsNaN(value) || (_isKey && value == 0))
        {
            Missing++;
            return -1;
        }

        if (double.IsInfinity(value))
        {
            _infinite++;
            return -2;
        }

        Count++;
        if (_values.Count > ColumnProfile.MostValues)
            return -2;
        ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, value, out bool known);
        return known ? code : code = _values.Count - 1;
    }
}

/// <summary>Profiles texts.</summary>
internal sealed class TextProfiler : ColumnProfiler
{
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private long _words;

    public TextProfiler(DataViewSchema.Column column) : base(column) => _lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();

    protected override int Distinct => _values.Count;

    public override ColumnProfile Result(long rows) => base.Result(rows) with { Words = Count == 0 ? 0 : (double)_words / Count };

    protected override void AddScalars(RowBatch batch, Span<int> codes)
    {
        var values = batch.Scalars<ReadOnlyMemory<char>>(Column.Index);
        for (int row = 0; row < values.Length; row++)
            codes[row] = Code(values[row].Span);
    }

    protected override void AddVectors(ColumnBuffer vectors)
    {
        foreach (var value in ((VectorColumn<ReadOnlyMemory<char>>)vectors).Values)
            Code(value.Span);
    }

    private int Code(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            Missing++;
            return -1;
        }

        Count++;
        bool inWord = false;
        foreach (char c in text)
        {
            bool blank = char.IsWhiteSpace(c);
            _words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }

        if (_values.Count > ColumnProfile.MostValues)
            return -2;
        if (_lookup.TryGetValue(text, out int code))
            return code;
        code = _values.Count;
        _values.Add(text.ToString(), code);
        return code;
    }
}

/// <summary>Profiles what has no missing value and is not compared: dates, times, identifiers, images.</summary>
internal sealed class OtherProfiler<T>(DataViewSchema.Column column) : ColumnProfiler(column)
{
    private readonly HashSet<T> _values = [];

    protected override int Distinct => _values.Count;

    protected override void AddScalars(RowBatch batch, Span<int> codes)
    {
        foreach (var value in batch.Scalars<T>(Column.Index))
            See(value);
        codes[..batch.Count].Fill(-2);
    }

    protected override void AddVectors(ColumnBuffer vectors)
    {
        foreach (var value in ((VectorColumn<T>)vectors).Values)
            See(value);
    }

    private void See(T value)
    {
        Count++;
        if (_values.Count <= ColumnProfile.MostValues)
            _values.Add(value);
    }
}
