using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

[TestClass]
public sealed class ModelSaveTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_file_is_written_and_read()
    {
        var path = TemporaryFile();
        ModelFile.Save(path, Models.Small(), Models.Manifest());
        CollectionAssert.AreEqual(Models.Save(Models.Small(), Models.Manifest()), File.ReadAllBytes(path));
        Assert.AreEqual(42, (int)ModelFile.ReadManifest(path).Provenance["seed"]!);
        Assert.IsInstanceOfType<Chain>(ModelFile.Load(path, Models.Catalog).Root);
    }

    [TestMethod]
    public void A_component_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var path = TemporaryFile();
        ModelFile.Save(path, Models.Small(), Models.Manifest());
        var before = File.ReadAllBytes(path);

        var failing = new Chain([Models.Small(), new Probe("Test.Failing", context =>
        {
            context.Write("half", 1);
            throw new NotSupportedException("halfway");
        })]);
        Assert.ThrowsExactly<NotSupportedException>(() => ModelFile.Save(path, failing, Models.Manifest()));

        CollectionAssert.AreEqual(before, File.ReadAllBytes(path));
        Assert.HasCount(1, Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void A_component_that_fails_writes_nothing_to_a_stream()
    {
        using var stream = new MemoryStream();
        Assert.ThrowsExactly<NotSupportedException>(() => ModelFile.Save(
            stream, new Probe("Test.Failing", _ => throw new NotSupportedException()), new ModelManifest()));
        Assert.AreEqual(0, stream.Length);
    }

    [TestMethod]
    public void A_name_is_written_once()
    {
        Assert.Contains("the name 'x' is written twice", Misuse(context =>
        {
            context.Write("x", 1);
            context.Write("x", 2.0);
        }));
        Assert.Contains("'x'", Misuse(context =>
        {
            context.WriteArray<float>("x", [1]);
            context.SaveChildren("x", []);
        }));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(".")]
    [DataRow("..")]
    [DataRow("a..b")]
    [DataRow(".a")]
    [DataRow("a.")]
    [DataRow("a/b")]
    [DataRow("a\\b")]
    [DataRow("a b")]
    [DataRow("é")]
    [DataRow("__metadata__")]
    public void A_name_must_be_plain(string name)
    {
        Assert.Contains($"'{name}'", Misuse(context => context.Write(name, 1)));
        Assert.Contains($"'{name}'", Misuse(context => context.WriteArray<int>(name, [1])));
    }

    [TestMethod]
    public void A_name_has_at_most_128_characters()
    {
        Models.Exchange(save => save.Write(new string('a', 128), 1), load => Assert.AreEqual(1, load.ReadInt32(new string('a', 128))));
        Misuse(context => context.Write(new string('a', 129), 1));
    }

    [TestMethod]
    public void A_child_has_no_dot_in_its_name() =>
        Assert.Contains("cannot name a child", Misuse(context => context.SaveChild("settings.json", Models.Small())));

    [TestMethod]
    public void A_shape_must_multiply_to_the_length()
    {
        Assert.Contains("[2 × 2]", Misuse(context => context.WriteArray<int>("a", [1, 2, 3], 2, 2)));
        Assert.Contains("'a'", Misuse(context => context.WriteArray<int>("a", [1, 2], -1, -2)));
        Assert.Contains("'a'", Misuse(context => context.WriteArray<int>("a", [], int.MaxValue, int.MaxValue, int.MaxValue)));
        Assert.Contains("32 dimensions", Misuse(context => context.WriteArray<int>("a", [1], [.. Enumerable.Repeat(1, 33)])));
    }

    [TestMethod]
    public void Other_element_types_are_refused() =>
        Assert.Contains("Char", Misuse(context => context.WriteArray<char>("a", ['x'])));

    [TestMethod]
    public void Text_that_JSON_cannot_hold_is_refused_rather_than_changed()
    {
        Assert.Contains("'text'", Misuse(context => context.Write("text", "a\ud800")));
        Assert.Contains("'texts'", Misuse(context => context.Write("texts", ["fine 🙂", "\udc00"])));
        Assert.Contains("text 1 of setting 'texts' is null", Misuse(context => context.Write("texts", ["fine", null!])));
    }

    [TestMethod]
    public void An_enumeration_must_have_a_member_of_the_value() =>
        Assert.Contains("DayOfWeek", Misuse(context => context.WriteEnum("day", (DayOfWeek)9)));

    [TestMethod]
    [DataRow("")]
    [DataRow("NoLibrary")]
    [DataRow("Acme.")]
    [DataRow("Acme.Clip, Acme")]
    [DataRow("../Acme.Clip")]
    public void A_component_needs_a_plain_id(string id) => Assert.Contains(
        $"'{id}'", Assert.ThrowsExactly<InvalidOperationException>(() => Models.Save(new Probe(id, _ => { }))).Message);

    [TestMethod]
    public void A_component_that_contains_itself_is_noticed()
    {
        var stages = new List<ICanSaveModel>();
        var chain = new Chain(stages);
        stages.Add(chain);
        Assert.Contains("contain itself", Assert.ThrowsExactly<InvalidOperationException>(() => Models.Save(chain)).Message);
    }

    [TestMethod]
    public void A_context_ends_with_Save()
    {
        ModelSaveContext? kept = null;
        Models.Save(new Probe("Test.Probe", context => kept = context));
        Assert.ThrowsExactly<InvalidOperationException>(() => kept!.Write("late", 1));
    }

    [TestMethod]
    public void Provenance_must_be_JSON() => Assert.Contains("provenance", Assert.ThrowsExactly<ArgumentException>(() =>
        Models.Save(Models.Small(), new ModelManifest { Provenance = new JsonObject { ["loss"] = double.NaN } })).Message);

    private static string Misuse(Action<ModelSaveContext> save)
    {
        var message = Assert.ThrowsExactly<ArgumentException>(() => Models.Save(new Chain([new Probe("Test.Probe", save)]))).Message;
        Assert.Contains("'Test.Probe' (model/stages/0)", message);
        return message;
    }

    private string TemporaryFile()
    {
        var folder = Directory.CreateTempSubdirectory("mlpath-").FullName;
        _folders.Add(folder);
        return Path.Combine(folder, "model.mlpath");
    }

    private readonly List<string> _folders = [];

    [TestCleanup]
    public void DeleteFolders() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
}
