using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The objective F(W, b) = (Σ wᵢ lossᵢ + L2 ½‖W‖² + L1 ‖W‖₁) / Σ wᵢ of a linear classifier, in variables that are easy to optimise.
/// </summary>
/// <remarks>
/// <para>
/// The penalty stands beside the <b>sum</b> of losses, not their mean, and spares the biases b, as in ML.NET; both are then divided by the
/// sum of weights, which changes the value and not the minimum.
/// </para>
/// <para>
/// The variables are uⱼ = Dⱼ wⱼ and β = D₀ (b + Σ mⱼ wⱼ): features are centred at their means mⱼ, and divided by Dⱼ, the root of the
/// diagonal of the Hessian, h σⱼ² + L2 / Σ wᵢ, where h is the mean curvature of the loss where the weights are 0. It is the same objective,
/// so the minimum is the same; but features on any scale are searched alike, and no feature is copied.
/// </para>
/// </remarks>
internal sealed class LinearObjective
{
    private readonly ILinearLoss _loss;
    private readonly ColumnMoments _moments;
    private readonly LbfgsOptionsBase _options;
    private readonly FitContext _context;
    private readonly TrainingStream _rows;
    private readonly double[] _sum;         // of the gradients by W and b, and of the losses
    private RowSum? _sums;                  // for blocks of one number of rows
    private readonly double[] _scales;      // D, of the d features
    private readonly double _biasScale;     // D₀
    private readonly double[] _weights;     // W of the last evaluation, k × d
    private readonly double[] _biases;      // b of the last evaluation, k
    private readonly int _k;
    private readonly int _d;

    /// <summary>Creates the objective.</summary>
    /// <param name="loss">The data's part.</param>
    /// <param name="rows">The rows, which each evaluation reads in one pass.</param>
    /// <param name="moments">The features' means and deviations.</param>
    /// <param name="curvature">h, positive.</param>
    /// <param name="options">The penalties.</param>
    /// <param name="context">Threads and cancellation.</param>
    public LinearObjective(ILinearLoss loss, TrainingStream rows, ColumnMoments moments, double curvature, LbfgsOptionsBase options, FitContext context)
    {
        (_loss, _rows, _moments, _options, _context) = (loss, rows, moments, options, context);
        (_k, _d) = (loss.Outputs, moments.Means.Length);
        _scales = new double[_d];
        for (int j = 0; j < _d; j++)
        {
            double deviation = moments.Deviations[j];
            double diagonal = (curvature * deviation * deviation) + (options.L2Regularization / moments.TotalWeight);
            _scales[j] = diagonal > 0 ? Math.Sqrt(diagonal) : 1;
        }

        _biasScale = Math.Sqrt(curvature);
        _weights = new double[_k * _d];
        _biases = new double[_k];
        _sum = new double[(_k * _d) + _k + 1];
    }

    /// <summary>The number of variables, k × d + k: those of the weights, class by class, then those of the biases.</summary>
    public int Count => (_k * _d) + _k;

    /// <summary>The variables at W = 0 and given biases.</summary>
    public double[] Start(ReadOnlySpan<double> biases)
    {
        var u = new double[Count];
        for (int c = 0; c < _k; c++)
            u[(_k * _d) + c] = _biasScale * biases[c];
        return u;
    }

    /// <summary>The weights of |uⱼ| that make up L1 ‖W‖₁ / Σ wᵢ; empty without that penalty.</summary>
    public double[] L1Weights()
    {
        if (_options.L1Regularization == 0)
            return [];
        var weights = new double[Count];
        for (int i = 0; i < _k * _d; i++)
            weights[i] = _options.L1Regularization / (_scales[i % _d] * _moments.TotalWeight);
        return weights;
    }

    /// <summary>Which variables may not be negative; empty when all may.</summary>
    public bool[] NonNegative()
    {
        if (!_options.EnforceNonNegativity)
            return [];
        var bound = new bool[Count];
        bound.AsSpan(0, _k * _d).Fill(true);
        return bound;
    }

    /// <summary>The smooth part of the objective, without the L1 penalty, and its gradient.</summary>
    /// <param name="u">The variables.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public double Evaluate(ReadOnlySpan<double> u, Span<double> gradient)
    {
        Restore(u, _weights, _biases);
        int size = _k * _d;
        double[] sum = Sum(size);
        double l2 = _options.L2Regularization, total = _moments.TotalWeight;
        var means = _moments.Means;
        double value = sum[size + _k] + (0.5 * l2 * Dense.Dot(_weights, _weights));
        for (int c = 0; c < _k; c++)
        {
            double biasGradient = sum[size + c];
            gradient[size + c] = biasGradient / (_biasScale * total);
            for (int j = 0; j < _d; j++)
            {
                int i = (c * _d) + j;
                gradient[i] = (sum[i] - (means[j] * biasGradient) + (l2 * _weights[i])) / (_scales[j] * total);
            }
        }

        return value / total;
    }

    private double[] Sum(int size)
    {
        Array.Clear(_sum);
        foreach (var block in _rows.Blocks(_context))
        {
            if (_sums?.Rows != block.Rows)
                _sums = new RowSum(block.Rows, _sum.Length);
            Dense.Axpy(1, _sums.Compute(_context, (start, end, part) =>
                part[size + _k] += _loss.AddRows(block, start, end, _weights, _biases, part[..size], part.Slice(size, _k))), _sum);
        }

        return _sum;
    }

    /// <summary>The weights and biases that the variables stand for.</summary>
    /// <param name="u">The variables.</param>
    /// <param name="weights">Receives W, k × d.</param>
    /// <param name="biases">Receives b, k.</param>
    public void Restore(ReadOnlySpan<double> u, Span<double> weights, Span<double> biases)
    {
        var means = _moments.Means;
        for (int c = 0; c < _k; c++)
        {
            double shift = 0;
            for (int j = 0; j < _d; j++)
            {
                double w = u[(c * _d) + j] / _scales[j];
                weights[(c * _d) + j] = w;
                shift += w * means[j];
            }

            biases[c] = (u[(_k * _d) + c] / _biasScale) - shift;
        }
    }
}
