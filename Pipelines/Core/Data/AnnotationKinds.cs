using System.Globalization;

namespace MLPath.Data;

/// <summary>The kinds of annotation that MLPath writes and reads, by ML.NET's names.</summary>
public static class AnnotationKinds
{
    /// <summary>Names of a vector's slots: a vector of text.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>What the keys of a key column stand for: a vector of any primitive type, text most often.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>Whether the values were brought to a common scale: a Boolean.</summary>
    public const string IsNormalized = "IsNormalized";

    /// <summary>What a score column scores, one of the texts in <see cref="ScoreColumnKinds"/>.</summary>
    public const string ScoreColumnKind = "ScoreColumnKind";
}

/// <summary>The values of annotation <see cref="AnnotationKinds.ScoreColumnKind"/>.</summary>
public static class ScoreColumnKinds
{
    /// <summary>Binary classification.</summary>
    public const string BinaryClassification = "BinaryClassification";

    /// <summary>Multiclass classification.</summary>
    public const string MulticlassClassification = "MulticlassClassification";

    /// <summary>Regression.</summary>
    public const string Regression = "Regression";

    /// <summary>Clustering.</summary>
    public const string Clustering = "Clustering";

    /// <summary>Anomaly detection.</summary>
    public const string AnomalyDetection = "AnomalyDetection";
}

/// <summary>Reads the usual annotations of a column.</summary>
public static class SchemaAnnotationsExtensions
{
    /// <summary>Whether the column is a vector of known size whose slots have names.</summary>
    /// <param name="column">The column.</param>
    public static bool HasSlotNames(this DataViewSchema.Column column) =>
        column.Annotations.TryGetValue(AnnotationKinds.SlotNames, out VBuffer<ReadOnlyMemory<char>> names) && names.Length == column.Type.ValueCount;

    /// <summary>Gets the names of a vector's slots.</summary>
    /// <param name="column">The column.</param>
    /// <param name="slotNames">Receives the names.</param>
    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) =>
        column.Annotations.GetValue(AnnotationKinds.SlotNames, ref slotNames);

    /// <summary>The names of a vector's slots; where they have none, the column's name with the slot's number (<c>Pixels[3]</c>).</summary>
    /// <param name="column">A scalar (one slot, the column's name) or a vector of known size.</param>
    public static IReadOnlyList<string> SlotNamesOrDefault(this DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
            return [column.Name];
        var names = new string[vector.Size];
        bool given = column.Annotations.TryGetValue(AnnotationKinds.SlotNames, out VBuffer<ReadOnlyMemory<char>> texts) && texts.Length == vector.Size;
        for (int i = 0; i < names.Length; i++)
        {
            var name = given ? texts.GetItemOrDefault(i) : default;
            names[i] = name.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"{column.Name}[{i}]") : name.ToString();
        }

        return names;
    }

    /// <summary>Whether the column is a key, or a vector of keys, whose keys have values.</summary>
    /// <param name="column">The column.</param>
    public static bool HasKeyValues(this DataViewSchema.Column column) =>
        column.Type.KeyCount > 0 && column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not null;

    /// <summary>Gets what the keys of a column stand for.</summary>
    /// <typeparam name="TValue">The raw type of the values.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="keyValues">Receives the values, that of key 1 first.</param>
    public static void GetKeyValues<TValue>(this DataViewSchema.Column column, ref VBuffer<TValue> keyValues) =>
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref keyValues);

    /// <summary>
    /// What the keys of a column stand for, as texts: that of key 1 first; the keys' own numbers where no values are known.
    /// </summary>
    /// <param name="column">A key column.</param>
    public static IReadOnlyList<string> KeyValueTexts(this DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { } annotation)
            return annotation.Type.Accept(new Texts(column.Annotations));
        return [.. Enumerable.Range(1, checked((int)column.Type.KeyCount)).Select(k => k.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Whether the values were brought to a common scale.</summary>
    /// <param name="column">The column.</param>
    public static bool IsNormalized(this DataViewSchema.Column column) =>
        column.Annotations.TryGetValue(AnnotationKinds.IsNormalized, out bool normalized) && normalized;

    private sealed class Texts(DataViewSchema.Annotations annotations) : IRawTypeVisitor<IReadOnlyList<string>>
    {
        public IReadOnlyList<string> Visit<T>()
        {
            VBuffer<T> values = default;
            annotations.GetValue(AnnotationKinds.KeyValues, ref values);
            return [.. values.DenseValues().Select(Transforms.PrimitiveValues<T>.Text)];
        }
    }
}
