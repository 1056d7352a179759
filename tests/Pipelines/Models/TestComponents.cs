using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>A component made of two functions, so that each test states what it saves and loads.</summary>
internal sealed class Probe(string id, Action<ModelSaveContext> save) : ICanSaveModel
{
    public string ComponentId { get; } = id;

    public void Save(ModelSaveContext context) => save(context);
}

/// <summary>A component with one of everything, which checks what it reads as a real one does.</summary>
internal sealed class Scaler : ICanSaveModel
{
    internal const string Id = "Test.Scaler";

    internal Scaler(string[] columns, float[] weights, double tolerance)
    {
        if (columns.Length != weights.Length) throw new ArgumentException("There must be one weight for each column.");
        Columns = columns;
        Weights = weights;
        Tolerance = tolerance;
    }

    internal Scaler(ModelLoadContext context)
        : this(context.ReadStrings("columns"), context.ReadArray<float>("weights"), context.ReadDouble("tolerance"))
    {
        Counts = context.ReadArray<int>("counts", 2, -1);
        if (context.ReadInt32("rank") != 2) throw context.Invalid("setting 'rank' should be 2");
    }

    internal string[] Columns { get; }

    internal float[] Weights { get; }

    internal double Tolerance { get; }

    internal int[] Counts { get; } = [1, 2, 3, 4];

    public string ComponentId => Id;

    public void Save(ModelSaveContext context)
    {
        context.Write("columns", Columns);
        context.Write("tolerance", Tolerance);
        context.Write("rank", 2);
        context.WriteArray<float>("weights", Weights);
        context.WriteArray<int>("counts", Counts, 2, Counts.Length / 2);
    }
}

/// <summary>A component that contains others.</summary>
internal sealed class Chain(IReadOnlyList<ICanSaveModel> stages, ICanSaveModel? last = null) : ICanSaveModel
{
    internal const string Id = "Test.Chain";

    internal Chain(ModelLoadContext context)
        : this(context.LoadChildren<ICanSaveModel>("stages"), context.Has("last") ? context.LoadChild("last") : null) { }

    internal IReadOnlyList<ICanSaveModel> Stages { get; } = stages;

    internal ICanSaveModel? Last { get; } = last;

    public string ComponentId => Id;

    public void Save(ModelSaveContext context)
    {
        context.SaveChildren("stages", Stages);
        if (Last is not null) context.SaveChild("last", Last);
    }
}

internal static class Models
{
    internal static ComponentList Library { get; } = new ComponentList("Test")
        .Add(Scaler.Id, context => new Scaler(context))
        .Add(Chain.Id, context => new Chain(context));

    internal static ComponentCatalog Catalog { get; } = CatalogOf(Library);

    internal static ComponentCatalog CatalogOf(params ComponentList[] lists)
    {
        var catalog = new ComponentCatalog();
        foreach (var list in lists) catalog.Add(list);
        return catalog;
    }

    /// <summary>A chain of two scalers with a third at its end.</summary>
    internal static Chain Small() => new(
        [new Scaler(["length", "width"], [0.5f, -1.25f], 1e-6), new Scaler([], [], double.PositiveInfinity)],
        new Scaler(["κλειδί"], [float.NaN], double.NaN));

    internal static ModelManifest Manifest() => new()
    {
        LibraryVersion = "0.1.0",
        Provenance = new() { ["data"] = "a1b2", ["rows"] = 150, ["seed"] = 42 },
        Schema = new() { ["columns"] = new System.Text.Json.Nodes.JsonArray("length", "width") },
    };

    internal static byte[] Save(ICanSaveModel root, ModelManifest? manifest = null)
    {
        using var stream = new MemoryStream();
        ModelFile.Save(stream, root, manifest ?? new ModelManifest());
        return stream.ToArray();
    }

    internal static (ICanSaveModel Root, ModelManifest Manifest) Load(byte[] file, ComponentCatalog? catalog = null, ModelLoadLimits? limits = null)
    {
        using var stream = new MemoryStream(file, writable: false);
        return ModelFile.Load(stream, catalog ?? Catalog, limits);
    }

    /// <summary>Saves with one function and loads with the other; what the loader sees is what was saved.</summary>
    internal static void Exchange(Action<ModelSaveContext> save, Action<ModelLoadContext> load) =>
        Load(Save(new Probe("Test.Probe", save)), CatalogOf(Library, new ComponentList("Probes").Add("Test.Probe", context =>
        {
            load(context);
            return new Probe("Test.Probe", _ => { });
        })));

    /// <summary>The message with which loading fails.</summary>
    internal static string Refusal(Action<ModelSaveContext> save, Action<ModelLoadContext> load) =>
        Assert.ThrowsExactly<ModelFormatException>(() => Exchange(save, load)).Message;

    /// <summary>The message with which loading a file fails.</summary>
    internal static string Refusal(byte[] file, ModelLoadLimits? limits = null) =>
        Assert.ThrowsExactly<ModelFormatException>(() => Load(file, limits: limits)).Message;
}
