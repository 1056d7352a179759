using System.Globalization;
using System.Text.RegularExpressions;
using MLPath.Evaluation.Tests.Provenance;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Tracking;

/// <summary>Runs that are kept and read again, and the layout that MLflow's file store reads.</summary>
[TestClass]
public sealed partial class TrackingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlpath-runs-");

    private string Home => Path.Combine(_folder.FullName, "ml runs");

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    public void A_comparison_is_a_run_with_a_run_for_each_candidate()
    {
        var report = Samples.Iris();
        string id = report.Track(Home, "flowers");
        var store = TrackingStore.Open(Home);
        Assert.IsEmpty(store.Notes, string.Join('\n', store.Notes));
        CollectionAssert.AreEqual(new[] { "flowers" }, store.Experiments.ToArray());
        Assert.HasCount(4, store.Runs);
        var parent = store.Runs.Single(r => r.Id == id);
        Assert.AreEqual("3", parent.Parameters["folds"]);
        Assert.AreEqual(report.Answer, parent.Tags["mlflow.note.content"]);
        Assert.AreEqual(report.DataFingerprint, parent.Tags["mlpath.dataFingerprint"]);
        Assert.AreEqual("finished", parent.Status);

        var bayes = store.Runs.Single(r => r.Name == "bayes");
        Assert.AreEqual(id, bayes.ParentId);
        foreach (var (name, scores) in report["bayes"].Metrics.Where(m => !double.IsNaN(m.Value.Mean)))
        {
            Assert.AreEqual(scores.Mean, bayes.Metrics[name], name);
            Assert.AreEqual(report["bayes"].Folds[^1].Metrics[name].Value, bayes.Metrics[$"folds/{name}"], $"The last fold of {name}.");
        }

        foreach (var (name, value) in report["bayes"].Steps[^1].Options)
            Assert.AreEqual(value, bayes.Parameters[name], name);
        Assert.AreEqual("failed", store.Runs.Single(r => r.Name == "broken").Status);
        Assert.AreEqual(report["broken"].Error, store.Runs.Single(r => r.Name == "broken").Tags["mlpath.error"]);
    }

    [TestMethod]
    public void Each_fold_is_a_step()
    {
        var report = Samples.Iris();
        report.Track(Home);
        string path = Directory.EnumerateFiles(Home, "LogLoss", SearchOption.AllDirectories).Single(p =>
            p.Contains($"folds{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && File.ReadAllText(Path.Combine(p, "..", "..", "..", "tags", "mlflow.runName")) == "bayes");
        string[][] lines = [.. File.ReadAllLines(path).Select(line => line.Split(' '))];
        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, lines.Select(l => l[2]).ToArray());
        CollectionAssert.AreEqual(
            report["bayes"].Folds.Select(f => f.Metrics["LogLoss"].Value).ToArray(),
            lines.Select(l => double.Parse(l[1], CultureInfo.InvariantCulture)).ToArray());
    }

    [TestMethod]
    public void The_layout_keeps_the_rules_by_which_MLflow_reads_it()
    {
        Samples.Iris().Track(Home, "an experiment: with 'quotes'");
        Samples.Numbers((1, 1), (2, 3)).Track(Home);
        string[] homes = Directory.GetDirectories(Home);
        Assert.HasCount(2, homes);
        foreach (string home in homes)
        {
            string experiment = Path.GetFileName(home);
            StringAssert.Matches(experiment, ExperimentId());
            var meta = Meta(home);
            CollectionAssert.IsSubsetOf(
                new[] { "artifact_location", "creation_time", "experiment_id", "last_update_time", "lifecycle_stage", "name" }, meta.Keys.ToArray());
            Assert.AreEqual(experiment, meta["experiment_id"]);
            Assert.AreEqual(home, new Uri(meta["artifact_location"]).LocalPath);
            foreach (string run in Directory.GetDirectories(home))
                CheckRun(run, experiment);
        }

        Assert.IsTrue(File.Exists(Path.Combine(Home, "0", "meta.yaml")), "The default experiment is MLflow's own.");
    }

    [TestMethod]
    public void An_experiment_is_found_again_by_its_name()
    {
        var report = Samples.Numbers((1, 1), (2, 3));
        foreach (string experiment in new[] { "one", "two", "one", "Default", "Default" })
            report.Track(Home, experiment);
        CollectionAssert.AreEqual(new[] { "Default", "one", "two" }, TrackingStore.Open(Home).Experiments.ToArray());
        Assert.AreEqual(2, TrackingStore.Open(Home).Runs.Count(r => r.Experiment == "one"));
        Assert.Throws<OptionException>(() => report.Track(Home, " "));
        Assert.Throws<OptionException>(() => report.Track(Home, new string('x', 501)));
        string file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        Assert.Throws<IOException>(() => report.Track(file));
    }

    [TestMethod]
    public void A_run_that_cannot_be_written_whole_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => RunWriter.Write(Home, "e", new RunRecord("r")
        {
            Parameters = [new("p", "1")],
            Artifacts = [("a", _ => throw new InvalidOperationException())],
        }, TimeProvider.System));
        string home = Directory.GetDirectories(Home).Single();
        Assert.IsEmpty(Directory.GetDirectories(home));
        CollectionAssert.AreEqual(new[] { "meta.yaml" }, Directory.GetFiles(home).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Names_become_those_that_MLflow_takes()
    {
        string[] names =
        [
            "plain", "column a/b", "../../etc/passwd", "..", ".", "", " ", "R²", "naïve", "a:b|c*?", "tab\there", "ends.", new string('x', 1000),
            new string('д', 1000), "🙂", "PLAIN",
        ];
        var unique = StoreName.Unique(names.Select(n => KeyValuePair.Create(n, "")));
        foreach (var (name, _) in unique)
            CheckName(name);
        Assert.AreEqual(names.Length, unique.Select(n => n.Key.ToUpperInvariant()).Distinct().Count());
        Assert.AreEqual("column a_b", unique[1].Key);
    }

    [TestMethod]
    public void What_MLflow_wrote_is_read()
    {
        string run = Path.Combine(Home, "123", "0123456789abcdef0123456789abcdef");
        foreach (string part in new[] { "params", "metrics/val", "tags", "artifacts" })
            Directory.CreateDirectory(Path.Combine(run, part));
        File.WriteAllText(Path.Combine(Home, "123", "meta.yaml"),
            "artifact_location: mlflow-artifacts:/123\ncreation_time: 1700000000000\nexperiment_id: '123'\nlast_update_time: 1700000000000\nlifecycle_stage: active\nname: \"caf\\xE9 \\u03BB\"\n");
        File.WriteAllText(Path.Combine(run, "meta.yaml"),
            "artifact_uri: mlflow-artifacts:/123/a b\n  c/artifacts\ndeleted_time: null\nend_time: 1700000005000\nentry_point_name: ''\nexperiment_id: '123'\n"
            + "lifecycle_stage: active\nrun_id: 0123456789abcdef0123456789abcdef\nrun_name: 'it''s a\n  long name'\nstart_time: 1700000000000\nstatus: 3\ntags: []\nuser_id: me\n");
        File.WriteAllText(Path.Combine(run, "params", "lr"), "0.1");
        File.WriteAllText(Path.Combine(run, "metrics", "loss"), "1700000000000 0.5 0\n1700000000001 0.25 1\n1700000000000 0.125 1\n");
        File.WriteAllText(Path.Combine(run, "metrics", "val", "loss"), "1700000000000 inf 0\n1700000000001 nan 3 dataset abc\n1700000000001 7\n");
        var store = TrackingStore.Open(Home);
        Assert.IsEmpty(store.Notes, string.Join('\n', store.Notes));
        var read = store.Runs.Single();
        Assert.AreEqual(("it's a long name", "café λ", "finished"), (read.Name, read.Experiment, read.Status));
        Assert.AreEqual(TimeSpan.FromSeconds(5), read.Ended - read.Started);
        Assert.AreEqual("0.1", read.Parameters["lr"]);
        Assert.AreEqual(0.25, read.Metrics["loss"], "Of one step the latest.");
        Assert.IsTrue(double.IsNaN(read.Metrics["val/loss"]));
    }

    [TestMethod]
    public void What_cannot_be_read_is_left_out_with_a_note()
    {
        Samples.Numbers((1, 1), (2, 3)).Track(Home);
        string home = Path.Combine(Home, "0"), run = Directory.GetDirectories(home).Single();
        Directory.CreateDirectory(Path.Combine(Home, "rubbish"));
        Directory.CreateDirectory(Path.Combine(home, "no-run"));
        File.AppendAllText(Path.Combine(run, "meta.yaml"), "- a list\n\tx\nkey: [1, 2\n\0\n: :\n");
        File.WriteAllText(Path.Combine(run, "metrics", "bad"), "one two three\n\n1 2 3 4\n1e400\n");
        using (var huge = File.Create(Path.Combine(run, "params", "huge")))
            huge.SetLength(1L << 30);
        Directory.CreateSymbolicLink(Path.Combine(run, "tags", "loop"), run);
        string deleted = Path.Combine(home, new string('a', 32));
        Directory.CreateDirectory(deleted);
        File.WriteAllText(Path.Combine(deleted, "meta.yaml"), "lifecycle_stage: deleted\n");
        var store = TrackingStore.Open(Home);
        var read = store.Runs.Single();
        Assert.AreEqual("evaluate m", read.Name);
        Assert.IsFalse(read.Parameters.ContainsKey("huge"));
        Assert.AreEqual(2, read.Metrics["bad"]);
        foreach (string words in new[] { "rubbish has no meta.yaml", "no-run has no meta.yaml", "is no 'name: value'", "not understood", "larger than 16 MB", "no 'time value step'" })
            Assert.IsTrue(store.Notes.Any(n => n.Contains(words, StringComparison.Ordinal)), $"{words}\n{string.Join('\n', store.Notes)}");
    }

    [TestMethod]
    public void A_folder_without_runs_is_a_clear_error()
    {
        StringAssert.Contains(Assert.Throws<DataException>(() => TrackingStore.Open(Home)).Message, "There is no folder");
        StringAssert.Contains(Assert.Throws<DataException>(() => TrackingStore.Open(_folder.FullName)).Message, "holds no experiment");
    }

    [TestMethod]
    [DataRow("plain")]
    [DataRow("it's: \"quoted\" # no comment")]
    [DataRow(" blanks ")]
    [DataRow("null")]
    [DataRow("5")]
    [DataRow("café λ 🙂")]
    [DataRow("")]
    public void A_text_is_written_so_that_it_is_read_back(string text) =>
        Assert.AreEqual(text, FlatYaml.Read(FlatYaml.Write([new("name", text)]), note => Assert.Fail(note))["name"]);

    private static void CheckRun(string run, string experiment)
    {
        StringAssert.Matches(Path.GetFileName(run), RunId());
        var meta = Meta(run);
        CollectionAssert.IsSubsetOf(
            new[] { "artifact_uri", "end_time", "experiment_id", "lifecycle_stage", "run_id", "run_name", "run_uuid", "source_type", "start_time", "status", "user_id" },
            meta.Keys.ToArray());
        Assert.AreEqual(Path.GetFileName(run), meta["run_id"]);
        Assert.AreEqual(experiment, meta["experiment_id"]);
        Assert.AreEqual(Path.Combine(run, "artifacts"), new Uri(meta["artifact_uri"]).LocalPath);
        Assert.IsLessThanOrEqualTo(long.Parse(meta["end_time"], CultureInfo.InvariantCulture), long.Parse(meta["start_time"], CultureInfo.InvariantCulture));
        foreach (string part in new[] { "params", "metrics", "tags", "artifacts" })
            Assert.IsTrue(Directory.Exists(Path.Combine(run, part)), part);
        foreach (string part in new[] { "params", "metrics", "tags" })
        {
            string folder = Path.Combine(run, part);
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                CheckName(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(run, "metrics"), "*", SearchOption.AllDirectories))
        {
            foreach (string line in File.ReadAllLines(file))
                StringAssert.Matches(line, MetricLine());
            Assert.IsGreaterThan(0, new FileInfo(file).Length, "A metric without a value is malformed.");
        }

        Assert.IsTrue(File.Exists(Path.Combine(run, "tags", "mlflow.runName")));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(run, "params")))
            Assert.IsLessThanOrEqualTo(6000, File.ReadAllText(file).Length);
    }

    // Letters, digits, underscores, points, dashes, blanks and slashes; and the name of a file below the folder, not of another one.
    private static void CheckName(string name)
    {
        StringAssert.Matches(name, ValidName());
        Assert.IsLessThanOrEqualTo(250, name.Length);
        Assert.AreNotEqual("", name);
        Assert.IsFalse(name.Split('/').Any(part => part is "" or "." or ".."), name);
    }

    private static Dictionary<string, string> Meta(string folder) =>
        FlatYaml.Read(File.ReadAllText(Path.Combine(folder, "meta.yaml")), note => Assert.Fail(note));

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,63}$")]
    private static partial Regex ExperimentId();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex RunId();

    [GeneratedRegex(@"^[/\w.\- ]*$")]
    private static partial Regex ValidName();

    [GeneratedRegex(@"^\d+ (-?inf|-?\d+(\.\d+)?([eE][-+]?\d+)?) \d+$")]
    private static partial Regex MetricLine();
}
