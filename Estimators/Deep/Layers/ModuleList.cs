using System.Collections;
using System.Globalization;

namespace MLPath.Deep;

/// <summary>Parts of one kind, named by their numbers from 0: "layers.0.weight", "layers.1.weight", …</summary>
/// <typeparam name="TModule">What they are.</typeparam>
public sealed class ModuleList<TModule> : Module, IReadOnlyList<TModule>
    where TModule : Module
{
    private readonly List<TModule> _items = [];

    /// <summary>Makes a list.</summary>
    /// <param name="items">The parts, in order; each belongs to no other module.</param>
    public ModuleList(IEnumerable<TModule> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items) _items.Add(AddModule(_items.Count.ToString(CultureInfo.InvariantCulture), item));
    }

    /// <summary>The number of parts.</summary>
    public int Count => _items.Count;

    /// <summary>A part.</summary>
    /// <param name="index">Its number, from 0.</param>
    public TModule this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<TModule> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", _items)}]";
}
