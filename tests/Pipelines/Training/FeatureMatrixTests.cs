using MLPath.Data;

namespace MLPath.Tests.Training;

[TestClass]
public sealed class FeatureMatrixTests
{
    [TestMethod]
    public void Sparse_rows_are_multiplied_without_a_copy_whole_and_in_runs()
    {
        var column = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 4));
        column.Begin(VectorLayout.Sparse);
        column.AddRow([0, 3], [1f, 2f]);
        column.AddRow([], []);
        column.AddRow([2], [5f]);
        var rows = new FeatureMatrix(column);
        Assert.AreEqual((3, 4, 3), (rows.Sparse.Rows, rows.Sparse.Columns, rows.Sparse.StoredCount));
        var y = new double[3];
        rows.Sparse.MultiplyVector([1.0, 10, 100, 1000], y);
        CollectionAssert.AreEqual(new double[] { 2001, 0, 500 }, y);

        var run = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 4));
        run.Slice(column, 1, 2);
        var sparse = new FeatureMatrix(run).Sparse;
        Assert.AreEqual((2, 1), (sparse.Rows, sparse.StoredCount));
        CollectionAssert.AreEqual(new[] { 2 }, sparse.Indices(1).ToArray());

        var none = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 4));
        none.Begin(VectorLayout.Sparse);
        Assert.AreEqual(0, new FeatureMatrix(none).Sparse.Rows);
    }

    [TestMethod]
    public void Dense_rows_say_what_to_read() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => new FeatureMatrix(1, 1, [1f]).Sparse).Message, "read Values");
}
