using MLPath.Data;

namespace MLPath.Evaluation.Tests.Validation;

/// <summary>Cross-validation trains on all folds but one and measures on that one.</summary>
[TestClass]
public sealed class CrossValidateTests
{
    private static readonly string[] Lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    private readonly MLContext _ml = new(seed: 2);

    [TestMethod]
    public void Every_row_is_measured_once_by_a_model_that_did_not_see_it()
    {
        var data = _ml.Data.LoadDataset("iris");
        var folds = _ml.MulticlassClassification.CrossValidate(data, Pipeline(), numberOfFolds: 6, stratifyColumn: "Species");
        Assert.HasCount(6, folds);
        Assert.AreEqual(150, folds.Sum(f => f.Metrics.RowsEvaluated));
        CollectionAssert.AreEqual(Enumerable.Range(0, 6).ToArray(), folds.Select(f => f.Fold).ToArray());
        foreach (var fold in folds)
        {
            Assert.AreEqual(25, fold.ScoredHoldOutSet.GetRowCount());
            Assert.AreEqual(fold.Metrics.MicroAccuracy, _ml.MulticlassClassification.Evaluate(fold.ScoredHoldOutSet).MicroAccuracy);
            Assert.HasCount(3, ((ITransformerChain)fold.Model).Transformers);
        }
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_folds_and_repeats_give_others()
    {
        var data = _ml.Data.LoadDataset("iris");
        double[] LogLosses(int seed, int repeats) =>
            [.. _ml.MulticlassClassification.CrossValidate(data, Pipeline(), numberOfFolds: 3, seed: seed, repeats: repeats).Select(f => f.Metrics.LogLoss)];
        CollectionAssert.AreEqual(LogLosses(4, 1), LogLosses(4, 1));
        CollectionAssert.AreNotEqual(LogLosses(4, 1), LogLosses(5, 1));
        var twice = LogLosses(4, 2);
        Assert.HasCount(6, twice);
        CollectionAssert.AreNotEqual(twice[..3], twice[3..]);
    }

    [TestMethod]
    public void Groups_stay_in_one_fold()
    {
        var rows = Enumerable.Range(0, 60).Select(i => new Visit { Patient = $"p{i / 4}", X = i % 7, Y = i % 7 + (i % 3) });
        var data = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.Concatenate("Features", "X").Append(_ml.Regression.Trainers.Ols(labelColumnName: "Y"));
        var folds = _ml.Regression.CrossValidate(data, pipeline, numberOfFolds: 5, labelColumnName: "Y", samplingKeyColumnName: "Patient");
        var patients = folds.Select(f => f.ScoredHoldOutSet.GetColumn<string>("Patient").ToHashSet()).ToList();
        Assert.AreEqual(15, patients.Sum(p => p.Count), "No patient is in two folds.");
    }

    [TestMethod]
    public void Any_strategy_divides_the_rows()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new Visit { X = i, Y = 2 * i });
        var data = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.Concatenate("Features", "X").Append(_ml.Regression.Trainers.Ols(labelColumnName: "Y"));
        var folds = _ml.Regression.CrossValidate(data, pipeline, new TimeSeriesSplit(Folds: 3), labelColumnName: "Y");
        Assert.HasCount(3, folds);
        Assert.IsTrue(folds.All(f => f.Metrics.RSquared > 0.999));
    }

    [TestMethod]
    public void The_whole_schema_is_checked_before_anything_trains()
    {
        var data = _ml.Data.LoadDataset("iris");
        var pipeline = _ml.Transforms.Concatenate("Features", "PetalLenght").Append(_ml.MulticlassClassification.Trainers.NaiveBayes());
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.MulticlassClassification.CrossValidate(data, pipeline)).Message, "PetalLength");
    }

    [TestMethod]
    public void Cancellation_ends_it()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var context = FitContext.Default with { CancellationToken = stop.Token };
        Assert.Throws<OperationCanceledException>(() =>
            _ml.MulticlassClassification.CrossValidate(_ml.Data.LoadDataset("iris"), Pipeline(), context: context));
    }

    [TestMethod]
    public void Clusters_and_two_classes_are_cross_validated_too()
    {
        var blobs = _ml.Data.Generate.Blobs(rows: 90, centers: 3, seed: 4);
        var clusters = _ml.Clustering.CrossValidate(blobs, _ml.Clustering.Trainers.KMeans(numberOfClusters: 3), numberOfFolds: 3, labelColumnName: "Label", featureColumnName: "Features");
        Assert.IsTrue(clusters.All(f => f.Metrics.AdjustedRandIndex > 0.5));
        var moons = _ml.Data.Generate.Moons(rows: 90, noise: 0.1, seed: 4);
        var classes = _ml.BinaryClassification.CrossValidate(moons, _ml.BinaryClassification.Trainers.KNearestNeighbors(), numberOfFolds: 3);
        Assert.IsTrue(classes.All(f => f.Metrics.AreaUnderRocCurve > 0.95));
        Assert.HasCount(3, _ml.BinaryClassification.CrossValidateNonCalibrated(moons, _ml.BinaryClassification.Trainers.NaiveBayes(), numberOfFolds: 3));
    }

    private EstimatorChain<MulticlassPredictionTransformer<Trainers.NaiveBayesModelParameters>> Pipeline() =>
        _ml.Transforms.Concatenate("Features", Lengths)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.NaiveBayes());

    private sealed class Visit
    {
        public string Patient { get; set; } = "";

        public float X { get; set; }

        public float Y { get; set; }
    }
}
