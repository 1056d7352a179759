using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>What is done to the characters of a text: each is kept, replaced by one other, or removed.</summary>
internal sealed class TextNormalization
{
    private const int Removed = -1;

    private readonly TextNormalizingEstimator.CaseMode _caseMode;
    private readonly bool _keepDiacritics;
    private readonly bool _keepPunctuations;
    private readonly bool _keepNumbers;
    private readonly int[] _latin = new int[256]; // most texts have few other characters

    public TextNormalization(TextNormalizingEstimator.CaseMode caseMode, bool keepDiacritics, bool keepPunctuations, bool keepNumbers)
    {
        if (!Enum.IsDefined(caseMode))
            throw new ArgumentOutOfRangeException(nameof(caseMode), caseMode, "There is no such case mode.");
        (_caseMode, _keepDiacritics, _keepPunctuations, _keepNumbers) = (caseMode, keepDiacritics, keepPunctuations, keepNumbers);
        for (int i = 0; i < _latin.Length; i++)
            _latin[i] = Map((char)i);
    }

    /// <summary>Normalises a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Room for as many characters; it may be the text's own.</param>
    /// <returns>The number of characters that remain.</returns>
    public int Apply(ReadOnlySpan<char> text, Span<char> destination)
    {
        var latin = _latin.AsSpan();
        int length = 0;
        foreach (char character in text)
        {
            int mapped = character < latin.Length ? latin[character] : Map(character);
            if (mapped != Removed)
                destination[length++] = (char)mapped;
        }

        return length;
    }

    public string Apply(string text)
    {
        var room = new char[text.Length];
        return new string(room, 0, Apply(text, room));
    }

    public void Save(ModelSaveContext context)
    {
        context.WriteEnum("CaseMode", _caseMode);
        context.Write("KeepDiacritics", _keepDiacritics);
        context.Write("KeepPunctuations", _keepPunctuations);
        context.Write("KeepNumbers", _keepNumbers);
    }

    public static TextNormalization Load(ModelLoadContext context) => new(
        context.ReadEnum<TextNormalizingEstimator.CaseMode>("CaseMode"),
        context.ReadBoolean("KeepDiacritics"), context.ReadBoolean("KeepPunctuations"), context.ReadBoolean("KeepNumbers"));

    /// <summary>The settings that differ from the defaults, in words.</summary>
    public override string ToString() => string.Join(", ", ((string?[])
    [
        _caseMode == TextNormalizingEstimator.CaseMode.Lower ? null : $"case: {_caseMode}",
        _keepDiacritics ? "diacritics kept" : null,
        _keepPunctuations ? null : "no punctuation",
        _keepNumbers ? null : "no numbers",
    ]).Where(part => part is not null));

    private int Map(char character)
    {
        if ((!_keepPunctuations && char.IsPunctuation(character)) || (!_keepNumbers && char.IsNumber(character)))
            return Removed;
        if (!_keepDiacritics)
        {
            if (Diacritics.IsMark(character))
                return Removed;
            character = Diacritics.Remove(character);
        }

        return _caseMode switch
        {
            TextNormalizingEstimator.CaseMode.Lower => char.ToLowerInvariant(character),
            TextNormalizingEstimator.CaseMode.Upper => char.ToUpperInvariant(character),
            _ => character,
        };
    }
}
