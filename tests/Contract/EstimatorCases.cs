using Acme.Learning;
using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Contract.Tests;

/// <summary>
/// Every estimator of every library. Trainers come from the algorithm lists by themselves; a transform needs a line here that says how it is made, and
/// <see cref="EstimatorContractTests.Every_public_estimator_is_held_to_the_contract"/> fails until it has one.
/// </summary>
internal static partial class EstimatorCases
{
    private static readonly MLContext ML = new(seed: 5);

    private static readonly (string Option, string Value)[] s_small =
    [
        ("NumberOfTrees", "7"), ("NumberOfClusters", "3"), ("NumberOfRestarts", "2"),
        // Networks: of every part at least two where there can be several.
        ("Epochs", "5"), ("Channels", "4,6"), ("DenseUnits", "8"), ("Size", "8"), ("Heads", "2"), ("Blocks", "2"), ("FeedForward", "16"), ("Units", "8"),
        ("EmbeddingSize", "6"),
    ];

    public static IReadOnlyList<EstimatorCase> All { get; } = [.. Trainers(), .. Transforms(), .. Numbers(), .. Texts(), .. Images(), .. Others(), .. Decompositions(), .. Calibration(), .. Networks()];

    private static IEnumerable<EstimatorCase> Trainers() =>
        from algorithm in ML.Algorithms.All.Append(AcmeComponents.NearestCentroid)
        from factory in algorithm.Trainers
        from form in Enum.GetValues<FeatureForms>()
        where form != FeatureForms.None && factory.Info.Features.HasFlag(form)
        select Trainer(form == FeatureForms.Vector ? $"{algorithm.Name} ({factory.Task})" : $"{algorithm.Name} ({factory.Task}, {form})", factory, form);

    private static EstimatorCase Trainer(string name, TrainerFactory factory, FeatureForms form)
    {
        EstimatorCase made = null!;
        return made = new EstimatorCase(name, () => factory.Create(Small(factory)), () => made.Table(), factory.Task, factory, form);
    }

    private static IEnumerable<EstimatorCase> Transforms()
    {
        var t = ML.Transforms;
        yield return Transform("Concatenate", () => t.Concatenate("Out", "Number", "Features", "Flag"));
        yield return Transform("CopyColumns", () => t.CopyColumns("Out", "Text"));
        yield return Transform("DropColumns", () => t.DropColumns("Text", "Gaps"));
        yield return Transform("SelectColumns", () => t.SelectColumns("Features", "Text"));
        yield return Transform("NormalizeMinMax", () => t.NormalizeMinMax("Features"));
        yield return Transform("NormalizeMinMax of a number", () => t.NormalizeMinMax("Out", "Number", fixZero: false));
        yield return Transform("NormalizeMeanVariance", () => t.NormalizeMeanVariance("Features"));
        yield return Transform("NormalizeMeanVariance, not fixing zero", () => t.NormalizeMeanVariance("Out", "Features", fixZero: false));
        yield return Transform("NormalizeMeanVariance, distribution function", () => t.NormalizeMeanVariance("Out", "Features", useCdf: true));
        foreach (var mode in Enum.GetValues<MissingValueReplacingEstimator.ReplacementMode>())
            yield return Transform($"ReplaceMissingValues by {mode}", () => t.ReplaceMissingValues("Gaps", replacementMode: mode));
        yield return Transform("MapValueToKey", () => t.Conversion.MapValueToKey("Out", "Text"));
        yield return Transform("MapValueToKey by value", () => t.Conversion.MapValueToKey("Out", "Number", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        yield return Transform("MapKeyToValue", () => t.Conversion.MapKeyToValue("Out", "Key"));
        yield return Transform("MapKeyToVector", () => t.Conversion.MapKeyToVector("Out", "Key"));
        yield return Transform("MapKeyToBinaryVector", () => t.Conversion.MapKeyToBinaryVector("Out", "Key"));
        yield return Transform("MapValue", () => t.Conversion.MapValue("Out", [KeyValuePair.Create("red", 1f), KeyValuePair.Create("green", 2f)], "Text"));
        foreach (var kind in Enum.GetValues<OneHotEncodingEstimator.OutputKind>())
            yield return Transform($"OneHotEncoding, {kind}", () => t.Categorical.OneHotEncoding("Out", "Text", kind));
        yield return Transform("Featurize", () => t.Featurize("Out"));
        yield return Transform("Featurize beside a label", () => t.Featurize(new FeaturizingOptions { LabelColumnName = "Flag", Normalize = false, Exclude = ["Gaps"] }));
        yield return Transform("ProjectToPrincipalComponents", () => t.ProjectToPrincipalComponents("Out", "Features", rank: 2));
        yield return Transform("a chain", () => t.NormalizeMinMax("Features").Append(t.Conversion.MapValueToKey("Out", "Text")).AppendCacheCheckpoint().Append(t.CopyColumns("Twin", "Out")));
    }

    private static EstimatorCase Transform(string name, Func<IEstimator<ITransformer>> create) => new(name, create, () => ContractData.Mixed());

    // The contract does not depend on size, so slow trainers are made small.
    private static IEnumerable<KeyValuePair<string, string>> Small(TrainerFactory factory)
    {
        foreach (var needed in Needed(factory))
            yield return needed;
        foreach (var (option, value) in s_small)
        {
            if (factory.Options.Any(o => o.Name == option))
                yield return new(option, value);
        }
    }

    /// <summary>The options whose defaults do not fit the contract's rows: no two of them lie within ½.</summary>
    /// <param name="factory">The trainer's factory.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Needed(TrainerFactory factory) =>
        factory.Trainer == "Dbscan" ? [new("Epsilon", "2")] : [];
}
