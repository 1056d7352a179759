using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>One step of a pipeline as a report tells it: what it does, and with which options.</summary>
/// <param name="Name">Its name in the pipeline: "step 2", or the one it was given; of a chain within a chain, both: "step 2, step 1".</param>
/// <param name="Description">The step in words, with what differs from its defaults.</param>
/// <param name="Options">
/// Every option that the step declares, those at their defaults too, as name and value; empty for a step that declares none
/// (see <see cref="IHasOptions"/>), whose description then says all.
/// </param>
public sealed record PipelineStep(string Name, string Description, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>The steps of an estimator: those of a chain, or the estimator itself as the only one.</summary>
    /// <param name="estimator">The estimator.</param>
    public static IReadOnlyList<PipelineStep> Of(IEstimator<ITransformer> estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return estimator is IEstimatorChain chain ? [.. OfChain(chain, "")] : [One("step 1", estimator)];
    }

    private static IEnumerable<PipelineStep> OfChain(IEstimatorChain chain, string within)
    {
        foreach (var step in chain.Steps)
        {
            string name = within + step.Name;
            foreach (var part in step.Estimator is IEstimatorChain inner ? OfChain(inner, $"{name}, ") : [One(name, step.Estimator)])
                yield return part;
        }
    }

    private static PipelineStep One(string name, IEstimator<ITransformer> estimator) =>
        new(name, $"{estimator}", (estimator as IHasOptions)?.OptionValues ?? []);
}
