using System.Globalization;
using System.Text;

namespace MLPath.Datasets.Formats.SvmLight;

/// <summary>Which slot of the feature vector a feature of a file has.</summary>
internal abstract class SvmLightFeatures
{
    /// <summary>The slot from 0; −1 for a feature that is to be ignored.</summary>
    /// <param name="key">What stands before the colon.</param>
    /// <param name="lines">Where, for the error of a key that cannot be.</param>
    public abstract int Slot(ReadOnlySpan<byte> key, ByteLines lines);
}

/// <summary>Features are numbers from 0 or from 1.</summary>
/// <param name="zeroBased">Whether the first is 0.</param>
/// <param name="size">The number of slots; what lies beyond is ignored. <see cref="int.MaxValue"/> while it is not known.</param>
internal sealed class NumberedFeatures(bool zeroBased, int size) : SvmLightFeatures
{
    /// <summary>The number of slots that the features seen so far need, up to <see cref="int.MaxValue"/>.</summary>
    public int SizeSeen { get; private set; }

    public override int Slot(ReadOnlySpan<byte> key, ByteLines lines)
    {
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw lines.Error(
                $"feature {FormatError.Quote(key)} is not a number from {(zeroBased ? 0 : 1)} to {int.MaxValue - 1}; features with names are "
                + "read by LoadFromSvmLightFileWithFeatureNames");
        }
        int slot = zeroBased ? number : number - 1;
        if (slot < 0) throw lines.Error("feature 0 occurs, and features are numbered from 1; set zeroBased where the first is 0");
        if (slot == int.MaxValue) throw lines.Error($"feature {number} is beyond the largest possible, {int.MaxValue - 1}");
        SizeSeen = Math.Max(SizeSeen, slot + 1);
        return slot < size ? slot : -1;
    }
}

/// <summary>Features have names; their slots are in the order in which the names first occur.</summary>
internal sealed class NamedFeatures : SvmLightFeatures
{
    private readonly Dictionary<string, int> _slots;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly bool _learns;
    private char[] _key = new char[64];

    /// <summary>Collects the names of all features.</summary>
    public NamedFeatures() : this([], learns: true) { }

    private NamedFeatures(Dictionary<string, int> slots, bool learns)
    {
        (_slots, _learns) = (slots, learns);
        _lookup = slots.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Names in the order of their slots, or null where they cannot be: one is empty or repeats, or there is none.</summary>
    public static NamedFeatures? Of(string[] names)
    {
        var slots = new Dictionary<string, int>(names.Length);
        bool possible = names.Length > 0 && Array.TrueForAll(names, name => name.Length > 0 && slots.TryAdd(name, slots.Count));
        return possible ? new NamedFeatures(slots, learns: false) : null;
    }

    /// <summary>The names, in the order of their slots.</summary>
    public string[] Names => [.. _slots.OrderBy(s => s.Value).Select(s => s.Key)];

    /// <summary>The same names for a reading, which ignores others. Several readings may go on at once.</summary>
    public NamedFeatures ForReading() => new(_slots, learns: false);

    public override int Slot(ReadOnlySpan<byte> key, ByteLines lines)
    {
        if (key.IsEmpty) throw lines.Error("a feature has no name; expected name:value");
        if (key.Length > _key.Length) _key = new char[key.Length];
        var name = _key.AsSpan(0, Encoding.UTF8.GetChars(key, _key));
        if (_lookup.TryGetValue(name, out int slot)) return slot;
        if (!_learns) return -1;
        _slots.Add(name.ToString(), _slots.Count);
        return _slots.Count - 1;
    }
}
