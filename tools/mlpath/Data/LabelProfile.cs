using System.Globalization;
using MLPath.Data;

namespace MLPath.Tool.Data;

/// <summary>What a column looks like as a label.</summary>
/// <param name="Column">The column.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Missing">How many of them have no value: NaN, empty text, key 0.</param>
/// <param name="Distinct">How many different values there are.</param>
/// <param name="AreWhole">Whether all values are whole numbers.</param>
/// <param name="Infinite">How many values are infinite.</param>
internal sealed record LabelProfile(DataViewSchema.Column Column, long Rows, long Missing, int Distinct, bool AreWhole, long Infinite)
{
    /// <summary>Whether the column holds numbers.</summary>
    public bool IsNumber => Column.Type is NumberDataViewType;

    /// <summary>The number of rows that have a value.</summary>
    public long Labelled => Rows - Missing;

    /// <summary>What its values are, in words.</summary>
    public string Kind => Column.Type switch
    {
        NumberDataViewType => AreWhole ? "a whole number" : "a number",
        TextDataViewType => "text",
        BooleanDataViewType => "true or false",
        _ => "a category",
    };

    /// <summary>Reads a column.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="column">A column of numbers, text, Booleans or keys.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    /// <exception cref="SchemaException">The column has a type that no label has.</exception>
    public static LabelProfile Of(IDataView view, DataViewSchema.Column column, CancellationToken cancellationToken) =>
        column.Type is NumberDataViewType or TextDataViewType or BooleanDataViewType or KeyDataViewType
            ? column.Type.Accept(new Reader(view, column, cancellationToken))
            : throw SchemaException.WrongType(
                column.Name, "a number, text, Boolean or key as label", column.Type.ToString()!, "Choose another with --label.");

    private sealed class Reader(IDataView view, DataViewSchema.Column column, CancellationToken cancellationToken) : IRawTypeVisitor<LabelProfile>
    {
        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
        private long _missing;
        private long _infinite;
        private bool _whole = true;

        public LabelProfile Visit<T>()
        {
            var values = new HashSet<T>();
            long rows = 0;
            using var cursor = view.GetBatchCursor([column], cancellationToken);
            while (cursor.MoveNext())
            {
                rows += cursor.Current.Count;
                foreach (T value in cursor.Current.Scalars<T>(column.Index))
                {
                    if (IsMissing(value))
                        _missing++;
                    else if (value is ReadOnlyMemory<char> text)
                        _texts.Add(text.ToString());
                    else if (values.Add(value))
                        LookAtNumber(value);
                }
            }

            return new LabelProfile(column, rows, _missing, values.Count + _texts.Count, _whole, _infinite);
        }

        private bool IsMissing<T>(T value) => value switch
        {
            ReadOnlyMemory<char> text => text.IsEmpty,
            float number => float.IsNaN(number),
            double number => double.IsNaN(number),
            IConvertible key when column.Type is KeyDataViewType => key.ToUInt64(CultureInfo.InvariantCulture) == 0,
            _ => false,
        };

        private void LookAtNumber<T>(T value)
        {
            double number = value switch { float single => single, double d => d, _ => 0 };
            _whole &= double.IsInteger(number) || double.IsInfinity(number);
            _infinite += double.IsInfinity(number) ? 1 : 0;
        }
    }
}
