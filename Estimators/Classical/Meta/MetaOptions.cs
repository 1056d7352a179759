using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Checks and choices that several trainers made of trainers share.</summary>
internal static class MetaOptions
{
    /// <summary>Refuses options that would silently not reach the members.</summary>
    /// <exception cref="OptionException">Weights were set beside members that have their own.</exception>
    public static void CheckOwn(this TrainerInputBaseWithWeight options, bool hasMembers)
    {
        if (hasMembers && (options.ClassWeights != ClassWeighting.Uniform || options.ExampleWeightColumnName is not null))
            throw new OptionException("ClassWeights and ExampleWeightColumnName serve the default members; set them in the options of the trainers that are given.");
    }

    /// <summary>Refuses class weights where there are no classes.</summary>
    /// <exception cref="OptionException">They are balanced.</exception>
    public static void RefuseClassWeights(TrainerInputBaseWithWeight options)
    {
        if (options.ClassWeights == ClassWeighting.Balanced)
            throw new OptionException("ClassWeights is Balanced, but there are no classes to balance; leave it Uniform.");
    }

    /// <summary>Divides rows into folds.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="given">The division that was asked for; null for folds at random.</param>
    /// <param name="stratify">The label whose classes each fold is to have in their proportions; null for none.</param>
    /// <param name="folds">How many folds at random.</param>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="context">Randomness and cancellation.</param>
    public static FoldPlan Folds(IDataView view, FoldStrategy? given, string? stratify, int folds, int? seed, FitContext context)
    {
        int drawn = context.CreateRandom("folds", seed).NextInt32(int.MaxValue);
        FoldStrategy strategy = given ?? (stratify is null ? new KFold(folds, Seed: drawn) : new StratifiedKFold(stratify, folds, Seed: drawn));
        var plan = strategy.Split(view, context.CancellationToken);
        foreach (string warning in plan.Warnings)
            context.Diagnose(DiagnosisSeverity.Warning, "folds", warning);
        return plan;
    }
}
