using System.Diagnostics.CodeAnalysis;
using MLPath.Data;

namespace MLPath;

public sealed partial class DataViewSchema
{
    /// <summary>What is known of a column beyond its type, by kind: slot names, key values, whether it is normalised, … Immutable.</summary>
    public sealed class Annotations
    {
        private readonly object[] _values;

        private Annotations(DataViewSchema schema, object[] values) => (Schema, _values) = (schema, values);

        /// <summary>No annotations.</summary>
        public static Annotations Empty { get; } = new(DataViewSchema.Empty, []);

        /// <summary>The kinds present, with their types.</summary>
        public DataViewSchema Schema { get; }

        /// <summary>A getter of one annotation.</summary>
        /// <typeparam name="TValue">The raw type of the annotation.</typeparam>
        /// <param name="column">A column of <see cref="Schema"/>.</param>
        public ValueGetter<TValue> GetGetter<TValue>(Column column) =>
            (ref TValue value) => value = Cast<TValue>(column.Name, _values[column.Index]);

        /// <summary>Gets one annotation.</summary>
        /// <typeparam name="TValue">The raw type of the annotation.</typeparam>
        /// <param name="kind">Its kind.</param>
        /// <param name="value">Receives it.</param>
        /// <exception cref="SchemaException">There is no annotation of that kind.</exception>
        public void GetValue<TValue>(string kind, ref TValue value) => value = Cast<TValue>(kind, _values[Schema[kind].Index]);

        /// <summary>Gets one annotation if it is there and of that type.</summary>
        /// <typeparam name="TValue">The raw type of the annotation.</typeparam>
        /// <param name="kind">Its kind.</param>
        /// <param name="value">Receives it.</param>
        public bool TryGetValue<TValue>(string kind, [MaybeNullWhen(false)] out TValue value)
        {
            if (Schema.GetColumnOrNull(kind) is { } column && _values[column.Index] is TValue typed)
            {
                value = typed;
                return true;
            }

            value = default;
            return false;
        }

        private static TValue Cast<TValue>(string kind, object value) =>
            value is TValue typed
                ? typed
                : throw new SchemaException($"Annotation '{kind}' is a {value.GetType().Name}; it was read as {typeof(TValue).Name}.");

        /// <summary>Collects annotations.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<object> _values = [];

            /// <summary>Adds one annotation.</summary>
            /// <typeparam name="TValue">Its raw type.</typeparam>
            /// <param name="kind">Its kind; see <see cref="AnnotationKinds"/> for those that MLPath knows.</param>
            /// <param name="type">Its type.</param>
            /// <param name="value">Its value, which must not change afterwards.</param>
            public Builder Add<TValue>(string kind, DataViewType type, TValue value) where TValue : notnull
            {
                if (type.RawType != typeof(TValue))
                    throw new ArgumentException($"Annotation '{kind}' of type {type} holds {type.RawType.Name}, not {typeof(TValue).Name}.", nameof(value));
                _schema.AddColumn(kind, type);
                _values.Add(value);
                return this;
            }

            /// <summary>Adds one annotation from a getter, which is called once, now.</summary>
            /// <typeparam name="TValue">Its raw type.</typeparam>
            /// <param name="kind">Its kind.</param>
            /// <param name="type">Its type.</param>
            /// <param name="getter">Gives its value.</param>
            public Builder Add<TValue>(string kind, DataViewType type, ValueGetter<TValue> getter) where TValue : notnull
            {
                TValue value = default!;
                getter(ref value);
                return Add(kind, type, value);
            }

            /// <summary>Adds all annotations of another column, or those of some kinds.</summary>
            /// <param name="annotations">The annotations to copy.</param>
            /// <param name="selector">Says which kinds to copy; all when omitted.</param>
            public Builder Add(Annotations annotations, Func<string, bool>? selector = null)
            {
                foreach (var column in annotations.Schema)
                {
                    if (selector is not null && !selector(column.Name))
                        continue;
                    _schema.AddColumn(column.Detach());
                    _values.Add(annotations._values[column.Index]);
                }

                return this;
            }

            /// <summary>Adds the names of a vector's slots.</summary>
            /// <param name="names">As many names as slots.</param>
            public Builder AddSlotNames(IReadOnlyList<string> names) => AddTexts(AnnotationKinds.SlotNames, names);

            /// <summary>Adds the texts that a key column's keys stand for.</summary>
            /// <param name="values">The text of key 1, of key 2, …</param>
            public Builder AddKeyValues(IReadOnlyList<string> values) => AddTexts(AnnotationKinds.KeyValues, values);

            /// <summary>Adds the values that a key column's keys stand for.</summary>
            /// <typeparam name="T">Their raw type.</typeparam>
            /// <param name="itemType">Their type.</param>
            /// <param name="values">The value of key 1, of key 2, …</param>
            public Builder AddKeyValues<T>(PrimitiveDataViewType itemType, T[] values) =>
                Add(AnnotationKinds.KeyValues, new VectorDataViewType(itemType, values.Length), new VBuffer<T>(values.Length, values));

            /// <summary>Makes the annotations.</summary>
            public Annotations ToAnnotations() => _values.Count == 0 ? Empty : new(_schema.ToSchema(), [.. _values]);

            private Builder AddTexts(string kind, IReadOnlyList<string> texts) =>
                Add(kind, new VectorDataViewType(TextDataViewType.Instance, texts.Count),
                    new VBuffer<ReadOnlyMemory<char>>(texts.Count, [.. texts.Select(t => t.AsMemory())]));
        }
    }
}
