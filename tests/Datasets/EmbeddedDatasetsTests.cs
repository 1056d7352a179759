using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets;

[TestClass]
public sealed class EmbeddedDatasetsTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(
        typeof(EmbeddedDatasetsTests).Assembly.GetManifestResourceStream("datasets.json")!).RootElement.GetProperty("sets");

    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    public static IEnumerable<object[]> Names => EmbeddedDatasets.All.Select(info => new object[] { info.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_value_is_that_of_scikit_learn(string name)
    {
        var expected = Reference.GetProperty(name);
        var (features, width) = Features(name);

        Assert.AreEqual(expected.GetProperty("features").GetInt32(), width);
        Assert.AreEqual(expected.GetProperty("rows").GetInt32() * width, features.Length);
        double[] sums = [.. expected.GetProperty("sums").EnumerateArray().Select(s => s.GetDouble())];
        for (int j = 0; j < width; j++)
        {
            double sum = 0;
            for (int i = j; i < features.Length; i += width) sum += features[i];
            Assert.AreEqual(sums[j], sum, 1e-9 * Math.Abs(sums[j]), $"sum of feature {j}");
        }
        Assert.AreEqual(expected.GetProperty("sha256").GetString(), Hash(MemoryMarshal.AsBytes(features.AsSpan())));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_label_is_that_of_scikit_learn(string name)
    {
        var expected = Reference.GetProperty(name);
        var info = EmbeddedDatasets.Find(name);
        var view = _data.LoadDataset(name);
        if (info.Task == LearningTask.Regression)
        {
            var label = view.Numbers(info.LabelColumn!);
            Assert.AreEqual(expected.GetProperty("labelSum").GetDouble(), label.Sum(y => (double)y));
            Assert.AreEqual(expected.GetProperty("labelSha256").GetString(), Hash(MemoryMarshal.AsBytes(label.AsSpan())));
            return;
        }
        var texts = view.Texts(info.LabelColumn!);
        foreach (string c in info.Classes)
            Assert.AreEqual(expected.GetProperty("classCounts").GetProperty(c).GetInt32(), texts.Count(t => t == c), c);
        Assert.AreEqual(expected.GetProperty("labelSha256").GetString(), Hash(Encoding.UTF8.GetBytes(string.Join("\n", texts))));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_description_fits_the_data(string name)
    {
        var info = EmbeddedDatasets.Find(name);
        var view = _data.LoadDataset(name);
        Assert.AreEqual(info.Rows, view.GetRowCount());
        Assert.AreEqual(name, view.Lineage.Source);
        CollectionAssert.AreEqual(
            info.Features.Select(f => f.Name).Append(info.LabelColumn).ToArray(), view.Schema.Select(c => c.Name).ToArray());
        var task = info.Classes.Count switch { 0 => LearningTask.Regression, 2 => LearningTask.Binary, _ => LearningTask.Multiclass };
        Assert.AreEqual(task, info.Task);
        if (info.Classes.Count > 0)
            CollectionAssert.AreEquivalent(info.Classes.ToArray(), view.Texts(info.LabelColumn!).Distinct().ToArray());
        string[] texts = [.. info.Features.Select(f => f.Description), info.Description, info.LabelDescription, info.Licence, info.Citation];
        foreach (string text in texts)
            Assert.AreEqual(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), text, "one tidy line");
    }

    [TestMethod]
    public void Digits_are_images_with_a_text_label()
    {
        var digits = _data.LoadDataset("digits");
        Assert.AreEqual("Pixels:Vector<Single, 8x8> Digit:Text", digits.Types());
        Assert.AreEqual("R7C6", digits.Schema["Pixels"].SlotNamesOrDefault()[62]);
        Assert.IsTrue(digits.Vectors("Pixels").All(image => image.All(ink => ink is >= 0 and <= 16 && ink == MathF.Floor(ink))));
    }

    [TestMethod]
    public void Diabetes_is_not_scaled()
    {
        var target = _data.LoadDataset("diabetes").Numbers("Progression");
        Assert.AreEqual(25f, target.Min());
        Assert.AreEqual(346f, target.Max());
    }

    [TestMethod]
    [DataRow("IRIS", "iris")]
    [DataRow("breast_cancer", "breast-cancer")]
    [DataRow("wdbc", "breast-cancer")]
    [DataRow("optdigits", "digits")]
    public void Aliases_and_other_spellings_find_a_set(string typed, string name)
    {
        Assert.AreEqual(name, EmbeddedDatasets.TryFind(typed)?.Name);
        Assert.AreEqual(EmbeddedDatasets.Find(name).Rows, _data.LoadDataset(typed).GetRowCount());
    }

    [TestMethod]
    public void No_two_sets_share_a_name()
    {
        string[] names = [.. EmbeddedDatasets.All.SelectMany(info => info.Aliases.Prepend(info.Name))];
        CollectionAssert.AllItemsAreUnique(names);
        Assert.IsTrue(names.All(n => n.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')));
    }

    [TestMethod]
    public void An_unknown_name_is_answered_with_the_names_there_are()
    {
        Assert.IsNull(EmbeddedDatasets.TryFind("irsi"));
        var error = Assert.ThrowsExactly<ArgumentException>(() => _data.LoadDataset("irsi"));
        StringAssert.Contains(error.Message, "There is no data set 'irsi'. Did you mean 'iris'?");
        StringAssert.Contains(error.Message, "iris, wine, diabetes, breast-cancer, digits");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_set_survives_a_text_file(string name)
    {
        using var files = new TestFiles();
        var view = _data.LoadDataset(name);
        _data.SaveAsCsv(view, files["set.csv"]);
        var back = _data.LoadFromTextFile(files["set.csv"], view.Schema);
        Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(back));
    }

    private (float[] Values, int Width) Features(string name)
    {
        var info = EmbeddedDatasets.Find(name);
        var view = _data.LoadDataset(name);
        if (info.Features is [{ Type: VectorDataViewType vector } pixels])
            return ([.. view.Vectors(pixels.Name).SelectMany(v => v)], vector.Size);

        var columns = info.Features.Select(f => view.Numbers(f.Name)).ToArray();
        return ([.. Enumerable.Range(0, info.Rows).SelectMany(row => columns.Select(c => c[row]))], columns.Length);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
