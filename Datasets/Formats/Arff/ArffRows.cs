using System.Globalization;
using MLPath.Data;
using MLPath.Datasets.Text;

namespace MLPath.Datasets.Formats.Arff;

/// <summary>
/// The rows of an ARFF file: dense <c>v, v, …</c> or sparse <c>{i v, i v, …}</c>, each with its weight <c>{w}</c> behind it or without.
/// </summary>
internal sealed class ArffRows : IRowReader
{
    private readonly ByteLines _lines;
    private readonly ArffAttribute[] _attributes;
    private readonly ArffColumn?[] _columns;
    private readonly ScalarColumn<float>? _weights;

    /// <summary>Reads rows.</summary>
    /// <param name="lines">The file, behind its header; disposed with this.</param>
    /// <param name="attributes">The attributes.</param>
    /// <param name="columns">The columns to read; null for an attribute that is passed over.</param>
    /// <param name="weights">Takes the weights; null where they are passed over.</param>
    public ArffRows(ByteLines lines, ArffAttribute[] attributes, ArffColumn?[] columns, ScalarColumn<float>? weights)
    {
        (_lines, _attributes, _columns, _weights) = (lines, attributes, columns, weights);
        MissingSeen = new bool[attributes.Length];
    }

    /// <summary>Which attributes were <c>?</c> in a row.</summary>
    public bool[] MissingSeen { get; }

    /// <summary>Whether a row had a weight.</summary>
    public bool WeightSeen { get; private set; }

    public ColumnBuffer? Buffer(int column) => column < _columns.Length ? _columns[column]?.Buffer : _weights;

    public void BeginBatch()
    {
        foreach (var column in _columns) column?.Buffer.Clear();
        _weights?.Clear();
    }

    public bool Read()
    {
        while (_lines.TryRead(out var line))
        {
            var scanner = new ArffScanner(line, _lines);
            var token = scanner.Next();
            if (token == ArffToken.End) continue;
            token = token == ArffToken.Open ? ReadSparse(ref scanner) : ReadDense(ref scanner, token);
            ReadWeight(ref scanner, token);
            return true;
        }
        return false;
    }

    public void Dispose() => _lines.Dispose();

    // Returns the token behind the last value.
    private ArffToken ReadDense(ref ArffScanner scanner, ArffToken token)
    {
        for (int i = 0; i < _attributes.Length; i++)
        {
            if (i > 0)
            {
                if (token == ArffToken.Comma) token = scanner.Next();
                if (token == ArffToken.End) throw _lines.Error($"the row has {i} values; {_attributes.Length} attributes are declared");
            }
            AddValue(ref scanner, token, i);
            token = scanner.Next();
        }
        return token;
    }

    private ArffToken ReadSparse(ref ArffScanner scanner)
    {
        int next = 0;
        for (var token = scanner.Next(); token != ArffToken.Close; token = scanner.Next())
        {
            if (token == ArffToken.Comma) continue;
            if (token != ArffToken.Word || !int.TryParse(scanner.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                throw _lines.Error("a sparse row is {index value, index value, …} on one line; an index was expected, a whole number from 0");
            if (index < next || index >= _attributes.Length)
                throw _lines.Error($"index {index} of a sparse row is not between {next} and {_attributes.Length - 1}; indices increase from 0");
            for (; next < index; next++) _columns[next]?.AddOmitted();
            AddValue(ref scanner, scanner.Next(), next++);
        }
        for (; next < _attributes.Length; next++) _columns[next]?.AddOmitted();
        return scanner.Next();
    }

    private void AddValue(ref ArffScanner scanner, ArffToken token, int attribute)
    {
        if (token is not (ArffToken.Word or ArffToken.Quoted))
            throw _lines.Error($"attribute {FormatError.Quote(_attributes[attribute].Name)} has no value; a missing one is written ?");
        if (token == ArffToken.Word && scanner.Text is [(byte)'?'])
        {
            MissingSeen[attribute] = true;
            _columns[attribute]?.AddMissing();
            return;
        }
        _columns[attribute]?.Read(scanner.Text, _lines);
    }

    private void ReadWeight(ref ArffScanner scanner, ArffToken token)
    {
        float weight = 1;
        if (token == ArffToken.Comma) token = scanner.Next();
        if (token == ArffToken.Open)
        {
            if (scanner.Next() != ArffToken.Word || !DecimalNumber.TryParse(scanner.Text, out weight) || scanner.Next() != ArffToken.Close)
                throw _lines.Error("the weight of a row is a number in braces, {0.5}");
            WeightSeen = true;
            token = scanner.Next();
        }
        if (token != ArffToken.End) throw _lines.Error($"the row has more than {_attributes.Length} values, as many as attributes are declared");
        _weights?.Add(weight);
    }
}
