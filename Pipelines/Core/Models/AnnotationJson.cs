using System.Text.Json;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>
/// The values of annotations as JSON: a scalar as itself, a dense vector as a list, a sparse one as
/// <c>{"length": 9, "indices": [2, 5], "values": [true, true]}</c>.
/// </summary>
internal static class AnnotationJson
{
    /// <summary>Writes one annotation's value.</summary>
    internal sealed class Writer(Utf8JsonWriter json, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            if (annotation.Type is VectorDataViewType)
            {
                VBuffer<T> vector = default;
                annotations.GetValue(annotation.Name, ref vector);
                WriteVector(vector);
            }
            else
            {
                T value = default!;
                annotations.GetValue(annotation.Name, ref value);
                RawValueJson<T>.Instance.Write(json, value);
            }
            return true;
        }

        private void WriteVector<T>(VBuffer<T> vector)
        {
            if (!vector.IsDense)
            {
                json.WriteStartObject();
                json.WriteNumber("length", vector.Length);
                json.WriteStartArray("indices");
                foreach (var index in vector.GetIndices()) json.WriteNumberValue(index);
                json.WriteEndArray();
                json.WritePropertyName("values");
            }
            json.WriteStartArray();
            foreach (var value in vector.GetValues()) RawValueJson<T>.Instance.Write(json, value);
            json.WriteEndArray();
            if (!vector.IsDense) json.WriteEndObject();
        }
    }

    /// <summary>Reads one annotation's value and adds the annotation.</summary>
    internal sealed class Reader(JsonElement json, string kind, DataViewType type, DataViewSchema.Annotations.Builder annotations) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
#pragma warning disable CS8714 // Raw types are value types; the visitor's T only cannot say so.
            if (type is VectorDataViewType vector) annotations.Add(kind, type, ReadVector<T>(vector));
            else annotations.Add(kind, type, ReadValue<T>(json));
#pragma warning restore CS8714
            return true;
        }

        private VBuffer<T> ReadVector<T>(VectorDataViewType vectorType)
        {
            var vector = json.ValueKind == JsonValueKind.Object ? ReadSparse<T>() : Dense(ReadValues<T>(json));
            if (vectorType.IsKnownSize && vector.Length != vectorType.Size) throw Invalid($"has {vector.Length} values, not {vectorType.Size}");
            return vector;
        }

        private VBuffer<T> ReadSparse<T>()
        {
            var length = SchemaJson.Member(json, "length", JsonValueKind.Number).GetInt32();
            int[] indices = [.. SchemaJson.Member(json, "indices", JsonValueKind.Array).EnumerateArray().Select(index => index.GetInt32())];
            var values = ReadValues<T>(SchemaJson.Member(json, "values", JsonValueKind.Array));
            if (values.Length != indices.Length) throw Invalid("has not as many values as indices");
            for (var i = 0; i < indices.Length; i++)
                if (indices[i] >= length || indices[i] <= (i == 0 ? -1 : indices[i - 1])) throw Invalid("has indices that do not increase within its length");
            return new(length, values.Length, values, indices);
        }

        private T[] ReadValues<T>(JsonElement list) => list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(ReadValue<T>)] : throw Invalid("is not a list");

        private T ReadValue<T>(JsonElement value) => RawValueJson<T>.Instance.TryRead(value, out var read)
            ? read : throw Invalid($"holds {ModelJson.Describe(value)}, which is not of type {type.ItemTypeOrSelf}");

        private ModelFormatException Invalid(string message) => new($"The annotation {ModelJson.Quote(kind)} {message}.");

        private static VBuffer<T> Dense<T>(T[] values) => new(values.Length, values);
    }
}
