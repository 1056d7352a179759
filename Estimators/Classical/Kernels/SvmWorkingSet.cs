using System.Runtime.Intrinsics;

namespace MLPath.Trainers;

/// <summary>
/// Sequential minimal optimisation of a few coefficients, the others fixed: two at a time, the one up by as much as the other goes down, so
/// that their sum stays. Everything it touches fits in the second-level cache.
/// </summary>
/// <remarks>
/// With the slope sᵢ = zᵢ − (Kβ)ᵢ, raising βᵢ lowers the cost at rate uᵢ = sᵢ ∓ ε, and lowering it raises the cost at rate lᵢ = sᵢ ∓ ε, where
/// the sign is that of the side of 0 towards which βᵢ moves. β is optimal when no uᵢ of one that may go up exceeds an lⱼ of one that may go
/// down. The pair is i = argmax u and j = argmax (uᵢ − lⱼ)² / aᵢⱼ, which is the decrease of the cost by the best unclipped step, with
/// aᵢⱼ = Kᵢᵢ + Kⱼⱼ − 2 Kᵢⱼ: Fan, Chen, Lin, <i>Working Set Selection Using Second Order Information for Training Support Vector Machines</i>,
/// Journal of Machine Learning Research 6, 2005.
/// </remarks>
internal sealed class SvmWorkingSet
{
    // What stands for a curvature that is 0 or, by rounding or an indefinite kernel, less.
    private const double LeastCurvature = 1e-12;

    private const int StepsPerCheckpoint = 4096;

    private readonly int _stride; // places, a whole number of vectors; those beyond the set never take part
    private readonly float[] _kernel; // stride × stride
    private readonly double[] _diagonal;
    private readonly double[] _slope; // s
    private readonly double[] _up; // what makes s into u; −∞ for one that may not go up
    private readonly double[] _down; // what makes s into l; +∞ for one that may not go down
    private readonly double[] _beta;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private double _epsilon;

    /// <summary>Creates room for a set.</summary>
    /// <param name="capacity">The most coefficients it may have.</param>
    public SvmWorkingSet(int capacity)
    {
        _stride = (capacity + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;
        _kernel = new float[_stride * _stride];
        _diagonal = new double[_stride];
        _slope = new double[_stride];
        _up = new double[_stride];
        _down = new double[_stride];
        _beta = new double[_stride];
        _lower = new double[_stride];
        _upper = new double[_stride];
    }

    /// <summary>The coefficients, in the order of the rows given.</summary>
    public ReadOnlySpan<double> Coefficients => _beta;

    /// <summary>Takes a set from a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rows">Which coefficients.</param>
    /// <param name="beta">The n coefficients.</param>
    /// <param name="products">Kβ.</param>
    /// <param name="cache">Holds the set's rows of the kernel matrix.</param>
    public void Load(SvmProblem problem, ReadOnlySpan<int> rows, double[] beta, double[] products, KernelRowCache cache)
    {
        _epsilon = problem.Epsilon;
        _slope.AsSpan(rows.Length).Clear();
        _up.AsSpan(rows.Length).Fill(double.NegativeInfinity);
        _down.AsSpan(rows.Length).Fill(double.PositiveInfinity);
        for (int a = 0; a < rows.Length; a++)
        {
            int row = rows[a];
            float[] values = cache[row];
            var kernel = _kernel.AsSpan(a * _stride, rows.Length);
            for (int b = 0; b < rows.Length; b++)
                kernel[b] = values[rows[b]];
            _diagonal[a] = problem.Basis.Diagonal(row);
            _slope[a] = problem.Target[row] - products[row];
            (_beta[a], _lower[a], _upper[a]) = (beta[row], problem.Lower[row], problem.Upper[row]);
            Side(a);
        }
    }

    /// <summary>Takes steps until the set is optimal.</summary>
    /// <param name="tolerance">By how much a uᵢ may exceed an lⱼ.</param>
    /// <param name="mostSteps">The most steps to take.</param>
    /// <param name="context">Cancellation.</param>
    /// <returns>The steps taken.</returns>
    public long Solve(double tolerance, long mostSteps, FitContext context)
    {
        int i = Raise();
        for (long step = 0; step < mostSteps; step++)
        {
            if (step % StepsPerCheckpoint == 0)
                context.Checkpoint();
            double rate = _slope[i] + _up[i];
            var (j, least) = Lower(i, rate);
            if (!(rate - least > tolerance))
                return step;
            i = Move(i, j, rate - (_slope[j] + _down[j]));
        }

        return mostSteps;
    }

    // i = argmax u; the first of several.
    private int Raise() => Update(0, 0, 0);

    // j = argmax (u − lⱼ)² / aᵢⱼ over lⱼ < u, the first of several; and min l.
    private (int J, double Least) Lower(int i, double rate)
    {
        ReadOnlySpan<float> kernel = _kernel.AsSpan(i * _stride, _stride);
        int width = Vector512<double>.Count;
        var up = Vector512.Create(rate);
        var own = Vector512.Create(_diagonal[i]);
        var floor = Vector512.Create(LeastCurvature);
        var least = Vector512.Create(double.PositiveInfinity);
        var best = Vector512.Create(-1.0);
        var place = Vector512<double>.Zero;
        var at = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (int b = 0; b < _stride; b += width)
        {
            var low = Vector512.Create(_slope, b) + Vector512.Create(_down, b);
            least = Vector512.Min(least, low);
            var product = RowSums.Widen(kernel[b..]);
            var curvature = Vector512.Max(own + Vector512.Create(_diagonal, b) - (product + product), floor);
            var difference = up - low;
            var gain = difference * difference / curvature;
            var better = Vector512.GreaterThan(gain, best) & Vector512.GreaterThan(difference, Vector512<double>.Zero);
            best = Vector512.ConditionalSelect(better, gain, best);
            place = Vector512.ConditionalSelect(better, at, place);
            at += Vector512.Create((double)width);
        }

        double minimum = double.PositiveInfinity;
        for (int lane = 0; lane < width; lane++)
            minimum = Math.Min(minimum, least[lane]);
        return (First(best, place), minimum);
    }

    // One step along βᵢ up, βⱼ down, as far as lowers the cost and as the bounds and 0 allow. Returns the next i.
    private int Move(int i, int j, double difference)
    {
        double curvature = Math.Max(_diagonal[i] + _diagonal[j] - (2.0 * _kernel[(i * _stride) + j]), LeastCurvature);
        double highest = _beta[i] < 0 ? 0 : _upper[i], lowest = _beta[j] > 0 ? 0 : _lower[j];
        double step = difference / curvature;
        double room = Math.Min(highest - _beta[i], _beta[j] - lowest);
        if (step >= room)
        {
            // A bound is met exactly, not up to rounding.
            bool first = highest - _beta[i] <= room, second = _beta[j] - lowest <= room;
            step = room;
            _beta[i] = first ? highest : _beta[i] + step;
            _beta[j] = second ? lowest : _beta[j] - step;
        }
        else
        {
            _beta[i] += step;
            _beta[j] -= step;
        }

        Side(i);
        Side(j);
        return Update(i, j, step);
    }

    // s ← s − step (Kᵢ − Kⱼ), and the greatest u of the new ones.
    private int Update(int i, int j, double step)
    {
        ReadOnlySpan<float> first = _kernel.AsSpan(i * _stride, _stride), second = _kernel.AsSpan(j * _stride, _stride);
        int width = Vector512<double>.Count;
        var factor = Vector512.Create(step);
        var best = Vector512.Create(double.NegativeInfinity);
        var place = Vector512<double>.Zero;
        var at = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (int b = 0; b < _stride; b += width)
        {
            var slope = Vector512.Create(_slope, b) - (factor * (RowSums.Widen(first[b..]) - RowSums.Widen(second[b..])));
            slope.CopyTo(_slope, b);
            var rate = slope + Vector512.Create(_up, b);
            var better = Vector512.GreaterThan(rate, best);
            best = Vector512.ConditionalSelect(better, rate, best);
            place = Vector512.ConditionalSelect(better, at, place);
            at += Vector512.Create((double)width);
        }

        return First(best, place);
    }

    // What makes a coefficient's slope into u and l.
    private void Side(int a)
    {
        _up[a] = _beta[a] >= _upper[a] ? double.NegativeInfinity : _beta[a] >= 0 ? -_epsilon : _epsilon;
        _down[a] = _beta[a] <= _lower[a] ? double.PositiveInfinity : _beta[a] > 0 ? -_epsilon : _epsilon;
    }

    // Of the lanes with the greatest value the one of the first place.
    private static int First(Vector512<double> values, Vector512<double> places)
    {
        int lane = 0;
        for (int other = 1; other < Vector512<double>.Count; other++)
        {
            if (values[other] > values[lane] || (values[other] == values[lane] && places[other] < places[lane]))
                lane = other;
        }

        return (int)places[lane];
    }
}
