using MLPath.Data;
using MLPath.Trainers;
using static MLPath.Evaluation.Tests.Explanation.ExplanationFigures;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>Shapley values have the properties that define them.</summary>
[TestClass]
public sealed class ShapleyTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(7, DisplayName = "over all subsets")]
    [DataRow(0, DisplayName = "from random orders")]
    public void Of_a_linear_model_they_are_weight_times_distance_from_the_mean(int exactUpTo)
    {
        var data = RandomTable(40, 4);
        double[] weights = [2, -1, 0, 0.5];
        var model = Linear(_ml, data, weights, 3, "X0", "X1", "X2", "X3");
        var values = _ml.Regression.ShapleyValues(model, data, null, new ShapleyOptions { BackgroundRows = 40, MaximumRows = 6, ExactUpTo = exactUpTo });
        Assert.AreEqual(exactUpTo == 7, values.IsExact);
        for (int row = 0; row < 6; row++)
        {
            for (int j = 0; j < 4; j++)
            {
                float[] x = [.. data.GetColumn<float>($"X{j}")];
                Assert.AreEqual(weights[j] * (x[values.RowIndices[row]] - x.Average(v => (double)v)), values.Value(row, j), 1e-5);
            }

            Assert.AreEqual(0, values.Value(row, 2), "A column without weight gets nothing.");
        }
    }

    [TestMethod]
    public void They_sum_to_the_prediction_less_the_mean_however_few_orders_are_drawn()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var model = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(_ml.MulticlassClassification.Trainers.KNearestNeighbors()).Fit(iris);
        foreach (int exactUpTo in new[] { 0, 7 })
        {
            var values = _ml.MulticlassClassification.ShapleyValues(
                model, iris, null, new ShapleyOptions { BackgroundRows = 20, MaximumRows = 5, ExactUpTo = exactUpTo, PermutationPairs = 1 });
            CollectionAssert.AreEqual(new[] { "setosa", "versicolor", "virginica" }, values.Outputs.ToArray());
            for (int row = 0; row < 5; row++)
            {
                for (int c = 0; c < 3; c++)
                {
                    double sum = Enumerable.Range(0, 4).Sum(j => values.Value(row, j, c));
                    Assert.AreEqual(values.Prediction(row, c) - values.BaseValues[c], sum, 1e-9);
                }
            }
        }
    }

    [TestMethod]
    public void Random_orders_come_near_to_all_subsets_within_their_error()
    {
        var (model, data) = Product();
        ShapleyValues Of(int exactUpTo) => _ml.Regression.ShapleyValues(
            model, data, null, new ShapleyOptions { BackgroundRows = 25, MaximumRows = 4, ExactUpTo = exactUpTo, PermutationPairs = 200 });
        var (exact, sampled) = (Of(7), Of(0));
        for (int row = 0; row < 4; row++)
        {
            for (int j = 0; j < exact.Features.Count; j++)
                Assert.AreEqual(exact.Value(row, j), sampled.Value(row, j), (4.5 * sampled.StandardError(row, j)) + 1e-6);
            Assert.AreEqual(0, exact.StandardError(row, 0));
        }
    }

    [TestMethod]
    public void Columns_that_play_the_same_part_get_the_same_share()
    {
        // X0 and X1 enter as their product alone, and in the explained row and in the background they are equal.
        var (model, _) = Product();
        float[] same = [1, 2, 3, -1, 0.5f];
        var data = Table(("X0", same), ("X1", same), ("X2", [1, 0, 2, 1, 1]), ("Label", same));
        var values = _ml.Regression.ShapleyValues(model, data);
        for (int row = 0; row < 5; row++)
            Assert.AreEqual(values.Value(row, 0), values.Value(row, 1), 1e-9);
    }

    [TestMethod]
    public void Neither_threads_nor_the_other_explained_rows_show()
    {
        var (model, data) = Product();
        ShapleyValues Of(int threads, int? rows) => _ml.Regression.ShapleyValues(
            model, data, null, new ShapleyOptions { BackgroundRows = 9, ExactUpTo = 0, MaximumRows = rows, PermutationPairs = 2 },
            FitContext.Default with { Threads = threads, Seed = 3 });
        var (all, some) = (Of(1, null), Of(5, 7));
        for (int row = 0; row < 7; row++)
        {
            for (int j = 0; j < 3; j++)
                Assert.AreEqual(all.Value(some.RowIndices[row], j), some.Value(row, j));
        }

        var summary = all.Summary();
        Assert.IsGreaterThanOrEqualTo(summary[1].MeanAbsolute, summary[0].MeanAbsolute);
        Assert.HasCount(3, all.ToSection().Bars);
        Assert.HasCount(2, all.WaterfallOf(0, most: 1).Bars);
    }

    [TestMethod]
    public void Slots_of_a_small_vector_are_shared_among_one_by_one()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Pixels { Values = [i % 5, i % 7] }));
        var model = new RegressionPredictionTransformer<LinearRegressionModelParameters>(new LinearRegressionModelParameters([1, -2], 0), "Values");
        var values = _ml.Regression.ShapleyValues(model, data, null, new ShapleyOptions { SlotsUpTo = 2, BackgroundRows = 20 });
        CollectionAssert.AreEqual(new[] { "Values[0]", "Values[1]" }, values.Features.Select(f => f.Name).ToArray());
        double mean = Enumerable.Range(0, 20).Average(i => i % 7);
        for (int row = 0; row < 20; row++)
            Assert.AreEqual(-2 * ((row % 7) - mean), values.Value(row, 1), 1e-5);
    }

    [TestMethod]
    public void Contributions_of_linear_models_and_the_bias_sum_to_the_raw_score()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var model = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(iris);
        var contributions = _ml.MulticlassClassification.FeatureContributions(model, iris)!;
        CollectionAssert.AreEqual(new[] { "setosa", "versicolor", "virginica" }, contributions.Scores.ToArray());
        CollectionAssert.AreEqual(new[] { "SepalLength", "SepalWidth", "PetalLength", "PetalWidth" }, contributions.Features.ToArray());
        float[][] scores = [.. model.Transform(iris).GetColumn<float[]>("Score")];
        for (int row = 0; row < 150; row++)
        {
            // Raw scores are logarithms of the probabilities, but for a number that all classes of a row share.
            double[] raw = [.. Enumerable.Range(0, 3).Select(c => contributions.RawScore(row, c))];
            Assert.AreEqual(Math.Exp(raw[1]) / raw.Sum(Math.Exp), scores[row][1], 1e-5);
        }

        var data = RandomTable(30, 3);
        var regression = Linear(_ml, data, [2, -1, 0], 0.5, "X0", "X1", "X2");
        var exact = _ml.Regression.FeatureContributions(regression, data)!;
        float[] predicted = [.. regression.Transform(data).GetColumn<float>("Score")];
        for (int row = 0; row < 30; row++)
        {
            Assert.AreEqual(predicted[row], exact.RawScore(row), 1e-5);
            Assert.AreEqual(0, exact.Of(row)[2]);
        }

        Assert.IsNull(_ml.MulticlassClassification.FeatureContributions(
            _ml.Transforms.Concatenate("Features", "SepalLength").Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
                .Append(_ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(iris), iris));
    }

    // 2 X0 X1 + X2, made inside of the pipeline.
    private (ITransformer Model, IDataView Data) Product()
    {
        var data = RandomTable(60, 3);
        var product = _ml.Transforms.Expression("Product", "(a, b) => a * b", "X0", "X1").Fit(data);
        return (new TransformerChain<ITransformer>(product, Linear(_ml, product.Transform(data), [2, 1], 0, "Product", "X2")), data);
    }

    private sealed class Pixels
    {
        [VectorType(2)]
        public float[] Values { get; set; } = [];
    }
}
