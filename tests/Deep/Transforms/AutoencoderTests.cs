using MLPath.Data;
using MLPath.Numerics;
using MLPath.Transforms;

namespace MLPath.Tests.Deep.Transforms;

[TestClass]
public sealed class AutoencoderTests
{
    private static readonly MLContext ML = new(seed: 2);

    [TestMethod]
    public void One_number_tells_where_a_point_on_a_line_lies()
    {
        // Without hidden layers an autoencoder is principal components in other coordinates.
        var random = new RandomStream(1);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian()).Select(t => (float[])[(float)t, (float)(2 * t) + 1, (float)(-t)])];
        var transformer = ML.Transforms.Autoencoder("Code", "Features", Options(codeSize: 1) with { HiddenUnits = [], Epochs = 60, LearningRate = 0.02 }).Fit(Table(rows));
        Assert.IsLessThan(1e-3, transformer.History.Losses[^1]);
        float[] codes = Codes(transformer.Transform(Table(rows)));
        float[] again = transformer.Decode(codes);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < 3; j++) Assert.AreEqual(rows[i][j], again[(i * 3) + j], 0.1);
        }
    }

    [TestMethod]
    public void Rows_unlike_those_it_learned_from_have_greater_errors()
    {
        var random = new RandomStream(3);
        float[][] circle = [.. Enumerable.Range(0, 300).Select(_ => 2 * Math.PI * random.NextDouble()).Select(a => (float[])[(float)Math.Cos(a), (float)Math.Sin(a), (float)Math.Cos(2 * a)])];
        var transformer = ML.Transforms.Autoencoder("Code", "Features", Options(codeSize: 2) with { ErrorColumnName = "Error", Epochs = 150 }).Fit(Table(circle));
        float usual = Tables.Column<float>(transformer.Transform(Table(circle)), "Error").Average();
        float unusual = Tables.Column<float>(transformer.Transform(Table([[0, 0, 3], [0, 0, -3]])), "Error").Min();
        Assert.IsGreaterThan(10 * usual, unusual);
    }

    [TestMethod]
    public void Sparse_codes_are_smaller()
    {
        float[][] rows = Tables.Cloud(200, 6, 4);
        var free = ML.Transforms.Autoencoder("Code", "Features", Options(codeSize: 6)).Fit(Table(rows));
        var sparse = ML.Transforms.Autoencoder("Code", "Features", Options(codeSize: 6) with { Sparsity = 1 }).Fit(Table(rows));
        Assert.IsLessThan(0.5 * Codes(free.Transform(Table(rows))).Average(Math.Abs), Codes(sparse.Transform(Table(rows))).Average(Math.Abs));
    }

    [TestMethod]
    public void The_result_is_the_same_on_one_thread_and_two_and_in_a_file()
    {
        var data = Table(Tables.Cloud(90, 5, 6));
        var estimator = ML.Transforms.Autoencoder("Code", "Features", Options(codeSize: 2) with { Noise = 0.2, ErrorColumnName = "Error" });
        var one = estimator.Fit(data, new FitContext { Threads = 1 });
        string expected = DataFingerprint.Compute(one.Transform(data));
        Assert.AreEqual(expected, DataFingerprint.Compute(estimator.Fit(data, new FitContext { Threads = 2 }).Transform(data)));
        Assert.AreEqual(expected, DataFingerprint.Compute(Tables.RoundTrip(one).Transform(data)));
    }

    [TestMethod]
    public void A_row_with_a_missing_value_has_no_code()
    {
        float[][] rows = Tables.Cloud(40, 4, 7);
        var transformer = ML.Transforms.Autoencoder("Code", "Features", Options(codeSize: 2) with { ErrorColumnName = "Error" }).Fit(Table(rows));
        var scored = transformer.Transform(Table([rows[0], [1, float.NaN, 2, 3], rows[1]]));
        float[] codes = Codes(scored), errors = Tables.Column<float>(scored, "Error");
        CollectionAssert.AreEqual(new[] { false, false, true, true, false, false }, codes.Select(float.IsNaN).ToArray());
        CollectionAssert.AreEqual(new[] { false, true, false }, errors.Select(float.IsNaN).ToArray());
    }

    private static AutoencodingEstimator.Options Options(int codeSize) => new() { CodeSize = codeSize, HiddenUnits = [24], Epochs = 30 };

    private static InMemoryDataView Table(float[][] rows) => Tables.Regression(rows, new float[rows.Length]);

    private static float[] Codes(IDataView view) => ((VectorColumn<float>)InMemoryDataView.Load(view).GetColumn(view.Schema["Code"].Index)).Values.ToArray();
}
