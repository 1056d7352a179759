using System.Text;
using MLPath.Data;
using MLPath.Datasets.Text;
using MLPath.Runtime;

namespace MLPath.Datasets.Formats.Arff;

/// <summary>Reads the values of one attribute into a column buffer.</summary>
/// <param name="attribute">The attribute.</param>
internal abstract class ArffColumn(ArffAttribute attribute)
{
    /// <summary>The values read since the batch began.</summary>
    public abstract ColumnBuffer Buffer { get; }

    /// <summary>Reads a value.</summary>
    public abstract void Read(ReadOnlySpan<byte> text, ByteLines lines);

    /// <summary>Adds what stands for <c>?</c>.</summary>
    public abstract void AddMissing();

    /// <summary>Adds what a sparse row means by leaving the attribute out: 0, the first value, the empty text.</summary>
    public abstract void AddOmitted();

    /// <summary>Makes the column of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">The column's type: text also for dates of which some are missing.</param>
    public static ArffColumn Create(ArffAttribute attribute, DataViewType type) => type switch
    {
        KeyDataViewType key => new Keys(attribute, key),
        TextDataViewType => new Texts(attribute),
        DateTimeDataViewType => new Dates(attribute),
        _ => new Numbers(attribute),
    };

    protected DataException Error(ReadOnlySpan<byte> text, string expected, ByteLines lines) =>
        lines.Error($"attribute {FormatError.Quote(attribute.Name)} has {FormatError.Quote(text)}; expected {expected}");

    private sealed class Numbers(ArffAttribute attribute) : ArffColumn(attribute)
    {
        private readonly ScalarColumn<float> _values = new(NumberDataViewType.Single);

        public override ColumnBuffer Buffer => _values;

        public override void Read(ReadOnlySpan<byte> text, ByteLines lines) =>
            _values.Add(DecimalNumber.TryParse(text, out float value) ? value : throw Error(text, "a number or ?", lines));

        public override void AddMissing() => _values.Add(float.NaN);

        public override void AddOmitted() => _values.Add(0);
    }

    private sealed class Keys : ArffColumn
    {
        private readonly ArffAttribute _attribute;
        private readonly ScalarColumn<uint> _values;
        private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _keys;
        private char[] _text = new char[64];

        public Keys(ArffAttribute attribute, KeyDataViewType type) : base(attribute)
        {
            _attribute = attribute;
            _values = new ScalarColumn<uint>(type);
            _keys = attribute.Values.Select((value, i) => (value, i)).ToDictionary(v => v.value, v => (uint)(v.i + 1), StringComparer.Ordinal)
                .GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public override ColumnBuffer Buffer => _values;

        public override void Read(ReadOnlySpan<byte> text, ByteLines lines)
        {
            if (text.Length > _text.Length) _text = new char[text.Length];
            var value = _text.AsSpan(0, Encoding.UTF8.GetChars(text, _text));
            if (!_keys.TryGetValue(value, out uint key))
            {
                string list = NearestName.List("one of its values", _attribute.Values);
                throw Error(text, $"? or {list[..^1]}", lines);
            }
            _values.Add(key);
        }

        public override void AddMissing() => _values.Add(0);

        public override void AddOmitted() => _values.Add(1);
    }

    private sealed class Texts(ArffAttribute attribute) : ArffColumn(attribute)
    {
        private readonly ScalarColumn<ReadOnlyMemory<char>> _values = new(TextDataViewType.Instance);
        private readonly TextCells _texts = new();

        public override ColumnBuffer Buffer => _values;

        public override void Read(ReadOnlySpan<byte> text, ByteLines lines) => _values.Add(_texts.Add(text));

        public override void AddMissing() => _values.Add(default);

        public override void AddOmitted() => _values.Add(default);
    }

    private sealed class Dates(ArffAttribute attribute) : ArffColumn(attribute)
    {
        private readonly ScalarColumn<DateTime> _values = new(DateTimeDataViewType.Instance);
        private readonly JavaDateFormat _format = attribute.DateFormat!;

        public override ColumnBuffer Buffer => _values;

        public override void Read(ReadOnlySpan<byte> text, ByteLines lines) =>
            _values.Add(_format.TryParse(text, out var value) ? value : throw Error(text, "a date in the format declared", lines));

        // The first reading learns of missing dates, and makes such a column text.
        public override void AddMissing() => _values.Add(default);

        public override void AddOmitted() => _values.Add(DateTime.UnixEpoch);
    }
}
