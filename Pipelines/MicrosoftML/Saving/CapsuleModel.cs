using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLPath.Runtime;

namespace MLPath.MicrosoftML;

/// <summary>The MLPath model file inside a <see cref="Capsule"/>, as text: base 64 of its bytes.</summary>
internal static class CapsuleModel
{
    private static readonly MLContext Context = new();

    // A loaded model keeps one text, which all its cursors show; as long as it lives, the opened model does.
    private static readonly ConditionalWeakTable<object, CapsulePlan> Opened = [];

    /// <summary>The components that can be restored.</summary>
    public static ComponentCatalog Components => Context.Components;

    /// <summary>Saves a transformer with the schema of the columns that it needs.</summary>
    public static string Save(ITransformer transformer, CapsulePlan plan)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(plan.Inputs);
        using var stream = new MemoryStream();
        Context.Model.Save(transformer, schema.ToSchema(), stream);
        return Convert.ToBase64String(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Opens a model, or gives the one that was opened.</summary>
    /// <exception cref="ModelFormatException">The text is not a model, is damaged, or has a component that is not registered.</exception>
    public static CapsulePlan Load(ReadOnlyMemory<char> text)
    {
        object owner = MemoryMarshal.TryGetString(text, out string? whole, out int start, out int length) && start == 0 && length == whole.Length
            ? whole
            : MemoryMarshal.TryGetArray(text, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : new object();
        return Opened.GetValue(owner, _ => Open(text));
    }

    private static CapsulePlan Open(ReadOnlyMemory<char> text)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text.ToString());
        }
        catch (FormatException error)
        {
            throw new ModelFormatException("The ML.NET model holds a model of MLPath that is damaged. Save it anew.", error);
        }

        using var stream = new MemoryStream(bytes, writable: false);
        var transformer = Context.Model.Load(stream, out var schema);
        return CapsulePlan.Of(transformer.GetRowToRowMapper(schema ?? throw new ModelFormatException("The model of MLPath in the ML.NET model lacks its schema. Save it anew.")));
    }
}
