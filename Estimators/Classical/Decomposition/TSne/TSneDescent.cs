using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Transforms;

/// <summary>
/// The descent of the divergence KL(P ‖ Q) by gradients: momentum, and for every coordinate a gain that grows while its gradient keeps pushing
/// the way it moves, and shrinks when it turns (R. Jacobs' rule, as van der Maaten and Hinton use it).
/// </summary>
/// <remarks>
/// The gradient is ∂KL/∂yi = 2(ν + 1)/ν · (Σj pij uij (yi − yj) − Σj wij uij (yi − yj) / Z), Z = Σi≠j wij. While the affinities are exaggerated, P
/// is multiplied, so that near rows find each other before the map takes its shape.
/// </remarks>
internal sealed class TSneDescent
{
    private const int RowsPerChunk = 2 * TSneRepulsion.GroupSize;
    private const int ExaggeratedIterations = 250;
    private const int IterationsPerCheck = 50;
    private const int IterationsWithoutProgress = 300;
    private const double LeastGradientNorm = 1e-7;

    private readonly TSne.Options _options;
    private readonly FitContext _context;
    private readonly float[][] _map; // for each dimension, n coordinates
    private readonly TSneAffinities _p;
    private readonly TSneTree _tree;
    private readonly TSneRepulsion _repulsion;
    private readonly TSneAttraction _attraction;
    private readonly float[][] _velocity;
    private readonly float[][] _gains;
    private readonly float[][] _gradient;
    private readonly List<double> _losses = [];

    /// <summary>Prepares a descent.</summary>
    /// <param name="p">P.</param>
    /// <param name="map">For each dimension, n coordinates to start from; overwritten.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Progress, cancellation, threads.</param>
    public TSneDescent(TSneAffinities p, float[][] map, TSne.Options options, FitContext context)
    {
        (_p, _map, _options, _context) = (p, map, options, context);
        int n = map[0].Length;
        _tree = new(n, map.Length);
        _repulsion = new(_tree, map.Length, TSne.IsExact(options, n) ? 0 : options.Angle, options.EffectiveDegreesOfFreedom);
        _attraction = new(p, map.Length, options.EffectiveDegreesOfFreedom);
        (_velocity, _gains, _gradient) = (Zeros(), Zeros(), Zeros());

        float[][] Zeros() => [.. map.Select(axis => new float[n])];
    }

    /// <summary>KL(P ‖ Q) after every fiftieth iteration and after the last one.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The gradient of the divergence for each dimension, as it was computed last.</summary>
    public IReadOnlyList<float[]> Gradient => _gradient;

    /// <summary>Runs the descent.</summary>
    /// <returns>The number of iterations done, whether the gradient vanished, and why it stopped.</returns>
    public (int Iterations, bool Converged, string StopReason) Run()
    {
        int total = _options.MaximumNumberOfIterations;
        int exaggerated = Math.Min(ExaggeratedIterations, total);
        double best = double.PositiveInfinity;
        int bestIteration = 0;
        for (int iteration = 1; iteration <= total; iteration++)
        {
            if (iteration == 1 || iteration == exaggerated + 1)
                Rest();
            bool early = iteration <= exaggerated;
            bool check = iteration % IterationsPerCheck == 0;
            double loss = Evaluate(early ? _options.EarlyExaggeration : 1, check);
            Move(early ? 0.5f : 0.8f);
            _context.Report(iteration, total, check ? loss : null);
            if (!check)
                continue;
            _losses.Add(loss);
            if (early)
                continue;
            if (loss < best)
                (best, bestIteration) = (loss, iteration);
            if (GradientNorm() <= LeastGradientNorm)
                return Finish(iteration, true, "The gradient vanished.");
            if (iteration - bestIteration > IterationsWithoutProgress)
                return Finish(iteration, false, FormattableString.Invariant($"The divergence did not fall for {IterationsWithoutProgress} iterations."));
        }

        return Finish(total, false, "The limit of iterations was reached.");
    }

    /// <summary>Computes the gradient at the map as it is.</summary>
    /// <param name="exaggeration">What P is multiplied by.</param>
    /// <param name="withLoss">Whether the divergence, without exaggeration, is wanted; it is NaN otherwise.</param>
    public double Evaluate(double exaggeration, bool withLoss)
    {
        _tree.Build(_map);
        int[] order = _tree.Order;
        ParallelLoop.For(order.Length, RowsPerChunk, _context.Threads, _context.CancellationToken, (_, from, to) =>
        {
            _repulsion.Compute(from, to);
            _attraction.Compute(_map, order.AsSpan(from, to - from), withLoss);
        });

        double z = 0;
        foreach (double affinity in _repulsion.Affinities)
            z += affinity;
        double nu = _options.EffectiveDegreesOfFreedom, factor = 2 * (nu + 1) / nu;
        var (pull, push) = ((float)(factor * exaggeration), (float)(z > 0 ? factor / z : 0));
        for (int axis = 0; axis < _map.Length; axis++)
        {
            var (gradient, attraction, repulsion) = (_gradient[axis], _attraction.Forces[axis], _repulsion.Forces[axis]);
            for (int s = 0; s < order.Length; s++)
                gradient[order[s]] = (pull * attraction[order[s]]) - (push * repulsion[s]);
        }

        return withLoss ? _p.NegativeEntropy - _attraction.LogAffinities.Sum() + Math.Log(z) : double.NaN;
    }

    private (int Iterations, bool Converged, string StopReason) Finish(int iterations, bool converged, string reason)
    {
        _losses.Add(Evaluate(1, withLoss: true));
        return (iterations, converged, reason);
    }

    private void Rest()
    {
        foreach (float[] velocity in _velocity)
            Array.Clear(velocity);
        foreach (float[] gains in _gains)
            Array.Fill(gains, 1);
    }

    private void Move(float momentum)
    {
        float rate = (float)(_options.LearningRate is > 0 and var given ? given : Math.Max(_map[0].Length / _options.EarlyExaggeration / 4, 50));
        for (int axis = 0; axis < _map.Length; axis++)
            Move(_map[axis], _velocity[axis], _gains[axis], _gradient[axis], momentum, rate);
    }

    // Vectors, and the rest one by one.
    private static void Move(Span<float> map, Span<float> velocity, Span<float> gains, ReadOnlySpan<float> gradient, float momentum, float rate)
    {
        const float growth = 0.2f, decay = 0.8f, least = 0.01f;
        int i = 0;
        for (; i <= map.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (g, v, gain) = (Vector512.Create(gradient[i..]), Vector512.Create<float>(velocity[i..]), Vector512.Create<float>(gains[i..]));
            var keeps = Vector512.LessThan(g * v, Vector512<float>.Zero);
            gain = Vector512.Max(Vector512.ConditionalSelect(keeps, gain + Vector512.Create(growth), gain * decay), Vector512.Create(least));
            v = (v * momentum) - (gain * g * rate);
            gain.CopyTo(gains[i..]);
            v.CopyTo(velocity[i..]);
            (Vector512.Create<float>(map[i..]) + v).CopyTo(map[i..]);
        }

        for (; i < map.Length; i++)
        {
            gains[i] = Math.Max(gradient[i] * velocity[i] < 0 ? gains[i] + growth : gains[i] * decay, least);
            velocity[i] = (velocity[i] * momentum) - (gains[i] * gradient[i] * rate);
            map[i] += velocity[i];
        }
    }

    private double GradientNorm()
    {
        double sum = 0;
        foreach (float[] gradient in _gradient)
            sum += TensorPrimitives.SumOfSquares<float>(gradient);
        return Math.Sqrt(sum);
    }
}
