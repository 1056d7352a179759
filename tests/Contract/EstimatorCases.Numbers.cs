namespace MLPath.Contract.Tests;

/// <content>Transforms of normalisers, conversions, hashes and feature selection.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Numbers() => [];
}
