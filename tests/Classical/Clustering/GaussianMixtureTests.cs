using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical.Clustering;

[TestClass]
public sealed class GaussianMixtureTests
{
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("clustering")["gmm"];

    [TestMethod]
    [DataRow(GaussianCovariance.Full, "full")]
    [DataRow(GaussianCovariance.Tied, "tied")]
    [DataRow(GaussianCovariance.Diagonal, "diag")]
    [DataRow(GaussianCovariance.Spherical, "spherical")]
    public void Iris_is_mixed_as_scikit_learn_finds(GaussianCovariance covariance, string name)
    {
        var iris = TestData.Unlabelled(EmbeddedSet.Load("iris").Features);
        var options = new GaussianMixtureTrainer.Options
        {
            NumberOfClusters = 3,
            Covariance = covariance,
            OptimizationTolerance = 1e-10,
            MaximumNumberOfIterations = 10000,
            NumberOfRestarts = 3,
        };
        var transformer = new GaussianMixtureTrainer(options).Fit(iris);
        var model = transformer.Model;
        var figures = Figures[name];
        Assert.IsTrue(model.Converged);
        Assert.AreEqual(figures.Number("log_likelihood"), model.LogLikelihood, 1e-5);
        Assert.AreEqual(figures.Number("bic"), model.Bic, 1e-4);
        Assert.AreEqual(figures.Number("aic"), model.Aic, 1e-4);
        Assert.AreEqual(-model.LogLikelihood / 150, model.Losses[^1], 1e-9);

        int[] order = [.. Enumerable.Range(0, 3).OrderBy(c => model.Means[c * 4])];
        Samples.AssertClose(figures.Vector("weights"), order.Select(c => model.MixingWeights[c]), 1e-4);
        Samples.AssertClose(figures.Rows("means").SelectMany(m => m), order.SelectMany(c => model.Means.Slice(c * 4, 4).ToArray()), 1e-4);
        var scored = transformer.Transform(iris);
        float[][] probabilities = TestData.Vectors(scored, "Probability"), scores = TestData.Vectors(scored, "Score");
        uint[] labels = TestData.Column<uint>(scored, "PredictedLabel");
        double[][] expected = figures.Rows("probabilities");
        for (int i = 0; i < 150; i++)
        {
            if (i % 10 == 0)
                Samples.AssertClose(expected[i / 10], order.Select(c => (double)probabilities[i][c]), 1e-3);
            Assert.AreEqual(1, probabilities[i].Sum(), 1e-5);
            Assert.AreEqual(Array.IndexOf(scores[i], scores[i].Min()) + 1, (int)labels[i]);
            Assert.AreEqual(probabilities[i].Max(), probabilities[i][labels[i] - 1]);
        }
    }

    [TestMethod]
    [DataRow(GaussianCovariance.Full)]
    [DataRow(GaussianCovariance.Tied)]
    [DataRow(GaussianCovariance.Diagonal)]
    [DataRow(GaussianCovariance.Spherical)]
    public void One_component_is_the_mean_and_covariance_and_no_iteration_lowers_the_likelihood(GaussianCovariance covariance)
    {
        double[][] rows = Samples.Gaussian(800, 3, seed: 3);
        foreach (double[] row in rows)
            row[2] += row[0];
        float[] weights = [.. Enumerable.Range(0, rows.Length).Select(i => 0.5f + (i % 3))];
        var options = new GaussianMixtureTrainer.Options { NumberOfClusters = 1, Covariance = covariance, Regularization = 0, ExampleWeightColumnName = "Weight" };
        var one = Fits.Model(new GaussianMixtureTrainer(options), TestData.Unlabelled(rows, weights));
        double total = weights.Sum(w => (double)w);
        double[] mean = [.. Enumerable.Range(0, 3).Select(j => rows.Select((x, i) => weights[i] * (double)(float)x[j]).Sum() / total)];
        double Covariance(int a, int b) => rows.Select((x, i) => weights[i] * ((float)x[a] - mean[a]) * ((float)x[b] - mean[b])).Sum() / total;
        double[] variances = [Covariance(0, 0), Covariance(1, 1), Covariance(2, 2)];
        double[] expected = covariance switch
        {
            GaussianCovariance.Diagonal => variances,
            GaussianCovariance.Spherical => [variances.Average()],
            _ => [.. from a in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 3) select Covariance(a, b)],
        };
        Samples.AssertClose(mean, one.Means.ToArray(), 1e-12);
        Samples.AssertClose(expected, one.Covariances.ToArray(), 1e-12);
        Assert.AreEqual(1, one.MixingWeights[0]);

        var several = Fits.Model(new GaussianMixtureTrainer(options with { NumberOfClusters = 4, OptimizationTolerance = 1e-9 }), TestData.Unlabelled(rows, weights));
        for (int i = 1; i < several.Losses.Count; i++)
            Assert.IsLessThanOrEqualTo(several.Losses[i - 1] + 1e-12, several.Losses[i]);
    }

    [TestMethod]
    public void The_density_is_that_of_the_formula()
    {
        // Two components in two dimensions, with a correlation: written out.
        double[] covariance = [2, 0.6, 0.6, 1, 1, 0, 0, 4];
        var components = new GaussianComponents(GaussianCovariance.Full, 2, [0.3, 0.7], [1, 2, -1, 0], covariance);
        var joint = new double[2];
        components.LogJoint([0.5, 1.5], 1, joint, new double[2]);
        double determinant = 2 - 0.36, a = -0.5, b = -0.5;
        double squared = ((1 * a * a) - (2 * 0.6 * a * b) + (2 * b * b)) / determinant;
        Assert.AreEqual(Math.Log(0.3) - Math.Log(2 * Math.PI) - (0.5 * Math.Log(determinant)) - (0.5 * squared), joint[0], 1e-12);
        Assert.AreEqual(Math.Log(0.7) - Math.Log(2 * Math.PI) - (0.5 * Math.Log(4)) - (0.5 * ((1.5 * 1.5) + (1.5 * 1.5 / 4))), joint[1], 1e-12);
        var evidence = new double[1];
        double[] posterior = [-2000, -2001];
        components.Normalize(posterior, 1, evidence);
        Assert.AreEqual(1 / (1 + Math.Exp(-1)), posterior[0], 1e-12);
        Assert.AreEqual(-2000 + Math.Log(1 + Math.Exp(-1)), evidence[0], 1e-9);
    }

    [TestMethod]
    public void Threads_do_not_change_a_bit_and_a_file_gives_back_the_model()
    {
        var data = TestData.Unlabelled(Samples.Gaussian(5000, 4, seed: 9));
        foreach (var covariance in Enum.GetValues<GaussianCovariance>())
        {
            var trainer = new GaussianMixtureTrainer(new() { NumberOfClusters = 3, Covariance = covariance, MaximumNumberOfIterations = 4 });
            var transformer = trainer.Fit(data, FitContext.Default with { Threads = 1 });
            var other = Fits.Model(trainer, data, threads: 3);
            CollectionAssert.AreEqual(transformer.Model.Losses.ToArray(), other.Losses.ToArray());
            CollectionAssert.AreEqual(transformer.Model.Covariances.ToArray(), other.Covariances.ToArray());
            var loaded = Fits.RoundTrip(transformer);
            Assert.AreEqual(DataFingerprint.Compute(transformer.Transform(data)), DataFingerprint.Compute(loaded.Transform(data)));
            Assert.AreEqual((transformer.Model.Bic, transformer.Model.Aic, transformer.Model.StopReason), (loaded.Model.Bic, loaded.Model.Aic, loaded.Model.StopReason));
        }
    }

    [TestMethod]
    public void The_criterion_of_schwarz_finds_the_number_of_clouds()
    {
        double[][] rows = [.. Samples.Gaussian(600, 2, seed: 4).Select((x, i) => new[] { x[0] + (8 * (i % 3)), (x[1] * 2) - (6 * (i % 3 == 1 ? 1 : 0)) })];
        double[] bic = [.. Enumerable.Range(1, 6).Select(k => Fits.Model(new GaussianMixtureTrainer(new() { NumberOfClusters = k, NumberOfRestarts = 3 }), TestData.Unlabelled(rows)).Bic)];
        Assert.AreEqual(3, Array.IndexOf(bic, bic.Min()) + 1);
    }

    [TestMethod]
    public void Rows_that_coincide_need_regularization_and_are_told_of()
    {
        double[][] rows = [.. Enumerable.Repeat(new double[] { 1, 2 }, 5), .. Enumerable.Repeat(new double[] { 3, 2 }, 5)];
        var error = Assert.ThrowsExactly<DataException>(() =>
            new GaussianMixtureTrainer(new() { NumberOfClusters = 2, Regularization = 0 }).Fit(TestData.Unlabelled(rows)));
        StringAssert.Contains(error.Message, "Regularization");
        var model = Fits.Model(new GaussianMixtureTrainer(new() { NumberOfClusters = 3 }), TestData.Unlabelled(rows));
        Assert.IsTrue(double.IsFinite(model.LogLikelihood));
    }

    [TestMethod]
    public void Cancellation_is_seen_and_a_limit_is_told_of()
    {
        var data = TestData.Unlabelled(Samples.Gaussian(2000, 2, seed: 5));
        var trainer = new GaussianMixtureTrainer(new() { NumberOfClusters = 4, MaximumNumberOfIterations = 2, OptimizationTolerance = 0 });
        Assert.IsGreaterThan(6, Fits.AssertCancellable(trainer, data));
        Assert.AreEqual("not-converged", Fits.Diagnoses(trainer, data).Single().Code);
        Assert.AreEqual("GaussianMixture(NumberOfClusters=4, MaximumNumberOfIterations=2, OptimizationTolerance=0)", trainer.ToString());
    }

    [TestMethod]
    [DataRow("Covariance", "Round")]
    [DataRow("MixingWeights", null)]
    [DataRow("Means", null)]
    [DataRow("Covariances", null)]
    [DataRow("NotPositive", null)]
    public void A_damaged_file_is_refused(string part, string? value)
    {
        var fake = new FakeModel(GaussianMixtureModelParameters.Id, context =>
        {
            context.Write("Covariance", part == "Covariance" ? value! : "Full");
            context.WriteArray<double>("MixingWeights", part == "MixingWeights" ? [1, -1] : [0.5, 0.5]);
            context.WriteArray<double>("Means", part == "Means" ? [1, double.NaN] : [1, 2], 2, 1);
            context.WriteArray<double>("Covariances", part == "Covariances" ? [1] : part == "NotPositive" ? [1, -1] : [1, 1]);
            context.Write("LogLikelihood", -1.0);
            context.Write("TotalWeight", 2.0);
            TrainingHistory.None.Save(context);
        });
        Assert.ThrowsExactly<ModelFormatException>(() => fake.Load());
    }
}
