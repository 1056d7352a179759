using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// Principal components that are brought up to date batch by batch, with no more in memory than a batch and the components: what they explain of
/// the rows so far stands in for those rows.
/// </summary>
/// <remarks>
/// With the components V of singular values σ of rows of weight W and mean μ, a batch of weight w and mean μ_b gives the matrix of rows
/// [diag(σ) V; √wi (xi − μ_b); √(W w / (W + w)) (μ − μ_b)], whose leading right singular vectors are the new components. What earlier batches held
/// beyond the components is forgotten, so that the result is an approximation. D. Ross, J. Lim, R. Lin, M. Yang, <i>Incremental Learning for Robust
/// Visual Tracking</i>, IJCV 77 (2008).
/// </remarks>
internal sealed class IncrementalComponents(int d, int rank, bool centre)
{
    private readonly double[] _mean = new double[d];
    private double[] _directions = []; // known × d: diag(σ) V
    private double[] _eigenvalues = [];
    private double _weight;
    private double _trace;

    /// <summary>Goes over all rows once.</summary>
    /// <param name="rows">Dense rows.</param>
    /// <param name="rank">How many components.</param>
    /// <param name="batchRows">The rows of a batch, at least <paramref name="rank"/>; the last batch takes in a remainder of fewer.</param>
    /// <param name="centre">Whether about the mean; about 0 otherwise.</param>
    /// <param name="context">Threads, progress, cancellation.</param>
    /// <exception cref="DataException">There are fewer rows than components.</exception>
    public static PrincipalComponents Run(TrainingStream rows, int rank, int batchRows, bool centre, FitContext context)
    {
        int d = rows.FeatureCount, batches = 0;
        var components = new IncrementalComponents(d, rank, centre);
        var waiting = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, d));
        waiting.Clear();
        var weights = new List<float>();
        foreach (var block in rows.Blocks(context))
        {
            for (int i = 0; i < block.Rows; i++)
            {
                // A full batch waits until there are enough rows for another.
                if (waiting.Count == batchRows + rank)
                {
                    components.Learn(waiting, weights, batchRows, context);
                    context.Report(++batches);
                }

                waiting.AddRow(block.Features.Row(i));
                weights.Add(block.Weight(i));
            }
        }

        if (waiting.Count == batchRows + rank)
            components.Learn(waiting, weights, batchRows, context);
        if (waiting.Count + components._eigenvalues.Length < rank)
            throw PrincipalComponents.TooFewRows(waiting.Count, rank);
        components.Learn(waiting, weights, waiting.Count, context);
        context.Report(++batches);
        return components.Result();
    }

    // Learns from the first rows that wait, and forgets them.
    private void Learn(VectorColumn<float> waiting, List<float> weights, int count, FitContext context)
    {
        context.Checkpoint();
        int known = _eigenvalues.Length, height = known + count + 1;
        double weight = 0;
        double[] mean = new double[d];
        for (int i = 0; i < count; i++)
        {
            weight += weights[i];
            if (centre)
                Dense.Axpy(weights[i], waiting.RowValues(i), mean);
        }

        Dense.Scale(1 / weight, mean);
        double[] stack = new double[height * d];
        _directions.CopyTo(stack, 0);
        for (int i = 0; i < count; i++)
        {
            var row = stack.AsSpan((known + i) * d, d);
            TensorPrimitives.ConvertTruncating(waiting.RowValues(i), row);
            TensorPrimitives.Subtract(row, mean, row);
            Dense.Scale(Math.Sqrt(weights[i]), row);
            _trace += Dense.Dot(row, row);
        }

        double joined = _weight + weight;
        var last = stack.AsSpan((height - 1) * d, d);
        TensorPrimitives.Subtract(_mean, mean, last);
        Dense.Scale(Math.Sqrt(_weight * (weight / joined)), last);
        _trace += Dense.Dot(last, last);
        for (int j = 0; j < d; j++)
            _mean[j] += (mean[j] - _mean[j]) * (weight / joined);
        _weight = joined;
        Decompose(stack, height, context);

        var rest = new VectorColumn<float>((VectorDataViewType)waiting.Type);
        rest.Slice(waiting, count, waiting.Count - count);
        float[] remaining = rest.Values.ToArray();
        waiting.Clear();
        for (int at = 0; at < remaining.Length; at += d)
            waiting.AddRow(remaining.AsSpan(at, d));
        weights.RemoveRange(0, count);
    }

    // The leading right singular vectors times their singular values, by the smaller of the two Gram matrices.
    private void Decompose(double[] stack, int height, FitContext context)
    {
        int kept = Math.Min(rank, Math.Min(height, d));
        _directions = new double[kept * d];
        if (height < d)
        {
            var gram = new Matrix(height, height);
            Gemm.Multiply(false, true, height, height, d, 1, stack, d, stack, d, 0, gram.AsSpan(), height, context.Threads);
            var eigen = SymmetricEigen.Largest(gram, kept, context.Checkpoint, context.Threads);
            _eigenvalues = [.. eigen.Values.ToArray().Select(λ => Math.Max(0, λ))];
            Gemm.Multiply(false, false, kept, d, height, 1, eigen.Vectors.AsSpan(), height, stack, d, 0, _directions, d, context.Threads);
        }
        else
        {
            var gram = new Matrix(d, d);
            Gemm.Gram(stack, height, d, gram.AsSpan(), threads: context.Threads);
            var eigen = SymmetricEigen.Largest(gram, kept, context.Checkpoint, context.Threads);
            _eigenvalues = [.. eigen.Values.ToArray().Select(λ => Math.Max(0, λ))];
            for (int c = 0; c < kept; c++)
                Dense.Axpy(Math.Sqrt(_eigenvalues[c]), eigen.Vector(c), _directions.AsSpan(c * d, d));
        }
    }

    private PrincipalComponents Result()
    {
        for (int c = 0; c < rank; c++)
        {
            var direction = _directions.AsSpan(c * d, d);
            double norm = Dense.Norm(direction);
            if (norm > 0)
                Dense.Scale(1 / norm, direction);
            PrincipalComponents.TurnPositive(direction);
        }

        return new(_mean, _weight, _trace, _eigenvalues, _directions);
    }
}
