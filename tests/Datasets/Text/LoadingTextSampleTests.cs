using System.Globalization;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

/// <summary>The ways to load text that ML.NET documents: one file, several, by wildcard, by row type, with a sample, sparse, by its comment.</summary>
[TestClass]
public sealed class LoadingTextSampleTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 1));
    private readonly TestFiles _files = new();
    private readonly string[] _paths;

    public LoadingTextSampleTests()
    {
        // Five files of ten rows of ten numbers, four in five of them zero.
        var random = new RandomStream(1);
        _paths = [.. Enumerable.Range(0, 5).Select(file => _files.Write(string.Concat(Enumerable.Range(0, 10).Select(_ =>
            string.Join('\t', Enumerable.Range(0, 10).Select(_ => random.NextDouble() is var v && v < 0.8 ? "0" : v.ToString(CultureInfo.InvariantCulture)))
            + "\n")), $"Data_{file}.csv"))];
    }

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void One_file_several_files_and_a_wildcard()
    {
        var loader = _data.CreateTextLoader([new TextLoader.Column("Features", DataKind.Single, 0, 9)], hasHeader: false);
        Assert.AreEqual(10, Rows(loader.Load(_paths[0])));
        Assert.AreEqual(50, Rows(loader.Load(_paths)));
        Assert.AreEqual(50, Rows(loader.Load(_files["Data_*.csv"])));
        Assert.AreEqual("Features:Vector<Single, 10>", string.Join(" ", loader.GetOutputSchema().Select(c => $"{c.Name}:{c.Type}")));
    }

    [TestMethod]
    public void A_row_type_and_a_sample_for_the_length()
    {
        Assert.AreEqual(10, Rows(_data.CreateTextLoader<Row>(hasHeader: false).Load(_paths[0])));
        var unknown = _data.CreateTextLoader(
            [new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(0, null)])], dataSample: new MultiFileSource(_paths[0]));
        var view = unknown.Load(_paths[0]);
        Assert.AreEqual("Features:Vector<Single, 10>", view.Types());
        Assert.AreEqual(10, Rows(view));
    }

    [TestMethod]
    public void Sparse_text_and_the_comment_that_describes_it()
    {
        TextLoader.Column[] columns = [new("Features", DataKind.Single, 0, 9)];
        var single = _data.CreateTextLoader(columns).Load(_paths[0]);
        using (var stream = new FileStream(_files["saved_data.tsv"], FileMode.Create)) _data.SaveAsText(single, stream);
        string[] lines = File.ReadAllLines(_files["saved_data.tsv"]);
        Assert.AreEqual("#@ TextLoader{ | #@   sparse+ | #@   sep=tab | #@   col=Features:R4:0-9 | #@ }", string.Join(" | ", lines[..5]));
        Assert.IsTrue(lines[5..].Any(l => l.StartsWith("10\t", StringComparison.Ordinal) && l.Contains(':')));

        string expected = DataFingerprint.Compute(single);
        Assert.AreEqual(expected, DataFingerprint.Compute(_data.CreateTextLoader(columns, allowSparse: true).Load(_files["saved_data.tsv"])));
        var described = _data.CreateTextLoader(
            new TextLoader.Options { AllowSparse = true }, dataSample: new MultiFileSource(_files["saved_data.tsv"]));
        Assert.AreEqual(expected, DataFingerprint.Compute(described.Load(_files["saved_data.tsv"])));
    }

    private static int Rows(IDataView view)
    {
        int rows = 0;
        using var cursor = view.GetRowCursor(view.Schema);
        while (cursor.MoveNext()) rows++;
        return rows;
    }

    private sealed class Row
    {
        [LoadColumn(0, 9)]
        public float[] Features { get; set; } = [];
    }
}
