using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>The values that keys stand for, in the order of the keys: key k stands for value k − 1. No value is there twice, none is missing.</summary>
internal abstract class KeyVocabulary(PrimitiveDataViewType valueType, int count)
{
    /// <summary>The type of the values; never a key type.</summary>
    public PrimitiveDataViewType ValueType { get; } = valueType;

    /// <summary>The number of values.</summary>
    public int Count { get; } = count;

    /// <summary>The type of the keys. A vocabulary without values has keys too, all of them missing, because a key type has at least one.</summary>
    public KeyDataViewType KeyType => new(Math.Max(1, Count));

    /// <summary>The type of the values that a column's items are or, for keys, stand for; keys without known values stand for their numbers.</summary>
    public static PrimitiveDataViewType ValueTypeOf(DataViewSchema.Column column)
    {
        var item = column.Type.ItemTypeOrSelf;
        return item is KeyDataViewType
            ? KeyValueType(column) ?? NumberDataViewType.All.First(n => n.RawType == item.RawType)
            : Primitive(column.Name, item);
    }

    /// <summary>The same of what is known before the fit.</summary>
    public static PrimitiveDataViewType ValueTypeOf(SchemaShape.Column column) =>
        column.IsKey && column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && !values.IsKey
            ? Primitive(column.Name, values.ItemType)
            : Primitive(column.Name, column.ItemType);

    /// <summary>The type of a key column's key values; null where it has none for each key, or they are keys themselves.</summary>
    public static PrimitiveDataViewType? KeyValueType(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType vector
        && (ulong)vector.Size == column.Type.KeyCount && vector.ItemType is not KeyDataViewType
            ? vector.ItemType
            : null;

    /// <summary>Whether a column's items are, or stand for, values of this type.</summary>
    public bool Reads(DataViewSchema.Column column) => ValueTypeOf(column).RawType == ValueType.RawType;

    /// <summary>The function that finds the key of each item of a column.</summary>
    public abstract ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output);

    /// <summary>Adds the values as annotation, with their type or as texts. The one key of an empty vocabulary stands for a missing value.</summary>
    public abstract void Annotate(DataViewSchema.Annotations.Builder annotations, bool asText);

    public abstract void Save(ModelSaveContext context, string name);

    public static KeyVocabulary Load(ModelLoadContext context, string name)
    {
        var type = context.ReadValueType(name);
        return type.Accept(new Loader(context, name, type));
    }

    // Images and their like have no equality that categories could be made of.
    private static PrimitiveDataViewType Primitive(string column, DataViewType type) => type as PrimitiveDataViewType
        ?? throw SchemaException.WrongType(column, "a column of categories (text, numbers, keys, …)", type.ToString()!);

    private sealed class Loader(ModelLoadContext context, string name, PrimitiveDataViewType type) : IRawTypeVisitor<KeyVocabulary>
    {
        public KeyVocabulary Visit<T>()
        {
            T[] values = context.ReadValues<T>(name);
            return values.Distinct(PrimitiveValues<T>.Equality).Count() == values.Length && !Array.Exists(values, PrimitiveValues<T>.IsMissing)
                ? new KeyVocabulary<T>(type, values)
                : throw context.Invalid($"a value of '{name}' is missing or is there twice");
        }
    }
}

/// <summary>A vocabulary of values of a raw type.</summary>
internal sealed class KeyVocabulary<T> : KeyVocabulary
{
    private readonly T[] _values;

    public KeyVocabulary(PrimitiveDataViewType valueType, T[] values) : base(valueType, values.Length)
    {
        _values = values;
#pragma warning disable CS8714 // All raw types are structs, which are never null.
        Keys = new Dictionary<T, uint>(values.Length, typeof(T) == typeof(ReadOnlyMemory<char>) ? PrimitiveValues<T>.Equality : null);
        for (int i = 0; i < values.Length; i++)
            Keys.Add(values[i], (uint)i + 1);
    }

    private Dictionary<T, uint> Keys { get; }
#pragma warning restore CS8714

    public override ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output)
    {
        if (input.Type.ItemTypeOrSelf is not KeyDataViewType key)
            return new LookupMap(this, zeroIsMissing: false).ToFunction(input, output);
        return KeyValueType(input) is null
            ? new LookupMap(this, zeroIsMissing: true).ToFunction(input, output)
            : key.Accept(new TranslationFactory(this, input, output));
    }

    public override void Annotate(DataViewSchema.Annotations.Builder annotations, bool asText)
    {
        T[] values = Count > 0 ? _values : [PrimitiveValues<T>.Missing];
        if (asText)
            annotations.AddKeyValues([.. values.Select(PrimitiveValues<T>.Text)]);
        else
            annotations.AddKeyValues(ValueType, values);
    }

    public override void Save(ModelSaveContext context, string name) => context.WriteValues<T>(name, ValueType, _values);

    private uint Find(T value) => Keys.TryGetValue(value, out uint key) ? key : 0;

    /// <summary>Values to keys.</summary>
    private sealed class LookupMap(KeyVocabulary<T> vocabulary, bool zeroIsMissing) : ItemMap<T, uint>
    {
        private readonly uint _keyOfDefault = zeroIsMissing ? 0 : vocabulary.Find(default!);

        public override bool KeepsDefault => _keyOfDefault == 0;

        protected override void Map(ReadOnlySpan<T> items, Span<uint> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = vocabulary.Find(items[i]);
            if (!zeroIsMissing)
                return;
            for (int i = 0; i < items.Length; i++)
            {
                if (KeyValue.Number(items[i]) == 0)
                    results[i] = 0;
            }
        }
    }

    /// <summary>Keys to the keys of the same values here.</summary>
    private sealed class TranslationMap<TKey>(uint[] keys) : ItemMap<TKey, uint>
    {
        public override bool KeepsDefault => true;

        protected override void Map(ReadOnlySpan<TKey> items, Span<uint> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = KeyValue.Number(items[i]) is var key && key < (ulong)keys.Length ? keys[key] : 0;
        }
    }

    private sealed class TranslationFactory(
        KeyVocabulary<T> vocabulary, DataViewSchema.Column input, DataViewSchema.DetachedColumn output) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<TKey>()
        {
            VBuffer<T> values = default;
            input.GetKeyValues(ref values);
            uint[] keys = [0, .. values.DenseValues().Select(vocabulary.Find)];
            return new TranslationMap<TKey>(keys).ToFunction(input, output);
        }
    }
}
