using MLPath.Data;
using MLPath.Runtime;
using MLPath.Tests.Transforms;
using MLPath.Transforms;

namespace MLPath.Tests.Fitting;

[TestClass]
public sealed class TransformerChainTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Data => Tables.Of(
        ("A", Tables.Singles(1, 2, 3, 4, 5, 6)), ("B", Tables.Singles(1, 7, 0, 5, 2, 8)), ("Species", Tables.Texts("x", "y", "x", "y", "x", "y")));

    private TransformerChain<KeyToValueMappingTransformer> Model => _ml.Transforms.Conversion.MapValueToKey("Label", "Species")
        .Append(_ml.Transforms.Concatenate("Features", "A", "B"))
        .Append(_ml.Transforms.Standardize("Features"))
        .Append(_ml.MulticlassClassification.Trainers.NaiveBayes())
        .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(Data);

    private static InMemoryDataView Without(params string[] names)
    {
        var kept = Data.Schema.Where(c => !names.Contains(c.Name)).ToList();
        return Tables.Of([.. kept.Select(c => (c.Name, Data.GetColumn(c.Index)))]);
    }

    [TestMethod]
    public void Data_without_a_label_are_scored_and_the_label_step_is_left_out()
    {
        var scored = Model.Transform(Without("Species"));
        Assert.IsNull(scored.Schema.GetColumnOrNull("Label"));
        CollectionAssert.AreEqual(Model.Transform(Data).TextColumn("PredictedLabel"), scored.TextColumn("PredictedLabel"));
        Assert.IsNull(Model.GetOutputSchema(Without("Species").Schema).GetColumnOrNull("Label"));
        var mapper = Model.GetRowToRowMapper(Without("Species").Schema);
        CollectionAssert.AreEquivalent((string[])["A", "B"], mapper.GetDependencies([mapper.OutputSchema["Score"]]).Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void A_missing_feature_is_the_error_even_where_the_label_is_missing_too()
    {
        string one = Assert.ThrowsExactly<SchemaException>(() => Model.Transform(Without("B"))).Message;
        StringAssert.StartsWith(one, "Step 2. Concatenate(Features ← A, B): There is no column 'B'.");
        var both = Assert.ThrowsExactly<SchemaException>(() => Model.Transform(Without("B", "Species")));
        StringAssert.Contains(both.Message, "There is no column 'B'");
        StringAssert.Contains(both.Message, "There is no column 'Species'");
        StringAssert.Contains(both.Message, "Without that: Step 5.");
        Assert.IsNotNull(both.MissingColumnName);
    }

    [TestMethod]
    public void A_wrong_type_is_the_error_even_where_the_label_is_missing()
    {
        var data = Tables.Of(("A", Tables.Texts("1")), ("B", Tables.Singles(1)));
        var error = Assert.ThrowsExactly<SchemaException>(() => Model.Transform(data));
        StringAssert.Contains(error.Message, "Step 2. Concatenate(Features ← A, B): Column 'A' is Text");
        Assert.IsNull(error.MissingColumnName);
    }

    [TestMethod]
    public void The_last_step_is_never_left_out()
    {
        var chain = new TransformerChain<ITransformer>(new ColumnConcatenatingTransformer("F", "A"), new ColumnCopyingTransformer(new InputOutputColumnPair("C", "Q")));
        Assert.AreEqual("Q", Assert.ThrowsExactly<SchemaException>(() => chain.Transform(Data)).MissingColumnName);
    }

    [TestMethod]
    public void Steps_of_training_alone_do_not_transform()
    {
        var chain = _ml.Transforms.CopyColumns("TrainOnly", "A")
            .Append(_ml.Transforms.CopyColumns("C", "A"), TransformerScope.Training, "training")
            .Append(_ml.Transforms.CopyColumns("D", "A"), TransformerScope.TrainTest)
            .Append(_ml.Transforms.CopyColumns("E", "A"));
        var model = chain.Fit(Data);
        var names = model.Transform(Data).Schema.Select(c => c.Name).ToArray();
        CollectionAssert.DoesNotContain(names, "C");
        CollectionAssert.IsSubsetOf((string[])["TrainOnly", "D", "E"], names);
        var scoring = model.GetModelFor(TransformerScope.Scoring);
        CollectionAssert.AreEqual((string[])["step 1", "step 4"], scoring.Names.ToArray());
        Assert.AreSame(model.FittedOn, scoring.FittedOn);
        CollectionAssert.AreEqual((string[])["step 1", "training", "step 3", "step 4"], model.GetModelFor(TransformerScope.Training).Names.ToArray());
        CollectionAssert.AreEqual(
            names, TransformContract.Reload(model).Transform(Data).Schema.Select(c => c.Name).ToArray(), "A file keeps the scopes.");
    }

    [TestMethod]
    public void A_chain_comes_back_from_a_file_to_the_bit()
    {
        var loaded = (TransformerChain<ITransformer>)TransformContract.Reload(Model);
        Assert.AreEqual(TransformContract.Bits(Model.Transform(Data)), TransformContract.Bits(loaded.Transform(Data)));
        Assert.AreEqual($"{Model}", $"{loaded}");
        CollectionAssert.AreEqual(TransformContract.SaveBytes(Model), TransformContract.SaveBytes(loaded));
        Assert.HasCount(5, loaded);
    }

    [TestMethod]
    public void A_mapper_computes_what_is_asked_for_and_nothing_else()
    {
        var data = Data;
        var mapper = Model.GetRowToRowMapper(data.Schema);
        Assert.AreSame(data.Schema, mapper.InputSchema);
        var worker = mapper.CreateWorker([mapper.OutputSchema["Features"]]);
        using var cursor = data.GetBatchCursor([data.Schema["A"], data.Schema["B"]]);
        Assert.IsTrue(cursor.MoveNext());
        var made = worker.Map(cursor.Current);
        Assert.AreEqual(6, made.Count);
        Assert.IsFalse(made.IsActive(mapper.OutputSchema["Score"].Index));
        Assert.IsTrue(made.IsActive(mapper.OutputSchema["Features"].Index));
    }

    [TestMethod]
    public void A_step_that_does_not_map_row_to_row_is_named()
    {
        var chain = new TransformerChain<ITransformer>(new ColumnConcatenatingTransformer("F", "A"), new Stateful());
        Assert.IsFalse(chain.IsRowToRowMapper);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => chain.GetRowToRowMapper(Data.Schema)).Message, "Step 'step 2'");
        Assert.AreEqual(6L, chain.Transform(Data).GetRowCount());
    }

    [TestMethod]
    public void Names_and_scopes_are_as_many_as_transformers() =>
        Assert.ThrowsExactly<ArgumentException>(() => new TransformerChain<ITransformer>([new Stateful()], [], ["a"]));

    private sealed class Stateful : ITransformer
    {
        public string ComponentId => "Test.Stateful";

        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new InvalidOperationException();

        public IDataView Transform(IDataView input) => input;

        public void Save(ModelSaveContext context) { }
    }
}
