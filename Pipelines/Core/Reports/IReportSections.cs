using MLPath.Data;

namespace MLPath.Reports;

/// <summary>
/// A model or a transformer that has something to show: how its training went, what it consists of. Reports about it draw the sections without knowing who
/// made them.
/// </summary>
public interface IReportSections
{
    /// <summary>What there is to show, in reading order.</summary>
    IReadOnlyList<ReportSection> GetReportSections();
}

/// <summary>What fitted pipelines have to show.</summary>
public static class ReportSections
{
    /// <summary>The sections of a transformer, of its model, and of the steps of a chain, in order.</summary>
    /// <param name="transformer">The transformer.</param>
    public static IReadOnlyList<ReportSection> Of(ITransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return transformer switch
        {
            ITransformerChain chain => [.. chain.Transformers.SelectMany(Of)],
            IReportSections own => own.GetReportSections(),
            IPredictionTransformer<object> { Model: IReportSections model } => model.GetReportSections(),
            _ => [],
        };
    }
}
