using MLPath.Data;
using MLPath.Transforms;
using static MLPath.Transforms.MissingValueReplacingEstimator;

namespace MLPath.Tests.Transforms;

/// <summary>Equality with scikit-learn and SciPy on data with missing values, in double and in single precision.</summary>
[TestClass]
public sealed class TransformReferenceTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    public void Standardisation_is_that_of_StandardScaler() => Equal("standard", _ml.Transforms.Standardize("X"));

    [TestMethod]
    public void Min_max_is_that_of_MinMaxScaler() => Equal("minmax", _ml.Transforms.NormalizeMinMax("X", fixZero: false));

    [TestMethod]
    public void Min_max_with_zero_fixed_is_that_of_MaxAbsScaler() => Equal("maxabs", _ml.Transforms.NormalizeMinMax("X"));

    [TestMethod]
    public void Mean_variance_with_zero_fixed_divides_by_the_root_mean_square() => Equal("rms", _ml.Transforms.NormalizeMeanVariance("X"));

    [TestMethod]
    public void Mean_variance_with_the_distribution_function_is_that_of_SciPy() =>
        Equal("cdf", _ml.Transforms.NormalizeMeanVariance("X", useCdf: true));

    [TestMethod]
    public void The_distribution_function_is_that_of_SciPy_down_to_its_tails()
    {
        // −1 and 1 have mean 0 and standard deviation 1.
        var model = _ml.Transforms.NormalizeMeanVariance("X", useCdf: true).Fit(Tables.Of(("X", Tables.Doubles(-1, 1))));
        double[] z = TransformFigures.Numbers("z"), expected = TransformFigures.Numbers("normal_cdf");
        double[] actual = model.Transform(Tables.Of(("X", Tables.Doubles(z)))).Column<double>("X");
        for (int i = 0; i < z.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-12 * expected[i], $"z = {z[i]}");
    }

    [TestMethod]
    public void Replacements_are_those_of_SimpleImputer()
    {
        Equal("impute_mean", _ml.Transforms.ReplaceMissingValues("X", replacementMode: ReplacementMode.Mean));
        Equal("impute_mode", _ml.Transforms.ReplaceMissingValues("X", replacementMode: ReplacementMode.Mode));
        Equal("impute_min", _ml.Transforms.ReplaceMissingValues("X", replacementMode: ReplacementMode.Minimum));
        Equal("impute_max", _ml.Transforms.ReplaceMissingValues("X", replacementMode: ReplacementMode.Maximum));
    }

    [TestMethod]
    public void One_hot_vectors_are_those_of_OneHotEncoder()
    {
        var data = Tables.Of(("Word", Tables.Texts(TransformFigures.Texts("words"))));
        var model = _ml.Transforms.Categorical
            .OneHotEncoding("Word", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data);
        var made = model.Transform(data);
        CollectionAssert.AreEqual(TransformFigures.Texts("categories"), made.SlotNames("Word"));
        AreEqual(TransformFigures.Rows("onehot"), made.Rows<float>("Word"), 0);
        var unseen = Tables.Of(("Word", Tables.Texts(TransformFigures.Texts("unseen"))));
        AreEqual(TransformFigures.Rows("onehot_unseen"), model.Transform(unseen).Rows<float>("Word"), 0);
    }

    private static void Equal<TTransformer>(string figures, IEstimator<TTransformer> estimator) where TTransformer : class, ITransformer
    {
        var x = TransformFigures.Rows("x");
        var doubles = Tables.Of(("X", Tables.Dense(NumberDataViewType.Double, x)));
        AreEqual(TransformFigures.Rows(figures), estimator.Fit(doubles).Transform(doubles).Rows<double>("X"), 1e-12);
        // What rounding the input to single precision changes is large where a column's spread is small beside its mean.
        var singles = Tables.Of(("X", Tables.Dense([.. x.Select(row => row.Select(v => (float)v).ToArray())])));
        AreEqual(TransformFigures.Rows(figures), estimator.Fit(singles).Transform(singles).Rows<float>("X"), 1e-5);
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
