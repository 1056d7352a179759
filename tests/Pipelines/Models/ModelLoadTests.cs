using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>A loader that asks for what is not there learns, and tells, what is.</summary>
[TestClass]
public sealed class ModelLoadTests
{
    [TestMethod]
    public void A_missing_name_is_named()
    {
        Assert.Contains("'Test.Probe' (model) cannot be restored: setting 'k' is missing", Models.Refusal(_ => { }, load => load.ReadInt32("k")));
        Assert.Contains("array 'w' is missing", Models.Refusal(_ => { }, load => load.ReadArray<float>("w")));
        Assert.Contains("array 'w' is missing", Models.Refusal(_ => { }, load => load.ReadShape("w")));
        Assert.Contains("child 'c' is missing", Models.Refusal(_ => { }, load => load.LoadChild("c")));
        Assert.Contains("child 'c' is missing", Models.Refusal(_ => { }, load => load.LoadChildren<Scaler>("c")));
    }

    [TestMethod]
    public void A_setting_of_another_kind_is_described()
    {
        Assert.Contains("setting 's' should be text, but is the number '3'", Models.Refusal(s => s.Write("s", 3), load => load.ReadString("s")));
        Assert.Contains("should be text, but is null", Models.Refusal(s => s.Write("s", (string?)null), load => load.ReadString("s")));
        Assert.Contains("should be a truth value, but is text", Models.Refusal(s => s.Write("s", "true"), load => load.ReadBoolean("s")));
        Assert.Contains("should be an integer of 32 bits, but is the number '2147483648'",
            Models.Refusal(s => s.Write("s", 1L << 31), load => load.ReadInt32("s")));
        Assert.Contains("should be an integer of 64 bits, but is the number '0.5'", Models.Refusal(s => s.Write("s", 0.5), load => load.ReadInt64("s")));
        Assert.Contains("should be a number of double precision, but is text", Models.Refusal(s => s.Write("s", "nan"), load => load.ReadDouble("s")));
        Assert.Contains("should be a number of single precision, but is the number '1E+300'",
            Models.Refusal(s => s.Write("s", 1e300), load => load.ReadSingle("s")));
        Assert.Contains("should be a list of texts, but is text", Models.Refusal(s => s.Write("s", "a"), load => load.ReadStrings("s")));
        Assert.Contains("should be one of Sunday, Monday", Models.Refusal(s => s.Write("s", "1"), load => load.ReadEnum<DayOfWeek>("s")));
    }

    [TestMethod]
    public void A_wrong_shape_names_what_was_expected_and_found()
    {
        static void Save(ModelSaveContext context) => context.WriteArray<double>("weights", [1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Contains("'Test.Probe' (model) cannot be restored: array 'weights' should have the shape [* × 4], but has [2 × 3]",
            Models.Refusal(Save, load => load.ReadArray<double>("weights", -1, 4)));
        Assert.Contains("should have the shape [*], but has [2 × 3]", Models.Refusal(Save, load => load.ReadArray<double>("weights")));
        Assert.Contains("should have elements of type F32, but has F64", Models.Refusal(Save, load => load.ReadArray<float>("weights", 2, 3)));
        Assert.Contains("should have elements of type Char, but has F64", Models.Refusal(Save, load => load.ReadArray<char>("weights", 2, 3)));
    }

    [TestMethod]
    public void An_array_belongs_to_the_first_who_reads_it() => Assert.Contains("was read before", Models.Refusal(
        save => save.WriteArray<int>("a", [1]),
        load =>
        {
            load.ReadArray<int>("a");
            load.ReadArray<int>("a");
        }));

    [TestMethod]
    public void A_child_of_another_type_is_named()
    {
        static void Save(ModelSaveContext context)
        {
            context.SaveChild("one", new Scaler([], [], 0));
            context.SaveChildren("many", [new Chain([]), new Scaler([], [], 0)]);
        }
        Assert.Contains("child 'one' should be of type Chain, but is a 'Test.Scaler'", Models.Refusal(Save, load => load.LoadChild<Chain>("one")));
        Assert.Contains("child 'many/1' should be of type Chain", Models.Refusal(Save, load => load.LoadChildren<Chain>("many")));
        Assert.Contains("'one' should be a list", Models.Refusal(Save, load => load.LoadChildren<Scaler>("one")));
        Assert.Contains("'many' should be one component", Models.Refusal(Save, load => load.LoadChild("many")));
    }

    [TestMethod]
    public void An_unknown_component_is_named_with_the_line_that_adds_it()
    {
        var file = Models.Save(new Chain([new Probe("Acme.Clip", _ => { }), new Probe("Acme.Round", _ => { }), new Probe("Acme.Clip", _ => { })]));
        var message = Models.Refusal(file);
        Assert.Contains("'Acme.Clip' (model/stages/0), 'Acme.Round' (model/stages/1)", message);
        Assert.Contains("ml.Components.Add(list)", message);
        Assert.DoesNotContain("Test.Chain", message);
    }

    [TestMethod]
    public void No_loader_runs_while_a_component_is_unknown()
    {
        var ran = false;
        var catalog = Models.CatalogOf(new ComponentList("Test").Add("Test.Chain", context =>
        {
            ran = true;
            return new Chain(context);
        }));
        var file = Models.Save(new Chain([new Probe("Acme.Clip", _ => { })]));
        Assert.ThrowsExactly<ModelFormatException>(() => Models.Load(file, catalog));
        Assert.IsFalse(ran);
    }

    [TestMethod]
    public void What_a_loader_refuses_is_an_error_of_the_file()
    {
        var inconsistent = ModelZip.Open(Models.Save(Models.Small()))
            .Replace("model/stages/0/settings.json", "\"length\",", "").Rehash().Pack();
        Assert.Contains("'Test.Scaler' (model/stages/0) cannot be restored: There must be one weight for each column", Models.Refusal(inconsistent));

        var wrong = ModelZip.Open(Models.Save(Models.Small())).Replace("model/last/settings.json", "\"rank\": 2", "\"rank\": 3").Rehash().Pack();
        Assert.Contains("'Test.Scaler' (model/last) cannot be restored: setting 'rank' should be 2.", Models.Refusal(wrong));
    }

    [TestMethod]
    public void A_loader_returns_a_component()
    {
        var catalog = Models.CatalogOf(new ComponentList("Test").Add("Test.Null", _ => null!));
        var error = Assert.ThrowsExactly<ModelFormatException>(() => Models.Load(Models.Save(new Probe("Test.Null", _ => { })), catalog));
        Assert.Contains("returned null", error.Message);
    }

    [TestMethod]
    public void An_error_names_the_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a,b\n1,2\n");
            var error = Assert.ThrowsExactly<ModelFormatException>(() => ModelFile.Load(path, Models.Catalog));
            Assert.StartsWith(path + ": This is not a model file", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.ThrowsExactly<FileNotFoundException>(() => ModelFile.Load(path, Models.Catalog));
    }
}
