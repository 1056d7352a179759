using System.Text.Json;
using System.Text.Json.Nodes;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Comparison;

/// <summary>Comparisons of real pipelines on real data.</summary>
[TestClass]
public sealed class ComparisonTests
{
    private static readonly string[] Lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Candidates_are_ranked_and_tested_against_the_best()
    {
        var result = Iris();
        Assert.IsTrue(result.IsComplete);
        CollectionAssert.AreEqual(new int?[] { 1, 2, 3 }, result.Candidates.Select(c => c.Rank).ToArray());
        Assert.AreEqual("baseline", result.Candidates[^1].Name);
        Assert.IsNull(result.Best!.VersusBest);
        Assert.IsLessThan(0.001, result["baseline"].AdjustedPValue);
        Assert.IsTrue(result.Candidates.Skip(1).All(c => c.AdjustedPValue >= c.VersusBest!.PValue));
        Assert.HasCount(10, result.Best.Folds);
        StringAssert.Contains(result.Answer, result.Best.Name);
        foreach (var candidate in result.Candidates)
            Assert.AreEqual(150, candidate.Pooled!.RowsEvaluated, "Each row is predicted once by a model that did not see it.");
    }

    [TestMethod]
    public void Neither_threads_nor_the_order_of_candidates_show_in_the_result()
    {
        string once = Timeless(Iris(threads: 1).ToJson());
        Assert.AreEqual(once, Timeless(Iris(threads: 4).ToJson()), "four threads");
        Assert.AreEqual(once, Timeless(Iris(threads: 2, reversed: true).ToJson()), "reversed order");
    }

    [TestMethod]
    public void A_problem_of_several_folds_is_told_once_in_the_words_of_the_first()
    {
        foreach (int threads in new[] { 1, 4 })
        {
            var result = _ml.MulticlassClassification.Compare(_ml.Data.LoadDataset("iris"), "Species", new()
            {
                ["bayes"] = new Talkative(Features()).Append(_ml.MulticlassClassification.Trainers.NaiveBayes()),
            }, context: FitContext.Default with { Threads = threads });
            Assert.AreEqual("seen in fold 1", result["bayes"].Diagnoses.Single().Message, $"{threads} threads");
        }
    }

    [TestMethod]
    public void Json_has_the_documented_members()
    {
        var json = JsonNode.Parse(Iris().ToJson())!.AsObject();
        Assert.AreEqual("mlpath.comparison", (string?)json["schema"]);
        Assert.AreEqual(2, (int)json["version"]!);
        foreach (string member in new[] { "answer", "complete", "task", "metric", "design", "data", "candidates", "findings", "notes", "mlpath", "command", "timing", "machine" })
            Assert.IsTrue(json.ContainsKey(member), member);
        var first = json["candidates"]![0]!.AsObject();
        Assert.HasCount(10, first["metrics"]!["MicroAccuracy"]!["folds"]!.AsArray());
        Assert.HasCount(3, first["pooled"]!["confusion"]!.AsArray());
    }

    [TestMethod]
    public void Least_squares_by_a_fold_column_agrees_with_scikit_learn()
    {
        // R² of sklearn 1.2.1's LinearRegression on the raw diabetes data, fold f holding rows f, f + 10, …; made by tests/Classical/Reference/make_linear.py.
        double[] expected =
        [
            0.5554703932740461, 0.6019294573011079, 0.4156027449399473, 0.45541122019323055, 0.5241297567682455,
            0.43256241250824423, 0.5295216980354813, 0.42607436937455356, 0.539503726870784, 0.3421017973036634,
        ];
        var data = WithColumn(_ml.Data.LoadDataset("diabetes"), "Fold", row => row % 10);
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n is not ("Fold" or "Progression"))];
        var result = _ml.Regression.Compare(data, "Progression", new()
        {
            ["ols"] = _ml.Transforms.Concatenate("Features", features).Append(_ml.Regression.Trainers.Ols()),
        }, foldColumn: "Fold");
        double[] actual = [.. result["ols"].Folds.Select(f => f.Metrics["RSquared"].Value)];
        for (int fold = 0; fold < 10; fold++)
            Assert.AreEqual(expected[fold], actual[fold], 1e-6, $"fold {fold}");
    }

    [TestMethod]
    public void A_failing_candidate_is_a_row_with_its_error()
    {
        var result = _ml.MulticlassClassification.Compare(_ml.Data.LoadDataset("iris"), "Species", new()
        {
            ["bayes"] = Features().Append(_ml.MulticlassClassification.Trainers.NaiveBayes()),
            ["typo"] = _ml.Transforms.Concatenate("Features", "PetalLenght").Append(_ml.MulticlassClassification.Trainers.NaiveBayes()),
        }, folds: 3);
        Assert.AreEqual("bayes", result.Best!.Name);
        Assert.IsNull(result["typo"].Rank);
        StringAssert.Contains(result["typo"].Error!, "PetalLength", "The error proposes the nearest name.");
        string html = Saved(result, ".html");
        StringAssert.Contains(html, "PetalLenght");
    }

    [TestMethod]
    public void When_all_candidates_fail_the_report_says_so()
    {
        var result = _ml.MulticlassClassification.Compare(_ml.Data.LoadDataset("iris"), "Species", new()
        {
            ["typo"] = _ml.Transforms.Concatenate("Features", "Petal").Append(_ml.MulticlassClassification.Trainers.NaiveBayes()),
        }, folds: 3);
        Assert.IsNull(result.Best);
        StringAssert.Contains(result.Answer, "No candidate");
        StringAssert.Contains(Saved(result, ".md"), "Petal");
    }

    [TestMethod]
    public void An_interruption_keeps_the_finished_folds()
    {
        using var stop = new CancellationTokenSource();
        int done = 0;
        var context = FitContext.Default with
        {
            Threads = 1,
            CancellationToken = stop.Token,
            Progress = new Immediate(_ =>
            {
                if (++done == 5)
                    stop.Cancel();
            }),
        };
        var error = Assert.Throws<ComparisonCanceledException>(() => Iris(context: context));
        var partial = error.Partial!;
        Assert.IsFalse(partial.IsComplete);
        Assert.AreEqual(5, partial.Candidates.Sum(c => c.Folds.Count));
        Assert.IsTrue(partial.Candidates.All(c => c.Folds.Count is 1 or 2), "Whole folds come first.");
        StringAssert.Contains(partial.Answer, "interrupted");
        StringAssert.Contains(Saved(partial, ".html"), "interrupted");
        Assert.IsFalse((bool)JsonNode.Parse(partial.ToJson())!["complete"]!);
    }

    [TestMethod]
    public void Two_classes_are_named_and_the_positive_one_can_be_chosen()
    {
        var data = WithColumn(_ml.Data.LoadDataset("breast-cancer"), "Fold", row => row % 5);
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n is not ("Diagnosis" or "Fold"))];
        var pipeline = _ml.Transforms.Concatenate("Features", features).Append(_ml.BinaryClassification.Trainers.NaiveBayes());
        var usual = Evaluation.Comparison.Run(LearningTask.Binary, data, new() { ["bayes"] = pipeline }, new() { LabelColumn = "Diagnosis", FoldColumn = "Fold" });
        CollectionAssert.AreEqual(new[] { "benign", "malignant" }, usual.BinaryClasses.ToArray());
        var turned = Evaluation.Comparison.Run(LearningTask.Binary, data, new() { ["bayes"] = pipeline }, new() { LabelColumn = "Diagnosis", FoldColumn = "Fold", PositiveLabel = "benign" });
        CollectionAssert.AreEqual(new[] { "malignant", "benign" }, turned.BinaryClasses.ToArray());
        Assert.AreEqual(usual["bayes"].Metrics["Accuracy"].Mean, turned["bayes"].Metrics["Accuracy"].Mean, 1e-12);
        Assert.AreEqual(usual["bayes"].Metrics["PositiveRecall"].Mean, turned["bayes"].Metrics["NegativeRecall"].Mean, 1e-12);
    }

    [TestMethod]
    public void Groups_stay_together_and_repeats_differ()
    {
        var data = WithColumn(_ml.Data.LoadDataset("iris"), "Plot", row => row % 30);
        var candidates = new CandidateSet { ["bayes"] = Features().Append(_ml.MulticlassClassification.Trainers.NaiveBayes()) };
        var result = _ml.MulticlassClassification.Compare(data, "Species", candidates, folds: 5, repeats: 2, groupColumn: "Plot");
        Assert.HasCount(10, result["bayes"].Folds);
        StringAssert.Contains(result.Design, "groups of Plot");
        var repeated = _ml.MulticlassClassification.Compare(data, "Species", candidates, folds: 5, repeats: 2)["bayes"].Folds;
        var first = repeated.Where(f => f.Repeat == 0).Select(f => f.Metrics["LogLoss"].Value).ToArray();
        var second = repeated.Where(f => f.Repeat == 1).Select(f => f.Metrics["LogLoss"].Value).ToArray();
        CollectionAssert.AreNotEqual(first, second);
    }

    [TestMethod]
    public void Rows_without_a_label_are_left_out_and_noted()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new Row { X = i % 2 == 0 ? i : -i, Y = i % 10 == 9 ? "" : i % 2 == 0 ? "even" : "odd" });
        var result = _ml.MulticlassClassification.Compare(_ml.Data.LoadFromEnumerable(rows), "Y", new()
        {
            ["bayes"] = _ml.Transforms.Concatenate("Features", "X").Append(_ml.MulticlassClassification.Trainers.NaiveBayes()),
        }, folds: 3);
        Assert.AreEqual(36, result["bayes"].Pooled!.RowsEvaluated);
        StringAssert.Contains(string.Join(' ', result.Notes), "4 of 40 rows have no Y");
    }

    [TestMethod]
    public void Bad_labels_and_options_are_clear_errors()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var candidates = new CandidateSet { ["bayes"] = Features().Append(_ml.MulticlassClassification.Trainers.NaiveBayes()) };
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.MulticlassClassification.Compare(iris, "Specie", candidates)).Message, "Species");
        StringAssert.Contains(Assert.Throws<OptionException>(() => _ml.MulticlassClassification.Compare(iris, "Species", candidates, folds: 1)).Message, "Folds");
        StringAssert.Contains(Assert.Throws<OptionException>(() => _ml.MulticlassClassification.Compare(iris, "Species", [])).Message, "candidates");
        Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Compare(iris, "Species", candidates, metric: "beauty"));
        StringAssert.Contains(Assert.Throws<DataException>(() => _ml.BinaryClassification.Compare(iris, "Species", candidates)).Message, "3 different values");
        var one = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { X = i, Y = "same" }));
        StringAssert.Contains(Assert.Throws<DataException>(() => _ml.MulticlassClassification.Compare(one, "Y", candidates)).Message, "one value only");
        var many = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100_000).Select(i => new Row { X = i, Y = $"id{i}" }));
        StringAssert.Contains(Assert.Throws<DataException>(() => _ml.MulticlassClassification.Compare(many, "Y", candidates)).Message, "100000 different values");
        var none = _ml.Data.LoadFromEnumerable(Array.Empty<Row>());
        Assert.Throws<DataException>(() => _ml.MulticlassClassification.Compare(none, "Y", candidates));
    }

    [TestMethod]
    public void Clusters_are_measured_with_and_without_known_classes()
    {
        var blobs = _ml.Data.Generate.Blobs(rows: 120, centers: 3, seed: 4);
        var candidates = new CandidateSet { ["kmeans"] = _ml.Clustering.Trainers.KMeans(numberOfClusters: 3) };
        Assert.AreEqual("Silhouette", _ml.Clustering.Compare(blobs, null, candidates, folds: 3).Metric.Name);
        var known = _ml.Clustering.Compare(blobs, "Label", candidates, folds: 3);
        Assert.AreEqual("VMeasure", known.Metric.Name);
        Assert.HasCount(3, ((ClusteringMetrics)known["kmeans"].Pooled!).PerCluster);
    }

    [TestMethod]
    public void A_report_is_saved_in_the_form_that_its_name_asks_for()
    {
        var result = Iris();
        StringAssert.Contains(Saved(result, ".html"), "<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase);
        StringAssert.Contains(Saved(result, ".md"), "| Candidate");
        JsonDocument.Parse(Saved(result, ".json")).Dispose();
        Assert.Throws<ArgumentException>(() => result.SaveReport("report.docx"));
    }

    private ComparisonReport Iris(int threads = 1, bool reversed = false, FitContext? context = null)
    {
        var all = new List<KeyValuePair<string, IEstimator<ITransformer>>>
        {
            new("baseline", Features().Append(_ml.MulticlassClassification.Trainers.Prior())),
            new("bayes", Features().Append(_ml.MulticlassClassification.Trainers.NaiveBayes())),
            new("forest", Features().Append(_ml.MulticlassClassification.Trainers.RandomForest(new Trainers.RandomForestTrainer.Options { NumberOfTrees = 10 }))),
        };
        if (reversed)
            all.Reverse();
        var candidates = new CandidateSet();
        foreach (var (name, pipeline) in all)
            candidates.Add(name, pipeline);
        return _ml.MulticlassClassification.Compare(_ml.Data.LoadDataset("iris"), "Species", candidates, context: context ?? FitContext.Default with { Threads = threads });
    }

    private Transforms.ColumnConcatenatingEstimator Features() => _ml.Transforms.Concatenate("Features", Lengths);

    private static string Saved(ComparisonReport result, string extension)
    {
        string path = Path.Combine(Path.GetTempPath(), $"mlpath-{Guid.NewGuid():N}{extension}");
        try
        {
            result.SaveReport(path);
            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Everything but the members that may differ from run to run.
    private static string Timeless(string json)
    {
        var node = JsonNode.Parse(json)!;
        Strip(node);
        return node.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray array)
            {
                foreach (var item in array)
                    Strip(item);
            }
            else if (node is JsonObject members)
            {
                members.Remove("timing");
                members.Remove("machine");
                foreach (var (_, value) in members)
                    Strip(value);
            }
        }
    }

    private static InMemoryDataView WithColumn(IDataView view, string name, Func<int, int> value)
    {
        var data = InMemoryDataView.Load(view);
        var column = new ScalarColumn<float>(NumberDataViewType.Single);
        for (int row = 0; row < data.RowCount; row++)
            column.Add(value(row));
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(data.Schema);
        schema.AddColumn(name, column.Type);
        return new InMemoryDataView(schema.ToSchema(), [.. data.Schema.Select(c => data.GetColumn(c.Index)), column]);
    }

    private sealed class Row
    {
        public float X { get; set; }

        public string Y { get; set; } = "";
    }

    // Tells of a problem in every fold, the later the fold the sooner.
    private sealed class Talkative(IEstimator<ITransformer> inner) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input, FitContext context)
        {
            string fold = context.Path.Single(step => step.StartsWith("fold ", StringComparison.Ordinal));
            if (fold == "fold 1")
                Thread.Sleep(20);
            context.Diagnose(DiagnosisSeverity.Warning, "talk", $"seen in {fold}");
            return inner.Fit(input, context);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }

    // Progress<T> reports later, on another thread; this one reports now.
    private sealed class Immediate(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
