namespace MLPath.Deep;

/// <content>The search for a learning rate.</content>
internal sealed partial class NetworkTrainingRun
{
    private const double LeastRate = 1e-6, GreatestRate = 10, Smoothing = 0.9, Risen = 4;

    /// <summary>Trains in steps of growing rates, until the loss has grown well beyond its least.</summary>
    /// <param name="count">The number of steps at most.</param>
    public LearningRateCurve Sweep(int count)
    {
        var optimizer = NetworkSteps.Create(_options, _network.Parameters().Select(p => p.Parameter));
        int[] rows = _context.CreateRandom("order", _options.Seed).Permutation(_train.Count);
        List<LearningRatePoint> points = [];
        double mean = 0, least = double.PositiveInfinity;
        var metric = default(MetricSums);
        for (int step = 0; step < count; step++)
        {
            int batch = step % _batches, start = (int)((long)_train.Count * batch / _batches), end = (int)((long)_train.Count * (batch + 1) / _batches);
            double loss = AddGradients(rows.AsSpan(start, end - start), share: 1, probes: false, ref metric);
            if (!double.IsFinite(loss)) break;

            // A running mean that begins without a lean towards 0, as in Adam.
            mean = (Smoothing * mean) + ((1 - Smoothing) * loss);
            double smooth = mean / (1 - Math.Pow(Smoothing, step + 1));
            double rate = LeastRate * Math.Pow(GreatestRate / LeastRate, step / (count - 1.0));
            points.Add(new(rate, loss, smooth));
            if (smooth > Risen * least) break;
            least = Math.Min(least, smooth);
            optimizer.LearningRate = rate;
            optimizer.Step();
            optimizer.ClearGradients();
            _context.Report(step + 1, count, loss);
        }

        return LearningRateCurve.Of(points);
    }
}
