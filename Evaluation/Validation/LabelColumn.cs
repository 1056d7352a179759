using System.Globalization;
using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Evaluation;

/// <summary>What is in a raw label column, and how it becomes the label of the type that trainers need.</summary>
public sealed class LabelColumn
{
    /// <summary>The most different values that are told apart; a column with more of them has no classes.</summary>
    public const int MostClasses = 100_000;

    private readonly Values _values;

    private LabelColumn(DataViewSchema.Column column, Values values) => (Name, Type, _values) = (column.Name, column.Type, values);

    /// <summary>The column.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public DataViewType Type { get; }

    /// <summary>The different values, as texts, in order of value; missing ones apart. Empty with more than <see cref="MostClasses"/>.</summary>
    public IReadOnlyList<string> Classes => _values.Texts;

    /// <summary>The number of rows of each of <see cref="Classes"/>.</summary>
    public IReadOnlyList<long> Counts => _values.Counts;

    /// <summary>The number of rows without a label: NaN, empty text, key 0.</summary>
    public long Missing => _values.Missing;

    /// <summary>The number of rows with a label.</summary>
    public long Rows => _values.Rows;

    /// <summary>Whether there are more than <see cref="MostClasses"/> different values.</summary>
    public bool HasTooManyClasses => _values.TooMany;

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumber => Type is NumberDataViewType;

    /// <summary>Whether all its numbers are whole.</summary>
    public bool AreWholeNumbers => _values.AreWhole;

    /// <summary>Of two values the one that fewer rows have, the last one when as many have both: what stands for anomalies, unless it is said.</summary>
    /// <exception cref="DataException">The column has not two values.</exception>
    public string RarerClass => Classes.Count != 2
        ? throw new DataException($"Label '{Name}' has {Different} different values; a row is an anomaly or not. Name a column of two values as the label.")
        : Counts[0] < Counts[1] ? Classes[0] : Classes[1];

    /// <summary>Looks at a column in one pass.</summary>
    /// <param name="view">The data.</param>
    /// <param name="name">The column: text, number, Boolean, key, date or time.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    /// <exception cref="SchemaException">There is no such column, or it holds vectors.</exception>
    public static LabelColumn Inspect(IDataView view, string name, CancellationToken cancellationToken = default)
    {
        var column = view.Schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, view.Schema.VisibleNames, "label column");
        if (column.Type is VectorDataViewType)
            throw SchemaException.WrongType(name, "a column of single values as the label", column.Type.ToString()!);
        var values = column.Type.Accept(new ValuesFactory(column));
        using var cursor = view.GetBatchCursor([column], cancellationToken);
        while (cursor.MoveNext())
            values.Add(cursor.Current[column.Index]);
        values.Complete();
        return new LabelColumn(column, values);
    }

    /// <summary>The rows that have a label.</summary>
    /// <param name="view">The data that were looked at.</param>
    /// <returns>The view itself where no label is missing.</returns>
    public IDataView RowsWithLabel(IDataView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Missing == 0 ? view : new DataOperationsCatalog(new Runtime.MLEnvironment(0)).FilterRowsByMissingValues(view, Name);
    }

    /// <summary>The step that makes a Boolean label of a column with two values.</summary>
    /// <param name="output">The column to make.</param>
    /// <param name="positive">The value that counts as positive, as text; null takes the last of <see cref="Classes"/>.</param>
    /// <exception cref="DataException">The column has not two values.</exception>
    /// <exception cref="SchemaException">There is no such value.</exception>
    public IEstimator<ITransformer> ToBoolean(string output, string? positive = null)
    {
        if (Classes.Count != 2)
            throw new DataException($"Label '{Name}' has {Different} different values; binary classification needs two. {HowToGoOn}");
        int index = PositiveIndex(positive);
        return _values.ToBoolean(output, Name, index);
    }

    /// <summary>What the Boolean label of <see cref="ToBoolean"/> stands for: the negative value, then the positive one.</summary>
    /// <param name="positive">The value that counts as positive, as text; null takes the last of <see cref="Classes"/>.</param>
    public IReadOnlyList<string> BinaryClasses(string? positive = null)
    {
        int index = PositiveIndex(positive);
        return [Classes[1 - index], Classes[index]];
    }

    /// <summary>The step that makes a key label; its keys stand for the values in order.</summary>
    /// <param name="output">The column to make.</param>
    /// <exception cref="DataException">The column has fewer than two values, or so many that they cannot be classes.</exception>
    public IEstimator<ITransformer> ToKey(string output)
    {
        if (Rows == 0 || Classes.Count == 1)
            throw new DataException($"Label '{Name}' has {(Classes.Count == 0 ? "no value" : $"one value only, '{Classes[0]}'")}; there is nothing to tell apart.");
        if (HasTooManyClasses || (Classes.Count > 1000 && Classes.Count > Rows / 10))
            throw new DataException($"Label '{Name}' has {Different} different values in {Rows} rows, too many to be classes. {HowToGoOn}");
        return Type is KeyDataViewType
            ? new ColumnCopyingEstimator(new InputOutputColumnPair(output, Name))
            : new ValueToKeyMappingEstimator([new InputOutputColumnPair(output, Name)], keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
    }

    /// <summary>The step that makes a label of type Single.</summary>
    /// <param name="output">The column to make.</param>
    /// <exception cref="SchemaException">The column holds no numbers of type Single.</exception>
    public IEstimator<ITransformer> ToSingle(string output) => Type == NumberDataViewType.Single
        ? new ColumnCopyingEstimator(new InputOutputColumnPair(output, Name))
        : throw SchemaException.WrongType(Name, "Single (a number) for regression", Type.ToString()!, IsNumber ? "Load it as Single." : "Name a column of numbers as the label.");

    private string Different => HasTooManyClasses
        ? string.Create(CultureInfo.InvariantCulture, $"more than {MostClasses}")
        : string.Create(CultureInfo.InvariantCulture, $"{Classes.Count}");

    private string HowToGoOn => IsNumber ? "For a number to predict, choose regression." : "Name another column as the label.";

    private int PositiveIndex(string? positive)
    {
        if (positive is null)
            return Classes.Count - 1;
        int index = Classes.ToList().IndexOf(positive);
        return index >= 0
            ? index
            : throw new SchemaException($"Label '{Name}' has no value '{positive}' to count as positive. {Runtime.NearestName.List("The values are", Classes.ToList())}");
    }

    private abstract class Values
    {
        public IReadOnlyList<string> Texts { get; protected set; } = [];

        public IReadOnlyList<long> Counts { get; protected set; } = [];

        public long Missing { get; protected set; }

        public long Rows { get; protected set; }

        public bool TooMany { get; protected set; }

        public bool AreWhole { get; protected set; } = true;

        public abstract void Add(ColumnBuffer buffer);

        public abstract void Complete();

        public abstract IEstimator<ITransformer> ToBoolean(string output, string input, int positive);
    }

    private sealed class ValuesFactory(DataViewSchema.Column column) : IRawTypeVisitor<Values>
    {
        public Values Visit<T>() => typeof(T) == typeof(ReadOnlyMemory<char>) ? new Values<string>(column) : new Values<T>(column);
    }

    private sealed class Values<T>(DataViewSchema.Column column) : Values
    {
        private readonly Dictionary<Present, long> _counts = [];
        private T[] _sorted = [];

        // A dictionary's keys are not null; a struct around the value says so for every T.
        private readonly record struct Present(T Value);

        public override void Add(ColumnBuffer buffer)
        {
            if (buffer is ScalarColumn<ReadOnlyMemory<char>> texts)
            {
                for (int i = 0; i < texts.Count; i++)
                    Count((T)(object)texts.Values[i].ToString());
                return;
            }

            var values = ((ScalarColumn<T>)buffer).Values;
            foreach (var value in values)
                Count(value);
        }

        public override void Complete()
        {
            var comparer = typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;
            _sorted = [.. _counts.Keys.Select(k => k.Value).Order(comparer)];
            Counts = [.. _sorted.Select(v => _counts[new Present(v)])];
            var keys = column.Type is KeyDataViewType ? column.KeyValueTexts() : null;
            Texts = [.. _sorted.Select(v => keys is null ? Text(v) : keys[(int)Convert.ToUInt64(v, CultureInfo.InvariantCulture) - 1])];
        }

        public override IEstimator<ITransformer> ToBoolean(string output, string input, int positive)
        {
            if (column.Type is BooleanDataViewType && positive == 1)
                return new ColumnCopyingEstimator(new InputOutputColumnPair(output, input));
            if (column.Type is KeyDataViewType or not (TextDataViewType or NumberDataViewType or BooleanDataViewType))
                throw SchemaException.WrongType(input, "text, a number or a Boolean as the label of two classes", column.Type.ToString()!);
            return ValueMappingEstimator.Create(
                new InputOutputColumnPair(output, input), [KeyValuePair.Create(_sorted[0], positive == 0), KeyValuePair.Create(_sorted[1], positive == 1)]);
        }

        private void Count(T value)
        {
            if (IsMissing(value))
            {
                Missing++;
                return;
            }

            Rows++;

            if (value is float single && single != MathF.Floor(single) || value is double real && real != Math.Floor(real))
                AreWhole = false;
            if (TooMany)
                return;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, new Present(value), out _)++;
            if (_counts.Count > MostClasses)
            {
                TooMany = true;
                _counts.Clear();
                _counts.TrimExcess();
            }
        }

        private bool IsMissing(T value) => value switch
        {
            string text => text.Length == 0,
            float single => float.IsNaN(single),
            double real => double.IsNaN(real),
            IConvertible number when column.Type is KeyDataViewType => number.ToUInt64(CultureInfo.InvariantCulture) == 0,
            _ => false,
        };

        private static string Text(T value) => value switch
        {
            bool truth => truth ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };
    }
}
