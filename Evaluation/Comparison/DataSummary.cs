using System.Text.Json;
using MLPath.Data;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>A table at a glance: its columns, their types, what is missing and what is typical.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The visible columns, in order.</param>
public sealed record DataSummary(long Rows, IReadOnlyList<ColumnSummary> Columns)
{
    private const int MostValues = 1000;

    /// <summary>Summarises a view in one pass.</summary>
    /// <param name="view">The view.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public static DataSummary Of(IDataView view, CancellationToken cancellationToken = default)
    {
        var columns = view.Schema.Where(c => !c.IsHidden).ToList();
        var collectors = columns.ConvertAll(c => c.Type.Accept(new CollectorFactory(c)));
        long rows = 0;
        using (var cursor = view.GetBatchCursor(columns, cancellationToken))
        {
            while (cursor.MoveNext())
            {
                rows += cursor.Current.Count;
                for (int i = 0; i < columns.Count; i++)
                    collectors[i].Add(cursor.Current[columns[i].Index]);
            }
        }

        return new DataSummary(rows, [.. collectors.Select(c => c.Summarize())]);
    }

    /// <summary>The summary as the table of a report.</summary>
    public TableSection ToSection() => DataSections.Of(this);

    /// <summary>Writes members <c>rows</c> and <c>columns</c> into an open object, as in <c>mlpath.comparison</c>.</summary>
    /// <param name="json">The writer.</param>
    public void WriteTo(Utf8JsonWriter json) => ComparisonJson.WriteSummary(json, this);

    private abstract class Collector
    {
        public abstract void Add(ColumnBuffer buffer);

        public abstract ColumnSummary Summarize();
    }

    private sealed class CollectorFactory(DataViewSchema.Column column) : IRawTypeVisitor<Collector>
    {
        public Collector Visit<T>() => new Collector<T>(column);
    }

    private sealed class Collector<T>(DataViewSchema.Column column) : Collector
    {
        // Null for anything but numbers.
        private readonly Func<T, double>? _toDouble = column.Type.ItemTypeOrSelf is NumberDataViewType ? NumberConversion.Of<T, double>() : null;
        private readonly ValueTexts<T> _texts = new(column);
        private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
        private long _count;
        private long _missing;
        private long _infinite;
        private bool _tooMany;
        private double _mean;
        private double _squares;
        private double _minimum = double.PositiveInfinity;
        private double _maximum = double.NegativeInfinity;
        private bool _whole = true;

        public override void Add(ColumnBuffer buffer)
        {
            foreach (T value in buffer is ScalarColumn<T> scalars ? scalars.Values : ((VectorColumn<T>)buffer).Values)
            {
                if (_toDouble is not null)
                    AddNumber(_toDouble(value));
                else
                    AddValue(value);
            }
        }

        public override ColumnSummary Summarize() => new(column.Name, column.Type.ToString()!, _count, _missing)
        {
            Infinite = _infinite,
            Mean = _toDouble is not null && _count > 0 ? _mean : null,
            StandardDeviation = _toDouble is not null && _count > 1 ? Math.Sqrt(_squares / (_count - 1)) : null,
            Minimum = _toDouble is not null && _count > 0 ? _minimum : null,
            Maximum = _toDouble is not null && _count > 0 ? _maximum : null,
            IsWhole = _toDouble is not null && _count > 0 && _whole,
            Distinct = _toDouble is not null || _tooMany ? null : _values.Count,
            Values = _toDouble is not null || _tooMany
                ? []
                : [.. _values.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Select(v => KeyValuePair.Create(v.Key, v.Value))],
        };

        // Welford's update: stable where sums of squares cancel.
        private void AddNumber(double value)
        {
            if (double.IsNaN(value))
            {
                _missing++;
                return;
            }

            if (double.IsInfinity(value))
            {
                _infinite++;
                return;
            }

            _count++;
            _whole &= double.IsInteger(value);
            double delta = value - _mean;
            _mean += delta / _count;
            _squares += delta * (value - _mean);
            _minimum = Math.Min(_minimum, value);
            _maximum = Math.Max(_maximum, value);
        }

        private void AddValue(T value)
        {
            string text = _texts.Of(value);
            if (text.Length == 0)
            {
                _missing++;
                return;
            }

            _count++;
            if (_tooMany)
                return;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_values, text, out _)++;
            if (_values.Count > MostValues)
            {
                _tooMany = true;
                _values.Clear();
            }
        }
    }
}

/// <summary>One column at a glance. Of vectors, all slots count together.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type, in words.</param>
/// <param name="Count">The number of values that are there and finite.</param>
/// <param name="Missing">The number of missing values: NaN, empty text, key 0.</param>
public sealed record ColumnSummary(string Name, string Type, long Count, long Missing)
{
    /// <summary>The number of infinite values.</summary>
    public long Infinite { get; init; }

    /// <summary>The mean of numbers; null for anything else.</summary>
    public double? Mean { get; init; }

    /// <summary>The sample standard deviation of numbers; null for anything else, and with fewer than two.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The least number; null for anything else.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest number; null for anything else.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether all numbers are whole; false for anything else.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The number of different values of anything but numbers; null for numbers, and above 1000.</summary>
    public int? Distinct { get; init; }

    /// <summary>The different values with their counts, most frequent first; empty for numbers, and above 1000.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Values { get; init; } = [];
}
