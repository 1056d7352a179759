using System.Net;
using System.Text;
using MLPath.Datasets;
using MLPath.Tool;

namespace MLPath.Cli.Tests;

/// <summary><c>mlpath datasets</c>, and names of sets as DATA.</summary>
[TestClass]
public sealed class DatasetsTests
{
    [TestMethod]
    public void All_sets_are_listed_the_embedded_ones_first()
    {
        using var folder = new TestFolder();
        string[] lines = Run(folder, new NoNetwork(), "datasets").Expect(0).Out.Split('\n');
        string[] names = [.. lines.Skip(2).Select(l => l.Split(' ')[0]).Take(DatasetRegistry.All.Count)];
        CollectionAssert.AreEqual(DatasetRegistry.All.Select(i => i.Name).ToArray(), names);
        string iris = lines.First(l => l.StartsWith("iris ", StringComparison.Ordinal));
        StringAssert.Matches(iris, new("multiclass +150 +4 +embedded +Iris flowers"));
        StringAssert.Matches(lines.First(l => l.StartsWith("mnist ", StringComparison.Ordinal)), new("multiclass +60,000 +784 +not here +MNIST"));
        StringAssert.Matches(lines.First(l => l.StartsWith("taylor ", StringComparison.Ordinal)), new("forecasting +4,032 +0 +not here +Electricity"));
    }

    [TestMethod]
    public void Every_set_is_described_with_licence_citation_and_files()
    {
        using var folder = new TestFolder();
        foreach (var set in DatasetRegistry.All)
        {
            string text = Run(folder, new NoNetwork(), "datasets", "show", set.Name).Expect(0).Out;
            foreach (string part in new[] { set.Title, set.Description, set.Licence, set.Citation, $"{set.Source}" })
                StringAssert.Contains(text, part);
            foreach (var column in set.Schema)
                StringAssert.Contains(text, $"\n{column.Name} ");
            foreach (var file in set.Files)
                StringAssert.Contains(text, file.Path);
        }
    }

    [TestMethod]
    public void Where_a_set_is_follows_from_its_files()
    {
        using var folder = new TestFolder();
        string file = Path.Combine("tabular", "titanic", "titanic.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        folder.Write(file, "");
        StringAssert.Matches(Run(folder, new NoNetwork(), "datasets").Out, new("\ntitanic .* cached "));
        Assert.AreEqual(folder[file] + "\n", Run(folder, new NoNetwork(), "datasets", "path", "titanic").Expect(0).Out);
    }

    [TestMethod]
    public void A_download_that_fails_tells_each_reason_and_leaves_nothing()
    {
        using var folder = new TestFolder();
        var missing = Run(folder, new Fixed(HttpStatusCode.NotFound, ""), "datasets", "get", "titanic").Expect(1);
        StringAssert.Contains(missing.Error, "the server answered 404 (NotFound)");
        StringAssert.Contains(missing.Error, "MLPATH_DATA");
        Assert.AreEqual(1, missing.Error.Count(c => c == '\n'), missing.Error);

        var wrong = Run(folder, new Fixed(HttpStatusCode.OK, "not the passengers"), "datasets", "get", "titanic").Expect(3);
        StringAssert.Contains(wrong.Error, "is not the published file: its SHA-256 is");
        Assert.AreEqual("", wrong.Out);
        Assert.IsFalse(File.Exists(folder[Path.Combine("tabular", "titanic", "titanic.csv")]));
    }

    [TestMethod]
    public void A_download_shows_licence_and_citation()
    {
        using var folder = new TestFolder();
        var set = DatasetRegistry.Find("mtcars");
        if (DatasetStore.FromEnvironment().TryFindFile(set.Files[0]) is not { } file)
        {
            Assert.Inconclusive($"Name a folder that has {set.Files[0].Path} in {DatasetStore.DataFolderVariable}.");
            return;
        }

        var outcome = Run(folder, new Fixed(HttpStatusCode.OK, File.ReadAllText(file)), "datasets", "get", "mtcars", "iris").Expect(0);
        StringAssert.Contains(outcome.Out, set.Licence);
        StringAssert.Contains(outcome.Out, set.Citation);
        StringAssert.Contains(outcome.Error, "mtcars: Motor Trend car road tests, in the cache folder, checked.");
        StringAssert.Contains(outcome.Error, "iris travels inside the tool");
        Run(folder, new NoNetwork(), "datasets", "get", "mtcars").Expect(0);
        Run(folder, new NoNetwork(), "datasets", "get", "mtcars", "--force").Expect(1);
    }

    [TestMethod]
    [DataRow("datasets shwo iris", 2, "There is no command 'shwo' of 'mlpath datasets'. Did you mean 'show'?")]
    [DataRow("datasets show", 2, "See 'mlpath datasets show --help'")]
    [DataRow("datasets show titanik", 2, "There is no data set 'titanik'. Did you mean 'titanic'?")]
    [DataRow("datasets get mnist titanik", 2, "Did you mean 'titanic'?")]
    [DataRow("datasets path iris", 2, "travels inside the tool and has no file")]
    [DataRow("datasets path cifar-10", 3, "Get it with 'mlpath datasets get cifar-10'")]
    public void Mistakes_are_one_line(string line, int code, string part)
    {
        using var folder = new TestFolder();
        var outcome = Run(folder, new NoNetwork(), line.Split(' ')).Expect(code);
        StringAssert.Contains(outcome.Error, part);
        StringAssert.StartsWith(outcome.Error, "mlpath: ");
        Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
        Assert.AreEqual("", outcome.Out);
    }

    [TestMethod]
    public void A_set_that_is_not_here_as_data_says_how_to_get_it()
    {
        if (DatasetStore.FromEnvironment().Locate(DatasetRegistry.Find("cifar-10")) != DatasetLocation.Nowhere)
            Assert.Inconclusive("cifar-10 is on this machine.");
        foreach (string name in new[] { "cifar-10", "cifar10:test" })
            StringAssert.Contains(Cli.Run("compare", name).Expect(3).Error, "mlpath datasets get cifar-10");
        StringAssert.Contains(Cli.Run("describe", "iris:test").Expect(3).Error, "There is no file 'iris:test'");
    }

    [TestMethod]
    public void A_public_set_serves_as_data_where_it_is_here()
    {
        var store = DatasetStore.FromEnvironment();
        if (store.Locate(DatasetRegistry.Find("penguins")) == DatasetLocation.Nowhere)
            Assert.Inconclusive($"Name a folder that has the penguins in {DatasetStore.DataFolderVariable}.");
        using var folder = new TestFolder();
        StringAssert.Contains(Cli.Run("describe", "penguins").Expect(0).Out, "Palmer penguins");
        var comparison = Cli.Run("compare", "palmer_penguins", "--algorithms", "baseline,bayes", "--folds", "3").Expect(0);
        StringAssert.Contains(comparison.Error, "species");
        Cli.Run("train", "penguins", "--algorithm", "bayes", "--model", folder["m.mlpath"]).Expect(0);
        Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "penguins").Expect(0);
    }

    private static Outcome Run(TestFolder cache, HttpMessageHandler network, params string[] args)
    {
        using var output = new MemoryStream();
        using var text = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true };
        using var error = new StringWriter();
        using var client = new HttpClient(network);
        var host = new ToolHost(output, text, error, _ => null, outputIsTerminal: false, errorIsTerminal: false, CancellationToken.None)
        {
            Datasets = new DatasetStore { CacheFolder = Path.GetDirectoryName(cache["x"])!, Client = client },
        };
        int code = CommandLine.Run(args, host);
        return new Outcome(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class Fixed(HttpStatusCode status, string content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(content), RequestMessage = request });
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("there is no network", inner: null, HttpStatusCode.Gone);
    }
}
