using System.Buffers;
using System.Globalization;
using System.Text;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Arff;

/// <summary>Writes the rows of a view as an ARFF file.</summary>
internal static class ArffSaver
{
    private const string DatePattern = "yyyy-MM-dd'T'HH:mm:ss.SSS";

    /// <summary>Keys without values are listed by number up to this many, and numeric beyond.</summary>
    private const ulong MostUnnamedKeys = 1000;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the visible columns.</summary>
    public static void Save(IDataView data, Stream stream, string relationName, CancellationToken cancellationToken)
    {
        var columns = SavableColumns.Of(data.Schema, keepHidden: false, "an ARFF file");
        using var writer = new StreamWriter(stream, s_utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"@relation {Quote(relationName)}");
        writer.WriteLine();
        var cells = columns.Select(c => c.Type.Accept(new Declaration(c, writer))).ToArray();
        writer.WriteLine();
        writer.WriteLine("@data");
        using var cursor = data.GetBatchCursor(columns, cancellationToken);
        while (cursor.MoveNext())
        {
            for (int row = 0; row < cursor.Current.Count; row++)
            {
                for (int i = 0; i < cells.Length; i++)
                {
                    if (i > 0) writer.Write(',');
                    cells[i](cursor.Current[columns[i].Index], row);
                }
                writer.WriteLine();
            }
        }
    }

    private static readonly SearchValues<char> Special = SearchValues.Create(" ,{}'\"%\\");

    /// <summary>Text as ARFF takes it: in quotes where it would otherwise be several words or something else.</summary>
    private static string Quote(string text)
    {
        bool plain = text.Length > 0 && text != "?" && !text.AsSpan().ContainsAny(Special) && !text.Any(char.IsControl);
        if (plain) return text;
        var quoted = new StringBuilder("'");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\'' or '\\' => $"\\{c}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('\'').ToString();
    }

    /// <summary>Declares the attributes of a column, and gives what writes its cells.</summary>
    private sealed class Declaration(DataViewSchema.Column column, TextWriter writer) : IRawTypeVisitor<Action<ColumnBuffer, int>>
    {
        public Action<ColumnBuffer, int> Visit<T>()
        {
            var item = (PrimitiveDataViewType)column.Type.ItemTypeOrSelf;
            string type = AttributeType(item);
            var text = Text<T>(item);
            if (column.Type is not VectorDataViewType vector)
            {
                writer.WriteLine($"@attribute {Quote(column.Name)} {type}");
                return (values, row) => writer.Write(text(((ScalarColumn<T>)values).Values[row]));
            }
            if (!vector.IsKnownSize)
                throw SchemaException.WrongType(column.Name, "a vector of known size", vector.ToString(), "ARFF has as many values in every row.");
            bool named = column.HasSlotNames();
            foreach (string slot in column.SlotNamesOrDefault()) writer.WriteLine($"@attribute {Quote(named ? $"{column.Name}.{slot}" : slot)} {type}");
            var items = new T[vector.Size];
            return (values, row) =>
            {
                ((VectorColumn<T>)values).CopyRowTo(row, items);
                for (int i = 0; i < items.Length; i++)
                {
                    if (i > 0) writer.Write(',');
                    writer.Write(text(items[i]));
                }
            };
        }

        private string AttributeType(PrimitiveDataViewType item) => item switch
        {
            KeyDataViewType key when IsNominal(key) => $"{{{string.Join(',', column.KeyValueTexts().Select(Quote))}}}",
            NumberDataViewType or KeyDataViewType => "numeric",
            BooleanDataViewType => "{false,true}",
            DateTimeDataViewType => $"date \"{DatePattern}\"",
            _ => "string",
        };

        private bool IsNominal(KeyDataViewType key) => column.HasKeyValues() || key.Count <= MostUnnamedKeys;

        private Func<T, string> Text<T>(PrimitiveDataViewType item)
        {
            switch (item)
            {
                case KeyDataViewType key when IsNominal(key):
                    string[] values = ["?", .. column.KeyValueTexts().Select(Quote)];
                    return value => values[Convert.ToInt32(value, CultureInfo.InvariantCulture)];
                case KeyDataViewType:
                    return value => EqualityComparer<T>.Default.Equals(value, default) ? "?" : Invariant(value);
                case BooleanDataViewType:
                    return value => value is true ? "true" : "false";
                case TextDataViewType:
                    return value => value is ReadOnlyMemory<char> { IsEmpty: false } text ? Quote(text.ToString()) : "?";
                case DateTimeDataViewType:
                    return value => value is DateTime time ? time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) : "?";
                case NumberDataViewType:
                    return Number;
                default:
                    return value => Quote(Invariant(value));
            }
        }

        private string Number<T>(T value)
        {
            double number = value is float single ? single : value is double wide ? wide : 0;
            if (double.IsNaN(number)) return "?";
            return double.IsFinite(number)
                ? Invariant(value)
                : throw new DataException($"Column '{column.Name}' has an infinite value, which ARFF cannot hold. Replace or filter such values.");
        }

        private static string Invariant<T>(T value) => value switch
        {
            DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
            DataViewRowId id => new UInt128(id.High, id.Low).ToString("x32", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "?",
        };
    }
}
