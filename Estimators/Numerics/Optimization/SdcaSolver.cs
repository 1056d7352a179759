namespace MLPath.Numerics;

/// <summary>The passes of <see cref="Sdca"/>.</summary>
internal sealed class SdcaSolver
{
    private const int RowsBetweenLooks = 256;

    private readonly SdcaLoss _loss;
    private readonly Sdca.Options _options;
    private readonly float[] _targets;
    private readonly float[] _rowWeights;   // c; empty for 1 each
    private readonly double _total;         // Σ c
    private readonly double _threshold;     // λ₁ / λ₂
    private readonly int _k;
    private readonly int _d;
    private readonly double[] _v;           // k × d
    private readonly double[] _w;           // S(v, λ₁ / λ₂): v itself without λ₁
    private readonly double[] _bias;        // b
    private readonly double[] _offset;      // b − b₀ = Σ cᵢ αᵢ / (λ₂ Σ c)
    private readonly double[] _duals;       // n × k
    private readonly double[] _norms;       // ‖xᵢ‖², and 1 for the bias

    public SdcaSolver(int columns, ReadOnlySpan<float> targets, SdcaLoss loss, Sdca.Options options, ReadOnlySpan<float> weights)
    {
        Validate(targets, loss, options, weights);
        (_loss, _options, _targets, _rowWeights, _k, _d) = (loss, options, targets.ToArray(), weights.ToArray(), loss.Outputs, columns);
        _total = weights.IsEmpty ? targets.Length : Sum(weights);
        _threshold = options.L1 / options.L2;
        _v = new double[_k * _d];
        _w = _threshold > 0 ? new double[_v.Length] : _v;
        (_bias, _offset) = (new double[_k], new double[_k]);
        _duals = new double[checked(targets.Length * _k)];
        _norms = new double[targets.Length];
    }

    public static double SoftThreshold(double z, double t) => z > t ? z - t : z < -t ? z + t : 0;

    public OptimizationResult Run<TRows>(
        TRows rows, RandomStream? random, Action<int, double>? iterationCompleted, CancellationToken cancellationToken)
        where TRows : ISdcaRows, allows ref struct
    {
        for (int i = 0; i < _norms.Length; i++)
            _norms[i] = rows.SquaredNorm(i) + (_options.HasBias ? 1 : 0);
        int[] order = [.. Enumerable.Range(0, _norms.Length)];

        var (value, gap) = Evaluate(rows, cancellationToken);
        var losses = new List<double> { value };
        for (int iteration = 0; ; iteration++)
        {
            OptimizationResult Stop(StopReason reason) =>
                new([.. _w, .. _bias], value, double.NaN, iteration, iteration + 1, reason, losses) { DualityGap = gap };

            if (gap <= _options.Tolerance * value) return Stop(StopReason.DualityGap);
            if (iteration == _options.MaxIterations) return Stop(StopReason.IterationLimit);

            random?.Derive(iteration).Shuffle(order.AsSpan());
            MoveCentre();
            Pass(rows, order, cancellationToken);
            (value, gap) = Evaluate(rows, cancellationToken);
            losses.Add(value);
            iterationCompleted?.Invoke(iteration + 1, value);
        }
    }

    // b₀ follows b, and b goes along.
    private void MoveCentre()
    {
        for (int c = 0; c < _k; c++)
            _bias[c] += _options.BiasLearningRate * _offset[c];
    }

    private void Pass<TRows>(TRows rows, int[] order, CancellationToken cancellationToken) where TRows : ISdcaRows, allows ref struct
    {
        double scale = 1 / (_options.L2 * _total);
        double[] scores = new double[_k], change = new double[_k];
        for (int t = 0; t < order.Length; t++)
        {
            if (t % RowsBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            int i = order[t];
            double unit = scale * Weight(i), q = unit * _norms[i];
            if (q == 0) continue;
            Score(rows, i, scores);
            _loss.Step(_targets[i], scores, q, _duals.AsSpan(i * _k, _k), change);
            for (int c = 0; c < _k; c++)
            {
                if (change[c] != 0) Move(rows, i, c, unit * change[c]);
            }
        }
    }

    private void Move<TRows>(TRows rows, int i, int c, double by) where TRows : ISdcaRows, allows ref struct
    {
        var v = _v.AsSpan(c * _d, _d);
        rows.AddTo(i, by, v);
        if (_threshold > 0) rows.Shrink(i, _threshold, v, _w.AsSpan(c * _d, _d));
        if (!_options.HasBias) return;
        _offset[c] += by;
        _bias[c] += by;
    }

    private void Score<TRows>(TRows rows, int i, double[] scores) where TRows : ISdcaRows, allows ref struct
    {
        for (int c = 0; c < scores.Length; c++)
            scores[c] = rows.Dot(i, _w.AsSpan(c * _d, _d)) + _bias[c];
    }

    // The objective, and how far it may be above the least one.
    private (double Value, double Gap) Evaluate<TRows>(TRows rows, CancellationToken cancellationToken) where TRows : ISdcaRows, allows ref struct
    {
        double loss = 0, dual = 0;
        var scores = new double[_k];
        for (int i = 0; i < _targets.Length; i++)
        {
            if (i % RowsBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            Score(rows, i, scores);
            loss += Weight(i) * _loss.Value(_targets[i], scores);
            dual += Weight(i) * _loss.DualValue(_targets[i], _duals.AsSpan(i * _k, _k));
        }

        double l2 = _options.L2, squares = Dense.Dot(_w, _w), magnitudes = 0, offsets = Dense.Dot(_offset, _offset), centres = 0;
        for (int j = 0; j < _w.Length && _threshold > 0; j++)
            magnitudes += Math.Abs(_w[j]);
        for (int c = 0; c < _k; c++)
            centres += (_bias[c] - _offset[c]) * _offset[c];

        // min over b of ½ λ₂ ‖b − b₀‖² − λ₂ (b − b₀)·b is −½ λ₂ ‖b − b₀‖² − λ₂ b₀·(b − b₀) at the b that belongs to α.
        double value = (loss / _total) + (0.5 * l2 * squares) + (_options.L1 * magnitudes), penalty = 0.5 * l2 * offsets;
        double lower = (dual / _total) - (0.5 * l2 * squares) - penalty - (l2 * centres);
        double gap = Math.Max(0, value + penalty - lower);
        return _options.BiasLearningRate == 0 ? (value + penalty, gap) : (value, gap + (2 * penalty));
    }

    private float Weight(int row) => _rowWeights.Length == 0 ? 1 : _rowWeights[row];

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }

    private static void Validate(ReadOnlySpan<float> targets, SdcaLoss loss, Sdca.Options options, ReadOnlySpan<float> weights)
    {
        if (!(options.L2 > 0) || double.IsInfinity(options.L2))
            throw new ArgumentOutOfRangeException(nameof(options), options.L2, "L2 must be a finite number above 0.");
        Stopping.RequireTolerance(options.L1, nameof(options.L1));
        Stopping.RequireTolerance(options.Tolerance, nameof(options.Tolerance));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxIterations);
        if (!(options.BiasLearningRate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.BiasLearningRate, "BiasLearningRate must be from 0 to 1.");
        if (targets.IsEmpty)
            throw new ArgumentException("There are no rows.", nameof(targets));
        if (!weights.IsEmpty && weights.Length != targets.Length)
            throw new ArgumentException($"There are {weights.Length} weights for {targets.Length} rows.", nameof(weights));
        for (int i = 0; i < targets.Length; i++)
        {
            if (!loss.Accepts(targets[i]))
                throw new ArgumentException(FormattableString.Invariant($"Target {i} is {targets[i]}, which the loss does not understand."), nameof(targets));
            if (!weights.IsEmpty && !(weights[i] > 0 && float.IsFinite(weights[i])))
                throw new ArgumentException(FormattableString.Invariant($"Weight {i} is {weights[i]}; it must be a positive number."), nameof(weights));
        }
    }
}
