using System.Runtime.InteropServices;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>Words with keys from 1, in the order in which they were added. Finding allocates nothing, and many threads may do it while none adds.</summary>
internal sealed class WordVocabulary
{
    private readonly Dictionary<string, uint> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _words = [];

    public WordVocabulary() => _lookup = _keys.GetAlternateLookup<ReadOnlySpan<char>>();

    public WordVocabulary(IEnumerable<string> words) : this()
    {
        foreach (string word in words)
            FindOrAdd(word, int.MaxValue);
    }

    /// <summary>The words, that of key 1 first.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The key of a word; 0 when it is not there.</summary>
    public uint Find(ReadOnlySpan<char> word) => _lookup.TryGetValue(word, out uint key) ? key : 0;

    /// <summary>The key of a word, which is added when it is not there; 0 when there are as many as wanted.</summary>
    public uint FindOrAdd(ReadOnlySpan<char> word, int maximum)
    {
        if (_words.Count >= maximum)
            return Find(word);
        ref uint key = ref CollectionsMarshal.GetValueRefOrAddDefault(_lookup, word, out bool exists);
        if (!exists)
        {
            _words.Add(word.ToString());
            key = (uint)_words.Count;
        }

        return key;
    }

    public void Save(ModelSaveContext context, string name) =>
        context.WriteValues<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, [.. _words.Select(w => w.AsMemory())]);

    public static WordVocabulary Load(ModelLoadContext context, string name)
    {
        if (context.ReadValueType(name) is not TextDataViewType)
            throw context.Invalid($"'{name}' are not texts");
        string[] words = [.. context.ReadValues<ReadOnlyMemory<char>>(name).Select(w => w.ToString())];
        var vocabulary = new WordVocabulary(words);
        return vocabulary.Words.Count == words.Length && !words.Contains("")
            ? vocabulary
            : throw context.Invalid($"a word of '{name}' is empty or is there twice");
    }
}
