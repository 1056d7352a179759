using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>Gaussian naive Bayes. The quality is the accuracy on the test set.</summary>
internal static class BayesWorkloads
{
    private const string Set = "digits_60000x784_c10";

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("bayes-fit", Set, Quality.Larger(1e-3), "bayes.py", ["sklearn"], Fit),
        new("bayes-predict", Set, Quality.Larger(1e-3), "bayes.py", ["sklearn"], Predict),
    ];

    private static Job Fit(CoreData data, int threads)
    {
        var view = Views.Multiclass(data.Features(Set), data.Classes(Set));
        var queries = data.Features($"{Set}_test");
        int[] classes = data.Classes($"{Set}_test");
        return Job.Of(
            () => new NaiveBayesMulticlassTrainer().Fit(view, new FitContext { Threads = threads }).Model,
            model => Predictions.Accuracy(Predictions.OfClasses(model, queries, threads), classes));
    }

    private static Job Predict(CoreData data, int threads)
    {
        var view = Views.Multiclass(data.Features(Set), data.Classes(Set));
        var queries = data.Features($"{Set}_test");
        int[] classes = data.Classes($"{Set}_test");
        var model = new NaiveBayesMulticlassTrainer().Fit(view, new FitContext { Threads = threads }).Model;
        return Job.Of(() => Predictions.OfClasses(model, queries, threads), scores => Predictions.Accuracy(scores, classes));
    }
}
