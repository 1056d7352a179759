using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// The largest eigenvalues of S = X̃ᵀX̃, X̃ the n × d matrix of rows √wi (xi − μ), without building it: a random space of a few more directions
/// than are wanted is multiplied by S several times, and each time turns towards the leading eigenvectors.
/// </summary>
/// <remarks>
/// Every multiplication is one pass over the rows, in which a row meets all directions: V ← orth(X̃ᵀ(X̃V)). In the last one S is seen from V alone,
/// VᵀSV, whose eigenvectors give the best ones within V (Rayleigh and Ritz). The error of an eigenvalue falls with each pass by the square of its
/// ratio to the first one left out. N. Halko, P. Martinsson, J. Tropp, <i>Finding structure with randomness</i>, SIAM Review 53 (2011).
/// </remarks>
internal sealed class SubspaceIteration
{
    private const int MostChunks = 16;

    private readonly double[] _mean; // d values; none for 0
    private readonly int _d;
    private readonly int _width;
    private readonly double[] _space; // d × l, orthonormal columns

    private SubspaceIteration(int d, int width, double[] mean, RandomStream random)
    {
        (_d, _width, _mean) = (d, width, mean);
        _space = new double[d * width];
        for (int i = 0; i < _space.Length; i++)
            _space[i] = random.NextGaussian();
        MakeOrthonormal(_space);
    }

    /// <summary>Finds eigenvalues and eigenvectors.</summary>
    /// <param name="rows">Dense or sparse rows.</param>
    /// <param name="mean">μ; empty for 0.</param>
    /// <param name="rank">How many eigenvalues.</param>
    /// <param name="overSampling">How many directions more.</param>
    /// <param name="passes">How often the space is multiplied by S, 1 or more.</param>
    /// <param name="random">The first space.</param>
    /// <param name="context">Threads, progress, cancellation.</param>
    /// <returns>The eigenvalues, decreasing, and as many rows of d values.</returns>
    public static (double[] Eigenvalues, double[] Components) Run(
        TrainingStream rows, double[] mean, int rank, int overSampling, int passes, RandomStream random, FitContext context)
    {
        int d = rows.FeatureCount, width = (int)Math.Min(d, (long)rank + overSampling);
        var iteration = new SubspaceIteration(d, width, mean, random);
        for (int pass = 1; ; pass++)
        {
            double[] product = iteration.Multiply(rows, context);
            context.Report(pass, passes);
            if (pass == passes)
                return iteration.Ritz(product, rank, context);
            iteration.MakeOrthonormal(product);
            product.CopyTo(iteration._space, 0);
        }
    }

    // S V, d × l.
    private double[] Multiply(TrainingStream rows, FitContext context)
    {
        double[] product = new double[_d * _width];
        RowSum? sums = null;
        foreach (var block in rows.Blocks(context))
        {
            if (sums?.Rows != block.Rows)
                sums = new RowSum(block.Rows, product.Length, MostChunks);
            var sum = sums.Compute(context, (start, end, sum) =>
            {
                if (block.Features.IsDense)
                    AddDense(block, start, end, sum);
                else
                    AddSparse(block, start, end, sum);
            });
            Dense.Axpy(1, sum, product);
        }

        return product;
    }

    private void AddDense(TrainingData block, int start, int end, Span<double> sum)
    {
        int count = end - start;
        double[] rented = ArrayPool<double>.Shared.Rent(count * (_d + _width));
        var x = rented.AsSpan(0, count * _d);
        var seen = rented.AsSpan(count * _d, count * _width);
        for (int i = 0; i < count; i++)
        {
            var row = x.Slice(i * _d, _d);
            TensorPrimitives.ConvertTruncating(block.Features.Row(start + i), row);
            if (_mean.Length > 0)
                TensorPrimitives.Subtract(row, _mean, row);
            if (block.HasWeights)
                Dense.Scale(Math.Sqrt(block.Weight(start + i)), row);
        }

        Gemm.Multiply(false, false, count, _width, _d, 1, x, _d, _space, _width, 0, seen, _width);
        Gemm.Multiply(true, false, _d, _width, count, 1, x, _d, seen, _width, 1, sum, _width);
        ArrayPool<double>.Shared.Return(rented);
    }

    private void AddSparse(TrainingData block, int start, int end, Span<double> sum)
    {
        double[] seen = new double[_width];
        for (int i = start; i < end; i++)
        {
            var values = block.Features.StoredValues(i);
            var indices = block.Features.StoredIndices(i);
            Array.Clear(seen);
            for (int e = 0; e < values.Length; e++)
                Dense.Axpy(values[e], _space.AsSpan(indices[e] * _width, _width), seen);
            for (int e = 0; e < values.Length; e++)
                Dense.Axpy(block.Weight(i) * values[e], seen, sum.Slice(indices[e] * _width, _width));
        }
    }

    // With W = SV: the eigenvectors Q of VᵀW give the directions V Q.
    private (double[] Eigenvalues, double[] Components) Ritz(double[] product, int rank, FitContext context)
    {
        var small = new Matrix(_width, _width);
        Gemm.Multiply(true, false, _width, _width, _d, 1, _space, _width, product, _width, 0, small.AsSpan(), _width);
        for (int i = 0; i < _width; i++)
        {
            for (int j = 0; j < i; j++)
                small[i, j] = small[j, i] = (small[i, j] + small[j, i]) / 2;
        }

        var eigen = SymmetricEigen.Largest(small, rank, context.Checkpoint, context.Threads);
        double[] components = new double[rank * _d];
        Gemm.Multiply(false, true, rank, _d, _width, 1, eigen.Vectors.AsSpan(), _width, _space, _width, 0, components, _d, context.Threads);
        for (int c = 0; c < rank; c++)
            PrincipalComponents.TurnPositive(components.AsSpan(c * _d, _d));
        return ([.. eigen.Values.ToArray().Select(λ => Math.Max(0, λ))], components);
    }

    // Gram and Schmidt, twice, on the columns; one that vanishes becomes 0 and stays so.
    private void MakeOrthonormal(double[] columns)
    {
        double[] rows = new double[columns.Length]; // l × d
        Dense.Transpose(columns, _d, _width, rows);
        for (int c = 0; c < _width; c++)
        {
            var column = rows.AsSpan(c * _d, _d);
            double before = Dense.Norm(column);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < c; other++)
                {
                    var direction = rows.AsSpan(other * _d, _d);
                    Dense.Axpy(-Dense.Dot(direction, column), direction, column);
                }
            }

            double norm = Dense.Norm(column);
            Dense.Scale(norm > 1e-13 * before ? 1 / norm : 0, column);
        }

        Dense.Transpose(rows, _width, _d, columns);
    }
}
