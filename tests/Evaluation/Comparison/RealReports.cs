using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Comparison;

/// <summary>Reports of real comparisons, one of each task, to be looked at in the browser.</summary>
internal static class RealReports
{
    private static readonly MLContext ML = new(seed: 1);

    public static Report Of(LearningTask task) => task switch
    {
        LearningTask.Binary => Make(task, "breast-cancer", "Diagnosis", ["logistic", "bayes", "baseline"]),
        LearningTask.Multiclass => Make(task, "digits", "Digit", ["bayes", "knn", "baseline"]),
        LearningTask.Regression => Make(task, "diabetes", "Progression", ["ols", "ridge", "baseline"]),
        _ => Make(task, "iris", null, ["kmeans", "baseline"]),
    };

    private static Report Make(LearningTask task, string dataset, string? label, string[] algorithms)
    {
        var data = ML.Data.LoadDataset(dataset);
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n is not ("Diagnosis" or "Digit" or "Progression" or "Species"))];
        var candidates = new CandidateSet();
        foreach (string name in algorithms)
        {
            candidates.Add(name, ML.Transforms.Concatenate("Features", features).Append(ML.Transforms.Standardize("Features"))
                .Append(ML.Algorithms.Get(name).For(task)!.Create()));
        }

        return Evaluation.Comparison.Run(task, data, candidates, new ComparisonOptions { LabelColumn = label, Folds = 4 }).ToReport();
    }
}
