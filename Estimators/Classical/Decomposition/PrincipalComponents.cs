using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// The principal components of n weighted rows: with X̃ the n × d matrix of rows √wi (xi − μ), the eigenvectors of S = X̃ᵀX̃ of greatest eigenvalue.
/// </summary>
/// <param name="mean">μ.</param>
/// <param name="totalWeight">Σ wi.</param>
/// <param name="trace">The sum of all eigenvalues of S.</param>
/// <param name="eigenvalues">The r eigenvalues of the components, decreasing; 0 where they cannot be told from it.</param>
/// <param name="components">r × d, orthonormal rows, each with its element of greatest magnitude positive.</param>
internal sealed class PrincipalComponents(double[] mean, double totalWeight, double trace, double[] eigenvalues, double[] components)
{
    private const double MachineEpsilon = 2.220446049250313e-16; // the distance from 1 to the next number

    /// <summary>Says how many components to keep, given all eigenvalues and their sum.</summary>
    public delegate int Choice(ReadOnlySpan<double> eigenvalues, double trace);

    /// <summary>μ.</summary>
    public double[] Mean => mean;

    /// <summary>Σ wi.</summary>
    public double TotalWeight => totalWeight;

    /// <summary>The sum of all eigenvalues of S.</summary>
    public double Trace => trace;

    /// <summary>The eigenvalues of the components.</summary>
    public double[] Eigenvalues => eigenvalues;

    /// <summary>rank × d.</summary>
    public double[] Components => components;

    /// <summary>Computes the components of rows of weight 1 about their mean.</summary>
    /// <param name="x">n × d, dense, finite.</param>
    /// <param name="rank">How many components, from 1 to min(n, d).</param>
    /// <param name="context">Threads and cancellation.</param>
    public static PrincipalComponents OfRows(FeatureMatrix x, int rank, FitContext context) =>
        Exact(TrainingStream.Of(new TrainingData(x)), true, rank, null, context);

    /// <summary>Computes the components exactly: from S, or with fewer rows than features from the smaller X̃X̃ᵀ.</summary>
    /// <param name="rows">Dense rows.</param>
    /// <param name="centre">Whether about the mean; about 0 otherwise.</param>
    /// <param name="rank">How many components.</param>
    /// <param name="choose">How many, when it depends on the eigenvalues; null to take the rank.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <exception cref="DataException">There are fewer rows than components.</exception>
    public static PrincipalComponents Exact(TrainingStream rows, bool centre, int rank, Choice? choose, FitContext context)
    {
        int d = rows.FeatureCount;
        using var blocks = rows.Blocks(context).GetEnumerator();
        blocks.MoveNext();
        var first = blocks.Current;
        if (first.Rows < d && FewRows(rows, d, context) is { } few)
            return OfFewRows(few, centre, rank, choose, context);
        var scatter = CentredScatter.Of(Rest(first, blocks), d, centre, context);
        int count = choose is null ? rank : d;
        var eigen = SymmetricEigen.Largest(scatter.Sum, count, context.Checkpoint, context.Threads);
        double trace = scatter.Sum.Trace(), noise = Noise(d, scatter.Precision, eigen.Values[0], scatter.TotalWeight, scatter.Mean);
        var (values, total) = Clean(eigen.Values, trace, noise);
        int kept = choose?.Invoke(values, total) ?? rank;
        double[] components = new double[kept * d];
        for (int c = 0; c < kept; c++)
            eigen.Vector(c).CopyTo(components.AsSpan(c * d));
        return new(scatter.Mean, scatter.TotalWeight, total, values[..kept], components);
    }

    /// <summary>vcᵀ(x − μ).</summary>
    /// <param name="x">d values.</param>
    /// <param name="c">The component.</param>
    public double Project(ReadOnlySpan<float> x, int c)
    {
        var component = components.AsSpan(c * mean.Length, mean.Length);
        return Dense.Dot(x, component) - Dense.Dot(mean, component);
    }

    /// <summary>Turns a direction so that its element of greatest magnitude, the first of several, is positive.</summary>
    public static void TurnPositive(Span<double> component)
    {
        if (component[TensorPrimitives.IndexOfMaxMagnitude<double>(component)] < 0)
            Dense.Scale(-1, component);
    }

    // All rows in one piece when there are fewer than features; null when there are as many or more.
    private static TrainingData? FewRows(TrainingStream rows, int features, FitContext context)
    {
        var all = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, features));
        all.Clear();
        var weights = new List<float>();
        foreach (var block in rows.Blocks(context))
        {
            if (all.Count + block.Rows >= features)
                return null;
            for (int i = 0; i < block.Rows; i++)
                all.AddRow(block.Features.Row(i));
            weights.AddRange(block.Weights);
        }

        return new TrainingData(new FeatureMatrix(all), weights: weights.Count == 0 ? null : [.. weights]);
    }

    private static IEnumerable<TrainingData> Rest(TrainingData first, IEnumerator<TrainingData> others)
    {
        yield return first;
        while (others.MoveNext())
            yield return others.Current;
    }

    // X̃X̃ᵀ has the same eigenvalues, and an eigenvector u of it gives the component X̃ᵀu / ‖X̃ᵀu‖.
    private static PrincipalComponents OfFewRows(TrainingData data, bool centre, int rank, Choice? choose, FitContext context)
    {
        var (n, d) = (data.Rows, data.Features.Columns);
        if (choose is null && n < rank)
            throw TooFewRows(n, rank);
        double total = 0;
        double[] mean = new double[d];
        for (int i = 0; i < n; i++)
        {
            total += data.Weight(i);
            if (centre)
                Dense.Axpy(data.Weight(i), data.Features.Row(i), mean);
        }

        Dense.Scale(1 / total, mean);
        double[] centred = new double[n * d];
        for (int i = 0; i < n; i++)
        {
            int row = i * d;
            var x = data.Features.Row(i);
            double root = Math.Sqrt(data.Weight(i));
            for (int j = 0; j < d; j++)
                centred[row + j] = root * (x[j] - mean[j]);
        }

        context.Checkpoint();
        var gram = new Matrix(n, n);
        Gemm.Multiply(false, true, n, n, d, 1, centred, d, centred, d, 0, gram.AsSpan(), n, context.Threads);
        var eigen = SymmetricEigen.Largest(gram, choose is null ? rank : n, context.Checkpoint, context.Threads);
        var (values, trace) = Clean(eigen.Values, gram.Trace(), Noise(n, MachineEpsilon, eigen.Values[0], total, mean));
        int kept = choose?.Invoke(values, trace) ?? rank;
        double[] components = new double[kept * d];
        for (int c = 0; c < kept; c++)
        {
            context.Checkpoint();
            var component = components.AsSpan(c * d, d);
            if (values[c] > 0)
                Dense.MatTVec(centred, n, d, eigen.Vector(c), component);
            else
                component[LeastCoveredAxis(components.AsSpan(0, c * d), d)] = 1; // no row says where it points
            MakeOrthonormal(components, c, d);
            TurnPositive(component);
        }

        return new(mean, total, trace, values[..kept], components);
    }

    public static DataException TooFewRows(long rows, int rank) => new(
        $"There are {rows} rows; {rank} components need at least as many. Lower Rank.");

    // Below the rounding errors of S, and of the mean, an eigenvalue is not told from 0, and may even come out negative.
    private static double Noise(int order, double precision, double largest, double totalWeight, double[] mean) => Math.Max(
        order * precision * largest, totalWeight * Math.Pow(MachineEpsilon * Dense.Norm(mean), 2));

    private static (double[] Values, double Trace) Clean(ReadOnlySpan<double> eigenvalues, double trace, double noise) =>
        ([.. eigenvalues.ToArray().Select(λ => λ > noise ? λ : 0)], eigenvalues[0] > noise ? trace : 0);

    // Gram and Schmidt, twice: rounding errors that the first pass leaves are gone after the second.
    private static void MakeOrthonormal(double[] components, int c, int d)
    {
        var component = components.AsSpan(c * d, d);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int other = 0; other < c; other++)
            {
                var direction = components.AsSpan(other * d, d);
                Dense.Axpy(-Dense.Dot(direction, component), direction, component);
            }

            Dense.Scale(1 / Dense.Norm(component), component);
        }
    }

    // The axis that lies least in the components so far.
    private static int LeastCoveredAxis(ReadOnlySpan<double> components, int d)
    {
        double[] covered = new double[d];
        for (int i = 0; i < components.Length; i++)
            covered[i % d] += components[i] * components[i];
        return Array.IndexOf(covered, covered.Min());
    }
}
