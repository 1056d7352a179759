using System.Diagnostics;
using System.Globalization;
using MLPath.Numerics;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Bench;

/// <summary>
/// How the cost of a fit grows: the exponent e of seconds ∝ sizeᵉ, for the rows n, the features d and the classes or clusters k, as the slope of
/// the least-squares line through four doublings of one size, the others held, both sides in logarithms.
/// </summary>
internal static class Exponents
{
    private const int Sizes = 4;
    private const int Repetitions = 3;
    private static readonly TimeSpan s_rehearsal = TimeSpan.FromSeconds(1);

    /// <summary>A fit of generated data.</summary>
    /// <param name="Id">The workload whose fit it is.</param>
    /// <param name="N">The least number of rows.</param>
    /// <param name="D">The least number of features.</param>
    /// <param name="K">The least number of classes, clusters or components; 0 where there are none.</param>
    /// <param name="Prepare">Makes the fit of clouds of points, of classes, and of k.</param>
    private sealed record Fit(string Id, int N, int D, int K, Func<Table, int[], int, Action<FitContext>> Prepare);

    // Iterative fits do as many iterations whatever the size.
    private static readonly Fit[] s_fits =
    [
        new("kmeans", 20_000, 16, 8, (x, y, k) =>
            Of(Views.Of(x), new KMeansTrainer(new() { NumberOfClusters = k, MaximumNumberOfIterations = 10, OptimizationTolerance = 0, Seed = 1 }))),
        new("pca", 40_000, 32, 4, (x, y, k) => Of(Views.Of(x), new PrincipalComponentAnalyzer(new() { OutputColumnName = "Features", Rank = k }))),
        new("logistic", 40_000, 32, 0, (x, y, k) => Of(Views.Binary(x, y), new LbfgsLogisticRegressionBinaryTrainer(
            new() { L1Regularization = 0, MaximumNumberOfIterations = 10, OptimizationTolerance = 1e-12 }))),
        new("softmax", 10_000, 32, 4, (x, y, k) => Of(Views.Multiclass(x, y), new LbfgsMaximumEntropyMulticlassTrainer(
            new() { L1Regularization = 0, MaximumNumberOfIterations = 10, OptimizationTolerance = 1e-12 }))),
        new("ridge", 40_000, 32, 0, (x, y, k) => Of(Views.Regression(x, Array.ConvertAll(y, c => (float)c)), new RidgeTrainer())),
        new("lasso", 40_000, 32, 0, (x, y, k) => Of(Views.Regression(x, Array.ConvertAll(y, c => (float)c)), new LassoTrainer(new() { Alpha = 0.01 }))),
        new("rbf-svm-fit", 500, 16, 0, (x, y, k) => Of(Views.Binary(x, y), new KernelSvmBinaryTrainer())),
        new("dbscan", 1_000, 16, 0, (x, y, k) => Of(Views.Of(x), new DbscanTrainer(new() { Epsilon = 100 }))),
        new("tsne", 500, 16, 0, (x, y, k) => Of(Views.Of(x), new TSneEstimator(new("Map", "Features"), new() { MaximumNumberOfIterations = 250 }))),
        new("bayes-fit", 20_000, 64, 4, (x, y, k) => Of(Views.Multiclass(x, y), new NaiveBayesMulticlassTrainer())),
    ];

    /// <summary>Measures all fits and prints their exponents.</summary>
    public static void Print(int threads, TextWriter log)
    {
        log.WriteLine("Exponents of each fit's cost in rows, features, and classes or clusters:");
        var context = new FitContext { Threads = threads };
        foreach (var fit in s_fits)
        {
            string n = Exponent(fit.N, size => Seconds(fit, size, fit.D, fit.K, context));
            string d = Exponent(fit.D, size => Seconds(fit, 2 * fit.N, size, fit.K, context));
            string k = fit.K == 0 ? "" : ", k " + Exponent(fit.K, size => Seconds(fit, 2 * fit.N, fit.D, size, context));
            log.WriteLine($"{fit.Id}: n {n}, d {d}{k}");
        }
    }

    private static Action<FitContext> Of(IDataView view, IEstimator<ITransformer> estimator) => context => estimator.Fit(view, context);

    private static double Seconds(Fit fit, int n, int d, int k, FitContext context)
    {
        int groups = Math.Max(2, k);
        var random = new RandomStream(1);
        int[] classes = [.. Enumerable.Range(0, groups), .. Draw.Classes(random, n - groups, groups)];

        // Clouds overlap as much whatever d, so that no fit becomes easier, and ends sooner, as it grows.
        float[] centres = Draw.Normal(random, groups * d, deviation: 2 / Math.Sqrt(d));
        var points = new Table(n, d, PointSets.Around(random, centres, classes, d));
        var run = fit.Prepare(points, classes, k);
        var job = Job.Of(() => { run(context); return 0; }, _ => 0);
        job.Run();
        return Enumerable.Range(0, Repetitions).Min(_ => job.Run().Seconds);
    }

    private static string Exponent(int least, Func<int, double> seconds)
    {
        // The code is compiled anew while it warms up, so the first size is done for a while before it is measured.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_rehearsal;) seconds(least);
        var (x, y) = (new double[Sizes], new double[Sizes]);
        for (int i = 0; i < Sizes; i++)
            (x[i], y[i]) = (i, Math.Log2(seconds(least << i)));
        double meanX = x.Average(), meanY = y.Average();
        double slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        return slope.ToString("F2", CultureInfo.InvariantCulture);
    }
}
