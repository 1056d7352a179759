namespace MLPath.Contract.Tests;

/// <content>Transforms of text.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Texts() => [];
}
