using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>What a reader does with files of other versions than its own.</summary>
[TestClass]
public sealed class ModelVersionTests
{
    private const string Current = "\"formatVersion\": 1,\n \"formatMinorVersion\": 0,";

    [TestMethod]
    public void A_newer_major_version_is_refused_with_what_to_do()
    {
        var zip = ModelZip.Open(Models.Save(Models.Small(), Models.Manifest()))
            .Replace("manifest.json", Current, "\"formatVersion\": 2, \"formatMinorVersion\": 3,")
            .Replace("manifest.json", "\"mlpathVersion\": \"0.1.0\"", "\"mlpathVersion\": \"9.0.0\"").RehashManifest();
        string message = Models.Refusal(zip.Pack());
        Assert.Contains("written by MLPath 9.0.0 in format version 2; this MLPath reads versions up to 1", message);
        Assert.Contains("Load it with MLPath 9.0.0 or newer, or save the model again with this one", message);
    }

    [TestMethod]
    public void A_file_without_a_minor_version_is_of_minor_version_0()
    {
        var zip = ModelZip.Open(Models.Save(Models.Small(), Models.Manifest())).Replace("manifest.json", Current, "\"formatVersion\": 1,").RehashManifest();
        Assert.AreEqual(0, Models.Load(zip.Pack()).Manifest.FormatMinorVersion);
    }

    [TestMethod]
    public void What_a_newer_minor_version_added_is_passed_over()
    {
        var zip = ModelZip.Open(Models.Save(Models.Small(), Models.Manifest()));
        zip.Entries.Add(("model/thumbnail.png", [1, 2, 3]));
        zip.Rehash();
        zip.Replace("manifest.json", "\"formatMinorVersion\":0", "\"formatMinorVersion\":7,\"signature\":{\"by\":[1,2]}")
            .Replace("manifest.json", "{\"id\":\"Test.Scaler\"}", "{\"id\":\"Test.Scaler\",\"device\":\"GPU\"}").RehashManifest();
        var (root, manifest) = Models.Load(zip.Pack());
        Assert.AreEqual(7, manifest.FormatMinorVersion);
        CollectionAssert.AreEqual(Models.Save(Models.Small(), Models.Manifest()), Models.Save(root, manifest), "It is saved in the version of the writer.");

        zip["model/thumbnail.png"] = [1, 2, 4];
        Assert.Contains("'model/thumbnail.png' is damaged", Models.Refusal(zip.Pack()));
    }

    [TestMethod]
    [DataRow("-1")]
    [DataRow("0.5")]
    [DataRow("\"0\"")]
    [DataRow("4294967296")]
    public void A_minor_version_is_a_number(string minor) => Assert.Contains("'formatMinorVersion'", Models.Refusal(
        ModelZip.Open(Models.Save(Models.Small(), Models.Manifest())).Replace("manifest.json", "\"formatMinorVersion\": 0", $"\"formatMinorVersion\": {minor}")
            .RehashManifest().Pack()));

    [TestMethod]
    public void A_component_states_its_version_and_its_loader_hears_it()
    {
        var seen = new List<int>();
        ComponentCatalog Catalog(int newest) => Models.CatalogOf(new ComponentList("Acme").Add("Acme.Clip", context =>
        {
            seen.Add(context.ComponentVersion);
            return new Versioned(context.ComponentVersion);
        }, newest));

        byte[] first = Models.Save(new Versioned(1));
        Assert.DoesNotContain("\"version\"", ModelZip.Open(first).Text("manifest.json"));
        Models.Load(first, Catalog(1));
        Models.Load(first, Catalog(3));
        byte[] third = Models.Save(new Versioned(3));
        Assert.Contains("\"id\": \"Acme.Clip\",\n  \"version\": 3", ModelZip.Open(third).Text("manifest.json"));
        Models.Load(third, Catalog(3));
        CollectionAssert.AreEqual(new[] { 1, 1, 3 }, seen);

        var error = Assert.ThrowsExactly<ModelFormatException>(() => Models.Load(third, Catalog(2)));
        Assert.Contains("'Acme.Clip' (model) was written in version 3", error.Message);
        Assert.Contains("reads versions up to 2. Update Acme to load it", error.Message);
        Assert.HasCount(3, seen, "No loader sees a version that it does not know.");
    }

    [TestMethod]
    public void Versions_of_components_begin_at_1()
    {
        Assert.Contains("Versions begin at 1", Assert.ThrowsExactly<InvalidOperationException>(() => Models.Save(new Versioned(0))).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ComponentList("Acme").Add("Acme.Clip", _ => new Versioned(1), 0));
        foreach (string version in (string[])["0", "-3", "\"2\"", "1.5"])
        {
            var zip = ModelZip.Open(Models.Save(new Versioned(2))).Replace("manifest.json", "\"version\": 2", $"\"version\": {version}").RehashManifest();
            Assert.Contains("'Acme.Clip' (model) has a version that is not a positive integer", Models.Refusal(zip.Pack()));
        }
    }

    [TestMethod]
    public void Saving_and_loading_stop_when_asked_to()
    {
        using var stopped = new CancellationTokenSource();
        byte[] file = Models.Save(Models.Small());
        var loading = Models.CatalogOf(new ComponentList("Test").Add(Chain.Id, context => new Chain(context)).Add(Scaler.Id, context =>
        {
            stopped.Cancel();
            return new Scaler(context);
        }));
        using var stream = new MemoryStream(file);
        Assert.ThrowsExactly<OperationCanceledException>(() => ModelFile.Load(stream, loading, cancellationToken: stopped.Token));
        Assert.ThrowsExactly<OperationCanceledException>(() => ModelFile.Inspect(stream, cancellationToken: stopped.Token));

        string folder = Directory.CreateTempSubdirectory("mlpath-").FullName;
        try
        {
            string path = Path.Combine(folder, "m.mlpath");
            ModelFile.Save(path, Models.Small(), Models.Manifest());
            byte[] before = File.ReadAllBytes(path);
            using var saving = new CancellationTokenSource();
            var model = new Probe("Test.Probe", context =>
            {
                context.WriteArray("large", new double[100_000]);
                saving.Cancel();
            });
            Assert.ThrowsExactly<OperationCanceledException>(() => ModelFile.Save(path, model, Models.Manifest(), saving.Token));
            CollectionAssert.AreEqual(before, File.ReadAllBytes(path));
            Assert.HasCount(1, Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Versioned(int version) : ICanSaveModel
    {
        public string ComponentId => "Acme.Clip";

        public int ComponentVersion => version;

        public void Save(ModelSaveContext context) => context.Write("max", 1.0);
    }
}
