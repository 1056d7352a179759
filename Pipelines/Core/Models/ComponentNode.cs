using System.Text.Json;

namespace MLPath.Runtime;

/// <summary>A component in the manifest's tree: its id, its version, its folder, and what it contains.</summary>
internal sealed class ComponentNode(string id, int version, string folder)
{
    private static readonly Dictionary<string, Slot> s_none = [];
    private Dictionary<string, Slot>? _children;

    internal string Id { get; } = id;

    /// <summary>The version of what the component wrote; 1 where the file says nothing.</summary>
    internal int Version { get; } = version;

    internal string Folder { get; } = folder;

    /// <summary>The children by name.</summary>
    internal IReadOnlyDictionary<string, Slot> Children => _children ?? s_none;

    /// <summary>This component and all below it, parents before their children, in the order of the file.</summary>
    internal IEnumerable<ComponentNode> Subtree()
    {
        var pending = new Stack<ComponentNode>([this]);
        while (pending.TryPop(out var node))
        {
            yield return node;
            foreach (var slot in node.Children.Values.Reverse())
                foreach (var child in slot.Components.Reverse()) pending.Push(child);
        }
    }

    internal static void Write(Utf8JsonWriter json, ModelSaveContext component)
    {
        json.WriteStartObject();
        json.WriteString("id", component.ComponentId);
        if (component.ComponentVersion != 1) json.WriteNumber("version", component.ComponentVersion);
        if (component.Children.Count > 0)
        {
            json.WriteStartObject("children");
            foreach (var slot in component.Children)
            {
                json.WritePropertyName(slot.Name);
                if (slot.IsList) json.WriteStartArray();
                foreach (var child in slot.Components) Write(json, child);
                if (slot.IsList) json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>The component for an error message.</summary>
    public override string ToString() => $"The component '{Id}' ({Folder})";

    /// <summary>One child, or a list of children.</summary>
    internal readonly record struct Slot(bool IsList, IReadOnlyList<ComponentNode> Components);

    /// <summary>Reads a tree of bounded depth and size.</summary>
    internal sealed class Parser(int maxDepth, int maxComponents)
    {
        private int _components;

        internal ComponentNode Parse(JsonElement element, string folder = ModelPath.Root, int depth = 1)
        {
            if (depth > maxDepth) throw new ModelFormatException($"Its components are nested more than {maxDepth} deep.");
            if (++_components > maxComponents) throw new ModelFormatException($"It has more components than the file's {maxComponents} entries.");
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
                throw new ModelFormatException($"The component at {folder} is not an object with an id.");
            if (!ModelPath.IsComponentId(id.GetString()))
                throw new ModelFormatException($"The component at {folder} has the id {ModelJson.Quote(id.GetString()!)}. {ModelPath.ComponentIdRule}");

            var version = 1;
            if (element.TryGetProperty("version", out var number)
                && (number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out version) || version < 1))
                throw new ModelFormatException($"The component '{id.GetString()}' ({folder}) has a version that is not a positive integer.");
            var node = new ComponentNode(id.GetString()!, version, folder);
            if (!element.TryGetProperty("children", out var children)) return node;
            if (children.ValueKind != JsonValueKind.Object) throw new ModelFormatException($"The children of the component at {folder} are not an object.");
            node._children = new(StringComparer.Ordinal);
            foreach (var child in children.EnumerateObject())
            {
                if (!ModelPath.IsChildName(child.Name))
                    throw new ModelFormatException($"{node} has a child named {ModelJson.Quote(child.Name)}. {ModelPath.ChildNameRule}");
                node._children.Add(child.Name, ParseSlot(child, folder, depth + 1));
            }
            return node;
        }

        private Slot ParseSlot(JsonProperty child, string folder, int depth)
        {
            if (child.Value.ValueKind != JsonValueKind.Array)
                return new(IsList: false, [Parse(child.Value, $"{folder}/{child.Name}", depth)]);
            var components = new List<ComponentNode>();
            foreach (var item in child.Value.EnumerateArray())
                components.Add(Parse(item, ModelPath.Child(folder, child.Name, components.Count), depth));
            return new(IsList: true, components);
        }
    }
}
