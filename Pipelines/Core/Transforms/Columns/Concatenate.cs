using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Joins number columns, scalars and vectors, into one vector of <see cref="NumberDataViewType.Single"/>: the features that trainers read.
/// Booleans become 0 and 1, other numbers are converted. Learns nothing.
/// </summary>
public sealed class ColumnConcatenatingEstimator : TrivialEstimator<ColumnConcatenatingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns to join, in order, at least one.</param>
    public ColumnConcatenatingEstimator(string outputColumnName, params string[] inputColumnNames)
        : base(new ColumnConcatenatingTransformer(outputColumnName, inputColumnNames)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        int? size = 0;
        foreach (string name in Transformer.InputColumnNames)
        {
            var column = inputSchema[name];
            if (column.IsKey || column.Kind == SchemaShape.Column.VectorKind.VariableVector || !ColumnConcatenatingTransformer.CanJoin(column.ItemType))
                throw ColumnConcatenatingTransformer.WrongInput(name, column.TypeText);
            size += column.Kind == SchemaShape.Column.VectorKind.Scalar ? 1 : column.Size;
        }

        return inputSchema.With(new SchemaShape.Column(
            Transformer.OutputColumnName,
            SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single,
            isKey: false,
            new SchemaShape([PredictionColumns.Text(AnnotationKinds.SlotNames)]),
            size is { } known ? [known] : []));
    }
}

/// <summary>
/// Joins number columns into one vector. Its slots are named after the columns and their slots; those of a column of the output's own name, to which
/// others are joined, keep their names.
/// </summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.Concatenate";

    /// <summary>Creates the transformer.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns to join, in order, at least one.</param>
    public ColumnConcatenatingTransformer(string outputColumnName, params IReadOnlyList<string> inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnNames.Count == 0)
            throw new ArgumentException($"Concatenate(\"{outputColumnName}\", …) needs at least one column to join.", nameof(inputColumnNames));
        (OutputColumnName, InputColumnNames) = (outputColumnName, [.. inputColumnNames]);
    }

    /// <summary>The column made.</summary>
    public string OutputColumnName { get; }

    /// <summary>The columns joined, in order.</summary>
    public IReadOnlyList<string> InputColumnNames { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", OutputColumnName);
        context.Write("Inputs", InputColumnNames);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        InputColumnNames.Count <= 6
            ? $"Concatenate({OutputColumnName} ← {string.Join(", ", InputColumnNames)})"
            : $"Concatenate({OutputColumnName} ← {string.Join(", ", InputColumnNames.Take(4))}, … {InputColumnNames[^1]}; {InputColumnNames.Count} columns)";

    internal static ColumnConcatenatingTransformer Load(ModelLoadContext context)
    {
        string[] inputs = context.ReadStrings("Inputs");
        return inputs.Length > 0 ? new(context.ReadString("Output"), inputs) : throw context.Invalid("it joins no columns");
    }

    internal static bool CanJoin(DataViewType type) => type is NumberDataViewType or BooleanDataViewType;

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "a number, a Boolean, or a vector of known size of these,", found,
        "Encode categories with Transforms.Categorical.OneHotEncoding first.");

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var columns = InputColumnNames.Select(name => inputSchema[name]).ToArray();
        foreach (var column in columns)
        {
            if (!CanJoin(column.Type.ItemTypeOrSelf) || column.Type.ValueCount == 0)
                throw WrongInput(column.Name, column.Type.ToString()!);
        }

        int size = columns.Sum(c => c.Type.ValueCount);
        var slotNames = new DataViewSchema.Annotations.Builder().AddSlotNames([.. columns.SelectMany(SlotNames)]);
        if (Array.TrueForAll(columns, c => c.IsNormalized()))
            slotNames.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        var output = new DataViewSchema.DetachedColumn(
            OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, size), slotNames.ToAnnotations());

        yield return new ColumnFunction(columns, [output], () => new Worker(columns, size).Run);
    }

    private IEnumerable<string> SlotNames(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType && column.HasSlotNames() && column.Name != OutputColumnName
            ? column.SlotNamesOrDefault().Select(slot => $"{column.Name}.{slot}")
            : column.SlotNamesOrDefault();

    /// <summary>Joins one batch after the other: into a dense block, or into sparse rows when most of what comes in is not stored.</summary>
    private sealed class Worker(DataViewSchema.Column[] columns, int size)
    {
        // Below one stored value in four slots, sparse rows are smaller than dense ones and cheaper to make.
        private const int SlotsPerValueWhenSparse = 4;

        private readonly Part[] _parts = [.. columns.Select((c, i) =>
            c.Type.Accept(new PartFactory(c, columns.Take(i).Sum(before => before.Type.ValueCount))))];

        private int[] _slots = [];
        private float[] _values = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var joined = (VectorColumn<float>)outputs[0]!;
            long stored = 0;
            bool anySparse = false;
            foreach (var part in _parts)
            {
                stored += part.CountStored(batch);
                anySparse |= part.IsSparse(batch);
            }

            if (anySparse && stored * SlotsPerValueWhenSparse < (long)batch.Count * size)
            {
                JoinSparse(batch, joined);
                return;
            }

            var block = joined.AllocateDense(batch.Count);
            foreach (var part in _parts)
                part.WriteDense(batch, block, size);
        }

        private void JoinSparse(RowBatch batch, VectorColumn<float> joined)
        {
            joined.Begin(VectorLayout.Sparse);
            for (int row = 0; row < batch.Count; row++)
            {
                int count = 0;
                foreach (var part in _parts)
                    part.AddSparse(batch, row, ref _slots, ref _values, ref count);
                joined.AddRow(_slots.AsSpan(0, count), _values.AsSpan(0, count));
            }
        }
    }

    /// <summary>One input column, and where its first slot goes.</summary>
    private abstract class Part
    {
        /// <summary>How many values the batch stores.</summary>
        public abstract long CountStored(RowBatch batch);

        /// <summary>Whether the batch stores them as sparse rows.</summary>
        public abstract bool IsSparse(RowBatch batch);

        /// <summary>Writes row r of the batch into the joined block at r × stride + its first slot.</summary>
        public abstract void WriteDense(RowBatch batch, Span<float> block, int stride);

        /// <summary>Adds what a row stores, zeros left out.</summary>
        public abstract void AddSparse(RowBatch batch, int row, ref int[] slots, ref float[] values, ref int count);
    }

    private sealed class PartFactory(DataViewSchema.Column column, int firstSlot) : IRawTypeVisitor<Part>
    {
        public Part Visit<T>() => new Part<T>(column, firstSlot);
    }

    private sealed class Part<T>(DataViewSchema.Column column, int firstSlot) : Part
    {
        private readonly Func<T, float> _convert = NumberConversion.Of<T, float>();
        private readonly T[] _row = new T[column.Type.ValueCount];

        public override long CountStored(RowBatch batch) =>
            batch[column.Index] is VectorColumn<T> vectors ? vectors.Values.Length : batch.Count;

        public override bool IsSparse(RowBatch batch) => batch[column.Index] is VectorColumn<T> { Layout: VectorLayout.Sparse };

        public override void WriteDense(RowBatch batch, Span<float> block, int stride)
        {
            if (batch[column.Index] is not VectorColumn<T> vectors)
            {
                var scalars = batch.Scalars<T>(column.Index);
                for (int row = 0; row < scalars.Length; row++)
                    block[(row * stride) + firstSlot] = _convert(scalars[row]);
                return;
            }

            for (int row = 0; row < vectors.Count; row++)
            {
                var to = block.Slice((row * stride) + firstSlot, _row.Length);
                if (vectors is VectorColumn<float> numbers)
                {
                    numbers.CopyRowTo(row, to);
                    continue;
                }

                vectors.CopyRowTo(row, _row);
                for (int i = 0; i < _row.Length; i++)
                    to[i] = _convert(_row[i]);
            }
        }

        public override void AddSparse(RowBatch batch, int row, ref int[] slots, ref float[] values, ref int count)
        {
            var vectors = batch[column.Index] as VectorColumn<T>;
            var stored = vectors is null ? batch.Scalars<T>(column.Index).Slice(row, 1) : vectors.RowValues(row);
            var indices = vectors is null ? default : vectors.RowIndices(row);
            if (slots.Length < count + stored.Length)
            {
                Array.Resize(ref slots, Math.Max(count + stored.Length, 2 * slots.Length));
                Array.Resize(ref values, slots.Length);
            }

            for (int i = 0; i < stored.Length; i++)
            {
                float value = _convert(stored[i]);
                if (BitConverter.SingleToUInt32Bits(value) != 0) // NaN and −0 are stored
                    (slots[count], values[count++]) = (firstSlot + (indices.IsEmpty ? i : indices[i]), value);
            }
        }
    }
}
