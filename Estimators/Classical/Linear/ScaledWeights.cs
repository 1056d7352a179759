using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Weights w = a v and a bias, which change row by row: adding a row costs its stored values, shrinking all weights one product, and so does
/// counting the present weights into a mean.
/// </summary>
/// <remarks>
/// The mean Σ gₜ wₜ / Σ gₜ over times t is kept without touching all weights each time: with Aₜ = g₁a₁ + … + gₜaₜ, a change of v by δ after time s
/// adds (A_T − A_s) δ to the sum, so the sum is A_T v − u with u = Σ A_s δ (Daumé, <i>Practical structured learning techniques</i>, 2006, figure 2.3).
/// </remarks>
/// <param name="d">The number of weights.</param>
internal sealed class ScaledWeights(int d)
{
    // Where a leaves this range v takes it over, before digits are lost.
    private const double Least = 1e-6;

    // Where gains grow as large as this all sums are scaled down.
    private const double MostGain = 1e9;

    private readonly double[] _v = new double[d];
    private readonly double[] _u = new double[d];
    private readonly double[] _sum = new double[d]; // Σ gₜ wₜ up to the last time v took a over
    private double _a = 1;
    private double _areas;                          // A
    private double _gains;                          // Σ gₜ
    private double _biasSum;
    private double _gain = 1;
    private double _unit = 1;                       // what a gain of 1 is now, after sums were scaled down

    /// <summary>b.</summary>
    public double Bias { get; set; }

    /// <summary>w · xᵢ + b.</summary>
    public double Score(FeatureMatrix x, int row) => (_a * x.Dot(row, _v)) + Bias;

    /// <summary>w ← w + step xᵢ, b ← b + step.</summary>
    public void Add(FeatureMatrix x, int row, double step)
    {
        x.AddTo(row, step / _a, _v);
        if (_areas != 0)
            x.AddTo(row, _areas * step / _a, _u);
        Bias += step;
    }

    /// <summary>w ← w + step g.</summary>
    public void Add(ReadOnlySpan<double> g, double step) => Dense.Axpy(step / _a, g, _v);

    /// <summary>w ← factor w.</summary>
    public void Shrink(double factor)
    {
        _a *= factor;
        if (Math.Abs(_a) < Least)
            TakeOver();
    }

    /// <summary>Counts the present weights into the mean.</summary>
    public void Count()
    {
        _areas += _gain * _a;
        _gains += _gain;
        _biasSum += _gain * Bias;
        if (_gains > MostGain)
            ScaleDown();
    }

    /// <summary>Lets weights that are counted from now on count more: 1 at first.</summary>
    /// <param name="by">By how much.</param>
    /// <param name="multiply">Whether it is a factor.</param>
    public void RaiseGain(double by, bool multiply) => _gain = multiply ? _gain * by : _gain + (by * _unit);

    /// <summary>Goes on from the mean.</summary>
    public void Reset()
    {
        TakeOver();
        for (int j = 0; j < d; j++)
            _v[j] = _sum[j] / _gains;
        Bias = _biasSum / _gains;
    }

    /// <summary>Starts at random weights.</summary>
    public void Randomize(RandomStream random, double diameter)
    {
        for (int j = 0; j < d; j++)
            _v[j] = diameter * (random.NextDouble() - 0.5);
        Bias = diameter * (random.NextDouble() - 0.5);
    }

    /// <summary>‖w‖.</summary>
    public double Norm() => Math.Abs(_a) * Dense.Norm(_v);

    /// <summary>w and b.</summary>
    public (double[] Weights, double Bias) Current() => ([.. _v.Select(v => _a * v)], Bias);

    /// <summary>The mean of w and b; at least one was counted.</summary>
    public (double[] Weights, double Bias) Mean()
    {
        TakeOver();
        return ([.. _sum.Select(s => s / _gains)], _biasSum / _gains);
    }

    private void TakeOver()
    {
        for (int j = 0; j < d; j++)
        {
            _sum[j] += (_areas * _v[j]) - _u[j];
            _v[j] *= _a;
        }

        Array.Clear(_u);
        (_a, _areas) = (1, 0);
    }

    private void ScaleDown()
    {
        TakeOver();
        Dense.Scale(1 / MostGain, _sum);
        _gains /= MostGain;
        _biasSum /= MostGain;
        _gain /= MostGain;
        _unit /= MostGain;
    }
}
