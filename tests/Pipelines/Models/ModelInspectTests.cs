using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>A model file is described without any of its components.</summary>
[TestClass]
public sealed class ModelInspectTests
{
    [TestMethod]
    public void The_tree_has_every_setting_array_and_child()
    {
        byte[] file = Models.Save(Models.Small(), new ModelManifest { LibraryVersion = "0.1.0" });
        var description = Inspect(file, Models.Catalog);
        Assert.AreEqual(file.Length, description.FileBytes);
        Assert.AreEqual(new Version(1, 0), description.FormatVersion);
        Assert.AreEqual("0.1.0", description.LibraryVersion);
        Assert.IsNull(description.Provenance);
        Assert.IsNull(description.InputSchema);
        Assert.IsNull(description.OutputSchema);

        var root = description.Root;
        Assert.AreEqual(("Test.Chain", "model", "Test", 1), (root.Id, root.Name, root.Library, root.Version));
        CollectionAssert.AreEqual(new[] { "stages/0", "stages/1", "last" }, root.Children.Select(child => child.Name).ToArray());
        var first = root.Children[0];
        CollectionAssert.AreEqual(new[] { "columns", "tolerance", "rank" }, first.Settings.Select(setting => setting.Name).ToArray());
        Assert.AreEqual(1e-6, first.Settings[1].Value.GetDouble());
        CollectionAssert.AreEqual(new[] { "counts", "weights" }, first.Arrays.Select(array => array.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 2, 2 }, first.Arrays[0].Shape.ToArray());
        Assert.AreEqual(("I32", 4L, 16L), (first.Arrays[0].ElementType, first.Arrays[0].Count, first.Arrays[0].Bytes));
        Assert.AreEqual(2, first.ParameterCount, "integers are not parameters");
        Assert.HasCount(4, root.Subtree());

        CollectionAssert.AreEqual(ModelZip.Open(file).Entries.Select(entry => entry.Name).ToArray(), description.Entries.Select(entry => entry.Name).ToArray());
        CollectionAssert.AreEqual(ModelZip.Open(file).Entries.Select(entry => (long)entry.Bytes.Length).ToArray(), description.Entries.Select(entry => entry.Bytes).ToArray());
        Assert.AreEqual(description.Entries.Skip(2).Sum(entry => entry.Bytes), root.Subtree().Sum(component => component.Bytes));
    }

    [TestMethod]
    public void Components_need_not_be_registered_and_no_loader_runs()
    {
        byte[] file = Models.Save(new Chain([new Probe("Acme.Clip", save => save.Write("max", 2))]));
        var none = Inspect(file, null);
        Assert.IsTrue(none.Root.Subtree().All(component => component.Library is null));
        var some = Inspect(file, Models.CatalogOf(new ComponentList("Acme").Add("Acme.Clip", _ => throw new NotSupportedException())));
        CollectionAssert.AreEqual(new[] { null, "Acme" }, some.Root.Subtree().Select(component => component.Library).ToArray());
    }

    [TestMethod]
    public void A_trained_model_tells_its_label_seed_times_and_columns()
    {
        var kept = KeptCase.Of("iris-bayes");
        var model = kept.Pipeline.Fit(kept.Data, FitContext.Default with { Seed = 9 });
        using var stream = new MemoryStream();
        var catalog = new MLContext().Model;
        catalog.Save(model, kept.Data.Schema, stream);
        var description = catalog.Inspect(stream);
        Assert.AreEqual("Species", description.LabelSource);
        Assert.AreEqual("Label", description.Provenance!.LabelColumn);
        Assert.AreEqual(9, description.Provenance.Seed);
        Assert.HasCount(description.Provenance.Steps.Count, description.Provenance.StepDurations);
        Assert.IsTrue(description.Provenance.Duration >= description.Provenance.StepDurations.Aggregate(TimeSpan.Zero, (sum, time) => sum + time));
        Assert.AreEqual(kept.Data.Schema.ToString(), description.InputSchema!.ToString());
        var output = model.GetOutputSchema(kept.Data.Schema);
        CollectionAssert.AreEqual(output.VisibleNames.ToArray(), description.OutputSchema!.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(output["Label"].KeyValueTexts().ToArray(), description.OutputSchema!["Label"].KeyValueTexts().ToArray());
    }

    [TestMethod]
    public void A_schema_that_does_not_fit_does_not_keep_a_model_from_being_saved()
    {
        var kept = KeptCase.Of("iris-bayes");
        using var stream = new MemoryStream();
        var catalog = new MLContext().Model;
        catalog.Save(kept.Pipeline.Fit(kept.Data), DataViewSchema.Empty, stream);
        var description = catalog.Inspect(stream);
        Assert.IsNull(description.OutputSchema);
        Assert.IsNull(description.LabelSource);
        Assert.AreEqual("Label", description.Provenance!.LabelColumn);
    }

    [TestMethod]
    public void Damage_anywhere_is_found()
    {
        byte[] file = Models.Save(Models.Small());
        foreach (var (name, _) in ModelZip.Open(file).Entries)
        {
            var zip = ModelZip.Open(file);
            zip[name][^1] ^= 1;
            Assert.Contains("is damaged", Assert.ThrowsExactly<ModelFormatException>(() => Inspect(zip.Pack(), Models.Catalog)).Message);
        }
    }

    private static ModelDescription Inspect(byte[] file, ComponentCatalog? catalog)
    {
        using var stream = new MemoryStream(file);
        return ModelFile.Inspect(stream, catalog);
    }
}
