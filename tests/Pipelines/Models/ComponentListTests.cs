using MLPath.Runtime;

namespace MLPath.Tests.Models;

[TestClass]
public sealed class ComponentListTests
{
    private static ICanSaveModel Load(ModelLoadContext context) => new Scaler(context);

    [TestMethod]
    public void A_list_keeps_the_order_of_its_components() =>
        CollectionAssert.AreEqual(new[] { "Acme.B", "Acme.A" }, new ComponentList("Acme").Add("Acme.B", Load).Add("Acme.A", Load).ToArray());

    [TestMethod]
    public void An_id_is_listed_once()
    {
        var list = new ComponentList("Acme").Add("Acme.A", Load);
        Assert.Contains("'Acme.A' is already in the list of Acme", Assert.ThrowsExactly<ArgumentException>(() => list.Add("Acme.A", Load)).Message);
    }

    [TestMethod]
    public void An_id_is_a_library_and_a_component() =>
        Assert.Contains("'Clip'", Assert.ThrowsExactly<ArgumentException>(() => new ComponentList("Acme").Add("Clip", Load)).Message);

    [TestMethod]
    public void An_id_may_have_slashes() =>
        CollectionAssert.AreEqual(new[] { "Acme.Model/Binary" }, new ComponentList("Acme").Add("Acme.Model/Binary", Load).Ids.ToArray());

    [TestMethod]
    public void A_catalog_finds_what_lists_have()
    {
        var catalog = Models.CatalogOf(new ComponentList("Acme").Add("Acme.B", Load), new ComponentList("Zeta").Add("Zeta.A", Load).Add("Acme.A", Load));
        CollectionAssert.AreEqual(new[] { "Acme.A", "Acme.B", "Zeta.A" }, catalog.Ids.ToArray());
        Assert.IsTrue(catalog.TryGet("Acme.A", out var load));
        Assert.IsNotNull(load);
        Assert.IsFalse(catalog.TryGet("acme.a", out _));
    }

    [TestMethod]
    public void A_list_may_be_added_again_but_not_another_of_the_same_ids()
    {
        var list = new ComponentList("Acme").Add("Acme.A", Load);
        var catalog = Models.CatalogOf(list, list);
        CollectionAssert.AreEqual(new[] { "Acme.A" }, catalog.Ids.ToArray());

        var other = new ComponentList("Other").Add("Other.A", Load).Add("Acme.A", Load);
        var error = Assert.ThrowsExactly<ArgumentException>(() => catalog.Add(other));
        Assert.Contains("'Acme.A' of Other is already registered by Acme", error.Message);
        Assert.IsFalse(catalog.TryGet("Other.A", out _), "a list is added whole or not at all");
    }

    [TestMethod]
    public void Lists_may_be_added_from_many_threads()
    {
        var catalog = new ComponentCatalog();
        Parallel.For(0, 100, i => catalog.Add(new ComponentList($"L{i}").Add($"L{i}.A", Load)));
        Assert.HasCount(100, catalog.Ids);
    }
}
