using MLPath.Data;
using MLPath.Reports;
using static MLPath.Evaluation.Tests.Explanation.ExplanationFigures;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>Dependence is what is predicted when a column is set to one value in all rows.</summary>
[TestClass]
public sealed class PartialDependenceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Means_and_single_rows_agree_with_scikit_learn()
    {
        var one = ExplanationFigures.Cases("dependence").Single();
        var data = Table(one.Columns("x"));
        // The product of two columns is made inside of the pipeline: changing X0 changes it too.
        var product = _ml.Transforms.Expression("Product", "(a, b) => a * b", "X0", "X1").Fit(data);
        var linear = Linear(_ml, product.Transform(data), [.. one.Doubles("weights"), one.GetProperty("interaction").GetDouble()],
            one.GetProperty("bias").GetDouble(), "X0", "X1", "X2", "Product");
        var model = new TransformerChain<ITransformer>(product, linear);
        var dependence = _ml.Regression.PartialDependence(model, data, "X0", new PartialDependenceOptions { Values = one.Doubles("values") });
        Close(one.Doubles("average"), dependence.Curves[0].Mean);
        var rows = one.GetProperty("individual").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDouble()).ToArray()).ToList();
        Assert.HasCount(rows.Count, dependence.Curves[0].Individual);
        for (int row = 0; row < rows.Count; row++)
            Close(rows[row], dependence.Curves[0].Individual[row]);
    }

    [TestMethod]
    public void A_linear_model_depends_linearly_on_values_of_the_data()
    {
        var data = RandomTable(300, 3);
        var model = Linear(_ml, data, [2, -1, 0], 0.5, "X0", "X1", "X2");
        var dependence = _ml.Regression.PartialDependence(model, data, "X0", new PartialDependenceOptions { GridPoints = 9, Centred = true });
        Assert.HasCount(9, dependence.Numbers);
        CollectionAssert.IsSubsetOf(dependence.Numbers.Select(v => (float)v).ToArray(), data.GetColumn<float>("X0").ToArray());
        for (int i = 0; i < 9; i++)
        {
            Assert.AreEqual(2 * (dependence.Numbers[i] - dependence.Numbers[0]), dependence.Curves[0].Mean[i], 1e-5);
            Assert.AreEqual(dependence.Curves[0].Low[i], dependence.Curves[0].High[i], 1e-5, "Centred curves of an additive model are one.");
        }

        var flat = _ml.Regression.PartialDependence(model, data, "X2");
        Assert.AreEqual(flat.Curves[0].Mean[0], flat.Curves[0].Mean[^1]);
        Assert.IsInstanceOfType<LineChartSection>(flat.ToSection());
        Assert.IsNotNull(flat.ToIndividualSection());
    }

    [TestMethod]
    public void Categories_are_tried_one_by_one()
    {
        Day[] rows = [.. Enumerable.Range(0, 90).Select(i => new Day { Weather = new[] { "rain", "sun", "wind" }[i % 3], Hour = i % 24, Label = i % 3 == 1 ? 5 : 1 })];
        var data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Transforms.Categorical.OneHotEncoding("Code", "Weather").Append(_ml.Transforms.Concatenate("Features", "Code", "Hour"))
            .Append(_ml.Regression.Trainers.Ridge()).Fit(data);
        var dependence = _ml.Regression.PartialDependence(model, data, "Weather", new PartialDependenceOptions { MostCategories = 2 });
        CollectionAssert.AreEqual(new[] { "rain", "sun" }, dependence.Values.ToArray());
        Assert.IsEmpty(dependence.Numbers);
        Assert.IsGreaterThan(dependence.Curves[0].Mean[0] + 2, dependence.Curves[0].Mean[1]);
        Assert.IsInstanceOfType<BarChartSection>(dependence.ToSection());
    }

    [TestMethod]
    public void Each_class_has_a_curve_and_each_slot_a_dependence()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var joined = _ml.Transforms.Concatenate("All", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth").Fit(iris).Transform(iris);
        var model = _ml.Transforms.Conversion.MapValueToKey("Label", "Species")
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: "All")).Fit(joined);
        var dependence = _ml.MulticlassClassification.PartialDependence(model, joined, "PetalLength");
        Assert.AreEqual(new InputFeature("PetalLength", "All", 2), dependence.Feature);
        Assert.HasCount(3, dependence.Curves);
        for (int i = 0; i < dependence.Values.Count; i++)
            Assert.AreEqual(1, dependence.Curves.Sum(c => c.Mean[i]), 1e-5, "Probabilities of the classes add up to 1.");
        var again = _ml.MulticlassClassification.PartialDependence(model, joined, "All[2]", new PartialDependenceOptions { Values = dependence.Numbers });
        Close(dependence.Curves[1].Mean, again.Curves[1].Mean);
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.MulticlassClassification.PartialDependence(model, joined, "All")).Message, "All[0]");
        Assert.Throws<SchemaException>(() => _ml.MulticlassClassification.PartialDependence(model, joined, "Species"));
    }

    private static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (int i = 0; i < expected.Count; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-5, $"[{i}]");
    }

    private sealed class Day
    {
        public string Weather { get; set; } = "";

        public float Hour { get; set; }

        public float Label { get; set; }
    }
}
