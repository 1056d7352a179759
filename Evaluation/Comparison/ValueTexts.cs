using System.Globalization;
using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>The values of a column that holds no numbers, as texts; what is missing is empty.</summary>
internal sealed class ValueTexts<T>
{
    private const int MostKeys = 1000;

    private readonly bool _isKey;
    private readonly IReadOnlyList<string> _keys;

    /// <summary>Reads the names of a key's values, where there are not too many.</summary>
    public ValueTexts(DataViewSchema.Column column)
    {
        _isKey = column.Type.KeyCount > 0;
        _keys = column.Type.KeyCount is > 0 and <= MostKeys ? column.KeyValueTexts() : [];
    }

    /// <summary>The text of a value.</summary>
    public string Of(T value) => value switch
    {
        ReadOnlyMemory<char> characters => characters.ToString(),
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString("s", CultureInfo.InvariantCulture),
        IFormattable key when _isKey => KeyText(key),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private string KeyText(IFormattable key)
    {
        ulong number = Convert.ToUInt64(key, CultureInfo.InvariantCulture);
        return number == 0 ? "" : number <= (ulong)_keys.Count ? _keys[(int)number - 1] : key.ToString(null, CultureInfo.InvariantCulture);
    }
}
