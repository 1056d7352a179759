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
    private readonly LinearProducts _products;
    private readonly double[] _sum;         // of the gradients by W and b, and of the losses
    private RowSum? _sums;                  // for blocks of one number of rows
    private readonly double[] _scales;      // D, of the d features
    private readonly double _biasScale;     // D₀
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
        _products = new LinearProducts(_k, _d);
        _sum = new double[(_k * _d) + _k + 1];
    }

    /// <summary>The number of variables, k × d + k: those of the weights, class by class, then those of the biases.</summary>
    public int Count => (_k * _d) + _k;

    /// <summary>Whether products are computed in single precision, twice as fast; their sums over rows are not.</summary>
    public bool IsSingle { get; set; }

    /// <summary>
    /// Whether the features' magnitudes allow products in single precision: nothing overflows, and the digits of scores are not lost to means
    /// far from 0.
    /// </summary>
    public bool SuitsSingle
    {
        get
        {
            const double farthest = 64, largest = 1e12, smallest = 1e-12;
            double mostDeviations = Math.Sqrt(_moments.Rows);
            for (int j = 0; j < _d; j++)
            {
                double mean = Math.Abs(_moments.Means[j]), deviation = _moments.Deviations[j];
                if (deviation == 0 ? mean > largest : mean > farthest * deviation || deviation < smallest || deviation * mostDeviations > largest)
                    return false;
            }

            return _moments.TotalWeight < largest;
        }
    }

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
    public double Evaluate(ReadOnlySpan<double> u, Span<double> gradient) => Evaluate(u, gradient, []);

    /// <summary>The same, and where asked an estimate of the Hessian; for losses of one score.</summary>
    /// <param name="u">The variables.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="hessian">Receives the (d + 1) × (d + 1) Hessian, or is empty.</param>
    /// <remarks>See <see cref="LinearHessian"/> for what the estimate is made of.</remarks>
    public double Evaluate(ReadOnlySpan<double> u, Span<double> gradient, Span<double> hessian)
    {
        double[] point = u.ToArray();
        _products.Set((weights, biases) => Restore(point, weights, biases), IsSingle);
        var curvature = hessian.IsEmpty ? null : new LinearHessian(_moments, _scales, _biasScale);
        Sum(curvature);
        curvature?.CopyTo(hessian, _options.L2Regularization);

        int size = _k * _d;
        double l2 = _options.L2Regularization, total = _moments.TotalWeight;
        var means = _moments.Means;
        var w = _products.Weights;
        double value = _sum[size + _k] + (0.5 * l2 * Dense.Dot(w, w));
        for (int c = 0; c < _k; c++)
        {
            double biasGradient = _sum[size + c];
            gradient[size + c] = biasGradient / (_biasScale * total);
            for (int j = 0; j < _d; j++)
            {
                int i = (c * _d) + j;
                gradient[i] = (_sum[i] - (means[j] * biasGradient) + (l2 * w[i])) / (_scales[j] * total);
            }
        }

        return value / total;
    }

    private void Sum(LinearHessian? curvature)
    {
        Array.Clear(_sum);
        foreach (var block in _rows.Blocks(_context))
        {
            int length = _sum.Length + (curvature?.Length ?? 0);
            if (_sums?.Rows != block.Rows || _sums.Length != length)
                _sums = new RowSum(block.Rows, length);
            var sum = _sums.Compute(_context, (start, end, part) => Add(block, start, end, part, curvature));
            Dense.Axpy(1, sum[.._sum.Length], _sum);
            curvature?.Add(sum[_sum.Length..]);
        }
    }

    private void Add(TrainingData block, int start, int end, Span<double> part, LinearHessian? curvature)
    {
        if (curvature?.Wants(start) != true)
        {
            _products.Add(_loss, block, start, end, part[.._sum.Length]);
            return;
        }

        Span<double> curvatures = stackalloc double[end - start];
        _products.Add(_loss, block, start, end, part[.._sum.Length], curvatures);
        curvature.AddRows(block, start, curvatures, part[_sum.Length..]);
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
