namespace MLPath.Numerics;

/// <summary>
/// The means, covariances and correlations of d variables whose rows are seen once and not kept. Two of them merge into what one would have
/// been that saw both streams. The cost is d² operations a row.
/// </summary>
/// <remarks>
/// T. Chan, G. Golub, R. LeVeque, <i>Updating formulae and a pairwise algorithm for computing sample variances</i> (1979): blocks of rows are
/// centred on their own mean, multiplied in one matrix product, and merged. Rows are gathered into blocks of 256, whatever pieces they come
/// in, so that the result does not depend on the pieces.
/// </remarks>
public sealed class StreamingCovariance
{
    private const int BlockRows = 256;

    private readonly double[] _mean;
    private readonly double[] _products; // d × d: Σ (x - mean)(x - mean)ᵀ
    private readonly double[] _block;    // rows that wait until there are 256
    private readonly double[] _blockMean;
    private readonly double[] _blockProducts;
    private long _summed;
    private int _waiting;

    /// <summary>Begins with no rows.</summary>
    /// <param name="variables">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no variable.</exception>
    public StreamingCovariance(int variables)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, 1);
        Variables = variables;
        (_mean, _blockMean) = (new double[variables], new double[variables]);
        (_products, _blockProducts) = (new double[checked(variables * variables)], new double[variables * variables]);
        _block = new double[checked(BlockRows * variables)];
    }

    /// <summary>d, the number of variables.</summary>
    public int Variables { get; }

    /// <summary>n, how many rows were added.</summary>
    public long Count => _summed + _waiting;

    /// <summary>Adds rows.</summary>
    /// <param name="rows">n × d values, row-major.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of d.</exception>
    public void Add(ReadOnlySpan<double> rows)
    {
        RequireRows(rows.Length);
        for (int start = 0; start < rows.Length; start += Variables)
        {
            rows.Slice(start, Variables).CopyTo(Next());
            if (_waiting == BlockRows) Sum();
        }
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> rows)
    {
        RequireRows(rows.Length);
        for (int start = 0; start < rows.Length; start += Variables)
        {
            var row = Next();
            for (int j = 0; j < row.Length; j++) row[j] = rows[start + j];
            if (_waiting == BlockRows) Sum();
        }
    }

    /// <summary>Adds what another has seen. The result follows from the two alone; merging in a fixed order gives fixed bits.</summary>
    /// <param name="other">The other, of as many variables; it is not changed.</param>
    /// <exception cref="ArgumentException">The other has another number of variables.</exception>
    public void Merge(StreamingCovariance other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Variables != Variables)
            throw new ArgumentException($"{other.Variables} variables cannot be merged with {Variables}.", nameof(other));
        int waiting = other._waiting;
        Combine(other._summed, other._mean, other._products);
        Add(other._block.AsSpan(0, waiting * Variables));
    }

    /// <summary>The means; NaN before the first row.</summary>
    public double[] Mean()
    {
        Sum();
        var mean = (double[])_mean.Clone();
        if (Count == 0) Array.Fill(mean, double.NaN);
        return mean;
    }

    /// <summary>The unbiased covariances Σ (xᵢ - meanᵢ)(xⱼ - meanⱼ) / (n - 1), d × d; NaN for fewer than two rows.</summary>
    public Matrix Covariance()
    {
        Sum();
        var covariance = new Matrix(Variables, Variables, _products);
        Dense.Scale(Count > 1 ? 1.0 / (Count - 1) : double.NaN, covariance.AsSpan());
        return covariance;
    }

    /// <summary>Pearson's correlations, d × d, ones on the diagonal; NaN for a variable that does not vary.</summary>
    public Matrix Correlation()
    {
        Sum();
        var correlation = new Matrix(Variables, Variables);
        for (int i = 0; i < Variables; i++)
        {
            for (int j = 0; j < Variables; j++)
            {
                double scale = Math.Sqrt(_products[i * Variables + i]) * Math.Sqrt(_products[j * Variables + j]);
                correlation[i, j] = i == j && scale > 0 ? 1 : Math.Clamp(_products[i * Variables + j] / scale, -1, 1);
            }
        }

        return correlation;
    }

    private Span<double> Next() => _block.AsSpan(_waiting++ * Variables, Variables);

    /// <summary>Centres the rows that wait on their mean and merges them.</summary>
    private void Sum()
    {
        if (_waiting == 0) return;
        Array.Clear(_blockMean);
        for (int i = 0; i < _waiting; i++) Dense.Axpy(1, _block.AsSpan(i * Variables, Variables), _blockMean);
        Dense.Scale(1.0 / _waiting, _blockMean);
        Gemm.Gram(_block.AsSpan(0, _waiting * Variables), _waiting, Variables, _blockProducts, centre: _blockMean);
        Combine(_waiting, _blockMean, _blockProducts);
        _waiting = 0;
    }

    private void Combine(long count, double[] mean, double[] products)
    {
        if (count == 0) return;

        // Σ Σ about the common mean: both sums, and (a b / n) δ δᵀ with δ the difference of the means.
        double a = _summed, b = count, n = a + b;
        Dense.Axpy(1, products, _products);
        double[] delta = (double[])mean.Clone();
        Dense.Axpy(-1, _mean, delta);
        for (int i = 0; i < Variables; i++) Dense.Axpy(a * b / n * delta[i], delta, _products.AsSpan(i * Variables, Variables));
        Dense.Axpy(b / n, delta, _mean);
        _summed += count;
    }

    private void RequireRows(int length)
    {
        if (length % Variables != 0)
            throw new ArgumentException($"{length} values are not a whole number of rows of {Variables} variables.");
    }
}
