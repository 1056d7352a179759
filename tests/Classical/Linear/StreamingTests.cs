using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

/// <summary>More rows than one block, kept in memory or read again in each pass.</summary>
[TestClass]
public sealed class StreamingTests
{
    private const int Rows = 40_000;

    [TestMethod]
    public void What_is_learned_does_not_depend_on_where_the_rows_are()
    {
        var data = Table(offset: 10);
        foreach (var trainer in (IEstimator<ITransformer>[])
            [new OlsTrainer(), new RidgeTrainer(new() { Alpha = 3 }), new LassoTrainer(new() { Alpha = 0.01, PathLength = 3 }), new HuberTrainer()])
        {
            float[] kept = Scores(trainer.Fit(data), data);
            float[] read = Scores(trainer.Fit(data, new FitContext { MemoryLimit = 0, Threads = 1 }), data);
            CollectionAssert.AreEqual(kept, read);
        }
    }

    [TestMethod]
    public void Classifiers_learn_the_same_wherever_the_rows_are()
    {
        var random = new RandomStream(4);
        double[][] features = [.. Enumerable.Range(0, Rows).Select(_ => new[] { random.NextGaussian(), random.NextGaussian() })];
        int[] classes = [.. features.Select(f => f[0] + (0.3 * random.NextGaussian()) > 0 ? f[1] > 0.5 ? 2 : 1 : 0)];
        var multiclass = TestData.Multiclass(features, classes, k: 4);
        var binary = TestData.Binary(features, [.. classes.Select(c => c > 0)]);
        (IEstimator<ITransformer>, IDataView)[] cases =
        [
            (new LbfgsLogisticRegressionBinaryTrainer(new() { MaximumNumberOfIterations = 10 }), binary), (new NaiveBayesBinaryTrainer(), binary), (new PriorTrainer(), binary),
            (new LbfgsMaximumEntropyMulticlassTrainer(new() { MaximumNumberOfIterations = 10 }), multiclass), (new NaiveBayesMulticlassTrainer(), multiclass), (new PriorMulticlassTrainer(), multiclass),
        ];
        foreach (var (trainer, data) in cases)
        {
            var kept = trainer.Fit(data).Transform(data);
            var read = trainer.Fit(data, new FitContext { MemoryLimit = 0, Threads = 1 }).Transform(data);
            Assert.AreEqual(DataFingerprint.Compute(kept), DataFingerprint.Compute(read), $"{trainer}");
        }
    }

    [TestMethod]
    public void Blocks_are_joined_as_if_they_were_one()
    {
        // The statistics of 40000 rows in three blocks, far from 0, against the plain formulas over all of them.
        var data = Table(offset: 1000);
        var model = ((RegressionPredictionTransformer<OlsModelParameters>)new OlsTrainer().Fit(data)).Model;
        Assert.AreEqual(2, model.Weights[0], 1e-3);
        Assert.AreEqual(-1, model.Weights[1], 1e-3);

        double[] errors = [.. Rows2(data).Select(r => r.Y - (model.Weights[0] * r.A) - (model.Weights[1] * r.B) - model.Bias)];
        double mean = Rows2(data).Average(r => (double)r.Y);
        double r2 = 1 - (errors.Sum(e => e * e) / Rows2(data).Sum(r => (r.Y - mean) * (r.Y - mean)));
        Assert.AreEqual(r2, model.RSquared, 1e-10);
        // The residuals of least squares are orthogonal to every centred column and to 1.
        double meanA = Rows2(data).Average(r => (double)r.A);
        Assert.AreEqual(0, errors.Sum() / Rows, 1e-9);
        Assert.AreEqual(0, Rows2(data).Zip(errors, (r, e) => (r.A - meanA) * e).Sum() / Rows, 1e-9);
    }

    private static IEnumerable<(float A, float B, float Y)> Rows2(IDataView data)
    {
        var features = TestData.Vectors(data, "Features");
        float[] labels = TestData.Column<float>(data, "Label");
        return features.Select((f, i) => (f[0], f[1], labels[i]));
    }

    private static float[] Scores(ITransformer model, IDataView data) => TestData.Column<float>(model.Transform(data), "Score");

    private static InMemoryDataView Table(double offset)
    {
        var random = new RandomStream(3);
        double[][] features = [.. Enumerable.Range(0, Rows).Select(i => new[] { offset + random.NextGaussian(), random.NextGaussian() - offset })];
        return TestData.Regression(features, [.. features.Select(f => (2 * f[0]) - f[1] + (0.1 * random.NextGaussian()))]);
    }
}
