using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>The values of one column, batch by batch: as numbers, or as places among its most frequent texts.</summary>
internal abstract class ProfileReader(ColumnSummary summary, bool isNumber)
{
    /// <summary>The column at a glance.</summary>
    public ColumnSummary Summary { get; } = summary;

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumber { get; } = isNumber;

    /// <summary>Of numbers: the values of the batch read last, of vectors all slots one row after the other; NaN is missing.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>Of texts: their places among the summary's values, −1 for missing ones and for those of columns with too many.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>Reads a batch.</summary>
    public abstract void Read(ColumnBuffer buffer);

    /// <summary>Makes the reader of a column.</summary>
    public sealed class Factory(DataViewSchema.Column column, ColumnSummary summary) : IRawTypeVisitor<ProfileReader>
    {
        public ProfileReader Visit<T>() => new Reader<T>(column, summary);
    }

    private sealed class Reader<T>(DataViewSchema.Column column, ColumnSummary summary)
        : ProfileReader(summary, column.Type.ItemTypeOrSelf is NumberDataViewType)
    {
        private readonly Func<T, double>? _toDouble = column.Type.ItemTypeOrSelf is NumberDataViewType ? NumberConversion.Of<T, double>() : null;
        private readonly ValueTexts<T> _texts = new(column);
        private readonly Dictionary<string, int> _codes = summary.Values.Select((v, i) => (v.Key, i)).ToDictionary(v => v.Key, v => v.i, StringComparer.Ordinal);

        public override void Read(ColumnBuffer buffer)
        {
            Numbers.Clear();
            Codes.Clear();
            foreach (T value in buffer is ScalarColumn<T> scalars ? scalars.Values : ((VectorColumn<T>)buffer).Values)
            {
                if (_toDouble is not null)
                    Numbers.Add(_toDouble(value));
                else
                    Codes.Add(_codes.GetValueOrDefault(_texts.Of(value), -1));
            }
        }
    }
}
