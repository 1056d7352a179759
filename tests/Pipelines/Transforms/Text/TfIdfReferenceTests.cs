using MLPath.Transforms.Text;
using static MLPath.Transforms.Text.NgramExtractingEstimator;
using static MLPath.Transforms.Text.TextFeaturizingEstimator;

namespace MLPath.Tests.Transforms.Text;

/// <summary>The features that scikit-learn's TfidfVectorizer makes of the same texts, words split at white space.</summary>
[TestClass]
public sealed class TfIdfReferenceTests
{
    private static readonly WordBagEstimator.Options s_default = new() { Weighting = WeightingCriteria.TfIdf, InverseDocumentFrequency = IdfFormula.Smooth };

    [TestMethod]
    public void Features_are_those_of_scikit_learn()
    {
        Compare("default", s_default, NormFunction.L2);
        Compare("plain", s_default with { InverseDocumentFrequency = IdfFormula.LogarithmicPlusOne }, NormFunction.L2);
        Compare("sublinear", s_default with { SublinearTf = true }, NormFunction.L2);
        Compare("bigrams", s_default with { NgramLength = 2 }, NormFunction.L2);
        Compare("only_bigrams", s_default with { NgramLength = 2, UseAllLengths = false }, NormFunction.L2);
        Compare("limits", s_default with { MinimumDocumentCount = 2, MaximumDocumentFraction = 0.5 }, NormFunction.L2);
        Compare("l1", s_default, NormFunction.L1);
        Compare("no_norm", s_default, NormFunction.None);
    }

    private static void Compare(string name, WordBagEstimator.Options words, NormFunction norm)
    {
        var data = Tables.Of(("Text", Tables.Texts(TextFigures.Texts)));
        var options = new TextFeaturizingEstimator.Options { WordFeatureExtractor = words, CharFeatureExtractor = null, Norm = norm, KeepDiacritics = true };
        var made = new MLContext().Transforms.Text.FeaturizeText("Features", options, "Text").Fit(data).Transform(data);
        string[] slots = made.SlotNames("Features");
        var rows = made.Rows<float>("Features");
        var expected = TextFigures.TfIdf(name);
        CollectionAssert.AreEquivalent(expected.SelectMany(r => r.Keys).Distinct().ToArray(), slots, name);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int slot = 0; slot < slots.Length; slot++)
                Assert.AreEqual(expected[row].GetValueOrDefault(slots[slot]), rows[row][slot], 1e-6, $"{name}: '{slots[slot]}' of row {row}");
        }
    }
}
