using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>Support vector machines with a radial basis function. The quality is the accuracy on the test set.</summary>
internal static class SvmWorkloads
{
    private const string Set = "knnsvm_20000x64";

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("rbf-svm-fit", Set, Quality.Larger(1e-3), "svm.py", ["sklearn libsvm"], Fit),
        new("rbf-svm-predict", Set, Quality.Larger(1e-3), "svm.py", ["sklearn libsvm"], Predict),
    ];

    private static Job Fit(CoreData data, int threads)
    {
        var view = View(data);
        var queries = data.Features($"{Set}_test");
        int[] classes = data.Read<int>($"{Set}_test_y2.i32");
        return Job.Of(() => Trainer().Fit(view, new FitContext { Threads = threads }).Model, model => Accuracy(Predictions.OfPositive(model, queries, threads), classes));
    }

    private static Job Predict(CoreData data, int threads)
    {
        var model = Trainer().Fit(View(data), new FitContext { Threads = threads }).Model;
        var queries = data.Features($"{Set}_test");
        int[] classes = data.Read<int>($"{Set}_test_y2.i32");
        return Job.Of(() => Predictions.OfPositive(model, queries, threads), scores => Accuracy(scores, classes));
    }

    private static KernelSvmBinaryTrainer Trainer() => new(new() { C = 1, Kernel = KernelFunction.Rbf, CacheSizeMegabytes = 1000 });

    private static IDataView View(CoreData data) => Views.Binary(data.Features(Set), data.Read<int>($"{Set}_y2.i32"));

    private static double Accuracy(float[] scores, int[] classes) =>
        classes.Where((c, i) => scores[i] > 0 == (c == 1)).Count() / (double)classes.Length;
}
