using MLPath.Data;
using MLPath.Tests.Transforms;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Tests.Fitting;

[TestClass]
public sealed class EstimatorChainTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Data => Tables.Of(
        ("A", Tables.Singles(1, 2, 3, 4, 5, 6)), ("B", Tables.Singles(1, float.NaN, 0, 5, 2, 8)), ("Species", Tables.Texts("x", "y", "x", "y", "x", "y")));

    private EstimatorChain<MulticlassPredictionTransformer<NaiveBayesModelParameters>> Pipeline => _ml.Transforms.Conversion.MapValueToKey("Label", "Species")
        .Append(_ml.Transforms.ReplaceMissingValues("B", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
        .Append(_ml.Transforms.Concatenate("Features", "A", "B"), name: "join")
        .Append(_ml.Transforms.Standardize("Features"))
        .Append(_ml.MulticlassClassification.Trainers.NaiveBayes());

    [TestMethod]
    public void Appending_keeps_the_type_of_the_last_step()
    {
        EstimatorChain<NormalizingTransformer> chain = _ml.Transforms.Concatenate("Features", "A").Append(_ml.Transforms.NormalizeMinMax("Features"));
        TransformerChain<NormalizingTransformer> model = chain.Fit(Data);
        Assert.IsInstanceOfType<NormalizingTransformer>(model.LastTransformer);
        EstimatorChain<ColumnConcatenatingTransformer> cached = _ml.Transforms.Concatenate("Features", "A").AppendCacheCheckpoint(_ml);
        Assert.HasCount(1, cached.Steps);
        Assert.HasCount(2, chain.Steps);
    }

    [TestMethod]
    public void A_chain_is_not_changed_by_appending_to_it()
    {
        var first = new EstimatorChain<ITransformer>().Append(_ml.Transforms.Concatenate("F", "A"));
        var longer = first.Append(_ml.Transforms.NormalizeMinMax("F"));
        var other = first.Append(_ml.Transforms.Standardize("F"));
        Assert.HasCount(1, first.Steps);
        Assert.AreNotEqual(longer.ToString(), other.ToString());
    }

    [TestMethod]
    public void Steps_have_names_that_are_unique()
    {
        CollectionAssert.AreEqual((string[])["step 1", "step 2", "join", "step 4", "step 5"], Pipeline.Steps.Select(s => s.Name).ToArray());
        var model = Pipeline.Fit(Data);
        Assert.AreSame(model.Transformers[2], model["join"]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => model["joint"]).Message, "There is no step 'joint'.");
        Assert.ThrowsExactly<ArgumentException>(() => Pipeline.Append(_ml.Transforms.DropColumns("A"), name: "join"));
        StringAssert.StartsWith(Pipeline.ToString(), $"1. MapValueToKey(Label ← Species){Environment.NewLine}2. ");
        StringAssert.Contains(Pipeline.ToString(), "3. join: Concatenate(Features ← A, B)");
    }

    [TestMethod]
    public void The_whole_schema_is_checked_before_anything_is_read()
    {
        var untouchable = new Untouchable(Data);
        var wrong = _ml.Transforms.NormalizeMinMax("A").Append(_ml.Transforms.Concatenate("Features", "A", "Bee"), name: "join");
        var error = Assert.ThrowsExactly<SchemaException>(() => wrong.Fit(untouchable));
        StringAssert.StartsWith(error.Message, "Step 2. join: Concatenate(Features ← A, Bee): There is no column 'Bee'.");
        var types = _ml.Transforms.Concatenate("Features", "A").Append(_ml.Transforms.Concatenate("F", "Features")).Append(_ml.Transforms.Standardize("Species"));
        StringAssert.StartsWith(Assert.ThrowsExactly<SchemaException>(() => types.Fit(untouchable)).Message, "Step 3. NormalizeMeanVariance(Species; fixZero: false): Column 'Species' is Text");
        var label = _ml.Transforms.Concatenate("Features", "A").Append(_ml.MulticlassClassification.Trainers.NaiveBayes("Species"));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => label.Fit(untouchable)).Message, "MapValueToKey(\"Species\")");
        Assert.IsFalse(untouchable.WasRead);
    }

    [TestMethod]
    public void Sizes_and_key_counts_are_promised_where_they_are_known()
    {
        var shape = Pipeline.GetOutputSchema(SchemaShape.Create(Data.Schema));
        Assert.AreEqual("Vector<Single, 2>", shape["Features"].TypeText);
        Assert.AreEqual("Key", shape["Label"].TypeText);
        Assert.AreEqual("Vector<Single, ?>", shape["Score"].TypeText);
        TransformContract.KeepsItsPromise(Pipeline, Data, Pipeline.Fit(Data).Transform(Data));
    }

    [TestMethod]
    public void Errors_of_the_data_name_the_step_too()
    {
        var data = Tables.Of(("A", Tables.Singles(1, float.PositiveInfinity)));
        var chain = _ml.Transforms.Concatenate("Features", "A").Append(_ml.Transforms.Standardize("Features"), name: "scale");
        StringAssert.StartsWith(Assert.ThrowsExactly<DataException>(() => chain.Fit(data)).Message, "Step 2. scale: NormalizeMeanVariance(Features; fixZero: false): Row 1: 'A'");
    }

    [TestMethod]
    public void A_cache_checkpoint_makes_later_steps_read_from_memory()
    {
        var learner = _ml.Transforms.NormalizeMinMax("A");
        Assert.AreEqual(3, Passes(learner.Append(_ml.Transforms.Standardize("A")).Append(_ml.Transforms.NormalizeMinMax("A"))));
        Assert.AreEqual(2, Passes(learner.AppendCacheCheckpoint().Append(_ml.Transforms.Standardize("A")).Append(_ml.Transforms.NormalizeMinMax("A"))));
        Assert.AreEqual(1, Passes(new EstimatorChain<ITransformer>().AppendCacheCheckpoint().Append(learner).Append(_ml.Transforms.Standardize("A"))));

        static int Passes<T>(EstimatorChain<T> chain) where T : class, ITransformer
        {
            var view = new Untouchable(Data);
            chain.Fit(view);
            return view.Passes;
        }
    }

    [TestMethod]
    public void A_cache_checkpoint_changes_no_result()
    {
        var plain = _ml.Transforms.Concatenate("F", "A", "B").Append(_ml.Transforms.Standardize("F")).Fit(Data);
        var cached = _ml.Transforms.Concatenate("F", "A", "B").AppendCacheCheckpoint().Append(_ml.Transforms.Standardize("F")).Fit(Data);
        Assert.AreEqual(TransformContract.Bits(plain.Transform(Data)), TransformContract.Bits(cached.Transform(Data)));
    }

    [TestMethod]
    public void A_chain_is_a_step_like_any_other()
    {
        var inner = _ml.Transforms.ReplaceMissingValues("B").Append(_ml.Transforms.Concatenate("Features", "A", "B"));
        IEstimator<TransformerChain<ColumnConcatenatingTransformer>> asEstimator = inner;
        var outer = asEstimator.Append(_ml.Transforms.Standardize("Features"));
        Assert.HasCount(2, outer.Steps);
        var flat = inner.Append(_ml.Transforms.Standardize("Features"));
        Assert.HasCount(3, flat.Steps);
        var model = outer.Fit(Data);
        Assert.AreEqual(TransformContract.Bits(flat.Fit(Data).Transform(Data)), TransformContract.Bits(model.Transform(Data)));
        Assert.AreEqual(TransformContract.Bits(model.Transform(Data)), TransformContract.Bits(TransformContract.Reload(model).Transform(Data)));
        var wrong = _ml.Transforms.DropColumns("A").Append(inner, name: "prepare");
        StringAssert.StartsWith(Assert.ThrowsExactly<SchemaException>(() => wrong.Fit(Data)).Message, "Step 2. prepare: 1. ReplaceMissingValues");
    }

    [TestMethod]
    public void Steps_see_their_own_context()
    {
        var spies = new List<Spy> { new(), new(), new() };
        var validation = Tables.Of(("A", Tables.Singles(7)));
        var chain = spies[0].Append(_ml.Transforms.CopyColumns("C", "A")).Append(spies[1], TransformerScope.Training, "mine").Append(spies[2]);
        chain.Fit(Data, new FitContext { Seed = 3, ValidationData = validation });
        CollectionAssert.AreEqual((string[])["mine"], spies[1].Context!.Path.ToArray());
        Assert.IsNotNull(spies[1].Context!.ValidationData!.Schema.GetColumnOrNull("C"), "The validation data are transformed too.");
        Assert.AreNotEqual(spies[0].Context!.CreateRandom("x").Key, spies[1].Context!.CreateRandom("x").Key);
        var again = new Spy();
        _ml.Transforms.CopyColumns("Q", "A").Append(again, name: "mine").Fit(Data, new FitContext { Seed = 3 });
        Assert.AreEqual(spies[1].Context!.CreateRandom("x").Key, again.Context!.CreateRandom("x").Key, "A step's randomness depends on its name, not on its place.");
    }

    [TestMethod]
    public void Fitting_can_continue_from_a_chain_of_as_many_steps()
    {
        var spy = new Spy();
        var chain = _ml.Transforms.CopyColumns("C", "A").Append(spy);
        var first = chain.Fit(Data);
        chain.Fit(Data, new FitContext { PreviousModel = first });
        Assert.AreSame(first.Transformers[1], spy.Context!.PreviousModel);
        chain.Fit(Data, new FitContext { PreviousModel = new TransformerChain<ITransformer>(first.Transformers[1]) });
        Assert.IsNull(spy.Context!.PreviousModel);
    }

    [TestMethod]
    public void Cancellation_stops_between_and_within_steps()
    {
        int checkpoints = 0;
        Pipeline.Fit(Data, new FitContext { OnCheckpoint = () => checkpoints++ });
        Assert.IsGreaterThanOrEqualTo(5, checkpoints);
        for (int stop = 1; stop <= checkpoints; stop++)
        {
            using var source = new CancellationTokenSource();
            int left = stop;
            Assert.ThrowsExactly<OperationCanceledException>(() => Pipeline.Fit(Data, new FitContext
            {
                CancellationToken = source.Token,
                OnCheckpoint = () =>
                {
                    if (--left == 0)
                        source.Cancel();
                },
            }));
        }

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => Pipeline.Fit(Data, progress: null, cancelled.Token));
    }

    [TestMethod]
    public void Provenance_tells_the_data_the_rows_and_each_step()
    {
        var provenance = Pipeline.Fit(Data).Provenance!;
        Assert.AreEqual(6L, provenance.Rows);
        Assert.AreEqual(Data.Lineage.Fingerprint, provenance.Data.Fingerprint);
        Assert.AreEqual("Concatenate(Features ← A, B)", provenance.Steps[2].Value);
        Assert.AreEqual("join", provenance.Steps[2].Key);
    }

    [TestMethod]
    public void An_empty_chain_changes_nothing()
    {
        var model = new EstimatorChain<ITransformer>().Fit(Data);
        Assert.AreEqual(TransformContract.Bits(Data), TransformContract.Bits(model.Transform(Data)));
        Assert.ThrowsExactly<InvalidOperationException>(() => model.LastTransformer);
    }

    private sealed class Spy : IEstimator<ColumnCopyingTransformer>
    {
        public FitContext? Context { get; private set; }

        public ColumnCopyingTransformer Fit(IDataView input, FitContext context)
        {
            Context = context;
            return new ColumnCopyingTransformer(new InputOutputColumnPair("A"));
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private sealed class Untouchable(InMemoryDataView source) : BatchDataView
    {
        public bool WasRead => Passes > 0;

        public int Passes { get; private set; }

        public override DataViewSchema Schema => source.Schema;

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
        {
            Passes++;
            return source.GetBatchCursor(columnsNeeded, cancellationToken);
        }
    }
}
