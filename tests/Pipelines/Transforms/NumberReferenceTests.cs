using MLPath.Data;
using MLPath.Transforms;
using static MLPath.Transforms.LpNormNormalizingEstimatorBase;

namespace MLPath.Tests.Transforms;

/// <summary>Equality with scikit-learn and NumPy.</summary>
[TestClass]
public sealed class NumberReferenceTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    public void Robust_scaling_is_that_of_RobustScaler()
    {
        Equal("gaps", "robust", _ml.Transforms.NormalizeRobustScaling("X"));
        Equal("gaps", "robust_uncentred", _ml.Transforms.NormalizeRobustScaling("X", centerData: false, quantileMin: 10, quantileMax: 95));
    }

    [TestMethod]
    public void Bins_are_those_of_KBinsDiscretizer_by_quantile() => Equal("x", "kbins", _ml.Transforms.NormalizeBinning("X", fixZero: false, maximumBinCount: 6));

    [TestMethod]
    public void Log_mean_variance_is_the_distribution_function_of_the_standardised_logarithm() =>
        Equal("positive", "log_cdf", _ml.Transforms.NormalizeLogMeanVariance("X"));

    [TestMethod]
    public void Norms_of_rows_are_those_of_Normalizer()
    {
        Equal("x", "l1", _ml.Transforms.NormalizeLpNorm("X", norm: NormFunction.L1));
        Equal("x", "l2", _ml.Transforms.NormalizeLpNorm("X"));
        Equal("x", "standardised_rows", _ml.Transforms.NormalizeGlobalContrast("X", ensureUnitStandardDeviation: true));
        Equal("x", "max", _ml.Transforms.NormalizeLpNorm("X", norm: NormFunction.Infinity));
    }

    [TestMethod]
    public void Selection_by_variance_is_that_of_VarianceThreshold()
    {
        var data = Tables.Of(("X", Tables.Dense(NumberDataViewType.Double, NumberFigures.Rows("constant"))));
        foreach (var (threshold, figures) in new[] { (0.0, "above_0"), (0.01, "above_001") })
        {
            var model = _ml.Transforms.FeatureSelection.SelectFeaturesBasedOnVariance("X", threshold: threshold).Fit(data);
            CollectionAssert.AreEqual(NumberFigures.Numbers(figures).Select(v => (int)v).ToArray(), model.GetSelectedSlots(0).ToArray());
            double[] expected = NumberFigures.Numbers("variances"), actual = model.GetScores(0).ToArray();
            for (int i = 0; i < expected.Length; i++)
                Assert.AreEqual(expected[i], actual[i], 1e-11 * Math.Max(1, expected[i]), $"slot {i}"); // slot 3 has mean 1000
        }
    }

    [TestMethod]
    public void Mutual_information_is_that_of_scikit_learn()
    {
        uint[] label = [.. NumberFigures.Numbers("label").Select(v => (uint)v + 1)];
        double[][] rows = NumberFigures.Rows("categories");
        var data = Tables.Of(
            ("Label", Tables.Keys(3, label)),
            ("Doubles", Tables.Dense(NumberDataViewType.Double, rows)),
            ("Integers", Tables.Sparse(NumberDataViewType.Int32, [.. rows.Select(row => row.Select(v => (int)v).ToArray())])));
        var model = _ml.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation([new("Doubles"), new("Integers")], slotsInOutput: 3).Fit(data);
        double[] expected = NumberFigures.Numbers("information");
        for (int column = 0; column < 2; column++)
        {
            for (int slot = 0; slot < expected.Length; slot++)
                Assert.AreEqual(expected[slot], model.GetScores(column)[slot], 1e-12, $"column {column}, slot {slot}");
        }

        // Slot 2 is the label itself, in both columns; the third is the best of the others.
        CollectionAssert.AreEqual((int[])[2, 3], model.GetSelectedSlots(0).ToArray());
        CollectionAssert.AreEqual((int[])[2], model.GetSelectedSlots(1).ToArray());
    }

    [TestMethod]
    public void Hashes_are_those_of_murmurhash3_32()
    {
        string[] words = NumberFigures.Texts("words");
        double[][] expected = NumberFigures.Rows("hashes_of_words");
        double[] seeds = NumberFigures.Numbers("seeds");
        var data = Tables.Of(("X", Tables.Texts(words)));
        for (int s = 0; s < seeds.Length; s++)
        {
            uint[] keys = Keys(data, (uint)seeds[s]);
            Assert.AreEqual(0u, keys[0], "Empty text is missing.");
            AreKeys(expected[s][1..], keys[1..]);
        }
    }

    [TestMethod]
    public void Numbers_are_hashed_by_their_bytes()
    {
        float[] singles = [.. NumberFigures.Numbers("singles").Select(v => (float)v)];
        int[] integers = [.. NumberFigures.Numbers("integers").Select(v => (int)v)];
        AreKeys(NumberFigures.Numbers("hashes_of_singles"), Keys(Tables.Of(("X", Tables.Singles(singles)))));
        AreKeys(NumberFigures.Numbers("hashes_of_doubles"), Keys(Tables.Of(("X", Tables.Doubles(NumberFigures.Numbers("singles"))))));
        AreKeys(NumberFigures.Numbers("hashes_of_int32"), Keys(Tables.Of(("X", Tables.Scalars(NumberDataViewType.Int32, integers)))));
        AreKeys(NumberFigures.Numbers("hashes_of_int32"), Keys(Tables.Of(("X", Tables.Scalars(NumberDataViewType.Int16, [.. integers.Select(v => (short)v)])))));
        AreKeys(NumberFigures.Numbers("hashes_of_int64"), Keys(Tables.Of(("X", Tables.Scalars(NumberDataViewType.Int64, [.. integers.Select(v => (long)v)])))));
    }

    private uint[] Keys(IDataView data, uint seed = 314489979) =>
        _ml.Transforms.Conversion.Hash(new HashingEstimator.ColumnOptions("X", seed: seed)).Fit(data).Transform(data).Column<uint>("X");

    private static void AreKeys(double[] hashes, uint[] keys) =>
        CollectionAssert.AreEqual(hashes.Select(h => ((uint)h & 0x7FFFFFFF) + 1).ToArray(), keys);

    private static void Equal<TTransformer>(string input, string figures, IEstimator<TTransformer> estimator) where TTransformer : class, ITransformer
    {
        double[][] expected = NumberFigures.Rows(figures), x = NumberFigures.Rows(input);
        var doubles = Tables.Of(("X", Tables.Dense(NumberDataViewType.Double, x)));
        AreEqual(expected, estimator.Fit(doubles).Transform(doubles).Rows<double>("X"), 1e-12);
        // What rounding the input to single precision changes is large where a column's spread is small beside its mean.
        var singles = Tables.Of(("X", Tables.Dense([.. x.Select(row => row.Select(v => (float)v).ToArray())])));
        AreEqual(expected, estimator.Fit(singles).Transform(singles).Rows<float>("X"), 1e-4);
    }

    private static void AreEqual<T>(double[][] expected, T[][] actual, double tolerance) where T : struct, IConvertible
    {
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
        {
            for (int slot = 0; slot < expected[row].Length; slot++)
            {
                double e = expected[row][slot], a = actual[row][slot].ToDouble(null);
                Assert.IsTrue(double.IsNaN(e) ? double.IsNaN(a) : Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e)), $"row {row}, slot {slot}: {e}, {a}");
            }
        }
    }
}
