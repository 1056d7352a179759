using System.Globalization;
using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>One component's place in a model file that is being read: the settings, arrays and children that it wrote.</summary>
/// <remarks>
/// Every method fails with a <see cref="ModelFormatException"/> that names the component, where it stands in the model, and the setting,
/// array or child that is missing or not as expected. A context is for the loader it is given to, and ends with it.
/// </remarks>
public sealed class ModelLoadContext
{
    private readonly ModelReader _reader;
    private readonly ComponentNode _node;
    private readonly JsonElement _settings;
    private readonly Dictionary<string, SafeTensor> _arrays;

    internal ModelLoadContext(ModelReader reader, ComponentNode node, JsonElement settings, Dictionary<string, SafeTensor> arrays)
    {
        _reader = reader;
        _node = node;
        _settings = settings;
        _arrays = arrays;
    }

    /// <summary>The id under which the component was saved.</summary>
    public string ComponentId => _node.Id;

    /// <summary>The <see cref="ICanSaveModel.ComponentVersion"/> with which it was saved: 1 up to the version that its list registers.</summary>
    public int ComponentVersion => _node.Version;

    /// <summary>Whether the component wrote a setting, an array, a child or a list of children of this name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there is one.</returns>
    public bool Has(string name) =>
        _settings.TryGetProperty(name, out _) || _arrays.ContainsKey(name) || _node.Children.ContainsKey(name);

    /// <summary>Reads a text setting.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ModelFormatException">The setting is missing or not text.</exception>
    public string ReadString(string name)
    {
        var setting = Setting(name);
        return setting.ValueKind == JsonValueKind.String ? Text(name, setting) : throw Unexpected(name, "text", setting);
    }

    /// <summary>Reads a text setting that may have been written as <see langword="null"/>.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The text, or <see langword="null"/>.</returns>
    /// <exception cref="ModelFormatException">The setting is missing, or neither text nor null.</exception>
    public string? ReadStringOrNull(string name) => Setting(name).ValueKind == JsonValueKind.Null ? null : ReadString(name);

    /// <summary>Reads a truth value.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ModelFormatException">The setting is missing or not a truth value.</exception>
    public bool ReadBoolean(string name) => Setting(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        var setting => throw Unexpected(name, "a truth value", setting),
    };

    /// <summary>Reads an integer of 32 bits.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ModelFormatException">The setting is missing, not an integer or out of range.</exception>
    public int ReadInt32(string name) =>
        Setting(name) is { ValueKind: JsonValueKind.Number } setting && setting.TryGetInt32(out var value)
            ? value : throw Unexpected(name, "an integer of 32 bits", Setting(name));

    /// <summary>Reads an integer of 64 bits.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ModelFormatException">The setting is missing, not an integer or out of range.</exception>
    public long ReadInt64(string name) =>
        Setting(name) is { ValueKind: JsonValueKind.Number } setting && setting.TryGetInt64(out var value)
            ? value : throw Unexpected(name, "an integer of 64 bits", Setting(name));

    /// <summary>Reads a number of single precision.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The value as it was written, NaN and the infinities included.</returns>
    /// <exception cref="ModelFormatException">The setting is missing, not a number or out of range.</exception>
    public float ReadSingle(string name) =>
        ModelJson.TryReadNumber(Setting(name), out float value) ? value : throw Unexpected(name, "a number of single precision", Setting(name));

    /// <summary>Reads a number of double precision.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The value as it was written, NaN and the infinities included.</returns>
    /// <exception cref="ModelFormatException">The setting is missing, not a number or out of range.</exception>
    public double ReadDouble(string name) =>
        ModelJson.TryReadNumber(Setting(name), out double value) ? value : throw Unexpected(name, "a number of double precision", Setting(name));

    /// <summary>Reads a list of texts.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The texts, in a new array.</returns>
    /// <exception cref="ModelFormatException">The setting is missing or not a list of texts.</exception>
    public string[] ReadStrings(string name)
    {
        var setting = Setting(name);
        if (setting.ValueKind != JsonValueKind.Array) throw Unexpected(name, "a list of texts", setting);
        var texts = new string[setting.GetArrayLength()];
        var i = 0;
        foreach (var item in setting.EnumerateArray())
            texts[i++] = item.ValueKind == JsonValueKind.String ? Text(name, item) : throw Unexpected(name, "only texts in the list", item);
        return texts;
    }

    /// <summary>Reads an enumeration's value that was written by the name of its member.</summary>
    /// <typeparam name="TEnum">The enumeration.</typeparam>
    /// <param name="name">The setting's name.</param>
    /// <returns>The member.</returns>
    /// <exception cref="ModelFormatException">The setting is missing or does not name a member.</exception>
    public TEnum ReadEnum<TEnum>(string name) where TEnum : struct, Enum => Member<TEnum>(name, ReadString(name));

    /// <summary>Reads a list of an enumeration's values that were written by the names of its members.</summary>
    /// <typeparam name="TEnum">The enumeration.</typeparam>
    /// <param name="name">The setting's name.</param>
    /// <returns>The members, in a new array.</returns>
    /// <exception cref="ModelFormatException">The setting is missing, not a list of texts, or one of them does not name a member.</exception>
    public TEnum[] ReadEnums<TEnum>(string name) where TEnum : struct, Enum => [.. ReadStrings(name).Select(text => Member<TEnum>(name, text))];

    /// <summary>The shape of an array, which stays to be read.</summary>
    /// <param name="name">The array's name.</param>
    /// <returns>The dimensions, in a new array.</returns>
    /// <exception cref="ModelFormatException">The array is missing or was read before.</exception>
    public int[] ReadShape(string name) => [.. Array(name).Shape];

    /// <summary>Reads an array. It can be read once, and belongs to the caller.</summary>
    /// <typeparam name="T">The element type with which the array was written.</typeparam>
    /// <param name="name">The array's name.</param>
    /// <param name="expectedShape">The dimensions, -1 for any length. Default: one dimension of any length.</param>
    /// <returns>The elements, row-major.</returns>
    /// <exception cref="ModelFormatException">The array is missing, was read before, or has another shape or element type.</exception>
    public T[] ReadArray<T>(string name, params ReadOnlySpan<int> expectedShape) where T : unmanaged
    {
        var array = Array(name);
        var expected = expectedShape.IsEmpty ? [-1] : expectedShape;
        if (!Matches(array.Shape, expected))
            throw Invalid($"array '{name}' should have the shape {SafeTensor.Show(expected)}, but has {SafeTensor.Show(array.Shape)}");
        if (array is not SafeTensor<T> typed)
            throw Invalid($"array '{name}' should have elements of type {SafeTensor.TypeName<T>() ?? typeof(T).Name}, but has {array.DType}");
        _arrays.Remove(name);
        return typed.Values;
    }

    /// <summary>Restores a child.</summary>
    /// <param name="name">The child's name.</param>
    /// <returns>The child.</returns>
    /// <exception cref="ModelFormatException">The child is missing, is a list, or cannot be restored.</exception>
    public ICanSaveModel LoadChild(string name)
    {
        var slot = Child(name);
        return slot.IsList ? throw Invalid($"'{name}' should be one component, but is a list") : _reader.Restore(slot.Components[0]);
    }

    /// <summary>Restores a child of a type.</summary>
    /// <typeparam name="TComponent">What the child must be.</typeparam>
    /// <param name="name">The child's name.</param>
    /// <returns>The child.</returns>
    /// <exception cref="ModelFormatException">The child is missing, is a list, is of another type or cannot be restored.</exception>
    public TComponent LoadChild<TComponent>(string name) where TComponent : class => Require<TComponent>(name, LoadChild(name));

    /// <summary>Restores a list of children of a type.</summary>
    /// <typeparam name="TComponent">What every child must be.</typeparam>
    /// <param name="name">The list's name.</param>
    /// <returns>The children, in order.</returns>
    /// <exception cref="ModelFormatException">The list is missing, is a single child, or a child is of another type or cannot be restored.</exception>
    public IReadOnlyList<TComponent> LoadChildren<TComponent>(string name) where TComponent : class
    {
        var slot = Child(name);
        if (!slot.IsList) throw Invalid($"'{name}' should be a list of components, but is one");
        var children = new TComponent[slot.Components.Count];
        for (var i = 0; i < children.Length; i++)
            children[i] = Require<TComponent>(string.Create(CultureInfo.InvariantCulture, $"{name}/{i}"), _reader.Restore(slot.Components[i]));
        return children;
    }

    /// <summary>The error for a loader to throw when what it read makes no sense to it.</summary>
    /// <param name="message">What was expected and what was found, without a final full stop.</param>
    /// <returns>The exception, its message beginning with the component and where it stands in the model.</returns>
    public ModelFormatException Invalid(string message) => new($"{_node} cannot be restored: {message}.");

    private TComponent Require<TComponent>(string name, ICanSaveModel child) where TComponent : class =>
        child as TComponent ?? throw Invalid($"child '{name}' should be of type {typeof(TComponent).Name}, but is a '{child.ComponentId}'");

    private JsonElement Setting(string name) =>
        _settings.TryGetProperty(name, out var setting) ? setting : throw Invalid($"setting '{name}' is missing");

    private SafeTensor Array(string name) =>
        _arrays.TryGetValue(name, out var array) ? array : throw Invalid($"array '{name}' is missing, or was read before");

    private ComponentNode.Slot Child(string name) =>
        _node.Children.TryGetValue(name, out var slot) ? slot : throw Invalid($"child '{name}' is missing");

    private TEnum Member<TEnum>(string name, string text) where TEnum : struct, Enum
    {
        foreach (var member in Enum.GetNames<TEnum>())
            if (member == text) return Enum.Parse<TEnum>(member);
        throw Invalid($"setting '{name}' should be one of {string.Join(", ", Enum.GetNames<TEnum>())}, but is {ModelJson.Quote(text)}");
    }

    /// <summary>JSON can spell text that is not Unicode; the parser notices only here.</summary>
    private string Text(string name, JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFormatException(Invalid($"setting '{name}' holds text that is not valid Unicode").Message, e);
        }
    }

    private static bool Matches(ReadOnlySpan<int> shape, ReadOnlySpan<int> expected)
    {
        if (shape.Length != expected.Length) return false;
        for (var i = 0; i < shape.Length; i++)
            if (expected[i] != -1 && expected[i] != shape[i]) return false;
        return true;
    }

    private ModelFormatException Unexpected(string name, string expected, JsonElement found) =>
        Invalid($"setting '{name}' should be {expected}, but is {ModelJson.Describe(found)}");
}
