using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>Words to leave out, whatever their case.</summary>
internal sealed class StopWordSet
{
    private readonly string[] _words;
    private readonly HashSet<string> _set;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public StopWordSet(IEnumerable<string> words)
    {
        _set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        _words = [.. words.Where(_set.Add)];
        _lookup = _set.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _words.Length;

    public bool Contains(ReadOnlySpan<char> word) => _lookup.Contains(word);

    /// <summary>This set with its words also as they are when normalised, for texts that were.</summary>
    public StopWordSet With(TextNormalization normalization) => new(_words.Concat(_words.Select(normalization.Apply).Where(w => w.Length > 0)));

    public void Save(ModelSaveContext context, string name) =>
        context.WriteValues<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, [.. _words.Select(w => w.AsMemory())]);

    public static StopWordSet Load(ModelLoadContext context, string name) => context.ReadValueType(name) is TextDataViewType
        ? new(context.ReadValues<ReadOnlyMemory<char>>(name).Select(w => w.ToString()))
        : throw context.Invalid($"'{name}' are not texts");
}
