using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Transforms;

/// <summary>
/// The principal components of n weighted rows: with X̃ the n × d matrix of rows √wi (xi − μ), the eigenvectors of X̃ᵀX̃ of greatest eigenvalue.
/// </summary>
/// <remarks>
/// With fewer rows than features the smaller Gram matrix X̃X̃ᵀ is decomposed instead: it has the same eigenvalues, and an eigenvector v of it
/// gives the component X̃ᵀv / ‖X̃ᵀv‖. Either way the matrix is S = A Aᵀ, where A has r = min(n, d) rows: A = X̃ᵀ or A = X̃.
/// </remarks>
internal sealed class PrincipalComponents
{
    private const double MachineEpsilon = 2.220446049250313e-16; // the distance from 1 to the next number
    private const int BlockWidth = 256;  // columns of A held at a time
    private const int RowsPerStripe = 32; // rows of S that a thread computes

    private readonly FeatureMatrix _x;
    private readonly double[] _roots; // n square roots of weights
    private readonly double[] _mean;
    private readonly bool _byFeatures; // A = X̃ᵀ
    private readonly int _r;

    private PrincipalComponents(FeatureMatrix x, double[] weights, double[] mean)
    {
        (_x, _mean) = (x, mean);
        _roots = Array.ConvertAll(weights, Math.Sqrt);
        _byFeatures = x.Columns <= x.Rows;
        _r = Math.Min(x.Rows, x.Columns);
    }

    /// <summary>rank × d, orthonormal rows, each with its element of greatest magnitude positive.</summary>
    public double[] Components { get; private set; } = [];

    /// <summary>The eigenvalues of S that belong to the components.</summary>
    public double[] Eigenvalues { get; private set; } = [];

    /// <summary>The sum of all eigenvalues of S.</summary>
    public double Trace { get; private set; }

    /// <summary>Computes the components.</summary>
    /// <param name="x">n × d, finite.</param>
    /// <param name="weights">n positive weights.</param>
    /// <param name="mean">d values, subtracted from every row.</param>
    /// <param name="rank">How many components, from 1 to min(n, d).</param>
    /// <param name="context">Threads and cancellation.</param>
    public static PrincipalComponents Compute(FeatureMatrix x, double[] weights, double[] mean, int rank, FitContext context)
    {
        var result = new PrincipalComponents(x, weights, mean);
        var s = result.Product(context);
        var eigen = SymmetricEigen.Factor(s, context.Checkpoint);

        // Below the rounding errors of S, and of the mean, an eigenvalue is not told from 0, and may even come out negative.
        double ofProduct = result._r * MachineEpsilon * eigen.Values[0];
        double ofMean = weights.Sum() * Math.Pow(MachineEpsilon * Dense.Norm(mean), 2);
        double noise = Math.Max(ofProduct, ofMean);
        result.Trace = eigen.Values[0] > noise ? s.Trace() : 0;
        result.Eigenvalues = [.. eigen.Values[..rank].ToArray().Select(λ => λ > noise ? λ : 0)];
        result.Components = new double[rank * x.Columns];
        for (int c = 0; c < rank; c++)
        {
            context.Checkpoint();
            result.SetComponent(c, eigen.Vector(c));
        }

        return result;
    }

    /// <summary>Computes the components of rows of weight 1 about their mean.</summary>
    /// <param name="x">n × d, finite.</param>
    /// <param name="rank">How many components, from 1 to min(n, d).</param>
    /// <param name="context">Threads and cancellation.</param>
    public static PrincipalComponents OfRows(FeatureMatrix x, int rank, FitContext context)
    {
        double[] weights = new double[x.Rows], mean = new double[x.Columns];
        Array.Fill(weights, 1);
        for (int i = 0; i < x.Rows; i++)
            Dense.Axpy(1.0 / x.Rows, x.Row(i), mean);
        return Compute(x, weights, mean, rank, context);
    }

    /// <summary>vcᵀ(x − μ).</summary>
    /// <param name="x">d values.</param>
    /// <param name="c">The component.</param>
    public double Project(ReadOnlySpan<float> x, int c)
    {
        var component = Components.AsSpan(c * _mean.Length, _mean.Length);
        return Dense.Dot(x, component) - Dense.Dot(_mean, component);
    }

    // S = A Aᵀ, r × r, as a sum over blocks of A's columns.
    private Matrix Product(FitContext context)
    {
        int length = _byFeatures ? _x.Rows : _x.Columns;
        double[] block = new double[_r * BlockWidth];      // r × width
        double[] transposed = new double[_r * BlockWidth]; // width × r
        var s = new Matrix(_r, _r);
        for (int start = 0; start < length; start += BlockWidth)
        {
            context.Checkpoint();
            int width = Math.Min(BlockWidth, length - start);
            FillBlock(start, width, block, transposed);
            ParallelLoop.For(_r, RowsPerStripe, context.Threads, context.CancellationToken, (_, from, to) => Dense.MatMul(
                block.AsSpan(from * width, (to - from) * width), transposed.AsSpan(0, width * _r), s.AsSpan()[(from * _r)..(to * _r)],
                to - from, width, _r, accumulate: true));
        }

        return s;
    }

    // Columns start … start + width of A, as they are (r × width) and transposed (width × r): whichever is made of rows of X̃ is computed.
    private void FillBlock(int start, int width, double[] block, double[] transposed)
    {
        if (_byFeatures)
        {
            for (int p = 0; p < width; p++)
                Centre(start + p, 0, transposed.AsSpan(p * _r, _r));
            Dense.Transpose(transposed.AsSpan(0, width * _r), width, _r, block.AsSpan(0, _r * width));
        }
        else
        {
            for (int q = 0; q < _r; q++)
                Centre(q, start, block.AsSpan(q * width, width));
            Dense.Transpose(block.AsSpan(0, _r * width), _r, width, transposed.AsSpan(0, width * _r));
        }
    }

    // Some features, from the first one given, of a row of X̃.
    private void Centre(int row, int first, Span<double> centred)
    {
        var x = _x.Row(row)[first..];
        for (int j = 0; j < centred.Length; j++)
            centred[j] = _roots[row] * (x[j] - _mean[first + j]);
    }

    private void SetComponent(int c, ReadOnlySpan<double> eigenvector)
    {
        int d = _x.Columns;
        var component = Components.AsSpan(c * d, d);
        if (_byFeatures)
        {
            eigenvector.CopyTo(component);
            return;
        }

        if (Eigenvalues[c] > 0)
        {
            // X̃ᵀv = Σi vi √wi (xi − μ)
            double sum = 0;
            for (int i = 0; i < _x.Rows; i++)
            {
                double a = eigenvector[i] * _roots[i];
                Dense.Axpy(a, _x.Row(i), component);
                sum += a;
            }

            Dense.Axpy(-sum, _mean, component);
        }
        else
        {
            // No row says where this component points; it is the axis that lies least in the others, made orthogonal to them.
            component[LeastCoveredAxis(c)] = 1;
        }

        // Gram and Schmidt, twice: rounding errors that the first pass leaves are gone after the second.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int other = 0; other < c; other++)
            {
                var direction = Components.AsSpan(other * d, d);
                Dense.Axpy(-Dense.Dot(direction, component), direction, component);
            }

            Dense.Scale(1 / Dense.Norm(component), component);
        }

        int largest = 0;
        for (int j = 1; j < d; j++)
        {
            if (Math.Abs(component[j]) > Math.Abs(component[largest]))
                largest = j;
        }

        if (component[largest] < 0)
            Dense.Scale(-1, component);
    }

    private int LeastCoveredAxis(int components)
    {
        int d = _x.Columns;
        double[] covered = new double[d];
        for (int i = 0; i < components * d; i++)
            covered[i % d] += Components[i] * Components[i];
        return Array.IndexOf(covered, covered.Min());
    }
}
