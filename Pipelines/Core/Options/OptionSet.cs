using System.Collections;
using System.Globalization;

namespace MLPath.Runtime;

/// <summary>
/// The options of a record, declared once: meaning, default and range serve validation, the command line, model files and documentation alike.
/// </summary>
/// <typeparam name="TOptions">The immutable options record.</typeparam>
/// <param name="defaults">The record with every option at its default.</param>
/// <example>
/// <code>
/// public static OptionSet&lt;Options&gt; All { get; } = new OptionSet&lt;Options&gt;(new())
///     .Integer(nameof(NumberOfTrees), "How many trees vote.", o => o.NumberOfTrees, (o, v) => o with { NumberOfTrees = v }, minimum: 1);
/// </code>
/// </example>
public sealed class OptionSet<TOptions>(TOptions defaults) : IReadOnlyList<OptionDescriptor> where TOptions : class
{
    private readonly List<Entry> _entries = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public OptionDescriptor this[int index] => _entries[index].Descriptor;

    /// <summary>Declares a whole number.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it does, in a sentence.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The greatest value allowed.</param>
    public OptionSet<TOptions> Integer(
        string name, string meaning, Func<TOptions, int> get, Func<TOptions, int, TOptions> set, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        OptionalInteger(name, meaning, o => get(o), (o, v) => set(o, v ?? throw new FormatException()), minimum, maximum, none: null);

    /// <summary>Declares a whole number that may be left open.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it does, in a sentence, and what an open one means.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The greatest value allowed.</param>
    /// <param name="none">The word for an open value.</param>
    public OptionSet<TOptions> OptionalInteger(
        string name, string meaning, Func<TOptions, int?> get, Func<TOptions, int?, TOptions> set,
        int minimum = int.MinValue, int maximum = int.MaxValue, string? none = "auto")
    {
        double? low = minimum == int.MinValue ? null : minimum;
        double? high = maximum == int.MaxValue ? null : maximum;
        return Add(new Entry(
            Describe(name, OptionKind.Integer, meaning, RangeText("a whole number", low, high, none), low, high),
            o => get(o)?.ToString(CultureInfo.InvariantCulture) ?? none ?? "",
            (o, text) => set(o, text == none ? null : int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
            o => get(o) is not { } value || (value >= minimum && value <= maximum)));
    }

    /// <summary>Declares a number. NaN and ±∞ are never allowed.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it does, in a sentence.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The greatest value allowed.</param>
    /// <param name="exclusive">Whether <paramref name="minimum"/> itself is not allowed.</param>
    public OptionSet<TOptions> Number(
        string name, string meaning, Func<TOptions, double> get, Func<TOptions, double, TOptions> set,
        double? minimum = null, double? maximum = null, bool exclusive = false) =>
        OptionalNumber(name, meaning, o => get(o), (o, v) => set(o, v ?? throw new FormatException()), minimum, maximum, exclusive, none: null);

    /// <summary>Declares a number that may be left open. NaN and ±∞ are never allowed.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it does, in a sentence, and what an open one means.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The greatest value allowed.</param>
    /// <param name="exclusive">Whether <paramref name="minimum"/> itself is not allowed.</param>
    /// <param name="none">The word for an open value.</param>
    public OptionSet<TOptions> OptionalNumber(
        string name, string meaning, Func<TOptions, double?> get, Func<TOptions, double?, TOptions> set,
        double? minimum = null, double? maximum = null, bool exclusive = false, string? none = "auto") =>
        Add(new Entry(
            Describe(name, OptionKind.Number, meaning, RangeText("a number", minimum, maximum, none, exclusive), minimum, maximum),
            o => get(o)?.ToString("R", CultureInfo.InvariantCulture) ?? none ?? "",
            (o, text) => set(o, text == none ? null : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
            o => get(o) is not { } value
                || (double.IsFinite(value) && !(value < minimum) && !(value > maximum) && !(exclusive && value == minimum))));

    /// <summary>Declares a switch.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it does when true, in a sentence.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    public OptionSet<TOptions> Boolean(string name, string meaning, Func<TOptions, bool> get, Func<TOptions, bool, TOptions> set) =>
        Add(new Entry(
            Describe(name, OptionKind.Boolean, meaning, "true or false", null, null),
            o => get(o) ? "true" : "false",
            (o, text) => set(o, bool.Parse(text)),
            _ => true));

    /// <summary>Declares a choice out of the names of an enumeration.</summary>
    /// <typeparam name="TEnum">The enumeration.</typeparam>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it chooses, in a sentence.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    public OptionSet<TOptions> Choice<TEnum>(string name, string meaning, Func<TOptions, TEnum> get, Func<TOptions, TEnum, TOptions> set)
        where TEnum : struct, Enum
    {
        string[] names = Enum.GetNames<TEnum>();
        return Add(new Entry(
            Describe(name, OptionKind.Choice, meaning, string.Join(", ", names), null, null) with { Choices = names },
            o => get(o).ToString(),
            (o, text) => set(o, Enum.Parse<TEnum>(
                Array.Find(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw new FormatException())),
            o => Enum.IsDefined(get(o))));
    }

    /// <summary>Declares a list of whole numbers.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="meaning">What it does, in a sentence.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    /// <param name="minimum">The least value allowed of each.</param>
    public OptionSet<TOptions> IntegerList(
        string name, string meaning, Func<TOptions, IReadOnlyList<int>> get, Func<TOptions, IReadOnlyList<int>, TOptions> set, int minimum) =>
        Add(new Entry(
            Describe(name, OptionKind.IntegerList, meaning, $"whole numbers separated by commas, each {minimum} or more", minimum, null),
            o => string.Join(',', get(o).Select(v => v.ToString(CultureInfo.InvariantCulture))),
            (o, text) => set(o, [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(v => int.Parse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))]),
            o => get(o).All(v => v >= minimum)));

    /// <summary>Declares the seed that every randomised estimator has.</summary>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    public OptionSet<TOptions> Seed(Func<TOptions, int?> get, Func<TOptions, int?, TOptions> set) =>
        OptionalInteger("Seed", "The seed of its random choices; auto takes the one of the context.", get, set);

    /// <summary>Declares how classes are weighted, an option of every classifier that takes weights.</summary>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Returns the record with it changed.</param>
    public OptionSet<TOptions> ClassWeights(Func<TOptions, Trainers.ClassWeighting> get, Func<TOptions, Trainers.ClassWeighting, TOptions> set) =>
        Choice("ClassWeights", "Whether all rows count alike, or all classes.", get, set);

    /// <summary>These options but some, where they mean nothing: class weights without classes.</summary>
    /// <param name="names">The names of those that are left out.</param>
    public OptionSet<TOptions> Without(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var rest = new OptionSet<TOptions>(defaults);
        rest._entries.AddRange(_entries.Where(entry => !names.Contains(entry.Descriptor.Name)));
        return rest;
    }

    /// <summary>Checks every option.</summary>
    /// <param name="options">The record.</param>
    /// <exception cref="OptionException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate(TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var entry in _entries)
        {
            if (!entry.IsValid(options))
                throw OutOfRange(entry, entry.Get(options));
        }
    }

    /// <summary>Returns the record with one option changed.</summary>
    /// <param name="options">The record.</param>
    /// <param name="name">The option, without regard to case.</param>
    /// <param name="text">Its value, as text.</param>
    /// <exception cref="OptionException">There is no such option, or the value is not allowed.</exception>
    public TOptions Set(TOptions options, string name, string text)
    {
        var entry = _entries.Find(e => e.Descriptor.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (entry is null)
        {
            var names = _entries.ConvertAll(e => e.Descriptor.Name);
            string hint = NearestName.Find(name, names) is { } near ? $" Did you mean {near}?" : "";
            throw new OptionException($"There is no option {name}.{hint} {NearestName.List("The options are", names)}");
        }

        TOptions changed;
        try
        {
            changed = entry.Set(options, text.Trim());
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw OutOfRange(entry, text);
        }

        return entry.IsValid(changed) ? changed : throw OutOfRange(entry, text);
    }

    /// <summary>The value of every option, as text, in the order of declaration.</summary>
    /// <param name="options">The record.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Values(TOptions options) =>
        _entries.ConvertAll(e => KeyValuePair.Create(e.Descriptor.Name, e.Get(options)));

    /// <summary>The options that are not at their default, as "Name=value, …"; empty when all are.</summary>
    /// <param name="options">The record.</param>
    public string Changes(TOptions options) =>
        string.Join(", ", _entries.Where(e => e.Get(options) != e.Get(defaults)).Select(e => $"{e.Descriptor.Name}={e.Get(options)}"));

    /// <inheritdoc/>
    public IEnumerator<OptionDescriptor> GetEnumerator() => _entries.Select(e => e.Descriptor).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private OptionSet<TOptions> Add(Entry entry)
    {
        if (_entries.Exists(e => e.Descriptor.Name == entry.Descriptor.Name))
            throw new ArgumentException($"Option {entry.Descriptor.Name} is declared twice.", nameof(entry));
        _entries.Add(entry with { Descriptor = entry.Descriptor with { Default = entry.Get(defaults) } });
        return this;
    }

    private static OptionDescriptor Describe(string name, OptionKind kind, string meaning, string range, double? minimum, double? maximum) =>
        new(name, kind, meaning, range, "", minimum, maximum, []);

    private static string RangeText(string noun, double? minimum, double? maximum, string? none, bool exclusive = false)
    {
        string? low = minimum?.ToString(CultureInfo.InvariantCulture);
        string? high = maximum?.ToString(CultureInfo.InvariantCulture);
        string range = (low, high) switch
        {
            (not null, not null) => exclusive ? $"{noun} above {low}, up to {high}" : $"{noun} from {low} to {high}",
            (not null, null) => exclusive ? $"{noun} above {low}" : $"{noun}, {low} or more",
            (null, not null) => $"{noun}, {high} or less",
            _ => noun,
        };
        return none is null ? range : $"{range}, or {none}";
    }

    private static OptionException OutOfRange(Entry entry, string value) =>
        new($"Option {entry.Descriptor.Name} is {value}; expected {entry.Descriptor.Range}.");

    private sealed record Entry(
        OptionDescriptor Descriptor, Func<TOptions, string> Get, Func<TOptions, string, TOptions> Set, Func<TOptions, bool> IsValid);
}
