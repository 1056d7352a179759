using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Collects the features of a block of rows to learn from.</summary>
internal abstract class FeatureRows
{
    /// <summary>The number of rows so far.</summary>
    public abstract int Count { get; }

    /// <summary>Collects the features of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="format">How it is read.</param>
    /// <param name="names">The names of the features of a vector.</param>
    /// <param name="info">What the trainer needs.</param>
    public static FeatureRows Of(DataViewSchema.Column column, FeatureFormat format, IReadOnlyList<string> names, TrainerInfo info) =>
        format.Form == FeatureForms.Tokens
            ? new TokenFeatureRows(column, format.VocabularySize)
            : new NumberFeatureRows(column, format, names, info.SupportsMissing, info.SupportsSparse);

    /// <summary>Begins a block.</summary>
    /// <param name="reuse">Whether it may take the memory of the one before.</param>
    public abstract void Begin(bool reuse);

    /// <summary>Looks for values that cannot be learned from.</summary>
    /// <exception cref="DataException">There is one.</exception>
    public abstract void Check(RowBatch batch, int start, int end, FitContext context);

    /// <summary>Adds rows that were checked.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="stays">Whether the batch stays in memory as it is, so that it can be shown.</param>
    /// <param name="expected">The rows that the block will have.</param>
    public abstract void Take(RowBatch batch, int start, int end, bool stays, int expected);

    /// <summary>Ends the block.</summary>
    /// <param name="isShown">Receives whether the features lie in memory that the view holds.</param>
    public abstract FeatureMatrix Finish(out bool isShown);
}

/// <summary>
/// Collects vectors and sequences of numbers. Rows that lie in one piece in memory that stays are shown and not copied; sparse ones are made dense
/// unless the trainer reads them.
/// </summary>
internal sealed class NumberFeatureRows(
    DataViewSchema.Column column, FeatureFormat format, IReadOnlyList<string> names, bool allowMissing, bool sparse) : FeatureRows
{
    // So many rows are checked by one thread at a time.
    private const int PieceRows = 1024;

    private readonly VectorDataViewType _type = (VectorDataViewType)column.Type;
    private readonly VectorColumn<float> _run = new((VectorDataViewType)column.Type);
    private VectorColumn<float> _rows = null!;
    private float[] _dense = [];
    private bool _reuses;
    private bool _isShown;

    public override int Count => _rows.Count;

    public override void Begin(bool reuse)
    {
        _reuses = reuse;
        if (!reuse)
            _rows = new VectorColumn<float>(_type);
        _rows.Clear();
        _isShown = false;
    }

    public override void Check(RowBatch batch, int start, int end, FitContext context)
    {
        var features = batch.Vectors<float>(column.Index);
        ParallelLoop.For(end - start, PieceRows, context.Threads, context.CancellationToken, (_, first, last) =>
        {
            var piece = new VectorColumn<float>(_type);
            piece.Slice(features, start + first, last - first);
            bool fits = allowMissing ? !TensorPrimitives.IsInfinityAny(piece.Values) : TensorPrimitives.IsFiniteAll(piece.Values);
            if (fits && format.ValuesPerStep <= 1)
                return;
            for (int row = start + first; row < start + last; row++)
                CheckRow(features, row, batch.Position + row);
        });
    }

    public override void Take(RowBatch batch, int start, int end, bool stays, int expected)
    {
        _run.Slice(batch[column.Index], start, end - start);
        if (stays && _rows.Count == 0)
        {
            _isShown = true;
            _rows = new VectorColumn<float>(_type);
            _rows.Slice(_run, 0, _run.Count);
        }
        else
        {
            Append(expected);
        }
    }

    public override FeatureMatrix Finish(out bool isShown)
    {
        var matrix = new FeatureMatrix(_rows, format);
        isShown = _isShown;
        if (sparse || _rows.Layout != VectorLayout.Sparse)
            return matrix;
        int size = checked(matrix.Rows * matrix.Columns);
        if (!_reuses || _dense.Length < size)
            _dense = new float[size];
        isShown = false;
        return matrix.ToDense(_dense);
    }

    private void Append(int expected)
    {
        bool isFirst = _rows.Count == 0;
        if (_run.Layout == VectorLayout.Dense && ((long)_rows.Count + _run.Count) * format.FeatureCount > Array.MaxLength)
        {
            throw new DataException(
                $"More than {_rows.Count} rows of {format.FeatureCount} features do not fit in memory as one matrix. " +
                "Take fewer rows or features, or a trainer that learns in passes, such as Ridge.");
        }

        if (!isFirst)
            _rows.ReserveDense(expected);
        _rows.Append(_run);
        if (isFirst)
            _rows.ReserveDense(expected);
        _isShown = false;
    }

    private void CheckRow(VectorColumn<float> features, int row, long position)
    {
        var values = features.RowValues(row);
        if (format.ValuesPerStep > 1 && values.Length % format.ValuesPerStep != 0)
        {
            throw new DataException(FormattableString.Invariant(
                $"Row {position}: '{column.Name}' has {values.Length} values, which are no whole time steps of {format.ValuesPerStep}."));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]) || (allowMissing && float.IsNaN(values[i])))
                continue;
            string name = format.Form == FeatureForms.Sequence
                ? FormattableString.Invariant($"value {i} of '{column.Name}'")
                : $"feature '{names[features.Layout == VectorLayout.Sparse ? features.RowIndices(row)[i] : i]}'";
            throw new DataException(float.IsNaN(values[i])
                ? $"Row {position}: {name} is missing (NaN), and every value is needed. Fill it with Transforms.ReplaceMissingValues, or drop the row with Data.FilterRowsByMissingValues."
                : $"Row {position}: {name} is infinite. Correct it at its source, or make it missing and fill it.");
        }
    }
}

/// <summary>Collects tokens.</summary>
/// <param name="column">The column.</param>
/// <param name="vocabularySize">V, as far as the column's type or an earlier reading tells; what goes beyond in a vector of ids widens it.</param>
internal sealed class TokenFeatureRows(DataViewSchema.Column column, int vocabularySize) : FeatureRows
{
    private static readonly VectorDataViewType s_tokens = new(NumberDataViewType.Int32);

    private readonly TokenReader _reader = TokenReader.Of(column);
    private readonly VectorColumn<int> _checked = new(s_tokens);
    private VectorColumn<int> _rows = null!;
    private int _vocabularySize = vocabularySize;

    public override int Count => _rows.Count;

    public override void Begin(bool reuse)
    {
        if (!reuse)
            _rows = new VectorColumn<int>(s_tokens);
        _rows.Begin(VectorLayout.Ragged);
    }

    public override void Check(RowBatch batch, int start, int end, FitContext context)
    {
        _checked.Begin(VectorLayout.Ragged);
        _vocabularySize = Math.Max(_vocabularySize, _reader.Learn(batch, start, end, _checked));
    }

    public override void Take(RowBatch batch, int start, int end, bool stays, int expected) => _rows.Append(_checked);

    public override FeatureMatrix Finish(out bool isShown)
    {
        isShown = false;
        return new FeatureMatrix(_rows, _vocabularySize);
    }
}
