using System.Runtime.CompilerServices;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Datasets.Registry.Downloading;

namespace MLPath.Tests.Datasets.Registry;

/// <summary>
/// The public sets themselves, as far as <c>MLPATH_DATA</c> names a folder that has them; otherwise these tests are skipped.
/// </summary>
[TestClass]
public sealed class PublicDataTests
{
    private static readonly DatasetStore Store = DatasetStore.FromEnvironment();

    public static IEnumerable<object[]> Names => DatasetRegistry.All.Where(i => !i.IsEmbedded).Select(i => new object[] { i.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_file_is_the_published_one(string name)
    {
        var info = Available(name);
        foreach (var file in info.Files)
            Assert.IsNull(Checksums.Mismatch(Store.TryFindFile(file)!, file.Checksums, CancellationToken.None), file.Path);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Rows_and_columns_are_those_of_the_description(string name)
    {
        var info = Available(name);
        Check(info, Store.Load(info), info.Rows);
        if (info.TestRows is { } rows) Check(info, Store.Load(info, DatasetPart.Test), rows);
    }

    [TestMethod]
    [DataRow("pima", "Pregnancies:Single Glucose:Single BloodPressure:Single SkinThickness:Single Insulin:Single BodyMassIndex:Single "
        + "Pedigree:Single Age:Single Diabetes:Text")]
    [DataRow("mnist", "Pixels:Vector<Single, 28x28> Label:Text")]
    [DataRow("sms-spam", "Message:Text Label:Text")]
    [DataRow("airline-passengers", "Month:DateTime Passengers:Single")]
    [DataRow("tatoeba-en-fr", "English:Text French:Text")]
    [DataRow("taylor", "Demand:Single")]
    [DataRow("names", "Name:Text")]
    public void Columns_have_the_types_to_learn_from(string name, string types) => Assert.AreEqual(types, Store.Load(Available(name)).Types());

    [TestMethod]
    public void Titanic_has_its_missing_values_and_quoted_names()
    {
        var titanic = Store.Load(Available("titanic"));
        Assert.AreEqual(177, titanic.Numbers("Age").Count(float.IsNaN));
        Assert.AreEqual(687, titanic.Texts("Cabin").Count(c => c.Length == 0));
        Assert.AreEqual("Braund, Mr. Owen Harris", titanic.Texts("Name")[0]);
        Assert.AreEqual(342, titanic.Texts("Survived").Count(s => s == "1"));
    }

    [TestMethod]
    public void Adult_has_the_same_labels_in_both_parts_and_no_question_marks()
    {
        var info = Available("adult");
        foreach (var (part, rich) in new[] { (DatasetPart.Train, 7841), (DatasetPart.Test, 3846) })
        {
            var view = Store.Load(info, part);
            CollectionAssert.AreEquivalent(info.Classes.ToArray(), view.Texts("income").Distinct().ToArray());
            Assert.AreEqual(rich, view.Texts("income").Count(i => i == ">50K"));
            Assert.IsFalse(view.Texts("workclass").Contains("?"));
            if (part == DatasetPart.Train) Assert.AreEqual(1836, view.Texts("workclass").Count(w => w.Length == 0));
        }
    }

    [TestMethod]
    public void Wine_of_both_colours_is_one_table()
    {
        var wine = Store.Load(Available("wine-quality"));
        Assert.AreEqual(1599, wine.Texts("Color").Count(c => c == "red"));
        Assert.AreEqual(4898, wine.Texts("Color").Count(c => c == "white"));
        Assert.AreEqual(8.8f, wine.Numbers("alcohol")[1599]);
    }

    [TestMethod]
    public void Messages_keep_literal_quotation_marks()
    {
        var sms = Store.Load(Available("sms-spam"));
        Assert.AreEqual(747, sms.Texts("Label").Count(l => l == "spam"));
        Assert.IsTrue(sms.Texts("Message").Any(m => m.StartsWith('"')));
        var sentences = Store.Load(Available("sentiment-sentences"));
        Assert.AreEqual(1500, sentences.Texts("Sentiment").Count(l => l == "positive"));
    }

    [TestMethod]
    public void Dates_are_read_as_they_are_written()
    {
        var days = Store.Load(Available("bike-sharing")).Column<DateTime>("dteday");
        Assert.AreEqual(new DateTime(2011, 1, 1), days[0]);
        Assert.AreEqual(new DateTime(2012, 12, 31), days[^1]);
        var months = Store.Load(Available("sunspots")).Column<DateTime>("Month");
        Assert.AreEqual(new DateTime(1983, 12, 1), months[^1]);
    }

    [TestMethod]
    public void Digits_have_their_known_counts()
    {
        var mnist = Available("mnist");
        Assert.AreEqual(6742, Store.Load(mnist).Texts("Label").Count(l => l == "1"));
        var test = Store.Load(mnist, DatasetPart.Test);
        Assert.AreEqual("7", test.Texts("Label")[0]);
        Assert.AreEqual(33.79122, test.Vectors("Pixels").Average(image => image.Average(ink => (double)ink)), 1e-4);
    }

    [TestMethod]
    public void Documents_of_a_query_follow_each_other()
    {
        var ranking = Store.Load(Available("lightgbm-ranking"));
        uint[] queries = ranking.Column<uint>("GroupId");
        CollectionAssert.AreEqual(new uint[] { 1, 2 }, queries[..2]);
        Assert.AreEqual(201u, queries[^1]);
        Assert.AreEqual(1211, ranking.Numbers("Label").Count(l => l == 1));
    }

    [TestMethod]
    public void Texts_in_archives_come_in_the_order_of_their_names()
    {
        var groups = Store.Load(Available("20-newsgroups"));
        CollectionAssert.AreEqual(DatasetRegistry.Find("20-newsgroups").Classes.ToArray(), groups.Texts("Newsgroup").Distinct().ToArray());
        var pairs = Store.Load(Available("tatoeba-en-fr"));
        Assert.AreEqual("Go.", pairs.Texts("English")[0]);
        Assert.AreEqual("Va !", pairs.Texts("French")[0]);
    }

    [TestMethod]
    public async Task Getting_what_the_data_folder_has_checks_it_and_downloads_nothing()
    {
        var info = Available("titanic");
        using var server = new LocalServer();
        var store = new DatasetStore { DataFolder = Store.DataFolder, CacheFolder = Path.GetTempPath(), Client = server.Client };
        string path = (await store.GetAsync(info, force: true)).Single();
        StringAssert.StartsWith(path, Store.DataFolder);
        Assert.IsEmpty(server.Requests);
    }

    private static void Check(DatasetInfo info, IDataView view, int rows)
    {
        Assert.AreEqual((long)rows, view.GetRowCount());
        CollectionAssert.AreEqual(info.Schema.Select(c => $"{c.Name}:{c.Type}").ToArray(), view.Schema.Select(c => $"{c.Name}:{c.Type}").ToArray());
        using (var cursor = view.GetBatchCursor(view.Schema))
        {
            long read = 0;
            while (cursor.MoveNext()) read += cursor.Current.Count;
            Assert.AreEqual(rows, read);
        }
        if (info.Classes.Count > 0)
            CollectionAssert.AreEquivalent(info.Classes.ToArray(), view.Texts(info.LabelColumn!).Distinct().ToArray());
        else if (info.LabelColumn is { } label && info.LabelType is NumberDataViewType)
            Assert.IsTrue(view.Numbers(label).All(float.IsFinite));
    }

    private static DatasetInfo Available(string name, [CallerMemberName] string test = "")
    {
        var info = DatasetRegistry.Find(name);
        if (Store.Locate(info) == DatasetLocation.Nowhere)
            Assert.Inconclusive($"{test} needs '{name}': name a folder that has it in {DatasetStore.DataFolderVariable}.");
        return info;
    }
}
