using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The data's part of the objective of a model with one score s = w · x + b a row, and a few parameters of its own θ: a sum over rows of a
/// smooth loss of the score and the target.
/// </summary>
internal interface IScoreLoss
{
    /// <summary>The number of the parameters θ.</summary>
    int Parameters { get; }

    /// <summary>Computes the losses of some rows and their derivatives.</summary>
    /// <param name="block">Rows with targets.</param>
    /// <param name="start">The first row.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="scores">The scores of the rows; replaced by wᵢ ∂lossᵢ/∂sᵢ.</param>
    /// <param name="gradient">Σ wᵢ ∂lossᵢ/∂θ is added to it.</param>
    /// <returns>Σ wᵢ lossᵢ.</returns>
    double Differentiate(TrainingData block, int start, ReadOnlySpan<double> parameters, Span<double> scores, Span<double> gradient);
}

/// <summary>
/// The mean loss of all rows plus ½ λ ‖w‖², as a function of variables that make it nearly round: u with wⱼ = uⱼ / Dⱼ, where Dⱼ² = h sⱼ² + λ is
/// what the second derivative would be if the loss had the curvature h everywhere (sⱼ are the features' deviations), and c with
/// b = c / √h − m · w, which takes the features from their means; then the loss's own parameters. Each evaluation is one pass.
/// </summary>
internal sealed class ScoreObjective
{
    private readonly IScoreLoss _loss;
    private readonly TrainingStream _rows;
    private readonly ColumnMoments _moments;
    private readonly FitContext _context;
    private readonly double _penalty;
    private readonly double _biasScale;
    private readonly double[] _scales;
    private readonly double[] _weights; // w of the last evaluation
    private readonly double[] _sum;     // of the derivatives by w, b and θ, and of the losses
    private RowSum? _sums;              // for blocks of one number of rows

    /// <summary>Creates the objective.</summary>
    /// <param name="loss">The data's part.</param>
    /// <param name="rows">The rows, dense or sparse.</param>
    /// <param name="moments">The features' means and deviations.</param>
    /// <param name="curvature">h, positive.</param>
    /// <param name="penalty">λ, 0 or more.</param>
    /// <param name="context">Threads and cancellation.</param>
    public ScoreObjective(IScoreLoss loss, TrainingStream rows, ColumnMoments moments, double curvature, double penalty, FitContext context)
    {
        (_loss, _rows, _moments, _penalty, _context) = (loss, rows, moments, penalty, context);
        _biasScale = Math.Sqrt(curvature);
        _scales = [.. moments.Deviations.ToArray().Select(s => Math.Sqrt((curvature * s * s) + penalty) is > 0 and var scale ? scale : 1)];
        _weights = new double[_scales.Length];
        _sum = new double[_scales.Length + 1 + loss.Parameters + 1];
    }

    /// <summary>The number of variables, d + 1 and the loss's parameters.</summary>
    public int Count => _sum.Length - 1;

    /// <summary>The scales D: a penalty of c on |wⱼ| is one of c / Dⱼ on |uⱼ|.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    /// <summary>The variables at w = 0.</summary>
    /// <param name="bias">b.</param>
    /// <param name="parameters">θ.</param>
    public double[] Start(double bias, params ReadOnlySpan<double> parameters)
    {
        var variables = new double[Count];
        variables[_scales.Length] = _biasScale * bias;
        parameters.CopyTo(variables.AsSpan(_scales.Length + 1));
        return variables;
    }

    /// <summary>The weights and the bias that variables stand for.</summary>
    public (double[] Weights, double Bias) Restore(ReadOnlySpan<double> variables)
    {
        var weights = new double[_scales.Length];
        return (weights, Restore(variables, weights));
    }

    /// <summary>The objective and its gradient.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public double Evaluate(ReadOnlySpan<double> variables, Span<double> gradient)
    {
        int d = _scales.Length;
        double bias = Restore(variables, _weights), total = _moments.TotalWeight;
        Sum(bias, variables[(d + 1)..].ToArray());
        var means = _moments.Means;
        for (int j = 0; j < d; j++)
            gradient[j] = (((_sum[j] - (means[j] * _sum[d])) / total) + (_penalty * _weights[j])) / _scales[j];
        gradient[d] = _sum[d] / (total * _biasScale);
        for (int i = d + 1; i < gradient.Length; i++)
            gradient[i] = _sum[i] / total;
        return (_sum[^1] / total) + (0.5 * _penalty * Dense.Dot(_weights, _weights));
    }

    private double Restore(ReadOnlySpan<double> variables, double[] weights)
    {
        double bias = variables[_scales.Length] / _biasScale;
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = variables[j] / _scales[j];
            bias -= weights[j] * _moments.Means[j];
        }

        return bias;
    }

    private void Sum(double bias, double[] parameters)
    {
        int d = _scales.Length;
        Array.Clear(_sum);
        foreach (var block in _rows.Blocks(_context))
        {
            if (_sums?.Rows != block.Rows)
                _sums = new RowSum(block.Rows, _sum.Length);
            var x = block.Features;
            Dense.Axpy(1, _sums.Compute(_context, (start, end, sum) =>
            {
                Span<double> scores = stackalloc double[end - start];
                for (int i = start; i < end; i++)
                    scores[i - start] = x.Dot(i, _weights) + bias;
                sum[^1] += _loss.Differentiate(block, start, parameters, scores, sum.Slice(d + 1, parameters.Length));
                for (int i = start; i < end; i++)
                {
                    x.AddTo(i, scores[i - start], sum[..d]);
                    sum[d] += scores[i - start];
                }
            }), _sum);
        }
    }
}
