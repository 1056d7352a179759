using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>
/// One component's place in a model file that is being written: named settings, named arrays, named children.
/// Each name is used once within a component, whatever it names.
/// </summary>
/// <remarks>
/// Names consist of ASCII letters, digits, <c>_</c> and <c>-</c> (those of settings and arrays also of inner dots, as in
/// <c>layers.0.weight</c>) and have at most 128 characters. Nothing is written to the file before the whole model has been collected, so a
/// component that throws leaves the file as it was. An array that is handed over as an array is kept until the file is written, and must
/// not change before; a span is copied.
/// </remarks>
public sealed class ModelSaveContext
{
    private readonly ArrayBufferWriter<byte> _settingsBytes;
    private readonly Utf8JsonWriter _settings;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<SafeTensor> _arrays = [];
    private readonly List<ChildSlot> _children = [];
    private readonly int _depth;
    private bool _finished;

    private ModelSaveContext(
        string componentId, int version, string folder, int depth, ArrayBufferWriter<byte> settingsBytes, Utf8JsonWriter settings)
    {
        ComponentId = componentId;
        ComponentVersion = version;
        Folder = folder;
        _depth = depth;
        _settingsBytes = settingsBytes;
        _settings = settings;
    }

    internal string ComponentId { get; }

    internal int ComponentVersion { get; }

    /// <summary>The component's folder in the file, without a final slash.</summary>
    internal string Folder { get; }

    internal ReadOnlyMemory<byte> Settings => _settingsBytes.WrittenMemory;

    internal IReadOnlyList<SafeTensor> Arrays => _arrays;

    internal IReadOnlyList<ChildSlot> Children => _children;

    /// <summary>Writes a text setting, or the absence of one.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The text, of valid Unicode (no lone surrogates), or <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use, or the text is not valid Unicode.</exception>
    public void Write(string name, string? value)
    {
        Claim(name);
        RequireUnicode(name, value);
        _settings.WriteString(name, value);
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use.</exception>
    public void Write(string name, bool value)
    {
        Claim(name);
        _settings.WriteBoolean(name, value);
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use.</exception>
    public void Write(string name, int value) => Write(name, (long)value);

    /// <summary>Writes an integer.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use.</exception>
    public void Write(string name, long value)
    {
        Claim(name);
        _settings.WriteNumber(name, value);
    }

    /// <summary>Writes a number. It is read back exactly; NaN and the infinities are written as text.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use.</exception>
    public void Write(string name, float value)
    {
        Claim(name);
        _settings.WritePropertyName(name);
        ModelJson.WriteNumber(_settings, value);
    }

    /// <summary>Writes a number. It is read back exactly; NaN and the infinities are written as text.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use.</exception>
    public void Write(string name, double value)
    {
        Claim(name);
        _settings.WritePropertyName(name);
        ModelJson.WriteNumber(_settings, value);
    }

    /// <summary>Writes a list of texts: column names, a vocabulary.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="values">The texts, none of them null, all of valid Unicode.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use, or a text is null or not valid Unicode.</exception>
    public void Write(string name, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Claim(name);
        _settings.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++)
        {
            var text = values[i] ?? throw Misuse($"text {i} of setting '{name}' is null");
            RequireUnicode(name, text);
            _settings.WriteStringValue(text);
        }
        _settings.WriteEndArray();
    }

    /// <summary>Writes an enumeration's value by the name of its member, so that renumbering the members does not change the file.</summary>
    /// <typeparam name="TEnum">The enumeration.</typeparam>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">A member of the enumeration.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use, or the value is not a single named member.</exception>
    public void WriteEnum<TEnum>(string name, TEnum value) where TEnum : struct, Enum =>
        Write(name, MemberName(name, value));

    /// <summary>Writes a list of an enumeration's values by the names of its members.</summary>
    /// <typeparam name="TEnum">The enumeration.</typeparam>
    /// <param name="name">The setting's name.</param>
    /// <param name="values">Members of the enumeration.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use, or a value is not a single named member.</exception>
    public void WriteEnums<TEnum>(string name, IReadOnlyList<TEnum> values) where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(values);
        Write(name, [.. values.Select(value => MemberName(name, value))]);
    }

    /// <summary>Writes an array. Its bits are read back exactly.</summary>
    /// <typeparam name="T">
    /// <see cref="float"/>, <see cref="double"/>, <see cref="sbyte"/>, <see cref="short"/>, <see cref="int"/>, <see cref="long"/>,
    /// <see cref="byte"/>, <see cref="ushort"/>, <see cref="uint"/>, <see cref="ulong"/> or <see cref="bool"/>.
    /// </typeparam>
    /// <param name="name">The array's name.</param>
    /// <param name="values">
    /// The elements, row-major. They are not copied: they are read when the file is written, after <see cref="ICanSaveModel.Save"/> has
    /// returned, and must not change before. Null is written as an array without elements.
    /// </param>
    /// <param name="shape">The dimensions, whose product is the number of elements. Default: one dimension of that length.</param>
    /// <exception cref="ArgumentException">
    /// The name is not valid or already in use, the shape does not multiply to the number of elements, or the type is not one of those above.
    /// </exception>
    public void WriteArray<T>(string name, T[]? values, params ReadOnlySpan<int> shape) where T : unmanaged =>
        _arrays.Add(new SafeTensor<T>(name, ClaimArray<T>(name, values?.Length ?? 0, shape), values ?? []));

    /// <summary>Writes an array. Its bits are read back exactly.</summary>
    /// <typeparam name="T">
    /// <see cref="float"/>, <see cref="double"/>, <see cref="sbyte"/>, <see cref="short"/>, <see cref="int"/>, <see cref="long"/>,
    /// <see cref="byte"/>, <see cref="ushort"/>, <see cref="uint"/>, <see cref="ulong"/> or <see cref="bool"/>.
    /// </typeparam>
    /// <param name="name">The array's name.</param>
    /// <param name="values">The elements, row-major. They are copied; hand over an array where they are many.</param>
    /// <param name="shape">The dimensions, whose product is the number of elements. Default: one dimension of that length.</param>
    /// <exception cref="ArgumentException">
    /// The name is not valid or already in use, the shape does not multiply to the number of elements, or the type is not one of those above.
    /// </exception>
    public void WriteArray<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged =>
        _arrays.Add(new SafeTensor<T>(name, ClaimArray<T>(name, values.Length, shape), values.ToArray()));

    /// <summary>Writes a component that this one contains.</summary>
    /// <param name="name">The child's name.</param>
    /// <param name="child">The child.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use.</exception>
    /// <exception cref="InvalidOperationException">Components are nested more than 64 deep.</exception>
    public void SaveChild(string name, ICanSaveModel child)
    {
        ArgumentNullException.ThrowIfNull(child);
        ClaimChild(name);
        _children.Add(new(name, IsList: false, [Collect(child, $"{Folder}/{name}", _depth + 1)]));
    }

    /// <summary>Writes a list of components that this one contains, possibly empty.</summary>
    /// <param name="name">The list's name.</param>
    /// <param name="children">The children, in order, none of them null.</param>
    /// <exception cref="ArgumentException">The name is not valid or already in use, or a child is null.</exception>
    /// <exception cref="InvalidOperationException">Components are nested more than 64 deep.</exception>
    public void SaveChildren(string name, IReadOnlyList<ICanSaveModel> children)
    {
        ArgumentNullException.ThrowIfNull(children);
        ClaimChild(name);
        var contexts = new ModelSaveContext[children.Count];
        for (var i = 0; i < contexts.Length; i++)
        {
            var child = children[i] ?? throw Misuse($"child {i} of '{name}' is null");
            contexts[i] = Collect(child, ModelPath.Child(Folder, name, i), _depth + 1);
        }
        _children.Add(new(name, IsList: true, contexts));
    }

    /// <summary>Lets a component write everything that belongs to it, into memory.</summary>
    internal static ModelSaveContext Collect(ICanSaveModel component, string folder = ModelPath.Root, int depth = 1)
    {
        var id = component.ComponentId;
        if (!ModelPath.IsComponentId(id))
            throw new InvalidOperationException($"{component.GetType().Name} has the component id '{id}'. {ModelPath.ComponentIdRule}");
        var version = component.ComponentVersion;
        if (version < 1)
            throw new InvalidOperationException($"The component '{id}' has the version {version}. Versions begin at 1.");
        if (depth > ModelPath.MaxDepth)
            throw new InvalidOperationException(
                $"The component '{id}' is nested more than {ModelPath.MaxDepth} deep ({folder}). Does a component contain itself?");
        var settingsBytes = new ArrayBufferWriter<byte>();
        using var settings = new Utf8JsonWriter(settingsBytes, ModelJson.Indented);
        var context = new ModelSaveContext(id, version, folder, depth, settingsBytes, settings);
        settings.WriteStartObject();
        component.Save(context);
        settings.WriteEndObject();
        settings.Flush();
        context.Finish();
        return context;
    }

    private void Finish()
    {
        _finished = true;
        if (_settingsBytes.WrittenCount > ModelLoadLimits.Default.MaxJsonBytes)
            throw new InvalidOperationException(
                $"The settings of the component '{ComponentId}' ({Folder}) take {_settingsBytes.WrittenCount} bytes; at most " +
                $"{ModelLoadLimits.Default.MaxJsonBytes} can be read back. Write large tables with WriteArray.");
    }

    private void ClaimChild(string name)
    {
        if (!ModelPath.IsChildName(name)) throw Misuse($"'{name}' cannot name a child. {ModelPath.ChildNameRule}");
        Claim(name);
    }

    private int[] ClaimArray<T>(string name, int length, ReadOnlySpan<int> shape) where T : unmanaged
    {
        Claim(name);
        if (SafeTensor.TypeName<T>() is null)
            throw Misuse($"array '{name}' has elements of type {typeof(T).Name}; a model file holds {SafeTensor.SupportedTypes}");
        if (shape.Length > SafeTensor.MaxRank) throw Misuse($"array '{name}' has more than {SafeTensor.MaxRank} dimensions");
        int[] dimensions = shape.IsEmpty ? [length] : shape.ToArray();
        return SafeTensor.ElementCount(dimensions) == length
            ? dimensions
            : throw Misuse($"array '{name}' has {length} elements, which is not the product of its shape {SafeTensor.Show(dimensions)}");
    }

    private void Claim(string name)
    {
        if (_finished)
            throw new InvalidOperationException($"The component '{ComponentId}' writes '{name}' after its Save has returned.");
        if (!ModelPath.IsName(name)) throw Misuse($"'{name}' cannot name a setting or an array. {ModelPath.NameRule}");
        if (!_names.Add(name)) throw Misuse($"the name '{name}' is written twice");
    }

    /// <summary>JSON has no way to write a lone surrogate; replacing it would change the model silently.</summary>
    private void RequireUnicode(string name, ReadOnlySpan<char> text)
    {
        var surrogate = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (surrogate < 0) return;
        for (text = text[surrogate..]; !text.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done)
                throw Misuse($"setting '{name}' holds text with a lone surrogate, which is not valid Unicode");
            text = text[consumed..];
        }
    }

    private string MemberName<TEnum>(string name, TEnum value) where TEnum : struct, Enum =>
        Enum.GetName(value) ?? throw Misuse($"setting '{name}': {value} is not a member of {typeof(TEnum).Name}");

    private ArgumentException Misuse(string message) => new($"The component '{ComponentId}' ({Folder}) cannot be saved: {message}.");

    /// <summary>A named child, or a named list of children.</summary>
    internal readonly record struct ChildSlot(string Name, bool IsList, IReadOnlyList<ModelSaveContext> Components);
}
