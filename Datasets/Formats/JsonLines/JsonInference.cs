using System.Text.Json;
using MLPath.Data;
using MLPath.Datasets.Text;

namespace MLPath.Datasets.Formats.JsonLines;

/// <summary>Learns the types of columns from all values.</summary>
internal sealed class JsonInference : IJsonValues
{
    private readonly List<Seen> _columns = [];
    private long _rows;

    /// <summary>Reads a whole file.</summary>
    public void Read(JsonRowWalker walker, CancellationToken cancellationToken)
    {
        while (walker.TryRead(this))
        {
            if (++_rows % RowBatch.DefaultSize == 0) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Take(int column, ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row)
    {
        while (_columns.Count <= column) _columns.Add(new Seen());
        var seen = _columns[column];
        if (seen.LastRow == _rows + 1) throw row.Error($"property {FormatError.Quote(row.Columns[column])} occurs twice");
        seen.LastRow = _rows + 1;
        if (json.TokenType == JsonTokenType.Null) return;
        seen.Values++;
        seen.Kinds |= json.TokenType switch
        {
            JsonTokenType.Number => Kinds.Number,
            JsonTokenType.True or JsonTokenType.False => Kinds.Boolean,
            JsonTokenType.String => !json.ValueIsEscaped && IsoDateTime.TryParse(json.ValueSpan, out DateTime _) ? Kinds.Date : Kinds.Text,
            _ => ReadArray(ref json, seen),
        };
    }

    /// <summary>The type of a column.</summary>
    public DataViewType TypeOf(int column)
    {
        var seen = _columns[column];
        // Booleans and dates have no missing value.
        bool complete = seen.Values == _rows;
        switch (seen.Kinds)
        {
            case Kinds.None or Kinds.Number:
                return NumberDataViewType.Single;
            case Kinds.Boolean when complete:
                return BooleanDataViewType.Instance;
            case Kinds.Date when complete:
                return DateTimeDataViewType.Instance;
            case Kinds.EmptyArray or Kinds.Numbers or Kinds.Numbers | Kinds.EmptyArray:
                return Vector(NumberDataViewType.Single, seen, complete);
            case Kinds.Texts or Kinds.Texts | Kinds.EmptyArray:
                return Vector(TextDataViewType.Instance, seen, complete);
            default:
                return TextDataViewType.Instance;
        }
    }

    private static VectorDataViewType Vector(PrimitiveDataViewType item, Seen seen, bool complete) =>
        complete && seen.Shortest == seen.Longest ? new VectorDataViewType(item, seen.Longest) : new VectorDataViewType(item);

    private static Kinds ReadArray(ref Utf8JsonReader json, Seen seen)
    {
        var kind = Kinds.EmptyArray;
        int length = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            length++;
            var item = json.TokenType switch
            {
                JsonTokenType.Number => Kinds.Numbers,
                JsonTokenType.String => Kinds.Texts,
                JsonTokenType.Null => kind,
                _ => Kinds.Other,
            };
            kind = kind == Kinds.EmptyArray || kind == item ? item : Kinds.Other;
            json.Skip();
        }
        // Of nulls only: numbers, all missing.
        if (length > 0 && kind == Kinds.EmptyArray) kind = Kinds.Numbers;
        seen.Shortest = Math.Min(seen.Shortest, length);
        seen.Longest = Math.Max(seen.Longest, length);
        return kind;
    }

    [Flags]
    private enum Kinds
    {
        None = 0,
        Number = 1,
        Boolean = 2,
        Date = 4,
        Text = 8,
        EmptyArray = 16,
        Numbers = 32,
        Texts = 64,
        Other = 128,
    }

    private sealed class Seen
    {
        public Kinds Kinds { get; set; }

        public long Values { get; set; }

        public long LastRow { get; set; }

        public int Shortest { get; set; } = int.MaxValue;

        public int Longest { get; set; }
    }
}
