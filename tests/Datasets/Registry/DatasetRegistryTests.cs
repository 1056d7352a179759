using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Registry;

[TestClass]
public sealed class DatasetRegistryTests
{
    public static IEnumerable<object[]> Names => DatasetRegistry.All.Select(i => new object[] { i.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_description_is_complete(string name)
    {
        var info = DatasetRegistry.Find(name);
        string[] texts =
        [
            info.Title, info.Description, info.Licence, info.Citation, .. info.Features.Select(f => f.Description),
            .. info.LabelColumn is null ? Array.Empty<string>() : [info.LabelDescription],
        ];
        foreach (string text in texts)
        {
            Assert.AreNotEqual("", text);
            Assert.AreEqual(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), text, "one tidy line");
        }
        Assert.IsGreaterThan(0, info.Rows);
        CollectionAssert.AllItemsAreUnique(info.Schema.Select(c => c.Name).ToArray());
        Assert.AreEqual(info.LabelColumn, info.LabelColumn is null ? null : info.Schema[^1].Name);
        if (info.Task is LearningTask.Binary) Assert.HasCount(2, info.Classes);
        if (info.Task is LearningTask.Multiclass) Assert.IsGreaterThan(2, info.Classes.Count);
        if (info.Task is LearningTask.Regression) Assert.IsEmpty(info.Classes);
        Assert.IsTrue(info.Task is not null || info.Kind is not (DatasetKind.Table or DatasetKind.Text or DatasetKind.Images));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_file_has_a_place_an_address_and_a_checksum(string name)
    {
        foreach (var file in DatasetRegistry.Find(name).Files)
        {
            Assert.IsFalse(Path.IsPathRooted(file.Path) || file.Path.Contains("..", StringComparison.Ordinal) || file.Path.Contains('\\'), file.Path);
            Assert.IsGreaterThan(0L, file.Bytes);
            Assert.IsNotEmpty(file.Downloads);
            Assert.IsTrue(file.Downloads.All(d => d.Url.Scheme is "https" or "http"));
            Assert.IsNotEmpty(file.Checksums);
            foreach (var checksum in file.Checksums)
            {
                Assert.AreEqual(checksum.Kind == ChecksumKind.Md5 ? 32 : 64, checksum.Hex.Length);
                Assert.IsTrue(checksum.Hex.All(char.IsAsciiHexDigitLower));
            }
        }
    }

    [TestMethod]
    public void Names_and_places_are_unique()
    {
        string[] names = [.. DatasetRegistry.All.SelectMany(i => i.Aliases.Prepend(i.Name))];
        CollectionAssert.AllItemsAreUnique(names);
        Assert.IsTrue(names.All(n => n.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')));
        CollectionAssert.AllItemsAreUnique(DatasetRegistry.All.SelectMany(i => i.Files).Select(f => f.Path).ToArray());
    }

    [TestMethod]
    [DataRow("MNIST", "mnist", DatasetPart.Train)]
    [DataRow("mnist:test", "mnist", DatasetPart.Test)]
    [DataRow("Fashion_MNIST:Train", "fashion-mnist", DatasetPart.Train)]
    [DataRow("california", "california-housing", DatasetPart.Train)]
    [DataRow("iris", "iris", DatasetPart.Train)]
    public void Sets_and_their_parts_are_found_by_name(string reference, string name, DatasetPart part)
    {
        var found = DatasetRegistry.TryFindPart(reference);
        Assert.AreEqual(name, found?.Info.Name);
        Assert.AreEqual(part, found?.Part);
    }

    [TestMethod]
    [DataRow("mnits")]
    [DataRow("iris:test")]
    [DataRow("mnist:validation")]
    public void What_does_not_exist_is_not_found(string reference) => Assert.IsNull(DatasetRegistry.TryFindPart(reference));

    [TestMethod]
    public void An_unknown_name_is_answered_with_the_nearest()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => DatasetRegistry.Find("titanik"));
        StringAssert.Contains(error.Message, "There is no data set 'titanik'. Did you mean 'titanic'?");
    }

    [TestMethod]
    public void A_name_that_several_sets_use_for_a_file_needs_its_folder()
    {
        using var files = new TestFiles();
        var mnist = DatasetRegistry.Find("mnist");
        foreach (var file in mnist.Files) files.Write("", file.Name);
        files.Write("", "titanic.csv");
        var store = new DatasetStore { DataFolder = Path.GetDirectoryName(files["x"]), CacheFolder = files["none"] };
        Assert.AreEqual(DatasetLocation.Nowhere, store.Locate(mnist));
        Assert.AreEqual(DatasetLocation.DataFolder, store.Locate(DatasetRegistry.Find("titanic")));
    }

    [TestMethod]
    public async Task Getting_an_embedded_set_is_nothing_to_do()
    {
        Assert.IsEmpty(await DatasetRegistry.GetAsync("iris"));
        Assert.AreEqual(DatasetLocation.Embedded, new DatasetStore().Locate(DatasetRegistry.Find("iris")));
        Assert.AreEqual(150L, new DataOperationsCatalog(new MLEnvironment(seed: 0)).LoadDataset("iris", download: true).GetRowCount());
    }
}
