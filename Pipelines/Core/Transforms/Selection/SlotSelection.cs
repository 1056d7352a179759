using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// The base of estimators that keep some slots of vectors and drop the others. A column of which nothing is kept becomes one slot of default values
/// (0, false, empty text), as in ML.NET, and a diagnosis "nothing-selected" says so. A scalar is kept, or becomes its default value.
/// </summary>
public abstract class SlotSelectingEstimator : OneToOneEstimator<SlotSelectingTransformer>
{
    private protected SlotSelectingEstimator(IEnumerable<InputOutputColumnPair> columns) : base(columns) { }

    /// <inheritdoc/>
    protected sealed override SlotSelectingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        double[][] scores = Score(input, inputs, context);
        int[][] kept = Select(scores);
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i].Length == 0)
            {
                context.Diagnose(DiagnosisSeverity.Warning, "nothing-selected",
                    $"No slot of column '{inputs[i].Name}' {Requirement}, so '{Columns[i].OutputColumnName}' holds nothing but a default value. " +
                    "Ask for less, or leave the column out.");
            }
        }

        return new SlotSelectingTransformer(Columns, [.. inputs.Select(c => c.Type.ValueCount)], kept, scores, ToString()!) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    protected sealed override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.Kind == SchemaShape.Column.VectorKind.VariableVector || !CanScore(input))
            throw SchemaException.WrongType(input.Name, $"{InputText}, or a vector of known size of these,", input.TypeText);
        return new SchemaShape.Column(outputColumnName, input.Kind, input.ItemType, input.IsKey,
            new SchemaShape(
            [
                .. KeepAnnotations(input, AnnotationKinds.KeyValues, AnnotationKinds.IsNormalized),
                .. KeepAnnotations(input, AnnotationKinds.SlotNames).Select(names => PredictionColumns.Text(names.Name)), // how many is learned
            ]), keyCount: input.KeyCount);
    }

    /// <summary>What a kept slot has, for the diagnosis: "has 3 known values other than 0".</summary>
    private protected abstract string Requirement { get; }

    /// <summary>The types of items that have a score, in words.</summary>
    private protected abstract string InputText { get; }

    private protected abstract bool CanScore(SchemaShape.Column input);

    /// <summary>A score for each slot of each column.</summary>
    private protected abstract double[][] Score(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context);

    /// <summary>The slots to keep of each column, increasing.</summary>
    private protected abstract int[][] Select(double[][] scores);

    /// <summary>The slots whose score passes a test.</summary>
    private protected static int[][] Where(double[][] scores, Func<double, bool> passes) =>
        [.. scores.Select(column => Enumerable.Range(0, column.Length).Where(slot => passes(column[slot])).ToArray())];
}

/// <summary>Keeps the slots that a <see cref="SlotSelectingEstimator"/> chose. They keep their names.</summary>
public sealed class SlotSelectingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.SelectSlots";

    private readonly int[] _sizes;
    private readonly int[][] _kept;
    private readonly double[][] _scores;
    private readonly string _description;

    internal SlotSelectingTransformer(
        IEnumerable<InputOutputColumnPair> columns, int[] sizes, int[][] kept, double[][] scores, string description) : base(columns) =>
        (_sizes, _kept, _scores, _description) = (sizes, kept, scores, description);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The slots of one column that are kept, increasing; empty when none is.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public ReadOnlySpan<int> GetSelectedSlots(int columnIndex) => _kept[columnIndex];

    /// <summary>
    /// What the choice was made by, for each slot of the column that came in: the number of values that count, the variance, or the mutual
    /// information with the label in bits.
    /// </summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public ReadOnlySpan<double> GetScores(int columnIndex) => _scores[columnIndex];

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Description", _description);
        for (int i = 0; i < _kept.Length; i++)
        {
            context.WriteArray<int>($"Column{i}.Slots", _kept[i]);
            context.WriteArray<double>($"Column{i}.Scores", _scores[i]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_description}: {_kept.Sum(k => k.Length)} of {_sizes.Sum()} slots");

    internal static SlotSelectingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[][] kept = [.. columns.Select((_, i) => context.ReadArray<int>($"Column{i}.Slots"))];
        double[][] scores = [.. columns.Select((_, i) => context.ReadArray<double>($"Column{i}.Scores"))];
        for (int i = 0; i < kept.Length; i++)
        {
            for (int j = 0, last = -1; j < kept[i].Length; last = kept[i][j++])
            {
                if (kept[i][j] <= last || kept[i][j] >= scores[i].Length)
                    throw context.Invalid($"the slots of column '{columns[i].OutputColumnName}' do not increase, or there is no such slot");
            }

            if (scores[i].Length == 0)
                throw context.Invalid($"column '{columns[i].OutputColumnName}' is made of no slot");
        }

        return new SlotSelectingTransformer(columns, [.. scores.Select(s => s.Length)], kept, scores, context.ReadString("Description"));
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (input.Type.ValueCount != _sizes[index])
            throw SchemaException.WrongType(input.Name, string.Create(CultureInfo.InvariantCulture, $"a column of {_sizes[index]} slots, as in training,"), input.Type.ToString()!);
        int[] kept = _kept[index];
        var annotations = new DataViewSchema.Annotations.Builder()
            .Add(input.Annotations, kind => kind is AnnotationKinds.KeyValues or AnnotationKinds.IsNormalized);
        DataViewType type = input.Type;
        if (input.Type is VectorDataViewType vector)
        {
            type = new VectorDataViewType(vector.ItemType, Math.Max(1, kept.Length));
            if (input.HasSlotNames())
            {
                var names = input.SlotNamesOrDefault();
                annotations.AddSlotNames(kept.Length == 0 ? [input.Name] : [.. kept.Select(slot => names[slot])]);
            }
        }

        return type.Accept(new Factory(input, new(Columns[index].OutputColumnName, type, annotations.ToAnnotations()), kept, _sizes[index]));
    }

    private sealed class Factory(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, int[] kept, int size) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<T>() => input.Type is VectorDataViewType
            ? new ColumnFunction([input], [output], () => new Worker<T>(input.Index, kept, size).Run)
            : ColumnFunction.OfScalars<T, T>(input, output, kept.Length == 0 ? _ => default! : value => value);
    }

    private sealed class Worker<T>
    {
        private readonly int _column;
        private readonly int[] _kept;
        private readonly int[] _positions; // of each slot among the kept ones; −1 when it is dropped
        private int[] _slots = [];
        private T[] _values = [];

        public Worker(int column, int[] kept, int size)
        {
            (_column, _kept, _positions) = (column, kept, new int[size]);
            Array.Fill(_positions, -1);
            for (int i = 0; i < kept.Length; i++)
                _positions[kept[i]] = i;
        }

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            if (outputs[0] is not VectorColumn<T> to)
                return;
            var from = batch.Vectors<T>(_column);
            if (from.Layout == VectorLayout.Sparse)
            {
                SelectSparse(from, to);
                return;
            }

            var block = to.AllocateDense(from.Count);
            if (_kept.Length == 0)
                block.Clear();
            for (int row = 0; row < from.Count; row++)
            {
                var values = from.RowValues(row);
                for (int i = 0; i < _kept.Length; i++)
                    block[(row * _kept.Length) + i] = values[_kept[i]];
            }
        }

        private void SelectSparse(VectorColumn<T> from, VectorColumn<T> to)
        {
            to.Begin(VectorLayout.Sparse);
            for (int row = 0; row < from.Count; row++)
            {
                var slots = from.RowIndices(row);
                var values = from.RowValues(row);
                if (_slots.Length < slots.Length)
                    (_slots, _values) = (new int[Math.Max(slots.Length, 2 * _slots.Length)], new T[Math.Max(slots.Length, 2 * _slots.Length)]);
                int count = 0;
                for (int i = 0; i < slots.Length; i++)
                {
                    if (_positions[slots[i]] >= 0)
                        (_slots[count], _values[count++]) = (_positions[slots[i]], values[i]);
                }

                to.AddRow(_slots.AsSpan(0, count), _values.AsSpan(0, count));
            }
        }
    }
}
