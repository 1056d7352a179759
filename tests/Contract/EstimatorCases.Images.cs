namespace MLPath.Contract.Tests;

/// <content>Transforms of images.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Images() => [];
}
