namespace MLPath.Transforms;

/// <summary>
/// Finds the place of one row on a map that stays as it is: the least of KL = Σj pj ln(pj / qj) over y, where pj is given and
/// qj = wj / Σk wk, wj = (1 + ‖y − yj‖²/ν)^(−(ν+1)/2).
/// </summary>
/// <param name="rows">n × d, what the map was drawn of.</param>
/// <param name="columns">d.</param>
/// <param name="map">The map.</param>
/// <param name="perplexity">Its perplexity.</param>
/// <param name="degreesOfFreedom">ν.</param>
internal sealed class TSnePlacement(float[] rows, int columns, TSneEmbedding map, double perplexity, double degreesOfFreedom)
{
    private const int MostSteps = 50;
    private const int MostHalvings = 30;
    private const double LeastStep = 1e-6;

    private readonly float[] _distances = new float[map.Rows];
    private readonly NearestRows _search = new(TSneAffinities.Neighbors(perplexity, map.Rows));
    private readonly int[] _nearest = new int[TSneAffinities.Neighbors(perplexity, map.Rows)];
    private readonly double[] _squares = new double[TSneAffinities.Neighbors(perplexity, map.Rows)];
    private readonly double[] _weights = new double[TSneAffinities.Neighbors(perplexity, map.Rows)];

    /// <summary>Places a row.</summary>
    /// <param name="x">d values; NaN or ±∞ give NaN.</param>
    /// <param name="point">Receives the coordinates.</param>
    public void Place(ReadOnlySpan<float> x, Span<float> point)
    {
        foreach (float value in x)
        {
            if (!float.IsFinite(value))
            {
                point.Fill(float.NaN);
                return;
            }
        }

        for (int j = 0; j < map.Rows; j++)
        {
            var row = rows.AsSpan(j * columns, columns);
            if (x.SequenceEqual(row))
            {
                map.Point(j).CopyTo(point);
                return;
            }

            _distances[j] = (float)Math.Min(float.MaxValue, TSneAffinities.SquaredDistance(x, row));
        }

        _search.Find(_distances, _nearest);
        for (int e = 0; e < _nearest.Length; e++)
            _squares[e] = TSneAffinities.SquaredDistance(x, rows.AsSpan(_nearest[e] * columns, columns));
        TSneAffinities.Calibrate(_squares, perplexity, _weights);

        Span<double> y = stackalloc double[point.Length];
        y.Clear();
        for (int e = 0; e < _nearest.Length; e++)
        {
            var neighbor = map.Point(_nearest[e]);
            for (int axis = 0; axis < y.Length; axis++)
                y[axis] += _weights[e] * neighbor[axis];
        }

        Descend(y);
        for (int axis = 0; axis < y.Length; axis++)
            point[axis] = (float)y[axis];
    }

    // Downhill by gradients; a step is doubled after it was good, and halved until it is (Armijo's condition).
    private void Descend(Span<double> y)
    {
        const double enough = 1e-4;
        Span<double> gradient = stackalloc double[y.Length], next = stackalloc double[y.Length], nextGradient = stackalloc double[y.Length];
        double loss = Evaluate(y, gradient), step = degreesOfFreedom / (degreesOfFreedom + 1);
        for (int iteration = 0; iteration < MostSteps; iteration++)
        {
            double slope = 0;
            foreach (double g in gradient)
                slope += g * g;
            int halvings = 0;
            double nextLoss;
            while (true)
            {
                for (int axis = 0; axis < y.Length; axis++)
                    next[axis] = y[axis] - (step * gradient[axis]);
                nextLoss = Evaluate(next, nextGradient);
                if (nextLoss <= loss - (enough * step * slope))
                    break;
                if (++halvings > MostHalvings)
                    return;
                step /= 2;
            }

            double length = step * Math.Sqrt(slope);
            next.CopyTo(y);
            nextGradient.CopyTo(gradient);
            loss = nextLoss;
            step *= 2;
            if (length <= LeastStep)
                return;
        }
    }

    // KL up to its constant, −Σj pj ln wj + ln Σk wk, and its gradient (ν + 1)/ν · (Σj pj uj (y − yj) − Σk qk uk (y − yk)).
    private double Evaluate(ReadOnlySpan<double> y, Span<double> gradient)
    {
        double power = (degreesOfFreedom + 1) / 2, sum = 0, logarithms = 0;
        Span<double> push = stackalloc double[y.Length];
        push.Clear();
        gradient.Clear();
        for (int j = 0; j < map.Rows; j++)
        {
            double u = Nearness(y, map.Point(j)), w = degreesOfFreedom == 1 ? u : Math.Pow(u, power);
            sum += w;
            AddForce(w * u, y, map.Point(j), push);
        }

        for (int e = 0; e < _nearest.Length; e++)
        {
            var neighbor = map.Point(_nearest[e]);
            double u = Nearness(y, neighbor);
            logarithms += _weights[e] * Math.Log(u);
            AddForce(_weights[e] * u, y, neighbor, gradient);
        }

        for (int axis = 0; axis < y.Length; axis++)
            gradient[axis] = (degreesOfFreedom + 1) / degreesOfFreedom * (gradient[axis] - (push[axis] / sum));
        return Math.Log(sum) - (power * logarithms);
    }

    // u = 1 / (1 + ‖y − yj‖²/ν).
    private double Nearness(ReadOnlySpan<double> y, ReadOnlySpan<float> point)
    {
        double square = 0;
        for (int axis = 0; axis < y.Length; axis++)
            square += (y[axis] - point[axis]) * (y[axis] - point[axis]);
        return 1 / (1 + (square / degreesOfFreedom));
    }

    private static void AddForce(double scale, ReadOnlySpan<double> y, ReadOnlySpan<float> point, Span<double> force)
    {
        for (int axis = 0; axis < y.Length; axis++)
            force[axis] += scale * (y[axis] - point[axis]);
    }
}
