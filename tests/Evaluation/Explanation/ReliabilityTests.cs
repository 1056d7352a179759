namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>Predicted probabilities against what happened.</summary>
[TestClass]
public sealed class ReliabilityTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(ReliabilityBinning.EqualWidth)]
    [DataRow(ReliabilityBinning.EqualCount)]
    public void Bins_agree_with_scikit_learn(ReliabilityBinning binning)
    {
        foreach (var one in ExplanationFigures.Cases("calibration"))
        {
            var diagram = ReliabilityDiagram.Of(one.Name(), one.Doubles("probabilities"), one.Bools("happened"),
                new ReliabilityOptions { Bins = one.GetProperty("bins").GetInt32(), Binning = binning });
            var expected = one.GetProperty($"{binning}");
            ReferenceFigures.AssertClose(expected.Doubles("observed"), [.. diagram.Bins.Select(b => b.Observed)], one.Name());
            ReferenceFigures.AssertClose(expected.Doubles("predicted"), [.. diagram.Bins.Select(b => b.MeanPredicted)], one.Name());
            ReferenceFigures.AssertClose(one.GetProperty("brier").GetDouble(), diagram.BrierScore, one.Name());
            // The parts of the Brier score, from their definitions.
            double within = 0;
            double[] p = one.Doubles("probabilities");
            bool[] y = one.Bools("happened");
            foreach (var bin in diagram.Bins)
            {
                for (int i = 0; i < p.Length; i++)
                {
                    bool isFirst = bin == diagram.Bins[0];
                    if (p[i] > bin.Upper || (p[i] <= bin.Lower && !isFirst))
                        continue;
                    double deviation = p[i] - bin.MeanPredicted;
                    within += ((deviation * deviation) - (2 * deviation * ((y[i] ? 1 : 0) - bin.Observed))) / p.Length;
                }
            }

            ReferenceFigures.AssertClose(within, diagram.WithinBins, one.Name());
        }
    }

    [TestMethod]
    public void Probabilities_that_are_right_have_no_error_and_all_their_uncertainty_is_resolved_or_left()
    {
        double[] p = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? 0.2 : 0.8)];
        bool[] y = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? i % 5 == 0 : i % 5 != 0)];
        var diagram = ReliabilityDiagram.Of("rain", p, y, new ReliabilityOptions { Bins = 5, Binning = ReliabilityBinning.EqualWidth });
        Assert.AreEqual(0, diagram.ExpectedCalibrationError, 1e-12);
        Assert.AreEqual(0, diagram.Reliability, 1e-12);
        Assert.AreEqual(0.09, diagram.Resolution, 1e-12);
        Assert.AreEqual(0.25, diagram.Uncertainty, 1e-12);
        Assert.AreEqual(0.16, diagram.BrierScore, 1e-12);
        Assert.HasCount(2, diagram.Bins);
        // Clopper and Pearson's interval of 10 in 50, as SciPy 1.10.1 gives it: binomtest(10, 50).proportion_ci(0.95).
        Assert.AreEqual(0.1003022, diagram.Bins[0].Interval.Low, 1e-6);
        Assert.AreEqual(0.3371831, diagram.Bins[0].Interval.High, 1e-6);

        var off = ReliabilityDiagram.Of("rain", [.. p.Select(v => 1 - v)], y, new ReliabilityOptions { Bins = 5 });
        Assert.AreEqual(0.6, off.ExpectedCalibrationError, 1e-12);
        Assert.AreEqual(0.6, off.MaximumCalibrationError, 1e-12);
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.Of("rain", [1.5], [true]));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.Of("rain", [], []));
    }

    [TestMethod]
    public void Several_classes_are_judged_by_their_top_label_and_one_by_one()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var model = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(_ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(iris);
        var reliability = _ml.MulticlassClassification.Reliability(model.Transform(iris));
        CollectionAssert.AreEqual(new[] { "setosa", "versicolor", "virginica" }, reliability.Classes.Select(c => c.Name).ToArray());
        Assert.AreEqual(150, reliability.Overall.Rows);
        Assert.AreEqual(reliability.Classes.Average(c => c.ExpectedCalibrationError), reliability.ClasswiseExpectedCalibrationError, 1e-15);
        Assert.IsLessThan(0.1, reliability.Overall.ExpectedCalibrationError);
        Assert.HasCount(3, reliability.ToSection().Sections.OfType<MLPath.Reports.GroupSection>().Single().Sections);
        double right = reliability.Overall.Bins.Sum(b => b.Observed * b.Count) / 150;
        Assert.AreEqual(_ml.MulticlassClassification.Evaluate(model.Transform(iris)).MicroAccuracy, right, 1e-12);
    }
}
