namespace MLPath.Numerics;

/// <summary>What dual coordinate ascent does with rows.</summary>
internal interface ISdcaRows
{
    /// <summary>xᵢ · w.</summary>
    double Dot(int row, ReadOnlySpan<double> w);

    /// <summary>v ← v + a xᵢ.</summary>
    void AddTo(int row, double a, Span<double> v);

    /// <summary>‖xᵢ‖².</summary>
    double SquaredNorm(int row);

    /// <summary>w ← S(v, t) for the features of a row.</summary>
    void Shrink(int row, double threshold, ReadOnlySpan<double> v, Span<double> w);
}

internal readonly ref struct DenseSdcaRows(ReadOnlySpan<float> values, int columns) : ISdcaRows
{
    private readonly ReadOnlySpan<float> _values = values;

    public double Dot(int row, ReadOnlySpan<double> w) => Dense.Dot(Row(row), w);

    public void AddTo(int row, double a, Span<double> v) => Dense.Axpy(a, Row(row), v);

    public double SquaredNorm(int row) => Dense.DotWide(Row(row), Row(row));

    public void Shrink(int row, double threshold, ReadOnlySpan<double> v, Span<double> w)
    {
        for (int j = 0; j < w.Length; j++)
            w[j] = SdcaSolver.SoftThreshold(v[j], threshold);
    }

    private ReadOnlySpan<float> Row(int row) => _values.Slice(row * columns, columns);
}

internal readonly struct SparseSdcaRows(CsrMatrix matrix) : ISdcaRows
{
    public double Dot(int row, ReadOnlySpan<double> w) => matrix.Dot(row, w);

    public void AddTo(int row, double a, Span<double> v) => matrix.Axpy(row, a, v);

    public double SquaredNorm(int row) => Dense.DotWide(matrix.Values(row), matrix.Values(row));

    public void Shrink(int row, double threshold, ReadOnlySpan<double> v, Span<double> w)
    {
        foreach (int j in matrix.Indices(row))
            w[j] = SdcaSolver.SoftThreshold(v[j], threshold);
    }
}
