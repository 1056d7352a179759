using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>A schema as JSON, and back: names, types, dimensions, key counts and annotations of every column, in order.</summary>
/// <remarks>
/// <para>A simple type is its name (<c>"Single"</c>, <c>"Text"</c>), a key is <c>{"key": "UInt32", "count": 3}</c>, a vector is
/// <c>{"vector": "Single", "dimensions": [8, 8]}</c>, without dimensions where it is ragged, and a type that a library defined is
/// <c>{"type": "MLPath.Image", "dimensions": [32, 32]}</c>. Which columns are hidden follows from their
/// names, as in every schema: the last of a name is the visible one.</para>
/// <para>Annotations of every type keep every bit of their values, but for text that is not valid Unicode, whose lone surrogates become
/// U+FFFD, and NaN, which has one form.</para>
/// </remarks>
public static class SchemaJson
{
    /// <summary>The types that are written as their names alone.</summary>
    internal static readonly PrimitiveDataViewType[] SimpleTypes =
    [
        .. NumberDataViewType.All, TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    /// <summary>Writes a schema, as <see cref="ModelManifest.Schema"/> takes it.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>Its JSON.</returns>
    public static JsonObject Write(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, ModelJson.Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("columns");
            foreach (var column in schema) WriteColumn(json, column);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return JsonNode.Parse(bytes.WrittenSpan, documentOptions: ModelJson.Strict)!.AsObject();
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="json">What <see cref="Write"/> wrote.</param>
    /// <param name="components">Knows the types that libraries define; none are known when omitted.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ModelFormatException">The JSON is not a schema; the message names the column.</exception>
    public static DataViewSchema Read(JsonObject json, ComponentCatalog? components = null) =>
        Read(json, (id, dimensions) => components is not null && components.TryGetType(id, out var create)
            ? create(dimensions)
            : throw new ModelFormatException(
                $"The type {ModelJson.Quote(id)} is not registered. Add the component list of its library with ml.Components.Add before loading."));

    /// <summary>Reads a schema to show it: types that are not registered are known by their names alone.</summary>
    internal static DataViewSchema Describe(JsonObject json, ComponentCatalog? components) =>
        Read(json, (id, dimensions) => components is not null && components.TryGetType(id, out var create)
            ? create(dimensions)
            : new UnregisteredDataViewType(id, dimensions));

    internal static JsonElement Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member : throw new ModelFormatException($"'{name}' is missing or is not of the kind {kind}.");

    private static DataViewSchema Read(JsonObject json, Func<string, int[], DataViewType> registered)
    {
        ArgumentNullException.ThrowIfNull(json);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, ModelJson.Indented)) json.WriteTo(writer);
        using var document = JsonDocument.Parse(bytes.WrittenMemory, ModelJson.Strict);

        if (!document.RootElement.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array)
            throw new ModelFormatException("The schema has no list of columns.");
        var schema = new DataViewSchema.Builder();
        var index = 0;
        foreach (var column in columns.EnumerateArray())
        {
            try
            {
                schema.AddColumn(ReadColumn(column, registered));
            }
            catch (Exception e) when (e is ModelFormatException or ArgumentException or OverflowException or InvalidOperationException or FormatException)
            {
                throw new ModelFormatException($"Column {index} of the schema is not valid: {e.Message}", e);
            }
            index++;
        }
        return schema.ToSchema();
    }

    private static void WriteColumn(Utf8JsonWriter json, DataViewSchema.Column column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WritePropertyName("type");
        WriteType(json, column.Type);
        if (column.Annotations.Schema.Count > 0)
        {
            json.WriteStartArray("annotations");
            foreach (var annotation in column.Annotations.Schema)
            {
                if (annotation.IsHidden) continue;
                json.WriteStartObject();
                json.WriteString("kind", annotation.Name);
                json.WritePropertyName("type");
                WriteType(json, annotation.Type);
                json.WritePropertyName("value");
                annotation.Type.Accept(new AnnotationJson.Writer(json, column.Annotations, annotation));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static DataViewSchema.DetachedColumn ReadColumn(JsonElement column, Func<string, int[], DataViewType> registered)
    {
        var name = Member(column, "name", JsonValueKind.String).GetString()!;
        var type = ReadRegistered(column, registered) ?? ReadType(column);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (column.TryGetProperty("annotations", out _))
            foreach (var annotation in Member(column, "annotations", JsonValueKind.Array).EnumerateArray())
                ReadAnnotation(annotation, annotations);
        return new(name, type, annotations.ToAnnotations());
    }

    private static void ReadAnnotation(JsonElement annotation, DataViewSchema.Annotations.Builder annotations)
    {
        var kind = Member(annotation, "kind", JsonValueKind.String).GetString()!;
        var type = ReadType(annotation);
        if (!annotation.TryGetProperty("value", out var value))
            throw new ModelFormatException($"The annotation {ModelJson.Quote(kind)} has no value.");
        type.Accept(new AnnotationJson.Reader(value, kind, type, annotations));
    }

    private static void WriteType(Utf8JsonWriter json, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                json.WriteStartObject();
                json.WritePropertyName("vector");
                WriteType(json, vector.ItemType);
                if (vector.IsKnownSize)
                {
                    json.WriteStartArray("dimensions");
                    foreach (var dimension in vector.Dimensions) json.WriteNumberValue(dimension);
                    json.WriteEndArray();
                }
                json.WriteEndObject();
                break;
            case KeyDataViewType key:
                json.WriteStartObject();
                json.WriteString("key", NumberDataViewType.All.First(number => number.RawType == key.RawType).ToString());
                json.WriteNumber("count", key.Count);
                json.WriteEndObject();
                break;
            case IRegisteredType registered:
                json.WriteStartObject();
                json.WriteString("type", registered.TypeId);
                json.WriteStartArray("dimensions");
                foreach (var dimension in registered.Dimensions) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(type.ToString());
                break;
        }
    }

    // The type that a library defined, of a column; null where the column has another one.
    private static DataViewType? ReadRegistered(JsonElement column, Func<string, int[], DataViewType> registered)
    {
        if (!column.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.Object || !type.TryGetProperty("type", out _))
            return null;
        var id = Member(type, "type", JsonValueKind.String).GetString()!;
        int[] dimensions = [.. Member(type, "dimensions", JsonValueKind.Array).EnumerateArray().Select(dimension => dimension.GetInt32())];
        return ModelPath.IsComponentId(id) ? registered(id, dimensions) : throw new ModelFormatException($"{ModelJson.Quote(id)} is not a type id. {ModelPath.ComponentIdRule}");
    }

    private static DataViewType ReadType(JsonElement owner)
    {
        if (!owner.TryGetProperty("type", out var type)) throw new ModelFormatException("'type' is missing.");
        if (type.ValueKind != JsonValueKind.Object || !type.TryGetProperty("vector", out var item)) return ReadPrimitive(type);
        if (!type.TryGetProperty("dimensions", out _)) return new VectorDataViewType(ReadPrimitive(item));
        int[] dimensions = [.. Member(type, "dimensions", JsonValueKind.Array).EnumerateArray().Select(dimension => dimension.GetInt32())];
        return new VectorDataViewType(ReadPrimitive(item), dimensions);
    }

    private static PrimitiveDataViewType ReadPrimitive(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String) return Simple(type.GetString()!);
        var stored = Simple(Member(type, "key", JsonValueKind.String).GetString()!);
        return new KeyDataViewType(stored.RawType, Member(type, "count", JsonValueKind.Number).GetUInt64());
    }

    private static PrimitiveDataViewType Simple(string name) =>
        Array.Find(SimpleTypes, type => type.ToString() == name)
        ?? throw new ModelFormatException($"There is no type {ModelJson.Quote(name)}; the types are {string.Join<PrimitiveDataViewType>(", ", SimpleTypes)}.");
}
