using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// The features of n rows: an n × d matrix of 32-bit floats, as one dense row-major block or as compressed sparse rows. What trainers learn from
/// and models score.
/// </summary>
public sealed class FeatureMatrix
{
    private readonly VectorColumn<float> _rows;

    /// <summary>Shows the rows of a column; nothing is copied.</summary>
    /// <param name="rows">Vectors of known size.</param>
    public FeatureMatrix(VectorColumn<float> rows) => _rows = rows;

    /// <summary>Shows a dense block; nothing is copied.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">d, at least 1.</param>
    /// <param name="values">n × d values, row-major.</param>
    public FeatureMatrix(int rows, int columns, float[] values)
    {
        _rows = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, columns));
        _rows.AliasDense(values, 0, rows);
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows => _rows.Count;

    /// <summary>d, the number of features.</summary>
    public int Columns => _rows.Size;

    /// <summary>The dimensions of a row, whose product is <see cref="Columns"/>: [28, 28] where the column holds images; [d] for a plain vector.</summary>
    public IReadOnlyList<int> Dimensions => Type.Dimensions;

    /// <summary>Whether all values are stored, so that <see cref="Row"/> and <see cref="Values"/> can be used.</summary>
    public bool IsDense => _rows.Layout == VectorLayout.Dense;

    /// <summary>All n × d values of a dense matrix, row-major.</summary>
    public ReadOnlySpan<float> Values => IsDense ? _rows.Values : throw NotDense();

    /// <summary>The d features of one row of a dense matrix.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> Row(int row) => IsDense ? _rows.RowValues(row) : throw NotDense();

    /// <summary>The stored values of one row of a dense or sparse matrix.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> StoredValues(int row) => _rows.RowValues(row);

    /// <summary>Which features the stored values of one row are (sparse only; empty when dense, where all are stored).</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<int> StoredIndices(int row) => _rows.RowIndices(row);

    /// <summary>The rows of a sparse matrix, to be multiplied with; nothing is copied.</summary>
    /// <exception cref="InvalidOperationException">The matrix is dense: multiply <see cref="Values"/>.</exception>
    public CsrMatrix Sparse => _rows.AsSparse(out var values, out var indices, out var rowStarts)
        ? new CsrMatrix(Columns, values, indices, rowStarts)
        : throw new InvalidOperationException("The matrix is dense: read Values.");

    /// <summary>This matrix with all values stored: itself when it is dense already.</summary>
    public FeatureMatrix ToDense() => IsDense ? this : ToDense(new float[checked(Rows * Columns)]);

    /// <summary>The same in memory that is there.</summary>
    /// <param name="values">Room for rows × columns values.</param>
    internal FeatureMatrix ToDense(float[] values)
    {
        for (int row = 0; row < Rows; row++)
            _rows.CopyRowTo(row, values.AsSpan(row * Columns));
        return Dense(values, Rows);
    }

    /// <summary>A dense copy of some rows, in the order given.</summary>
    /// <param name="rows">The rows, from 0; repetitions are allowed.</param>
    public FeatureMatrix Gather(ReadOnlySpan<int> rows)
    {
        var values = new float[checked(rows.Length * Columns)];
        for (int i = 0; i < rows.Length; i++)
            _rows.CopyRowTo(rows[i], values.AsSpan(i * Columns));
        return Dense(values, rows.Length);
    }

    /// <summary>The number of stored values.</summary>
    internal long StoredCount => _rows.Values.Length;

    /// <summary>A run of rows; nothing is copied.</summary>
    internal FeatureMatrix Slice(int start, int count)
    {
        var rows = new VectorColumn<float>(Type);
        rows.Slice(_rows, start, count);
        return new FeatureMatrix(rows);
    }

    private VectorDataViewType Type => (VectorDataViewType)_rows.Type;

    // Rows of the same dimensions.
    private FeatureMatrix Dense(float[] values, int rows)
    {
        var column = new VectorColumn<float>(Type);
        column.AliasDense(values, 0, rows);
        return new FeatureMatrix(column);
    }

    private static InvalidOperationException NotDense() =>
        new("The matrix is sparse: read StoredValues and StoredIndices, or call ToDense().");
}
