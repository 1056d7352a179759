using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// The features of n rows, which trainers learn from and models score: most often an n × d matrix of 32-bit floats, as one dense row-major block or
/// as compressed sparse rows; for trainers that read them, rows of tokens or of time steps, each of its own length. <see cref="Format"/> says which.
/// </summary>
public sealed class FeatureMatrix
{
    private readonly VectorColumn<float>? _numbers;
    private readonly VectorColumn<int>? _tokens;
    private FeatureFormat? _format;

    /// <summary>Shows the rows of a column; nothing is copied.</summary>
    /// <param name="rows">Vectors of known size, or of varying length, which are sequences.</param>
    public FeatureMatrix(VectorColumn<float> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _numbers = rows;
    }

    /// <summary>Shows the rows of a column; nothing is copied.</summary>
    /// <param name="rows">Vectors of known size, or of varying length, which are sequences.</param>
    /// <param name="format">How they are read.</param>
    /// <exception cref="ArgumentException">The rows are not of this format.</exception>
    public FeatureMatrix(VectorColumn<float> rows, FeatureFormat format) : this(rows)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format.FeatureCount == rows.Size && format.Form != FeatureForms.Tokens
            ? format
            : throw new ArgumentException($"Rows of {rows.Type} are not {format}.", nameof(format));
    }

    /// <summary>Shows rows of tokens; nothing is copied.</summary>
    /// <param name="rows">Vectors of varying length, of tokens from 0 to V − 1.</param>
    /// <param name="vocabularySize">V, at least 1.</param>
    public FeatureMatrix(VectorColumn<int> rows, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (_tokens, _format) = (rows, FeatureFormat.Tokens(vocabularySize));
    }

    /// <summary>Shows a dense block; nothing is copied.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">d, at least 1.</param>
    /// <param name="values">n × d values, row-major.</param>
    public FeatureMatrix(int rows, int columns, float[] values)
    {
        _numbers = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, columns));
        _numbers.AliasDense(values, 0, rows);
    }

    /// <summary>What the features are.</summary>
    public FeatureFormat Format => _format ??= Columns == 0 ? FeatureFormat.Sequence(1) : FeatureFormat.Vector(Columns);

    /// <summary>n, the number of rows.</summary>
    public int Rows => _numbers?.Count ?? _tokens!.Count;

    /// <summary>d, the number of features; 0 where rows have their own lengths.</summary>
    public int Columns => _numbers?.Size ?? 0;

    /// <summary>
    /// The dimensions of a row in its column's type, whose product is <see cref="Columns"/>: [28, 28] where it holds images; [d] for a plain vector,
    /// none where rows have their own lengths.
    /// </summary>
    public IReadOnlyList<int> Dimensions => _numbers is null ? [] : ((VectorDataViewType)_numbers.Type).Dimensions;

    /// <summary>Whether all n × d values are stored, so that <see cref="Row"/> and <see cref="Values"/> can be used.</summary>
    public bool IsDense => _numbers is { Layout: VectorLayout.Dense };

    /// <summary>All n × d values of a dense matrix, row-major.</summary>
    public ReadOnlySpan<float> Values => IsDense ? _numbers!.Values : throw NotDense();

    /// <summary>The d features of one row of a dense matrix.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> Row(int row) => IsDense ? _numbers!.RowValues(row) : throw NotDense();

    /// <summary>The stored values of one row of a dense or sparse matrix; those of all time steps of a sequence, one step after the other.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> StoredValues(int row) => Numbers.RowValues(row);

    /// <summary>Which features the stored values of one row are (sparse only; empty otherwise, where all are stored).</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<int> StoredIndices(int row) => Numbers.RowIndices(row);

    /// <summary>The tokens of one row, from 0 to V − 1; none for an empty row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="InvalidOperationException">The features are numbers.</exception>
    public ReadOnlySpan<int> Tokens(int row) =>
        _tokens is null ? throw new InvalidOperationException($"The features are {Format}, no tokens: read StoredValues.") : _tokens.RowValues(row);

    /// <summary>The rows of a sparse matrix, to be multiplied with; nothing is copied.</summary>
    /// <exception cref="InvalidOperationException">The matrix is dense: multiply <see cref="Values"/>.</exception>
    public CsrMatrix Sparse => Numbers.AsSparse(out var values, out var indices, out var rowStarts)
        ? new CsrMatrix(Columns, values, indices, rowStarts)
        : throw new InvalidOperationException("The matrix is dense: read Values.");

    /// <summary>This matrix with all values stored: itself when it is dense already.</summary>
    /// <exception cref="InvalidOperationException">Rows have their own lengths.</exception>
    public FeatureMatrix ToDense() => IsDense ? this : ToDense(new float[checked(Rows * Columns)]);

    /// <summary>The same in memory that is there.</summary>
    /// <param name="values">Room for rows × columns values.</param>
    internal FeatureMatrix ToDense(float[] values)
    {
        if (Columns == 0)
            throw NotDense();
        for (int row = 0; row < Rows; row++)
            Numbers.CopyRowTo(row, values.AsSpan(row * Columns));
        var dense = new VectorColumn<float>((VectorDataViewType)Numbers.Type);
        dense.AliasDense(values, 0, Rows);
        return new FeatureMatrix(dense, Format);
    }

    /// <summary>A copy of some rows, in the order given; dense where the features are a matrix.</summary>
    /// <param name="rows">The rows, from 0; repetitions are allowed.</param>
    public FeatureMatrix Gather(ReadOnlySpan<int> rows)
    {
        if (_tokens is not null)
        {
            var tokens = new VectorColumn<int>((VectorDataViewType)_tokens.Type);
            tokens.Gather(_tokens, rows);
            return new FeatureMatrix(tokens, Format.VocabularySize);
        }

        var gathered = new VectorColumn<float>((VectorDataViewType)Numbers.Type);
        if (Columns == 0)
        {
            gathered.Gather(Numbers, rows);
            return new FeatureMatrix(gathered, Format);
        }

        var values = gathered.AllocateDense(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            Numbers.CopyRowTo(rows[i], values[(i * Columns)..]);
        return new FeatureMatrix(gathered, Format);
    }

    /// <summary>The number of stored values, or of tokens.</summary>
    internal long StoredCount => _numbers?.Values.Length ?? _tokens!.Values.Length;

    private VectorColumn<float> Numbers => _numbers ?? throw new InvalidOperationException("The features are tokens: read Tokens.");

    /// <summary>A run of rows; nothing is copied.</summary>
    internal FeatureMatrix Slice(int start, int count)
    {
        if (_tokens is not null)
        {
            var tokens = new VectorColumn<int>((VectorDataViewType)_tokens.Type);
            tokens.Slice(_tokens, start, count);
            return new FeatureMatrix(tokens, Format.VocabularySize);
        }

        var rows = new VectorColumn<float>((VectorDataViewType)Numbers.Type);
        rows.Slice(Numbers, start, count);
        return new FeatureMatrix(rows, Format);
    }

    /// <summary>The same rows as a model of a format reads them: tokens beyond its vocabulary are left out, a plain vector takes its shape.</summary>
    internal FeatureMatrix As(FeatureFormat format)
    {
        if (Format.Equals(format))
            return this;
        if (_tokens is null)
            return new FeatureMatrix(Numbers, format);
        var kept = new VectorColumn<int>((VectorDataViewType)_tokens.Type);
        kept.Begin(VectorLayout.Ragged);
        for (int row = 0; row < Rows; row++)
            kept.AddRow([.. Tokens(row).ToArray().Where(token => token < format.VocabularySize)]);
        return new FeatureMatrix(kept, format.VocabularySize);
    }

    private InvalidOperationException NotDense() => new(
        _tokens is not null ? "The features are tokens: read Tokens."
        : Columns == 0 ? "Rows have their own lengths: read StoredValues."
        : "The matrix is sparse: read StoredValues and StoredIndices, or call ToDense().");
}
