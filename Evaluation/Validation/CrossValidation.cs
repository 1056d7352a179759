using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>Trains a pipeline on all folds but one and scores that one, for each fold in turn.</summary>
internal static class CrossValidation
{
    public static IReadOnlyList<TrainCatalogBase.CrossValidationResult<TMetrics>> Run<TMetrics>(
        IDataView data, IEstimator<ITransformer> estimator, FoldStrategy strategy, FitContext? context, Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        context ??= FitContext.Default;
        estimator.GetOutputSchema(SchemaShape.Create(data.Schema));
        var plan = strategy.Split(data, context.CancellationToken);
        foreach (string warning in plan.Warnings)
            context.Diagnose(DiagnosisSeverity.Warning, "folds", warning);
        var results = new List<TrainCatalogBase.CrossValidationResult<TMetrics>>();
        foreach (var split in plan.Splits)
        {
            context.Checkpoint();
            var parts = plan.Apply(data, split);
            var model = estimator.Fit(parts.TrainSet, context.Step($"repeat {split.Repeat + 1}").Step($"fold {split.Fold + 1}"));
            var scored = model.Transform(parts.TestSet);
            results.Add(new(model, evaluate(scored), scored, results.Count));
        }

        return results;
    }

    /// <summary>The strategy that the arguments of the catalogs' methods ask for.</summary>
    public static FoldStrategy Strategy(int numberOfFolds, string? groupColumn, string? stratifyColumn, int repeats, int seed)
    {
        FoldStrategy once = (groupColumn, stratifyColumn) switch
        {
            (null, null) => new KFold(numberOfFolds, Seed: seed),
            (null, { } strata) => new StratifiedKFold(strata, numberOfFolds, Seed: seed),
            ({ } groups, null) => new GroupKFold(groups, numberOfFolds, Seed: seed),
            ({ } groups, { } strata) => new StratifiedGroupKFold(strata, groups, numberOfFolds, Seed: seed),
        };
        return repeats == 1 ? once : new Repeated(once, repeats);
    }
}
