using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>How texts are brought into one form and split into words, before features are made of them.</summary>
/// <param name="Normalization">What is done to their characters; null for nothing.</param>
/// <param name="StopWords">The words to leave out; null for none.</param>
/// <param name="Frequencies">Where not null, a text is a list of terms with their frequencies rather than words between spaces.</param>
internal sealed record TextReading(TextNormalization? Normalization, StopWordSet? StopWords, TermFrequencies? Frequencies = null)
{
    public void Save(ModelSaveContext context)
    {
        context.Write("Normalizes", Normalization is not null);
        Normalization?.Save(context);
        context.Write("RemovesStopWords", StopWords is not null);
        StopWords?.Save(context, "StopWords");
        context.WriteArray<ushort>("TermFrequencies", Frequencies is null ? [] : [Frequencies.TermSeparator, Frequencies.FrequencySeparator]);
    }

    public static TextReading Load(ModelLoadContext context)
    {
        ushort[] separators = context.ReadArray<ushort>("TermFrequencies");
        return new(
            context.ReadBoolean("Normalizes") ? TextNormalization.Load(context) : null,
            context.ReadBoolean("RemovesStopWords") ? StopWordSet.Load(context, "StopWords") : null,
            separators switch
            {
                [] => null,
                [var term, var frequency] when term != frequency => new TermFrequencies((char)term, (char)frequency),
                _ => throw context.Invalid("the separators of terms and frequencies are not two characters"),
            });
    }
}

/// <summary>Texts like "cat:3;dog:1": terms, and how often each stands for itself; once where no frequency is given.</summary>
/// <param name="TermSeparator">Stands between terms.</param>
/// <param name="FrequencySeparator">Stands between a term and its frequency.</param>
internal sealed record TermFrequencies(char TermSeparator, char FrequencySeparator)
{
    public const int Maximum = 1_000_000;

    /// <summary>Takes the frequency off a term.</summary>
    public int Split(ref ReadOnlySpan<char> term)
    {
        int at = term.IndexOf(FrequencySeparator);
        if (at < 0)
            return 1;
        var digits = term[(at + 1)..];
        if (!int.TryParse(digits, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int frequency) || frequency > Maximum)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"'{term}' should be a term, '{FrequencySeparator}' and a whole number from 0 to {Maximum}."));
        }

        term = term[..at];
        return frequency;
    }
}

/// <summary>
/// Reads rows of text columns, for one thread: all texts of a row, normalised, one after the other in one array, and where its words are. Nothing is
/// allocated once the arrays have grown to the longest row.
/// </summary>
internal sealed class TextRows(TextReading reading, int[] columns)
{
    private static readonly WordSeparators s_space = new(null);

    private readonly WordSeparators _separators = reading.Frequencies is { } list ? new([list.TermSeparator]) : s_space;
    private readonly List<(int Start, int Length)> _texts = [];
    private readonly List<(int Start, int Length)> _words = [];
    private char[] _chars = new char[256];
    private uint[] _keys = new uint[256];
    private int _used;

    /// <summary>Where the row's words are.</summary>
    public List<(int Start, int Length)> Words => _words;

    /// <summary>The characters of a word, until the next row is read.</summary>
    public ReadOnlyMemory<char> Word((int Start, int Length) at) => _chars.AsMemory(at.Start, at.Length);

    /// <summary>Reads one row.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row.</param>
    public void Read(RowBatch batch, int row)
    {
        _texts.Clear();
        _words.Clear();
        _used = 0;
        foreach (int column in columns)
        {
            foreach (var text in TextColumns.Row(batch, column, row))
                AddText(text.Span);
        }

        foreach (var (start, length) in _texts)
            AddWords(start, length);
    }

    /// <summary>The keys of the row's words, until the next call for keys.</summary>
    public ReadOnlySpan<uint> WordKeys(WordVocabulary vocabulary)
    {
        Reserve(_words.Count);
        for (int i = 0; i < _words.Count; i++)
            _keys[i] = vocabulary.Find(_chars.AsSpan(_words[i].Start, _words[i].Length));
        return _keys.AsSpan(0, _words.Count);
    }

    /// <summary>The same, where words that are not in the vocabulary are added to it.</summary>
    public ReadOnlySpan<uint> WordKeys(WordVocabulary vocabulary, int maximum)
    {
        Reserve(_words.Count);
        for (int i = 0; i < _words.Count; i++)
            _keys[i] = vocabulary.FindOrAdd(_chars.AsSpan(_words[i].Start, _words[i].Length), maximum);
        return _keys.AsSpan(0, _words.Count);
    }

    /// <summary>
    /// The codes of the row's characters between markers, until the next call for keys: those of whole texts, or of the words where stop words are
    /// left out, with a separator between two of them. None for a row without characters.
    /// </summary>
    public ReadOnlySpan<uint> CharacterKeys()
    {
        var pieces = reading.StopWords is null ? _texts : _words;
        int length = 1;
        foreach (var piece in pieces)
            length += piece.Length + 1;
        Reserve(length);
        int count = 0;
        foreach (var piece in pieces)
        {
            _keys[count] = count == 0 ? CharacterNames.TextStart : CharacterNames.Between;
            count++;
            foreach (char character in _chars.AsSpan(piece.Start, piece.Length))
                _keys[count++] = character;
        }

        if (count > 0)
            _keys[count++] = CharacterNames.TextEnd;
        return _keys.AsSpan(0, count);
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        if (_chars.Length < _used + text.Length)
            Array.Resize(ref _chars, Math.Max(_used + text.Length, 2 * _chars.Length));
        var room = _chars.AsSpan(_used);
        int length = text.Length;
        if (reading.Normalization is { } normalization)
            length = normalization.Apply(text, room);
        else
            text.CopyTo(room);
        if (length > 0)
            _texts.Add((_used, length));
        _used += length;
    }

    private void AddWords(int start, int length)
    {
        var text = _chars.AsSpan(start, length);
        int at = 0;
        while (_separators.Next(text, ref at, out var range))
        {
            ReadOnlySpan<char> word = text[range];
            int times = reading.Frequencies is { } frequencies ? frequencies.Split(ref word) : 1;
            if (word.IsEmpty || reading.StopWords?.Contains(word) == true)
                continue;
            for (int i = 0; i < times; i++)
                _words.Add((start + range.Start.Value, word.Length));
        }
    }

    private void Reserve(int count)
    {
        if (_keys.Length < count)
            _keys = new uint[Math.Max(count, 2 * _keys.Length)];
    }
}
