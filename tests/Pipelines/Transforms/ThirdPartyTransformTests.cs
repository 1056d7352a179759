using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Transforms;

/// <summary>A transform as somebody else would write it, with the public shapes alone: clipping to the range that was seen.</summary>
[TestClass]
public sealed class ThirdPartyTransformTests
{
    [TestMethod]
    public void A_learned_transform_of_a_third_party_keeps_the_contract()
    {
        var ml = new MLContext();
        ml.Components.Add(new ComponentList("Acme").Add("Acme.Clip", Clip.Load));
        float[][] rows = [[1, 0, 5], [float.NaN, 2, -3], [0, 0, 1]];
        var data = Tables.Of(("X", Tables.Dense(rows)), ("S", Tables.Sparse(rows)), ("R", Tables.Ragged(NumberDataViewType.Single, [1f], [], [2, 3])), ("Y", Tables.Singles(4, 5, 6)));
        var estimator = new ClipEstimator([new("X"), new("S"), new("R"), new("Y")]);
        TransformContract.Check(estimator, data, learns: true, ml.Components);
        var made = estimator.Fit(data).Transform(Tables.Of(("X", Tables.Dense([9, 9, 9])), ("S", Tables.Sparse([9, 0, -9])), ("R", Tables.Ragged(NumberDataViewType.Single, [-7f, 9])), ("Y", Tables.Singles(1))));
        CollectionAssert.AreEqual((float[])[5, 5, 5], made.Rows<float>("X")[0]);
        CollectionAssert.AreEqual((float[])[5, 0, -3], made.Rows<float>("S")[0]);
        CollectionAssert.AreEqual((float[])[1, 3], made.Rows<float>("R")[0]);
        CollectionAssert.AreEqual((float[])[4], made.Column<float>("Y"));
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("S"));
    }

    [TestMethod]
    public void A_map_that_differs_between_slots_must_say_so_for_sparse_rows()
    {
        var data = Tables.Of(("S", Tables.Sparse([1, 0])));
        var function = new Careless().ToFunction(data.Schema["S"], new("S", data.Schema["S"].Type));
        Assert.ThrowsExactly<NotSupportedException>(() => Run(function, data));
        Assert.ThrowsExactly<ArgumentException>(() => new Careless().ToFunction(data.Schema["S"], new("S", NumberDataViewType.Single)));
        Assert.ThrowsExactly<ArgumentException>(() => new Careless().ToFunction(Tables.Of(("X", Tables.Singles(1))).Schema[0], new("X", NumberDataViewType.Single)));

        static void Run(ColumnFunction function, IDataView data)
        {
            using var cursor = data.GetBatchCursor(data.Schema);
            cursor.MoveNext();
            function.Create()(cursor.Current, [ColumnBuffer.Create(data.Schema[0].Type)]);
        }
    }

    private sealed class Careless : ItemMap<float, float>
    {
        public override int SlotCount => 2;

        public override bool KeepsDefault => true;

        protected override void Map(ReadOnlySpan<float> items, Span<float> results) => items.CopyTo(results);
    }

    private sealed class ClipEstimator(IEnumerable<InputOutputColumnPair> columns) : OneToOneEstimator<Clip>(columns)
    {
        public override string ToString() => "Clip";

        protected override Clip Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
        {
            var learners = inputs.Select(c => new Range(c)).ToList();
            ColumnLearner.Read(input, learners, context);
            return new Clip(Columns, [.. learners.SelectMany(l => (float[])[l.Least, l.Greatest])]) { FittedOn = input.Lineage };
        }

        protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) =>
            new(outputColumnName, input.Kind, input.ItemType, isKey: false, dimensions: input.Dimensions);
    }

    private sealed class Range(DataViewSchema.Column column) : ColumnLearner(column)
    {
        public float Least { get; private set; } = float.PositiveInfinity;

        public float Greatest { get; private set; } = float.NegativeInfinity;

        public override void Add(RowBatch batch, int rows)
        {
            for (int row = 0; row < rows; row++)
            {
                foreach (float value in batch[Column.Index] is VectorColumn<float> vectors ? vectors.RowValues(row) : batch.Scalars<float>(Column.Index).Slice(row, 1))
                    (Least, Greatest) = float.IsNaN(value) ? (Least, Greatest) : (Math.Min(Least, value), Math.Max(Greatest, value));
            }
        }
    }

    private sealed class Clip(IEnumerable<InputOutputColumnPair> columns, float[] bounds) : OneToOneTransformer(columns)
    {
        public override string ComponentId => "Acme.Clip";

        public static Clip Load(ModelLoadContext context) => new(LoadColumns(context), context.ReadArray<float>("Bounds"));

        public override void Save(ModelSaveContext context)
        {
            SaveColumns(context);
            context.WriteArray<float>("Bounds", bounds);
        }

        public override string ToString() => "Clip";

        protected override ColumnFunction Bind(DataViewSchema.Column input, int index) =>
            new ClipMap(bounds[2 * index], bounds[(2 * index) + 1]).ToFunction(input, new(Columns[index].OutputColumnName, input.Type));

        private sealed class ClipMap(float least, float greatest) : ItemMap<float, float>
        {
            public override bool KeepsDefault => least <= 0 && greatest >= 0;

            protected override void Map(ReadOnlySpan<float> items, Span<float> results)
            {
                for (int i = 0; i < items.Length; i++)
                    results[i] = Math.Clamp(items[i], least, greatest);
            }
        }
    }
}
