using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats;

/// <summary>
/// Public files as they are published, where the environment variable MLPATH_DATA names a folder of them. The figures expected are those of
/// scikit-learn 1.2.1 (load_svmlight_file), SciPy 1.10.1 (loadarff) and NumPy on the same files.
/// </summary>
[TestClass]
public sealed class RealDataTests
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    public void Mnist_has_its_sixty_thousand_digits()
    {
        var view = _data.LoadFromIdxFile(
            Existing("images/mnist/train-images-idx3-ubyte.gz"), Existing("images/mnist/train-labels-idx1-ubyte.gz"));
        Assert.AreEqual("Pixels:Vector<Single, 28x28> Label:Text", view.Types());
        Assert.AreEqual(60_000L, view.GetRowCount());

        var counts = new int[10];
        double sum = 0;
        using var cursor = view.GetBatchCursor(view.Schema);
        while (cursor.MoveNext())
        {
            foreach (float pixel in cursor.Current.Vectors<float>(0).Values) sum += pixel;
            foreach (var label in cursor.Current.Scalars<ReadOnlyMemory<char>>(1)) counts[label.Span[0] - '0']++;
        }
        CollectionAssert.AreEqual(new[] { 5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949 }, counts);
        Assert.AreEqual(1_567_298_545.0, sum);
        CollectionAssert.AreEqual(new[] { "5", "0", "4", "1", "9" }, view.Texts("Label")[..5]);
    }

    [TestMethod]
    public void California_housing_has_its_sums()
    {
        var view = _data.LoadFromArffFile(Existing("tabular/california-housing/cal.housing.arff"));
        Assert.HasCount(9, view.Schema);
        double Sum(string name) => view.Numbers(name).Sum(v => (double)v);
        Assert.HasCount(20_640, view.Numbers("latitude"));
        Assert.AreEqual(54_402_150.0, Sum("totalRooms"));
        Assert.AreEqual(4_269_504_061.0, Sum("medianHouseValue"));
        Assert.AreEqual(-2_467_918.7, Sum("longitude"), 0.1);    // single precision
        Assert.AreEqual(79_890.6495, Sum("medianIncome"), 0.001);
    }

    [TestMethod]
    public void The_ranking_set_of_LightGBM_has_its_shape_and_sums()
    {
        var view = _data.LoadFromSvmLightFile(Existing("ranking/lightgbm-lambdarank/rank.train"));
        Assert.AreEqual(300, view.Schema["Features"].Type.ValueCount);
        long rows = 0, stored = 0;
        double sum = 0, labels = 0;
        using var cursor = view.GetBatchCursor(view.Schema);
        while (cursor.MoveNext())
        {
            rows += cursor.Current.Count;
            foreach (float value in cursor.Current.Vectors<float>(view.Schema["Features"].Index).Values)
            {
                stored++;
                sum += value;
            }
            foreach (float label in cursor.Current.Scalars<float>(0)) labels += label;
        }
        Assert.AreEqual(3005, rows);
        Assert.AreEqual(284_736, stored);
        Assert.AreEqual(185_036.32, sum, 0.01);    // single precision
        Assert.AreEqual(3869.0, labels);
    }

    [TestMethod]
    public void Mnist_goes_through_the_binary_format()
    {
        var view = _data.LoadFromIdxFile(
            Existing("images/mnist/t10k-images-idx3-ubyte.gz"), Existing("images/mnist/t10k-labels-idx1-ubyte.gz"));
        using var files = new TestFiles();
        _data.SaveAsBinary(view, files["mnist"]);
        Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(_data.LoadFromBinary(files["mnist"])));
    }

    private static string Existing(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("MLPATH_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Inconclusive("MLPATH_DATA is not set; it names a folder of public data sets.");
        string path = Path.Combine(folder, name);
        if (!File.Exists(path)) Assert.Inconclusive($"There is no '{name}' in the folder that MLPATH_DATA names.");
        return path;
    }
}
