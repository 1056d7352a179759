using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.Images;

[TestClass]
public sealed class CifarTests
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    public void Records_become_planes_and_class_names()
    {
        using var files = new TestFiles();
        string first = files.Write([.. Record(3, 0), .. Record(9, 5)], "data_batch_1.bin");
        string second = files.Write(Record(0, 7), "data_batch_2.bin");

        var view = _data.LoadFromCifarFile([first, second]);

        Assert.AreEqual("Pixels:Vector<Single, 3x32x32> Label:Text", view.Types());
        CollectionAssert.AreEqual(new[] { "cat", "truck", "airplane" }, view.Texts("Label"));
        var pixels = view.Vectors("Pixels");
        for (int row = 0; row < 3; row++)
            CollectionAssert.AreEqual(Record(0, new[] { 0, 5, 7 }[row])[1..].Select(b => (float)b).ToArray(), pixels[row]);
        Assert.AreEqual(2L, _data.LoadFromCifarFile(first).GetRowCount());
    }

    [TestMethod]
    public void The_hundred_classes_have_coarse_and_fine_names()
    {
        using var files = new TestFiles();
        byte[] record = [19, 99, .. Record(0, 1)[1..]];
        byte[] other = [0, 0, .. Record(0, 2)[1..]];
        var view = _data.LoadFromCifarFile(files.Write([.. record, .. other]), CifarVariant.Cifar100);
        Assert.AreEqual("Pixels:Vector<Single, 3x32x32> CoarseLabel:Text Label:Text", view.Types());
        CollectionAssert.AreEqual(new[] { "vehicles_2", "aquatic_mammals" }, view.Texts("CoarseLabel"));
        CollectionAssert.AreEqual(new[] { "worm", "apple" }, view.Texts("Label"));
        Assert.AreEqual(1f, view.Vectors("Pixels")[0][0]);
    }

    [TestMethod]
    public void Wrong_files_are_refused_in_words()
    {
        using var files = new TestFiles();
        string Error(byte[] bytes) => Assert.ThrowsExactly<DataException>(() => _data.LoadFromCifarFile(files.Write(bytes))).Message;
        StringAssert.Contains(Error([]), "0 bytes are not a number of records of 3073 bytes, as Cifar10 has them");
        StringAssert.Contains(Error(Record(1, 1)[1..]), "3072 bytes are not");
        StringAssert.Contains(Error([.. Record(1, 1), .. Record(10, 1)]), "Label of record 1 is 10; Cifar10 has 0 to 9");
        Assert.Throws<ArgumentException>(() => _data.LoadFromCifarFile(Array.Empty<string>()));
    }

    [TestMethod]
    public void Five_hundred_damaged_files_are_read_or_refused_in_words() =>
        Mutations.Check(500, [.. Record(3, 0), .. Record(9, 5)], path => _data.LoadFromCifarFile(path));

    private static byte[] Record(byte label, int shift) => [label, .. Enumerable.Range(0, 3072).Select(i => (byte)((i / 3) + shift))];
}
