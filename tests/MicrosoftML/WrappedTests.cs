using MLPath.Data;

namespace MLPath.MicrosoftML.Tests;

/// <summary>Estimators and transformers of Microsoft.ML in MLPath's hands.</summary>
[TestClass]
public sealed class WrappedTests
{
    private static readonly MLContext Ml = new();

    [TestMethod]
    public void What_Microsoft_ML_fits_transforms_views_of_MLPath_batch_by_batch()
    {
        var data = Copied(2000);
        var estimator = new HandMadeEstimator().AsMLPath();
        var view = estimator.Fit(data, FitContext.Default).Transform(data);
        CollectionAssert.AreEqual(Enumerable.Range(0, 2000).Select(i => i / 1999f).ToArray(), view.GetColumn<float>("Scaled").ToArray());
        Assert.AreEqual("HandMadeEstimator (Microsoft.ML)", $"{estimator}");
    }

    [TestMethod]
    public void What_Microsoft_ML_fits_is_a_step_of_a_pipeline_of_MLPath()
    {
        RealMicrosoftML.Require(); // It alone makes shapes of schemas.
        var data = Data(3);
        var view = Ml.Transforms.CopyColumns("X", "Source").Append(new HandMadeEstimator().AsMLPath()).Fit(data).Transform(data);
        CollectionAssert.AreEqual(new[] { 0, 0.5f, 1 }, view.GetColumn<float>("Scaled").ToArray());
    }

    [TestMethod]
    public void Columns_that_it_does_not_touch_or_cannot_see_are_passed_on()
    {
        var copied = Copied(3);
        var view = new HandMadeEstimator().AsMLPath().Fit(copied, FitContext.Default).Transform(copied);
        CollectionAssert.AreEquivalent(new[] { "Source", "Photo", "X", "Scaled" }, view.Schema.VisibleNames.ToArray());
        foreach (var column in copied.Schema)
            Assert.AreSame(column.Detach(), view.Schema[column.Name].Detach(), column.Name);
        CollectionAssert.AreEqual(new MLImage?[3], view.GetColumn<MLImage>("Photo").ToArray());
        var computed = view.Schema["Scaled"];
        var mapper = new HandMadeEstimator().AsMLPath().Fit(copied, FitContext.Default).GetRowToRowMapper(copied.Schema);
        CollectionAssert.AreEqual(new[] { "X" }, mapper.GetDependencies([computed]).Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void A_transformer_that_does_not_map_row_to_row_works_on_views()
    {
        var view = new HandMadeView(4).With("X", MSData.NumberDataViewType.Single, i => (float)i);
        var transformer = new HandMadeTransformer(2) { IsRowToRowMapper = false }.AsMLPath(view.Schema);
        Assert.IsFalse(transformer.IsRowToRowMapper);
        CollectionAssert.AreEqual(new[] { 0, 0.5f, 1, 1.5f }, transformer.Transform(view.AsMLPath()).GetColumn<float>("Scaled").ToArray());
        Assert.Contains("HandMadeTransformer", Assert.ThrowsExactly<InvalidOperationException>(() => transformer.GetRowToRowMapper(view.AsMLPath().Schema)).Message);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_column_that_is_missing_is_named(bool isRowToRowMapper)
    {
        var fitted = new HandMadeView(1).With("X", MSData.NumberDataViewType.Single, _ => 1f);
        var transformer = new HandMadeTransformer(2) { IsRowToRowMapper = isRowToRowMapper }.AsMLPath(fitted.Schema);
        var other = new HandMadeView(1).With("Y", MSData.NumberDataViewType.Single, _ => 1f).AsMLPath();
        Assert.AreEqual("X", Assert.ThrowsExactly<SchemaException>(() => transformer.GetOutputSchema(other.Schema)).MissingColumnName);
        Assert.AreEqual("X", Assert.ThrowsExactly<SchemaException>(() => transformer.Transform(other)).MissingColumnName);
    }

    [TestMethod]
    public void What_MLPath_made_comes_back_as_itself()
    {
        var view = new HandMadeView(1).With("X", MSData.NumberDataViewType.Single, _ => 1f);
        var own = Ml.Transforms.CopyColumns("Y", "X").Fit(view.AsMLPath());
        Assert.AreSame(own, own.AsMicrosoftML(view.AsMLPath().Schema).AsMLPath(view.Schema));
    }

    [TestMethod]
    public void A_fit_that_is_cancelled_ends()
    {
        using var before = new CancellationTokenSource();
        before.Cancel();
        var data = Copied(3);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => new HandMadeEstimator().AsMLPath().Fit(data, new FitContext { CancellationToken = before.Token }));

        // What is thrown while rows are read may come out wrapped in something else.
        using var within = new CancellationTokenSource();
        var cancelling = new Failing(() =>
        {
            within.Cancel();
            throw new InvalidOperationException("A thread ended.");
        });
        var error = Assert.ThrowsExactly<OperationCanceledException>(() => cancelling.AsMLPath().Fit(data, new FitContext { CancellationToken = within.Token }));
        Assert.AreEqual(within.Token, error.CancellationToken);
        Assert.IsInstanceOfType<InvalidOperationException>(error.InnerException);
    }

    [TestMethod]
    public void A_fit_that_fails_says_which_and_why()
    {
        var failing = new Failing(() => throw new ArgumentException("No column fits."));
        var error = Assert.ThrowsExactly<SchemaException>(() => failing.AsMLPath().Fit(Data(3), FitContext.Default));
        Assert.Contains("Failing", error.Message);
        Assert.Contains("No column fits.", error.Message);
    }

    private static IDataView Copied(int rows) => Ml.Transforms.CopyColumns("X", "Source").Fit(Data(rows)).Transform(Data(rows));

    private static InMemoryDataView Data(int rows)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Source", NumberDataViewType.Single);
        schema.AddColumn("Photo", new ImageDataViewType());
        var source = new ScalarColumn<float>(NumberDataViewType.Single);
        var photo = new ScalarColumn<MLImage>(new ImageDataViewType());
        for (int i = 0; i < rows; i++)
        {
            source.Add(i);
            photo.Add(null!);
        }

        return new InMemoryDataView(schema.ToSchema(), [source, photo]);
    }

    private sealed class Failing(Action fit) : MS.IEstimator<HandMadeTransformer>
    {
        public HandMadeTransformer Fit(MS.IDataView input)
        {
            fit();
            return new HandMadeTransformer(1);
        }

        public MS.SchemaShape GetOutputSchema(MS.SchemaShape inputSchema) => inputSchema;
    }
}
