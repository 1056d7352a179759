using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLPath.Data;
using MLPath.Tests.Transforms;
using MLPath.Trainers;

namespace MLPath.Tests.Training;

[TestClass]
public sealed class TrainingStreamTests
{
    private const int Rows = 40_000;

    [TestMethod]
    public void Passes_give_the_same_rows_whether_they_are_kept_or_read_again()
    {
        var kept = new Summing();
        var read = new Summing();
        var view = new Counting(Table());
        kept.Fit(view, FitContext.Default);
        Assert.AreEqual(1, view.Passes, "Rows that fit in memory are read once.");
        view = new Counting(Table());
        read.Fit(view, new FitContext { MemoryLimit = 1000 });
        Assert.AreEqual(3, view.Passes, "Rows that do not fit are read in each pass.");
        CollectionAssert.AreEqual(kept.Seen, read.Seen);
    }

    [TestMethod]
    [DataRow(VectorLayout.Dense)]
    [DataRow(VectorLayout.Sparse)]
    public void Blocks_that_are_not_kept_share_their_memory(VectorLayout layout)
    {
        var kept = new Summing();
        var read = new Summing();
        kept.Fit(new Rebatched(Table(layout), 1000), FitContext.Default);
        read.Fit(new Rebatched(Table(layout), 1000), new FitContext { MemoryLimit = 0 });
        Assert.AreEqual(0, kept.BlocksInMemoryOfTheOneBefore);
        Assert.AreEqual(read.BlockRows.Count - 1, read.BlocksInMemoryOfTheOneBefore, "All but the first of the pass.");
        CollectionAssert.AreEqual(kept.Seen, read.Seen);
    }

    [TestMethod]
    public void Rows_in_memory_are_shown_and_not_copied()
    {
        var table = Table();
        var reader = new Whole();
        reader.Fit(table, FitContext.Default);
        var values = ((VectorColumn<float>)table.GetColumn(0)).Values;
        Assert.IsTrue(Unsafe.AreSame(in values[2], in MemoryMarshal.GetReference(reader.Seen!.Features.Values)), "Row 0 has no label.");
        Assert.AreEqual((Rows - 1, 3f), (reader.Seen.Rows, reader.Seen.Targets[0]));
    }

    [TestMethod]
    [DataRow(VectorLayout.Dense, 20_000)]
    [DataRow(VectorLayout.Sparse, 20_000)]
    [DataRow(VectorLayout.Dense, 3)]
    public void Rows_are_left_out_wherever_they_lie(VectorLayout layout, int period)
    {
        var table = Table(layout);
        float[] labels = [.. Enumerable.Range(0, Rows).Select(i => i % period == 1 ? float.NaN : i)];
        var label = new ScalarColumn<float>(NumberDataViewType.Single);
        label.Alias(labels, 0, Rows);
        table = new InMemoryDataView(table.Schema, [table.GetColumn(0), label]);

        var whole = new Whole();
        whole.Fit(table, FitContext.Default);
        int[] expected = [.. Enumerable.Range(0, Rows).Where(i => i % period != 1)];
        Assert.AreEqual(expected.Length, whole.Seen!.Rows);
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual((expected[i], 2f * expected[i] + 1), (whole.Seen.Targets[i], whole.Seen.Features.Row(i)[1]));

        var memory = new Summing();
        var pieces = new Summing();
        memory.Fit(table, FitContext.Default);
        pieces.Fit(new Rebatched(table, 77), new FitContext { MemoryLimit = 0 });
        CollectionAssert.AreEqual(memory.Seen, pieces.Seen);
        CollectionAssert.AreEqual(memory.BlockRows, pieces.BlockRows);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void The_first_row_that_is_wrong_is_told(int threads)
    {
        var table = Table();
        var values = ((VectorColumn<float>)table.GetColumn(0)).Values.ToArray();
        var labels = ((ScalarColumn<float>)table.GetColumn(1)).Values.ToArray();
        string Message(params (float[] Array, int Index)[] wrong)
        {
            float[] x = [.. values], y = [.. labels];
            foreach (var (array, index) in wrong)
                (array == values ? x : y)[index] = float.PositiveInfinity;
            var features = new VectorColumn<float>((VectorDataViewType)table.GetColumn(0).Type);
            features.AliasDense(x, 0, Rows);
            var label = new ScalarColumn<float>(NumberDataViewType.Single);
            label.Alias(y, 0, Rows);
            var view = new InMemoryDataView(table.Schema, [features, label]);
            return Assert.ThrowsExactly<DataException>(() => new Whole().Fit(view, new FitContext { Threads = threads })).Message;
        }

        StringAssert.StartsWith(Message((values, 2 * 9000 + 1), (values, 2 * 30_000), (labels, 20_000)), "Row 9000: feature 'Features[1]' is infinite");
        StringAssert.StartsWith(Message((values, 2 * 30_000), (labels, 20_000)), "Row 20000: label 'Label' is infinite");
    }

    [TestMethod]
    public void Where_blocks_end_does_not_depend_on_batches()
    {
        var whole = new Summing();
        var pieces = new Summing();
        whole.Fit(Table(), FitContext.Default);
        pieces.Fit(new Rebatched(Table(), 77), FitContext.Default);
        CollectionAssert.AreEqual(whole.Seen, pieces.Seen);
        CollectionAssert.AreEqual(new[] { 16384, 16384, Rows - 1 - (2 * 16384) }, whole.BlockRows, "One row has no label.");
    }

    [TestMethod]
    public void Rows_in_memory_are_cut_into_the_same_blocks()
    {
        var stream = new Summing();
        var memory = new Summing();
        stream.Fit(Table(), FitContext.Default);
        memory.FromMemory = true;
        memory.Fit(Table(), FitContext.Default);
        CollectionAssert.AreEqual(stream.Seen, memory.Seen);
    }

    [TestMethod]
    public void A_pass_that_was_left_early_is_not_mistaken_for_all_rows()
    {
        var trainer = new Summing { LeaveFirstPassEarly = true };
        trainer.Fit(Table(), FitContext.Default);
        Assert.HasCount(1 + 3 + 3, trainer.BlockRows);
    }

    [TestMethod]
    public void Rows_without_a_label_are_counted_and_no_rows_are_an_error()
    {
        var told = new List<Diagnosis>();
        new Summing().Fit(Table(), new FitContext { DiagnosisSink = told.Add });
        Assert.AreEqual("1 rows have no label 'Label' and were left out of the training.", told.Single().Message);

        var ml = new MLContext();
        var error = Assert.ThrowsExactly<DataException>(() => new Summing().Fit(ml.Data.TakeRows(Table(), 1), FitContext.Default));
        Assert.AreEqual("There are no rows to learn from: 1 have no label 'Label' and 0 have weight 0.", error.Message);
    }

    // Row 0 has no label.
    private static InMemoryDataView Table(VectorLayout layout = VectorLayout.Dense)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2));
        schema.AddColumn("Label", NumberDataViewType.Single);
        var features = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 2));
        features.AliasDense([.. Enumerable.Range(0, 2 * Rows).Select(i => (float)i)], 0, Rows);
        if (layout == VectorLayout.Sparse)
        {
            var dense = features;
            features = new VectorColumn<float>((VectorDataViewType)dense.Type);
            features.Begin(layout);
            for (int row = 0; row < Rows; row++)
                features.AddRow(dense.RowValues(row));
        }

        var label = new ScalarColumn<float>(NumberDataViewType.Single);
        label.Alias([float.NaN, .. Enumerable.Range(1, Rows - 1).Select(i => 3f * i)], 0, Rows);
        return new InMemoryDataView(schema.ToSchema(), [features, label]);
    }

    private sealed record Inputs : TrainerInputBaseWithLabel;

    /// <summary>A trainer that takes all rows at once.</summary>
    private sealed class Whole() : RegressionTrainer<Nothing>(new Inputs())
    {
        public TrainingData? Seen { get; private set; }

        public override TrainerInfo Info { get; } = new();

        protected override Nothing Train(TrainingData data, FitContext context)
        {
            Seen = data;
            return new Nothing();
        }
    }

    /// <summary>A trainer that takes three passes and notes what it sees.</summary>
    private sealed class Summing() : RegressionTrainer<Nothing>(new Inputs()), IStreamingTrainer<Nothing>
    {
        public bool FromMemory { get; set; }

        public bool LeaveFirstPassEarly { get; init; }

        public List<float> Seen { get; } = [];

        public List<int> BlockRows { get; } = [];

        /// <summary>How many blocks of the first pass lie where the one before them lay.</summary>
        public int BlocksInMemoryOfTheOneBefore { get; private set; }

        public override TrainerInfo Info { get; } = new();

        public Nothing Train(TrainingStream rows, FitContext context)
        {
            if (FromMemory)
                rows = TrainingStream.Of(Joined([.. rows.Blocks(context)]));
            for (int pass = 0; pass < 3; pass++)
            {
                ref readonly float before = ref Unsafe.NullRef<float>();
                foreach (var block in rows.Blocks(context))
                {
                    ref readonly float first = ref MemoryMarshal.GetReference(block.Features.Values);
                    if (pass == 0 && Unsafe.AreSame(in first, in before))
                        BlocksInMemoryOfTheOneBefore++;
                    before = ref first;
                    if (pass == 0 || LeaveFirstPassEarly)
                        BlockRows.Add(block.Rows);
                    for (int i = 0; i < block.Rows; i++)
                        Seen.AddRange([block.Features.Row(i)[0], block.Features.Row(i)[1], block.Targets[i]]);
                    if (pass == 0 && LeaveFirstPassEarly)
                        break;
                }
            }

            return new Nothing();
        }

        protected override Nothing Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);

        private static TrainingData Joined(List<TrainingData> blocks)
        {
            float[] features = [.. blocks.SelectMany(b => b.Features.Values.ToArray())];
            float[] targets = [.. blocks.SelectMany(b => b.Targets.ToArray())];
            return new TrainingData(new FeatureMatrix(targets.Length, 2, features), targets: targets);
        }
    }

    private sealed class Nothing : IRegressionModel
    {
        public int FeatureCount => 2;

        public string ComponentId => "Test.Nothing";

        public void Save(Runtime.ModelSaveContext context) { }

        public void Score(FeatureMatrix features, Span<float> scores) => scores.Clear();
    }

    private sealed class Counting(IDataView source) : BatchDataView
    {
        public int Passes { get; private set; }

        public override DataViewSchema Schema => source.Schema;

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
        {
            Passes++;
            return source.GetBatchCursor(columnsNeeded, cancellationToken);
        }
    }
}
