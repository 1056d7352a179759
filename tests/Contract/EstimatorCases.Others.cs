namespace MLPath.Contract.Tests;

/// <content>Transforms of expressions, custom mappings, random features and times.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Others() => [];
}
