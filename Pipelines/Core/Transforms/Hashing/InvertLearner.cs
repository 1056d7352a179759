using System.Globalization;
using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Learns which values of a column have become which keys, in the order in which they occur.</summary>
internal abstract class InvertLearner(DataViewSchema.Column column) : ColumnLearner(column)
{
    /// <summary>Creates a learner.</summary>
    public static InvertLearner Create(DataViewSchema.Column column, HashingEstimator.ColumnOptions options) =>
        column.Type.Accept(new Factory(column, options));

    /// <summary>A text for each key; empty for a key that did not occur.</summary>
    public abstract VBuffer<ReadOnlyMemory<char>> Inverts();

    private sealed class Factory(DataViewSchema.Column column, HashingEstimator.ColumnOptions options) : IRawTypeVisitor<InvertLearner>
    {
        public InvertLearner Visit<T>() => new InvertLearner<T>(column, options);
    }
}

/// <summary>Learns which values of a raw type have become which keys.</summary>
internal sealed class InvertLearner<T>(DataViewSchema.Column column, HashingEstimator.ColumnOptions options) : InvertLearner(column)
{
    private readonly HashMap<T> _map = new(column.Type, options);
    private readonly IReadOnlyList<string>? _keyTexts = column.Type.KeyCount is > 0 and <= int.MaxValue && column.HasKeyValues() ? column.KeyValueTexts() : null;
    private readonly bool _withPosition = options.UseOrderedHashing && column.Type is VectorDataViewType;
    private readonly int _maximum = options.MaximumNumberOfInverts == -1 ? int.MaxValue : options.MaximumNumberOfInverts;
    private readonly Dictionary<uint, List<string>> _texts = [];
    private readonly HashSet<(uint Key, string Text)> _seen = [];
    private T[] _row = [];

    public override void Add(RowBatch batch, int rows)
    {
        var vectors = batch[Column.Index] as VectorColumn<T>;
        for (int row = 0; row < rows; row++)
        {
            if (vectors is null)
            {
                Add(batch.Scalars<T>(Column.Index)[row], 0);
                continue;
            }

            int length = vectors.RowLength(row);
            if (_row.Length < length)
                _row = new T[Math.Max(length, 2 * _row.Length)];
            vectors.CopyRowTo(row, _row);
            for (int i = 0; i < length; i++)
                Add(_row[i], i);
        }
    }

    public override VBuffer<ReadOnlyMemory<char>> Inverts()
    {
        uint[] keys = [.. _texts.Keys.Order()];
        return new VBuffer<ReadOnlyMemory<char>>((int)options.KeyCount, keys.Length,
            [.. keys.Select(key => (_texts[key] is [var one] ? one : $"{{{string.Join(',', _texts[key])}}}").AsMemory())],
            [.. keys.Select(key => (int)key - 1)]);
    }

    private void Add(T value, int position)
    {
        uint key = _map.Key(value, position);
        if (key == 0)
            return;
        var texts = CollectionsMarshal.GetValueRefOrAddDefault(_texts, key, out _) ??= [];
        if (texts.Count >= _maximum)
            return;
        string text = _keyTexts is null ? PrimitiveValues<T>.Text(value).Trim(' ') : Data.KeyValue.Text(Data.KeyValue.Number(value), _keyTexts) ?? "";
        if (_withPosition)
            text = string.Create(CultureInfo.InvariantCulture, $"{position}:{text}");
        if (_seen.Add((key, text)))
            texts.Add(text);
    }
}
