using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Contract.Tests;

/// <content>Transforms of normalisers, conversions, hashes and feature selection.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Numbers()
    {
        var t = ML.Transforms;
        yield return Transform("NormalizeLogMeanVariance", () => t.NormalizeLogMeanVariance("Out", "Features"));
        yield return Transform("NormalizeLogMeanVariance, not the distribution function", () => t.NormalizeLogMeanVariance("Out", "Features", useCdf: false));
        yield return Transform("NormalizeRobustScaling", () => t.NormalizeRobustScaling("Out", "Features"));
        yield return Transform("NormalizeRobustScaling, not centred", () => t.NormalizeRobustScaling("Out", "Gaps", centerData: false));
        yield return Transform("NormalizeBinning", () => t.NormalizeBinning("Out", "Features", maximumBinCount: 5));
        yield return Transform("NormalizeBinning of a number", () => t.NormalizeBinning("Out", "Gaps", fixZero: false));
        yield return Transform("NormalizeSupervisedBinning", () => t.NormalizeSupervisedBinning("Out", "Features", "Key"));
        foreach (var norm in Enum.GetValues<LpNormNormalizingEstimatorBase.NormFunction>())
            yield return Transform($"NormalizeLpNorm, {norm}", () => t.NormalizeLpNorm("Out", "Features", norm));
        yield return Transform("NormalizeGlobalContrast", () => t.NormalizeGlobalContrast("Out", "Features"));
        yield return Transform("IndicateMissingValues", () => t.IndicateMissingValues([new("Out", "Gaps"), new("Empty", "Text"), new("None", "Key")]));
        foreach (var kind in Enum.GetValues<DataKind>().Where(k => k is not DataKind.TimeSpan and not DataKind.DateTime and not DataKind.DateTimeOffset))
            yield return Transform($"ConvertType to {kind}", () => t.Conversion.ConvertType([new("Out", "Gaps"), new("Vector", "Features"), new("Truth", "Flag")], kind));
        yield return Transform("ConvertType of text to dates", () => t.Conversion.ConvertType("Out", "Text", DataKind.DateTime));
        yield return Transform("Hash", () => t.Conversion.Hash("Out", "Text", numberOfBits: 6, maximumNumberOfInverts: -1));
        yield return Transform("Hash of vectors", () => t.Conversion.Hash(
            new HashingEstimator.ColumnOptions("Out", "Features", 10, useOrderedHashing: true), new HashingEstimator.ColumnOptions("One", "Features", combine: true)));
        foreach (var kind in Enum.GetValues<OneHotEncodingEstimator.OutputKind>())
            yield return Transform($"OneHotHashEncoding, {kind}", () => t.Categorical.OneHotHashEncoding("Out", "Text", kind, numberOfBits: 4));
        yield return Transform("MapValue to vectors", () => t.Conversion.MapValue("Out", [KeyValuePair.Create("red", new[] { 1f, 2 }), KeyValuePair.Create("blue", new[] { 3f, 4 })], "Text"));
        yield return Transform("MapValue to keys", () => t.Conversion.MapValue("Out", [KeyValuePair.Create("red", "warm"), KeyValuePair.Create("blue", "cold")], "Text", treatValuesAsKeyType: true));
        yield return Transform("SelectFeaturesBasedOnCount", () => t.FeatureSelection.SelectFeaturesBasedOnCount("Out", "Features", count: 55));
        yield return Transform("SelectFeaturesBasedOnVariance", () => t.FeatureSelection.SelectFeaturesBasedOnVariance("Out", "Features"));
        yield return Transform("SelectFeaturesBasedOnMutualInformation", () => t.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Out", "Features", "Key", slotsInOutput: 2));
    }
}
