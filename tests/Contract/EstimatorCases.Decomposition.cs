using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Contract.Tests;

/// <content>Decompositions.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Decompositions()
    {
        var t = ML.Transforms;
        foreach (var solver in Enum.GetValues<PrincipalComponentSolver>())
        {
            yield return Transform($"ProjectToPrincipalComponents, {solver}", () => t.ProjectToPrincipalComponents(
                new PrincipalComponentAnalyzer.Options { OutputColumnName = "Out", InputColumnName = "Features", Rank = 2, Solver = solver, BatchRows = 17, Whiten = true }));
        }

        yield return Transform("ProjectToPrincipalComponents by variance", () => t.ProjectToPrincipalComponents(
            new PrincipalComponentAnalyzer.Options { OutputColumnName = "Out", InputColumnName = "Features", VarianceFraction = 0.9 }));
        yield return Transform("TruncatedSvd", () => t.TruncatedSvd("Out", "Features", rank: 2));
        foreach (var kernel in Enum.GetValues<KernelFunction>())
            yield return Transform($"KernelPca, {kernel}", () => t.KernelPca("Out", "Features", rank: 3, kernel, gamma: 1e-3));
        yield return Transform("TSne", () => t.TSne("Out", "Features", perplexity: 6, maximumNumberOfIterations: 250));
        yield return Transform("TSne in space by squares", () => t.TSne("Out", "Features", new TSne.Options
        {
            Dimensions = 3,
            Perplexity = 6,
            MaximumNumberOfIterations = 250,
            Method = TSneMethod.BarnesHut,
            Initialization = TSneInitialization.Random,
        }));
    }
}
